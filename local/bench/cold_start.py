"""Cold starts: a fresh process in AWS's own client, from its start to the first answer.

The baseline is what the usual recipe gives: FastAPI, Mangum and postgrest installed into a folder, which is zipped as
it is, without bytecode (Lambda cannot write any, so it is compiled at every cold start). Both run in turns, so that
what else the machine does falls on both.
"""

from __future__ import annotations

import statistics
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from local.bench.registry import Measured, benchmark
from local.lambda_runtime import Container, image
from local.lambda_runtime.events import http_event
from local.package import builder, service, store
from local.package.requirements import Requirements

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from local.bench.registry import Context
    from local.lambda_runtime import Runtime

ROOT = Path(__file__).resolve().parents[2]
STORES = ROOT / ".local" / "package"
FOLDERS = builder.discover(ROOT / "functions")
ROUNDS = 7
# Its first answer is measured all the same, but an SDK that its first request needs is allowed to cost.
WITH_AN_SDK = frozenset({"generate", "interview", "billing", "payments_webhook"})
HELLO = """
from fastapi import FastAPI
from mangum import Mangum
from postgrest import AsyncPostgrestClient

app = FastAPI()

@app.get("/functions/v1/hello/health")
async def hello() -> dict[str, str]:
    return {"status": "ok"}

handler = Mangum(app, lifespan="off")
"""
ENVIRONMENT = {
    "SUPABASE_URL": "https://project.supabase.test",
    "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_x",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}


class Tasks:
    """Unzipped artefacts, and the image's libraries to run them with."""

    def __init__(self, folder: Path) -> None:
        target = image.target_here(service.read(ROOT / "serverless.yml").target)
        requirements = Requirements(ROOT / "pyproject.toml", ROOT / "requirements.lock", target)
        interpreter = target.interpreter()
        self.runtime: Runtime = image.runtime(target, requirements, STORES)
        builder.build(
            ROOT / "functions",
            FOLDERS,
            requirements=requirements,
            target=target,
            interpreter=interpreter,
            stores=STORES,
            dist=folder / "dist",
        )
        self._folder = folder
        for name in FOLDERS:
            with zipfile.ZipFile(folder / "dist" / f"{name}.zip") as archive:
                archive.extractall(folder / name)
        usual = {
            name: pin
            for needed in ("fastapi", "mangum", "postgrest")
            for name, pin in requirements.with_dependencies(needed).items()
        }
        self._hello = store.install(usual, target, STORES, None).folder
        (self._hello / "hello.py").write_text(HELLO)

    def container(self, name: str, env: Mapping[str, str] = ENVIRONMENT) -> Container:
        """Make a container that has not started yet."""
        if name == "hello":
            return Container(self._hello, "hello.handler", runtime=self.runtime, env={})
        return Container(self._folder / name, f"functions/{name}/handler.handler", runtime=self.runtime, env=env)


@cache
def tasks(folder: Path) -> Tasks:
    """Build everything once for a run."""
    return Tasks(folder / "lambda")


def health(name: str) -> dict[str, object]:
    """Make the request that touches nothing but the code."""
    path = f"/functions/v1/{name.replace('_', '-')}/health"
    return http_event("GET", path, route=path)


@cache
def first_answers(folder: Path) -> dict[str, float]:
    """Median milliseconds to the first answer, of the baseline and of every function."""
    seconds: dict[str, list[float]] = {name: [] for name in ("hello", *FOLDERS)}
    for _ in range(ROUNDS):
        for name, measured in seconds.items():
            with tasks(folder).container(name) as container:
                answer = container.invoke(health(name))
                if answer.failed or answer.payload["statusCode"] != 200:  # noqa: PLR2004
                    message = f"{name}: {answer.payload}\n{container.logs()}"
                    raise RuntimeError(message)
                measured.append(answer.since_start)
    return {name: statistics.median(measured) * 1000 for name, measured in seconds.items()}


def _register(name: str) -> None:
    target = None if name in WITH_AN_SDK else "ratio <= 0.7"

    @benchmark(f"cold_start.{name}", unit="ms", target=target)
    def first_answer(context: Context) -> Measured:
        """Time the first answer of a fresh process, beside the usual FastAPI hello."""
        found = first_answers(context.folder)
        return Measured(found[name], found["hello"])


for _name in FOLDERS:
    _register(_name)


def warm(container: Container, event: Callable[[], object], count: int = 300) -> float:
    """Median milliseconds of warm invocations, as the runtime's server sees them."""
    for _ in range(20):
        container.invoke(event())
    return statistics.median(container.invoke(event()).seconds for _ in range(count)) * 1000


@benchmark("warm.health", unit="ms", target="value <= 2")
def overhead(context: Context) -> Measured:
    """Time a warm request that touches no database and no model: all of it is ours. Beside it, the FastAPI hello."""
    made = tasks(context.folder)
    with made.container(FOLDERS[0]) as ours, made.container("hello") as usual:
        return Measured(warm(ours, lambda: health(FOLDERS[0])), warm(usual, lambda: health("hello")))
