"""From a document to what an import answers: content, a state, and the confidence and place of each field."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from functions._shared.domain.errors import ContentInvalid, DocumentTypeUnsupported
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.domain.resume.json_resume import from_json_resume, is_json_resume
from functions.resume_import.design import design_of
from functions.resume_import.fitting import fit
from functions.resume_import.formats.linkedin import from_linkedin, table_kind
from functions.resume_import.formats.reactive_resume import from_reactive_resume, is_reactive_resume
from functions.resume_import.formats.rendercv import from_rendercv, is_rendercv
from functions.resume_import.reader import read_resume

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.documents.form import Document
    from functions.resume_import.values import Value

Status = Literal["ok", "needs_review", "partial", "no_text"]
SURE: Final = 0.7
"""Confidence below which a field is named for review."""
ENOUGH: Final = 60
"""Letters of text below which a file has none."""
AGREES: Final = 0.85
"""Share of the texts of an attachment that its pages must show."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import.

    Parameters
    ----------
    status : str
        ``ok``; ``needs_review``: ``review`` names the fields to look at; ``partial``: ``notes`` say what is missing;
        ``no_text``: the file is scanned or empty, ``notes`` say how many pages are images.
    content : dict
        Résumé content.
    confidence : float
        Of all of it, from 0 to 1.
    fields : dict
        JSON pointer → value with its confidence and place. Empty for files that hold data and not pages.
    review : tuple of str
        JSON pointers of fields to look at; a field that is missing counts.
    notes : tuple of str
        What a person should know.
    source : str
        What was read: ``pdf``, ``docx``, ``text``, ``json_resume``, ``resumebase``, ``attachment``, ``rendercv`` …
    design : dict or None
        The look of a PDF as the design of a template.
    """

    status: Status
    content: dict[str, Any]
    confidence: float
    source: str
    fields: dict[str, Value] = field(default_factory=dict)
    review: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    design: dict[str, Any] | None = None


def import_document(document: Document) -> Imported:
    """Import a document.

    Raises
    ------
    DocumentTypeUnsupported
        It holds data that is no résumé.
    ContentInvalid
        It holds data that our content cannot hold.
    """
    if document.kind in {"json", "yaml", "linkedin"}:
        return _data(document)
    text = _letters(line.text for line in document.lines())
    if len(text) < ENOUGH:
        images = sum(1 for page in document.pages if page.images)
        note = (
            f"{images} of {len(document.pages)} pages are images without text."
            if images
            else "The file has too little text for a résumé."
            if text
            else "The file has no text."
        )
        return Imported("no_text", {}, 0.0, document.kind, notes=(note,))
    if attached := _attached(document, text):
        return Imported("ok", attached, 1.0, "attachment", design=design_of(document))
    found = read_resume(document)
    content, notes = fit(found.content)
    fields = {pointer: value for pointer, value in found.fields.items() if _at(content, pointer) == value.value}
    if not all(page.measured for page in document.pages):
        fields = {pointer: value._replace(page=None, box=None) for pointer, value in fields.items()}
    review = (*_missing(content), *(pointer for pointer, value in fields.items() if value.confidence < SURE))
    if document.partial:
        notes = [f"{document.partial}.", *notes]
    scanned = sum(1 for page in document.pages if page.images and not page.lines)
    if scanned:
        notes = [f"{scanned} of {len(document.pages)} pages are images without text.", *notes]
    status: Status = "partial" if notes else "needs_review" if _weak(content, fields, review) else "ok"
    return Imported(
        status, _valid(content), _confidence(content, fields), document.kind, fields, review, tuple(notes),
        design_of(document),
    )  # fmt: skip


def _data(document: Document) -> Imported:
    data = document.data
    if document.kind == "linkedin":
        if not any(table_kind(table["headers"]) in {"profile", "positions", "education", "skills"} for table in data):
            raise DocumentTypeUnsupported(found="zip")
        return _of_data(from_linkedin(data), "linkedin")
    if is_rendercv(data):
        return _of_data(from_rendercv(data), "rendercv")
    if document.kind == "yaml":
        raise DocumentTypeUnsupported(found="yaml")
    if is_reactive_resume(data):
        return _of_data(from_reactive_resume(data), "reactive_resume")
    if isinstance(data, dict) and isinstance(data.get("content"), dict) and "personalInfo" in data["content"]:
        data = data["content"]
    if isinstance(data, dict) and "personalInfo" in data:
        return Imported("ok", parse_content(data).to_json(), 1.0, "resumebase")
    if is_json_resume(data):
        return Imported("ok", from_json_resume(data).to_json(), 1.0, "json_resume")
    raise DocumentTypeUnsupported(found="json")


def _of_data(content: dict[str, Any], source: str) -> Imported:
    fitted, notes = fit(content)
    missing = tuple(_missing(fitted))
    status: Status = "partial" if notes else "needs_review" if "/personalInfo/name" in missing else "ok"
    return Imported(status, _valid(fitted), 1.0, source, review=missing, notes=tuple(notes))


def _attached(document: Document, text: str) -> dict[str, Any] | None:
    """Return the content that a PDF carries, if its pages say the same."""
    if not isinstance(document.data, dict) or not is_json_resume(document.data):
        return None
    try:
        content = from_json_resume(document.data)
    except ContentInvalid:
        return None
    texts = [letters for value in _texts(content) if len(letters := _letters([value])) > 2]
    shown = sum(len(letters) for letters in texts if letters in text)
    return content.to_json() if texts and shown >= AGREES * sum(map(len, texts)) else None


def _texts(content: ResumeContent) -> Iterator[str]:
    if content.personalInfo.name:
        yield content.personalInfo.name
    for job in content.experience:
        yield from (value for value in (job.company, job.role, *job.bullets) if value)
    for study in content.education:
        yield from (value for value in (study.institution, study.degree) if value)
    yield from content.skills.technical


def _letters(texts: Any) -> str:  # noqa: ANN401 - texts, in whatever collection
    joined = unicodedata.normalize("NFKC", "".join(texts)).casefold()
    return "".join(letter for letter in joined if letter.isalnum())


def _missing(content: dict[str, Any]) -> list[str]:
    person = content.get("personalInfo") or {}
    missing = [f"/personalInfo/{key}" for key in ("name", "email") if not person.get(key)]
    return missing + [f"/{section}" for section in ("experience", "education") if not content.get(section)]


def _weak(content: dict[str, Any], fields: dict[str, Value], review: tuple[str, ...]) -> bool:
    """Return whether a person should look: no name, nothing that was done, or many fields in doubt."""
    if "/personalInfo/name" in review or ("/experience" in review and "/education" in review):
        return True
    core = [pointer for pointer in fields if pointer.startswith(("/experience", "/education", "/personalInfo"))]
    doubtful = [pointer for pointer in core if fields[pointer].confidence < SURE]
    return len(doubtful) * 5 > len(core) or _confidence(content, fields) < SURE


def _confidence(content: dict[str, Any], fields: dict[str, Value]) -> float:
    """Return the mean confidence of the fields that matter; each that is missing counts as 0."""
    values = [value.confidence for pointer, value in fields.items() if not pointer.startswith(("/skills", "/extra"))]
    values += [0.0] * len(_missing(content))
    return round(sum(values) / len(values), 3) if values else 0.0


def _at(content: Any, pointer: str) -> Any:  # noqa: ANN401 - any JSON
    node = content
    for step in pointer.split("/")[1:]:
        try:
            node = node[int(step)] if isinstance(node, list) else node[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return node


def _valid(content: dict[str, Any]) -> dict[str, Any]:
    return parse_content(content).to_json()
