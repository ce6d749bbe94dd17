"""Values with their place in the file and how sure the rules are of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Box


class Value(NamedTuple):
    """A text or a list of texts that rules found.

    Parameters
    ----------
    value : str
        The text.
    confidence : float
        From 0 to 1.
    page : int or None
        Number of its page, from 0.
    box : Box or None
        Its place on the page in points, from the top left corner.
    """

    value: str
    confidence: float
    page: int | None = None
    box: Box | None = None


@dataclass(slots=True)
class Findings:
    """Résumé content, and for each of its fields the confidence and the place.

    Parameters
    ----------
    content : dict
        As in ``docs/resume-content.md``.
    fields : dict
        JSON pointer → value with its place.
    """

    content: dict[str, Any]
    fields: dict[str, Value] = field(default_factory=dict)


def findings(tree: dict[str, Any]) -> Findings:
    """Separate a tree of values into plain content and the places of its fields. Empty values are left out."""
    result = Findings({})
    result.content = _plain(tree, "", result.fields)
    return result


def _plain(node: Any, pointer: str, fields: dict[str, Value]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(node, Value):
        fields[pointer] = node
        return node.value
    if isinstance(node, dict):
        kept = {key: child for key, child in node.items() if child not in (None, "", [], {})}
        return {key: _plain(child, f"{pointer}/{key}", fields) for key, child in kept.items()}
    if isinstance(node, list):
        kept_items = [child for child in node if child not in (None, "", {})]
        return [_plain(child, f"{pointer}/{index}", fields) for index, child in enumerate(kept_items)]
    return node
