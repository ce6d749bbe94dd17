"""A résumé as text, and as a list of the facts in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from functions._shared.domain.language.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.resume.content import ResumeContent

FactKind = Literal["employer", "organisation", "title", "skill", "qualification", "language", "date", "number"]

_HEADINGS: Final = {
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
_KINDS: Final[dict[tuple[str, str], FactKind]] = {
    ("experience", "company"): "employer",
    ("experience", "role"): "title",
    ("experience", "technologies"): "skill",
    ("volunteer", "organization"): "organisation",
    ("volunteer", "role"): "title",
    ("education", "institution"): "organisation",
    ("education", "degree"): "qualification",
    ("education", "area"): "qualification",
    ("projects", "entity"): "organisation",
    ("projects", "roles"): "title",
    ("projects", "technologies"): "skill",
    ("certifications", "name"): "qualification",
    ("certifications", "issuer"): "organisation",
    ("awards", "awarder"): "organisation",
    ("publications", "publisher"): "organisation",
    ("languages", "language"): "language",
}
_DATES: Final = frozenset({"startDate", "endDate", "date"})
_SILENT: Final = frozenset({"id", "extra"})
_PROSE: Final = frozenset({"summary", "description", "companyDescription", "bullets", "reference"})


class Fact(NamedTuple):
    """Something that a résumé states.

    Parameters
    ----------
    kind : str
        What it is.
    text : str
        As the résumé has it.
    pointer : str
        JSON pointer to the value that says it.
    """

    kind: FactKind
    text: str
    pointer: str


def plain_text(content: ResumeContent) -> str:
    """Write a résumé as plain text, section by section.

    Parameters
    ----------
    content : ResumeContent
        The résumé.

    Returns
    -------
    str
        A heading and a line per value of each section; all texts of the document but ids and what rides along.
    """
    document = content.to_json()
    blocks = ["\n".join(text for _, text in _texts(document.get("personalInfo") or {}, ""))]
    for section, heading in _HEADINGS.items():
        value = document.get(section)
        items = value if isinstance(value, list) else [value]
        told = ["\n".join(text for _, text in _texts(item, "")) for item in items]
        if body := "\n\n".join(text for text in told if text):
            blocks.append(f"{heading}\n{body}")
    return "\n\n".join(block for block in blocks if block)


def facts(content: ResumeContent) -> Iterator[Fact]:
    """List what a résumé states, in the order of the document.

    Parameters
    ----------
    content : ResumeContent
        The résumé.

    Yields
    ------
    Fact
        Employers, titles, skills, qualifications, dates …, and each number of the prose.
    """
    document = content.to_json()
    if content.personalInfo.headline:
        yield Fact("title", content.personalInfo.headline, "/personalInfo/headline")
    for section in _HEADINGS:
        for pointer, text in _texts(document.get(section), f"/{section}"):
            steps = [step for step in pointer.split("/")[1:] if not step.isdigit()]
            key = steps[-1]
            if key in _PROSE:
                for quantity in quantities(text):
                    yield Fact("number", quantity.text, pointer)
            elif key in _DATES:
                yield Fact("date", text, pointer)
            elif section == "skills" and (key in {"technical", "soft", "keywords"}):
                yield Fact("skill", text, pointer)
            elif kind := _KINDS.get((section, key)):
                yield Fact(kind, text, pointer)


def _texts(node: Any, pointer: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    if isinstance(node, dict):
        for key, child in node.items():
            if key not in _SILENT:
                yield from _texts(child, f"{pointer}/{key}")
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _texts(child, f"{pointer}/{index}")
    elif isinstance(node, str) and node.strip():
        yield pointer, node.strip()
