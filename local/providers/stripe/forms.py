"""Decodes Stripe's request bodies: forms whose field names are paths, such as ``items[0][price]=price_1``."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

_PART = re.compile(r"\[([^\]]*)\]")


def decode(body: str) -> dict[str, Any]:
    """Decode a form into a nested document; lists have the keys 0, 1, 2 and so on, or ``[]``."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        head, _, _ = name.partition("[")
        path = [head, *_PART.findall(name)]
        node = tree
        for part in path[:-1]:
            node = node.setdefault(part, {})
        last = path[-1] or str(len(node))
        node[last] = value
    return {key: _lists(value) for key, value in tree.items()}


def _lists(node: Any) -> Any:  # noqa: ANN401 - any part of a document
    if not isinstance(node, dict):
        return node
    children = {key: _lists(value) for key, value in node.items()}
    if children and all(key.isdigit() for key in children):
        return [children[key] for key in sorted(children, key=int)]
    return children
