"""The dialogue with the model: one question, a look at the form of the answer, and a second try if it is unusable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.ai.delimit import RULE
from functions._shared.domain.errors import ModelAnswerInvalid, ModelRefused
from functions.generate import prompts
from functions.generate.operations import ItemsDraft
from functions.generate.output_filter import fault, too_long, unrelated
from functions.generate.review import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.metering import ModelCall
    from functions._shared.flows.metered import Hold
    from functions._shared.ports.model import Model, Prompt
    from functions.generate.operations import Plan
    from functions.generate.unwanted_forms import Fault

MARGIN_SECONDS: Final = 0.5
"""Reserved for the review of the answer, after the model's time is up."""
SECOND_TRY_SECONDS: Final = 5.0
"""Time that must be left for a second try."""
_NOT_THE_USERS: Final = frozenset(["job", "rejected"])
"""Blocks of a prompt that are no material."""


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """The texts of an answer that has passed the output filter, and the call that returned it."""

    texts: list[str]
    call: ModelCall


@dataclass(frozen=True, slots=True)
class Writer:
    """Asks the model, at most twice, until its answer has passed the output filter.

    Parameters
    ----------
    model : Model
        The model to ask.
    hold : Hold
        Sets the time limit and records every model call.
    share : float
        Of the time left, for the model; the rest is for the verifier.
    """

    model: Model
    hold: Hold
    share: float = 1.0

    async def write(self, plan: Plan) -> WrittenAnswer:
        """Return the answer to the planned question.

        Raises
        ------
        ModelAnswerInvalid
            The answer is empty, or has what no answer may have; ``reason`` names it.
        ModelRefused
            The answer is a refusal in words.
        ModelError
            A call failed; see `Model`.
        """
        texts, call, found = await self._ask(plan.prompt, plan)
        if found is not None and found != "refusal" and self.hold.time_left() > SECOND_TRY_SECONDS:
            texts, call, found = await self._ask(prompts.again(plan.prompt, found), plan)
        if found == "refusal":
            raise ModelRefused(reason=found)
        if found is not None:
            raise invalid(found)
        return WrittenAnswer(texts, call)

    async def _ask(self, prompt: Prompt, plan: Plan) -> tuple[list[str], ModelCall, Fault | None]:
        answer = await self.model.generate(
            prompt,
            plan.output,
            timeout=max(0.1, (self.hold.time_left() - MARGIN_SECONDS) * self.share),
            max_output_tokens=plan.max_output_tokens,
        )
        self.hold.record(*answer.calls)
        lines = plan.output is ItemsDraft
        texts = [text for draft in answer.output.texts if (text := tidy(draft, line=lines))][: plan.limit]
        if not texts:
            raise ModelAnswerInvalid("The AI model returned an empty answer.")
        return texts, answer.call, unusable(texts, plan)


def invalid(found: Fault) -> ModelAnswerInvalid:
    """Build the error for an answer that cannot be used."""
    return ModelAnswerInvalid("The AI model returned something other than the text that was asked for.", reason=found)


def unusable(texts: Sequence[str], plan: Plan) -> Fault | None:
    """Find what makes an answer undeliverable; whatever is delivered has passed this."""
    prompt = plan.prompt
    length = prompt.facts.get("length")
    # The length comes first: the rest takes time that grows with it.
    if too_long(texts, length=length, original=plan.rewrites, bullets=plan.output is ItemsDraft):
        return "length"
    material = "\n".join(text for name, text in prompt.data.items() if name not in _NOT_THE_USERS)
    rules = f"{prompt.system}\n{prompt.instruction}\n{prompts.SECOND_TRY}\n{RULE}"
    if found := fault(texts, rules=rules, material=material):
        return found
    return "unrelated" if unrelated(texts, material) else None
