"""Which part of the header of a job is the title and which the employer: decided for all jobs of a section together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import Final

from functions.resume_import.cities import may_be_city, take_cities
from functions.resume_import.entries import Entry, Part, divided, rest_of, without_place
from functions.resume_import.vocabulary.words import title_weight, trade_weight

_INSIDE: Final = re.compile(
    r"^([^,|–—]+?)\s+(?:at|for|with|en|em|na|no|chez|bei|presso|bij|hos)\s+((?:[A-ZÀ-Ý«0-9]|d['’]|l['’]).+)$"
)
"""A title, and the employer after the word for "at" of seven languages."""
_STRONG: Final = 1.5
_WITH_CITY: Final = 3
"""Parts of a header of which one may be the city: title, employer, city."""
_CITY: Final = re.compile(r"^(.+\S)(?:,\s+|\s+[–—|-]\s+|\s+\()([^,|–—()]+)\)?$")
"""What may be an employer and its city."""


Named = tuple[Entry, Part | None, Part | None, list[Part], float]
"""An entry, its title, its employer, its other parts, and how sure the order is."""


def with_titles(found: list[Entry]) -> list[Named]:  # noqa: C901, PLR0912 - a list of cases
    """Decide for all entries of a layout together whether the title or the employer stands first."""
    for entry in found:
        _take_header_from_body(entry)
    take_cities(found)
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
            lead = max(-3.0, min(3.0, _lead(parts)))
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
            lead = _lead(parts)
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


def _lead(parts: list[Part]) -> float:
    """Return how much more the first part looks like a title than the second."""
    lead = title_weight(parts[0].text) - title_weight(parts[1].text)
    return lead + trade_weight(parts[0].text) - trade_weight(parts[1].text)


def _divide_alike(prepared: list[tuple[Entry, list[Part]]]) -> None:
    """Divide the headers that no word tells apart as most headers of the section are divided."""
    divisible = [
        (entry, parts, divided(entry.parts[0]))
        for entry, parts in prepared
        if entry.parts and len(parts) <= 2 and not any(part.hint for part in entry.parts)
    ]
    divisible = [each for each in divisible if len(each[2]) >= 2]
    pairs = [each for each in divisible if len(each[2]) == 2]
    done = [each for each in divisible if len(each[1]) == 2 and each[1][0].text == each[2][0].text]
    named = sum(bool(parts) for _, parts in prepared)
    single = len(divisible) == named and (
        all(len(parts) < 2 for _, parts in prepared)
        or (len(pairs) == named > 1 and all(len(parts) == 2 and may_be_city(parts[1].text) for _, parts in prepared))
    )
    if len(done) * 2 < len(divisible) and not single:
        return
    for entry, parts, pieces in divisible:
        if len(parts) == 1 or (
            len(parts) == 2 and parts[0] is entry.parts[0] and may_be_city(parts[1].text) and not entry.places
        ):
            entry.places.extend(parts[1:])
            _, _, rest = entry.parts[0].text.partition(pieces[0].text)
            parts[:] = [pieces[0], Part(rest.strip(" ,–—-|"), *rest_of(pieces[0])) if len(pieces) > 2 else pieces[1]]


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


def _drop_last_city(entry: Entry, parts: list[Part]) -> None:
    if len(parts) < _WITH_CITY or entry.places:
        return
    if short := [part for part in parts[1:] if part.after_comma and may_be_city(part.text)]:
        parts.remove(short[-1])
        entry.places.append(short[-1])


def _drop_cities(prepared: list[tuple[Entry, list[Part]]]) -> None:
    """Move places that no list has to the places: what stands after the employer, in most entries."""
    for entry, parts in prepared:
        _drop_last_city(entry, parts)
    cut: list[tuple[Entry, list[Part], int, str, str]] = []
    doubtful: list[tuple[Entry, list[Part], int, str, str]] = []
    total = 0
    for entry, parts in prepared:
        total += bool(parts)
        for index, part in enumerate(parts):
            split = _CITY.match(part.text)
            others = max((title_weight(each.text) for each in parts if each is not part), default=0.0)
            if split and may_be_city(split[2]) and not entry.places:
                sure = title_weight(split[1]) <= max(others, 0.0)
                (cut if sure else doubtful).append((entry, parts, index, split[1], split[2]))
                if sure:
                    break
    placed = sum(bool(entry.places) for entry, _ in prepared)
    usual = (len(cut) + placed) * 2 > total and len(cut) + placed >= 2
    places = Counter(index for _, _, index, _, _ in cut)
    cut += [each for each in doubtful if usual and len(each[1]) == 2 and places[each[2]] * 2 > len(cut) > 1]
    for entry, parts, index, before, after in cut:
        if entry.places:
            continue
        if usual or title_weight(before) < 0:
            part = parts[index]
            parts[index] = replace(part, text=before)
            entry.places.append(Part(after, *rest_of(part)))


def _merged(named: list[Named]) -> list[Named]:
    """Drop entries that only name the employer of the roles below them."""
    result: list[Named] = []
    for index, each in enumerate(named):
        entry, title, company, rest, _ = each
        following = named[index + 1] if index + 1 < len(named) else None
        if (
            title is None
            and company is not None
            and not entry.bullets
            and (not entry.body or entry.date is None)
            and not rest
            and following
            and following[1] is not None
            and following[2] is company
        ):
            if entry.places and not following[0].places:
                following[0].places.extend(entry.places)
            following[0].body[:0] = entry.body
            continue
        result.append(each)
    return result


def _candidates(  # noqa: C901, PLR0911 - a list of cases
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
        if len(pieces) == 2 and max(weights) > 0 >= min(weights) and may_be_city(parts[1].text) and not entry.places:
            entry.places.append(parts[1])
            return pieces
        return parts
    inside = _INSIDE.match(parts[0].text)
    if inside and title_weight(inside[1]) > 0 >= title_weight(inside[2]):
        return [Part(inside[1], *rest_of(parts[0])), Part(inside[2], *rest_of(parts[0]))]
    pieces = divided(parts[0])
    weights = [title_weight(piece.text) for piece in pieces]
    text = parts[0].text
    if len(pieces) == 2 and (max(weights) > 0 >= min(weights) or re.search(r"\s[–—-]\s|\s(?:at|@)\s", text)):
        return pieces
    if len(pieces) > 2 and max(weights) > 0:
        at = next(index for index, weight in enumerate(weights) if weight > 0)
        last = at
        while last + 2 < len(pieces) and weights[last + 1] > 1:
            last += 1  # "Flight Attendant, then Cabin Manager" is one title
        before, _, after = text.partition(pieces[at].text)
        if last > at:
            between, _, after = after.partition(pieces[last].text)
            pieces[at] = Part(f"{pieces[at].text}{between}{pieces[last].text}", *rest_of(pieces[at]))
        if at == 0 and len(pieces) > last + 2:
            # The title goes on up to what looks most like an employer: "Head of Finance, Banking, Meridian Bank".
            employer_at = min(range(last + 1, len(pieces)), key=lambda index: weights[index])
            if weights[employer_at] <= -1 and employer_at > last + 1:
                skipped, _, after = after.partition(pieces[employer_at].text)
                after = f"{pieces[employer_at].text}{after}"
                pieces[at] = Part(f"{pieces[at].text}{skipped}".rstrip(" ,–—-|"), *rest_of(pieces[at]))
        title, employer = (pieces[at].text, after) if at == 0 else (f"{pieces[at].text}{after}", before)
        employer, *places = without_place(employer.strip(" ,–—-|"))
        entry.places += [Part(place, *rest_of(parts[0])) for place in places]
        found = [Part(employer, *rest_of(parts[0])), Part(title.strip(" ,–—-|"), *rest_of(parts[0]))]
        return found[::-1] if at == 0 else found
    return parts


def _layout(parts: list[Part]) -> tuple[object, ...]:
    return (parts[0].style[1:], parts[1].style[1:], parts[0].row == parts[1].row)
