"""The rules of résumé content as data, derived from the models. Tests compare the database's own check with them."""

from __future__ import annotations

import types
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from pydantic import AliasChoices, BaseModel

from functions._shared.domain.resume import field_types
from functions._shared.domain.resume.content import ResumeContent

LIMITS: Final = {
    "bytes": field_types.MAX_BYTES,
    "depth": field_types.MAX_DEPTH,
    "items": field_types.MAX_ITEMS,
    "lines": field_types.MAX_LINES,
    "skills": field_types.MAX_SKILLS,
    "id": field_types.MAX_ID,
    "short": field_types.MAX_SHORT,
    "line": field_types.MAX_LINE,
    "long": field_types.MAX_LONG,
    "url": field_types.MAX_URL,
}

_KINDS: Final[list[tuple[Any, str]]] = [
    (field_types.Id, "id"),
    (field_types.Date, "date"),
    (field_types.Short, "short"),
    (field_types.Line, "line"),
    (field_types.Long, "long"),
    (field_types.Url, "url"),
    (field_types.Lines, "lines"),
    (field_types.Shorts, "shorts"),
    (field_types.SkillList, "skills"),
]


def content_rules() -> dict[str, Any]:
    """Return the rules as JSON data.

    Returns
    -------
    dict
        ``limits`` (bytes, levels, entries, characters), ``date`` (the pattern of a date) and ``objects``:
        object name → key, aliases included → kind. Kinds: ``id short line long url date`` are text, ``lines
        shorts skills`` are lists of text, ``object:<name>`` and ``list:<name>`` point at another object,
        ``any object`` is an object with any keys. The root is ``resume``.
    """
    objects: dict[str, dict[str, str]] = {}
    _describe("resume", ResumeContent, objects)
    return {"limits": LIMITS, "date": field_types.DATE_PATTERN, "objects": objects}


def _describe(name: str, model: type[BaseModel], objects: dict[str, dict[str, str]]) -> None:
    rules = objects.setdefault(name, {})
    hints = get_type_hints(model, include_extras=True)  # a FieldInfo does not keep the name of its type
    for key, field in model.model_fields.items():
        kind = _kind(key, hints[key], objects)
        alias = field.validation_alias
        keys = alias.choices if isinstance(alias, AliasChoices) else [key]
        rules.update({str(each): kind for each in keys})


def _kind(key: str, annotation: Any, objects: dict[str, dict[str, str]]) -> str:  # noqa: ANN401 - a type form
    if get_origin(annotation) in {Union, types.UnionType}:
        annotation = next(option for option in get_args(annotation) if option is not type(None))
    for candidate, kind in _KINDS:
        if annotation == candidate:
            return kind
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is list:
        (item,) = get_args(annotation)
        _describe(key, item, objects)
        return f"list:{key}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        _describe(key, annotation, objects)
        return f"object:{key}"
    return "any object"
