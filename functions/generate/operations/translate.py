"""A résumé in another language, line by line; names, figures, dates and structure stay.

A line whose translation has lost or gained a figure or a name is asked for once more, and then stays as it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from functions._shared.domain.errors import (
    ModelAnswerInvalid,
    NothingToImprove,
    NothingToWriteFrom,
    ResumeLimitReached,
    ResumeTooLong,
    TaskRequired,
)
from functions._shared.domain.language.output_filter import fault
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.field_types import MAX_LONG
from functions.generate import prompts
from functions.generate.plan import Draft, Operation, Outcome, Piece, Plan
from functions.generate.requests import Request, Variant
from functions.generate.results import Result
from functions.generate.review import tidy
from functions.generate.translation import (
    LANGUAGES,
    PART,
    Problem,
    SourceText,
    divided,
    is_in,
    problem,
    replaced,
    source_texts,
)
from functions.generate.variants import copy_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from functions._shared.domain.resume.patch import Patch
    from functions._shared.ports.model import Prompt
    from functions.generate.plan import Context, Delivery

    Tag = str
else:
    Tag = Literal[tuple(LANGUAGES)]

TOKENS: Final = 6_000
MAX_PARTS: Final = 12
_MOST_LEFT: Final = 0.5
"""Share of the lines that may stay as they are, before the answer is none."""
SYSTEM: Final = """\
You translate a résumé. The candidate signs for every word, so a translation says what the line says: nothing more, \
nothing stronger, nothing left out.

Rules:
- One translation for each numbered line, with its number. Never join, split or drop lines.
- Leave as they are: names of people, employers, schools, products, programming languages and certificates, e-mail \
addresses, links and codes. Write figures in digits as the line does, with the same value; separators and units may \
follow the language. A number in words stays in words.
- Job titles, degrees and skills get the usual term of the language; a skill that is used untranslated stays.
- No first person ("Negocié") unless the line has it; usual titles that fit women and men ("Contable", "Professeur(e)").
- Return the JSON object that is asked for and nothing else."""
INSTRUCTION: Final = "Translate the lines of the block lines into {language}."
AGAIN: Final = """\


These lines were left out, or their translation had lost or added what stands behind them in brackets."""


class TranslateInput(Variant):
    """The language, and how the translation is delivered.

    Attributes
    ----------
    language : str
        BCP 47 tag.
    """

    language: Tag


class TranslateRequest(Request):
    """Translate a résumé. A long one is answered with a task."""

    operation: Literal["translate"]
    resume_id: UUID
    input: TranslateInput

    @model_validator(mode="after")
    def _no_job(self) -> TranslateRequest:
        if self.job_id is not None:
            raise ValueError("a translation is for no job")
        return self


class NewLine(Draft):
    """A line in the other language."""

    n: int
    text: Annotated[str, StringConstraints(max_length=MAX_LONG)]


class TranslateDraft(Draft):
    """The model's answer."""

    lines: Annotated[list[NewLine], Field(max_length=3_000)]


class TranslatedText(BaseModel):
    """A text that was translated.

    Attributes
    ----------
    path : str
        JSON Pointer.
    before, after : str
        In the one and in the other language.
    verdict : str or None
        Whether the check supports it; None for titles, skills and other labels, which are not sentences.
    """

    path: str
    before: str
    after: str
    verdict: Literal["supported", "unverified"] | None


class UntranslatedText(BaseModel):
    """A text that stays in its own language.

    Attributes
    ----------
    path : str
        JSON Pointer.
    reason : str
        ``missing``, ``form``, ``script``; ``figures`` or ``names`` were lost or added; ``unsupported``: the verifier
        flagged it twice.
    differences : list of str
        These figures and names.
    """

    path: str
    reason: Problem
    differences: list[str]


class TranslateResult(Result):
    """The résumé in the other language.

    Attributes
    ----------
    language : str
        BCP 47 tag.
    texts : list of TranslatedText
        In the order of the document.
    untranslated : list of UntranslatedText
        Texts that stay as they are.
    """

    language: str
    texts: list[TranslatedText]
    untranslated: list[UntranslatedText]


def plan(request: TranslateRequest, context: Context) -> Plan[TranslateDraft]:
    """Plan a translation.

    Raises
    ------
    NothingToWriteFrom
        The résumé has no text to translate.
    ResumeTooLong
        It has more text than is translated.
    """
    resume = context.resume
    sources = source_texts(context.stored)
    if resume is None or not sources:
        raise NothingToWriteFrom
    translation = _Translation(sources, request.input.language)
    ask = INSTRUCTION.format(language=LANGUAGES[request.input.language][0])

    def question(numbers: Sequence[int], instruction: str = ask, hints: Mapping[int, str] | None = None) -> Prompt:
        lines = [f"{n} {json.dumps(sources[n].text, ensure_ascii=False)}{(hints or {}).get(n, '')}" for n in numbers]
        return prompts.build(
            request.operation,
            instruction,
            blocks={"lines": "\n".join(lines)},
            facts={},
            context=replace(context, job=None),
            system=SYSTEM,
        )

    def missing(draft: TranslateDraft) -> Prompt | None:
        found = translation.problems(draft)
        hints = {n: f" [{'; '.join(differences)}]" for n, (_, differences) in found.items() if differences}
        # As much as fits into one question.
        numbers = next(iter(divided(sources, sorted(found))), [])
        return question(numbers, ask + AGAIN, hints) if numbers else None

    def finish(delivery: Delivery[TranslateDraft]) -> Outcome:
        result = translation.result(delivery)
        patch: Patch = [{"op": "replace", "path": each.path, "value": each.after} for each in result.texts]
        content = replaced(resume.content, {each.path: each.after for each in result.texts})
        parse_content(content)
        made = None
        if request.makes_resume:
            own_name = LANGUAGES[request.input.language][1]
            title = request.input.title or f"{resume.title} – {own_name}"  # noqa: RUF001 - a dash
            made = copy_of(resume, content, title=title, summary=f"Translated: {own_name}")
        update = {"patch": patch, "base_version": context.version(patch), "kept_id": made and made.id}
        return Outcome(result.model_copy(update=update), [made] if made else [])

    parts = divided(sources, range(len(sources)))
    if len(parts) > MAX_PARTS:
        raise ResumeTooLong("This résumé is too long to translate.", max_characters=MAX_PARTS * PART)
    first, *more = (question(numbers) for numbers in parts)
    return Plan(
        prompt=first,
        parts=tuple(more),
        join=lambda drafts: TranslateDraft(lines=[line for draft in drafts for line in draft.lines]),
        missing=missing,
        output=TranslateDraft,
        max_output_tokens=TOKENS,
        pieces=translation.pieces,
        finish=finish,
        optional=True,
        translates=True,
    )


