"""The patches with which a model may change a résumé: JSON Patch (RFC 6902), for one version, for its prose only.

A patch is built from the stored JSON and tests every value that it replaces, so it never applies to content that has
changed since. `check_patch` decides what any patch may write.

======================================  ==============================================================
path                                    allowed
======================================  ==============================================================
/summary                                add, replace
/{experience,projects,volunteer}/i/
description                             add, replace
bullets, bullets/j, bullets/-           add, replace, remove
/skills/technical, /skills/soft         another order, and skills that the résumé names elsewhere;
                                        no skill may be removed
bullets and all lists of skills         move, within the list
======================================  ==============================================================

Nothing else may change: names, employers, titles, dates, contact details, ids.
"""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any, Final, Literal, NotRequired

from typing_extensions import TypedDict

from functions._shared.domain.errors import ItemNotFound, PatchConflict, PatchInvalid, PatchNotAllowed, VersionConflict
from functions._shared.domain.language.words import Phrases
from functions._shared.domain.resume.content import parse_content

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Section = Literal["experience", "projects", "volunteer"]
SkillList = Literal["technical", "soft"]


Operation = TypedDict(  # ``from`` is a keyword of Python
    "Operation",
    {
        "op": Literal["test", "add", "replace", "remove", "move"],
        "path": str,
        "from": NotRequired[str],
        "value": NotRequired[Any],
    },
)
"""One operation of a patch."""

Patch = list[Operation]

MAX_OPERATIONS: Final = 200
_PROSE: Final = re.compile(
    r"/summary|/(?:experience|projects|volunteer)/\d{1,3}/(?:description|bullets(?:/(?:\d{1,3}|-))?)"
)
_BULLET: Final = re.compile(r"/(?:experience|projects|volunteer)/\d{1,3}/bullets/\d{1,3}")
_SKILLS: Final = re.compile(r"/skills/(?:technical|soft)")
LIST: Final = (
    r"/(?:experience|projects|volunteer)/\d{1,3}/bullets|/skills/(?:technical|soft|groups(?:/\d{1,3}/keywords)?)"
)
"""Pattern of the JSON pointers of lists that may be put in another order (see `orders`)."""
_LIST_ITEM: Final = re.compile(rf"({LIST})/\d{{1,3}}")
_OPS_WITH_VALUE: Final = frozenset({"test", "add", "replace"})
_IDENTITY: Final = ("id", "company", "role", "title", "position", "name", "organization", "startDate")
"""Keys that identify an item. A patch tests them, so it never writes to another item after a reordering."""


# ---------------------------------------------------------------------------------------------------------------------
# Building
# ---------------------------------------------------------------------------------------------------------------------


def patch_for_summary(content: Mapping[str, Any], text: str) -> Patch:
    """Build a patch that sets the summary; empty if the summary is the same already."""
    return _set(content, "/summary", "summary", text)


def patch_for_description(content: Mapping[str, Any], section: Section, where: str | int, text: str) -> Patch:
    """Build a patch that sets an item's description; see `patch_for_bullets` for ``where``."""
    index, item = find_item(content, section, where)
    path = f"/{section}/{index}"
    changes = _set(item, f"{path}/description", "description", text)
    return [*same_item(item, path), *changes] if changes else []


def patch_for_bullets(
    content: Mapping[str, Any],
    where: str | int,
    bullets: Sequence[str],
    *,
    section: Section = "experience",
    append: bool = False,
) -> Patch:
    """Build a patch that sets the bullets of an item.

    Parameters
    ----------
    content : mapping
        The stored JSON, as it is.
    where : str or int
        The item's ``id``, or its position from 0.
    bullets : sequence of str
        The new bullets.
    section : str
        The item's section.
    append : bool
        Keep the present bullets and add the new ones after them.

    Returns
    -------
    list of dict
        The operations; empty if nothing changes.

    Raises
    ------
    ItemNotFound
        There is no such item.
    """
    index, item = find_item(content, section, where)
    path = f"/{section}/{index}"
    present = (item.get("bullets") or []) if append else []
    changes = _set(item, f"{path}/bullets", "bullets", [*present, *bullets])
    return [*same_item(item, path), *changes] if changes else []


