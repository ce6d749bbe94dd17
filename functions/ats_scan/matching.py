"""Whether a résumé meets a requirement: found, found as a variant, missing or unknown, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.language.words import stem
from functions.ats_scan import degrees, tongues
from functions.ats_scan.evidence import akin, content_stems, same_words, shows, states
from functions.ats_scan.fields import fields_of
from functions.ats_scan.folding import folded
from functions.ats_scan.tenure import tenure

if TYPE_CHECKING:
    from datetime import date

    from functions.ats_scan.asked import Option, Requirement
    from functions.ats_scan.evidence import Evidence, Place

Verdict = Literal["found", "variant", "missing", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the résumé says about a requirement.

    Parameters
    ----------
    verdict : str
        ``found``, ``variant``, ``missing`` or ``unknown``.
    where : tuple of str
        JSON Pointers of the texts that show it.
    quote : str
        What stands at the first of them.
    option : str
        The option that is met.
    note : str
        Why the verdict is not simply found or missing.
    """

    verdict: Verdict
    where: tuple[str, ...] = ()
    quote: str = ""
    option: str = ""
    note: str = ""


def match(requirement: Requirement, evidence: Evidence, today: date) -> Finding:
    """Look for a requirement in a résumé."""
    if requirement.kind == "years":
        return tenure(requirement, evidence, today)
    read = {"degree": _degree, "language": _language}.get(requirement.kind)
    return read(requirement, evidence) if read else _named(requirement, evidence)


def _named(requirement: Requirement, evidence: Evidence) -> Finding:
    findings = [_option(option, requirement.kind, evidence) for option in requirement.options]
    return next(
        (each for verdict in ("found", "variant") for each in findings if each and each.verdict == verdict),
        Finding("missing"),
    )


def _option(option: Option, kind: str, evidence: Evidence) -> Finding | None:
    exact: list[Place] = []
    variants: list[tuple[Place, str]] = []
    for place in evidence.places:
        shown = shows(place, option.term) if option.term else None
        if shown and shown[1] is option.term:
            hit = shown[0]
            written = place.text[hit.start : hit.end]
            if same_words(written, option.text) and not place.text[hit.end : hit.end + 1].isalnum():
                exact.append(place)
            else:
                variants.append((place, f"“{written}” is another name or form of {option.text}"))
        elif states(place, option.text, as_written=option.proper or _ambiguous(option)):
            exact.append(place)
        elif shown:
            variants.append((place, f"{shown[1].name} implies {option.text}"))
        elif why := akin(option.text, place, evidence.language, by_stem=_inflects(option, kind)):
            variants.append((place, why))
    if exact:
        return Finding("found", _pointers(exact), exact[0].text, option.text)
    if variants:
        return Finding(
            "variant", _pointers([place for place, _ in variants]), variants[0][0].text, option.text, variants[0][1]
        )
    return None


def _pointers(places: list[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.pointer for place in places))


def _ambiguous(option: Option) -> bool:
    """Tell whether an option counts only as it is written: C, Go, Excel."""
    return len(option.text) <= 3 or (
        option.text[:1].isupper() and " " not in option.text and bool(option.term) and option.term.kind == "skill"
    )  # type: ignore[union-attr]


def _inflects(option: Option, kind: str) -> bool:
    """Tell whether an option may stand in another inflection; names of tools may not."""
    if option.proper:
        return False
    return option.term is None or " " in option.text or option.text.islower() or option.term.kind == kind == "soft"


