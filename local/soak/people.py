"""The people of a soak: their requests, and what they remember of them to check afterwards."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from local.stack import Stack

TIMEOUT_S: Final = 60.0
# Public routes are limited per address, so people come from several. Other systems have one loopback address only.
ADDRESSES: Final = 24 if sys.platform == "linux" else 1
OPEN_STATES: Final = frozenset({"waiting", "processing"})


@dataclass(frozen=True)
class Answer:
    """An answer, or its absence: then the status is 0 and the code is the name of the error."""

    status: int
    body: bytes = b""
    json: Any = None
    replayed: bool = False
    code: str = ""

    @property
    def is_final(self) -> bool:
        """Whether it tells what became of the request: a success, or a refusal that is no fault of ours."""
        return 0 < self.status < 500 and self.code != "in_progress"  # noqa: PLR2004

    @property
    def is_success(self) -> bool:
        """Whether the request was carried out."""
        return 200 <= self.status < 300  # noqa: PLR2004


@dataclass(frozen=True)
class Event:
    """A request that was answered; times are in seconds since the traffic began."""

    action: str
    sent: float
    ended: float
    path: str
    status: int
    code: str


@dataclass
class Paid:
    """A request with an idempotency key. `answer` is the latest one; until it is final, the outcome is unknown."""

    person: Person
    path: str
    body: dict[str, Any]
    headers: dict[str, str]
    answer: Answer

    @property
    def key(self) -> str:
        """The idempotency key."""
        return self.headers["Idempotency-Key"]


class Broken(Exception):
    """A request of an action failed, so that the action cannot go on."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status} {answer.code}")
        self.answer = answer


@dataclass
class Memory:
    """Everything that the people have done and were told."""

    events: list[Event] = field(default_factory=list)
    paid: list[Paid] = field(default_factory=list)
    tasks: list[tuple[Person, str]] = field(default_factory=list)
    saved: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The latest version of each résumé that was acknowledged, and the summary that it has."""
    payments: dict[str, str] = field(default_factory=dict)
    """The user of each provider's order that the bank has paid."""
    undelivered: int = 0


class Network:
    """The HTTP clients that all people share.

    Parameters
    ----------
    stack
        A running stack.
    memory
        Where answers are noted.
    clock
        Returns the seconds since the traffic began.
    """

    def __init__(self, stack: Stack, memory: Memory, clock: Callable[[], float]) -> None:
        self.stack, self.memory, self.clock = stack, memory, clock
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=20)
        self._clients = [
            httpx.AsyncClient(
                base_url=stack.url,
                timeout=TIMEOUT_S,
                transport=httpx.AsyncHTTPTransport(
                    local_address=f"127.0.{number}.1" if ADDRESSES > 1 else None, limits=limits
                ),
            )
            for number in range(1, ADDRESSES + 1)
        ]

    def client(self, number: int) -> httpx.AsyncClient:
        """Return the client of the nth person."""
        return self._clients[number % len(self._clients)]

    async def close(self) -> None:
        """Close all connections."""
        for client in self._clients:
            await client.aclose()

    async def send(
        self,
        action: str,
        number: int,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        json: object = None,
        content: bytes | None = None,
    ) -> Answer:
        """Send a request and note its answer."""
        sent = self.clock()
        try:
            got = await self.client(number).request(method, path, headers=dict(headers), json=json, content=content)
        except httpx.HTTPError as error:
            answer = Answer(0, code=type(error).__name__)
        else:
            answer = _read(got)
        short = "/".join(path.split("?", maxsplit=1)[0].split("/")[:4])
        self.memory.events.append(Event(action, sent, self.clock(), f"{method} {short}", answer.status, answer.code))
        return answer


def _read(got: httpx.Response) -> Answer:
    document = None
    if "json" in got.headers.get("content-type", ""):
        try:
            document = got.json()
        except ValueError:
            return Answer(got.status_code, got.content, code="not_json")
    code = ""
    if got.is_error:
        said = document if isinstance(document, dict) else {}
        # PostgREST has our codes in the message of its own.
        code = str(said.get("code", ""))
        if code.startswith("PT"):
            code = str(said.get("message", code))
        code = code or got.text[:80]
    replayed = got.headers.get("idempotency-replayed") == "true"
    return Answer(got.status_code, got.content, document, replayed, code)


@dataclass
class Person:
    """A signed-up user."""

    network: Network
    number: int
    id: str = ""
    token: str = ""
    resume_id: str = ""
    version: int = 0
    content: dict[str, Any] = field(default_factory=dict)
    slug: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """Headers of a signed-in request."""
        return {"apikey": self.network.stack.publishable_key, "Authorization": f"Bearer {self.token}"}

    async def ask(
        self,
        action: str,
        method: str,
        path: str,
        json: object = None,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - JSON
        """Send a request and return the answer's document.

        Raises
        ------
        Broken
            It was not answered with a success.
        """
        merged = {**self.headers, **(headers or {})}
        answer = await self.network.send(action, self.number, method, path, headers=merged, json=json, content=content)
        if not answer.is_success:
            raise Broken(answer)
        return answer.json

    async def pay(self, action: str, path: str, body: dict[str, Any], **headers: str) -> Any:  # noqa: ANN401 - JSON
        """Send a request with a key of its own, remember it, and return the answer's document.

        Raises
        ------
        Broken
            It was not answered with a success.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        paid = Paid(self, path, body, {**named, "Idempotency-Key": str(uuid4())}, Answer(0))
        self.network.memory.paid.append(paid)
        paid.answer = await self.repeat(action, paid)
        if not paid.answer.is_success:
            raise Broken(paid.answer)
        return paid.answer.json

    async def repeat(self, action: str, paid: Paid) -> Answer:
        """Send a paid request, for the first time or again."""
        headers = {**self.headers, **paid.headers}
        return await self.network.send(action, self.number, "POST", paid.path, headers=headers, json=paid.body)


def stopwatch() -> Callable[[], float]:
    """Return a clock that begins now."""
    began = time.monotonic()
    return lambda: time.monotonic() - began
