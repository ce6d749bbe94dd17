"""The app behind Mangum: API Gateway events, one event loop per container, connections that outlive invocations."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from functions._shared import wiring
from functions._shared.adapters.http import FreshTransport
from functions._shared.edge import Auth, Call, FunctionApp, Reply
from local.lambda_runtime.events import HttpAnswer, http_answer, http_event
from tests.unit.edge.sample import USER, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.edge.aws import LambdaHandler
    from functions._shared.settings import Settings

ROUTE = "/functions/v1/sample/{proxy+}"


@dataclass
class Context:
    """The part of the Lambda context that the handler uses."""

    remaining_ms: int = 30_000

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining_ms


def invoke(handler: LambdaHandler, method: str, path: str, *, remaining_ms: int = 30_000, **event: Any) -> HttpAnswer:
    request = http_event(method, f"/functions/v1/sample{path}", route=ROUTE, **event)
    return http_answer(handler(request, Context(remaining_ms)))  # type: ignore[arg-type]


@pytest.fixture
def handler(app: FunctionApp, settings: Settings) -> LambdaHandler:  # noqa: ARG001 - active during the test
    return app.lambda_handler()


# -- events ------------------------------------------------------------------------------------------------------


def test_a_typed_route(handler: LambdaHandler) -> None:
    answer = invoke(handler, "GET", "/me", headers=signed_in().items())
    assert (answer.status, answer.json()["user_id"]) == (200, USER)


def test_problems_travel_as_text(handler: LambdaHandler) -> None:
    event = http_event("GET", "/functions/v1/sample/nothing", route=ROUTE)
    raw: Any = handler(event, Context())  # type: ignore[arg-type]
    assert (raw["statusCode"], raw["isBase64Encoded"]) == (404, False)
    assert json.loads(raw["body"])["code"] == "not_found"
    assert raw["headers"]["content-type"] == "application/problem+json"


def test_json_and_binary_bodies_both_ways(handler: LambdaHandler) -> None:
    json_headers = [("content-type", "application/json; charset=utf-8")]
    created = invoke(handler, "POST", "/open", headers=json_headers, body='{"name": "Zoë"}'.encode())
    assert (created.status, created.json()["name"]) == (201, "Zoë")
    pdf = bytes(range(256))
    assert invoke(handler, "POST", "/file", headers=[("content-type", "application/pdf")], body=pdf).body == pdf


def test_a_json_body_in_base64(handler: LambdaHandler) -> None:
    event = http_event("POST", "/functions/v1/sample/open", route=ROUTE, headers=[("content-type", "application/json")])
    event |= {"body": base64.b64encode(b'{"name": "x"}').decode(), "isBase64Encoded": True}
    assert http_answer(handler(event, Context())).status == 201  # type: ignore[arg-type]


def test_a_body_over_the_limit(handler: LambdaHandler) -> None:
    body = b'{"name": "' + b"x" * 1024 * 1024 + b'"}'
    answer = invoke(handler, "POST", "/open", headers=[("content-type", "application/json")], body=body)
    assert (answer.status, answer.json()["code"]) == (413, "payload_too_large")


def test_no_body_no_query_cookies_and_repeated_headers(handler: LambdaHandler) -> None:
    headers = [*signed_in().items(), ("cookie", "a=1; b=2"), ("x-custom", "1"), ("x-custom", "2")]
    assert invoke(handler, "GET", "/me", headers=headers).status == 200
    assert invoke(handler, "POST", "/open").json()["code"] == "invalid_json"
    twice = [*signed_in().items(), *signed_in().items()]
    assert invoke(handler, "GET", "/me", headers=twice).json()["code"] == "invalid_token"


def test_query_strings(handler: LambdaHandler) -> None:
    assert invoke(handler, "GET", f"/items/{USER}?limit=5").json()["name"] == f"{USER} 5"


def test_preflight(handler: LambdaHandler) -> None:
    headers = [("origin", "https://a.test"), ("access-control-request-method", "POST")]
    assert invoke(handler, "OPTIONS", "", headers=headers).header("access-control-allow-origin") == "*"


def test_the_gateways_request_id_is_used(handler: LambdaHandler) -> None:
    event = http_event("GET", "/functions/v1/sample/health", route=ROUTE)
    answer = http_answer(handler(event, Context()))  # type: ignore[arg-type]
    assert answer.header("x-request-id") == event["requestContext"]["requestId"]


def test_the_deadline_is_what_lambda_has_left(handler: LambdaHandler) -> None:
    answer = invoke(handler, "GET", "/slow", remaining_ms=600)
    assert (answer.status, answer.json()["code"]) == (504, "deadline_exceeded")


# -- one loop, kept connections ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("settings")
def test_one_loop_per_container_in_threads_without_a_loop() -> None:
    app = FunctionApp("sample", summary="")

    @app.get("/loop", auth=Auth.PUBLIC)
    async def loop(_: Call[None]) -> Reply:
        return Reply(str(id(asyncio.get_running_loop())).encode(), media_type="text/plain")

    answers: list[bytes] = []
    handlers: list[LambdaHandler] = []

    def import_time() -> None:
        handlers.append(app.lambda_handler())

    def invocation() -> None:
        answers.append(invoke(handlers[0], "GET", "/loop").body)

    for step in (import_time, invocation, invocation, invocation):
        thread = threading.Thread(target=step)
        thread.start()
        thread.join()
    assert len(answers) == 3
    assert len(set(answers)) == 1


class _Upstream(BaseHTTPRequestHandler):
    """Answers with the number of the connection."""

    protocol_version = "HTTP/1.1"
    accepted: list[socket.socket]

    def setup(self) -> None:
        super().setup()
        self.accepted.append(self.connection)
        self.number = len(self.accepted)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", str(len(str(self.number))))
        self.end_headers()
        self.wfile.write(str(self.number).encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def upstream() -> Iterator[tuple[str, list[socket.socket]]]:
    accepted: list[socket.socket] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Upstream", (_Upstream,), {"accepted": accepted}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", accepted
    server.shutdown()
    server.server_close()


def asking(url: str) -> LambdaHandler:
    """Build a function that forwards the answer of an upstream, through the container's client."""
    app = FunctionApp("sample", summary="")

    @app.get("/ask", auth=Auth.PUBLIC)
    async def ask(_: Call[None]) -> Reply:
        return Reply((await wiring.http().get(url)).content, media_type="text/plain")

    return app.lambda_handler()


