"""What a posting asks for: skills, years, degrees, languages, certificates and soft skills, each with its quote.

A passage is read clause by clause. Years, degrees and languages are recognised by their form. What else a clause lists
is split into items; an item is a term of the lexicon, or, in a part of the posting that lists requirements, the words
that are left when phrases such as "experience with" are taken off. Items joined by "or" are one requirement with
several options; items joined by "and" are several requirements.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from functions._shared.coverage import degrees, phrases, tongues
from functions._shared.coverage.asked import Kind, Option, Requirement
from functions._shared.coverage.clauses import SUFFIX, Clause, clauses, untaken
from functions._shared.coverage.durations import PLACES, Years, years
from functions._shared.coverage.items import Item, items
from functions._shared.coverage.lexicon import Lexicon, lexicon
from functions._shared.coverage.phrases import pattern
from functions._shared.coverage.posting import Passage, bare_lines, passages
from functions._shared.coverage.wording import (
    CERTIFIED,
    NOT_AN_ITEM,
    SKILLS,
    chosen,
    is_language,
    is_soft,
    is_wished,
    kind_of,
    open_kind,
)
from functions._shared.domain.language.function_words import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator


MAX_TEXT: Final = 20_000
"""Characters of a posting that are read."""
SAMPLE: Final = 2_500
"""Characters by which its language is told."""


def requirements(text: str) -> list[Requirement]:
    """Read what a posting asks for, in the order of the posting; what it asks for twice counts once."""
    text = text[:MAX_TEXT]
    reader = _Reader(text, lexicon(), language_of(text[:SAMPLE]))
    found: dict[tuple[str, ...], Requirement] = {}
    read = list(passages(text, reader.language))
    read += [each for each in bare_lines(text) if reader.lists_terms(each) and not _overlaps(each, read)]
    for passage in sorted(read, key=lambda each: each.start):
        for requirement in reader.read(passage):
            key = (
                requirement.kind,
                *sorted((o.term.name if o.term else o.text).casefold() for o in requirement.options),
            )
            known = found.get(key)
            if known is None:
                found[key] = requirement
            elif known.level == "preferred" and requirement.level == "required":
                found[key] = replace(known, level="required")
    return _without_doubles(list(found.values()))


def _overlaps(passage: Passage, others: list[Passage]) -> bool:
    return any(passage.start < other.end and other.start < passage.end for other in others)


def _without_doubles(found: list[Requirement]) -> list[Requirement]:
    """Leave out a single skill that an earlier requirement of the same level offers as one of its options."""
    kept: list[Requirement] = []
    for each in found:
        terms = {option.term for option in each.options if option.term}
        double = (
            len(each.options) == 1
            and terms
            and any(other.kind == each.kind and terms <= {option.term for option in other.options} for other in kept)
        )
        if not double:
            kept.append(each)
    return kept


_JOINED: Final = re.compile(r"\s*[,;|/\u00b7]\s*|\s+(?:and|or|und|oder|et|ou|y|o|&)\s+")
_OF_WHOM: Final = re.compile(r"\b(?:ability|able) to\b.*\s(?:with|for|among|between)\s", re.IGNORECASE)
_SHORT_LINE: Final = 7
"""Words of a line that asks for years and little else."""
_HEAD: Final = re.compile(r"-?(?:\s*,\s*[\w/-]+)*\s*,?\s+(?:and|or|und|oder)\s+(?:[\w/-]+\s+){1,2}?(\w+)")
_WORKED_IN: Final = re.compile(r"\bexperience (?:in|with|of)\b[^,;]*$", re.IGNORECASE)
_PREPOSITION: Final = re.compile(
    r"^(?:(?:au moins|on|in|with|at|en|dans|im|bei|mit|nel|nell[aeo]|nei|negli)\s+|nell['\u2019])+", re.IGNORECASE
)
_MEANS: Final = re.compile(r"\s(?:with|in|using|mit|avec|en|con|com|em|met)\s", re.IGNORECASE)
_PLACE: Final = re.compile(rf"\b(?:{PLACES})\b", re.IGNORECASE)


class _Reader:
    def __init__(self, text: str, terms: Lexicon, language: str) -> None:
        self.text = text
        self.lexicon = terms
        self.language = language

    def lists_terms(self, passage: Passage) -> bool:
        """Tell whether a line is a list of known terms, or names years."""
        line = self.text[passage.start : passage.end]
        parts = [part for part in _JOINED.split(line) if part]
        if parts and all(self.lexicon.get(part) for part in parts):
            return True
        return len(line.split()) <= _SHORT_LINE and any(years(self.text, passage.start, passage.end, listed=True))

    def read(self, passage: Passage) -> Iterator[Requirement]:
        last: Requirement | None = None
        for clause in clauses(self.text, passage, self.language):
            for each in self._of(clause):
                if (
                    last
                    and last.kind == each.kind
                    and last.start < clause.start
                    and pattern("also_fine", self.language).search(self.text, clause.start, clause.end)
                ):
                    last = replace(last, options=(*last.options, *each.options), end=clause.end)
                    continue
                if last:
                    yield last
                last = each
        if last:
            yield last

    def _of(self, clause: Clause) -> Iterator[Requirement]:
        yield from self._years(clause)
        yield from self._degree(clause)
        yield from self._rest(clause)

    def _years(self, clause: Clause) -> Iterator[Requirement]:
        for found in years(self.text, clause.start, clause.end, listed=clause.listed):
            if not found.sure and found.subject and self._tool(found.subject):
                continue
            clause.taken.append((found.start, found.end))
            yield self._of_years(found, clause)
            if found.subject and (means := _MEANS.search(self.text, *found.subject)):
                for hit in self.lexicon.find(self.text[means.end() : found.subject[1]], self.language):
                    yield Requirement("skill", clause.level, (Option(hit.name, hit.term),), clause.start, clause.end)

    def _tool(self, subject: tuple[int, int]) -> bool:
        """Tell whether what follows "experience in" is a tool or a method and no place to work at."""
        text = self.text[slice(*subject)]
        return bool(self.lexicon.find(text, self.language)) and not _PLACE.search(text)

    def _of_years(self, found: Years, clause: Clause) -> Requirement:
        """Return the requirement; "software development with Java" is about the jobs that show Java."""
        subject = found.subject
        if subject and (means := _MEANS.search(self.text, *subject)) and self._tool((means.end(), subject[1])):
            subject = means.end(), subject[1]
        options = (
            tuple(
                Option(text, self.lexicon.get(text))
                for each in items(self.text, *subject, self.language, whole=True)
                if (text := _PREPOSITION.sub("", each.text))
            )
            if subject
            else ()
        )
        return Requirement("years", clause.level, options, clause.start, clause.end, found.minimum)

    def _degree(self, clause: Clause) -> Iterator[Requirement]:
        part = untaken(self.text, clause)
        match = degrees.mentions(part)
        if match is None or (
            not clause.listed
            and not pattern("asks", self.language).search(part)
            and not pattern("preferred", self.language).search(part)
        ):
            return
        if self._licence(part) or _WORKED_IN.search(part, 0, match.start()):
            return
        start, end = self._degree_part(clause)
        parts = [each for each in items(self.text, start, end, self.language, whole=True) if each.text]
        texts = [
            each.text
            for each in parts
            if not pattern("conditions", self.language).search(each.text)
            and not re.match(r"(?:sans|ohne|without|bijvoorbeeld)\b", each.text)
            and not (phrases.VAGUE.match(each.text) and not degrees.RELATED.search(each.text))
        ]
        if not any(map(degrees.mentions, texts)):
            return
        clause.taken.append((start, end))
        texts = degrees.with_subjects(texts)
        yield Requirement(
            "degree", clause.level, tuple(map(Option, texts)), clause.start, clause.end, degrees.level(part),
            equivalent=bool(degrees.PRACTICE.search(part)),
        )  # fmt: skip

    def _degree_part(self, clause: Clause) -> tuple[int, int]:
        """Return the part of a list that names degrees: "BSN" of "BSN, active RN licence, ACLS"."""
        groups: dict[int, list[Item]] = {}
        for item in items(self.text, clause.start, clause.end, self.language):
            groups.setdefault(item.group, []).append(item)
        mixed = any(
            hit.term.kind == "certificate"
            for hit in self.lexicon.find(self.text[clause.start : clause.end], self.language)
        )
        for members in groups.values() if mixed and len(groups) > 1 else ():
            if any(degrees.mentions(item.raw) for item in members):
                return members[0].start, members[-1].end
        return clause.start, clause.end

    def _licence(self, part: str) -> bool:
        """Tell whether a clause that names a qualification names a certificate."""
        return any(hit.term.kind == "certificate" for hit in self.lexicon.find(part, self.language)) and not re.search(
            r"\bdegree\b|studium|diploma\b|bachelor|master's|\bMBA\b|BSN|ausbildung", part, re.IGNORECASE
        )

    def _rest(self, clause: Clause) -> Iterator[Requirement]:
        if (clause.start, clause.end) in clause.taken:
            return
        clause.taken.sort()
        clause.hits = self.lexicon.find(self.text[clause.start : clause.end], self.language)
        position = clause.start
        for start, end in [*clause.taken, (clause.end, clause.end)]:
            part = self.text[position:start]
            last = start == clause.end
            if re.search(r"\w", part) and (last or len(part.split()) > 2):  # noqa: PLR2004
                yield from self._items(clause, position, start, known=bool(clause.taken) and not last)
            position = max(position, end)

    def _items(self, clause: Clause, start: int, end: int, *, known: bool) -> Iterator[Requirement]:
        """Read a part of a clause; before the years that a clause asks for, only terms that are known count."""
        groups: dict[int, list[Item]] = {}
        for item in items(self.text, start, end, self.language):
            groups.setdefault(item.group, []).append(item)
        for members in groups.values():
            yield from self._group(members, clause, known=known)
            if pattern("conditions", self.language).search(members[0].raw) or _OF_WHOM.search(members[0].raw):
                known = True  # what follows in the list is a condition as well, or more people to get on with

    def _group(self, members: list[Item], clause: Clause, *, known: bool) -> Iterator[Requirement]:
        kinds: dict[Kind, list[Option]] = {}
        minimum: int | None = None
        for item in members:
            for kind, option in self._read(item, clause, known=known, beside_language="language" in kinds):
                kinds.setdefault(kind, []).append(option)
            if "language" in kinds:
                minimum = minimum or tongues.rank(item.raw) or tongues.rank(self.text[clause.start : clause.end])
        if not kinds:
            return
        first = next(iter(kinds))
        loose = "language" in kinds and not tongues.CEFR.search(self.text, clause.start, clause.end)
        level = clause.level
        if level == "required" and any(SUFFIX.search(item.raw) for item in members):
            level = "preferred"
        options = list({option.text.casefold(): option for found in kinds.values() for option in found}.values())
        if "language" in kinds and len(kinds) > 1:
            for kind, found in kinds.items():
                rank = minimum if kind == "language" else None
                yield Requirement(kind, level, tuple(found), clause.start, clause.end, rank, loose=loose)
            return
        if "certificate" in kinds or (first == "skill" and any(CERTIFIED.search(item.raw) for item in members)):
            first = "certificate"
        yield Requirement(first, level, tuple(options), clause.start, clause.end, minimum, loose=loose)

    def _read(self, item: Item, clause: Clause, *, known: bool, beside_language: bool) -> Iterator[tuple[Kind, Option]]:
        spoken = tongues.languages(item.raw)
        if spoken and (is_language(item, spoken) or beside_language):
            for start, _, _ in spoken:
                yield "language", Option(tongues.name_at(item.raw, start))
            return
        if pattern("conditions", self.language).search(item.raw):
            return
        if terms := list(_terms(item, clause)):
            yield from terms
        elif whole := self._with_head(item, clause):
            yield kind_of(whole.term.kind) if whole.term else "skill", whole
        elif not known and not item.raw.lower().startswith("including ") and self._is_item(item.text):
            yield from self._unlisted(item, clause)

    def _with_head(self, item: Item, clause: Clause) -> Option | None:
        """Return the term that an item is with the last word of the next: "unit" of "unit and UI testing"."""
        if " " in item.text or self.lexicon.get(item.text):
            return None
        after = _HEAD.match(self.text, item.end, clause.end)
        name = f"{item.text} {after[1]}" if after else ""
        term = self.lexicon.get(name)
        return Option(name, term) if term else None

    def _is_item(self, text: str) -> bool:
        said = pattern("preferred", self.language).fullmatch(text) or pattern("required", self.language).fullmatch(text)
        if said or (self.language == "german" and text.islower() and " " not in text and not is_soft(text)):
            return False
        if not text or phrases.VAGUE.match(text) or NOT_AN_ITEM.search(text.replace("IT", "")):
            return False
        return not (text.islower() and self.lexicon.is_cased(text))

    def _unlisted(self, item: Item, clause: Clause) -> Iterator[tuple[Kind, Option]]:
        """Read an item that no list of ours knows."""
        text = item.text
        sibling = any(hit.term.kind == "soft" for hit in clause.hits) and text.islower() and " " not in text
        if not (clause.listed or item.led or sibling or is_wished(item, clause)):
            return
        if kind := "soft" if sibling else open_kind(item, self.language):
            proper = text[0].isupper() and item.start + item.raw.find(text) > clause.start and self.language != "german"
            yield kind, Option(text, self.lexicon.get(text) if self.lexicon.is_cased(text) else None, proper=proper)


def _terms(item: Item, clause: Clause) -> Iterator[tuple[Kind, Option]]:
    """Yield the terms that an item asks for; a certificate keeps the words around its name."""
    hits = [
        replace(hit, start=hit.start + clause.start - item.start, end=hit.end + clause.start - item.start)
        for hit in clause.hits
        if item.start <= hit.start + clause.start and hit.end + clause.start <= item.end
    ]
    # What a bracket names is blank in the item around it, and an item of its own.
    hits = [hit for hit in hits if item.raw[hit.start : hit.end].strip()]
    picked = chosen(item, [(hit.start, hit.end) for hit in hits]) if hits else set()
    held = {(hit.start, hit.end) for hit in hits if hit.term.kind == "certificate"} & picked
    picked = held or picked  # the other words of its name are no skills of their own
    for hit in hits:
        if (hit.start, hit.end) in picked:
            yield kind_of(hit.term.kind), Option(SKILLS.sub("", item.raw[hit.start : hit.end]), hit.term)
    certificate = next((hit for hit in hits if hit.term.kind == "certificate"), None)
    if certificate and not picked:
        yield "certificate", Option(item.text, certificate.term)
