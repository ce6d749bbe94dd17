"""The overhead of the local stack, for comparison with other results."""

from __future__ import annotations

import statistics
import time

import httpx

from bench import Context, Measured, benchmark

REQUESTS = 200


def _median_ms(client: httpx.Client, url: str) -> float:
    def once() -> float:
        began = time.perf_counter()
        client.get(url)
        return (time.perf_counter() - began) * 1000

    for _ in range(20):
        once()
    return statistics.median(once() for _ in range(REQUESTS))


@benchmark("stack.forwarding", unit="ms")
def forwarding(context: Context) -> Measured:
    """Time a request to the functions through the API's port, compared with one to the functions' own port."""
    with httpx.Client() as client:
        through = _median_ms(client, f"{context.stack.url}/functions/v1/")
        direct = _median_ms(client, f"{context.stack.functions_url}/functions/v1/")
    return Measured(through, direct)
