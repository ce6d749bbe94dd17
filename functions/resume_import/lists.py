"""Sections that are lists: skills, languages, certificates, awards, publications, interests, references."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from functions.resume_import.dates import Found, find_dates, trim, without_dates
from functions.resume_import.entries import entries
from functions.resume_import.reading.units import Unit, same_row
from functions.resume_import.values import Value
from functions.resume_import.vocabulary.headings import section_of
from functions.resume_import.vocabulary.patterns import GRADE, LEVEL, LEVELS, LICENCE, ON_REQUEST, SOFT
from functions.resume_import.work import unit_value

_LABEL: Final = re.compile(r"^([^:：,]{2,40}?)\s*[:：]\s*(.*)$", re.DOTALL)
_SPLIT: Final = re.compile(r"\s*[,;|•·∙⋅、，،；／]\s*|\s+[▪◦●■–—]\s+|\s{3,}|\t")
_NATIVE: Final = re.compile(
    r"tongue|lingue?\b|lengua|mutter|maternelle|moedertaal|língua|modersmål|ojczyst|foreign|fremd|étrang|obce|母语|母語|外语|外国語",
    re.IGNORECASE,
)
_STAR: Final = re.compile(r"[★☆●○◉◯⬤]{2,}")


def skills(units: list[Unit]) -> dict[str, Any]:
    """Find skills, in their groups where they have them."""
    groups: list[tuple[Value | None, list[Value]]] = []
    waiting: Unit | None = None
    for index, unit in enumerate(units):
        following = units[index + 1] if index + 1 < len(units) else None
        for label, text in _labelled(unit):
            keywords = [unit_value(unit, piece, 0.9) for piece in split_list(text)]
            if label is not None:
                groups.append((unit_value(unit, label, 0.9), keywords))
                waiting = unit if not keywords else None
            elif _is_group_name(unit, following, keywords, groups):
                groups.append((unit_value(unit, trim(unit.text), 0.8), []))
                waiting = unit
            elif groups and (
                waiting is not None
                or (groups[-1][0] is not None and not unit.first.line.bold and unit.kind != "bullet")
            ):
                groups[-1][1].extend(keywords)
                waiting = None if unit.kind != "bullet" else waiting
            elif groups and groups[-1][0] is None:
                groups[-1][1].extend(keywords)
            else:
                groups.append((None, keywords))
    return _skills(groups)


def spoken(unit: Unit) -> Unit | None:
    """Return what follows the label of a line of languages among skills; none for languages of programming."""
    match = _LABEL.match(unit.text)
    if match is None or section_of(match[1]) != "languages":
        return None
    pieces = split_list(match[2])
    if not _NATIVE.search(match[1]) and sum(bool(LEVEL.search(piece)) for piece in pieces) * 2 < max(1, len(pieces)):
        return None
    return Unit("paragraph", [replace(unit.first, text=match[2])])


def _skills(groups: list[tuple[Value | None, list[Value]]]) -> dict[str, Any]:
    technical: list[Value] = []
    soft: list[Value] = []
    named: list[dict[str, Any]] = []
    for name, keywords in groups:
        mine = keywords or ([name] if name else [])
        (soft if name and SOFT.search(name.value) else technical).extend(mine)
        if name:
            named.append({"name": name, "keywords": keywords})
        elif keywords:
            named.append({"keywords": keywords})
    result: dict[str, Any] = {"technical": _unique(technical), "soft": _unique(soft)}
    if any("name" in group for group in named):
        result["groups"] = named
    return result


def _unique(values: list[Value]) -> list[Value]:
    return list({value.value.casefold(): value for value in reversed(values)}.values())[::-1]


def _labelled(unit: Unit) -> list[tuple[str | None, str]]:
    """Split a line at its label: a colon, or a bold run before ordinary text."""
    text = unit.text
    runs = unit.first.runs
    if match := _LABEL.match(text):
        return [(trim(match[1]), match[2])]
    if len(runs) > 1 and runs[0].bold and not runs[1].bold and len(runs[0].text) < 40:
        return [(trim(runs[0].text), text[len(runs[0].text) :])]
    if len(unit.texts) > 1 and not unit.first.bullet and not _SPLIT.search(text):
        # Lines that only seem wrapped: each is an entry of its own.
        return [(None, each.text) for each in unit.texts]
    return [(None, text)]


def _is_group_name(unit: Unit, following: Unit | None, keywords: list[Value], groups: list[Any]) -> bool:
    """Return whether a line names the group of the lines below it."""
    if (
        following is None
        or len(keywords) != 1
        or len(unit.text) > 45
        or (unit.kind == "bullet" and following.kind == "bullet")
    ):
        return False
    if same_row(unit.texts[-1], following.first) and following.first.box.left > unit.box.right:
        return len(split_list(following.text)) > 1
    a, b = unit.first, following.first
    if a.line.bold and not b.line.bold:
        return True
    return (
        a.line.size > b.line.size + 0.4
        or (a.text.isupper() and not b.text.isupper() and len(a.text) > 4)
        or (unit.kind != "bullet" and following.kind == "bullet" and not groups)
    )


def split_list(text: str) -> list[str]:
    """Split a list of skills; commas in brackets do not count."""
    if text.count(" / ") > 1 and not re.search(r"[,;|•·、，،]", text):
        return [trim(piece) for piece in text.split(" / ") if trim(piece)]
    pieces = [trim(piece.translate(_COMMAS)) for piece in _SPLIT.split(_protected(_STAR.sub(" ", text)))]
    pieces = [
        re.sub(r"^(?:and|und|et|y|e|en)\s+(?=\S)", "", piece).rstrip(".") if len(pieces) > 1 else piece
        for piece in pieces
    ]
    return [piece for piece in pieces if piece]


_COMMAS: Final = dict(enumerate(",、，،"))
"""What stands for a comma that does not part."""
_HIDDEN: Final = {ord(comma): place for place, comma in _COMMAS.items()}


def _protected(text: str) -> str:
    """Replace the commas in brackets."""
    return re.sub(r"\([^()]*\)|（[^（）]*）", lambda match: match[0].translate(_HIDDEN), text)


def languages(units: list[Unit]) -> list[dict[str, Any]]:
    """Find languages and how well they are spoken."""
    items: list[dict[str, Any]] = []
    for unit in (each for joined in units for each in _lines(joined)):
        text = unit.text
        if text.count(" / ") > 1 and not LEVEL.search(text):
            text = text.replace(" / ", ", ")
        label = _LABEL.match(text)
        pieces = (
            [text] if label and len(re.findall(r"[:：]", text)) == 1 and "," not in label[2] else _language_pieces(text)
        )
        for piece in pieces:
            piece = trim(_STAR.sub(" ", piece))  # noqa: PLW2901
            if not piece:
                continue
            level = LEVEL.search(piece)
            if (level and level.start() <= 1 and level.end() >= len(piece) - 1) or (
                items and re.fullmatch(r"\(?(?:" + LEVELS + r")\)?.{0,25}", piece, re.IGNORECASE)
            ):
                if items and "fluency" not in items[-1]:
                    items[-1]["fluency"] = unit_value(unit, piece.strip("()"), 0.85)
                continue
            parts = [trim(each) for each in re.split(r"\s*[:：(（]\s*|\s+[–—-]\s+|\s*[|/]\s*", piece, maxsplit=1)]
            if len(parts) == 1 and level and level.start() > 2:
                parts = [trim(piece[: level.start()]), piece[level.start() :]]
            elif len(parts) == 1 and (before := _LEVEL_BEFORE.match(piece)):
                parts = [piece[before.end() :], before[1]]
            item: dict[str, Any] = {"language": unit_value(unit, parts[0], 0.9)}
            if len(parts) > 1 and (fluency := parts[1].strip(" ()（）")):
                item["fluency"] = unit_value(unit, fluency, 0.85)
            items.append(item)
    return items


def _lines(unit: Unit) -> list[Unit]:
    """Part lines that only seem wrapped: each is a language with its level."""
    if len(unit.texts) > 1 and all(re.search(r"\S\s+[·|–—-]\s+\S", text.text) for text in unit.texts):
        return [Unit(unit.kind, [text], unit.dates) for text in unit.texts]
    return [unit]


_LEVEL_BEFORE: Final = re.compile(
    r"(a little|a bit of|some|basic|elementary|intermediate|conversational|good|advanced|fluent|native|professional)\s+"
    r"(?=(?-i:[A-Z])\w+$)",
    re.IGNORECASE,
)
"""A level that stands before its language: "a little Japanese"."""


def _language_pieces(text: str) -> list[str]:
    return [piece.translate(_COMMAS) for piece in re.split(r"\s*[,;•·|、，،；]\s*|\s{3,}|\t", _protected(text))]


def _closed(text: str) -> str:
    """Return a name without brackets around it or left open."""
    text = text.strip()
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        return text[1:-1].strip()
    if text.count("(") == text.count(")"):
        return text
    return text.strip(" ()")


def certifications(units: list[Unit]) -> list[dict[str, Any]]:
    """Find certificates. What is left of "(exp. 06/2027)" without its date is no part of a name."""
    items = _titled(units, "name", "issuer")
    for item in items:
        item["name"] = item["name"]._replace(value=_EXPIRES.sub("", item["name"].value))
    return items


_EXPIRES: Final = re.compile(r"\s*\((?:exp\w*|valid \w+|until|gültig bis|bis|válido hasta)\.?:?\s*\)?$", re.IGNORECASE)


def awards(units: list[Unit]) -> list[dict[str, Any]]:
    """Find awards."""
    return _titled(units, "title", "awarder", "summary")


def publications(units: list[Unit]) -> list[dict[str, Any]]:
    """Find publications."""
    return _titled(units, "name", "publisher", "summary")


def _titled(  # noqa: C901 - one step after the other
    units: list[Unit], name: str, giver: str, text_key: str | None = None
) -> list[dict[str, Any]]:
    """Read a list whose items have a name, often who gave it, and a date."""
    units = [each for unit in units for each in _listed(unit)]
    heads = [unit for unit in units if unit.kind == "head"]
    if len(heads) * 2 < len(units) or not heads:
        return [_line(unit, name, giver) for unit in units if unit.kind != "paragraph" or len(units) <= 12]
    items: list[dict[str, Any]] = []
    for entry in entries(units):
        parts = list(entry.parts)
        if not parts:
            if items and entry.body and text_key:
                continue
            items += [_line(unit, name, giver) for unit in entry.body]
            continue
        if len(parts) == 1:
            pieces = _halves(parts[0].text, r"\s+[–—-]\s+|,\s+(?=[A-Z])|\s+by\s+")
        else:
            pieces = [part.text for part in parts]
        item: dict[str, Any] = {name: Value(pieces[0], 0.85, parts[0].page, parts[0].box)}
        if len(pieces) > 1:
            item[giver] = Value(pieces[1], 0.75, parts[-1].page, parts[-1].box)
        if entry.date:
            item["date"] = Value(_latest(entry.date), 0.9, parts[0].page, parts[0].box)
        if entry.urls:
            item["url"] = entry.urls[0]
        texts = [*pieces[2:], *(unit.text for unit in entry.body)]
        if texts and text_key:
            item[text_key] = Value("\n".join(texts), 0.7, parts[0].page, parts[0].box)
        elif texts:
            item["extra"] = {"lines": texts}
        items.append(item)
    return items


def _listed(unit: Unit) -> list[Unit]:
    """Divide a line that lists several items, each with its date: "CKA (2022), CKAD (2021)"."""
    text, cuts = unit.text, [0]
    for found in find_dates(text):
        separator = re.compile(r"\s*[,;|•·]\s*(?=[A-Z])").match(text, found.end)
        if separator and find_dates(text[separator.end() :]) and re.search(r"[^\W\d_]", text[cuts[-1] : found.begin]):
            cuts.append(separator.end())
    if len(cuts) < 2:
        return [unit]
    pieces = [trim(text[begin:end]) for begin, end in pairwise([*cuts, len(text)])]
    return [Unit(unit.kind, [replace(unit.first, text=piece, runs=())], find_dates(piece)) for piece in pieces]


def _halves(text: str, separators: str) -> list[str]:
    """Divide a line at the first separator, but not before a grade or the number of a licence."""
    parted = GRADE.sub(lambda match: match[0].replace(match[0].strip(), "\x00"), text)
    head, comma, tail = parted.rpartition(", ")
    number = re.sub(r"\s*\([^)]*$", "", tail) if comma and LICENCE.match(tail) else ""
    pieces = re.split(separators, head if number else parted, maxsplit=1)
    pieces = [trim(piece.replace("\x00", "–")) for piece in pieces]
    return [*pieces, *([""] * (2 - len(pieces))), number] if number else pieces


def _line(unit: Unit, name: str, giver: str) -> dict[str, Any]:
    text = unit.text
    found = unit.dates or find_dates(text)
    pieces = without_dates(text, found[:1]) or [text]
    if len(pieces) == 1:
        pieces = _halves(pieces[0], r"\s+[–—-]\s+|\s*\|\s*|,\s+(?=[A-Z][^,]*$)")
    item: dict[str, Any] = {name: unit_value(unit, _closed(pieces[0]), 0.8)}
    if len(pieces) > 1 and pieces[1].strip(" ().,"):
        item[giver] = unit_value(unit, pieces[1].strip(" (),"), 0.7)
    if found:
        item["date"] = unit_value(unit, _latest(found[0]), 0.85)
    if len(pieces) > 2:
        item["extra"] = {"lines": pieces[2:]}
    return item


def _latest(found: Found) -> str:
    return found.start if found.finish in {"Present", ""} else found.finish


def interests(units: list[Unit]) -> list[dict[str, Any]]:
    """Find interests."""
    items: list[dict[str, Any]] = []
    for unit in units:
        match = _LABEL.match(unit.text)
        if match:
            items.append(
                {
                    "name": unit_value(unit, match[1], 0.85),
                    "keywords": [unit_value(unit, piece, 0.85) for piece in split_list(match[2])],
                }
            )
        else:
            items += [
                {"name": unit_value(unit, piece, 0.85)}
                for piece in (split_list(unit.text) if len(unit.text) < 300 else [unit.text])
            ]
    return items


def references(units: list[Unit]) -> list[dict[str, Any]]:
    """Find references."""
    items: list[dict[str, Any]] = []
    named = [unit for unit in units if len(unit.text) > 80 or not ON_REQUEST.search(unit.text)]
    for entry in entries(named):
        texts = [unit.text for unit in entry.body]
        if entry.parts:
            lines = [", ".join(part.text for part in entry.parts[1:])] if len(entry.parts) > 1 else []
            item = {"name": Value(entry.parts[0].text, 0.7, entry.parts[0].page, entry.parts[0].box)}
            if lines + texts:
                item["reference"] = Value("\n".join(lines + texts), 0.7, entry.parts[0].page, entry.parts[0].box)
            items.append(item)
        elif texts:
            items.append({"reference": unit_value(entry.body[0], "\n".join(texts), 0.7)})
    return items