def patch_for_bullet(
    content: Mapping[str, Any], where: str | int, bullet: int, text: str, *, section: Section = "experience"
) -> Patch:
    """Build a patch that replaces one bullet; see `patch_for_bullets`."""
    index, item = find_item(content, section, where)
    bullets = item.get("bullets") or []
    if not 0 <= bullet < len(bullets):
        raise ItemNotFound(f"Item {index} of {section} has no bullet {bullet}.")
    if bullets[bullet] == text:
        return []
    path = f"/{section}/{index}"
    at = f"{path}/bullets/{bullet}"
    return [
        *same_item(item, path),
        {"op": "test", "path": at, "value": bullets[bullet]},
        {"op": "replace", "path": at, "value": text},
    ]


def patch_for_skills(content: Mapping[str, Any], kind: SkillList, skills: Sequence[str]) -> Patch:
    """Build a patch that sets a flat skill list."""
    current = content.get("skills")
    if not isinstance(current, dict):
        # A list can be set only inside an existing object. Adding the object cannot overwrite any skills.
        return [{"op": "add", "path": "/skills", "value": {kind: list(skills)}}] if skills else []
    return _set(current, f"/skills/{kind}", kind, list(skills))


def find_item(content: Mapping[str, Any], section: Section, where: str | int) -> tuple[int, dict[str, Any]]:
    """Find an item by its id, or by its position from 0.

    Raises
    ------
    ItemNotFound
        There is no such item.
    """
    items = content.get(section) or []
    for index, item in enumerate(items):
        if isinstance(item, dict) and where == (index if isinstance(where, int) else item.get("id")):
            return index, item
    raise ItemNotFound(f"There is no such item in {section}.")


def _set(parent: Mapping[str, Any], path: str, key: str, value: str | list[str]) -> Patch:
    if key not in parent:
        return [{"op": "add", "path": path, "value": value}]
    if parent[key] == value:
        return []
    return [
        {"op": "test", "path": path, "value": copy.deepcopy(parent[key])},
        {"op": "replace", "path": path, "value": value},
    ]


def same_item(item: Mapping[str, Any], path: str) -> Patch:
    """Build the tests that an item is still the same one."""
    return [{"op": "test", "path": f"{path}/{key}", "value": item[key]} for key in _IDENTITY if key in item]


# ---------------------------------------------------------------------------------------------------------------------
# Checking and applying
# ---------------------------------------------------------------------------------------------------------------------


