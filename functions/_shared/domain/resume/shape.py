"""The rules of résumé content as data, read off the models: the database's own check is compared with them."""

from __future__ import annotations

import types
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from pydantic import AliasChoices, BaseModel

from functions._shared.domain.resume import types as kinds
from functions._shared.domain.resume.content import ResumeContent

LIMITS: Final = {
    "bytes": kinds.MAX_BYTES,
    "depth": kinds.MAX_DEPTH,
    "items": kinds.MAX_ITEMS,
    "lines": kinds.MAX_LINES,
    "skills": kinds.MAX_SKILLS,
    "id": kinds.MAX_ID,
    "short": kinds.MAX_SHORT,
    "line": kinds.MAX_LINE,
    "long": kinds.MAX_LONG,
    "url": kinds.MAX_URL,
}

_KINDS: Final[list[tuple[Any, str]]] = [
    (kinds.Id, "id"),
    (kinds.Date, "date"),
    (kinds.Short, "short"),
    (kinds.Line, "line"),
    (kinds.Long, "long"),
    (kinds.Url, "url"),
    (kinds.Lines, "lines"),
    (kinds.Shorts, "shorts"),
    (kinds.SkillList, "skills"),
]


def shape() -> dict[str, Any]:
    """Give the rules as JSON data.

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
    return {"limits": LIMITS, "date": kinds.DATE_PATTERN, "objects": objects}


def _describe(name: str, model: type[BaseModel], objects: dict[str, dict[str, str]]) -> None:
    rules = objects.setdefault(name, {})
    hints = get_type_hints(model, include_extras=True)  # a FieldInfo no longer knows which type was named
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
