"""The faults of a soak: what breaks, when, and which errors the product may answer with meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx

from local.providers.events import Faults

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from local.postgres import Postgres
    from local.providers.events import Delivery
    from local.providers.server import ProviderServer
    from local.soak.proxy import Mode, Proxy

# What the functions answer while the database is away, and what the Supabase API does.
DATABASE: Final = frozenset({"database_unavailable", "deadline_exceeded", "PGRST000"})
MODEL: Final = frozenset({"model_unavailable", "model_timeout", "model_failed", "model_answer_invalid"})
EXPECTED: Final[dict[str, frozenset[str]]] = {
    "database killed": DATABASE,
    "latency": frozenset(),
    "reset": DATABASE,
    "black hole": DATABASE,
    "half-close": DATABASE,
    "model chaos": MODEL,
    "webhook storm": frozenset(),
}
CHAOS: Final = {"dropRate": 0.2, "malformedRate": 0.1, "disconnectRate": 0.1, "rateLimitRate": 0.1, "latencyMs": 200}
RECOVERY_S: Final = 12.0
"""An answer may still be of a fault so long after it: a call that began in it waits for its timeout."""
LONGEST_S: Final = 25.0
STORM: Final = Faults(duplicate=3, reorder=True)
FORGED: Final = Faults(tamper=True)
OLD: Final = Faults(old_secret=True)


@dataclass(frozen=True)
class Window:
    """When a fault was there; times are in seconds since the traffic began."""

    kind: str
    began: float
    ended: float

    def explains(self, sent: float, ended: float, code: str) -> bool:
        """Whether an error with this code, of a request in that time, is as designed."""
        return code in EXPECTED[self.kind] and self.touches(sent, ended)

    def touches(self, sent: float, ended: float) -> bool:
        """Whether something of that time overlaps the fault or the recovery from it."""
        return sent <= self.ended + RECOVERY_S and ended >= self.began


@dataclass
class Injector:
    """Injects the faults one after the other.

    Parameters
    ----------
    postgres
        The database's server, which is killed.
    proxy
        Between the functions and the database's API.
    models
        URL of the model server.
    providers
        Send the webhooks.
    clock
        Returns the seconds since the traffic began.
    """

    postgres: Postgres
    proxy: Proxy
    models: str
    providers: ProviderServer
    clock: Callable[[], float]

    def __post_init__(self) -> None:
        self.windows: list[Window] = []
        self.forged: list[int | None] = []
        """The answers to webhooks whose body was changed after signing."""
        self._kinds: dict[str, Callable[[float], Awaitable[None]]] = {
            "database killed": self._kill,
            "latency": lambda seconds: self._bend("latency", seconds),
            "reset": lambda seconds: self._bend("reset", seconds),
            "black hole": lambda seconds: self._bend("black_hole", seconds),
            "half-close": lambda seconds: self._bend("half_close", seconds),
            "model chaos": self._confuse,
            "webhook storm": self._storm,
        }

    async def run(self, seconds: float) -> None:
        """Inject every fault within the time that the traffic takes, with rests between them."""
        slot = seconds * 0.9 / len(self._kinds)
        duration = min(LONGEST_S, slot * 0.4)
        for number, (kind, inject) in enumerate(self._kinds.items()):
            await asyncio.sleep(max(0.0, seconds * 0.08 + slot * number - self.clock()))
            began = self.clock()
            try:
                await inject(duration)
            finally:
                self.windows.append(Window(kind, began, self.clock()))

    async def _kill(self, seconds: float) -> None:
        await asyncio.to_thread(self.postgres.kill)
        try:
            await asyncio.sleep(seconds / 2)
        finally:
            await asyncio.to_thread(self.postgres.start)

    async def _bend(self, mode: Mode, seconds: float) -> None:
        self.proxy.set(mode)
        try:
            await asyncio.sleep(seconds)
        finally:
            self.proxy.set("pass")

    async def _confuse(self, seconds: float) -> None:
        async with httpx.AsyncClient(base_url=self.models, timeout=10) as client:
            (await client.post("/__aimock/chaos", json=CHAOS)).raise_for_status()
            try:
                await asyncio.sleep(seconds)
            finally:
                (await client.delete("/__aimock/chaos")).raise_for_status()

    async def _storm(self, seconds: float) -> None:
        until = self.clock() + seconds
        while self.clock() < until:
            for name in ("razorpay", "stripe"):
                await asyncio.to_thread(self._send, name, until)
            await asyncio.sleep(0.1)

    def _send(self, name: str, until: float) -> None:
        world = self.providers.razorpay if name == "razorpay" else self.providers.stripe
        courier = self.providers.courier(name)
        for event in world.events[-20:]:
            if self.clock() > until:
                return
            courier.deliver([event], STORM)
            courier.deliver([event], OLD)
            self.forged += [delivery.status for delivery in courier.deliver([event], FORGED)]


def redeliver(providers: ProviderServer) -> list[Delivery]:
    """Deliver every event once more, as providers do until they are acknowledged."""
    return [
        *providers.courier("razorpay").deliver(providers.razorpay.events),
        *providers.courier("stripe").deliver(providers.stripe.events),
    ]
