"""Entries of a section: where one ends and the next begins, and the parts of their headers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from functions.resume_import.dates import Found, find_dates, trim
from functions.resume_import.reading.units import Unit, is_label, same_row
from functions.resume_import.vocabulary.labels import PART_LABEL, label_of
from functions.resume_import.vocabulary.patterns import EMPLOYMENT, LENGTH, TABLE_HEADS, WHOLE_URL
from functions.resume_import.vocabulary.words import is_place, title_weight

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Box

_STRONG: Final = re.compile(r"\s*[|•·∙⋅‖‧・｜]\s*|\t|\s{3,}|\s+/\s+(?=[A-Z])")
_WEAK: Final = re.compile(r"\s+[–—-]{1,3}\s+|\s*—\s*|\s+(?:at|bei|chez|@|presso|bij)\s+|\s*@\s*")
_DASH: Final = re.compile(r"\s+[–—-]{1,3}\s+|\s*—\s*")
_AT: Final = re.compile(r"^(?:at|bei|chez|@|presso|bij)\s+(?=\S)")
_LABEL: Final = re.compile(r"^([^\W\d_][^:：]{2,38})[:：]\s+\S")
_TRAILING_PAREN: Final = re.compile(r"^(.{3,}?)\s*[(（]([^()（）]{2,40})[)）]$")


@dataclass(slots=True)
class Part:
    """A piece of the header of an entry."""

    text: str
    style: tuple[float, bool, bool, bool]
    row: int
    page: int
    box: Box
    after_comma: bool = False
    hint: str = ""


@dataclass(slots=True)
class Entry:
    """An entry: the lines of its header, and its body."""

    heads: list[Unit] = field(default_factory=list)
    body: list[Unit] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    places: list[Part] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    date: Found | None = None

    @property
    def bullets(self) -> list[str]:
        """The texts of its bullets."""
        return [unit.text for unit in self.body if unit.kind == "bullet"]

    @property
    def paragraphs(self) -> list[str]:
        """The texts of its paragraphs."""
        return [unit.text for unit in self.body if unit.kind != "bullet"]


def entries(units: list[Unit]) -> list[Entry]:
    """Group units to entries, and take their headers apart."""
    grouped = [each for entry in _grouped(_without_table_head(_in_order(_listed(units)))) for each in _cut(entry)]
    _aside(grouped)
    for entry in grouped:
        _take_apart(entry)
    return grouped


def _listed(units: list[Unit]) -> list[Unit]:
    """Recognise entries that are themselves items of a list: numbered, with bullets below, or nothing but a list."""
    flat = units and all(unit.kind == "bullet" for unit in units) and sum(map(_is_dated, units)) * 2 >= len(units)
    result: list[Unit] = []
    for unit, following in zip_longest(units, units[1:]):
        deeper = (
            following is not None
            and following.kind == "bullet"
            and following.first.bullet
            and following.first.box.left > unit.first.box.left + 3
            and not _is_dated(following)
        )
        if unit.kind == "bullet" and _is_dated(unit) and (flat or deeper):
            result.append(Unit("head", unit.texts, find_dates(unit.text)))
        else:
            result.append(unit)
    return result


def _in_order(units: list[Unit]) -> list[Unit]:
    """Where headers begin with their dates, leave sentences that end with one in the body: "Dean, 2021."."""
    dated = [unit for unit in units if unit.kind == "head" and unit.dates]
    leading = sum(unit.dates[0].begin <= 1 for unit in dated)
    if leading < 2 or leading * 3 < len(dated) * 2:
        return units
    return [
        Unit("paragraph", unit.texts)
        if unit.kind == "head" and unit.dates and unit.dates[0].begin > 3 and unit.text.endswith(".")
        else unit
        for unit in units
    ]


def _is_dated(unit: Unit) -> bool:
    """Return whether a line begins or ends with a date."""
    found = find_dates(unit.text)
    return bool(found) and (found[0].begin <= 1 or found[-1].end >= len(unit.text) - 2) and len(unit.text) < 150


def _without_table_head(units: list[Unit]) -> list[Unit]:
    """Leave out the first row of a table: "Period", "Designation", "Organisation"."""
    count = next((i for i, unit in enumerate(units) if not same_row(units[0].first, unit.first)), len(units))
    names = [unit.text.casefold() for unit in units[:count]]
    known = sum(any(word in TABLE_HEADS for word in re.findall(r"[^\W\d_]+", name)) for name in names)
    enough = known * 3 >= len(names) * 2 if len(names) >= 3 else len(names) == 2 and known == 2
    return units[count:] if enough else units


def _grouped(units: list[Unit]) -> list[Entry]:
    result: list[Entry] = []
    dated = [unit for unit in units if unit.kind == "head" and unit.dates]
    first = next((unit for unit in units if unit.kind == "head"), None)
    for index, unit in enumerate(units):
        if unit.kind != "head":
            if not result:
                result.append(Entry())
            result[-1].body.append(unit)
        elif result and result[-1].heads and not unit.dates and _is_below(unit, result[-1].heads):
            result[-1].body.append(Unit("paragraph", unit.texts))
        elif (
            not result
            or _is_next(unit, result[-1].heads)
            or (result[-1].body and _begins(units, index, result[-1], first, len(dated)))
        ):
            result.append(Entry([unit]))
        elif result[-1].body:
            result[-1].body.append(Unit("paragraph", unit.texts))
        else:
            result[-1].heads.append(unit)
    return result


def _is_below(unit: Unit, heads: list[Unit]) -> bool:
    """Return whether a line is text below a header with a date: a sentence, or what follows a heading of the file."""
    if heads[0].first.level and any(head.dates for head in heads[1:]):
        return not unit.first.level and not same_row(heads[-1].texts[-1], unit.first)
    sentence = not unit.first.line.bold and unit.text.endswith(".") and len(unit.text.split()) > 3
    return sentence and any(head.dates for head in heads)


def _is_next(unit: Unit, heads: list[Unit]) -> bool:
    """Return whether a line is a heading of the file, as the one that begins the entry before it."""
    return bool(heads) and 0 < unit.first.level <= heads[0].first.level


def _begins(units: list[Unit], index: int, entry: Entry, first: Unit | None, dated: int) -> bool:
    """Return whether a header line after a body begins an entry."""
    unit = units[index]
    if unit.dates or unit.first.level:
        return True
    if is_label(unit.text) and not unit.first.line.bold and not PART_LABEL.match(unit.text):
        return False
    run: list[Unit] = []
    for each in units[index:]:
        if each.kind != "head":
            break
        run.append(each)
    if any(each.dates for each in run[:4]):
        return True
    model = entry.heads[0] if entry.heads else first
    if model is None:
        return True
    alike = unit.first.style[:3] == model.first.style[:3] and abs(unit.first.box.left - model.first.box.left) < 4
    if model.first.line.bold or (first is not None and first.first.line.bold):
        return alike or (unit.first.line.bold and not is_label(unit.text))
    return alike and not (dated and is_label(unit.text)) and len(unit.text) < 80


def _cut(entry: Entry) -> list[Entry]:
    """Split headers that follow each other without bodies, so that each has one date."""
    dated = [index for index, unit in enumerate(entry.heads) if unit.dates]
    if len(dated) < 2:
        return [entry]
    heads = entry.heads
    cuts: list[int] = []
    for before, after in itertools.pairwise(dated):
        if (
            _same_rows(heads[before], heads[after])
            and abs(heads[before].first.box.left - heads[after].first.box.left) > 30
        ):
            continue
        cuts.append(_cut_between(heads, before, after, dated[0], cuts[-1] if cuts else 0))
    result: list[Entry] = []
    begin = 0
    for cut in [*cuts, len(heads)]:
        if cut > begin:
            result.append(Entry(heads[begin:cut]))
        begin = max(begin, cut)
    result[-1].body = entry.body
    return result


def _same_rows(a: Unit, b: Unit) -> bool:
    return same_row(a.texts[-1], b.first)


def _cut_between(heads: list[Unit], before: int, after: int, lead: int, last_cut: int) -> int:
    """Find where, between two dated lines, the second one's entry begins."""
    options = list(range(before + 1, after + 1))
    if len(options) == 1:
        return options[0]
    model = heads[last_cut].first

    def score(index: int) -> float:
        above, line = heads[index - 1].texts[-1], heads[index].first
        if _same_rows(heads[index - 1], heads[index]):
            return -10.0
        gap = (line.box.bottom - above.box.bottom) / max(line.line.size, 1) if line.page == above.page else 2.0
        alike = line.style[:3] == model.style[:3] and abs(line.box.left - model.box.left) < 3
        return (
            min(max(gap, 0), 4.0)
            + 1.2 * alike
            + 0.7 * (after - index == lead)
            + 0.6 * (line.line.bold and not above.line.bold)
            + 1.5 * (line.line.size > above.line.size + 0.6 and line.line.size > model.line.size + 0.6)
        )

    return max(options, key=score)


