"""The app on uvicorn, over a socket: clients that are still sending when their request is refused."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from tests.unit.edge.sample import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.edge import FunctionApp


@pytest.fixture
def url(app: FunctionApp, settings: object) -> Iterator[str]:  # noqa: ARG001 - active during the test
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/functions/v1/sample"
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("megabytes", [1, 6])
def test_a_large_body_is_refused_with_an_answer(url: str, megabytes: int) -> None:
    for headers, status in (({}, 401), (signed_in(), 413)):
        with httpx.Client() as client:
            response = client.post(url, json={"name": "x" * megabytes * 1024 * 1024}, headers=headers)
            assert response.status_code == status
            # The same connection, or a new one, still works.
            assert client.get(f"{url}/health").status_code == 200


def test_an_oversized_chunked_body_is_refused(url: str) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 16 * 1024

    response = httpx.post(f"{url}/open", content=chunks(), headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (413, "payload_too_large")


def test_a_client_that_disconnects_breaks_nothing(url: str) -> None:
    with socket.create_connection((httpx.URL(url).host, httpx.URL(url).port or 80)) as connection:
        path = httpx.URL(url).path
        head = f"POST {path}/open HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
        connection.sendall(head.encode() + b'{"name": ')
    assert httpx.get(f"{url}/health").status_code == 200
