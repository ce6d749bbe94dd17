"""Which answers are cached, for which user, and which questions reach the model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel

from functions._shared.ai.cached import KEPT_SECONDS, CachedModel
from functions._shared.domain.errors import ModelUnavailable
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import ModelAnswer, Prompt, T

PROMPT = Prompt(
    operation="summary", system="s", instruction="i", data={"resume": "r"}, facts={"x": object()}, user_id="u"
)


class Output(BaseModel):
    text: str


class Longer(BaseModel):
    text: str
    note: str = "none"


@dataclass
class Counting:
    """A model that counts its questions."""

    provider: str = "gemini"
    questions: int = 0
    fails: bool = False

    async def generate(
        self,
        prompt: Prompt,  # noqa: ARG002
        output: type[T],
        *,
        timeout: float,  # noqa: ASYNC109, ARG002
        max_output_tokens: int,  # noqa: ARG002
    ) -> ModelAnswer[T]:
        if self.fails:
            raise ModelUnavailable
        self.questions += 1
        call = ModelCall("gemini", "m", "summary", 10, 5, Decimal(1), 7)
        return ModelAnswer(output.model_validate({"text": f"answer {self.questions}"}), call)


@dataclass
class Dictionary:
    """A cache that never expires."""

    entries: dict[tuple[str, str], str] = field(default_factory=dict)
    seconds: set[int] = field(default_factory=set)

    async def get(self, user_id: str, key: str) -> str | None:
        return self.entries.get((user_id, key))

    async def put(self, user_id: str, key: str, text: str, *, seconds: int) -> None:
        self.entries[user_id, key] = text
        self.seconds.add(seconds)


async def ask(model: CachedModel, prompt: Prompt = PROMPT, output: type[Any] = Output, tokens: int = 100) -> Any:
    return await model.generate(prompt, output, timeout=10, max_output_tokens=tokens)


async def test_the_same_question_is_answered_from_the_cache_at_no_cost() -> None:
    model, cache = Counting(), Dictionary()
    cached = CachedModel(model, cache)
    first, second = await ask(cached), await ask(cached)

    assert (first.output.text, second.output.text) == ("answer 1", "answer 1")
    assert model.questions == 1
    assert (first.call.was_cached, first.call.estimated_cost) == (False, Decimal(1))
    assert (second.call.was_cached, second.call.estimated_cost, second.call.input_tokens) == (True, Decimal(0), 0)
    assert (second.call.provider, second.call.model, second.call.feature) == ("gemini", "m", "summary")
    assert cache.seconds == {KEPT_SECONDS} == {3600}


@pytest.mark.parametrize(
    "other",
    [
        replace(PROMPT, user_id="v"),
        replace(PROMPT, operation="improve"),
        replace(PROMPT, system="S"),
        replace(PROMPT, instruction="I"),
        replace(PROMPT, data={"resume": "R"}),
        replace(PROMPT, data={"job": "r"}),
        replace(PROMPT, preferred_provider="openai"),
        replace(PROMPT, fresh=True),
        replace(PROMPT, user_id=None),
    ],
    ids=["user", "operation", "system", "instruction", "data", "block", "provider", "fresh", "nobody"],
)
async def test_a_different_question_is_not_cached(other: Prompt) -> None:
    model = Counting()
    cached = CachedModel(model, Dictionary())
    await ask(cached)
    answer = await ask(cached, other)

    assert answer.output.text == "answer 2"
    assert not answer.call.was_cached


async def test_a_different_format_or_length_is_not_cached() -> None:
    model = Counting()
    cached = CachedModel(model, Dictionary())
    await ask(cached)
    await ask(cached, output=Longer)
    await ask(cached, tokens=200)

    assert model.questions == 3


async def test_a_fresh_answer_replaces_the_old_one() -> None:
    cached = CachedModel(Counting(), Dictionary())
    await ask(cached)
    await ask(cached, replace(PROMPT, fresh=True))

    assert (await ask(cached)).output.text == "answer 2"


async def test_nothing_is_cached_without_a_user() -> None:
    cache = Dictionary()
    await ask(CachedModel(Counting(), cache), replace(PROMPT, user_id=None))

    assert cache.entries == {}


async def test_a_failure_is_not_cached() -> None:
    cache = Dictionary()
    with pytest.raises(ModelUnavailable):
        await ask(CachedModel(Counting(fails=True), cache))

    assert cache.entries == {}


@pytest.mark.parametrize("junk", ["", "{", "[]", "{}", '{"output": {"text": 1}, "provider": "p", "model": "m"}'])
async def test_an_unreadable_entry_is_ignored(junk: str) -> None:
    cache = Dictionary()
    cached = CachedModel(Counting(), cache)
    await ask(cached)
    (name,) = cache.entries
    cache.entries[name] = junk

    assert (await ask(cached)).output.text == "answer 2"
