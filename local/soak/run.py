"""One soak: a stack, its traffic and faults, and the time afterwards in which everything has to come to an end."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import httpx
import psutil
import psycopg
from psycopg.rows import dict_row

from local.demo.model_server import model_server
from local.processes import free_port
from local.providers.server import ProviderServer
from local.soak import checks
from local.soak.faults import Injector, redeliver
from local.soak.people import OPEN_STATES, Memory, Network, stopwatch
from local.soak.proxy import Proxy
from local.soak.result import Result, Sample
from local.soak.traffic import WEIGHTS, Traffic
from local.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local.soak.people import Person

MOST_ACTIONS: Final = 30_000
MOST_AT_ONCE: Final = 200
WORKERS: Final = 6
PATIENCE_S: Final = 90.0
REPLAYS: Final = 200
AHEAD: Final = "15 minutes"


class Soak:
    """A soak in a folder.

    Parameters
    ----------
    folder
        For the stack's data.
    seconds
        How long the traffic lasts, measurement of the capacity included.
    report
        Receives a line after every step.
    """

    def __init__(self, folder: Path, seconds: float, report: Callable[[str], None] = lambda _: None) -> None:
        self.folder, self.seconds, self.report = folder, seconds, report

    def run(self) -> Result:
        """Run it from the start of a stack to the verdict."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with model_server(self.folder) as models, ProviderServer() as providers:
            port, api_port = free_port(), free_port()
            # The functions reach the database through the proxy; tokens still name the API.
            reached = {
                "SUPABASE_URL": f"http://127.0.0.1:{port}",
                "SUPABASE_JWT_ISSUER": f"http://127.0.0.1:{api_port}/auth/v1",
            }
            env = {**models, **providers.env(), **reached}
            stack = Stack(self.folder / "stack", api_port=api_port, env=env)
            providers.webhooks = f"{stack.url}/functions/v1/payments-webhook"
            try:
                stack.start_database()
                with psycopg.connect(stack.database_url, autocommit=True) as connection:
                    # What is acknowledged must survive the death of the server.
                    connection.execute("alter database postgres set synchronous_commit = on")
                return asyncio.run(self._run(stack, port, models["GEMINI_BASE_URL"], providers))
            finally:
                stack.stop()

    async def _run(self, stack: Stack, port: int, models: str, providers: ProviderServer) -> Result:
        async with Proxy(port, int(stack.url.rsplit(":", 1)[1])) as proxy:
            await asyncio.to_thread(stack.start)
            memory = Memory()
            network = Network(stack, memory, stopwatch())
            try:
                traffic = Traffic(network, providers)
                for _ in range(max(8, int(self.seconds / 15))):
                    await traffic.sign_up(rich=True)
                # Everything is loaded once before anything is measured.
                await asyncio.gather(*(traffic.act(action) for action in WEIGHTS))
                memory.events.clear()
                clock = network.clock = stopwatch()
                capacity = await self._capacity(traffic, clock)
                self.report(f"{capacity:.1f} actions a second are possible; half of that is offered")
                result = Result(self.seconds, capacity, memory=memory)
                injector = Injector(stack.postgres, proxy, models, providers, clock)
                await self._load(stack, traffic, injector, clock, result)
                result.people = len(traffic.people)
                await self._settle(stack, network, providers, result)
                checks.judge(result, stack, injector.forged)
                return result
            finally:
                await network.close()

    async def _capacity(self, traffic: Traffic, clock: Callable[[], float]) -> float:
        """Return the actions per second of a few people who never wait."""
        seconds = max(2.0, min(20.0, self.seconds / 15))
        until, done = clock() + seconds, 0

        async def work() -> None:
            nonlocal done
            while clock() < until:
                await traffic.act(traffic.choose())
                done += 1

        await asyncio.gather(*(work() for _ in range(WORKERS)))
        return done / clock()

    async def _load(
        self, stack: Stack, traffic: Traffic, injector: Injector, clock: Callable[[], float], result: Result
    ) -> None:
        """Offer half of the capacity at random times, whether or not earlier actions have ended."""
        began = clock()
        rate = result.capacity / 2
        watching = asyncio.create_task(self._watch(stack, clock, result))
        breaking = asyncio.create_task(injector.run(self.seconds))
        running: set[asyncio.Task[None]] = set()

        async def act(action: str, due: float) -> None:
            stopped = await traffic.act(action)
            result.samples.append(Sample(action, due, clock(), stopped))

        due, count = began, 0
        while (due := due + traffic.random.expovariate(rate)) < self.seconds and count < MOST_ACTIONS:
            await asyncio.sleep(max(0.0, due - clock()))
            count += 1
            if len(running) >= MOST_AT_ONCE:
                result.skipped += 1
                continue
            task = asyncio.create_task(act(traffic.choose(), due))
            running.add(task)
            task.add_done_callback(running.discard)
        result.offered = count / (self.seconds - began)
        await breaking
        if running:
            await asyncio.wait(running, timeout=PATIENCE_S)
        result.windows = injector.windows
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        self.report(f"{len(result.samples)} actions in {self.seconds:.0f} s, {len(result.windows)} faults")

    @staticmethod
    async def _watch(stack: Stack, clock: Callable[[], float], result: Result) -> None:
        """Note the memory of the processes every second."""
        while True:
            for name, pid in stack.pids().items():
                with suppress(psutil.Error):
                    process = psutil.Process(pid)
                    family = [process, *process.children(recursive=True)]
                    size = sum(each.memory_info().rss for each in family) / 1_000_000
                    result.memory_mb.setdefault(name, []).append((clock(), size))
            await asyncio.sleep(1)

    async def _settle(self, stack: Stack, network: Network, providers: ProviderServer, result: Result) -> None:
        """Do what happens in time after faults: deliveries and calls are repeated, and the clean-up runs."""
        memory = network.memory
        gone = {"api", "functions"} - stack.pids().keys()
        for name in gone:
            sizes = result.memory_mb.get(name)
            result.breaches.append(f"the process {name} ended by itself at {sizes[-1][0] if sizes else 0:.0f} s")
        if gone:
            return
        deliveries = await asyncio.to_thread(redeliver, providers)
        refused = [f"{each.event.type}: {each.status}" for each in deliveries if each.status != httpx.codes.OK]
        result.breaches += [f"a webhook is refused in the end: {each}" for each in refused[:5]]
        with psycopg.connect(stack.database_url, autocommit=True, row_factory=dict_row) as connection:
            connection.execute(
                "create or replace function private.now() returns timestamptz language sql volatile "
                f"set search_path = '' as $$ select pg_catalog.clock_timestamp() + interval '{AHEAD}' $$"
            )
        until = time.monotonic() + PATIENCE_S
        while True:
            await self._clean_up(stack, result)
            unknown = [paid for paid in memory.paid if not paid.answer.is_final]
            result.facts["answers lost at first"] = max(result.facts.get("answers lost at first", 0), len(unknown))
            for paid in unknown:
                paid.answer = await paid.person.repeat("again", paid)
                if paid.answer.status == httpx.codes.ACCEPTED and paid.answer.json.get("id"):
                    memory.tasks.append((paid.person, paid.answer.json["id"]))
            ends = [await self._end(person, task) for person, task in memory.tasks]
            is_over = all(paid.answer.is_final for paid in memory.paid) and None not in ends
            if is_over or time.monotonic() > until:
                break
            await asyncio.sleep(1)
        result.facts["tasks"] = len(ends)
        lost = sum(end is None for end in ends)
        result.breaches += [f"{lost} tasks do not end"] if lost else []
        checks.tasks(result, [end for end in ends if end is not None])
        for (person, _), end in zip(memory.tasks, ends, strict=True):
            result.task_charges[person.id] += ((end or {}).get("receipt") or {}).get("charged", 0)
        await self._replay(memory, result)

    @staticmethod
    async def _end(person: Person, task: str) -> dict[str, Any] | None:
        """Return how a task ended; None if it has not."""
        answer = await person.network.send(
            "again", person.number, "GET", f"/functions/v1/generate/tasks/{task}", headers=person.headers
        )
        if not answer.is_success or answer.json["status"] in OPEN_STATES:
            return None
        document: dict[str, Any] = answer.json
        return document

    @staticmethod
    async def _replay(memory: Memory, result: Result) -> None:
        """Ask again for what has been answered: the same bytes have to come."""
        # The key of an interview returns it as it is now, so its bytes change.
        answered = [
            paid
            for paid in memory.paid
            if paid.answer.status == httpx.codes.OK and paid.path != "/functions/v1/interview"
        ]
        chosen = answered[:: max(1, len(answered) // REPLAYS)]
        for paid in chosen:
            first = paid.answer
            again = await paid.person.repeat("again", paid)
            # Nearly all imported résumés have been deleted since, and their answers with them.
            is_gone = paid.path == "/functions/v1/resume-import" and again.code == "replay_gone"
            is_same = again.status == first.status and not (again.replayed and again.body != first.body)
            if not is_gone and not is_same:
                result.breaches.append(f"{paid.path} answers {again.status} {again.code} to the same key, or otherwise")
        result.facts["answers had again"] = len(chosen)

    @staticmethod
    async def _clean_up(stack: Stack, result: Result) -> None:
        headers = {"authorization": f"Bearer {stack.cleanup_secret}"}
        async with httpx.AsyncClient(base_url=stack.url, timeout=120) as client:
            for _ in range(5):
                try:
                    answer = await client.post("/functions/v1/cleanup", headers=headers, json={})
                    report = answer.raise_for_status().json()
                except httpx.HTTPError as error:
                    result.breaches.append(f"the clean-up does not run: {error!r}")
                    return
                if report["breaches"]:
                    result.breaches.append(f"the clean-up says {json.dumps(report)[:300]}")
                if report["complete"]:
                    return
        result.breaches.append("the clean-up does not come to an end")