def _language(requirement: Requirement, evidence: Evidence) -> Finding:
    need = min(requirement.minimum or 0, 5)
    doubt: Finding | None = None
    for option in requirement.options:
        wanted = tongues.named(option.text)
        for index, entry in enumerate(evidence.content.languages):
            if tongues.named(entry.language or "") != wanted:
                continue
            pointer = f"/languages/{index}/language"
            have = tongues.rank(entry.fluency or entry.language or "")
            quote = " ".join(filter(None, (entry.language, entry.fluency)))
            if have is not None and need and have < need:
                doubt = Finding("missing", (), quote, option.text, f"“{quote}” is below the level that is asked for")
                continue
            if have is None and need > 3:  # noqa: PLR2004
                doubt = Finding("unknown", (), quote, option.text, "the résumé does not say how well it is spoken")
                continue
            same = folded(entry.language or "").split()[0] in folded(option.text)
            return Finding(
                "found" if same else "variant",
                (pointer,),
                quote,
                option.text,
                "" if same else f"“{entry.language}” is {option.text}",
            )
    if doubt:
        return doubt
    for option in requirement.options:
        for place in evidence.places:
            if any(name == tongues.named(option.text) for _, _, name in tongues.languages(place.text)):
                return Finding(
                    "found" if states(place, option.text) else "variant", (place.pointer,), place.text, option.text
                )
    return Finding("missing")


def _degree(requirement: Requirement, evidence: Evidence) -> Finding:
    held = [_held(index, entry, evidence) for index, entry in enumerate(evidence.content.education)]
    held = [each for each in held if each]
    need = requirement.minimum
    fields = _fields(requirement)
    related = any(degrees.RELATED.search(option.text) for option in requirement.options)
    doubt = False
    for each in held:
        if each is None or (need is not None and (each.level is None or each.level < need)):
            continue
        if need is None and fields and each.level is not None and each.level < degrees.LEVELS.index("vocational"):
            continue
        verbatim = _verbatim(requirement, each.text)
        if (
            verbatim
            or not fields
            or any(
                _field_matches(wanted, each.text, evidence.language) or fields_of(wanted) & fields_of(each.text)
                for wanted in fields
            )
        ):
            return Finding("found" if verbatim else "variant", (each.pointer,), each.text, requirement.options[0].text,
                           "" if verbatim else f"“{each.text}” is a degree of that kind")  # fmt: skip
        doubt = doubt or (related and not fields_of(each.text))
    for option in requirement.options:
        for index, place in enumerate(evidence.content.education):
            if place.institution and option.text.isupper() and option.text in place.institution.split():
                return Finding("found", (f"/education/{index}/institution",), place.institution, option.text)
        for index, entry in enumerate(evidence.content.certifications):
            if entry.name and folded(option.text) in folded(entry.name):
                return Finding("found", (f"/certifications/{index}/name",), entry.name, option.text)
    if doubt:
        return Finding("unknown", note="the résumé has a degree in another subject, which may count as related")
    if requirement.equivalent and evidence.content.experience:
        return Finding("unknown", note="experience may stand for the degree")
    return Finding("missing")


@dataclass(frozen=True, slots=True)
class _Held:
    pointer: str
    text: str
    level: int | None


_UNFINISHED: Final = re.compile(
    r"in progress|ongoing|expected|not completed|incomplete|unfinished|laufend|en cours|en curso|abgebrochen|"
    r"without degree|ohne abschluss|current",
    re.IGNORECASE,
)


def _held(index: int, entry: object, evidence: Evidence) -> _Held | None:
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
    if any(f" {folded(option.text)} " in own or
f" {folded(option.text).replace(' in ', ' ')} " in own.replace(" in ", " ")
           for option in requirement.options if requirement.minimum is None or degrees.level(option.text) is not None):  # fmt: skip
        return True
    mentions = {folded(each[0]) for option in requirement.options if (each := degrees.mentions(option.text))}
    subjects = [folded(rest) for option in requirement.options if (rest := degrees.without_level(option.text))]
    same_level = requirement.minimum is None or any(f" {each} " in own for each in mentions)
    return same_level and any(f" {each} " in own for each in subjects)


def _field_matches(wanted: str, held: str, language: str) -> bool:
    words = [word for word in content_stems(wanted, language) if len(word) > 2 and not degrees.mentions(word)]  # noqa: PLR2004
    own = {stem(word, language) for word in folded(held).split()} | set(content_stems(held, language))
    return bool(words) and any(_prefix(word, other) for word in words for other in own)


def _prefix(one: str, other: str) -> bool:
    least = 5
    return one == other or (min(len(one), len(other)) >= least and one[:least] == other[:least])
