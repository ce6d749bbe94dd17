"""A verifier: it judges whether numbered lines state each sentence of a text.

Used by `functions._shared.flows.entailment`, for every function that checks what a model wrote. Implemented by
`ModelVerifier` in `functions._shared.ai`, on top of the `Model` port. Nobody trusts its answer:
`functions._shared.domain.grounding.verdicts` says what it can decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.grounding.evidence import Evidence
    from functions._shared.domain.grounding.verdicts import Judgements
    from functions._shared.domain.metering import ModelCall
    from functions._shared.ports.model import ModelAnswer


class Verifier(Protocol):
    """Judges sentences against lines."""

    async def judge(
        self,
        question: Question,
        *,
        timeout: float,  # noqa: ASYNC109 - retries and fallbacks share the time, so the adapter must know it
    ) -> ModelAnswer[Judgements]:
        """Judge the sentences that the question asks about.

        Parameters
        ----------
        question : Question
            The lines and the sentences.
        timeout : float
            Seconds for the whole call, including retries.

        Raises
        ------
        ModelUnavailable, ModelTimeout, ModelRefused, ModelAnswerInvalid
            There is no usable answer. ``calls`` lists the calls that were made.
        """
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """Sentences to judge.

    Parameters
    ----------
    source : Evidence
        The lines that count.
    sentences : sequence of str
        All sentences of the text, in order. They are known by their position, from 1.
    asked : sequence of int
        The numbers of the sentences to judge; the others are context.
    writer : str or None
        Provider of the model that wrote the text. Another one judges, if there is one.
    judge : ModelCall or None
        The call that flagged these sentences before, if they are asked about again. The next provider judges then, if
        there is one.
    user_id : str or None
        The user whose text it is. Never sent to the vendor. Answers are cached per user, and not at all without one.
    """

    source: Evidence
    sentences: Sequence[str]
    asked: Sequence[int]
    writer: str | None = None
    judge: ModelCall | None = None
    user_id: str | None = None
