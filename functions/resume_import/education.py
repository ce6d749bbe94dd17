"""Courses of study: school, degree, field, grade."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, Final

from functions.resume_import.cities import may_be_city, take_cities
from functions.resume_import.dates import find_dates, trim
from functions.resume_import.entries import Entry, Part, divided, entries, rest_of, without_place
from functions.resume_import.values import Value
from functions.resume_import.vocabulary.patterns import BROAD, COURSES, FIELD, LEADING_DEGREE, SHORT_DEGREE
from functions.resume_import.vocabulary.words import (
    HONOURS,
    SCORE,
    is_degree,
    is_place,
    is_region,
    is_school,
    school_weight,
)
from functions.resume_import.work import dates, unit_value, value

if TYPE_CHECKING:
    from functions.resume_import.reading.units import Unit

_IN: Final = re.compile(r"^(?P<degree>.*?\S)\s+(?:in|en|im|em)\s+(?P<area>.+)$", re.IGNORECASE)
_LAST: Final = re.compile(r"^(.+\S),\s+([^,]+)$")
_GRADE: Final = re.compile(
    r"^(.+\S)\s+\(((?:mean |final |overall )?(?:grade|note|nota|mention|average)[^()]*)\)$", re.IGNORECASE
)
_BREAK: Final = re.compile(r"\s+[–—-]\s+|\s*—\s*|:\s+|\s+/\s+")
_CAMPUS: Final = re.compile(
    r"^(?:national |state )?(?:university|universidad|universidade|université|università) "
    r"(?:of|de|di|do|da)(?: the)? (.+)$",
    re.IGNORECASE,
)
_OF: Final = re.compile(
    r"^(?P<degree>(?:bachelor|master|doctor|associate)(?:'s|’s)?(?: degree)?) of (?P<area>.+)$", re.IGNORECASE
)


def education(units: list[Unit]) -> list[dict[str, Any]]:
    """Find courses of study."""
    for unit in units:
        # "BSc at the University of Oslo, 2011 to 2015." is a sentence, and a header all the same.
        if unit.kind == "paragraph" and len(unit.text) < 120 and find_dates(unit.text) and is_school(unit.text):
            unit.kind, unit.dates = "head", find_dates(unit.text)
    grouped = entries(units)
    take_cities(grouped)
    order = _order(grouped)
    usual = _cities_are_usual(grouped, order)
    found = [_one(entry, cities=usual, order=order) for entry in grouped]
    items: list[dict[str, Any]] = []
    for item in found:
        if items and "institution" not in item and "degree" not in item:
            items[-1].update({key: each for key, each in item.items() if not items[-1].get(key)})
            continue
        # A second degree of the same school, or a line that was torn off.
        if items and "institution" not in item and "degree" in item and "institution" in items[-1]:
            if "degree" not in items[-1]:
                items[-1].update(
                    {key: each for key, each in item.items() if key not in items[-1] or not items[-1][key]}
                )
                continue
            item["institution"] = items[-1]["institution"]
        items.append(item)
    return [item for item in items if item]


def _order(found: list[Entry]) -> float:
    """Return how clearly schools stand before degrees in the section (above 0), or after them (below 0)."""
    leads = [
        school_weight(a.text) - school_weight(b.text)
        for entry in found
        for a, b in [_two(entry)]
        if a is not None and b is not None
    ]
    return sum(max(-3.0, min(3.0, lead)) for lead in leads)


def _two(entry: Entry) -> tuple[Part | None, Part | None]:
    """Return the first two parts of an entry that are no class and no grade."""
    parts = [part for part in entry.parts if not (HONOURS.search(part.text) or SCORE.search(part.text))]
    if len(parts) == 1:
        pieces = [Part(trim(piece), *rest_of(parts[0])) for piece in _BREAK.split(parts[0].text, maxsplit=1)]
        parts = pieces if len(pieces) == 2 else parts
    return (parts[0], parts[1]) if len(parts) > 1 else (None, None)


def _one(entry: Entry, *, cities: bool, order: float) -> dict[str, Any]:  # noqa: C901, PLR0912 - short steps
    item: dict[str, Any] = {}
    parts, item_score = _without_score([piece for part in entry.parts for piece in _without_honours(part)])
    # A last entry without a body has them in its head.
    taught = [part for part in parts if COURSES.match(part.text)]
    parts = [part for part in parts if part not in taught]
    honours = [
        part.text
        for part in parts
        if HONOURS.search(part.text)
        and not is_school(part.text)
        and (not is_degree(part.text) or (len(parts) > 2 and HONOURS.match(part.text)))
    ]
    candidates = [piece for part in parts if part.text not in honours for piece in _pieces(part, order)]
    places = list(entry.places)
    school = max(candidates, key=lambda part: school_weight(part.text), default=None)
    if school is not None and school_weight(school.text) <= 0:
        # No word that schools have in their names: what stands where the section has its schools.
        place = 0 if order > 0 else 1
        plain = order and len(candidates) > 1 and not is_degree(candidates[place].text)
        school = candidates[place] if plain else None
    if school is not None:
        named = _at_city(school, entry, places, cities=cities)
        candidates[candidates.index(school)] = named
        school = named
    degrees = [part for part in candidates if part is not school and is_degree(part.text)]
    degree = max(degrees[:2], key=lambda part: len(part.text)) if degrees else None
    rest = [
        part
        for part in candidates
        if part is not school and part is not degree and not (degree and degree.text.startswith(part.text))
    ]
    if cities and school is not None and not places:
        places = [part for part in rest if _is_city_after(part, school)][:1]
        rest = [part for part in rest if part not in places]
    if school is None and rest:
        # No word that schools have in their names: what stands apart from the degree.
        school = rest.pop(0)
    elif school is not None and degree is None and rest and not is_school(rest[0].text):
        degree = rest.pop(0)
    if school:
        item["institution"] = value(school, 0.95 if is_school(school.text) else 0.65)
    area: str | None = None
    if degree:
        name, area = split_degree(degree.text)
        sure = 0.93 if is_degree(name) else 0.6
        item["degree"] = Value(name, sure, degree.page, degree.box)
        if area:
            item["area"] = Value(area, sure - 0.05, degree.page, degree.box)
    if area is None and degree is not None and rest:
        nearest = next((part for part in rest if not is_degree(part.text) and len(part.text) < 80), None)
        if nearest is not None:
            rest.remove(nearest)
            item["area"] = value(nearest, 0.7)
    if places:
        item["location"] = value(places[0], 0.9)
    item.update(dates(entry))
    if item_score:
        item["score"] = item_score
    courses = [Value(each, 0.9, part.page, part.box) for part in taught for each in _courses(part.text)]
    _body(entry, item, [part.text for part in rest] + honours, courses)
    if entry.urls:
        item["url"] = entry.urls[0]
    return item


def _without_honours(part: Part) -> list[Part]:
    """Split off a class at the end of a degree: "BA German, 2:1"."""
    for pattern in (_LAST, _GRADE):
        match = pattern.match(part.text)
        if match and (pattern is _GRADE or (HONOURS.search(match[2]) and is_degree(match[1]))):
            return [Part(text, *rest_of(part)) for text in match.groups()]
    return [part]


def _cities_are_usual(found: list[Entry], order: float) -> bool:
    """Return whether most schools of the section are named with their city, so that it is none of their names."""
    schools = placed = 0
    for entry in found:
        pieces = [piece for part in entry.parts for piece in _pieces(part, order)]
        names = [piece.text for piece in pieces if is_school(piece.text)]
        if not names and order and len(pieces) > 1:
            names = [pieces[0 if order > 0 else 1].text]
        schools += bool(names)
        placed += bool(names) and (
            bool(entry.places)
            or any(_split_city(name)[1] for name in names)
            or any(is_school(a.text) and _is_city_after(b, a) for a, b in itertools.pairwise(entry.parts))
        )
    return placed >= 2 and placed * 2 > schools


def _is_city_after(part: Part, school: Part) -> bool:
    return (
        part.row == school.row and may_be_city(part.text) and not is_degree(part.text) and not HONOURS.search(part.text)
    )


def _split_city(name: str) -> tuple[str, str]:
    """Split a school and its city; the campus of a university of a country or a state belongs to its name."""
    school, *places = without_place(name)
    if not places and (match := _LAST.match(name)) and may_be_city(match[2]) and not is_degree(match[2]):
        school, places = match[1], [match[2]]
    campus = _CAMPUS.match(school)
    if not places or (campus and is_region(campus[1]) and campus[1] not in places[0]):
        return name, ""
    return school, places[0]


def _at_city(part: Part, entry: Entry, places: list[Part], *, cities: bool) -> Part:
    """Tell a school from its city; the city of one school alone is part of its name."""
    school, city = _split_city(part.text)
    if city and (cities or "," in city or city.casefold() in school.casefold()):
        if not places:
            places.append(Part(city, *rest_of(part)))
        return Part(school, *rest_of(part))
    if places and "," not in places[0].text:
        whole = f"{part.text}, {places[0].text}"
        campus = _CAMPUS.match(part.text)
        inside = places[0].text.casefold() in part.text.casefold()
        if ((not cities and not inside) or (campus and is_region(campus[1]) and not inside)) and any(
            whole in unit.text for unit in entry.heads
        ):
            places.pop(0)
            return Part(whole, *rest_of(part))
    return part


def _without_score(parts: list[Part]) -> tuple[list[Part], Value | None]:
    kept: list[Part] = []
    score: Value | None = None
    for part in parts:
        match = SCORE.search(part.text)
        if match and score is None and not is_school(part.text[: match.start()] + part.text[match.end() :]):
            score = value(part, 0.9)._replace(value=next(group for group in match.groups() if group).strip())
            rest = trim(part.text[: match.start()] + part.text[match.end() :])
            rest = re.sub(r"^(?:GPA|CGPA)$|\(\s*\)|\s+[|,;]\s*$", "", rest).strip(" ()|,;")
            if len(rest) > 2 and not re.fullmatch(r"(?:c?gpa|cum\.?|major|overall|note)[\s:.]*", rest, re.IGNORECASE):
                kept.append(part if rest == part.text else Part(rest, part.style, part.row, part.page, part.box))
        else:
            kept.append(part)
    return kept, score


def _pieces(part: Part, order: float = 0.0) -> list[Part]:
    """Split "MSc in Physics, University of Oslo" where degree and school share a part."""
    halves = [Part(trim(piece), *rest_of(part)) for piece in _BREAK.split(part.text, maxsplit=1)]
    if len(halves) == 2 and order:
        school, degree = halves if order > 0 else halves[::-1]
        named = school_weight(school.text.split(", ")[0]) > 0
        if named and school_weight(school.text) > school_weight(degree.text) <= 0:
            return halves
    if is_school(part.text) and is_degree(part.text):
        pieces = divided(part)
        if any(school_weight(piece.text) > 0 for piece in pieces) and any(
            is_degree(piece.text) and school_weight(piece.text) <= 0 for piece in pieces
        ):
            return _glued(pieces)
        if (match := LEADING_DEGREE.match(part.text)) and is_school(match[2]):
            return [Part(match[1], *rest_of(part)), Part(match[2], *rest_of(part))]
        match = re.match(r"^(.+?)\s+(?:from|at|an der|de la|presso)\s+(?:the\s+)?(.+)$", part.text)
        if match and is_school(match[2]):
            return [Part(match[1], *rest_of(part)), Part(match[2], *rest_of(part))]
    elif is_school(part.text):
        pieces = divided(part)
        if len(pieces) > 1 and not is_school(pieces[0].text) and any(is_school(piece.text) for piece in pieces[1:]):
            return _glued(pieces)
    return [part]


def _glued(pieces: list[Part]) -> list[Part]:
    """Put the pieces of one name together again: all but the school belong to the degree."""
    at = max(range(len(pieces)), key=lambda index: school_weight(pieces[index].text))
    before, after = pieces[:at], pieces[at + 1 :]
    result: list[Part] = []
    if after and may_be_city(after[0].text) and not is_degree(after[0].text):
        pieces[at] = Part(f"{pieces[at].text}, {after.pop(0).text}", *rest_of(pieces[at]))
    for group in (before, [pieces[at]], after):
        if group:
            texts = [part.text for part in group]
            result.append(Part(", ".join(texts), *rest_of(group[0])))
    return result


def split_degree(text: str) -> tuple[str, str | None]:
    """Split a degree and its field: "BSc in Physics" is "BSc" and "Physics"."""
    text = trim(text)
    for pattern in (_IN, SHORT_DEGREE):
        if (match := pattern.match(text)) and is_degree(match["degree"]):
            return trim(match["degree"]), trim(match["area"])
    if (match := _OF.match(text)) and not BROAD.match(match["area"]):
        return trim(match["degree"]), trim(match["area"])
    if (match := FIELD.match(text)) and is_degree(match["degree"]) and not BROAD.match(match["area"]):
        return trim(match["degree"]), trim(match["area"])
    return text, None


def _courses(text: str) -> list[str]:
    """Return the courses of a line that lists them."""
    match = COURSES.match(text)
    pieces = re.split(r"[,;]\s+|[、，]", match[1]) if match else []
    return [piece.strip(" .") for piece in pieces if piece.strip(" .")]


def _body(entry: Entry, item: dict[str, Any], rest: list[str], courses: list[Value]) -> None:
    lines: list[str] = rest
    for unit in entry.body:
        text = unit.text
        if COURSES.match(text):
            courses += [unit_value(unit, each, 0.9) for each in _courses(text)]
            continue
        score = SCORE.search(text)
        if score and "score" not in item:
            item["score"] = unit_value(unit, next(group for group in score.groups() if group).strip(), 0.85)
            if len(score[0]) > 0.7 * len(text):
                continue
        if is_place(text) and "location" not in item:
            item["location"] = unit_value(unit)
        elif (
            "degree" not in item
            and is_degree(text)
            and len(text) < 100
            and not HONOURS.search(text)
            and unit.kind != "bullet"
        ):
            name, area = split_degree(text)
            item["degree"] = unit_value(unit, name, 0.8)
            item["area"] = unit_value(unit, area, 0.75) if area else None
        else:
            lines.append(text)
    if courses:
        item["courses"] = courses
    if lines:
        item["extra"] = {"lines": lines}
