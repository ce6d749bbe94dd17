"""Advice on a résumé for a job: what to do about each finding of the scan. It is kept in ``analyses``.

If a file of the résumé was scanned, what machines did not read in it are findings, too.
Rules find, and compute the score. A model advises: each point names a finding by its number, and a point that names
none, or has a figure that neither the résumé nor the advertisement has, is dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
from functions.generate.findings import (
    AnalysedFinding,
    ScannedFile,
    dumped,
    file_line,
    findings_of_file,
    findings_of_job,
    job_line,
)
from functions.generate.plan import Draft, Operation, Outcome, Plan
from functions.generate.requests import Input, Request
from functions.generate.results import Removed, UsedModel

if TYPE_CHECKING:
    from functions._shared.coverage.compare import Coverage
    from functions._shared.domain.json import Json
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
OF_FILE: Final = """ A finding with the verdict file is about the document that machines have read: say what to \
change in it, or how to save it, in the program that it was likely made with."""
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")


class AnalysisInput(Input):
    """Nothing: the job says what to compare with."""


class AnalysisRequest(Request):
    """Advise on a résumé for a saved job."""

    operation: Literal["full_analysis"]
    resume_id: UUID
    job_id: UUID
    input: AnalysisInput = AnalysisInput()

    @property
    def needs(self) -> Json:
        """What the last scan of its file found."""
        return {"file_scan": True}


class DraftedAdvice(Draft):
    """The model's advice on one finding."""

    finding: int
    advice: Annotated[str, StringConstraints(max_length=MAX_LINE)]


class AnalysisDraft(Draft):
    """The model's answer."""

    advice: Annotated[list[DraftedAdvice], Field(max_length=100)]


class AnalysisResult(BaseModel):
    """The findings with their advice; ``score`` is that of the scan, null if nothing can be judged.

    Attributes
    ----------
    file : ScannedFile or None
        Findings about the file; None if none was scanned.
    removed : list of Removed
        Advice with a figure that neither the résumé nor the advertisement has.
    """

    score: int | None
    findings: list[AnalysedFinding]
    file: ScannedFile | None
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
    findings = findings_of_job(found, posting)
    gains = sorted(findings, key=lambda each: (each.verdict == "found", -WEIGHTS[each.level], each.id))[:MOST]
    file = findings_of_file(context.file_scan, len(findings))
    lines = [job_line(each, found) for each in gains] + [file_line(each) for each in (file.findings if file else ())]
    prompt = prompts.build(
        request.operation,
        INSTRUCTION + (OF_FILE if file and file.findings else ""),
        blocks={"resume": resume, "findings": "\n".join(lines)},
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
        finish=lambda delivery: _finish(delivery, _Material(findings, file, found, prompt, job, version)),
    )


@dataclass(frozen=True, slots=True)
class _Material:
    """What advice is about: the findings, and what they were found in."""

    findings: list[AnalysedFinding]
    file: ScannedFile | None
    found: Coverage
    prompt: Prompt
    job: JobSnapshot
    version: int | None

    def figures(self, number: int) -> set[str]:
        """Return the figures that advice on a finding may have: those of the material, and of what a rule says."""
        rules = [each for each in (self.file.findings if self.file else ()) if each.id == number]
        texts = [self.prompt.data["resume"], self.prompt.data["job"], *map(file_line, rules)]
        return {figure for text in texts for figure in _FIGURE.findall(text)}


def _finish(delivery: Delivery[AnalysisDraft], material: _Material) -> Outcome:
    """Build the result and the row that keeps it.

    Raises
    ------
    ModelAnswerInvalid
        No advice is about a finding and fit to be shown.
    """
    from functions._shared.coverage.lexicon import CREDIT

    advice: dict[int, str] = {}
    removed: list[Removed] = []
    job, found, scanned = material.job, material.found, material.file.findings if material.file else []
    known = {each.id for each in material.findings} | {each.id for each in scanned}
    for each in delivery.draft.advice:
        line = on_one_line(each.advice)
        if each.finding not in known or each.finding in advice or not _is_showable(line, material.prompt):
            continue
        if not material.figures(each.finding).issuperset(_FIGURE.findall(line)):
            removed.append(Removed(text=line, reason="quantity"))
        else:
            advice[each.finding] = line
    advised = [each.model_copy(update={"advice": advice.get(each.id)}) for each in material.findings]
    about = [each.model_copy(update={"advice": advice.get(each.id)}) for each in scanned]
    file = material.file and material.file.model_copy(update={"findings": about})
    if not advice:
        raise ModelAnswerInvalid("The AI model gave no advice that could be used.")
    kept = KeepAnalysis(
        analysis_type="full_analysis",
        resume_version=material.version,
        job_title=job.title,
        company=job.company,
        job_description=job.description,
        keywords_matched=sum(each.verdict in {"found", "variant"} for each in advised),
        keywords_missing=sum(each.verdict == "missing" for each in advised),
        issues=[*dumped(each for each in advised if each.verdict == "missing"), *dumped(about)],
        suggestions=[advice[number] for number in sorted(advice)],
        # The score of a full analysis would be taken for that of a file (`resumes.ats_score`), so it stands here.
        results={
            "coverage": found.score,
            "findings": dumped(advised),
            "file": file and file.model_dump(mode="json"),
        },
        ai_provider=delivery.model.provider,
        model_used=delivery.model.name[:100],
    )
    result = AnalysisResult(
        score=found.score,
        findings=advised,
        file=file,
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


OPERATION: Final = Operation(
    request=AnalysisRequest,
    result=AnalysisResult,
    plan=plan,
    prompt_version="2",
    instructions=(SYSTEM, prompts.TODAY, INSTRUCTION, OF_FILE),
    errors=(NothingToWriteFrom, NothingToCompare),
)
