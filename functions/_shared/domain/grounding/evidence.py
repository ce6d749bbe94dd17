"""The source of a text as numbered lines: the résumé's, the user's own words, durations, and the job applied for.

- ``R3.2``: the second line of the third job; ``R3``: what the job is (title, employer, place, dates). ``S1``, ``E1`` …:
  lines of other sections. Each has the JSON Pointer of the value that states it.
- ``N1``: the user's notes. They stand in no document, so they have no pointer.
- ``D0``: the length of the whole career; ``D3``: of the third job, computed from the dates. A career in partial dates
  lasts at least and at most so long.
- ``T``: title and employer of the job applied for. They support an intent and nothing else. The text of an
  advertisement is no line.

For a text that belongs to one job only the lines, notes and duration of that job count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from functions._shared.domain.grounding.titles import titles_of
from functions._shared.domain.language.vocabulary.cities import countries_of, regions_of
from functions._shared.domain.language.words import fold, sentences
from functions._shared.domain.resume.content import Span
from functions._shared.domain.resume.dates import Length, total, year_and_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from functions._shared.domain.resume.content import Item, ResumeContent

Group = Literal[
    "job", "skill", "education", "certificate", "language", "award", "project", "publication", "target", "other"
]

LETTERS: Final = {
    "skills": "S", "education": "E", "certifications": "C", "languages": "L", "awards": "A", "projects": "P",
    "volunteer": "V", "publications": "B", "interests": "I",
}  # fmt: skip
_GROUPS: Final[dict[str, Group]] = {
    "experience": "job", "education": "education", "certifications": "certificate", "languages": "language",
    "awards": "award", "projects": "project", "publications": "publication", "volunteer": "job",
}  # fmt: skip
_LABELS: Final = {
    "experience": (("role",), ("company", "location")),
    "volunteer": (("role",), ("organization", "location")),
    "education": (("degree", "area"), ("institution", "location", "score")),
    "certifications": (("name",), ("issuer",)),
    "languages": (("language",), ("fluency",)),
    "awards": (("title",), ("awarder",)),
    "projects": (("name",), ("entity",)),
    "publications": (("name",), ("publisher",)),
    "interests": (("name",), ()),
}
"""Section → the keys that say what an entry is, and those that say something about it."""
_LISTS: Final = ("technologies", "courses", "keywords", "roles")
_PROSE: Final = ("description", "summary", "bullets")


@dataclass(frozen=True, slots=True)
class Label:
    """A value that has to be taken whole: a title, an employer, a skill.

    Parameters
    ----------
    group : str
        What it belongs to.
    entry : str
        Id of the entry's line.
    names : bool
        Whether it says what the entry is, and not something about it.
    text : str
        The value.
    """

    group: Group
    entry: str
    names: bool
    text: str

    @property
    def loose(self) -> bool:
        """Whether its words may stand in another order: "pivot tables in Excel" of "Excel pivot tables"."""
        return self.group in {"skill", "award", "certificate"} and self.names and " " in self.text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of evidence.

    Parameters
    ----------
    id : str
        As a verifier knows it.
    text : str
        What it says.
    pointer : str or None
        JSON Pointer into the content; None for notes, durations of the career and the target.
    prose : bool
        Whether it tells what somebody did, and not what something is.
    labels : tuple of Label
        Its values.
    length : Length or None
        For durations.
    dates : tuple
        Start and end of an entry as months since year 0, earliest and latest; None where it has none.
    current : bool
        Whether the entry goes on.
    """

    id: str
    text: str
    pointer: str | None = None
    prose: bool = False
    labels: tuple[Label, ...] = ()
    length: Length | None = None
    dates: tuple[tuple[int, int] | None, tuple[int, int] | None] = (None, None)
    current: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The lines that count for one text.

    Parameters
    ----------
    lines : tuple of Line
        In the order of the résumé.
    everything : str
        All that the user has said, for what must occur at least somewhere.
    by_id : dict
        The lines by their ids.
    today : datetime.date or None
        Until when current jobs count.
    """

    lines: tuple[Line, ...]
    everything: str
    by_id: dict[str, Line] = field(default_factory=dict)
    today: date | None = None

    @property
    def ids(self) -> frozenset[str]:
        """Ids of the lines."""
        return frozenset(self.by_id)

    def pointers(self, ids: Sequence[str]) -> list[str]:
        """Return the JSON Pointers of lines, without those that stand in no document."""
        return list(dict.fromkeys(pointer for each in ids if (pointer := self.by_id[each].pointer)))


def evidence(
    content: ResumeContent,
    *,
    today: date,
    said: Sequence[str] = (),
    entry: str = "",
    target: Sequence[str] = (),
) -> Evidence:
    """Write a source as numbered lines.

    Parameters
    ----------
    content : ResumeContent
        The résumé.
    today : datetime.date
        Until when current jobs count.
    said : sequence of str
        What the user told us for this request, in their own words.
    entry : str, optional
        JSON Pointer of the entry that the text belongs to (``/experience/0``); by default it is about the whole person.
    target : sequence of str
        Title and employer of the job applied for.
    """
    lines = [*_jobs(content, today), *_sections(content, today)]
    if career := total(content.experience, today):
        lines.append(Line("D0", _lasted("All jobs together", career), length=career))
    if entry:
        lines = [line for line in lines if f"{line.pointer}/".startswith(f"{entry}/")]
    notes = [sentence for text in said for sentence in sentences(text)]
    lines += [_prose(f"N{number}", text, None) for number, text in enumerate(notes, 1)]
    everything = "\n".join(line.text for line in lines if line.length is None)
    if any(target):
        wanted = [each for each in target if each]
        labels = tuple(
            Label("target", "T", names=True, text=form)
            for each in wanted
            if not _DIGIT.search(each)
            for form in _variants(each, "company")
        )
        lines.append(Line("T", "Applies for: " + ", ".join(wanted), labels=labels))
    return Evidence(tuple(lines), everything, {line.id: line for line in lines}, today)


def _jobs(content: ResumeContent, today: date) -> Iterator[Line]:
    for index, job in enumerate(content.experience):
        number = f"R{index + 1}"
        values = job.to_json()
        yield _entry(number, f"/experience/{index}", "experience", values, job, today)
        for part, (text, pointer) in enumerate(_texts(values, f"/experience/{index}"), 1):
            yield _prose(f"{number}.{part}", text, pointer)
        if about := (job.companyDescription or "").strip():
            yield Line(f"{number}.0", f"About the employer: {about}", f"/experience/{index}/companyDescription")
        if lasted := total([job], today):
            yield Line(f"D{index + 1}", _lasted(job.role or job.company or "This job", lasted),
                       f"/experience/{index}", length=lasted)  # fmt: skip


def _sections(content: ResumeContent, today: date) -> Iterator[Line]:
    headline = (content.personalInfo.headline or "").strip()
    if headline:
        label = Label("job", "H", names=True, text=headline)
        yield Line("H", headline, "/personalInfo/headline", labels=(label,))
    if place := (content.personalInfo.location or "").strip():
        yield Line("H2", place, "/personalInfo/location", labels=(Label("other", "H2", names=False, text=place),))
    for number, text in enumerate(sentences(content.summary or ""), 1):
        yield _prose(f"U{number}", text, "/summary")
    document = content.to_json()
    yield from _skills(document.get("skills") or {})
    for section, letter in LETTERS.items():
        if section == "skills":
            continue
        for index, values in enumerate(document.get(section) or ()):
            entry, pointer = f"{letter}{index + 1}", f"/{section}/{index}"
            span = getattr(content, section)[index]
            yield _entry(entry, pointer, section, values, span, today)
            for part, (text, place_of) in enumerate(_texts(values, pointer), 1):
                yield _prose(f"{entry}.{part}", text, place_of)


def _skills(skills: dict[str, Any]) -> Iterator[Line]:
    number = 0
    for kind in ("technical", "soft"):
        for index, name in enumerate(skills.get(kind) or ()):
            if name.strip():
                number += 1
                yield _skill(f"S{number}", name, f"/skills/{kind}/{index}")
    for group, values in enumerate(skills.get("groups") or ()):
        for index, name in enumerate(values.get("keywords") or ()):
            if name.strip():
                number += 1
                yield _skill(f"S{number}", name, f"/skills/groups/{group}/keywords/{index}")


def _skill(number: str, name: str, pointer: str) -> Line:
    return Line(number, name, pointer, labels=(Label("skill", number, names=True, text=name),))


def _entry(number: str, pointer: str, section: str, values: dict[str, Any], item: Item, today: date) -> Line:
    naming, telling = _LABELS[section]
    group: Group = _GROUPS.get(section, "other")
    labels: list[Label] = []
    said: list[str] = []
    for names, keys in ((True, naming), (False, telling)):
        for key in keys:
            if value := str(values.get(key) or "").strip():
                said.append(value)
                labels += [Label(group, number, names=names, text=form) for form in _variants(value, key)]
    for key in _LISTS:
        for value in values.get(key) or ():
            if value.strip():
                said.append(value)
                if key == "technologies" and section != "experience":
                    labels.append(Label("skill", number, names=True, text=value))
    dates = [values.get(key) for key in ("startDate", "endDate", "date") if values.get(key)]
    text = ", ".join([*said, *(str(each) for each in dates)])
    start, end = _month(values.get("startDate") or values.get("date")), _month(values.get("endDate"))
    goes_on = end is not None and end[0] > today.year * 12 + today.month - 1
    current = isinstance(item, Span) and (item.is_current or goes_on)
    if section == "languages":
        labels = _spoken(labels, said, number, basic=_BASIC.search(str(values.get("fluency") or "")) is not None)
    if current and section == "education":
        labels = []  # a degree that is not finished is not held
    return Line(number, text, pointer, labels=tuple(labels), dates=(start, end), current=current)


def _spoken(labels: list[Label], said: list[str], number: str, *, basic: bool) -> list[Label]:
    """Return the values of a language: also with its level before it, and only with it if that is basic."""
    both = [Label("language", number, names=True, text=" ".join(said[1::-1]))] if len(said) > 1 else []
    return [Label("language", number, names=True, text=" ".join(said)), *both] if basic else [*labels, *both]


_DIGIT: Final = re.compile(r"\d")
_BASIC: Final = re.compile(
    r"\bA[12]\b|basic|beginner|elementary|reading|school|limited|grund|anfänger|schul|début|notion|scolaire|élément|"
    r"básic|principiant|elemental|elementar|scolastic|podstaw|基础|入门|初級|初级|बुनियादी|TOEIC",
    re.IGNORECASE,
)
"""Levels at which "speaks it" would claim more than stated: such a language is named with its level or not at all."""
_FORMS: Final = frozenset(
    ["gmbh", "ag", "se", "kg", "ohg", "ug", "ltd", "limited", "inc", "llc", "plc", "corp", "corporation", "co", "pvt",
     "sarl", "sas", "sa", "srl", "spa", "bv", "nv", "ab", "oy", "aps", "sl"]
)  # fmt: skip


def _variants(value: str, key: str) -> Iterator[str]:
    """Yield the forms in which a value may be written: an organisation also without its legal form."""
    yield value
    short = value
    while key in {"company", "organization", "institution"} and " " in short:
        rest, _, last = short.rpartition(" ")
        if fold(last.strip(".,()")).replace(".", "") not in _FORMS:
            break
        short = rest.rstrip(" ,")
    if short != value:
        yield short
    if key == "role":
        yield from titles_of(value)
    if key == "location" and "," in value:
        yield value.split(",", maxsplit=1)[0]
        yield from regions_of(value.rpartition(",")[2].strip())
    elif key == "location":
        yield from countries_of(value)
    elif key in {"company", "organization"} and "," in value:
        yield value.split(",", maxsplit=1)[0]


def _texts(values: dict[str, Any], pointer: str) -> Iterator[tuple[str, str]]:
    for key in _PROSE:
        value = values.get(key)
        for index, text in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(text, str) and text.strip():
                where = f"{pointer}/{key}/{index}" if isinstance(value, list) else f"{pointer}/{key}"
                yield text, where


def _prose(number: str, text: str, pointer: str | None) -> Line:
    return Line(number, text.strip(), pointer, prose=True)


def _month(value: str | None) -> tuple[int, int] | None:
    known = year_and_month(value)
    if known is None:
        return None
    year, month = known
    return (year * 12 + month - 1,) * 2 if month else (year * 12, year * 12 + 11)


def _lasted(what: str, length: Length) -> str:
    least, most = (f"{months // 12} years {months % 12} months" for months in (length.least, length.most))
    return f"{what}: {least}" if least == most else f"{what}: between {least} and {most}"
