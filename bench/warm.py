"""Warm overhead: what a request costs in a running container besides database and model.

Of many requests the one counts that is quicker than nine tenths of them: what else the machine does can only add, and
these are a few milliseconds, spread over four processes.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import TYPE_CHECKING

from bench._lambda import FOLDERS, environment, health, sign_up, tasks
from bench.registry import Context, Measured, benchmark
from functions._shared import wiring

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COUNT = 300
WARM_UP = 20


def undisturbed_ms(seconds: Sequence[float]) -> float:
    """Milliseconds of which nine tenths took longer."""
    return statistics.quantiles(seconds, n=10)[0] * 1000


def repeat(once: Callable[[], float]) -> list[float]:
    """Collect what `once` gives, after some that do not count."""
    return [once() for _ in range(WARM_UP + COUNT)][WARM_UP:]


@benchmark("warm.health", unit="ms", target="value <= 2")
def touching_nothing(context: Context) -> Measured:
    """Time a request that touches neither: runtime client, event, edge, log line. Beside it, the FastAPI hello."""
    made, name = tasks(context.folder), FOLDERS[0]
    with made.container(name) as ours, made.container("hello") as usual:
        return Measured(
            undisturbed_ms(repeat(lambda: ours.invoke(health(name)).seconds)),
            undisturbed_ms(repeat(lambda: usual.invoke(health("hello")).seconds)),
        )


@benchmark("warm.paid", unit="ms", target="value <= 2")
def paid(context: Context) -> Measured:
    """Time a paid request's dry run, in turns with the two that are not ours and taken out.

    One is the ledger's answer to the functions' own client, the other a handler that does nothing: what AWS's runtime
    client and the server that stands for AWS take.
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
    whole, ledger, nothing = [], [], []
    made = tasks(context.folder)
    with (
        made.container("generate", environment(stack)) as container,
        made.container("nothing") as empty,
        asyncio.Runner() as loop,
    ):
        url, headers = f"{stack.url}/rest/v1/rpc/usage_reserve", {"apikey": stack.secret_key}

        async def ask_ledger() -> float:
            began = time.perf_counter()
            (await wiring.http().post(url, headers=headers, json=call)).raise_for_status()
            return time.perf_counter() - began

        for turn in range(WARM_UP + COUNT):
            answer = container.invoke(member.dry_run())
            if answer.failed or answer.payload["statusCode"] != 200:  # noqa: PLR2004
                message = f"generate: {answer.payload}\n{container.logs()}"
                raise RuntimeError(message)
            database, idle = loop.run(ask_ledger()), empty.invoke(member.dry_run()).seconds
            if turn >= WARM_UP:
                whole.append(answer.seconds)
                ledger.append(database)
                nothing.append(idle)
    return Measured(undisturbed_ms(whole) - undisturbed_ms(ledger) - undisturbed_ms(nothing))