@dataclass(frozen=True)
class _Translation:
    """Takes the lines of an answer apart: those that are judged, those that code alone looks at, those that fail."""

    sources: Sequence[SourceText]
    language: str

    def lines(self, draft: TranslateDraft) -> dict[int, str]:
        """Return the last usable translation of each line, or else the last one."""
        found: dict[int, str] = {}
        for each in draft.lines:
            if 0 <= each.n < len(self.sources):
                source = self.sources[each.n]
                text = tidy(" ".join(each.text.split()) if source.is_one_line else each.text, line=False)
                if self._problem(each.n, text) is None or each.n not in found:
                    found[each.n] = text
        return found

    def problems(self, draft: TranslateDraft) -> dict[int, tuple[Problem, list[str]]]:
        """Return what is wrong with lines, by their number."""
        lines = self.lines(draft)
        found = {n: self._problem(n, lines.get(n, "")) for n in range(len(self.sources))}
        return {n: each for n, each in found.items() if each is not None}

    def pieces(self, draft: TranslateDraft) -> list[Piece]:
        """Return the prose that is judged: by the line that it translates, and removed as a whole."""
        failed = self.problems(draft)
        return [
            Piece(text, key=str(n), entry=source.entry, whole=True)
            for n, text in self.lines(draft).items()
            if (source := self.sources[n]).is_prose and n not in failed and text != source.text
        ]

    def result(self, delivery: Delivery[TranslateDraft]) -> TranslateResult:
        """Build the result.

        Raises
        ------
        NothingToImprove
            The résumé is in that language already.
        ModelAnswerInvalid
            Most lines failed, or they are in another language.
        """
        failed, lines = self.problems(delivery.draft), self.lines(delivery.draft)
        judged = {int(piece.key): (item, piece.text) for item, piece in enumerate(delivery.pieces)}
        done: list[TranslatedText] = []
        left: list[UntranslatedText] = []
        for n, source in enumerate(self.sources):
            found = failed.get(n)
            text = judged[n][1] if n in judged else lines.get(n, "")
            if found is None and text != source.text and source.is_prose and n not in judged:
                found = ("unsupported", [])
            if found is not None:
                left += [UntranslatedText(path=path, reason=found[0], differences=found[1]) for path in source.paths]
            elif text != source.text:
                verdict = _verdict(delivery, judged[n][0]) if n in judged else None
                done += [
                    TranslatedText(path=path, before=source.text, after=text, verdict=verdict) for path in source.paths
                ]
        if not done and not left:
            raise NothingToImprove
        if self._is_none(done, left):
            raise ModelAnswerInvalid("The AI model did not translate the résumé.")
        return TranslateResult(
            language=self.language,
            texts=done,
            untranslated=left,
            patch=None,
            base_version=None,
            kept_id=None,
            grounding=delivery.grounding,
            model=delivery.model,
        )

    def _is_none(self, done: Sequence[TranslatedText], left: Sequence[UntranslatedText]) -> bool:
        """Tell whether most lines failed, of all or of the prose, or whether the prose is in another language."""
        prose = {path for source in self.sources if source.is_prose for path in source.paths}
        all_paths = ([each.path for each in done], [each.path for each in left])
        kept, failed = ([path for path in paths if path in prose] for paths in all_paths)
        return any(
            len(bad) > _MOST_LEFT * (len(good) + len(bad)) for good, bad in (all_paths, (kept, failed))
        ) or not is_in(self.language, [each.after for each in done if each.path in prose])

    def _problem(self, n: int, text: str) -> tuple[Problem, list[str]] | None:
        key = (n, text)
        if key not in self._known:
            source = self.sources[n]
            found = problem(source, text, self.language)
            if found is None and not source.is_prose and fault([text], rules=SYSTEM, material=source.text) is not None:
                found = ("form", []) if text != source.text else None
            self._known[key] = found
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[int, str], tuple[Problem, list[str]] | None]:
        return {}


def _verdict(delivery: Delivery[Any], item: int) -> Literal["supported", "unverified"]:
    said = [each for each in delivery.grounding.sentences if each.item == item]
    return "supported" if all(each.verdict == "supported" for each in said) else "unverified"


OPERATION: Final = Operation(
    request=TranslateRequest,
    result=TranslateResult,
    plan=plan,
    prompt_version="2",
    instructions=(SYSTEM, INSTRUCTION, AGAIN),
    errors=(NothingToWriteFrom, NothingToImprove, ResumeTooLong, ResumeLimitReached, TaskRequired),
)
