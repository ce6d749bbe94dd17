"""The HTTP contract that every function keeps."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from functions._shared import wiring
from functions._shared.domain.errors.table import ERRORS
from functions._shared.edge import Auth, Call, FunctionApp, Reply
from functions._shared.settings import Settings
from tests.unit.edge.sample import USER, Body, signed_in, token

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    Send = Callable[..., httpx.Response]


def problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Check that a response is a complete and consistent problem with this code."""
    assert (response.status_code, response.json().get("code")) == (status, code), response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    document: dict[str, Any] = response.json()
    assert document["status"] == status
    assert document["type"] == f"urn:resumebase:problem:{code}"
    assert document["title"] == ERRORS[code].title
    assert document["detail"]
    assert document["request_id"] == response.headers["x-request-id"]
    return document


# -- health, paths, methods ------------------------------------------------------------------------------------


def test_health_needs_no_settings() -> None:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(FunctionApp("bare", summary="Nothing."))
        async with httpx.AsyncClient(transport=transport, base_url="http://edge") as client:
            return await client.get("/functions/v1/bare/health", headers={"origin": "https://a.test"})

    with wiring.override(settings=Settings({})):
        response = asyncio.run(ask())
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/nothing", "/items/no-uuid", "/me/too", "x"])
def test_unknown_path(send: Send, path: str) -> None:
    problem(send("GET", path), 404, "not_found")


def test_a_wrong_method_lists_the_allowed_ones(send: Send) -> None:
    response = send("PUT", "/items/5f0c9a0e-6a5c-4f57-9d1e-0a9b7f1c2d3e")
    problem(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "DELETE, GET, HEAD, OPTIONS"


def test_a_trailing_slash_does_not_matter(send: Send) -> None:
    assert send("GET", "/me/", headers=signed_in()).status_code == 200


@pytest.mark.usefixtures("settings")
def test_mounted_and_unmounted_paths_are_the_same(app: FunctionApp) -> None:
    mounted = Starlette(routes=[Mount("/functions/v1/sample", app=app)])

    async def ask(application: Any, path: str) -> tuple[int, str]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://edge") as client:
            response = await client.post(path, json={"name": "x"})
            return response.status_code, response.json()["name"]

    assert asyncio.run(ask(mounted, "/functions/v1/sample/open")) == (201, "x")
    assert asyncio.run(ask(app, "/functions/v1/sample/open")) == (201, "x")
    assert asyncio.run(ask(app, "/open")) == (201, "x")


def test_head_has_headers_and_no_body(send: Send) -> None:
    response = send("HEAD", "/health")
    assert (response.status_code, response.content) == (200, b"")


def test_typed_answers_and_statuses(send: Send) -> None:
    created = send("POST", "/open", json={"name": "Ünï"})
    assert (created.status_code, created.json()) == (201, {"name": "Ünï", "user_id": None, "is_anonymous": None})
    nothing = send("DELETE", f"/items/{USER}")
    assert (nothing.status_code, nothing.content, nothing.headers.get("content-type")) == (204, b"", None)


def test_path_and_query_parameters(send: Send) -> None:
    assert send("GET", f"/items/{USER}?limit=7").json()["name"] == f"{USER} 7"
    document = problem(send("GET", f"/items/{USER}?limit=x"), 422, "validation_failed")
    assert [(error["parameter"], error["type"]) for error in document["errors"]] == [("limit", "int_parsing")]


# -- bodies ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"{", "line 1 column 2"),
        (b'{"name": "x"} {}', "Extra data"),
        (b'{"name": "x", "name": "y"}', "same key"),
        (b'{"data": {"a": {"b": 1, "b": 2}}}', "same key"),
        (b'{"data": NaN}', "NaN"),
        (b'{"data": -Infinity}', "NaN"),
        (b'{"data": 1e999}', "too large"),
        (b'{"data": ' + b"9" * 5000 + b"}", "too large"),
        (b'{"name": "\xff"}', "UTF-8"),
        (b"\xef\xbb\xbf{}", "BOM"),
        (b'{"name": "\\u0000"}', "NUL"),
        (b'{"data": {"\\ud800": 1}}', "surrogates"),
        (b'{"data":' + b"[" * 100 + b"]" * 100 + b"}", "nested"),
        (b"[" * 100_000, "nested"),
        (b"hunter2", "line 1 column 1"),
    ],
)
def test_malformed_json(send: Send, body: bytes, says: str) -> None:
    response = send("POST", "/open", content=body, headers={"content-type": "application/json"})
    document = problem(response, 400, "invalid_json")
    assert says in document["detail"]
    assert "hunter2" not in response.text