@pytest.mark.usefixtures("settings")
def test_connections_outlive_invocations(upstream: tuple[str, list[socket.socket]]) -> None:
    handler = asking(upstream[0])
    assert [invoke(handler, "GET", "/ask").body for _ in range(3)] == [b"1", b"1", b"1"]


@pytest.mark.usefixtures("settings")
def test_a_connection_closed_while_frozen_is_replaced(upstream: tuple[str, list[socket.socket]]) -> None:
    handler = asking(upstream[0])
    assert invoke(handler, "GET", "/ask").body == b"1"
    upstream[1][0].shutdown(socket.SHUT_RDWR)
    assert invoke(handler, "GET", "/ask").body == b"2"


def test_old_connections_are_replaced_after_a_long_freeze(
    settings: Settings, upstream: tuple[str, list[socket.socket]]
) -> None:
    """The peer still has the connection but a NAT gateway has dropped it; only the elapsed time shows that."""
    now = [1000.0]
    client = httpx.AsyncClient(transport=FreshTransport(clock=lambda: now[0]))
    handler = asking(upstream[0])
    with wiring.override(settings=settings, http=client):
        answers = []
        for pause in (0, 5, 300, 5, -86_400):  # a restored snapshot may even see an earlier time
            now[0] += pause
            answers.append(invoke(handler, "GET", "/ask").body)
    assert answers == [b"1", b"1", b"2", b"2", b"3"]


def test_a_body_being_read_survives_a_pause() -> None:
    """A request after a long pause starts a new pool, but an answer still being read keeps its connection."""
    now = [1000.0]

    async def run() -> tuple[bytes, bytes]:
        go_on = asyncio.Event()

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
            await writer.drain()
            if head.startswith(b"GET /slow"):
                await go_on.wait()
            writer.write(b"after")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        client = httpx.AsyncClient(transport=FreshTransport(clock=lambda: now[0]))
        async with server, client, client.stream("GET", f"{url}/slow") as slow:
            now[0] += 300
            quick = await client.get(url)
            go_on.set()
            return await slow.aread(), quick.content

    assert asyncio.run(run()) == (b"firstafter", b"firstafter")


def test_a_failed_connection_attempt_is_retried() -> None:
    """Nothing was sent yet, so a retry is safe. The port opens only after the first attempts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()
        writer.close()

    async def run() -> int:
        async with httpx.AsyncClient(transport=FreshTransport()) as client:
            request = asyncio.create_task(client.get(f"http://127.0.0.1:{port}/"))
            await asyncio.sleep(0.1)
            assert not request.done()
            server = await asyncio.start_server(answer, "127.0.0.1", port)
            status = (await request).status_code
            server.close()
            return status

    assert asyncio.run(run()) == 204


async def test_a_connection_that_is_reset_as_soon_as_it_stands_is_a_connection_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """anyio then asks a socket that is gone for its address, which is an AttributeError."""
    gone: Any = None

    async def reset(*_: object) -> httpx.Response:
        return gone.getpeername()  # type: ignore[no-any-return]

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", reset)
    async with httpx.AsyncClient(transport=FreshTransport()) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("http://127.0.0.1:9")
