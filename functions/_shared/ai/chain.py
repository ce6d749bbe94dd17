"""Several models as one: asks the preferred provider first and falls back to the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from functions._shared.ai.lazy import close
from functions._shared.domain.errors import ModelError, ModelRefused, ModelTimeout
from functions._shared.ports.model import Model, ModelAnswer
from functions._shared.ports.request import Deadline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.metering import ModelCall
    from functions._shared.ports.model import Prompt, T

SHARE: Final = 0.6
"""Share of the remaining time that a provider may use while others are left to try."""

SHORTEST_TURN: Final = 1.0
"""Seconds below which there is no point in asking another provider."""


class FallbackChain(Model):
    """Asks models in order until one answers.

    A refusal ends the chain: it is a decision about the content, not a fault. Looking for a provider that does not
    refuse would cost money in order to evade that decision.

    Parameters
    ----------
    models : sequence of Model
        In the order in which they are asked; at least one. `Prompt.preferred_provider` moves a model to the front.
    """

    def __init__(self, models: Sequence[Model]) -> None:
        if not models:
            raise ValueError("a chain needs a model")
        self._models = tuple(models)
        self.provider = self._models[0].provider

    @override
    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        """Answer with the first model that can.

        Raises
        ------
        ModelError
            The error of the last model, with the calls of all models.
        """
        deadline = Deadline.after(timeout)
        calls: list[ModelCall] = []
        last_error: ModelError | None = None
        # The sort is stable, so the other models keep their order.
        models = sorted(self._models, key=lambda model: model.provider != prompt.preferred_provider)
        for position, model in enumerate(models):
            remaining = deadline.remaining()
            if last_error is not None and remaining < SHORTEST_TURN:
                break
            is_last = position + 1 == len(models)
            try:
                answer = await model.generate(
                    prompt,
                    output,
                    timeout=remaining if is_last else remaining * SHARE,
                    max_output_tokens=max_output_tokens,
                )
            except ModelError as error:
                calls.extend(error.calls)
                last_error = error
                if isinstance(error, ModelRefused):
                    break
            else:
                return ModelAnswer(answer.output, answer.call, (*calls, *answer.earlier_calls))
        failure = last_error or ModelTimeout()
        failure.calls = tuple(calls)
        raise failure

    async def aclose(self) -> None:
        """Close the connections of all models, in the event loop that used them."""
        for model in self._models:
            await close(model)
