"""What the local stack itself costs, so that no other figure is mistaken for it."""

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
    """Median of one request to the functions through the API's port, against straight to the functions' port."""
    with httpx.Client() as client:
        through = _median_ms(client, f"{context.stack.url}/functions/v1/")
        straight = _median_ms(client, f"{context.stack.functions_url}/functions/v1/")
    return Measured(through, straight)
