"""Requests to `/functions/v1/*` reach the functions byte for byte: webhook signatures cover the bytes."""

from __future__ import annotations

import gzip
import hashlib
import os
import socket
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from local.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ECHO = """
import asyncio
import hashlib
import json

async def app(scope, receive, send):
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    if scope["path"].endswith("/stream"):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
        for number in range(3):
            await send({"type": "http.response.body", "body": b"data: %d\\n\\n" % number, "more_body": True})
            await asyncio.sleep(0.05)
        await send({"type": "http.response.body"})
        return
    headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]]
    answer = {"method": scope["method"], "path": scope["path"], "query": scope["query_string"].decode(),
              "headers": headers, "length": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    out = [(b"content-type", b"application/json"), (b"x-twice", b"one"), (b"x-twice", b"two"), (b"set-cookie", b"a=1"),
           (b"set-cookie", b"b=2")]
    await send({"type": "http.response.start", "status": 418, "headers": out})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
"""


@pytest.fixture(scope="module")
def echo(scratch: Path) -> Iterator[str]:
    """URL of a function that returns what it received, behind its own stack."""
    folder = scratch / "echo"
    (folder / "echo_functions" / "echo").mkdir(parents=True)
    (folder / "echo_functions" / "echo" / "handler.py").write_text(ECHO)
    with Stack(folder / "stack", env={"FUNCTIONS_DIRECTORY": str(folder / "echo_functions")}) as stack:
        yield f"{stack.url}/functions/v1/echo"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"a": 1,\r\n "a": 2, "\xc3\xa9": "\\u00e9"}  ',
        bytes(range(256)) * 64,
        b"\xff\xfe not utf-8 \x00",
        gzip.compress(b"compressed by the client"),
        os.urandom(3_000_000),
    ],
    ids=["empty", "json", "all bytes", "not utf-8", "gzip", "3 MB"],
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_bodies_arrive_byte_for_byte(echo: str, method: str, body: bytes) -> None:
    received = httpx.request(method, echo, content=body).json()
    assert (received["method"], received["length"], received["sha256"]) == (
        method,
        len(body),
        hashlib.sha256(body).hexdigest(),
    )


def test_chunked_bodies_arrive(echo: str) -> None:
    parts = [b"one", b"two" * 10_000, b"three"]
    received = httpx.post(echo, content=iter(parts)).json()
    assert received["sha256"] == hashlib.sha256(b"".join(parts)).hexdigest()


def test_path_query_and_headers_arrive_as_sent(echo: str) -> None:
    raw_path = "/a%2Fb/%C3%A9"
    received = httpx.get(
        f"{echo}{raw_path}?a=1&a=2&b=%20+", headers=[(b"X-Signature", b"t=1,v1=abc"), (b"X-Odd", b"caf\xe9")]
    ).json()
    headers = dict(received["headers"])
    assert received["query"] == "a=1&a=2&b=%20+"
    assert received["path"] == "/functions/v1/echo/a/b/é"
    assert (headers["x-signature"], headers["x-odd"]) == ("t=1,v1=abc", "caf\xe9")
    assert headers["host"] == echo.split("/")[2]
    assert headers["x-forwarded-for"] == "127.0.0.1"


def test_the_address_is_what_the_gateway_sees(echo: str) -> None:
    received = httpx.get(echo, headers={"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https"}).json()
    lines = [line for line in received["headers"] if line[0].startswith("x-forwarded")]
    assert lines == [["x-forwarded-for", "127.0.0.1"], ["x-forwarded-proto", "http"]]


def test_repeated_header_lines_stay_apart(echo: str) -> None:
    received = httpx.get(echo, headers=[("X-Twice", "one"), ("X-Twice", "two")]).json()
    assert [value for name, value in received["headers"] if name == "x-twice"] == ["one", "two"]


def test_status_and_headers_of_the_answer_arrive(echo: str) -> None:
    answer = httpx.get(echo)
    assert answer.status_code == 418
    assert answer.headers.get_list("x-twice") == ["one", "two"]
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]


def test_streams_are_not_held_back(echo: str) -> None:
    with httpx.stream("GET", f"{echo}/stream") as answer:
        assert "".join(answer.iter_text()) == "data: 0\n\ndata: 1\n\ndata: 2\n\n"


def test_a_client_that_hangs_up_does_not_disturb_others(echo: str) -> None:
    host, port = echo.split("/")[2].split(":")
    for _ in range(20):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"POST /functions/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
    assert httpx.get(echo).status_code == 418


def test_many_requests_at_once(echo: str) -> None:
    intact: list[bool] = []

    def send(number: int) -> None:
        body = os.urandom(10_000 + number)
        intact.append(httpx.post(echo, content=body).json()["sha256"] == hashlib.sha256(body).hexdigest())

    threads = [threading.Thread(target=send, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert intact == [True] * 32
