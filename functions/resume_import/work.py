"""Jobs, voluntary work and projects: which part of a header is the title, and which the employer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from functions.resume_import.entries import Entry, Part, entries, rest_of
from functions.resume_import.titles import with_titles
from functions.resume_import.values import Value
from functions.resume_import.vocabulary.patterns import TECHNOLOGIES
from functions.resume_import.vocabulary.words import title_weight

if TYPE_CHECKING:
    from functions.resume_import.reading.units import Unit


def experience(units: list[Unit]) -> list[dict[str, Any]]:
    """Find jobs."""
    return [item for entry in with_titles(entries(units)) if (item := _job(*entry))]


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
            technologies = [piece.strip(" .") for piece in re.split(r"[,;|•·、，،]\s*", match[1]) if piece.strip(" .")]
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
    elif company and len(rest) == 1 and _is_town(rest[0], company):
        item["location"] = value(rest.pop(), 0.6)
    if rest:
        texts = [part.text for part in rest]
        described = item.get("description")
        joined = "\n".join([", ".join(texts), *([described.value] if described else [])])
        item["description"] = Value(joined, 0.6, rest[0].page, rest[0].box)
    return item


def _is_town(part: Part, company: Part) -> bool:
    """Return whether a part seems to be the place of an employer: short, behind it and set alike."""
    return (
        part.row == company.row
        and part.style == company.style
        and not part.after_comma
        and len(part.text.split()) <= 3
        and not re.search(r"[\d&@:]", part.text)
        and title_weight(part.text) <= 0
    )


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
                item.setdefault("technologies", []).extend(value(Part(piece, *rest_of(part)), 0.7) for piece in pieces)
                parts.remove(part)
        if parts:
            described = item.get("description")
            text = "\n".join([*(part.text for part in parts), *([described.value] if described else [])])
            item["description"] = Value(text, 0.6, parts[0].page, parts[0].box)
        if entry.urls:
            item["url"] = entry.urls[0]
        items.append(item)
    return items
