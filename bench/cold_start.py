"""Cold starts: the time from the start of a process, under AWS's runtime client, to its first answer.

The baseline is the usual packaging: FastAPI, Mangum and postgrest in one folder without bytecode. Lambda cannot store
bytecode, so it compiles them at every cold start. Both run in turns, so that other load on the machine affects both.
"""

from __future__ import annotations

import statistics
from functools import cache
from typing import TYPE_CHECKING

from bench._lambda import FOLDERS, environment, health, sign_up, tasks
from bench.registry import Context, Measured, benchmark

if TYPE_CHECKING:
    from pathlib import Path

    from local.lambda_runtime import Container

ROUNDS = 7
# These functions import an SDK for the first request that needs it. Their cold start is measured but has no target.
WITH_AN_SDK = frozenset({"generate", "interview", "billing", "payments_webhook"})


def first_answer(container: Container, event: object) -> float:
    """Return the milliseconds from the start of the process to its first answer, which must be a success."""
    with container:
        answer = container.invoke(event)
        if answer.failed or answer.payload["statusCode"] != 200:  # noqa: PLR2004
            message = f"{container.handler}: {answer.payload}\n{container.logs()}"
            raise RuntimeError(message)
        return answer.since_start * 1000


@cache
def first_answers(folder: Path) -> dict[str, float]:
    """Return the median milliseconds to the first answer, of the baseline and of every function."""
    times: dict[str, list[float]] = {name: [] for name in ("hello", *FOLDERS)}
    for _ in range(ROUNDS):
        for name, own_times in times.items():
            own_times.append(first_answer(tasks(folder).container(name), health(name)))
    return {name: statistics.median(own_times) for name, own_times in times.items()}


def _register(name: str) -> None:
    @benchmark(f"cold_start.{name}", unit="ms", target=None if name in WITH_AN_SDK else "ratio <= 0.7")
    def measure(context: Context) -> Measured:
        """Time the first answer of a new process, compared with the FastAPI baseline."""
        medians = first_answers(context.folder)
        return Measured(medians[name], medians["hello"])


for _name in FOLDERS:
    _register(_name)


@benchmark("cold_start_signed_in.generate", unit="ms")
def signed_in(context: Context) -> Measured:
    """Time a new process that verifies a token and queries the ledger; the baseline does neither."""
    member, containers = sign_up(context.stack), tasks(context.folder)
    env = environment(context.stack)
    ours, baseline = [], []
    for _ in range(ROUNDS):
        ours.append(first_answer(containers.container("generate", env), member.dry_run()))
        baseline.append(first_answer(containers.container("hello"), health("hello")))
    return Measured(statistics.median(ours), statistics.median(baseline))
