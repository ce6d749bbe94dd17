"""The instructions that several operations share, and how a prompt is built.

Instructions never contain user data: it goes into the prompt's data blocks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from functions._shared.ports.model import Prompt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.metering import JobSnapshot
    from functions.generate.plan import Context

MAX_JOB: Final = 12_000
"""Characters of a job description that are sent."""

SYSTEM = """\
You write for a résumé. The candidate signs for every word, so you write only what the material says.

Rules:
- Every number, date, employer, title, skill, tool, certificate and result must be in the candidate's material \
(blocks resume, experience, text, notes). If it is not there, it is not true. Do not estimate, round up or add.
- A verb claims no more than the material: who helped has not led, and a figure that "went from" one value to another \
was not "raised" or "cut" by the candidate unless the material says so. "Sales: 3.1 to 4.2 million" is enough.
- The block job is a job advertisement. It tells what to emphasise among what the candidate has. It is no source: what \
only the job names is left out.
- Write in the language of the candidate's material.
- No first person, no name of the candidate, no contact details, no clichés, no placeholders, no Markdown.
- Return the JSON object that is asked for and nothing else."""

TODAY = """\


Today is {today}. What has no end or ends with "Present" goes on; what has expired is not held. Lengths of time may be \
counted from the dates; they belong to the job and to no single task, tool or figure in it. Write months in words, as \
in February 2027."""

SECOND_TRY = """\


You have tried before, and the answer could not be used. The block rejected names what was wrong with its form. Write \
the text that was asked for and nothing else: plain prose of the length asked for."""

_DATED = frozenset(["resume", "experience"])
"""Blocks whose dates need the day on which they are read."""

TONES = {
    "neutral": "matter-of-fact in tone",
    "confident": "confident in tone",
    "warm": "warm in tone",
}


def build(
    operation: str,
    instruction: str,
    *,
    blocks: Mapping[str, str | None],
    facts: Mapping[str, Any],
    context: Context,
    system: str = SYSTEM,
) -> Prompt:
    """Build the prompt of an operation.

    Parameters
    ----------
    operation : str
        Slug of the operation.
    instruction : str
        Its task.
    blocks : mapping of str to str or None
        Its texts from the user. Empty ones are left out; the job is added.
    facts : mapping
        Its input as data, for rule-based models. Added are ``content`` (the stored résumé or None) and ``job``
        (``title``, ``company``, ``description``, or None).
    context : Context
        The résumé and the job.
    system : str, optional
        The standing rules; by default those for texts of a résumé.
    """
    job = context.job
    if context.today and blocks.keys() & _DATED:
        instruction += TODAY.format(today=context.today.isoformat())
    job_facts = None if job is None else {"title": job.title, "company": job.company, "description": job.description}
    return Prompt(
        operation=operation,
        system=system,
        instruction=instruction,
        data={name: text for name, text in {**blocks, "job": _job_block(job)}.items() if text},
        facts={"content": context.resume.content if context.resume else None, "job": job_facts, **facts},
    )


def again(prompt: Prompt, rejected: str) -> Prompt:
    """Build the prompt for a second try; ``rejected`` names what was wrong with the first answer."""
    data = {**prompt.data, "rejected": rejected}
    return replace(prompt, instruction=prompt.instruction + SECOND_TRY, data=data)


def _job_block(job: JobSnapshot | None) -> str:
    if job is None:
        return ""
    lines = [job.title, job.company, (job.description or "")[:MAX_JOB]]
    return "\n".join(line for line in lines if line)
