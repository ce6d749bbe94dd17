"""Advice on a résumé for a job: what to do about each finding of the scan. It is kept in ``analyses``.

Rules find, and compute the score. A model advises: each point names a finding by its number, and a point that names
none, or has a figure that neither the résumé nor the advertisement has, is dropped.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from functions._shared.domain.effects import KeepAnalysis
from functions._shared.domain.errors import ModelAnswerInvalid, NothingToCompare, NothingToWriteFrom
from functions._shared.domain.language.output_filter import fault
from functions._shared.domain.resume.field_types import MAX_LINE
from functions._shared.domain.resume.model_input import resume_block
from functions.generate import prompts
from functions.generate.changes import on_one_line
from functions.generate.plan import Draft, Operation, Outcome, Plan
from functions.generate.requests import Input, Request
from functions.generate.results import Removed, UsedModel

if TYPE_CHECKING:
    from functions._shared.coverage.compare import Coverage
    from functions._shared.domain.metering import JobSnapshot
    from functions._shared.ports.model import Prompt
    from functions.generate.plan import Context, Delivery

TOKENS: Final = 3_500
MOST: Final = 25
"""Findings that a model gets, those with the most points to gain first."""
MAX_ADVICE: Final = 400
SYSTEM: Final = """\
You advise a candidate about a résumé. Rules have compared it with a job; you say what to do about their findings.

Rules:
- The candidate may only write what is true. Never advise to add what the candidate may not have: say "if you have …". \
Never advise to leave out, hide or change facts.
- Write no number, score, percentage or date that is not in the blocks, and judge neither the candidate nor the chances.
- The block job is a job advertisement. What it says about the candidate is not true because it says so.
- Speak to the candidate, in the language of the résumé, in plain words. No links, no Markdown, no placeholders.
- Return the JSON object that is asked for and nothing else."""
INSTRUCTION: Final = """\
The block findings lists what the job asks for, numbered, each with its verdict: found or variant (with what shows \
it), missing, or unknown. Give for each finding where it helps one piece of advice of at most 40 words that this \
candidate can follow today: which entry of the résumé to change and how, what to move where it is seen, or which \
evidence would fill the gap if the candidate has it. Name the entry by its employer or section. Skip findings that \
need nothing. Give each piece the number of its finding."""
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")


class AnalysisInput(Input):
    """Nothing: the job says what to compare with."""


class AnalysisRequest(Request):
    """Advise on a résumé for a saved job."""

    operation: Literal["full_analysis"]
    resume_id: UUID
    job_id: UUID
    input: AnalysisInput = AnalysisInput()


class DraftedAdvice(Draft):
    """The model's advice on one finding."""

    finding: int
    advice: Annotated[str, StringConstraints(max_length=MAX_LINE)]


class AnalysisDraft(Draft):
    """The model's answer."""

    advice: Annotated[list[DraftedAdvice], Field(max_length=100)]


class AnalysedFinding(BaseModel):
    """A finding of the scan, and what to do about it.

    Attributes
    ----------
    id : int
        Its number, from 1, in the order of the advertisement.
    level : str
        ``required`` or ``preferred``.
    options : list of str
        What is asked for; one of them is enough.
    quote : str
        Where the advertisement asks for it.
    verdict : str
        ``found``, ``variant``, ``missing`` or ``unknown``.
    where : list of str
        JSON Pointers of the places that show it.
    reason : str
        Why the verdict is what it is.
    next_step : str
        What the rules say to do.
    advice : str or None
        What the model says to do; nobody has checked it.
    """

    id: int
    level: Literal["required", "preferred"]
    options: list[str]
    quote: str
    verdict: Literal["found", "variant", "missing", "unknown"]
    where: list[str]
    reason: str
    next_step: str
    advice: str | None


class AnalysisResult(BaseModel):
    """The findings with their advice; ``score`` is that of the scan, null if nothing can be judged.

    Attributes
    ----------
    removed : list of Removed
        Advice with a figure that neither the résumé nor the advertisement has.
    """

    score: int | None
    findings: list[AnalysedFinding]
    removed: list[Removed]
    kept_id: UUID
    model: UsedModel
    credit: str


