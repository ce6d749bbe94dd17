"""Whether a résumé meets a requirement: found, found as a variant, missing or unknown, and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.coverage import tongues
from functions._shared.coverage.asked import Finding
from functions._shared.coverage.evidence import akin, core_names, same_words, shows, states
from functions._shared.coverage.folding import folded
from functions._shared.coverage.studies import degree
from functions._shared.coverage.tenure import tenure

if TYPE_CHECKING:
    from datetime import date

    from functions._shared.coverage.asked import Option, Requirement
    from functions._shared.coverage.evidence import Evidence, Place
    from functions._shared.coverage.lexicon import Hit, Term


_SHORT: Final = 3
"""Letters of a name that could be a part of anything."""


def match(requirement: Requirement, evidence: Evidence, today: date) -> Finding:
    """Look for a requirement in a résumé."""
    if requirement.kind == "years":
        return tenure(requirement, evidence, today)
    read = {"degree": degree, "language": _language}.get(requirement.kind)
    return read(requirement, evidence) if read else _named(requirement, evidence)


def _named(requirement: Requirement, evidence: Evidence) -> Finding:
    findings = [_option(option, requirement.kind, evidence) for option in requirement.options]
    for verdict in ("found", "variant"):
        for finding in findings:
            if finding and finding.verdict == verdict:
                return finding
    return _hinted(requirement, evidence) or Finding("missing")


def _hinted(requirement: Requirement, evidence: Evidence) -> Finding | None:
    """Look for what makes a requirement possible: who drives to customers may hold a driving licence."""
    for option in requirement.options:
        for place in evidence.places:
            words = f" {place.plain} "
            if option.term and any(f" {hint} " in words for hint in option.term.hints):
                return Finding("unknown", (), place.text, option.text, f"“{place.text}” may mean {option.text}")
    return None


def _option(option: Option, kind: str, evidence: Evidence) -> Finding | None:
    if not evidence.may_show(option.text, option.term):
        return None
    exact: list[Place] = []
    variants: list[tuple[Place, str]] = []
    for place in evidence.places:
        shown = _shown(option, kind, place)
        if shown and shown[1] is option.term:
            hit = shown[0]
            written = place.text[hit.start : hit.end]
            joined = place.text[hit.start - 1 : hit.start] == "-" or place.text[hit.end : hit.end + 1].isalnum()
            if same_words(written, option.text) and not joined:
                exact.append(place)
            else:
                variants.append((place, f"“{written}” is another name or form of {option.text}"))
        elif _stated(option, place):
            exact.append(place)
        elif shown:
            variants.append((place, f"{shown[1].name} implies {option.text}"))
        elif why := akin(
            option.text, place, evidence.language, by_stem=_inflects(option, kind), known=option.term is not None
        ):
            variants.append((place, why))
    if exact:
        return Finding("found", _pointers(exact), exact[0].text, option.text)
    if variants:
        return Finding(
            "variant", _pointers([place for place, _ in variants]), variants[0][0].text, option.text, variants[0][1]
        )
    return None


def _stated(option: Option, place: Place) -> bool:
    """Tell whether a text has an option as the posting writes it, or the name in it: SOQL of "SOQL queries"."""
    if states(place, option.text, as_written=option.proper or _ambiguous(option)):
        return True
    return option.term is None and any(states(place, name, as_written=True) for name in core_names(option.text))


def _shown(option: Option, kind: str, place: Place) -> tuple[Hit, Term] | None:
    """Look for a term; one word among the skills is no certificate: who names Lean is no Lean Six Sigma Black Belt."""
    shown = shows(place, option.term, option.text) if option.term else None
    if shown and kind == "certificate" and not place.pointer.startswith("/certifications/"):
        written, words = place.text[shown[0].start : shown[0].end], folded(option.text).split()
        if len(words) > 1 and folded(written) in words and not written.isupper():
            return None
    return shown


def _pointers(places: list[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.pointer for place in places))


def _ambiguous(option: Option) -> bool:
    """Tell whether an option counts only as it is written: C, Go, Excel."""
    if len(option.text) <= _SHORT:
        return True
    tool = option.term is not None and option.term.kind == "skill"
    return tool and option.text[:1].isupper() and " " not in option.text


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
            if have is not None and requirement.loose and have == need - 1:
                doubt = Finding(
                    "unknown", (), quote, option.text, f"“{quote}” may be enough: the level is named in words"
                )
                continue
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
    return doubt or _mentioned(requirement, need, evidence)


def _mentioned(requirement: Requirement, need: float, evidence: Evidence) -> Finding:
    """Look for a language outside the list of languages."""
    doubt: Finding | None = None
    for option in requirement.options:
        for place in evidence.places:
            if not (at := _spoken(option.text, place)):
                continue
            have = tongues.rank(at)
            if have is not None and have < need:
                doubt = Finding("missing", (), place.text, option.text, f"“{at}” is below the level that is asked for")
                continue
            return Finding(
                "found" if states(place, option.text) else "variant", (place.pointer,), place.text, option.text
            )
    return doubt or Finding("missing")


def _spoken(language: str, place: Place) -> str:
    """Return the words of a text around a language, which may tell its level; nothing if it does not name it."""
    for start, end, name in tongues.languages(place.text):
        if name == tongues.named(language):
            before = place.text[:start].rsplit(",", 1)[-1].split()[-3:]
            after = re.split(r"[,;]", place.text[end:], maxsplit=1)[0].split()[:3]
            return " ".join([*before, place.text[start:end], *after])
    return ""
