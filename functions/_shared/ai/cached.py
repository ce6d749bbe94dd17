"""A model that caches its answers for an hour, for each user separately.

The cache key covers the user and the whole question, so no user ever receives an answer to another user's question.
`Prompt.fresh` skips the cache.
"""

from __future__ import annotations

import hashlib
import json
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError
from typing_extensions import override

from functions._shared.ai.lazy import close
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import Model, ModelAnswer

if TYPE_CHECKING:
    from functions._shared.ports.answer_cache import AnswerCache
    from functions._shared.ports.model import Prompt, T

KEPT_SECONDS: Final = 3600


class CachedModel(Model):
    """A model behind a cache.

    Parameters
    ----------
    model : Model
        The model to ask if the cache has no answer.
    cache : AnswerCache
        Where the answers are stored.
    """

    def __init__(self, model: Model, cache: AnswerCache) -> None:
        self._model = model
        self._cache = cache
        self.provider = model.provider

    @override
    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        started = time.monotonic()
        if prompt.user_id is None:
            return await self._model.generate(prompt, output, timeout=timeout, max_output_tokens=max_output_tokens)
        key = _key(prompt, output, max_output_tokens)
        if not prompt.fresh and (entry := await self._cache.get(prompt.user_id, key)):
            cached = _read_entry(entry, prompt, output, started)
            if cached is not None:
                return cached
        remaining = max(0.1, timeout - (time.monotonic() - started))
        answer = await self._model.generate(prompt, output, timeout=remaining, max_output_tokens=max_output_tokens)
        await self._cache.put(prompt.user_id, key, _write_entry(answer), seconds=KEPT_SECONDS)
        return answer

    async def aclose(self) -> None:
        """Close the connections of the model and the cache."""
        await close(self._model)
        await close(self._cache)


def _key(prompt: Prompt, output: type[T], max_output_tokens: int) -> str:
    question = [
        prompt.operation,
        prompt.system,
        prompt.instruction,
        dict(prompt.data),
        prompt.preferred_provider,
        output.model_json_schema(),
        max_output_tokens,
    ]
    return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()


def _write_entry(answer: ModelAnswer[T]) -> str:
    entry = {
        "provider": answer.call.provider,
        "model": answer.call.model,
        "output": answer.output.model_dump(mode="json"),
    }
    return json.dumps(entry, ensure_ascii=False)


def _read_entry(text: str, prompt: Prompt, output: type[T], started: float) -> ModelAnswer[T] | None:
    try:
        entry = json.loads(text)
        value = output.model_validate(entry["output"])
        provider, model = str(entry["provider"]), str(entry["model"])
    except (ValueError, KeyError, TypeError, ValidationError):
        return None  # written by an older release, or not by us
    call = ModelCall(
        provider=provider,
        model=model,
        feature=prompt.operation,
        input_tokens=0,
        output_tokens=0,
        estimated_cost=Decimal(0),
        response_time_ms=round((time.monotonic() - started) * 1000),
        was_cached=True,
        response_summary="from the cache",
        prompt_version=prompt.version,
    )
    return ModelAnswer(value, call)
