"""What a function does to have a written text judged: ask a verifier, and ask again about what it flags.

`functions._shared.domain.grounding.verdicts` then decides what the answers are worth.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import ModelError, ModelTimeout, VerifierUnavailable
from functions._shared.ports.verifier import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from functions._shared.domain.grounding.check import Examination
    from functions._shared.domain.grounding.verdicts import Judgements
    from functions._shared.domain.metering import ModelCall
    from functions._shared.ports.verifier import Verifier

SHARE: Final = 0.7
"""Of the time left, for the first question."""
SHORTEST_TURN: Final = 1.0
"""Seconds below which there is no point in asking again."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Who verifies, and whether a text may be delivered without it.

    Parameters
    ----------
    verifier : Verifier or None
        None if there is no model, or verification is switched off.
    required : bool
        Whether a text with open sentences is refused if nobody has judged them.
    """

    verifier: Verifier | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """A verifier's answers to an examination.

    Parameters
    ----------
    first, again : Judgements or None
        About the open sentences, and about the flagged ones. None if nothing was asked, or nobody answered.
    call : ModelCall or None
        The call that returned ``first``.
    failure : str or None
        Code of the error, if a question was not answered.
    """

    first: Judgements | None = None
    again: Judgements | None = None
    call: ModelCall | None = None
    failure: str | None = None


async def verify(
    examination: Examination,
    verification: Verification,
    *,
    writer: str | None,
    user_id: str | None,
    time_left: Callable[[], float],
    record: Callable[..., None],
) -> Answers:
    """Have the sentences judged that the rules leave open.

    Parameters
    ----------
    examination : Examination
        The text, its source, and what the rules make of it.
    verification : Verification
        Who verifies.
    writer : str or None
        Provider of the model that wrote the text.
    user_id : str or None
        The user whose text it is.
    time_left : callable
        Returns the seconds that are left for both questions.
    record : callable
        Takes model calls, to book them.

    Raises
    ------
    VerifierUnavailable
        Verification is required, and nobody answered the first question.
    """
    asked = examination.open
    if not asked:
        return Answers()
    if verification.verifier is None:
        if verification.required:
            raise VerifierUnavailable
        return Answers()
    question = Question(examination.source, examination.sentences, asked, writer=writer, user_id=user_id)
    try:
        if time_left() < SHORTEST_TURN:
            raise ModelTimeout  # noqa: TRY301 - no answer in time, like any other
        first = await verification.verifier.judge(question, timeout=time_left() * SHARE)
    except Exception as error:  # whatever a verifier does, the text is there
        failure = _failure(error, record)
        if verification.required:
            raise VerifierUnavailable from error
        return Answers(failure=failure)
    record(*first.calls)
    answers = Answers(first.output, call=first.call)
    flagged = examination.flagged(first.output)
    if not flagged or time_left() < SHORTEST_TURN:
        return answers
    try:
        again = await verification.verifier.judge(
            replace(question, asked=flagged, judge=first.call), timeout=time_left()
        )
    except Exception as error:  # noqa: BLE001 - as above
        return replace(answers, failure=_failure(error, record))
    record(*again.calls)
    return replace(answers, again=again.output)


async def verify_all(
    examinations: Sequence[Examination],
    verification: Verification,
    *,
    writer: str | None,
    user_id: str | None,
    time_left: Callable[[], float],
    record: Callable[..., None],
) -> list[Answers]:
    """Have several texts judged at the same time, each by its own source; see `verify`."""
    asked = [
        asyncio.ensure_future(
            verify(each, verification, writer=writer, user_id=user_id, time_left=time_left, record=record)
        )
        for each in examinations
    ]
    try:
        return await asyncio.gather(*asked)
    finally:
        for each in asked:
            each.cancel()


def _failure(error: Exception, record: Callable[..., None]) -> str:
    """Book the calls of a question that was not answered, and say why it was not."""
    if not isinstance(error, ModelError):
        return type(error).__name__
    record(*error.calls)
    return error.code
