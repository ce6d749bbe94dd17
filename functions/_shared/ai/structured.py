"""The `Model` port on top of any vendor: retries within the time limit, validates answers and records each request."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from pydantic import ValidationError
from typing_extensions import override

from functions._shared.ai.backend import VendorFailure
from functions._shared.ai.delimit import render
from functions._shared.ai.prices import estimate
from functions._shared.domain.errors import (
    ModelAnswerInvalid,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
)
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import Model, ModelAnswer
from functions._shared.ports.request import Deadline

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from functions._shared.ai.backend import Backend, RawAnswer
    from functions._shared.domain.metering import Payer
    from functions._shared.ports.model import Prompt, T

MAX_ATTEMPTS = 4
FIRST_PAUSE = 0.4
LONGEST_PAUSE = 4.0
MOST_TOKENS = 10_000_000
"""Above this, a vendor's count of tokens cannot be true: no model reads or writes as many at once."""
MOST_DOLLARS = 1_000
"""Likewise, the cost of one call."""
SHORTEST_ATTEMPT = 0.5
"""Seconds below which there is no point in another attempt."""

# Not the default generator: its state would be the same in every restored Lambda snapshot.
_random = random.SystemRandom()


class StructuredModel(Model):
    """A vendor behind the `Model` port.

    Parameters
    ----------
    backend : Backend
        The vendor's adapter.
    payer : str
        Whose key the adapter has.
    """

    def __init__(self, backend: Backend, payer: Payer = "service") -> None:
        self._backend = backend
        self._payer = payer
        self.provider = backend.provider

    @override
    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        rendered = render(prompt)

        async def ask(remaining: float) -> RawAnswer:
            return await self._backend.ask(rendered, output, timeout=remaining, max_output_tokens=max_output_tokens)

        request = ", ".join(f"{name} {len(text)}" for name, text in prompt.data.items())
        asked = Asked(self._backend, prompt.operation, f"characters: {request}", self._payer, prompt.version)
        raw, calls = await ask_until_answered(ask, asked, Deadline.after(timeout))
        return ModelAnswer(_validated(raw, output, calls), calls[-1], calls[:-1])

    async def aclose(self) -> None:
        """Close the backend's connections, in the event loop that used them."""
        await self._backend.aclose()


class Vendor(Protocol):
    """Whom a call is recorded under."""

    provider: str
    model: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is recorded of a request, whatever comes of it.

    Parameters
    ----------
    vendor : Vendor
        Who is asked.
    feature : str
        The operation that asks.
    request : str
        Summary without personal data.
    payer : str
        Whose key is used.
    version : str
        Of the words of the prompt.
    """

    vendor: Vendor
    feature: str
    request: str
    payer: Payer = "service"
    version: str = ""


async def ask_until_answered(
    ask: Callable[[float], Awaitable[RawAnswer]], asked: Asked, deadline: Deadline
) -> tuple[RawAnswer, tuple[ModelCall, ...]]:
    """Ask a vendor, again after failures that pass; return its answer and all calls, the answered one last.

    Parameters
    ----------
    ask : coroutine function
        Sends one request; takes the seconds that are left.
    asked : Asked
        What is recorded.
    deadline : Deadline
        For everything, pauses included.

    Raises
    ------
    ModelUnavailable, ModelTimeout
        There is no answer.
    """
    calls: list[ModelCall] = []
    for attempt in range(MAX_ATTEMPTS):
        record = _CallRecord(asked)
        try:
            raw = await _attempt(ask, deadline)
        except VendorFailure as failure:
            calls.append(record.failed(failure))
            pause = _pause(attempt, failure.retry_after)
            if not failure.retryable or attempt + 1 == MAX_ATTEMPTS or not _fits(pause, deadline):
                raise ModelUnavailable(calls=calls) from failure
            await asyncio.sleep(pause)
        except TimeoutError as error:
            calls.append(record.failed(VendorFailure("no answer in time", retryable=False, billed=True)))
            raise ModelTimeout(calls=calls) from error
        else:
            return raw, (*calls, record.answered(raw))
    raise AssertionError("the last attempt returns or raises")


async def _attempt(ask: Callable[[float], Awaitable[RawAnswer]], deadline: Deadline) -> RawAnswer:
    remaining = deadline.remaining()
    # SDK timeouts restart with every byte; this one covers the whole request.
    async with asyncio.timeout(remaining):
        try:
            return await ask(remaining)
        except (VendorFailure, TimeoutError):
            raise
        except Exception as error:  # an SDK that cannot read an answer may raise anything
            reason = f"{type(error).__name__} in the adapter"
            raise VendorFailure(reason, retryable=False, billed=True) from error


def _pause(attempt: int, retry_after: float | None) -> float:
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt)
    jitter = _random.uniform(0, longest)
    return jitter if retry_after is None else retry_after + min(jitter, 1.0)


def _fits(pause: float, deadline: Deadline) -> bool:
    return deadline.remaining() >= pause + SHORTEST_ATTEMPT


def _validated(raw: RawAnswer, output: type[T], calls: tuple[ModelCall, ...]) -> T:
    if raw.stop == "refused":
        raise ModelRefused(calls=calls)
    if raw.stop == "length":
        raise ModelAnswerInvalid("The AI model's answer was cut off.", calls=calls)
    if raw.stop == "other" or not raw.text.strip():
        raise ModelAnswerInvalid("The AI model gave an empty answer.", calls=calls)
    try:
        return output.model_validate_json(raw.text)
    except ValidationError as error:
        # Not chained: the error quotes the answer, which would put personal data into logs.
        kinds = sorted({problem["type"] for problem in error.errors()})
        raise ModelAnswerInvalid(
            "The AI model's answer did not have the expected form.", calls=calls, reasons=kinds
        ) from None


class _CallRecord:
    """Builds the `ModelCall` of one request."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._started = time.monotonic()

    def answered(self, raw: RawAnswer) -> ModelCall:
        summary = f"{raw.stop}, {len(raw.text)} characters"
        if not all(0 <= count <= MOST_TOKENS for count in (raw.input_tokens, raw.output_tokens)):
            return self._call(0, 0, None, f"{summary}, token counts out of range")
        cost = raw.cost
        if cost is None or not cost.is_finite() or not 0 <= cost <= MOST_DOLLARS:
            cost = estimate(self._asked.vendor.provider, self._asked.vendor.model, raw.input_tokens, raw.output_tokens)
        return self._call(raw.input_tokens, raw.output_tokens, cost, summary)

    def failed(self, failure: VendorFailure) -> ModelCall:
        # Vendors do not bill error responses. A request without a response may be billed, at an unknown cost.
        cost = None if failure.billed else Decimal(0)
        return self._call(0, 0, cost, f"failed: {failure.reason}")

    def _call(self, input_tokens: int, output_tokens: int, cost: Decimal | None, response: str) -> ModelCall:
        return ModelCall(
            provider=self._asked.vendor.provider,
            model=self._asked.vendor.model,
            feature=self._asked.feature,
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            estimated_cost=cost,
            response_time_ms=round((time.monotonic() - self._started) * 1000),
            request_summary=self._asked.request[:200],
            response_summary=response[:200],
            payer=self._asked.payer,
            prompt_version=self._asked.version,
        )
