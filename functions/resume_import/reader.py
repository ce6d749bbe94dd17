"""From the lines of a document to résumé content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from functions.resume_import import lists, work
from functions.resume_import.contacts import person
from functions.resume_import.education import education
from functions.resume_import.reading.columns import in_reading_order
from functions.resume_import.reading.lines import clean
from functions.resume_import.reading.mirrored import is_right_to_left, mirrored, places_mirrored
from functions.resume_import.reading.rows import with_groups, with_labels
from functions.resume_import.reading.tagged import by_tags
from functions.resume_import.reading.units import units
from functions.resume_import.sections import HEADER, OTHER, Section, split
from functions.resume_import.values import Findings, Value, findings
from functions.resume_import.vocabulary.headings import section_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.domain.documents.form import Document
    from functions.resume_import.reading.lines import Text
    from functions.resume_import.reading.units import Unit

_READERS: Final[dict[str, Callable[[list[Unit]], list[dict[str, Any]]]]] = {
    "experience": work.experience,
    "education": education,
    "projects": work.projects,
    "volunteer": work.volunteer,
    "certifications": lists.certifications,
    "languages": lists.languages,
    "awards": lists.awards,
    "publications": lists.publications,
    "interests": lists.interests,
    "references": lists.references,
}


def read_resume(document: Document) -> Findings:
    """Read a résumé from the lines of a document.

    Parameters
    ----------
    document : Document
        With pages.

    Returns
    -------
    Findings
        The content, with the confidence and the place of each field.
    """
    if is_right_to_left(document):
        return places_mirrored(_read_lines(mirrored(document)), document)
    return _read_lines(document)


def _read_lines(document: Document) -> Findings:
    texts = clean(by_tags(document) or in_reading_order(document))
    sections = split(texts)
    header = next(section for section in sections if section.kind == HEADER)
    details = [section for section in sections if section.kind == "contact"]
    body = [text.text for each in sections if each.kind not in {HEADER, "contact"} for text in each.texts]
    links = [
        link
        for page in document.pages[:1]
        for link in page.links
        if link.box or not any(_address(link.url) in text for text in body)
    ]
    info, used = person(
        [*header.texts, *(each.heading for each in details if each.heading and not section_of(each.title))],
        [text for section in details for text in section.texts],
        [text for section in sections for text in section.texts],
        links,
    )
    tree: dict[str, Any] = {"personalInfo": info}
    other: list[dict[str, Any]] = []
    _summary(tree, [*(text for text in header.texts if id(text) not in used)], other)
    for section in details:
        rest = [text.text for text in section.texts if id(text) not in used]
        if rest:
            other.append({"title": section.title, "lines": rest})
    for section in sections:
        if section.kind not in {HEADER, "contact"}:
            _read(section, tree, other)
    if other:
        tree["extra"] = {"sections": other}
    return findings(tree)


def _address(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


def _summary(tree: dict[str, Any], texts: list[Text], other: list[dict[str, Any]]) -> None:
    """Take paragraphs before the first heading as the summary; keep what else stands there."""
    rest: list[str] = []
    for unit in units(texts):
        if unit.kind == "paragraph" and len(unit.text) > 60:
            _append_summary(tree, unit)
        else:
            rest.append(unit.text)
    if rest:
        other.append({"title": "", "lines": rest})


def _append_summary(tree: dict[str, Any], unit: Unit) -> None:
    before = tree.get("summary")
    value = work.unit_value(unit, confidence=0.9)
    tree["summary"] = before._replace(value=f"{before.value}\n{value.value}") if isinstance(before, Value) else value


def _without_other(texts: list[Text], plain: set[int], other: list[dict[str, Any]]) -> list[Text]:
    """Move rows of a table of skills that name something else: "Driving licence: B"."""
    kept: list[Text] = []
    for text in texts:
        label, colon, value = text.text.partition(": ")
        if id(text) not in plain and colon and section_of(label) in {OTHER, "interests", "references"}:
            other.append({"title": label, "lines": [value]})
        else:
            kept.append(text)
    return kept


def _append_skills(tree: dict[str, Any], found: list[Unit]) -> None:
    languages = {index: spoken for index, unit in enumerate(found) if (spoken := lists.spoken(unit))}
    if languages:
        tree.setdefault("languages", []).extend(lists.languages(list(languages.values())))
    skills = lists.skills([unit for index, unit in enumerate(found) if index not in languages])
    mine = tree.setdefault("skills", {})
    for key, values in skills.items():
        mine.setdefault(key, []).extend(values)


def _read(section: Section, tree: dict[str, Any], other: list[dict[str, Any]]) -> None:
    texts = section.texts
    if section.kind in {"experience", "education", "volunteer"}:
        texts = with_labels(texts)
    elif section.kind == "skills":
        texts = _without_other(with_groups(texts), {id(text) for text in texts}, other)
    found = units(texts)
    if section.kind == "summary":
        for unit in found:
            _append_summary(tree, unit)
    elif section.kind == "skills":
        _append_skills(tree, found)
    elif section.kind == OTHER:
        if found:
            other.append({"title": section.title, "lines": [unit.text for unit in found]})
    elif found:
        tree.setdefault(section.kind, []).extend(_READERS[section.kind](found))
