"""Several models as one: the preferred provider first, then the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.ai.lazy import close
from functions._shared.domain.errors import ModelError, ModelRefused, ModelTimeout
from functions._shared.ports.model import ModelAnswer
from functions._shared.ports.request import Deadline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.metering import ModelCall
    from functions._shared.ports.model import Model, Prompt, T

SHARE = 0.6
"""Part of the remaining time that a provider may use while others are left to try."""

SHORTEST_TURN = 1.0
"""Seconds below which asking another provider is pointless."""


class FallbackChain:
    """Asks models in order until one answers.

    A refusal ends the chain: it is a decision about the content, not a fault, and shopping around for a
    provider that does not mind would spend money to evade it.

    Parameters
    ----------
    models : sequence of Model
        In the order in which they are asked; at least one. `Prompt.preferred_provider` goes before it.
    """

    def __init__(self, models: Sequence[Model]) -> None:
        if not models:
            raise ValueError("a chain needs a model")
        self._models = tuple(models)
        self.provider = self._models[0].provider

    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,  # noqa: ASYNC109 - the port's name; it covers all providers
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        """Answer ``prompt`` with the first model that can; see `Model.generate`.

        Raises
        ------
        ModelError
            The last model's error, with the calls of all.
        """
        deadline = Deadline.after(timeout)
        calls: list[ModelCall] = []
        last: ModelError | None = None
        # The sort is stable: but for the user's choice the order stays.
        models = sorted(self._models, key=lambda model: model.provider != prompt.preferred_provider)
        for position, model in enumerate(models):
            left = deadline.remaining()
            if last is not None and left < SHORTEST_TURN:
                break
            is_last = position + 1 == len(models)
            try:
                answer = await model.generate(
                    prompt,
                    output,
                    timeout=left if is_last else left * SHARE,
                    max_output_tokens=max_output_tokens,
                )
            except ModelError as error:
                calls.extend(error.calls)
                last = error
                if isinstance(error, ModelRefused):
                    break
            else:
                return ModelAnswer(answer.output, answer.call, (*calls, *answer.earlier_calls))
        failure = last or ModelTimeout()
        failure.calls = tuple(calls)
        raise failure

    async def aclose(self) -> None:
        """Close the connections of all models, in the event loop that used them."""
        for model in self._models:
            await close(model)