def test_json_at_the_limits_is_accepted(send: Send) -> None:
    deep: Any = 1
    for _ in range(60):
        deep = [deep]
    body = {"name": "\U0001f600 \\u0000 as text", "data": {"deep": deep, "big": 10**30, "small": 1e-300}}
    assert send("POST", "/open", json=body).json()["name"] == body["name"]


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", "", "multipart/form-data"],
)
def test_wrong_content_type(send: Send, content_type: str) -> None:
    response = send("POST", "/open", content=b'{"name": "x"}', headers={"content-type": content_type})
    assert problem(response, 415, "unsupported_media_type")["accepted"] == ["application/json"]


@pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=UTF-8", "application/ld+json"])
def test_right_content_type(send: Send, content_type: str) -> None:
    response = send("POST", "/open", content=b'{"name": "x"}', headers={"content-type": content_type})
    assert response.status_code == 201


def test_validation_lists_pointers_and_repeats_no_values(send: Send) -> None:
    body = {"name": "", "items": [{"kind": "hunter2", "size": "big"}], "password": 7, "a/b~c": 1}
    response = send("POST", "/open", json=body)
    document = problem(response, 422, "validation_failed")
    assert {(error["pointer"], error["type"]) for error in document["errors"]} == {
        ("/name", "string_too_short"),
        ("/items/0/kind", "literal_error"),
        ("/items/0/size", "int_parsing"),
        ("/password", "string_type"),
        ("/a~1b~0c", "extra_forbidden"),
    }
    assert all(error["message"] for error in document["errors"])
    assert "hunter2" not in response.text


def test_validation_of_a_body_that_is_not_an_object(send: Send) -> None:
    document = problem(send("POST", "/open", json=[1]), 422, "validation_failed")
    assert [error["pointer"] for error in document["errors"]] == [""]


def test_validation_list_is_bounded(send: Send) -> None:
    document = problem(send("POST", "/open", json={"name": "x", "items": [{}] * 200}), 422, "validation_failed")
    assert len(document["errors"]) == 50
    assert "400" in document["detail"]


def test_declared_length_over_the_limit(send: Send) -> None:
    response = send("POST", "/open", json={"name": "x" * 1024 * 1024})
    assert problem(response, 413, "payload_too_large")["limit"] == 256 * 1024


def test_the_length_is_counted_while_reading(send: Send) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b" " * 16 * 1024

    response = send("POST", "/open", content=endless(), headers={"content-type": "application/json"})
    problem(response, 413, "payload_too_large")
    lie = {"content-type": "application/json", "content-length": "10"}
    problem(send("POST", "/open", content=endless(), headers=lie), 413, "payload_too_large")


def test_each_route_has_its_own_inclusive_limit(send: Send) -> None:
    assert send("POST", "/hook", content=b"x" * 64).content == b"x" * 64
    assert problem(send("POST", "/hook", content=b"x" * 65), 413, "payload_too_large")["limit"] == 64


def test_raw_bodies_arrive_untouched(send: Send) -> None:
    raw = b'{"a": NaN,\r\n "a": "\xff"}'
    assert send("POST", "/hook", content=raw, headers={"content-type": "application/json"}).content == raw
    assert send("POST", "/file", content=raw, headers={"content-type": "application/pdf"}).content == raw
    problem(send("POST", "/file", content=raw, headers={"content-type": "text/html"}), 415, "unsupported_media_type")


# -- authentication --------------------------------------------------------------------------------------------


def test_strangers_learn_nothing_about_what_a_route_accepts(send: Send) -> None:
    problem(send("POST", "", content=b"x" * 1024 * 1024), 401, "missing_token")
    problem(send("POST", "", content=b"{", headers={"authorization": "Bearer x"}), 401, "invalid_token")


def test_public_routes_ignore_tokens(send: Send) -> None:
    response = send("POST", "/open", json={"name": "x"}, headers={"authorization": "Bearer sb_publishable_x"})
    assert response.status_code == 201


@pytest.mark.parametrize("secret", ["s" * 32, "p" * 32])
def test_shared_secret_current_and_previous(send: Send, secret: str) -> None:
    assert send("POST", "/machine", headers={"authorization": f"Bearer {secret}"}).json()["name"] == "machine"


@pytest.mark.parametrize(
    ("headers", "code"),
    [({}, "missing_token"), ({"authorization": "Bearer x"}, "invalid_token"), (signed_in(), "invalid_token")],
)
def test_shared_secret_refuses(send: Send, headers: dict[str, str], code: str) -> None:
    problem(send("POST", "/machine", headers=headers), 401, code)


# -- unexpected errors -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/boom", "/timeout"])
def test_internal_errors_reveal_nothing(send: Send, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    response = send("GET", path)
    problem(response, 500, "internal_error")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["message"] for line in lines] == ["fault", "request"]
    assert lines[0]["request_id"] == response.headers["x-request-id"]
    assert any("sample.py" in frame for cause in lines[0]["error"] for frame in cause["at"])
    assert "hunter2" not in response.text + json.dumps(lines)


