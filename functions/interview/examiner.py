"""Who judges an answer and asks on: a model within the bounds of the rules, or the rules alone."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from functions._shared import logs
from functions._shared.domain.errors import AnswerTooShort, ModelError, ModelRefused
from functions._shared.domain.language.injection import gives_orders
from functions._shared.domain.language.invisible import visible
from functions._shared.domain.language.output_filter import fault
from functions._shared.domain.metering import OFFLINE
from functions.interview import prompts
from functions.interview.findings import examine
from functions.interview.follow_ups import follow_up, has_room
from functions.interview.personal import Asked
from functions.interview.rubric import total
from functions.interview.schemas.feedback import DimensionScore, Feedback
from functions.interview.scoring import settle
from functions.interview.views import feedback_of, is_scored
from functions.interview.wording import feedback_text

if TYPE_CHECKING:
    from functions._shared.domain.interviews import Interview, Turn
    from functions._shared.flows.metered import Hold
    from functions._shared.ports.model import Model
    from functions.interview.findings import Examined
    from functions.interview.prompts import Judgement

MARGIN_SECONDS: Final = 0.5
_EVERY_SECOND: Final = 2
_EVERY_THIRD: Final = 3
"""Questions of which one may be followed up, by a model and by rules."""
_LONGEST_QUESTION: Final = 400
_LONGEST_FEEDBACK: Final = 600
_SAME: Final = 0.75
_FOREIGN: Final = re.compile(r"<<<|\b(?:rubric|100 points|score of|json|prompt)\b", re.IGNORECASE)
"""What neither an interviewer's question nor feedback to a candidate has in it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer's feedback, the question that follows, and who judged."""

    feedback: Feedback
    next: Asked | None
    judge: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Examiner:
    """Judges answers.

    Parameters
    ----------
    model : Model
        Is asked if the interview is scored.
    user_id : str
        Whose interview it is.
    """

    model: Model
    user_id: str

    async def judge(
        self,
        interview: Interview,
        question: Turn,
        answer: str,
        hold: Hold,
        *,
        goes_on: bool,
        seconds: int | None = None,
    ) -> Judged:
        """Judge an answer and choose the next question. ``seconds``: how long it was, if it was recorded.

        Raises
        ------
        ModelError
            The model gives no answer, and the interview is not charged yet. Later the rules stand in, and the answer is
            scored when the interview is completed.
        """
        examined = _examined(question, answer, interview, seconds)
        is_charged = _is_charged(interview)
        planned = _planned(interview) if goes_on else None
        if not self._asks_model(interview):
            return Judged(
                _by_rules(examined), self._next_by_rules(interview, question, examined, planned), {"by": "rules"}
            )
        may_follow = planned is not None and has_room(interview, _EVERY_SECOND)
        try:
            judgement, judge = await self._ask(interview, question, examined, planned if may_follow else None, hold)
        except ModelError as error:
            if not is_charged:
                raise
            hold.record(*error.calls)
            logs.logger().warning("answer_not_judged", extra={"code": error.code})
            return Judged(
                _by_rules(examined), self._next_by_rules(interview, question, examined, planned), {"failed": error.code}
            )
        proposed = _proposed(judgement, interview, question) if may_follow else None
        return Judged(_by_model(judgement, examined, question), proposed or planned, judge)

    async def judge_late(self, interview: Interview, hold: Hold) -> dict[str, Feedback]:
        """Judge the answers that a model has not judged yet; return their feedback by the ids of their turns.

        Raises
        ------
        ModelError
            The model gives no answer. What it refuses to judge has no quotes, so it gets what rules allow.
        """
        if not self._asks_model(interview):
            return {}
        open_ = [
            each for each in interview.turns if each.speaker == "user" and feedback_of(each, interview).score is None
        ]
        asked = {each.question_number: each for each in interview.questions}

        async def one(answer: Turn) -> Feedback:
            question = asked[answer.question_number]
            examined = _examined(question, answer.message, interview, answer.details.get("seconds"))
            try:
                judgement, _ = await self._ask(interview, question, examined, None, hold)
            except ModelRefused as error:
                hold.record(*error.calls)
                return _scored(examined, [], None, question)
            return _by_model(judgement, examined, question)

        return dict(zip([each.id for each in open_], await asyncio.gather(*map(one, open_)), strict=True))

    def _asks_model(self, interview: Interview) -> bool:
        return is_scored(interview) and self.model.provider != OFFLINE

    async def _ask(
        self, interview: Interview, question: Turn, examined: Examined, planned: Asked | None, hold: Hold
    ) -> tuple[Judgement, dict[str, Any]]:
        text = planned.text if planned else None
        prompt = prompts.build(interview, question, examined.text, planned=text, user_id=self.user_id)
        answer = await self.model.generate(
            prompt,
            prompts.Judgement,
            timeout=max(0.1, hold.time_left() - MARGIN_SECONDS),
            max_output_tokens=prompts.MAX_OUTPUT_TOKENS,
        )
        hold.record(*answer.calls)
        judge = {"by": answer.call.provider, "model": answer.call.model, "prompt": prompts.VERSION}
        return answer.output, judge

    def _next_by_rules(
        self, interview: Interview, question: Turn, examined: Examined, planned: Asked | None
    ) -> Asked | None:
        if planned is None or interview.language != "en" or not has_room(interview, _EVERY_THIRD):
            return planned
        found = follow_up(examined, question.details.get("kind", "behavioural"), question.question_number)
        return found or planned


def refuse_if_empty(interview: Interview, question: Turn, answer: str) -> None:
    """Refuse an answer with hardly a word that would charge the interview.

    Raises
    ------
    AnswerTooShort
        It would.
    """
    if is_scored(interview) and not _is_charged(interview) and "empty" in _examined(question, answer, interview).codes:
        raise AnswerTooShort


def _is_charged(interview: Interview) -> bool:
    return interview.payment is not None and interview.payment.status == "committed"


def _examined(question: Turn, answer: str, interview: Interview, seconds: int | None = None) -> Examined:
    kind = question.details.get("kind", "behavioural")
    return examine(answer, question.message, kind, is_english=interview.language == "en", seconds=seconds)


def _planned(interview: Interview) -> Asked | None:
    """Return the next question of the plan that was not asked; None if the interview has asked all."""
    asked = interview.questions
    if len(asked) >= interview.total_questions:
        return None
    ids = {each.details.get("id") for each in asked}
    rest = (each for each in interview.session_data["plan"] if each["id"] not in ids)
    found = next(rest, None)
    return None if found is None else Asked(**found)


def _by_rules(examined: Examined) -> Feedback:
    return Feedback(
        text=feedback_text(examined.findings, is_void=examined.is_void),
        findings=examined.findings,
        measures=examined.measures,
    )


def _by_model(judgement: Judgement, examined: Examined, question: Turn) -> Feedback:
    given = [
        DimensionScore(
            dimension=each.dimension, score=each.score, quote=each.quote or None, reason=_usable(each.reason)
        )
        for each in judgement.scores
    ]
    text = _usable(judgement.feedback)
    return _scored(examined, given, text if text and len(text) <= _LONGEST_FEEDBACK else None, question)


def _usable(text: str) -> str:
    """Return a model's text in one line, or "" if it has what no interviewer says: a link, markup, an order."""
    plain = " ".join(visible(text).split())
    # Unlike other texts of models, this one talks to its reader.
    is_clean = fault([plain], rules="", material="", speaks=True) in {None, "talk"}
    return plain if is_clean and not gives_orders(plain) and not _FOREIGN.search(plain) else ""


def _scored(examined: Examined, given: list[DimensionScore], text: str | None, question: Turn) -> Feedback:
    kind = question.details.get("kind", "behavioural")
    dimensions = settle(given, examined, question=question.message, kind=kind)
    is_own = text is not None and not examined.is_void
    return Feedback(
        score=total(dimensions),
        text=text if is_own and text else feedback_text(examined.findings, is_void=examined.is_void),
        dimensions=dimensions,
        findings=examined.findings,
        measures=examined.measures,
    )


def _proposed(judgement: Judgement, interview: Interview, question: Turn) -> Asked | None:
    """Return the model's question, if an interviewer could ask it and has not done so."""
    text = _usable(judgement.next_question)
    is_question = "?" in text and len(text) <= _LONGEST_QUESTION and len(text.split()) > 3  # noqa: PLR2004 - "And then?"
    if not is_question:
        return None
    if any(
        SequenceMatcher(None, text.casefold(), each.message.casefold()).ratio() > _SAME for each in interview.questions
    ):
        return None
    number = question.question_number
    kind = question.details.get("kind", "behavioural")
    return Asked(f"follow-up:model:{number}", kind, f"follow-up-{number}", text, follows_up=True)
