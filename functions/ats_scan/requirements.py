"""What a posting asks for: skills, years, degrees, languages, certificates and soft skills, each with its quote.

A passage is read clause by clause. Years, degrees and languages are recognised by their form. What else a clause lists
is split into items; an item is a term of the lexicon, or, in a part of the posting that lists requirements, the words
that are left when phrases such as "experience with" are taken off. Items joined by "or" are one requirement with several
options; items joined by "and" are several requirements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.language.function_words import language_of
from functions.ats_scan import degrees, phrases, tongues
from functions.ats_scan.durations import PLACES, Years, years
from functions.ats_scan.items import Item, items
from functions.ats_scan.lexicon import Hit, Lexicon, lexicon
from functions.ats_scan.phrases import pattern
from functions.ats_scan.posting import Level, Passage, passages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions.ats_scan.lexicon import Term

Kind = Literal["skill", "years", "degree", "language", "certificate", "soft"]

MAX_TEXT: Final = 20_000
"""Characters of a posting that are read."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the ways to meet a requirement.

    Parameters
    ----------
    text : str
        As the posting writes it.
    term : Term or None
        The term of the lexicon that it is.
    proper : bool
        Whether it is a proper name, which counts only as it is written.
    """

    text: str
    term: Term | None = None
    proper: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that a posting asks for.

    Parameters
    ----------
    kind : str
        ``skill``, ``years``, ``degree``, ``language``, ``certificate`` or ``soft``.
    level : str
        ``required`` or ``preferred``.
    options : tuple of Option
        One of them is enough.
    start, end : int
        The quote: where the posting asks for it.
    minimum : float or None
        Years; the level of a degree as an index of `degrees.LEVELS`; the rank of a language from 1 to 6.
    equivalent : bool
        Whether experience may stand for the degree.
    """

    kind: Kind
    level: Level
    options: tuple[Option, ...]
    start: int
    end: int
    minimum: float | None = None
    equivalent: bool = False


