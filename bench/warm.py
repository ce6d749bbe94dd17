"""Warm overhead: the time of a request in a running container without the time of database and model.

Of many requests, the fastest tenth counts: other load on the machine can only add to these few milliseconds, which
involve four processes.
"""

from __future__ import annotations

import json
import socket
import statistics
import time
from contextlib import closing
from http.client import HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bench._lambda import FOLDERS, environment, health, sign_up, tasks
from bench.registry import Context, Measured, benchmark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COUNT = 300
WARM_UP = 20


def undisturbed_ms(seconds: Sequence[float]) -> float:
    """Return the 10th percentile in milliseconds."""
    return statistics.quantiles(seconds, n=10)[0] * 1000


def repeat(once: Callable[[], float]) -> list[float]:
    """Return the results of many calls, without those of the warm-up."""
    return [once() for _ in range(WARM_UP + COUNT)][WARM_UP:]


class Ledger:
    """A kept-alive connection to the API that repeats one call of `usage_reserve`, without an HTTP client."""

    def __init__(self, url: str, secret_key: str, arguments: dict[str, object]) -> None:
        address = urlsplit(url)
        body = json.dumps(arguments).encode()
        self._request = (
            f"POST /rest/v1/rpc/usage_reserve HTTP/1.1\r\nHost: {address.netloc}\r\napikey: {secret_key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        self._socket = socket.create_connection((address.hostname or "", address.port or 80))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def seconds(self) -> float:
        """Return the time from sending the call to the last byte of its answer."""
        began = time.perf_counter()
        self._socket.sendall(self._request)
        answer = HTTPResponse(self._socket)
        answer.begin()
        text = answer.read()
        seconds = time.perf_counter() - began
        if answer.status != 200:  # noqa: PLR2004
            message = f"usage_reserve: {answer.status} {text!r}"
            raise RuntimeError(message)
        return seconds

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()


@benchmark("warm.health", unit="ms", target="value <= 2")
def touching_nothing(context: Context) -> Measured:
    """Time a request without database and model, compared with the FastAPI baseline."""
    containers, name = tasks(context.folder), FOLDERS[0]
    with containers.container(name) as ours, containers.container("hello") as baseline:
        return Measured(
            undisturbed_ms(repeat(lambda: ours.invoke(health(name)).seconds)),
            undisturbed_ms(repeat(lambda: baseline.invoke(health("hello")).seconds)),
        )


@benchmark("warm.paid", unit="ms", target="value <= 2")
def paid(context: Context) -> Measured:
    """Time the dry run of a paid request, and subtract the time of the ledger and of the runtime.

    The first is the ledger's answer over a bare socket, so that the functions' HTTP client counts as ours; the second
    is a handler that does nothing. All three run in turns.
    """
    stack, member = context.stack, sign_up(context.stack)
    call = {
        "p_user_id": member.user_id,
        "p_operation": "summary",
        "p_idempotency_key": "bench",
        "p_request_hash": "bench",
        "p_resume_id": member.resume_id,
        "p_dry_run": True,
    }
    total, ledger, runtime = [], [], []
    containers = tasks(context.folder)
    with (
        containers.container("generate", environment(stack)) as container,
        containers.container("nothing") as empty,
        closing(Ledger(stack.url, stack.secret_key, call)) as api,
    ):
        for turn in range(WARM_UP + COUNT):
            answer = container.invoke(member.dry_run())
            if answer.failed or answer.payload["statusCode"] != 200:  # noqa: PLR2004
                message = f"generate: {answer.payload}\n{container.logs()}"
                raise RuntimeError(message)
            database, idle = api.seconds(), empty.invoke(member.dry_run()).seconds
            if turn >= WARM_UP:
                total.append(answer.seconds)
                ledger.append(database)
                runtime.append(idle)
    return Measured(undisturbed_ms(total) - undisturbed_ms(ledger) - undisturbed_ms(runtime))
