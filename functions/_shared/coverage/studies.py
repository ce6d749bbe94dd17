"""Whether a résumé shows the degree that a posting asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.coverage import degrees
from functions._shared.coverage.asked import Finding
from functions._shared.coverage.evidence import content_stems
from functions._shared.coverage.fields import fields_of
from functions._shared.coverage.folding import folded
from functions._shared.domain.language.words import stem

if TYPE_CHECKING:
    from functions._shared.coverage.asked import Requirement
    from functions._shared.coverage.evidence import Evidence


def degree(requirement: Requirement, evidence: Evidence) -> Finding:
    """Look for a degree of the level and the subject that a posting asks for."""
    held = [each for index in range(len(evidence.content.education)) if (each := _held(index, evidence))]
    wanted = _fields(requirement)
    enough = [each for each in held if _high_enough(each, requirement.minimum, bool(wanted))]
    for each in enough or [one for one in held if one.level is None and _named_in(requirement, one.text)]:
        if _verbatim(requirement, each.text):
            return Finding("found", (each.pointer,), each.text, requirement.options[0].text)
    for each in enough:
        if not wanted or any(_same_field(one, each.text, evidence.language) for one in wanted):
            note = f"“{each.text}” is a degree of that kind"
            return Finding("variant", (each.pointer,), each.text, requirement.options[0].text, note)
    if named := _named(requirement, evidence):
        return named
    related = any(degrees.RELATED.search(option.text) for option in requirement.options)
    if related and any(not fields_of(each.text) for each in enough):
        return Finding("unknown", note="the résumé has a degree in another subject, which may count as related")
    if requirement.equivalent and evidence.content.experience:
        return Finding("unknown", note="experience may stand for the degree")
    return Finding("missing")


def _named_in(requirement: Requirement, held: str) -> bool:
    """Tell whether a training that says no level has the name of the one that is asked for."""
    return any(
        degrees.subject(option.text) and folded(degrees.subject(option.text)) in folded(held)
        for option in requirement.options
        if degrees.level(option.text) in {None, 1}
    )


def _high_enough(held: _Held, need: float | None, of_a_subject: bool) -> bool:
    if need is not None:
        return held.level is not None and held.level >= need
    return not (of_a_subject and held.level is not None and held.level < degrees.LEVELS.index("vocational"))


def _named(requirement: Requirement, evidence: Evidence) -> Finding | None:
    """Look for a school of that name, for a certificate, and for a profession that is learnt."""
    content = evidence.content
    for option in requirement.options:
        for index, study in enumerate(content.education):
            if study.institution and option.text.isupper() and option.text in study.institution.split():
                return Finding("found", (f"/education/{index}/institution",), study.institution, option.text)
        for index, entry in enumerate(content.certifications):
            if entry.name and folded(option.text) in folded(entry.name):
                return Finding("found", (f"/certifications/{index}/name",), entry.name, option.text)
        profession = (
            folded(degrees.without_level(option.text)).removeprefix("als ").removeprefix("zum ").removeprefix("zur ")
        )
        for index, job in enumerate(content.experience):
            if (
                job.role
                and " " not in profession
                and len(profession) >= _LONG
                and profession[:_LONG] in folded(job.role)
            ):
                note = f"“{job.role}” is a profession of that training"
                return Finding("variant", (f"/experience/{index}/role",), job.role, option.text, note)
    return None


_LONG: Final = 9
"""Letters of the name of a profession in one word."""


@dataclass(frozen=True, slots=True)
class _Held:
    pointer: str
    text: str
    level: int | None


_UNFINISHED: Final = re.compile(
    r"in progress|ongoing|expected|not completed|incomplete|unfinished|laufend|en cours|en curso|abgebrochen|"
    r"afronding|voraussichtlich|prévu|prevista?|"
    r"without degree|ohne abschluss|current",
    re.IGNORECASE,
)


def _held(index: int, evidence: Evidence) -> _Held | None:
    education = evidence.content.education[index]
    text = " in ".join(filter(None, (education.degree, education.area)))
    if not text or _UNFINISHED.search(f"{text} {education.endDate or ''}"):
        return None
    if education.startDate and (not education.endDate or education.is_current):
        return None
    key = "degree" if education.degree else "area"
    return _Held(f"/education/{index}/{key}", text, degrees.highest(education.degree or text))


def _fields(requirement: Requirement) -> list[str]:
    """Return the subjects that an option names; empty if one of the options names none."""
    found = []
    for option in requirement.options:
        if degrees.EQUIVALENT.search(option.text) or degrees.RELATED.search(option.text):
            continue
        rest = degrees.without_level(option.text)
        if len(rest) > 2:  # noqa: PLR2004
            found.append(rest)
    return found


def _verbatim(requirement: Requirement, held: str) -> bool:
    """Tell whether a degree is named as in the posting: the subject, and the level if one is asked for."""
    own = f" {folded(held)} "
    for option in requirement.options:
        words = f" {folded(option.text)} "
        whole = requirement.minimum is None or degrees.level(option.text) is not None
        if whole and (words in own or words.replace(" in ", " ") in own.replace(" in ", " ")):
            return True
    mentions = {folded(each[0]) for option in requirement.options if (each := degrees.mentions(option.text))}
    subjects = [folded(rest) for option in requirement.options if (rest := degrees.without_level(option.text))]
    same_level = requirement.minimum is None or any(f" {each} " in own for each in mentions)
    alone = requirement.minimum == 1 and degrees.level(held) is None
    return (same_level or alone) and any(f" {each} " in own for each in subjects)


def _same_field(wanted: str, held: str, language: str) -> bool:
    if fields_of(wanted) & fields_of(held) - (_BROAD if len(wanted.split()) > 1 else frozenset()):
        return True
    words = [word for word in content_stems(wanted, language) if len(word) > 2 and not degrees.mentions(word)]  # noqa: PLR2004
    own = {stem(word, language) for word in folded(held).split()} | set(content_stems(held, language))
    telling = [word for word in words if not word.startswith(_BROAD_WORDS)] or words
    return bool(telling) and any(_prefix(word, other) for word in telling for other in own)


_BROAD: Final = frozenset({"engineering", "business"})
"""Fields that many subjects belong to: "mechanical engineering" is not "software engineering"."""
_BROAD_WORDS: Final = ("engin", "ingen", "ingén", "scien", "wissensch", "studi", "manag", "technolog", "administ")


def _prefix(one: str, other: str) -> bool:
    least = 5
    return one == other or (min(len(one), len(other)) >= least and one[:least] == other[:least])
