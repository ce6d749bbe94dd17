"""A résumé as the text of a data block: what is needed for writing, and no contact details."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.metering import JobSnapshot
    from functions._shared.domain.resume.content import Experience, ResumeContent

MAX_RESUME = 40_000
"""Characters of a résumé that are sent; about 10,000 tokens."""
MAX_JOB = 12_000
"""Characters of a job description that are sent."""

# What a writer needs most comes first; what no longer fits is left out. People's names, addresses and links are not
# needed at all, and what is not sent cannot leak.
_SECTIONS = (
    "summary",
    "experience",
    "skills",
    "education",
    "projects",
    "certifications",
    "awards",
    "volunteer",
    "publications",
    "languages",
    "interests",
)
_UNNEEDED = frozenset({"id", "extra", "url"})


def resume_block(content: ResumeContent) -> str:
    """Write a résumé for a model.

    Parameters
    ----------
    content : ResumeContent
        All of it.

    Returns
    -------
    str
        One line of JSON a section or entry, at most `MAX_RESUME` characters; empty if there is nothing to say.
    """
    whole = _bare(content.to_json())
    lines: list[str] = []
    for name in _SECTIONS:
        section = whole.get(name)
        entries = section if isinstance(section, list) else [section]
        lines += [_line(name, entry) for entry in entries if entry]
    headline = content.personalInfo.headline
    if lines and headline:
        lines.insert(0, _line("headline", headline))
    kept: list[str] = []
    left = MAX_RESUME
    for line in lines:
        if len(line) < left:
            kept.append(line)
            left -= len(line) + 1
    return "\n".join(kept)


def experience_block(entry: Experience) -> str:
    """Write one job of a résumé for a model."""
    return _line("experience", _bare(entry.to_json()))


def job_block(job: JobSnapshot | None) -> str:
    """Write a job advertisement for a model; empty if there is none."""
    if job is None:
        return ""
    parts = [job.title, job.company, (job.description or "")[:MAX_JOB]]
    return "\n".join(part for part in parts if part)


def _line(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    return f"{name}: {json.dumps(value, ensure_ascii=False)}"


def _bare(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: bare for key, child in value.items() if key not in _UNNEEDED and (bare := _bare(child))}
    if isinstance(value, list):
        return [bare for child in value if (bare := _bare(child))]
    return value.strip() if isinstance(value, str) else value


def facts_of(content: Mapping[str, Any] | None, job: JobSnapshot | None) -> dict[str, Any]:
    """Collect the structured input of a rule-based model."""
    described = None if job is None else {"title": job.title, "company": job.company, "description": job.description}
    return {"content": content, "job": described}
