"""The `Verifier` port on top of any model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from functions._shared.ai.lazy import close
from functions._shared.ai.verifier_prompt import prompt
from functions._shared.domain.grounding.verdicts import Judgements
from functions._shared.ports.verifier import Verifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.ports.model import Model, ModelAnswer
    from functions._shared.ports.verifier import Question

TOKENS: Final = 150
"""Of an answer about one sentence, with room for two calculations in a language that takes many tokens."""


class ModelVerifier(Verifier):
    """A model that judges what a model wrote.

    Parameters
    ----------
    model : Model
        The model to ask. `Prompt.preferred_provider` tells it which of the providers shall answer.
    providers : sequence of str
        The providers behind it, in order of preference.
    """

    def __init__(self, model: Model, providers: Sequence[str]) -> None:
        self._model = model
        self._providers = tuple(providers)

    @override
    async def judge(self, question: Question, *, timeout: float) -> ModelAnswer[Judgements]:
        return await self._model.generate(
            prompt(question, self._turn(question)),
            Judgements,
            timeout=timeout,
            max_output_tokens=TOKENS * (1 + len(question.asked)),
        )

    async def aclose(self) -> None:
        """Close the connections of the model."""
        await close(self._model)

    def _turn(self, question: Question) -> str | None:
        """Choose the provider: not the writer, and the second time the next one after the first judge."""
        if question.judge is None:
            return next((each for each in self._providers if each != question.writer), None)
        if question.judge.provider not in self._providers:
            return None
        position = self._providers.index(question.judge.provider) + 1
        return self._providers[position % len(self._providers)]
