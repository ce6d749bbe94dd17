"""The facts that a résumé states: employers, titles, skills, dates, numbers, each with the place that states it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.resume.plain_text import HEADINGS, texts_with_pointers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.resume.content import ResumeContent

FactKind = Literal["employer", "organisation", "title", "skill", "qualification", "language", "date", "number"]

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
"""Section and key → kind of fact."""
_DATE_KEYS: Final = frozenset({"startDate", "endDate", "date"})
_PROSE_KEYS: Final = frozenset({"summary", "description", "companyDescription", "bullets", "reference"})
_SKILL_LISTS: Final = frozenset({"technical", "soft", "keywords"})


class Fact(NamedTuple):
    """One fact of a résumé.

    Parameters
    ----------
    kind : str
        Kind of fact, such as ``employer``.
    text : str
        The wording in the résumé.
    pointer : str
        JSON pointer to the value that states it.
    """

    kind: FactKind
    text: str
    pointer: str


def facts(content: ResumeContent) -> Iterator[Fact]:
    """List the facts of a résumé, in the order of the document.

    Parameters
    ----------
    content : ResumeContent
        The résumé.

    Yields
    ------
    Fact
        Employers, titles, skills, qualifications, dates …, and each number in the prose.
    """
    document = content.to_json()
    if content.personalInfo.headline:
        yield Fact("title", content.personalInfo.headline, "/personalInfo/headline")
    for section in HEADINGS:
        for pointer, text in texts_with_pointers(document.get(section), f"/{section}"):
            key = next(step for step in reversed(pointer.split("/")) if not step.isdigit())
            if key in _PROSE_KEYS:
                for quantity in quantities(text):
                    yield Fact("number", quantity.text, pointer)
            elif key in _DATE_KEYS:
                yield Fact("date", text, pointer)
            elif section == "skills" and key in _SKILL_LISTS:
                yield Fact("skill", text, pointer)
            elif kind := _KINDS.get((section, key)):
                yield Fact(kind, text, pointer)
