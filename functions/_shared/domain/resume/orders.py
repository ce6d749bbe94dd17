"""Patches that put lists of a résumé in another order: bullets and skills move, and none is added or lost."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from functions._shared.domain.errors import ItemNotFound
from functions._shared.domain.resume.patch import same_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from functions._shared.domain.resume.patch import Patch


def patch_for_order(content: Mapping[str, Any], path: str, first: Sequence[int]) -> Patch:
    """Build a patch that moves items of a list to its front.

    Parameters
    ----------
    content : mapping
        The stored JSON, as it is.
    path : str
        JSON pointer of a list that matches `LIST`.
    first : sequence of int
        Their positions, from 0, in the order in which they are to stand. The others keep their order.

    Returns
    -------
    list of dict
        The operations; empty if nothing changes. They hold whatever the items say by then, so that they can follow
        patches of single bullets.

    Raises
    ------
    ItemNotFound
        There is no such list, or no such item in it.
    """
    items = ordered_list(content, path)
    if len(set(first)) != len(first) or not all(0 <= each < len(items) for each in first):
        raise ItemNotFound("The list has no such items.")
    present = list(range(len(items)))
    moves: Patch = []
    for to, item in enumerate(first):
        at = present.index(item)
        if at != to:
            moves.append({"op": "move", "from": f"{path}/{at}", "path": f"{path}/{to}"})
            present.insert(to, present.pop(at))
    if not moves:
        return []
    section, _, rest = path[1:].partition("/")
    if section == "skills":
        return [{"op": "test", "path": path, "value": copy.deepcopy(items)}, *moves]
    entry = f"/{section}/{rest.partition('/')[0]}"
    return [*same_item(content[section][int(rest.partition("/")[0])], entry), *moves]


def ordered_list(content: Mapping[str, Any], path: str) -> list[Any]:
    """Return the list at a path that matches `LIST`.

    Raises
    ------
    ItemNotFound
        There is none.
    """
    node: Any = content
    for step in path.split("/")[1:]:
        if isinstance(node, list) and step.isdigit():
            node = node[int(step)] if int(step) < len(node) else None
        else:
            node = node.get(step) if isinstance(node, dict) else None
    if not isinstance(node, list):
        raise ItemNotFound("The résumé has no such list.")
    return node


def joined(patches: Iterable[Patch]) -> Patch:
    """Put patches for one version together; what one of them tests already is not tested again."""
    whole: Patch = []
    for operation in (each for patch in patches for each in patch):
        if operation["op"] != "test" or operation not in whole:
            whole.append(operation)
    return whole
