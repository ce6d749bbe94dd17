"""The page at `/functions/v1/docs`: Swagger UI for the documents of all functions, and a button for a test user.

The page loads nothing from elsewhere: Swagger UI comes from the npm package.
"""

from __future__ import annotations

import json
import os
import uuid
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT: Final = Path(__file__).resolve().parent.parent
PATH: Final = "/functions/v1/docs"
CREDITS: Final = 1000
_SWAGGER: Final = ROOT / "node_modules" / "swagger-ui-dist"
_FILES: Final = {
    "page.js": (Path(__file__).with_suffix(".js"), "text/javascript"),
    "swagger-ui.css": (_SWAGGER / "swagger-ui.css", "text/css"),
    "swagger-ui-bundle.js": (_SWAGGER / "swagger-ui-bundle.js", "text/javascript"),
    "swagger-ui-standalone-preset.js": (_SWAGGER / "swagger-ui-standalone-preset.js", "text/javascript"),
}
# Swagger UI sets styles of its elements, and its icons are data URLs.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
)
_RESUME: Final = ROOT / "tests" / "data" / "export" / "full.json"


class Answer(NamedTuple):
    """An HTTP answer: status, headers and body."""

    status: int
    headers: dict[str, str]
    body: bytes


async def answer(method: str, path: str, functions: Iterable[str]) -> Answer | None:
    """Answer a request below `/functions/v1/docs`, or return None if nothing is there.

    Parameters
    ----------
    method, path
        Method and full path of the request.
    functions
        Names of the functions, as in URLs.
    """
    name = path.removeprefix(PATH).strip("/")
    if name == "test-user" and method == "POST":
        try:
            status, body = HTTPStatus.OK, await _test_user()
        except httpx.HTTPError as error:
            status, body = HTTPStatus.BAD_GATEWAY, {"detail": f"The Supabase API refused: {error!r}"}
        return Answer(status, {"content-type": "application/json"}, json.dumps(body).encode())
    if method not in {"GET", "HEAD"}:
        return None
    if not name:
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": _POLICY}
        return Answer(HTTPStatus.OK, headers, _page(functions).encode())
    if name not in _FILES:
        return None
    file, kind = _FILES[name]
    return Answer(HTTPStatus.OK, {"content-type": f"{kind}; charset=utf-8"}, file.read_bytes())


def _page(functions: Iterable[str]) -> str:
    documents = [{"name": name, "url": f"/functions/v1/{name}/openapi.json"} for name in functions]
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Functions</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{PATH}/swagger-ui.css">
<header class="swagger-ui"><div class="wrapper" style="padding-top: 1rem">
<button id="test-user" class="btn authorize" type="button">Create a test user</button>
<output id="test-user-state"></output>
</div></header>
<main id="functions" data-documents="{escape(json.dumps(documents))}"></main>
<script src="{PATH}/swagger-ui-bundle.js"></script>
<script src="{PATH}/swagger-ui-standalone-preset.js"></script>
<script src="{PATH}/page.js"></script>
</html>
"""


async def _test_user() -> dict[str, Any]:
    """Sign up a user with credits and a résumé; return what a caller needs to act as that user."""
    url, key, secret = (os.environ[f"SUPABASE_{name}"] for name in ("URL", "PUBLISHABLE_KEY", "SECRET_KEY"))
    login = {"email": f"test-{uuid.uuid4().hex[:8]}@example.com", "password": uuid.uuid4().hex}
    async with httpx.AsyncClient(base_url=url, timeout=20) as client:

        async def post(path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
            made = await client.post(path, json=body, headers={"apikey": key, **headers})
            return made.raise_for_status()

        session = (await post("/auth/v1/signup", login)).json()
        user, token = session["user"]["id"], session["access_token"]
        grant = {"p_user_id": user, "p_source": "promo", "p_amount": CREDITS, "p_key": f"test-user:{user}"}
        await post("/rest/v1/rpc/credits_grant", grant, apikey=secret)
        resume = {"title": "Mine", "content": json.loads(_RESUME.read_text())}
        rows = await post("/rest/v1/resumes", resume, Authorization=f"Bearer {token}", Prefer="return=representation")
    return {**login, "user_id": user, "access_token": token, "credits": CREDITS, "resume_id": rows.json()[0]["id"]}