@dataclass(slots=True)
class _Clause:
    start: int
    end: int
    level: Level
    listed: bool
    taken: list[tuple[int, int]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


def requirements(text: str) -> list[Requirement]:
    """Read what a posting asks for, in the order of the posting; what it asks for twice counts once."""
    text = text[:MAX_TEXT]
    reader = _Reader(text, lexicon(), language_of(text))
    found: dict[tuple[str, ...], Requirement] = {}
    for passage in passages(text, reader.language):
        for requirement in reader.read(passage):
            key = (requirement.kind, *sorted((o.term.name if o.term else o.text).casefold() for o in requirement.options))
            known = found.get(key)
            if known is None:
                found[key] = requirement
            elif known.level == "preferred" and requirement.level == "required":
                found[key] = replace(known, level="required")
    return _without_doubles(list(found.values()))


def _without_doubles(found: list[Requirement]) -> list[Requirement]:
    """Leave out a single skill that an earlier requirement of the same level offers as one of its options."""
    kept: list[Requirement] = []
    for each in found:
        terms = {option.term for option in each.options if option.term}
        double = len(each.options) == 1 and terms and any(
            other.kind == each.kind and terms <= {option.term for option in other.options} for other in kept
        )
        if not double:
            kept.append(each)
    return kept


_CLAUSE: Final = re.compile(
    r"\s*;\s+|\s+[\u2013\u2014]\s+|,?\s+(?=(?:preferably|preferiblemente|bij voorkeur|gerne? mit|ideally|but|idealerweise|vorzugsweise|gerne auch|aber|idéalement|de préférence|mais(?!-)|idealmente|preferentemente|pero|since|because)\b)"
    r"|(?<=\w),\s+(?=(?:and\s+)?(?:you(?:'ll|'ve)?|at least|we|our)\s)|\s+(?=and you (?:should|can|know|have|like|are|need)\b)",
    re.IGNORECASE,
)


_WISH_APART: Final = re.compile(
    r",\s+(?=[^,;]{2,40}\s(?:wären?|ist|sind|is|would be|est|serait|es|son|são|seria|è|sarebbe)\s[^,;]*(?:plus|vorteil|schön|bonus|advantage|atout|mais-valia|toll|ventaja|vantaggio|pré)\b)"
    r"(?![^,;]*\s(?:or|oder|ou|o|of)\s)",
    re.IGNORECASE,
)


def _of_one_item(clause: str, marked: re.Match[str]) -> bool:
    """Tell whether "preferred" is said of an item in the middle of a list: "BSN, CCRN preferred, ACLS and BLS"."""
    return _SUFFIX.fullmatch(marked[0].strip()) is not None and bool(
        re.search(r",[^,]*$", clause[: marked.start()]) and re.match(r"\s*,", clause[marked.end() :])
    )


_SUFFIX: Final = re.compile(r"preferred|desirable|desired|(?:is )?a plus|von vorteil|wünschenswert|souhaitée?|un plus|deseable", re.IGNORECASE)


class _Reader:
    def __init__(self, text: str, terms: Lexicon, language: str) -> None:
        self.text = text
        self.lexicon = terms
        self.language = language

    def read(self, passage: Passage) -> Iterator[Requirement]:
        last: Requirement | None = None
        for clause in self._clauses(passage):
            for each in self._of(clause):
                if last and last.kind == each.kind and last.start < clause.start and pattern("also_fine", self.language).search(self.text, clause.start, clause.end):
                    last = replace(last, options=(*last.options, *each.options), end=clause.end)
                    continue
                if last:
                    yield last
                last = each
        if last:
            yield last

    def _of(self, clause: _Clause) -> Iterator[Requirement]:
        yield from self._years(clause)
        yield from self._degree(clause)
        yield from self._rest(clause)

    def _clauses(self, passage: Passage) -> Iterator[_Clause]:
        bounds = [passage.start]
        for match in _CLAUSE.finditer(self.text, passage.start, passage.end):
            if not _inside_brackets(self.text, passage.start, match.start()):
                bounds += [match.start(), match.end()]
        if apart := _WISH_APART.search(self.text, bounds[-1], passage.end):
            bounds += [apart.start(), apart.end()]
        bounds.append(passage.end)
        whole = self.text[passage.start : passage.end]
        alone = len(bounds) == 2  # noqa: PLR2004
        for start, end in zip(bounds[::2], bounds[1::2], strict=True):
            clause = self.text[start:end]
            if not clause.strip() or pattern("not_asked", self.language).search(clause):
                continue
            wished = pattern("preferred", self.language).search(clause)
            if start > passage.start and pattern("our_clause", self.language).search(clause) and not wished:
                continue
            if not passage.listed and not alone and not wished and not pattern("asks", self.language).search(clause):
                continue
            level = passage.level
            marked = pattern("preferred", self.language).search(whole if alone else clause)
            if marked and not pattern("required", self.language).search(clause) and not _of_one_item(clause, marked):
                level = "preferred"
            yield _Clause(start, end, level, passage.listed)

    def _years(self, clause: _Clause) -> Iterator[Requirement]:
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

    def _of_years(self, found: Years, clause: _Clause) -> Requirement:
        options = tuple(
            Option(each.text, self.lexicon.get(each.text)) for each in items(self.text, *found.subject, self.language, whole=True) if each.text
        ) if found.subject else ()
        return Requirement("years", clause.level, options, clause.start, clause.end, found.minimum)

    def _degree(self, clause: _Clause) -> Iterator[Requirement]:
        part = _untaken(self.text, clause)
        match = degrees.mentions(part)
        if match is None or (not clause.listed and not pattern("asks", self.language).search(part) and not pattern("preferred", self.language).search(part)):
            return
        if self._licence(part):
            return
        start, end = self._degree_part(clause)
        parts = [each for each in items(self.text, start, end, self.language, whole=True) if each.text]
        texts = [each.text for each in parts if not pattern("conditions", self.language).search(each.text) and not re.match(r"(?:sans|ohne|without|bijvoorbeeld)\b", each.text) and not (phrases.VAGUE.match(each.text) and not degrees.RELATED.search(each.text))]
        if not texts:
            return
        clause.taken.append((start, end))
        texts = degrees.with_subjects(texts)
        yield Requirement(
            "degree", clause.level, tuple(Option(each) for each in texts), clause.start, clause.end, degrees.level(part),
            equivalent=bool(degrees.EQUIVALENT.search(part)),
        )  # fmt: skip

    def _degree_part(self, clause: _Clause) -> tuple[int, int]:
        """Return the part of a list that names degrees: "BSN" of "BSN, active RN licence, ACLS"."""
        groups: dict[int, list[Item]] = {}
        for item in items(self.text, clause.start, clause.end, self.language):
            groups.setdefault(item.group, []).append(item)
        mixed = any(
            hit.term.kind == "certificate" for hit in self.lexicon.find(self.text[clause.start : clause.end], self.language)
        )
        for members in groups.values() if mixed and len(groups) > 1 else ():
            if any(degrees.mentions(item.raw) for item in members):
                return members[0].start, members[-1].end
        return clause.start, clause.end

    def _licence(self, part: str) -> bool:
        """Tell whether a clause that names a qualification names a certificate."""
        return any(hit.term.kind == "certificate" for hit in self.lexicon.find(part, self.language)) and not re.search(
            r"\bdegree\b|studium|diploma\b|bachelor|master's|BSN|ausbildung", part, re.IGNORECASE
        )

    def _rest(self, clause: _Clause) -> Iterator[Requirement]:
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

    def _items(self, clause: _Clause, start: int, end: int, *, known: bool) -> Iterator[Requirement]:
        """Read a part of a clause; before the years that a clause asks for, only terms that are known count."""
        groups: dict[int, list[Item]] = {}
        for item in items(self.text, start, end, self.language):
            groups.setdefault(item.group, []).append(item)
        for members in groups.values():
            yield from self._group(members, clause, known=known)

    def _group(self, members: list[Item], clause: _Clause, *, known: bool) -> Iterator[Requirement]:
        kinds: dict[Kind, list[Option]] = {}
        minimum: int | None = None
        for item in members:
            for kind, option in self._read(item, clause, known=known):
                kinds.setdefault(kind, []).append(option)
            if "language" in kinds:
                minimum = minimum or tongues.rank(item.raw) or tongues.rank(self.text[clause.start : clause.end])
        if not kinds:
            return
        first = next(iter(kinds))
        level = clause.level
        if level == "required" and any(_SUFFIX.search(item.raw) for item in members):
            level = "preferred"
        options = list({option.text.casefold(): option for found in kinds.values() for option in found}.values())
        if "language" in kinds and len(kinds) > 1:
            for kind, found in kinds.items():
                yield Requirement(kind, level, tuple(found), clause.start, clause.end, minimum if kind == "language" else None)
            return
        if "certificate" in kinds:
            first = "certificate"
        yield Requirement(first, level, tuple(options), clause.start, clause.end, minimum)

    def _read(self, item: Item, clause: _Clause, *, known: bool) -> Iterator[tuple[Kind, Option]]:
        spoken = tongues.languages(item.raw)
        if spoken and self._is_language(item, spoken):
            for start, end, _ in spoken:
                yield "language", Option(tongues.NAME.match(item.raw, start)[1])
            return
        if pattern("conditions", self.language).search(item.raw):
            return
        hits = [
            replace(hit, start=hit.start + clause.start - item.start, end=hit.end + clause.start - item.start)
            for hit in clause.hits
            if item.start <= hit.start + clause.start and hit.end + clause.start <= item.end
        ]
        text = item.text
        if hits:
            chosen = _chosen(item, [(hit.start, hit.end) for hit in hits])
            for hit in (each for each in hits if (each.start, each.end) in chosen):
                yield _kind(hit.term.kind), Option(_SKILLS.sub("", item.raw[hit.start : hit.end]), hit.term)
            if chosen:
                return
            if certificate := next((hit for hit in hits if hit.term.kind == "certificate"), None):
                yield "certificate", Option(text, certificate.term)
                return
        if known:
            return
        if item.raw.lower().startswith("including "):
            return
        if not text or phrases.VAGUE.match(text) or _NOT_AN_ITEM.search(text) or self.lexicon.is_cased(text):
            return
        sibling = any(hit.term.kind == "soft" for hit in clause.hits) and text.islower() and " " not in text
        if not (clause.listed or item.led or sibling or self._wished(item, clause)):
            return
        if kind := "soft" if sibling else _open_kind(item):
            proper = text[0].isupper() and item.start + item.raw.find(text) > clause.start and self.language != "german"
            yield kind, Option(text, proper=proper)

    def _wished(self, item: Item, clause: _Clause) -> bool:
        """Tell whether an item is the subject of "… would be a plus"."""
        return (
            item.start - clause.start < 4  # noqa: PLR2004
            and len(item.text.split()) <= 4  # noqa: PLR2004
            and bool(re.search(r"[A-Z0-9]", item.text))
            and bool(_WOULD_BE.search(item.raw))
        )

    def _is_language(self, item: Item, spoken: list[tuple[int, int, str]]) -> bool:
        rest = item.raw
        for start, end, _ in reversed(spoken):
            rest = rest[:start] + rest[end:]
        return tongues.rank(item.raw) is not None or len(rest.split()) <= 4 or bool(_SPOKEN.search(rest))  # noqa: PLR2004


_NOT_AN_ITEM: Final = re.compile(
    r"(?<!\w)(?:is|are|was|were|you|we|they|he|she|who|what|which|that|our|your|my|someone|somebody|person|people who|here|look|looking|turn|let|get|does|did|it|this|us|them|because|if|when|"
    r"sie|wir|uns|ihr|euch|jemand|wenn|weil|ist|sind|nous|vous|on|qui|que|est|sont|personne|buscamos|somos|es|son|que|quien|je|wij|sense of humour|written|spoken|wort|schrift|écrit|oral)(?!\w)|^(?:writing|speak|read|min|max|inkl|incl|including .*)$",
    re.IGNORECASE,
)
_WOULD_BE: Final = re.compile(r"\s(?:would be|is|are|wäre|est|serait|sería|sarebbe|seria) (?:an?|eine?|un|une|um|uma|ein|von) ", re.IGNORECASE)
_SKILLS: Final = re.compile(r"(?<=\w) skills?$", re.IGNORECASE)
_MEANS: Final = re.compile(r"\s(?:with|mit|avec|con|com|met)\s", re.IGNORECASE)
_PLACE: Final = re.compile(rf"\b(?:{PLACES})\b", re.IGNORECASE)
_SPOKEN: Final = re.compile(r"speak|spoken|written|language|bilingual|sprech|sprach|wort und schrift|parl|hablar|oral|level|niveau|nivel", re.IGNORECASE)
_SOFT: Final = re.compile(
    r"^(?:\w+(?:ful|ous|able|ible|ive|(?<!m)ent|minded|driven|oriented|motivated|lich|ig|sam|heit|keit|ness|ism)|careful|methodical|able to .+|ability to .+|willing\w* .+|.* (?:mentality|attitude|manner|mind(?:set)?|spirit|thinking|judg(?:e)?ment|expectations|personality|discretion|approach|ethic)|keep .+|like .+|enjoy .+|maintain .+|.*ing to .+|good with .+)$",
    re.IGNORECASE,
)
_CERTIFICATE: Final = re.compile(r"licen[cs]e|certif|schein\b|permis\b|carn[eé]t?\b|clearance|registration|registered|accredit|zertifi|weiterbildung|fortbildung|iscrizione|\balbo\b|abilitazione|patente|registro|colegiad|carta de|rijbewijs|habilitation|chartered|\bcard\b", re.IGNORECASE)
_LONGEST: Final = 6


def _kind(kind: str) -> Kind:
    return "certificate" if kind == "certificate" else "soft" if kind == "soft" else "skill"


def _open_kind(item: Item) -> Kind | None:
    text = item.text
    words = text.split()
    if len(words) > _LONGEST or not re.search(r"[^\W\d]{2,}|[A-Z]\d", text):
        return None
    if _CERTIFICATE.search(item.raw):
        return "certificate"
    proper = any(re.search("[A-Z0-9]", word[1:]) or word[0].isupper() for word in words[1:]) or bool(re.search("[A-Z0-9]", text[1:]))
    if not proper and _SOFT.match(text) and len(words) <= 1 or (not proper and _SOFT.match(text) and len(words) > 1 and not item.led):
        return "soft"
    return "skill"


def _chosen(item: Item, spans: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Choose the terms that an item asks for: "version control with Git" asks for Git, "Python for reports" for Python."""
    raw = item.raw
    tail = re.search(r"\s(?:for|to|so|that|für|pour|para|um)\s", raw)
    kept = [span for span in spans if not tail or span[0] < tail.start() or spans[0][0] > tail.start()]
    means = [match.end() for match in re.finditer(r"\s(?:with|in|using|mit|avec|con|en)\s", raw)]
    last = [span for span in kept if any(mark <= span[0] for mark in means)]
    kept = last or kept
    if len(kept) == 1:
        start, end = kept[0]
        rest = (raw[:start] + raw[end:]).split()
        core = item.text
        beside = re.search(rf"(?:(?P<before>[A-Z][\w/-]*) )?{re.escape(raw[start:end])}(?: (?P<after>[A-Z][\w/-]*))?", core)
        proper = beside and (beside["after"] or beside["before"])
        if proper and rest and len(core.split()) <= 4:  # noqa: PLR2004
            return set()
    return set(kept)


def _inside_brackets(text: str, start: int, position: int) -> bool:
    part = text[start:position]
    return part.count("(") > part.count(")")


def _untaken(text: str, clause: _Clause) -> str:
    part = text[clause.start : clause.end]
    for start, end in clause.taken:
        part = part[: start - clause.start] + " " * (end - start) + part[end - clause.start :]
    return part