def _aside(grouped: list[Entry]) -> None:
    """Move to the bodies what has a label that names neither title nor employer."""
    labels: Counter[str] = Counter()
    for entry in grouped:
        labels.update({match[1] for unit in entry.heads if (match := _LABEL.match(unit.text))})
    for entry in grouped:
        aside = [
            unit
            for unit in entry.heads
            if not unit.dates
            and (match := _LABEL.match(unit.text))
            and (label_of(match[1]) == "aside" or (not label_of(match[1]) and labels[match[1]] > 1))
        ]
        if aside and len(aside) < len(entry.heads):
            entry.heads = [unit for unit in entry.heads if unit not in aside]
            entry.body[:0] = [Unit("paragraph", unit.texts) for unit in aside]


def _take_apart(entry: Entry) -> None:
    parts: list[Part] = []
    row = -1
    last: Unit | None = None
    for unit in entry.heads:
        if last is None or not _same_rows(last, unit):
            row += 1
        last = unit
        for found in unit.dates:
            if entry.date is None or (found.start and not entry.date.start):
                entry.date = found
        parts += _pieces(unit, row)
    named: list[Part] = []
    for part in parts:
        if WHOLE_URL.match(part.text):
            entry.urls.append(part.text)
        elif part.hint == "place" or is_place(part.text):
            entry.places.append(part)
        elif not EMPLOYMENT.match(part.text) and not LENGTH.match(part.text):
            named.append(part)
    entry.parts = named or entry.places[:1]
    if not named:
        entry.places = entry.places[1:]


