"""How a résumé fits a job: the coverage that the scan computes, and what meets each requirement put into words.

Rules find what is met, and count. A model only words it, from the résumé; about what is missing only rules speak.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from functions._shared.domain.errors import NothingToCompare, NothingToWriteFrom
from functions._shared.domain.resume.field_types import MAX_LINE
from functions._shared.domain.resume.model_input import resume_block
from functions.generate import prompts
from functions.generate.plan import Draft, Operation, Outcome, Piece, Plan
from functions.generate.requests import Input, Request
from functions.generate.results import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.coverage.asked import Requirement
    from functions._shared.coverage.compare import Coverage
    from functions.generate.plan import Context, Delivery

TOKENS: Final = 2_500
MOST: Final = 25
"""Requirements that a model puts into words. The rest keep the words of the rules."""
INSTRUCTION: Final = """\
The block requirements lists what a job asks for and the résumé shows, numbered, each with the place that shows it. \
Say for each of them in one sentence of at most 30 words what in the résumé meets it: where the candidate did it, with \
what result or for how long, as the block resume has it. Begin with the fact, not with the requirement. If only a \
list, a certificate or a language shows it, give that in the fewest words with its date or level ("English, B2"; \
"Docker, under skills"). Do not judge the candidate or the fit, and say nothing of what is missing. Give each sentence \
the number of its requirement."""


class MatchInput(Input):
    """Nothing: the job says what to compare with."""


class MatchRequest(Request):
    """Say how a résumé fits a saved job."""

    operation: Literal["match"]
    resume_id: UUID
    job_id: UUID
    input: MatchInput = MatchInput()


class WordedPoint(Draft):
    """A requirement in the model's words."""

    requirement: int
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_LINE)]


class MatchDraft(Draft):
    """The model's answer."""

    points: Annotated[list[WordedPoint], Field(max_length=100)]


class MatchPoint(BaseModel):
    """A requirement of the job, and what the résumé shows of it.

    Attributes
    ----------
    level : str
        ``required`` or ``preferred``.
    options : list of str
        What is asked for, in the words of the advertisement; one of them is enough.
    quote : str
        Where it asks for it.
    verdict : str
        ``found``, ``variant``, ``missing`` or ``unknown``, as the scan has it.
    where : list of str
        JSON Pointers of the places that show it.
    text : str
        What meets it, in a sentence; of what is not met, why it counts as such.
    by : str
        ``model``, or ``rules``.
    item : int or None
        The ``item`` of ``grounding.sentences`` that is about a text of the model.
    next_step : str
        What to do about it.
    """

    level: Literal["required", "preferred"]
    options: list[str]
    quote: str
    verdict: Literal["found", "variant", "missing", "unknown"]
    where: list[str]
    text: str
    by: Literal["model", "rules"]
    item: int | None
    next_step: str


class MatchResult(Result):
    """The requirements in the order of the advertisement, with the score of the scan; null if none can be judged."""

    score: int | None
    points: list[MatchPoint]
    credit: str


def plan(request: MatchRequest, context: Context) -> Plan[MatchDraft]:
    """Plan the words of a comparison.

    Raises
    ------
    NothingToCompare
        The job has no description, or asks for nothing that could be read.
    NothingToWriteFrom
        The résumé shows nothing of what the job asks for.
    """
    from functions._shared.coverage.compare import coverage

    posting = (context.job.description if context.job else None) or ""
    if context.content is None or not posting.strip():
        raise NothingToCompare
    found = coverage(context.content, posting, today=datetime.now(UTC).date())
    if not found.requirements:
        raise NothingToCompare("The advertisement names no requirement that could be read.")
    met = {
        number: f"[{number}] {_options(asked)} ({' '.join(posting[asked.start : asked.end].split())}): {finding.quote}"
        for number, (asked, finding) in enumerate(zip(found.requirements, found.findings, strict=True), 1)
        if finding.verdict in {"found", "variant"}
    }
    if not met:
        raise NothingToWriteFrom("The résumé shows nothing of what the job asks for.")

    def pieces(draft: MatchDraft) -> list[Piece]:
        texts: dict[int, str] = {}
        for each in draft.points:
            if each.requirement in met:
                texts.setdefault(each.requirement, each.text)
        return [Piece(text, key=str(number), line=True) for number, text in sorted(texts.items())]

    def finish(delivery: Delivery[MatchDraft]) -> Outcome:
        from functions._shared.coverage.lexicon import CREDIT

        return Outcome(
            MatchResult(
                score=found.score,
                points=_points(found, posting, delivery.pieces),
                credit=CREDIT,
                patch=None,
                base_version=None,
                kept_id=None,
                grounding=delivery.grounding,
                model=delivery.model,
            )
        )

    return Plan(
        prompt=prompts.build(
            request.operation,
            INSTRUCTION,
            blocks={
                "resume": resume_block(context.content),
                "requirements": "\n".join(list(met.values())[:MOST]),
            },
            facts={},
            context=context,
        ),
        output=MatchDraft,
        max_output_tokens=TOKENS,
        pieces=pieces,
        finish=finish,
        shows=True,
    )


def _options(asked: Requirement) -> str:
    return " or ".join(option.text for option in asked.options)


def _points(found: Coverage, posting: str, pieces: Sequence[Piece]) -> list[MatchPoint]:
    from functions._shared.coverage import words

    worded = {int(piece.key): (item, piece.text) for item, piece in enumerate(pieces)}
    points = []
    for number, (asked, finding) in enumerate(zip(found.requirements, found.findings, strict=True), 1):
        item, text = worded.get(number, (None, ""))
        points.append(
            MatchPoint(
                level=asked.level,
                options=[option.text for option in asked.options],
                quote=posting[asked.start : asked.end],
                verdict=finding.verdict,
                where=list(finding.where),
                text=text or words.reason(finding),
                by="model" if text else "rules",
                item=item,
                next_step=words.next_step(asked, finding),
            )
        )
    return points


OPERATION: Final = Operation(
    request=MatchRequest,
    result=MatchResult,
    plan=plan,
    prompt_version="2",
    instructions=(prompts.SYSTEM, prompts.TODAY, INSTRUCTION),
    errors=(NothingToCompare, NothingToWriteFrom),
)
