"""The fallback chain: order, time, cost, and the errors that end it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from pydantic import BaseModel

from functions._shared.ai.chain import FallbackChain
from functions._shared.domain.errors import (
    ModelAnswerInvalid,
    ModelError,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
)
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import ModelAnswer, Prompt, T

PROMPT = Prompt(operation="summary", system="s", instruction="i", data={})


class Output(BaseModel):
    text: str


def call(provider: str) -> ModelCall:
    return ModelCall(
        provider=provider,
        model="m",
        feature="summary",
        input_tokens=10,
        output_tokens=1,
        estimated_cost=Decimal("0.1"),
        response_time_ms=1,
    )


@dataclass
class Scripted:
    """A model that answers with its own name, or fails as scripted."""

    provider: str
    failure: type[ModelError] | None = None
    timeouts: list[float] = field(default_factory=list)

    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,  # noqa: ASYNC109 - the port's name
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        assert prompt.instruction == PROMPT.instruction
        assert max_output_tokens == 100
        self.timeouts.append(timeout)
        if self.failure:
            raise self.failure(calls=[call(self.provider)])
        return ModelAnswer(output.model_validate({"text": self.provider}), call(self.provider))


async def ask(*models: Scripted, within: float = 30.0) -> ModelAnswer[Output]:
    return await FallbackChain(models).generate(PROMPT, Output, timeout=within, max_output_tokens=100)


async def test_the_first_model_answers() -> None:
    first, second = Scripted("first"), Scripted("second")
    answer = await ask(first, second)

    assert answer.output.text == "first"
    assert second.timeouts == []


@pytest.mark.parametrize("failure", [ModelUnavailable, ModelTimeout, ModelAnswerInvalid])
async def test_the_next_model_answers_and_the_cost_of_the_first_is_kept(failure: type[ModelError]) -> None:
    answer = await ask(Scripted("first", failure), Scripted("second"))

    assert answer.output.text == "second"
    assert [call.provider for call in answer.calls] == ["first", "second"]


async def test_when_all_fail_the_last_error_lists_every_call() -> None:
    with pytest.raises(ModelTimeout) as caught:
        await ask(Scripted("first", ModelUnavailable), Scripted("second", ModelTimeout))

    assert [call.provider for call in caught.value.calls] == ["first", "second"]


async def test_a_refusal_is_final() -> None:
    second = Scripted("second")
    with pytest.raises(ModelRefused) as caught:
        await ask(Scripted("first", ModelRefused), second)

    assert second.timeouts == []
    assert [call.provider for call in caught.value.calls] == ["first"]


async def test_time_is_left_for_the_other_models() -> None:
    first, last = Scripted("first", ModelUnavailable), Scripted("last")
    await ask(first, last, within=30.0)

    assert first.timeouts[0] <= 30.0 * 0.6
    assert first.timeouts[0] < last.timeouts[0] <= 30.0


async def test_no_other_model_is_asked_when_time_is_up() -> None:
    second = Scripted("second")
    with pytest.raises(ModelUnavailable):
        await ask(Scripted("first", ModelUnavailable), second, within=0.5)

    assert second.timeouts == []


@pytest.mark.parametrize(
    ("preferred", "asked"), [("second", "second"), ("first", "first"), ("nobody", "first"), (None, "first")]
)
async def test_the_preferred_provider_is_asked_first(preferred: str | None, asked: str) -> None:
    prompt = replace(PROMPT, preferred_provider=preferred)
    chain = FallbackChain([Scripted("first"), Scripted("second")])
    answer = await chain.generate(prompt, Output, timeout=30, max_output_tokens=100)

    assert answer.output.text == asked


async def test_the_other_models_keep_their_order() -> None:
    prompt = replace(PROMPT, preferred_provider="third")
    models = [Scripted(name, ModelUnavailable) for name in ("first", "second", "third")]
    with pytest.raises(ModelUnavailable) as caught:
        await FallbackChain(models).generate(prompt, Output, timeout=30, max_output_tokens=100)

    assert [call.provider for call in caught.value.calls] == ["third", "first", "second"]


def test_a_chain_needs_a_model() -> None:
    with pytest.raises(ValueError, match="needs a model"):
        FallbackChain([])
