"""Lossless conversion between JSON Resume 1.0.0 (https://jsonresume.org/schema) and résumé content.

`json_resume_tables` renames keys with the same meaning. Keys without a counterpart stay with their object, so they
survive edits around them: unknown keys of a JSON Resume object go to our object's ``extra``, our own keys go to the
JSON Resume object's ``x-resumebase``.

That covers real files. For the rest (duplicate keys, legacy names, values of the wrong type), each direction runs the
other one on its result. If that does not return the input, the original is stored next to the mapped form, and is
used for as long as the mapped form has not been edited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.errors import ContentInvalid
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.domain.resume.field_types import check_storable
from functions._shared.domain.resume.json_resume_basics import basics_in, basics_out, skills_in, skills_out
from functions._shared.domain.resume.json_resume_tables import BOX, SECTIONS, object_in, object_out, objects

if TYPE_CHECKING:
    from collections.abc import Mapping

RIDER: Final = "x-json-resume"
"""Key of the root's ``extra``: original sections of the JSON Resume document."""
SNAPSHOT: Final = "x-resumebase-content"
"""Key of a JSON Resume document: the original résumé content."""

_NOT_MAPPED: Final = frozenset({RIDER, SNAPSHOT})


def from_json_resume(document: Mapping[str, Any]) -> ResumeContent:
    """Convert a JSON Resume document to résumé content.

    Parameters
    ----------
    document : mapping
        The parsed file, of version 1.0.0 or similar.

    Returns
    -------
    ResumeContent
        All data of the document; `to_json_resume` returns the identical document.

    Raises
    ------
    ContentInvalid
        A value exceeds the limits of ``docs/resume-content.md``, or cannot be stored.
    """
    check_storable(document)
    return parse_content(_in(dict(document)))


def to_json_resume(content: ResumeContent) -> dict[str, Any]:
    """Convert résumé content to a JSON Resume document.

    Parameters
    ----------
    content : ResumeContent
        Any content.

    Returns
    -------
    dict
        A document that fits the schema; `from_json_resume` returns the identical content.
    """
    content_json = content.to_json()
    document = _out(content_json)
    if _in(document) != content_json:
        document[SNAPSHOT] = content_json
    return document


def is_json_resume(document: Any) -> bool:  # noqa: ANN401 - any JSON
    """Return whether a parsed JSON file looks like JSON Resume: at least one section has the right form."""
    if not isinstance(document, dict):
        return False
    return isinstance(document.get("basics"), dict) or any(
        key in document and objects(document[key]) and document[key] for key in (*SECTIONS, "skills")
    )


def _in(document: dict[str, Any]) -> dict[str, Any]:
    snapshot = document.get(SNAPSHOT)
    if isinstance(snapshot, dict):
        visible = {key: value for key, value in document.items() if key != SNAPSHOT}
        if _is_content(snapshot) and _out(snapshot) == visible and _plain_in(visible) != snapshot:
            return snapshot
    return _plain_in(document)


def _plain_in(document: dict[str, Any]) -> dict[str, Any]:
    content = _map_in(document)
    mapped_back = _map_out(content)
    originals = {key: value for key, value in document.items() if mapped_back.get(key, _NOT_MAPPED) != value}
    if originals:
        content["extra"] = {**content.get("extra", {}), RIDER: originals}
    return content


def _out(content: dict[str, Any]) -> dict[str, Any]:
    extra = content.get("extra")
    originals = extra.get(RIDER) if isinstance(extra, dict) else None
    document = _map_out(content)
    if isinstance(originals, dict):
        for key, original in originals.items():
            mapped = {key: document[key]} if key in document else {}
            if _map_in({key: original}) == _map_in(mapped):
                document[key] = original
    return document


def _is_content(value: dict[str, Any]) -> bool:
    """Return whether a value is valid content in canonical form."""
    try:
        return parse_content(value).to_json() == value
    except ContentInvalid:
        return False


def _map_in(document: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    box = document.get(BOX)
    own = dict(box) if isinstance(box, dict) else {}
    for key, value in document.items():
        if key in _NOT_MAPPED or (key == BOX and own):
            continue
        if key == "basics" and isinstance(value, dict):
            content.update(basics_in(value))
        elif key == "skills" and objects(value):
            content["skills"] = skills_in(value)
        elif key in SECTIONS and objects(value):
            ours, table = SECTIONS[key]
            content[ours] = [object_in(item, table) for item in value]
        else:
            extra[key] = value
    if extra:
        content["extra"] = extra
    boxed_skills = own.get("skills")
    if isinstance(boxed_skills, dict) and "skills" in content:
        content["skills"] = {**boxed_skills, **content["skills"]}
    return {**own, **content}


def _map_out(content: dict[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    own: dict[str, Any] = {}
    ours_to_theirs = {ours: (theirs, table) for theirs, (ours, table) in SECTIONS.items()}
    basics = basics_out(content)
    if basics is not None:
        document["basics"] = basics
    for key, value in content.items():
        if key in {"personalInfo", "summary"} and basics is not None and not (key == "summary" and value is None):
            continue
        if key == "skills" and isinstance(value, dict):
            document["skills"], rest = skills_out(value)
            own.update({"skills": rest} if rest else {})
        elif key in ours_to_theirs and objects(value):
            theirs, table = ours_to_theirs[key]
            document[theirs] = [object_out(item, table) for item in value]
        elif key == "extra" and isinstance(value, dict):
            riders = {name: rider for name, rider in value.items() if name not in _NOT_MAPPED}
            document.update({name: rider for name, rider in riders.items() if name not in document})
        else:
            own[key] = value
    if own:
        document[BOX] = own
    return document
