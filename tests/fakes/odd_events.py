"""Events as no provider sends them: real ones in which some values are of another form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from local.providers.events import Event

ODD: list[Any] = [
    None, True, False, 0, 1, -1, 1.5, 2**53, 2**63, 10**400, "", "1", "100", "x", "x" * 10_000, "\x00", "a\x00b", "\ud800", "é",
    [], ["x"], {}, {"id": "x"}, {"entity": {}}, [[[]]],
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in a document."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, child in children for place in places(child, (*path, key)))]


def mutated(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A document with another value at a path."""
    if not path:
        return value
    changed: Any = dict(document) if isinstance(document, dict) else list(document)
    changed[path[0]] = mutated(document[path[0]], path[1:], value)
    return changed


@st.composite
def odd_bodies(draw: st.DrawFn, events: list[Event]) -> tuple[Event, bytes]:
    """One of the events, and its body with one to three values that a provider does not send."""
    event = draw(st.sampled_from(events))
    document = event.json
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(document)))
        document = mutated(document, path, draw(st.sampled_from(ODD)))
    return event, json.dumps(document).encode()
