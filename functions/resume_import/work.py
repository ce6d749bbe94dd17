"""Jobs, voluntary work and projects: which part of a header is the title, and which the employer."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from functions.resume_import.entries import Entry, Part, divided, entries, without_place
from functions.resume_import.values import Value
from functions.resume_import.vocabulary.patterns import TECHNOLOGIES
from functions.resume_import.vocabulary.words import is_school, title_weight

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Box
    from functions.resume_import.reading.units import Unit

_INSIDE: Final = re.compile(
    r"^([^,|–—]+?)\s+(?:at|for|with|en|em|na|no|chez|bei|presso|bij|hos)\s+((?:[A-ZÀ-Ý«0-9]|d['’]|l['’]).+)$"
)
"""A title, and the employer after the word for "at" of seven languages."""
_STRONG: Final = 1.5


def experience(units: list[Unit]) -> list[dict[str, Any]]:
    """Find jobs."""
    return [item for entry in _with_titles(entries(units)) if (item := _job(*entry))]


def volunteer(units: list[Unit]) -> list[dict[str, Any]]:
    """Find voluntary work."""
    items = []
    for item in experience(units):
        if "company" in item:
            item["organization"] = item.pop("company")
        elif "role" in item and title_weight(item["role"].value) <= 0:
            item["organization"] = item.pop("role")
        technologies = item.pop("technologies", None)
        if technologies:
            item["bullets"] = [*item.get("bullets", []), *technologies]
        items.append(item)
    return items


Named = tuple[Entry, Part | None, Part | None, list[Part], float]
"""An entry, its title, its employer, its other parts, and how sure the order is."""


def _with_titles(found: list[Entry]) -> list[Named]:  # noqa: C901, PLR0912 - a list of cases
    """Decide for all entries of a layout together whether the title or the employer stands first."""
    for entry in found:
        _take_header_from_body(entry)
    stacked = {
        part.style[:3]
        for entry in found
        if len(entry.parts) >= 2 and entry.parts[0].row != entry.parts[1].row
        for part in entry.parts[:2]
        if title_weight(part.text) > 0
    }
    prepared = [(entry, _candidates(entry, stacked=stacked)) for entry in found]
    _divide_alike(prepared)
    _drop_cities(prepared)
    votes: dict[tuple[object, ...], float] = defaultdict(float)
    total = 0.0
    for _, parts in prepared:
        if len(parts) >= 2:
            lead = max(-3.0, min(3.0, title_weight(parts[0].text) - title_weight(parts[1].text)))
            votes[_layout(parts)] += lead
            total += lead
    named: list[Named] = []
    banner: Part | None = None
    title_style: tuple[object, ...] | None = None
    for entry, parts in prepared:
        title: Part | None = None
        company: Part | None = None
        rest = parts[2:]
        sure = 0.9
        hinted = {part.hint: part for part in parts if part.hint in {"title", "company"}}
        if hinted:
            title, company = hinted.get("title"), hinted.get("company")
            left = [part for part in parts if part not in hinted.values()]
            if title is None and left:
                title = left.pop(0)
            elif company is None and left:
                company = left.pop(0)
            rest = left
        elif len(parts) >= 2:
            lead = title_weight(parts[0].text) - title_weight(parts[1].text)
            vote = votes[_layout(parts)] or total
            first = lead > 0 if abs(lead) >= _STRONG and lead * vote <= 0 and abs(vote) < 2 * abs(lead) else vote >= 0
            title, company = (parts[0], parts[1]) if first else (parts[1], parts[0])
            sure = 0.95 if abs(lead) >= 1 and (lead > 0) == first else 0.75 if abs(vote) > 1 else 0.55
            banner, title_style = company, title.style[:3]
        elif parts:
            only = parts[0]
            weight = title_weight(only.text)
            if weight > 0 or (title_style == only.style[:3] and banner is not None and banner.style[:3] != title_style):
                title = only
                if banner is not None:
                    company, sure = banner, 0.7
            elif not entry.body and weight <= 0:
                company = banner = only
                title_style = None
            else:
                company, sure = only, 0.6
                banner = only
        named.append((entry, title, company, rest, sure))
    return _merged(named)


def _divide_alike(prepared: list[tuple[Entry, list[Part]]]) -> None:
    """Divide the headers that no word tells apart as most headers of the section are divided."""
    divisible = [
        (entry, parts, divided(entry.parts[0])) for entry, parts in prepared if entry.parts and len(parts) <= 2
    ]
    divisible = [each for each in divisible if len(each[2]) == 2]
    done = [each for each in divisible if [part.text for part in each[1]] == [part.text for part in each[2]]]
    single = all(len(parts) < 2 for _, parts in prepared) and len(divisible) == sum(
        bool(parts) for _, parts in prepared
    )
    if len(done) * 2 < len(divisible) and not single:
        return
    for entry, parts, pieces in divisible:
        if len(parts) == 1 or (
            len(parts) == 2 and parts[0] is entry.parts[0] and _may_be_city(parts[1].text) and not entry.places
        ):
            entry.places.extend(parts[1:])
            parts[:] = pieces


def _take_header_from_body(entry: Entry) -> None:
    """Take title and employer from the first line of the body where the header is only a date."""
    if entry.parts or not entry.heads or not entry.body:
        return
    first = entry.body[0]
    part = Part(first.text, first.first.style, 0, first.first.page, first.box)
    if (
        len(first.text) < 90
        and any(title_weight(piece.text) > 0 for piece in divided(part))
        and not first.text.endswith(".")
    ):
        entry.parts = [part]
        entry.body = entry.body[1:]


def _drop_cities(prepared: list[tuple[Entry, list[Part]]]) -> None:
    """Move places that no list has to the places: what stands after the employer, in most entries."""
    for entry, parts in prepared:
        if len(parts) >= 3 and not entry.places:
            short = [part for part in parts[1:] if part.after_comma and _may_be_city(part.text)]
            if short:
                parts.remove(short[-1])
                entry.places.append(short[-1])
    cut: list[tuple[Entry, list[Part], int, str, str]] = []
    total = 0
    for entry, parts in prepared:
        total += bool(parts)
        for index, part in enumerate(parts):
            before, comma, after = part.text.rpartition(", ")
            if comma and _may_be_city(after) and title_weight(before) <= 0 and not entry.places:
                cut.append((entry, parts, index, before, after))
                break
    placed = sum(bool(entry.places) for entry, _ in prepared)
    usual = (len(cut) + placed) * 2 > total and len(cut) + placed >= 2
    for entry, parts, index, before, after in cut:
        if usual or title_weight(before) < 0:
            part = parts[index]
            parts[index] = Part(before, *_rest(part))
            entry.places.append(Part(after, *_rest(part)))


def _may_be_city(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 3 or any(letter.isdigit() for letter in text) or (text.isupper() and len(text) < 4):
        return False
    return (
        not text[0].islower() and title_weight(text) in {0.0, -0.3} and not text.endswith(".") and not is_school(text)
    )


def _merged(named: list[Named]) -> list[Named]:
    """Drop entries that only name the employer of the roles below them."""
    result: list[Named] = []
    for index, each in enumerate(named):
        entry, title, company, rest, _ = each
        following = named[index + 1] if index + 1 < len(named) else None
        if (
            title is None
            and company is not None
            and not entry.body
            and not rest
            and following
            and following[1] is not None
            and following[2] is company
        ):
            if entry.places and not following[0].places:
                following[0].places.extend(entry.places)
            continue
        result.append(each)
    return result


def _candidates(  # noqa: PLR0911 - a list of cases
    entry: Entry, *, stacked: set[tuple[float, bool, bool]]
) -> list[Part]:
    """Return the parts that may be title and employer. Where these have lines of their own, one line is not divided."""
    parts = list(entry.parts)
    if not parts or len(parts) > 2:
        return parts
    if len(parts) == 1 and parts[0].style[:3] in stacked and title_weight(parts[0].text) > 0:
        # Title and employer have lines of their own: this comma stands within the title, unless an employer follows.
        pieces = divided(parts[0])
        if (
            not (len(pieces) > 2 and any(unit.dates for unit in entry.heads[:1]))
            and not re.search(r"\s(?:at|@|bei|chez)\s", parts[0].text)
            and min(title_weight(each.text) for each in pieces) > -1
        ):
            return parts
    if len(parts) == 2:
        pieces = divided(parts[0])
        weights = [title_weight(piece.text) for piece in pieces]
        if len(pieces) == 2 and max(weights) > 0 >= min(weights) and _may_be_city(parts[1].text) and not entry.places:
            entry.places.append(parts[1])
            return pieces
        return parts
    inside = _INSIDE.match(parts[0].text)
    if inside and title_weight(inside[1]) > 0 >= title_weight(inside[2]):
        return [Part(inside[1], *_rest(parts[0])), Part(inside[2], *_rest(parts[0]))]
    pieces = divided(parts[0])
    weights = [title_weight(piece.text) for piece in pieces]
    text = parts[0].text
    if len(pieces) == 2 and (max(weights) > 0 >= min(weights) or re.search(r"\s[–—]\s|\s(?:at|@)\s", text)):
        return pieces
    if len(pieces) > 2 and max(weights) > 0:
        at = next(index for index, weight in enumerate(weights) if weight > 0)
        before, _, after = text.partition(pieces[at].text)
        title, employer = (pieces[at].text, after) if at == 0 else (f"{pieces[at].text}{after}", before)
        employer, *places = without_place(employer.strip(" ,–—-|"))
        entry.places += [Part(place, *_rest(parts[0])) for place in places]
        found = [Part(employer, *_rest(parts[0])), Part(title.strip(" ,–—-|"), *_rest(parts[0]))]
        return found[::-1] if at == 0 else found
    return parts


def _rest(part: Part) -> tuple[tuple[float, bool, bool, bool], int, int, Box]:
    return part.style, part.row, part.page, part.box


def _layout(parts: list[Part]) -> tuple[object, ...]:
    return (parts[0].style[1:], parts[1].style[1:], parts[0].row == parts[1].row)


def value(part: Part, confidence: float) -> Value:
    """Make a value of a part of a header."""
    return Value(part.text, confidence, part.page, part.box)


def unit_value(unit: Unit, text: str | None = None, confidence: float = 0.95) -> Value:
    """Make a value of a bullet or a paragraph."""
    return Value(unit.text if text is None else text, confidence, unit.first.page, unit.box)


def dates(entry: Entry, *, single_is_both: bool = False) -> dict[str, Any]:
    """Return the dates of an entry. A single date of a job is when it started and ended."""
    if entry.date is None:
        return {}
    head = next((unit for unit in entry.heads if unit.dates), entry.heads[0])
    found = {
        "startDate": entry.date.start or (entry.date.finish if single_is_both else ""),
        "endDate": entry.date.finish,
    }
    return {key: Value(text, 0.95, head.first.page, head.first.box) for key, text in found.items() if text}


def body(entry: Entry) -> dict[str, Any]:
    """Return description, bullets and technologies of an entry."""
    result: dict[str, Any] = {}
    paragraphs: list[Value] = []
    bullets: list[Value] = []
    for unit in entry.body:
        if match := TECHNOLOGIES.match(unit.text):
            technologies = [piece.strip(" .") for piece in re.split(r"[,;|•·、，]\s*", match[1]) if piece.strip(" .")]
            result.setdefault("technologies", []).extend(unit_value(unit, piece, 0.9) for piece in technologies)
        elif unit.kind == "bullet":
            bullets.append(unit_value(unit))
        elif bullets:
            bullets.append(unit_value(unit, confidence=0.6))
        else:
            paragraphs.append(unit_value(unit, confidence=0.85))
    if len(paragraphs) > 1 and not bullets:
        # Several paragraphs are a list without signs.
        bullets, paragraphs = paragraphs, []
    if paragraphs:
        first = paragraphs[0]
        result["description"] = first._replace(value="\n".join(each.value for each in paragraphs))
    result["bullets"] = bullets
    return result


def _job(entry: Entry, title: Part | None, company: Part | None, rest: list[Part], sure: float) -> dict[str, Any]:
    item: dict[str, Any] = {}
    if title:
        item["role"] = value(title, sure)
    if company:
        item["company"] = value(company, sure)
    if entry.places:
        item["location"] = value(entry.places[0], 0.9)
    item.update(dates(entry, single_is_both=True))
    item.update(body(entry))
    if entry.urls:
        item["url"] = entry.urls[0]
    if rest:
        texts = [part.text for part in rest]
        described = item.get("description")
        joined = "\n".join([", ".join(texts), *([described.value] if described else [])])
        item["description"] = Value(joined, 0.6, rest[0].page, rest[0].box)
    return item


def projects(units: list[Unit]) -> list[dict[str, Any]]:
    """Find projects."""
    items: list[dict[str, Any]] = []
    for entry in entries(units):
        item: dict[str, Any] = {**dates(entry), **body(entry)}
        parts = list(entry.parts)
        if parts:
            item["name"] = value(parts.pop(0), 0.85)
        elif not item.get("description") and not item["bullets"]:
            continue
        for part in list(parts):
            pieces = [piece.strip() for piece in re.split(r"[,;|]\s*", part.text) if piece.strip()]
            if len(pieces) > 1 and all(len(piece.split()) <= 3 for piece in pieces):
                item.setdefault("technologies", []).extend(value(Part(piece, *_rest(part)), 0.7) for piece in pieces)
                parts.remove(part)
        if parts:
            described = item.get("description")
            text = "\n".join([*(part.text for part in parts), *([described.value] if described else [])])
            item["description"] = Value(text, 0.6, parts[0].page, parts[0].box)
        if entry.urls:
            item["url"] = entry.urls[0]
        items.append(item)
    return items
