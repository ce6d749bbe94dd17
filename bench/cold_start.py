"""Cold starts: a fresh process in AWS's own client, from its start to the first answer.

The baseline is what the usual recipe gives: FastAPI, Mangum and postgrest installed into a folder, which is zipped as
it is, without bytecode (Lambda cannot write any, so it is compiled at every cold start). Both run in turns, so that
what else the machine does falls on both.
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
# Their SDKs are imported by the first request that needs one; what they cost before is measured all the same.
WITH_AN_SDK = frozenset({"generate", "interview", "billing", "payments_webhook"})


def first_answer(container: Container, event: object) -> float:
    """Milliseconds from the start of the process to its first answer, which has to be a success."""
    with container:
        answer = container.invoke(event)
        if answer.failed or answer.payload["statusCode"] != 200:  # noqa: PLR2004
            message = f"{container.handler}: {answer.payload}\n{container.logs()}"
            raise RuntimeError(message)
        return answer.since_start * 1000


@cache
def first_answers(folder: Path) -> dict[str, float]:
    """Median milliseconds to the first answer, of the baseline and of every function."""
    found: dict[str, list[float]] = {name: [] for name in ("hello", *FOLDERS)}
    for _ in range(ROUNDS):
        for name, measured in found.items():
            measured.append(first_answer(tasks(folder).container(name), health(name)))
    return {name: statistics.median(measured) for name, measured in found.items()}


def _register(name: str) -> None:
    @benchmark(f"cold_start.{name}", unit="ms", target=None if name in WITH_AN_SDK else "ratio <= 0.7")
    def measure(context: Context) -> Measured:
        """Time the first answer of a fresh process, beside the usual FastAPI hello."""
        found = first_answers(context.folder)
        return Measured(found[name], found["hello"])


for _name in FOLDERS:
    _register(_name)


@benchmark("cold_start_signed_in.generate", unit="ms")
def signed_in(context: Context) -> Measured:
    """Time a fresh process that verifies a token and asks the ledger, beside the hello, which does neither."""
    member, made = sign_up(context.stack), tasks(context.folder)
    env = environment(context.stack)
    ours, usual = [], []
    for _ in range(ROUNDS):
        ours.append(first_answer(made.container("generate", env), member.dry_run()))
        usual.append(first_answer(made.container("hello"), health("hello")))
    return Measured(statistics.median(ours), statistics.median(usual))