def plan(request: AnalysisRequest, context: Context) -> Plan[AnalysisDraft]:
    """Plan the advice.

    Raises
    ------
    NothingToWriteFrom
        The résumé is empty.
    NothingToCompare
        The job has no description, or asks for nothing that could be read.
    """
    from functions._shared.coverage.compare import WEIGHTS, coverage

    job = context.job
    posting = (job.description if job else None) or ""
    resume = resume_block(context.content) if context.content else ""
    if context.content is None or not resume:
        raise NothingToWriteFrom
    if job is None or not posting.strip():
        raise NothingToCompare
    found = coverage(context.content, posting, today=datetime.now(UTC).date())
    if not found.requirements:
        raise NothingToCompare("The advertisement names no requirement that could be read.")
    findings = _findings(found, posting)
    gains = sorted(findings, key=lambda each: (each.verdict == "found", -WEIGHTS[each.level], each.id))[:MOST]
    prompt = prompts.build(
        request.operation,
        INSTRUCTION,
        blocks={"resume": resume, "findings": "\n".join(_line(each, found) for each in gains)},
        facts={},
        context=context,
        system=SYSTEM,
    )
    version = context.resume.version if context.resume else None
    return Plan(
        prompt=prompt,
        output=AnalysisDraft,
        max_output_tokens=TOKENS,
        pieces=None,
        finish=lambda delivery: _finish(delivery, findings, found, prompt, job, version),
    )


def _findings(found: Coverage, posting: str) -> list[AnalysedFinding]:
    from functions._shared.coverage import words

    return [
        AnalysedFinding(
            id=number,
            level=asked.level,
            options=[option.text for option in asked.options],
            quote=posting[asked.start : asked.end],
            verdict=finding.verdict,
            where=list(finding.where),
            reason=words.reason(finding),
            next_step=words.next_step(asked, finding),
            advice=None,
        )
        for number, (asked, finding) in enumerate(zip(found.requirements, found.findings, strict=True), 1)
    ]


def _line(each: AnalysedFinding, found: Coverage) -> str:
    shown = found.findings[each.id - 1].quote
    line = f"[{each.id}] {each.verdict}, {each.level}: {' or '.join(each.options)} ({on_one_line(each.quote)})"
    return f"{line}: {shown}" if shown else line


def _finish(
    delivery: Delivery[AnalysisDraft],
    findings: list[AnalysedFinding],
    found: Coverage,
    prompt: Prompt,
    job: JobSnapshot,
    version: int | None,
) -> Outcome:
    """Build the result and the row that keeps it.

    Raises
    ------
    ModelAnswerInvalid
        No advice is about a finding and fit to be shown.
    """
    from functions._shared.coverage.lexicon import CREDIT

    advice: dict[int, str] = {}
    removed: list[Removed] = []
    known = {each.id for each in findings}
    for each in delivery.draft.advice:
        line = on_one_line(each.advice)
        if each.finding not in known or each.finding in advice or not _is_showable(line, prompt):
            continue
        if _new_figures(line, prompt):
            removed.append(Removed(text=line, reason="quantity"))
        else:
            advice[each.finding] = line
    advised = [each.model_copy(update={"advice": advice.get(each.id)}) for each in findings]
    if not any(each.advice for each in advised):
        raise ModelAnswerInvalid("The AI model gave no advice that could be used.")
    kept = KeepAnalysis(
        analysis_type="full_analysis",
        resume_version=version,
        job_title=job.title,
        company=job.company,
        job_description=job.description,
        keywords_matched=sum(each.verdict in {"found", "variant"} for each in advised),
        keywords_missing=sum(each.verdict == "missing" for each in advised),
        issues=[each.model_dump(mode="json") for each in advised if each.verdict == "missing"],
        suggestions=[each.advice for each in advised if each.advice],
        # The score of a full analysis would be taken for that of a file (`resumes.ats_score`), so it stands here.
        results={"coverage": found.score, "findings": [each.model_dump(mode="json") for each in advised]},
        ai_provider=delivery.model.provider,
        model_used=delivery.model.name[:100],
    )
    result = AnalysisResult(
        score=found.score,
        findings=advised,
        removed=removed,
        kept_id=kept.id,
        model=delivery.model,
        credit=CREDIT,
    )
    return Outcome(result, [kept])


def _is_showable(line: str, prompt: Prompt) -> bool:
    """Tell whether advice may be shown. Unlike a text of a résumé, it may talk to the user."""
    rules = f"{prompt.system}\n{prompt.instruction}"
    found = fault([line], rules=rules, material=prompt.data["resume"])
    return 0 < len(line) <= MAX_ADVICE and found in {None, "talk"}


def _new_figures(line: str, prompt: Prompt) -> set[str]:
    """Return the figures that neither the résumé nor the advertisement has."""
    known = (figure for name in ("resume", "job") for figure in _FIGURE.findall(prompt.data[name]))
    return set(_FIGURE.findall(line)).difference(known)


OPERATION: Final = Operation(
    request=AnalysisRequest,
    result=AnalysisResult,
    plan=plan,
    prompt_version="2",
    instructions=(SYSTEM, prompts.TODAY, INSTRUCTION),
    errors=(NothingToWriteFrom, NothingToCompare),
)
