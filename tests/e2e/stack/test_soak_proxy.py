"""The faults that the soak's proxy injects between two ends."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from local.processes import free_port
from local.soak.proxy import LATENCY_S, Proxy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ANSWER = b"0123456789"


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionResetError):
        while await reader.read(100):
            writer.write(ANSWER)
    writer.close()


@asynccontextmanager
async def ends() -> AsyncIterator[tuple[Proxy, asyncio.StreamReader, asyncio.StreamWriter]]:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    async with Proxy(free_port(), server.sockets[0].getsockname()[1]) as proxy:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        writer.write(b"first")
        assert await reader.readexactly(len(ANSWER)) == ANSWER
        yield proxy, reader, writer
        writer.close()
    server.close()


async def test_latency() -> None:
    async with ends() as (proxy, reader, writer):
        proxy.set("latency")
        began = time.monotonic()
        writer.write(b"more")
        assert await reader.readexactly(len(ANSWER)) == ANSWER
        assert time.monotonic() - began >= LATENCY_S


async def test_reset_of_open_and_of_new_connections() -> None:
    async with ends() as (proxy, reader, _):
        proxy.set("reset")
        with pytest.raises(ConnectionResetError):
            await reader.read(1)
        late, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
        with pytest.raises(ConnectionResetError):
            await late.read(1)
        writer.close()


async def test_a_black_hole_swallows_until_it_ends() -> None:
    async with ends() as (proxy, reader, writer):
        proxy.set("black_hole")
        writer.write(b"more")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), 0.2)
        proxy.set("pass")
        with pytest.raises(ConnectionResetError):
            await reader.read(1)


async def test_half_of_the_answer_and_an_end() -> None:
    async with ends() as (proxy, reader, writer):
        proxy.set("half_close")
        writer.write(b"more")
        assert await reader.read() == ANSWER[:5]
