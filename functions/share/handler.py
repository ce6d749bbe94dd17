"""Routes of `share`. Anybody may call them, so each is limited per address."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from functions._shared import wiring
from functions._shared.domain.errors import (
    BadRequest,
    InvalidJson,
    RateLimited,
    ResumeTooLong,
    ShareNotFound,
    SharePasswordRequired,
    SharePasswordWrong,
    ValidationFailed,
)
from functions._shared.edge import Auth, FunctionApp, Reply
from functions._shared.edge.body import parse_form, parse_json, validate
from functions.share import service
from functions.share.schemas import Unlock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.errors import DomainError
    from functions._shared.edge import Call
    from functions._shared.ports.share_pages import HtmlPage
    from functions.share.service import Found, Reader

_FORM: Final = "application/x-www-form-urlencoded"
_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
_ERRORS: Final = (ShareNotFound, SharePasswordRequired, SharePasswordWrong)
_ALWAYS: Final = {
    # The address is the secret: no link on the page tells it to anybody.
    "referrer-policy": "no-referrer",
    "vary": "accept",
}
_OPEN: Final = {**_ALWAYS, "cache-control": "no-cache"}
"""Kept by browsers and asked about each time: that sharing has ended shows at once."""
_CLOSED: Final = {**_ALWAYS, "cache-control": "no-store", "x-robots-tag": "noindex"}


def _refusal(error: DomainError, headers: Mapping[str, str], *, is_guess: bool = False) -> Reply | None:
    """Return what a reader sees in place of the page; others than these are rendered by the edge."""
    if _wants_data(headers):
        return None
    pages = wiring.share_pages()
    if isinstance(error, ShareNotFound):
        made = pages.missing()
    elif isinstance(error, SharePasswordRequired):
        made = pages.password("", with_pdf=error.with_pdf)
    elif isinstance(error, SharePasswordWrong):
        made = pages.password("This is not the password.", with_pdf=error.with_pdf)
    elif isinstance(error, RateLimited):
        made = pages.password("Too many passwords were tried. Try again in some minutes.") if is_guess else pages.busy()
    else:
        return None
    more = {**_CLOSED, **error.headers, "content-security-policy": made.policy}
    return Reply(made.content, "text/html; charset=utf-8", status=error.status, headers=more)


app = FunctionApp("share", summary="Shared résumés as pages, JSON and PDF, for everybody with the address")


@app.get("/{slug}", auth=Auth.PUBLIC, produces="text/html", per_minute=60, errors=_ERRORS, refusal=_refusal)
async def page(call: Call[None]) -> Reply:
    """Return a shared résumé as a page, or as JSON for whoever accepts that only."""
    wants_data = _wants_data(call.headers)
    found = await _find(call, _reader(call, counts=True, looks=not wants_data))
    return _data(call, found) if wants_data else _page(call, found)


@app.post(
    "/{slug}",
    auth=Auth.PUBLIC,
    produces="text/html",
    per_minute=20,
    max_body=4096,
    media_types=(_FORM, "application/json"),
    errors=(*_ERRORS, ResumeTooLong, BadRequest, InvalidJson, ValidationFailed),
    refusal=partial(_refusal, is_guess=True),
)
async def unlock(call: Call[None]) -> Reply:
    """Return a protected résumé to whoever sends its password: as a page, as JSON or as PDF."""
    is_form = call.headers.get("content-type", "").lower().startswith(_FORM)
    given = validate(Unlock, parse_form(call.raw) if is_form else parse_json(call.raw))
    found = await _find(call, _reader(call, password=given.password, counts=given.as_ == "page"))
    if given.as_ == "pdf":
        return await _pdf(call, found)
    return _data(call, found) if _wants_data(call.headers) else _page(call, found)


@app.get("/{slug}/json", auth=Auth.PUBLIC, produces="application/json", per_minute=60, errors=_ERRORS)
async def data(call: Call[None]) -> Reply:
    """Return a shared résumé as JSON Resume."""
    return _data(call, await _find(call, _reader(call, counts=True, looks=False)))


@app.get("/{slug}/pdf", auth=Auth.PUBLIC, produces="application/pdf", per_minute=10, errors=(*_ERRORS, ResumeTooLong))
async def pdf(call: Call[None]) -> Reply:
    """Return a shared résumé as PDF, if its owner shares that."""
    return await _pdf(call, await _find(call, _reader(call)))


@app.get("/{slug}/picture.png", auth=Auth.PUBLIC, produces="image/png", per_minute=20, errors=(ShareNotFound,))
async def picture(call: Call[None]) -> Reply:
    """Return the picture of a shared résumé for previews of links, 1200 by 630 pixels."""
    found = await _find(call, _reader(call))
    name = found.tag("preview")
    if service.is_known(call.headers.get("if-none-match"), name):
        return Reply(status=304, headers={**_OPEN, "etag": name})
    content = await service.draw_picture(found, wiring.resumes())
    return Reply(content, "image/png", headers={**_OPEN, "etag": name, "x-robots-tag": "noindex"})


async def _find(call: Call[None], reader: Reader) -> Found:
    tools = service.Tools(wiring.shares(), wiring.files(), wiring.resumes())
    return await service.find(call.path["slug"], reader, tools)


def _reader(call: Call[None], *, password: str | None = None, counts: bool = False, looks: bool = True) -> Reader:
    # A page that a browser fetches in advance, or asks only about, has not been looked at.
    is_ahead = call.method == "HEAD" or "prefetch" in call.headers.get("sec-purpose", "")
    return service.Reader(call.client_ip, password, counts and not is_ahead, looks)


def _wants_data(headers: Mapping[str, str]) -> bool:
    accepted = headers.get("accept", "").lower()
    return "json" in accepted and "html" not in accepted


def _base(call: Call[None]) -> str:
    """Return the address of this function, which previews of links need in full."""
    configured = wiring.settings().share_url
    if configured:
        return configured
    host = call.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return "/functions/v1/share"
    is_local = host.partition(":")[0] in {"localhost", "127.0.0.1"}
    return f"{'http' if is_local else 'https'}://{host}/functions/v1/share"


def _page(call: Call[None], found: Found) -> Reply:
    return _html(call, service.write_page(found, _base(call), wiring.share_pages()), found)


def _html(call: Call[None], made: HtmlPage, found: Found) -> Reply:
    headers = {"content-security-policy": made.policy}
    return _answer(call, found, made.content, "text/html; charset=utf-8", headers)


def _data(call: Call[None], found: Found) -> Reply:
    return _answer(call, found, service.write_data(found).model_dump_json().encode(), "application/json", {})


def _answer(call: Call[None], found: Found, content: bytes, media_type: str, more: Mapping[str, str]) -> Reply:
    if found.shared.is_protected:
        return Reply(content, media_type, headers={**_CLOSED, **more})
    name = service.tag(content)
    headers = {**_OPEN, **more, "etag": name}
    if not found.shared.indexable:
        headers["x-robots-tag"] = "noindex"
    if service.is_known(call.headers.get("if-none-match"), name):
        return Reply(status=304, headers=headers)
    return Reply(content, media_type, headers=headers)


async def _pdf(call: Call[None], found: Found) -> Reply:
    name = found.tag("pdf")
    headers = _CLOSED if found.shared.is_protected else {**_OPEN, "etag": name, "x-robots-tag": "noindex"}
    if found.shared.with_pdf and "etag" in headers and service.is_known(call.headers.get("if-none-match"), name):
        return Reply(status=304, headers=headers)
    content = await service.write_pdf(found, wiring.resumes())
    disposition = f'inline; filename="{service.file_name(found)}"'
    return Reply(content, "application/pdf", headers={**headers, "content-disposition": disposition})


handler = app.lambda_handler()
