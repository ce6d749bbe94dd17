"""Content cut to the limits of ``docs/resume-content.md``. What is cut is said, and kept where there is room."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from functions._shared.domain.resume.content_rules import content_rules
from functions._shared.domain.resume.field_types import (
    MAX_ITEMS,
    MAX_LINE,
    MAX_LINES,
    MAX_LONG,
    MAX_SHORT,
    MAX_SKILLS,
    MAX_URL,
)

_MAX: Final = {"short": MAX_SHORT, "line": MAX_LINE, "long": MAX_LONG, "url": MAX_URL, "id": 100, "date": 10}
_MAX_LIST: Final = {"lines": (MAX_LINES, MAX_LINE), "shorts": (MAX_LINES, MAX_SHORT), "skills": (MAX_SKILLS, MAX_SHORT)}


@lru_cache(1)
def _objects() -> dict[str, dict[str, str]]:
    objects: dict[str, dict[str, str]] = content_rules()["objects"]
    return objects


def fit(content: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Cut content to its limits.

    Returns
    -------
    dict, list of str
        The content, and a sentence for each kind of thing that was cut.
    """
    cut: dict[str, int] = {}
    fitted = _object(content, "resume", _objects(), cut)
    return fitted, [
        f"{count} values of {name} are longer or more than a résumé holds and were cut." for name, count in cut.items()
    ]


def _object(
    value: dict[str, Any], name: str, objects: dict[str, dict[str, str]], cut: dict[str, int]
) -> dict[str, Any]:
    rules = objects[name]
    return {key: _value(child, rules.get(key, ""), key, objects, cut) for key, child in value.items()}


def _value(value: Any, kind: str, key: str, objects: dict[str, dict[str, str]], cut: dict[str, int]) -> Any:  # noqa: ANN401 - any JSON
    if kind in _MAX and isinstance(value, str):
        return _cut(value, _MAX[kind], key, cut)
    if kind in _MAX_LIST and isinstance(value, list):
        most, longest = _MAX_LIST[kind]
        if len(value) > most:
            cut[key] = cut.get(key, 0) + len(value) - most
        return [_cut(item, longest, key, cut) for item in value[:most]]
    if kind.startswith("list:") and isinstance(value, list):
        if len(value) > MAX_ITEMS:
            cut[key] = cut.get(key, 0) + len(value) - MAX_ITEMS
        return [_object(item, kind[5:], objects, cut) for item in value[:MAX_ITEMS]]
    if kind.startswith("object:") and isinstance(value, dict):
        return _object(value, kind[7:], objects, cut)
    return value


def _cut(value: str, most: int, key: str, cut: dict[str, int]) -> str:
    if len(value) > most:
        cut[key] = cut.get(key, 0) + 1
        return value[:most]
    return value
