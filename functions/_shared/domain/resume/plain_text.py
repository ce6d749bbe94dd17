"""A résumé as plain text, for search and for comparison with other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.resume.content import ResumeContent

HEADINGS: Final = {
    "summary": "Summary",
    "experience": "Experience",
    "education": "Education",
    "skills": "Skills",
    "projects": "Projects",
    "certifications": "Certifications",
    "languages": "Languages",
    "awards": "Awards",
    "volunteer": "Volunteering",
    "publications": "Publications",
    "interests": "Interests",
    "references": "References",
}
"""Section → heading, in the order of the text."""
_OMITTED_KEYS: Final = frozenset({"id", "extra"})


def plain_text(content: ResumeContent) -> str:
    """Write a résumé as plain text, section by section.

    Parameters
    ----------
    content : ResumeContent
        The résumé.

    Returns
    -------
    str
        For each section its heading and a line per value: all texts of the document except ids and ``extra``.
    """
    document = content.to_json()
    blocks = [_lines(document.get("personalInfo") or {})]
    for section, heading in HEADINGS.items():
        value = document.get(section)
        items = value if isinstance(value, list) else [value]
        if body := "\n\n".join(text for text in map(_lines, items) if text):
            blocks.append(f"{heading}\n{body}")
    return "\n\n".join(block for block in blocks if block)


def texts_with_pointers(node: Any, pointer: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    """Yield the JSON pointer and the text of each text in a part of a résumé, except ids and ``extra``."""
    if isinstance(node, dict):
        for key, child in node.items():
            if key not in _OMITTED_KEYS:
                yield from texts_with_pointers(child, f"{pointer}/{key}")
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from texts_with_pointers(child, f"{pointer}/{index}")
    elif isinstance(node, str) and node.strip():
        yield pointer, node.strip()


def _lines(node: Any) -> str:  # noqa: ANN401 - any JSON
    return "\n".join(text for _, text in texts_with_pointers(node))
