"""The dialogue with the model: one question, a look at the form of the answer, and a second try if it is unusable."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Generic

from functions._shared.ai.delimit import RULE
from functions._shared.domain.errors import ModelAnswerInvalid, ModelError, ModelRefused
from functions._shared.domain.language.function_words import sure_language_of
from functions._shared.domain.language.output_filter import fault, too_long, unrelated, without_stock_phrases
from functions._shared.domain.language.words import sentence_spans
from functions.generate import prompts
from functions.generate.drafts import Drafts
from functions.generate.plan import D
from functions.generate.review import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.language.unwanted_forms import Fault
    from functions._shared.domain.metering import ModelCall
    from functions._shared.flows.metered import Hold
    from functions._shared.ports.model import Model, ModelAnswer, Prompt
    from functions.generate.drafts import Tell
    from functions.generate.plan import Piece, Plan

MARGIN_SECONDS: Final = 0.5
"""Reserved for the review of the answer, after the model's time is up."""
SECOND_TRY_SECONDS: Final = 5.0
"""Time that must be left for a second try."""
AT_ONCE: Final = 4
"""Parts of a question that are asked at the same time."""
_NOT_THE_USERS: Final = frozenset(["job", "question", "rejected", "requirements", "findings"])
"""Blocks of a prompt that are no material."""


