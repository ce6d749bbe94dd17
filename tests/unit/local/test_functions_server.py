from __future__ import annotations

from typing import Any

import httpx
import pytest

from local.functions_server import Dispatcher, discover

HANDLER = """
import json

async def app(scope, receive, send):
    is_document = scope["path"].endswith("/openapi.json")
    body = {"openapi": "3.1.0", "paths": {"%(path)s": {"get": {"summary": "Says %(name)s"}}}} if is_document else {
        "name": "%(name)s", "path": scope["path"]}
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})
"""


@pytest.fixture
def dispatcher(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Dispatcher:
    package = f"functions_{tmp_path.name.replace('-', '_')}"
    for name in ("generate", "resume_import"):
        folder = tmp_path / package / name
        folder.mkdir(parents=True)
        (folder / "handler.py").write_text(HANDLER % {"name": name, "path": f"/functions/v1/{name}"})
    (tmp_path / package / "not_a_function").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    return Dispatcher(discover(tmp_path / package, package))


def client(dispatcher: Dispatcher) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(dispatcher), base_url="http://localhost")


async def fetch(dispatcher: Dispatcher, path: str) -> httpx.Response:
    async with client(dispatcher) as http:
        return await http.get(path)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/functions/v1/generate", "generate"),
        ("/functions/v1/generate/more/below", "generate"),
        ("/functions/v1/resume-import", "resume_import"),
    ],
)
async def test_each_function_answers_under_its_kebab_name_and_receives_the_full_path(
    dispatcher: Dispatcher, path: str, name: str
) -> None:
    answer = await fetch(dispatcher, path)
    assert answer.json() == {"name": name, "path": path}


@pytest.mark.parametrize(
    "path", ["/functions/v1/nothing", "/functions/v1/", "/functions/v1/resume_import", "/generate", "/"]
)
async def test_other_paths_get_a_problem_that_lists_the_functions(dispatcher: Dispatcher, path: str) -> None:
    answer = await fetch(dispatcher, path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "function_not_found"
    assert "generate, resume-import" in answer.json()["detail"]


async def test_the_docs_page_offers_every_document(dispatcher: Dispatcher) -> None:
    answer = await fetch(dispatcher, "/functions/v1/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for name in dispatcher.apps:
        assert f"/functions/v1/{name}/openapi.json" in answer.text
    assert (await fetch(dispatcher, "/functions/v1/docs/swagger-ui.css")).headers["content-type"].startswith("text/css")


@pytest.mark.parametrize(
    "path", ["swagger-ui.css/../../README.md", "absolute-path.js", "%2e%2e/package.json", "test-user"]
)
async def test_the_docs_page_serves_no_other_file(dispatcher: Dispatcher, path: str) -> None:
    assert (await fetch(dispatcher, f"/functions/v1/docs/{path}")).status_code == 404


def test_a_handler_that_cannot_be_imported_stops_the_server(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "broken_functions" / "generate"
    folder.mkdir(parents=True)
    (folder / "handler.py").write_text("import a_module_that_does_not_exist")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModuleNotFoundError, match="a_module_that_does_not_exist"):
        discover(tmp_path / "broken_functions", "broken_functions")
