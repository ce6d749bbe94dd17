"""A résumé in the form that language models receive: one line of JSON per entry, without contact details."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.resume.content import Experience, Item, ResumeContent

MAX_RESUME: Final = 40_000
"""Characters of a résumé that are sent; about 10,000 tokens."""

# The most useful sections come first; what exceeds the limit is left out. Personal details and references are not
# listed: a writer does not need them, and data that is not sent cannot leak.
_SECTIONS: Final = (
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
_OMITTED_KEYS: Final = frozenset({"id", "extra", "url"})


def resume_block(content: ResumeContent) -> str:
    """Write a résumé for a model.

    Parameters
    ----------
    content : ResumeContent
        The complete résumé.

    Returns
    -------
    str
        At most `MAX_RESUME` characters; empty if the résumé has no content to write from.
    """
    document = _without_blanks(content.to_json())
    lines: list[str] = []
    for name in _SECTIONS:
        section = document.get(name)
        entries = section if isinstance(section, list) else [section]
        lines += [_line(name, entry) for entry in entries if entry]
    headline = content.personalInfo.headline
    if lines and headline:
        lines.insert(0, _line("headline", headline))
    return within(lines)


def within(lines: Iterable[str]) -> str:
    """Put lines together, as long as there is room for them in what is sent."""
    block: list[str] = []
    room = MAX_RESUME
    for line in lines:
        if len(line) < room:
            block.append(line)
            room -= len(line) + 1
    return "\n".join(block)


def experience_block(entry: Experience) -> str:
    """Write one job of a résumé for a model."""
    return entry_block("experience", entry)


def entry_block(name: str, entry: Item) -> str:
    """Write one entry of a résumé for a model, under a name."""
    return _line(name, _without_blanks(entry.to_json()))


def _line(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    return f"{name}: {json.dumps(value, ensure_ascii=False)}"


def _without_blanks(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Leave out empty values, and keys that a writer does not need."""
    if isinstance(value, dict):
        pairs = ((key, _without_blanks(child)) for key, child in value.items() if key not in _OMITTED_KEYS)
        return {key: child for key, child in pairs if child}
    if isinstance(value, list):
        return [child for child in map(_without_blanks, value) if child]
    return value.strip() if isinstance(value, str) else value