def _pieces(unit: Unit, row: int) -> list[Part]:
    """Split a header line at its dates, its separators and where its style changes."""
    text, first = unit.text, unit.first
    cuts: list[tuple[int, int]] = [(found.begin, found.end) for found in unit.dates]
    styles: list[tuple[int, tuple[bool, bool]]] = []
    position = 0
    for run in [run for each in unit.texts for run in each.runs]:
        place = text.find(run.text, position)
        if place >= 0:
            styles.append((place, (run.bold, run.italic)))
            position = place + len(run.text)
    cuts += [(place, place) for (_, before), (place, style) in itertools.pairwise(styles) if style != before]
    cuts += [match.span() for match in _STRONG.finditer(text) if not _is_double_title(text, match)]
    pieces: list[Part] = []
    position = 0
    for begin, end in [*sorted(cuts), (len(text), len(text))]:
        if begin >= position:
            comma = text[:position].rstrip().endswith(",") or text[position:begin].lstrip().startswith(",")
            if piece := _AT.sub("", trim(text[position:begin])):
                place = position + max(0, text[position:begin].find(piece[0]))
                bold, italic = next((style for start, style in reversed(styles) if start <= place), first.style[1:3])
                style = (first.style[0], bold, italic, piece.isupper())
                piece, hint = _without_label(piece)
                if label_of(piece):
                    piece = ""
                for each in without_place(piece) if piece else ():
                    pieces.append(Part(each, style, row, first.page, unit.box, comma, hint))
                    hint = ""
        position = max(position, end)
    return pieces


def _is_double_title(text: str, match: re.Match[str]) -> bool:
    """Return whether a slash stands between two titles of one job: "Staff Nurse / Charge Nurse"."""
    before, after = text[: match.start()], text[match.end() :]
    return "/" in match[0] and title_weight(before) > 0 and title_weight(after) > 0


def _without_label(piece: str) -> tuple[str, str]:
    """Remove a label ("Company: Acme"), and return what it says that the rest is."""
    if match := PART_LABEL.match(piece):
        return piece[match.end() :], match.lastgroup or ""
    return piece, ""


def without_place(piece: str) -> list[str]:
    """Split off a place at the end: "Acme, Berlin, Germany" is "Acme" and "Berlin, Germany"."""
    if is_place(piece):
        return [piece]
    for match in _DASH.finditer(piece):
        if is_place(piece[match.end() :]):
            return [piece[: match.start()], piece[match.end() :]]
    trailing = _TRAILING_PAREN.match(piece)
    if trailing and is_place(trailing[2]):
        return [trailing[1], trailing[2]]
    words = piece.split(", ")
    for count in (3, 2, 1):
        if len(words) > count and is_place(", ".join(words[-count:])):
            return [", ".join(words[:-count]), ", ".join(words[-count:])]
    return [piece]


def divided(part: Part) -> list[Part]:
    """Split a part at weaker separators: a dash, "at", or else commas."""
    pieces = [trim(piece) for piece in _WEAK.split(part.text)]
    if len(pieces) < 2:
        pieces = [trim(piece) for piece in re.split(r",\s+|，|、", part.text)]
    return [Part(piece, part.style, part.row, part.page, part.box) for piece in pieces if piece]


def rest_of(part: Part) -> tuple[tuple[float, bool, bool, bool], int, int, Box]:
    """Return style and place of a part, for a part of its text."""
    return part.style, part.row, part.page, part.box