def check_patch(patch: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a patch that is malformed, or writes to a path that no model may write to.

    Raises
    ------
    PatchInvalid
        It is not a list of complete RFC 6902 operations.
    PatchNotAllowed
        An operation or its path is not allowed; ``extra["path"]`` has the path.
    """
    if not isinstance(patch, list) or len(patch) > MAX_OPERATIONS:
        raise PatchInvalid(f"A patch must be a list of at most {MAX_OPERATIONS} operations.")
    for operation in patch:
        op, path = (operation.get("op"), operation.get("path")) if isinstance(operation, dict) else (None, None)
        if not isinstance(op, str) or not isinstance(path, str) or (op in _OPS_WITH_VALUE and "value" not in operation):
            raise PatchInvalid("An operation has no op, path or value.")
        if op == "test" or (op == "move" and _within_a_list(operation.get("from"), path)):
            continue
        allowed = op in {"add", "replace"} and (_PROSE.fullmatch(path) or _SKILLS.fullmatch(path) or path == "/skills")
        if not (allowed or (op == "remove" and _BULLET.fullmatch(path))):
            raise PatchNotAllowed(f"A patch must not {op} {path[:200]}.", path=path[:200])


def _within_a_list(source: object, target: str) -> bool:
    at = _LIST_ITEM.fullmatch(source) if isinstance(source, str) else None
    to = _LIST_ITEM.fullmatch(target)
    return at is not None and to is not None and at[1] == to[1]


def apply_patch(
    content: Mapping[str, Any], patch: Sequence[Mapping[str, Any]], *, base_version: int, current_version: int
) -> dict[str, Any]:
    """Apply a patch to stored content.

    Parameters
    ----------
    content : mapping
        The stored JSON of ``current_version``. It is not modified.
    patch : sequence of mapping
        The operations.
    base_version : int
        The version that the patch was built from.
    current_version : int
        The version of ``content``.

    Returns
    -------
    dict
        The new content.

    Raises
    ------
    VersionConflict
        The versions differ; ``extra["current_version"]`` has the current one.
    PatchInvalid, PatchNotAllowed
        See `check_patch`. Also raised if the result changes anything outside the allowed paths.
    PatchConflict
        A test operation fails, or a path does not exist.
    ContentInvalid
        The result breaks the rules of résumé content.
    """
    if base_version != current_version:
        raise VersionConflict(current_version=current_version)
    check_patch(patch)
    # Importing it takes 45 ms, which functions that only build patches do not pay.
    from jsonpatch import JsonPatch, JsonPatchConflict, JsonPatchTestFailed
    from jsonpointer import JsonPointerException

    before = copy.deepcopy(dict(content))
    try:
        after: dict[str, Any] = JsonPatch(copy.deepcopy(list(patch))).apply(before)
    except (JsonPatchConflict, JsonPatchTestFailed, JsonPointerException):
        raise PatchConflict from None
    if _frozen(after) != _frozen(content):
        raise PatchNotAllowed
    _check_skills(content, after)
    parse_content(after)
    return after


def _frozen(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of a résumé that no patch may change."""
    rest = {key: value for key, value in content.items() if key not in {"summary", "skills"}}
    for section in ("experience", "projects", "volunteer"):
        items = rest.get(section)
        if isinstance(items, list):
            rest[section] = [
                {key: value for key, value in item.items() if key not in {"description", "bullets"}}
                if isinstance(item, dict)
                else item
                for item in items
            ]
    skills = content.get("skills")
    if isinstance(skills, dict):
        rest["skills"] = {key: value for key, value in skills.items() if key not in {"technical", "soft"}}
        if isinstance(groups := skills.get("groups"), list):
            rest["skills"]["groups"] = _in_any_order(groups)
    return {key: value for key, value in rest.items() if key != "skills" or value}


def _in_any_order(node: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON that is the same for lists of the same items."""
    if isinstance(node, dict):
        return {key: _in_any_order(child) for key, child in node.items()}
    if isinstance(node, list):
        return sorted(json.dumps(_in_any_order(child), sort_keys=True) for child in node)
    return node


def _check_skills(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    phrases: Phrases | None = None
    for kind in ("technical", "soft"):
        old, new = (set((side.get("skills") or {}).get(kind) or []) for side in (before, after))
        if old - new:
            raise PatchNotAllowed("A patch must not remove a skill.", path=f"/skills/{kind}")
        if new - old:
            phrases = phrases or Phrases("\n".join(_texts(before)))
            if any(not isinstance(skill, str) or not phrases.has(skill) for skill in new - old):
                raise PatchNotAllowed(
                    "A patch must not add a skill that the résumé does not mention.", path=f"/skills/{kind}"
                )


def _texts(node: Any) -> list[str]:  # noqa: ANN401 - any JSON
    if isinstance(node, dict):
        return [text for key, child in node.items() if key != "id" for text in _texts(child)]
    if isinstance(node, list):
        return [text for child in node for text in _texts(child)]
    return [node] if isinstance(node, str) else []
