"""What an import read and no field holds: sections of its own in the root's ``extra``, lines in that of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.resume.content import ResumeContent


class KeptSection(NamedTuple):
    """A section of the file: its heading, empty for what stood before the first one, and its lines."""

    title: str
    lines: list[str]


def kept_sections(content: ResumeContent) -> list[KeptSection]:
    """Return the sections that fit no section of ours."""
    sections = (content.extra or {}).get("sections")
    found = []
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, dict) and (lines := lines_of(section)):
            title = section.get("title")
            found.append(KeptSection(title if isinstance(title, str) else "", lines))
    return found


def lines_of(extra: dict[str, Any] | None) -> list[str]:
    """Return the lines that an entry, or a kept section, has."""
    lines = (extra or {}).get("lines")
    return [line for line in lines if isinstance(line, str) and line.strip()] if isinstance(lines, list) else []


def kept_texts(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the JSON Pointer and the text of each kept line of content as JSON."""
    for index, section in enumerate(_list((content.get("extra") or {}).get("sections"))):
        for number, line in enumerate(lines_of(section if isinstance(section, dict) else None)):
            yield f"/extra/sections/{index}/lines/{number}", line
    for key, items in content.items():
        for index, item in enumerate(_list(items)):
            extra = item.get("extra") if isinstance(item, dict) else None
            for number, line in enumerate(lines_of(extra if isinstance(extra, dict) else None)):
                yield f"/{key}/{index}/extra/lines/{number}", line


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    return value if isinstance(value, list) else []
