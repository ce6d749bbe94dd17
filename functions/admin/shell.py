"""The page's files: our own in ``page/``, and libraries from npm in ``page/vendor/``.

`deploy.package` copies the libraries into the artefact. Where they are not, as on the local stack, they are read from
``node_modules``. ``page/npm.json`` says which file of which package each is.
"""

from __future__ import annotations

import hashlib
import html
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE: Final = Path(__file__).parent / "page"
_NODE_MODULES: Final = Path(__file__).parents[2] / "node_modules"
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_ALWAYS: Final = {"referrer-policy": "no-referrer", "x-frame-options": "DENY", "x-robots-tag": "noindex"}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of the page, with its response headers."""

    content: bytes
    media_type: str
    headers: Mapping[str, str]


def write_page(supabase_url: str, publishable_key: str) -> PageFile:
    """Write the page: the same for everybody, with the address and the public key of the project."""
    text = (PAGE / "index.html").read_text(encoding="utf-8")
    text = text.replace("{{url}}", html.escape(supabase_url)).replace("{{key}}", html.escape(publishable_key))
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {supabase_url}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    headers = {**_ALWAYS, "cache-control": "no-store", "content-security-policy": policy}
    return PageFile(text.encode(), "text/html; charset=utf-8", headers)


@cache
def read_file(name: str) -> PageFile:
    """Return a script or a style sheet.

    Raises
    ------
    NotFound
        The page has no such file.
    """
    libraries: dict[str, str] = json.loads((PAGE / "npm.json").read_text(encoding="utf-8"))
    if name in libraries:
        path = PAGE / "vendor" / name
        path = path if path.is_file() else _NODE_MODULES / libraries[name]
    elif name in {"app.js", "views.js", "charts.js", "style.css"}:
        path = PAGE / name
    else:
        raise NotFound
    content = path.read_bytes()
    headers = {**_ALWAYS, "cache-control": "no-cache", "etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'}
    return PageFile(content, _TYPES[path.suffix], headers)