@dataclass(frozen=True, slots=True)
class WrittenAnswer(Generic[D]):
    """An answer that has passed the output filter: its texts, tidied, and the call that returned it."""

    draft: D
    pieces: list[Piece]
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
    tell : callable or None
        See `PaidCall`.
    """

    model: Model
    hold: Hold
    share: float = 1.0
    tell: Tell | None = None

    async def write(self, plan: Plan[D]) -> WrittenAnswer[D]:
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
        drafts = Drafts(plan, self.tell, unusable) if self.tell and plan.shows else None
        if drafts:
            plan = replace(plan, prompt=replace(plan.prompt, on_text=drafts.hear))
        parts = [plan.prompt, *(_marked(each, plan.prompt) for each in plan.parts)]
        written, found = await self._ask(parts, plan)
        if found is not None and found != "refusal" and self.hold.time_left() > SECOND_TRY_SECONDS:
            rejected = _rejected(found, written.pieces, plan)
            written, found = await self._ask([prompts.again(each, rejected) for each in parts], plan)
        written, found = _mended(written, found, plan)
        if found is None and plan.missing and self.hold.time_left() > SECOND_TRY_SECONDS:
            written = await self._completed(written, plan)
        if found == "refusal":
            raise ModelRefused(reason=found)
        if found is not None:
            raise invalid(found)
        if drafts:
            drafts.end(written.draft)
        return written

    async def _ask(self, parts: Sequence[Prompt], plan: Plan[D]) -> tuple[WrittenAnswer[D], Fault | None]:
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(prompt: Prompt) -> ModelAnswer[D]:
            async with turns:
                return await self._question(prompt, plan)

        asked = [asyncio.ensure_future(one(prompt)) for prompt in parts]
        try:
            answers = await asyncio.gather(*asked)
        finally:
            for each in asked:
                each.cancel()
        draft = answers[0].output if plan.join is None else plan.join([answer.output for answer in answers])
        written = WrittenAnswer(draft, _tidied(draft, plan), answers[0].call)
        if plan.pieces is not None and not written.pieces and not plan.optional:
            raise ModelAnswerInvalid("The AI model returned an empty answer.")
        return written, unusable(written.pieces, plan)

    async def _question(self, prompt: Prompt, plan: Plan[D]) -> ModelAnswer[D]:
        answer = await self.model.generate(
            prompt,
            plan.output,
            timeout=max(0.1, (self.hold.time_left() - MARGIN_SECONDS) * self.share),
            max_output_tokens=plan.max_output_tokens,
        )
        self.hold.record(*answer.calls)
        return answer

    async def _completed(self, written: WrittenAnswer[D], plan: Plan[D]) -> WrittenAnswer[D]:
        """Ask for what an answer leaves open. Without a usable answer to that, it stays as it is."""
        question = plan.missing(written.draft) if plan.missing else None
        if question is None or plan.join is None:
            return written
        try:
            more = await self._question(_marked(question, plan.prompt), plan)
        except ModelError as error:
            self.hold.record(*error.calls)
            return written
        draft = plan.join([written.draft, more.output])
        pieces = _tidied(draft, plan)
        return written if unusable(pieces, plan) else replace(written, draft=draft, pieces=pieces)


def _marked(prompt: Prompt, first: Prompt) -> Prompt:
    """Return a further question of the same user, with what the first one says of them."""
    return replace(
        prompt,
        version=first.version,
        preferred_provider=first.preferred_provider,
        user_id=first.user_id,
        fresh=first.fresh,
    )


def _tidied(draft: D, plan: Plan[D]) -> list[Piece]:
    pieces = plan.pieces(draft) if plan.pieces else ()
    tidied = (replace(each, text=tidy(each.text, line=each.line)) for each in pieces)
    return [each for each in tidied if each.text][: plan.limit]


def _rejected(found: Fault, pieces: Sequence[Piece], plan: Plan[Any]) -> str:
    """Say what is wrong with an answer."""
    if found == "language":
        return f"language: it is not {plan.language}"
    if found != "length" or plan.longest is None:
        return found
    sizes = [f"{len(each.text)} characters where {plan.longest(each.text)} fit" for each in pieces]
    return f"length: {', '.join(sizes)}"


def _mended(written: WrittenAnswer[D], found: Fault | None, plan: Plan[D]) -> tuple[WrittenAnswer[D], Fault | None]:
    """Leave out of an answer what is too long or said by everybody; return what is wrong with it then."""
    if plan.speaks and found in ("stock_phrase", "length"):
        material = _material(plan)
        pieces = [replace(each, text=without_stock_phrases(each.text, material)) for each in written.pieces]
        written, found = _with(written, pieces, plan, otherwise=found)
    if found == "length" and plan.longest:
        pieces = [replace(each, text=_cut(each.text, plan.longest(each.text), plan)) for each in written.pieces]
        written, found = _with(written, pieces, plan, otherwise=found)
    return written, found


def _with(
    written: WrittenAnswer[D], pieces: list[Piece], plan: Plan[D], *, otherwise: Fault
) -> tuple[WrittenAnswer[D], Fault | None]:
    """Put other texts into an answer, if there is something left of each."""
    if not all(each.text for each in pieces):
        return written, otherwise
    return replace(written, pieces=pieces), unusable(pieces, plan)


def _cut(text: str, longest: int, plan: Plan[Any]) -> str:
    """Cut a text at the end of a sentence that fits; empty if nothing is left that says something.

    A last sentence that asks or thanks stays, if there is room for it beside a sentence about the person.
    """
    spans = sentence_spans(text)
    nobody = plan.claims_nothing or (lambda _: False)
    start, end = spans[-1]
    last = text[start:end].strip()
    endings = [""]
    if len(spans) > 1 and (last.endswith("?") or nobody(last)):
        begun = text[:start].rstrip()
        endings.insert(0, text[len(begun) : start] + last)
    for ending in endings:
        for number in range(len(spans) - bool(ending), 0, -1):
            cut = text[: spans[number - 1][1]].rstrip() + ending
            if len(cut) <= longest and not all(nobody(text[first:behind]) for first, behind in spans[:number]):
                return cut
    return ""


def invalid(found: Fault) -> ModelAnswerInvalid:
    """Build the error for an answer that cannot be used."""
    return ModelAnswerInvalid("The AI model returned something other than the text that was asked for.", reason=found)


def unusable(pieces: Sequence[Piece], plan: Plan[Any]) -> Fault | None:
    """Find what makes an answer undeliverable; whatever is delivered has passed this."""
    # The length comes first: the rest takes time that grows with it.
    if any(
        too_long(each.text, room=plan.room, original=each.rewrites, bullet=each.line)
        or (plan.longest is not None and len(each.text) > plan.longest(each.text))
        for each in pieces
    ):
        return "length"
    texts = [each.text for each in pieces]
    prompt, material = plan.prompt, _material(plan)
    rules = f"{prompt.system}\n{prompt.instruction}\n{prompts.SECOND_TRY}\n{RULE}"
    if plan.translates:
        return next((found for text in texts if (found := fault([text], rules=rules, material=material))), None)
    if found := fault(texts, rules=rules, material=material, speaks=plan.speaks):
        return found
    if plan.language and any(sure_language_of(text) not in (None, plan.language) for text in texts):
        return "language"
    return "unrelated" if texts and unrelated(texts, material) else None


def _material(plan: Plan[Any]) -> str:
    data = [item for each in (plan.prompt, *plan.parts) for item in each.data.items()]
    return "\n".join(text for name, text in data if name not in _NOT_THE_USERS)
