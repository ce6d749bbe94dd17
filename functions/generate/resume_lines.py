"""A résumé as lines with their JSON Pointers, for models that change single texts of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.resume.content import PersonalInfo, Skills
from functions._shared.domain.resume.model_input import MAX_RESUME, entry_block, resume_block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from functions._shared.domain.resume.content import Activity, ResumeContent

_ENTRIES: Final = ("experience", "projects", "volunteer")


def lines_to_change(content: ResumeContent) -> str:
    """Write the texts and lists that a patch may change, each behind its path, and everything else as context.

    Returns
    -------
    str
        About as many characters as `resume_block` has at most. What exceeds them is left out.
    """
    block: list[str] = []
    room = MAX_RESUME
    for line in _lines(content):
        if len(line) < room:
            block.append(line)
            room -= len(line) + 1
    return "\n".join(block)


def _lines(content: ResumeContent) -> Iterator[str]:
    if content.summary and content.summary.strip():
        yield f"/summary {_quoted(content.summary)}"
    for section in _ENTRIES:
        for index, entry in enumerate(getattr(content, section)):
            yield from _entry(entry, f"/{section}/{index}")
    yield from _skills(content.skills)
    if headline := content.personalInfo.headline:
        yield f"context headline: {_quoted(headline)}"
    told: dict[str, Any] = {
        "personalInfo": PersonalInfo(),
        "summary": None,
        "skills": Skills(),
        **{section: [] for section in _ENTRIES},
    }
    yield from (f"context {line}" for line in resume_block(content.model_copy(update=told)).splitlines())


def _entry(entry: Activity, path: str) -> Iterator[str]:
    yield entry_block(f"context of {path}", entry.model_copy(update={"description": None, "bullets": []}))
    if entry.description and entry.description.strip():
        yield f"{path}/description {_quoted(entry.description)}"
    for number, bullet in enumerate(entry.bullets):
        if bullet.strip():
            yield f"{path}/bullets/{number} {_quoted(bullet)}"


def _skills(skills: Skills) -> Iterator[str]:
    grouped = {word.casefold() for group in skills.groups for word in group.keywords}
    for kind, listed in (("technical", skills.technical), ("soft", skills.soft)):
        # Documents show what is in a group only there.
        if any(word.casefold() not in grouped for word in listed):
            yield f"/skills/{kind} {_numbered(listed)}"
    if len(skills.groups) > 1:
        yield f"/skills/groups {_numbered([group.name or ', '.join(group.keywords[:3]) for group in skills.groups])}"
    for index, group in enumerate(skills.groups):
        if group.keywords:
            yield f"/skills/groups/{index}/keywords {_numbered(group.keywords)}"


def _quoted(text: str) -> str:
    """Put a text on one line."""
    return json.dumps(text.strip(), ensure_ascii=False)


def _numbered(items: Sequence[str]) -> str:
    return " | ".join(f"{number} {' '.join(item.split())}" for number, item in enumerate(items))
