"""A model that remembers for an hour what it answered to whom.

The key is the whole question, and the user: nobody is ever given another's answer. Whoever wants another answer to
the same question says so (`Prompt.fresh`).
"""

from __future__ import annotations

import hashlib
import json
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from functions._shared.ai.lazy import close
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import ModelAnswer

if TYPE_CHECKING:
    from functions._shared.ports.answer_cache import AnswerCache
    from functions._shared.ports.model import Model, Prompt, T

KEPT_SECONDS: Final = 3600


class CachedModel:
    """A model behind a cache.

    Parameters
    ----------
    model : Model
        Asked when the cache has no answer.
    cache : AnswerCache
        Where answers are kept.
    """

    def __init__(self, model: Model, cache: AnswerCache) -> None:
        self._model = model
        self._cache = cache
        self.provider = model.provider

    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,  # noqa: ASYNC109 - the port's name
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        """Answer ``prompt``, from memory where that is possible; see `Model.generate`."""
        started = time.monotonic()
        if prompt.user_id is None:
            return await self._model.generate(prompt, output, timeout=timeout, max_output_tokens=max_output_tokens)
        key = _key(prompt, output, max_output_tokens)
        if not prompt.fresh and (known := await self._cache.get(prompt.user_id, key)):
            answer = _recall(known, prompt, output, started)
            if answer is not None:
                return answer
        left = max(0.1, timeout - (time.monotonic() - started))
        made = await self._model.generate(prompt, output, timeout=left, max_output_tokens=max_output_tokens)
        kept = {"provider": made.call.provider, "model": made.call.model, "output": made.output.model_dump(mode="json")}
        await self._cache.put(prompt.user_id, key, json.dumps(kept, ensure_ascii=False), seconds=KEPT_SECONDS)
        return made

    async def aclose(self) -> None:
        """Close the connections of model and cache."""
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


def _recall(known: str, prompt: Prompt, output: type[T], started: float) -> ModelAnswer[T] | None:
    try:
        kept = json.loads(known)
        made = output.model_validate(kept["output"])
        provider, model = str(kept["provider"]), str(kept["model"])
    except (ValueError, KeyError, TypeError, ValidationError):
        return None  # of an older release, or not ours
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
    )
    return ModelAnswer(made, call)
