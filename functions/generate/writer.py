"""The dialogue with the model: one question, a review of the answer, and a second try if parts have no source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import ModelAnswerInvalid, ModelError
from functions.generate import prompts
from functions.generate.operations import ItemsDraft
from functions.generate.review import Review, review, tidy

if TYPE_CHECKING:
    from functions._shared.domain.grounding.source import Source
    from functions._shared.domain.metering import ModelCall
    from functions._shared.flows.metered import Hold
    from functions._shared.ports.model import Model, Prompt
    from functions.generate.operations import Plan

MARGIN_SECONDS: Final = 0.5
"""Reserved for the review of the answer, after the model's time is up."""
SECOND_TRY_SECONDS: Final = 5.0
"""Time that must be left for a second try."""


@dataclass(frozen=True, slots=True)
class ReviewedAnswer:
    """An answer of the model after its review, and the call that returned it."""

    review: Review
    call: ModelCall


@dataclass(frozen=True, slots=True)
class Writer:
    """Asks the model, at most twice, and returns the better answer.

    Parameters
    ----------
    model : Model
        The model to ask.
    hold : Hold
        Sets the time limit and records every model call.
    source : Source
        Everything that an answer may state.
    job_description : str or None
        The job advertisement, to find the gaps.
    """

    model: Model
    hold: Hold
    source: Source
    job_description: str | None

    async def write(self, plan: Plan) -> ReviewedAnswer:
        """Return the reviewed answer to the planned question.

        Raises
        ------
        ModelAnswerInvalid
            The answer is empty.
        ModelError
            The first try failed; see `Model`.
        """
        answer = await self._ask(plan.prompt, plan)
        if answer.review.removed and self.hold.time_left() > SECOND_TRY_SECONDS:
            return await self._try_again(answer, plan)
        return answer

    async def _try_again(self, first: ReviewedAnswer, plan: Plan) -> ReviewedAnswer:
        """Ask again and name the unsupported claims. If that fails, the first answer still counts."""
        reasons = [reason for part in first.review.removed for reason in part.unsupported]
        rejected = "\n".join(f"{reason.kind}: {reason.text}" for reason in reasons)
        try:
            second = await self._ask(prompts.again(plan.prompt, rejected), plan)
        except ModelError as error:
            self.hold.record(*error.calls)
            return first
        return second if _rank(second.review) >= _rank(first.review) else first

    async def _ask(self, prompt: Prompt, plan: Plan) -> ReviewedAnswer:
        answer = await self.model.generate(
            prompt,
            plan.output,
            timeout=max(0.1, self.hold.time_left() - MARGIN_SECONDS),
            max_output_tokens=plan.max_output_tokens,
        )
        self.hold.record(*answer.calls)
        lines = isinstance(answer.output, ItemsDraft)
        texts = [text for draft in answer.output.texts if (text := tidy(draft, line=lines))][: plan.limit]
        if not texts:
            raise ModelAnswerInvalid("The AI model returned an empty answer.")
        return ReviewedAnswer(review(texts, self.source, self.job_description, lines=lines), answer.call)


def _rank(answer: Review) -> tuple[bool, int]:
    """Order answers: one with texts comes before one without, then fewer unsupported claims."""
    return len(answer.texts) > 0, -answer.objections
