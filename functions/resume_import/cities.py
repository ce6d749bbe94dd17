"""Cities that no list has: told by where they stand in the headers of a section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from functions.resume_import.vocabulary.words import is_degree, is_school, title_weight, trade_weight

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Box
    from functions.resume_import.entries import Entry, Part

_ENOUGH: Final = 1.8


def may_be_city(text: str) -> bool:
    """Return whether a text may be the name of a city that no list has."""
    words = text.split()
    if not 1 <= len(words) <= 3 or any(letter.isdigit() for letter in text) or (text.isupper() and len(text) < 4):
        return False
    return (
        not text[0].islower() and title_weight(text) in {0.0, -0.3} and not text.endswith(".") and not is_school(text)
    )


def take_cities(found: list[Entry]) -> None:
    """Move parts to the places that stand below or beside the dates, or where other entries have their known places."""
    known = [part.box for entry in found for part in entry.places]
    chosen = [(entry, _city(entry, known)) for entry in found if len(entry.parts) >= 3 and not entry.places]
    cities = [(entry, part) for entry, part in chosen if part is not None]
    if len(cities) * 2 < len(chosen):
        return
    for entry, part in cities:
        entry.parts.remove(part)
        entry.places.append(part)


def _city(entry: Entry, known: list[Box]) -> Part | None:
    date = next((unit.box for unit in entry.heads if unit.dates), None)
    bold = any(part.style[1] for part in entry.parts)

    below = [part for part in entry.parts if date is not None and part.box != date and _aligned(part.box, date)]

    among = [part for part in entry.parts if any(_aligned(part.box, box) for box in known)]

    def score(part: Part) -> float:
        if not may_be_city(part.text) or is_degree(part.text):
            return 0.0
        alone = all(part is other or part.box != other.box for other in entry.parts)
        rest = [other.box for other in entry.parts if other is not part]
        apart = date is not None and all(box.left > date.right or box.right < date.left for box in rest)
        above = date is not None and all(part is other or other.box.bottom < date.top + 2 for other in entry.parts)
        beside = date is not None and above and part.box.left > date.right and abs(part.box.bottom - date.bottom) < 3
        return (
            1.5 * (alone and below == [part] and apart)
            + 0.9 * (alone and beside)
            + 1.5 * (alone and among == [part])
            + 0.6 * (bold and not part.style[1])
            + 0.4 * (part is not entry.parts[0])
            - trade_weight(part.text)
        )

    best = max(entry.parts, key=score)
    return best if score(best) >= _ENOUGH else None


def _aligned(box: Box, other: Box) -> bool:
    return abs(box.left - other.left) < 3 or abs(box.right - other.right) < 3