def test_a_request_ends_at_its_deadline(settings: Settings, send: Send) -> None:
    short = Settings({**settings.environ, "RESUMEBASE_REQUEST_SECONDS": "0.05"})
    with wiring.override(settings=short):
        response = send("GET", "/slow")
    problem(response, 504, "deadline_exceeded")
    assert response.headers["retry-after"] == "5"


def test_a_missing_setting_is_an_internal_error_and_not_named(send: Send) -> None:
    with wiring.override(settings=Settings({})):
        response = send("GET", "/me", headers=signed_in())
    problem(response, 500, "internal_error")
    assert "SUPABASE" not in response.text


# -- request ids, logs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("request_id", ["abc-123", "Root=1-67891233-abcdef012345678912345678", "a" * 128])
def test_a_well_formed_request_id_is_kept(send: Send, request_id: str) -> None:
    assert send("GET", "/health", headers={"x-request-id": request_id}).headers["x-request-id"] == request_id


@pytest.mark.parametrize("request_id", ["", "a" * 129, "a b", '{"level":"ERROR"}', "é"])
def test_a_malformed_request_id_is_replaced(send: Send, request_id: str) -> None:
    headers = {"x-request-id": request_id.encode()}
    assert len(send("GET", "/health", headers=headers).headers["x-request-id"]) == 36


def test_one_line_per_request_without_personal_data(send: Send, capsys: pytest.CaptureFixture[str]) -> None:
    bearer = token()
    send("GET", "/me", headers={"authorization": f"Bearer {bearer}", "x-request-id": "r1"})
    send("POST", "", json={"name": "poor"}, headers={"authorization": f"Bearer {bearer}", "x-request-id": "r2"})
    out = capsys.readouterr().out
    first, second = (json.loads(line) for line in out.splitlines())
    assert {key: first[key] for key in ("function", "method", "route", "status", "request_id", "user_id")} == {
        "function": "sample",
        "method": "GET",
        "route": "/me",
        "status": 200,
        "request_id": "r1",
        "user_id": USER,
    }
    assert first["ms"] >= 0
    assert (second["status"], second["code"], second["request_id"]) == (402, "insufficient_credits", "r2")
    assert not any(secret in out for secret in (bearer, "someone@example.com", "poor"))


@pytest.mark.usefixtures("settings")
def test_requests_in_flight_keep_their_own_ids(app: FunctionApp, capsys: pytest.CaptureFixture[str]) -> None:
    async def talk() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://edge") as client:
            await asyncio.gather(*(client.get("/health", headers={"x-request-id": f"r{i}"}) for i in range(20)))

    asyncio.run(talk())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["request_id"] for line in lines} == {f"r{i}" for i in range(20)}


# -- CORS --------------------------------------------------------------------------------------------------------


def preflight(send: Send, origin: str, headers: str) -> httpx.Response:
    request_headers = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": headers,
    }
    return send("OPTIONS", "", headers=request_headers)


def test_preflight_of_a_browser_with_supabase_js(send: Send) -> None:
    response = preflight(send, "https://a.test", "apikey,authorization,content-type,idempotency-key,x-client-info")
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    allowed = response.headers["access-control-allow-headers"].lower()
    assert all(name in allowed for name in ("apikey", "authorization", "idempotency-key", "x-client-info"))


def test_answers_and_refusals_carry_cors_headers(send: Send) -> None:
    for response in (
        send("GET", "/health", headers={"origin": "https://a.test"}),
        send("POST", "", headers={"origin": "https://a.test"}),
        send("GET", "/nothing", headers={"origin": "https://a.test"}),
        send("GET", "/boom", headers={"origin": "https://a.test"}),
    ):
        assert response.headers["access-control-allow-origin"] == "*"
        exposed = response.headers["access-control-expose-headers"]
        assert all(name in exposed for name in ("idempotency-key", "idempotency-replayed", "x-request-id"))


def test_origins_can_be_limited(settings: Settings, send: Send) -> None:
    limited = {**settings.environ, "RESUMEBASE_CORS_ORIGINS": "https://a.test, https://b.test"}
    with wiring.override(settings=Settings(limited)):
        assert preflight(send, "https://b.test", "apikey").headers["access-control-allow-origin"] == "https://b.test"
        assert preflight(send, "https://c.test", "apikey").status_code == 400
        stranger = send("GET", "/health", headers={"origin": "https://c.test"})
        assert "access-control-allow-origin" not in stranger.headers


# -- declarations ------------------------------------------------------------------------------------------------


def test_contradictory_declarations_fail_at_import() -> None:
    app = FunctionApp("sample", summary="")

    async def never(_: Call[Any]) -> Reply:
        raise AssertionError

    for options in (
        {"paid": True, "auth": Auth.PUBLIC},
        {"auth": Auth.SECRET},
        {"secret": "X"},
        {"auth": Auth.WEBHOOK, "request": Body},
    ):
        with pytest.raises(ValueError, match="POST /x"):
            app.post("/x", **options)(never)
    with pytest.raises(ValueError, match="kebab"):
        FunctionApp("Not_kebab", summary="")
