"""Replaces weak openings of a line: "I was responsible for managing …" becomes "Managed …"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from functions._shared.adapters.offline.verbs import verbs

_ADVERB: Final = (
    r"(?:also|then|successfully|effectively|actively|personally|directly|proactively|basically|further|mainly)"
)
_I: Final = rf"(?:i|we)(?:\s+(?:have|had|am|are|was|were))?(?:\s+(?:been|{_ADVERB}))*\s+"

_DUTIES: Final = re.compile(
    r"^(?:(?:my|the|key|main|daily|some of my)\s+)*(?:duties|responsibilities|tasks|job|role|work)\s+"
    r"(?:also\s+)?(?:include[ds]?|were|was|is|are|involve[ds]?|consist(?:ed|s)?\s+of)\s*:?\s+(?:to\s+)?",
    re.IGNORECASE,
)
_CHARGE: Final = re.compile(
    rf"^(?:{_I})?(?:(?:was|were|am|is|are|been|being)\s+)?(?:{_ADVERB}\s+)*"
    r"(?:(?:held|had|have|took)\s+(?:the\s+|full\s+)?responsibility\s+for|responsible\s+for|in\s+charge\s+of"
    r"|tasked\s+with|accountable\s+for|entrusted\s+with)\s+",
    re.IGNORECASE,
)
_TEAM: Final = re.compile(
    rf"^(?:(?:my|the|our)\s+team\s+and\s+i|i\s+and\s+(?:my|the)\s+team|together\s+with\s+(?:my|the)\s+team,?\s+i|we)"
    rf"(?:\s+have)?(?:\s+{_ADVERB})*\s+",
    re.IGNORECASE,
)
_SELF: Final = re.compile(rf"^i(?:\s+have|\s+had)?(?:\s+{_ADVERB})*\s+(?=\w)", re.IGNORECASE)
_CONTRACTED: Final = re.compile(r"^(i|we)['\u2019](m|re|ve|d)\b", re.IGNORECASE)
_FULL: Final = {"m": "{} am", "re": "{} are", "ve": "{} have", "d": "{} had"}
_PRESENT: Final = re.compile(r"^(?:(?:i|we)\s+)?(?:am|are|is)\b", re.IGNORECASE)
_PROGRESSIVE: Final = re.compile(r"^(?:am|are|is|was|were|been)\s+(\w+ing)\b", re.IGNORECASE)
_ADVERBS: Final = re.compile(rf"^(?:{_ADVERB}\s+)+", re.IGNORECASE)
_ABLE: Final = re.compile(r"^(?:(?:was|were|am|is)\s+able|had|got|managed|used)\s+to\s+(\w+)\s", re.IGNORECASE)
_INVOLVED: Final = re.compile(r"^(?:was|were|am|is|been)\s+(?:heavily\s+)?involved\s+in\s+", re.IGNORECASE)
_MEMBER: Final = re.compile(r"^(?:was|were|am|is|been)\s+(?:an?\s+)?(?:key\s+)?(?:part|member)\s+of\s+", re.IGNORECASE)
_WORKED_ON: Final = re.compile(r"^(?:work(?:ed|s|ing)?)\s+on\s+", re.IGNORECASE)
_HELPED_TO: Final = re.compile(r"^help(?:ed|s)?\s+([^,.;]{2,50}?)\s+to\s+(\w+)\s+", re.IGNORECASE)
_HELPED_WITH: Final = re.compile(r"^help(?:ed|s)?\s+(?:out\s+)?with\s+", re.IGNORECASE)
_INQUIRY: Final = re.compile(
    r"^(?:[\w-]+\s+){0,2}(?:research|analys[ie]s|audits?|tests?|testing|surveys?|interviews?|reviews?|inspections?)\b",
    re.IGNORECASE,
)
_MANAGED: Final = re.compile(
    r"^(?:(?:an?|the|all|daily|day-to-day|yearly|annual)\s+)*(?:budgets?|teams?|staff|accounts?|portfolios?|projects?|operations"
    r"|departments?|stores?|shops?|schedules?|relationships?|clients?)\b",
    re.IGNORECASE,
)
_NOUN_OF: Final = re.compile(r"^(?:the\s+)?(\w+)(?:\s+and\s+(\w+))?\s+of\s+(?=\w)", re.IGNORECASE)
_VERB_OF_NOUN: Final = {
    "launch": "launch", "development": "develop", "management": "manage", "implementation": "implement",
    "design": "design", "creation": "create", "maintenance": "maintain", "training": "train", "delivery": "deliver",
    "coordination": "coordinate", "supervision": "supervise", "planning": "plan", "organisation": "organise",
    "organization": "organize", "preparation": "prepare", "administration": "administer", "installation": "install",
    "migration": "migrate", "execution": "execute", "introduction": "introduce", "recruitment": "recruit",
    "analysis": "analyse", "testing": "test", "monitoring": "monitor", "production": "produce", "operation": "operate",
    "configuration": "configure", "deployment": "deploy", "evaluation": "evaluate", "optimization": "optimize",
    "optimisation": "optimise", "integration": "integrate", "construction": "construct", "mentoring": "mentor",
    "purchase": "purchase", "review": "review", "facilitation": "facilitate", "automation": "automate",
}  # fmt: skip


class Opened(NamedTuple):
    """A line without its weak opening.

    Parameters
    ----------
    line : str
        The rest of the line. It starts with the verb that the opening hid, if any.
    shared : bool
        Whether the line said "we", so that the credit must stay shared.
    verb_first : bool
        Whether the first word can only be a verb: "duties included reporting".
    """

    line: str
    shared: bool = False
    verb_first: bool = False


def reopen(line: str, *, current: bool | None) -> Opened:
    """Replace a weak opening of a tidied line; ``current`` is whether the job is current, if known."""
    line = _ADVERBS.sub("", line)
    line = _CONTRACTED.sub(lambda match: _FULL[match[2].lower()].format(match[1]), line)
    current = current or (current is None and _PRESENT.match(line) is not None)
    shared = False
    bare = _DUTIES.sub("", line)
    if bare != line:
        return Opened(bare, verb_first=True)
    if match := _TEAM.match(line):
        shared, line = True, line[match.end() :]
    if match := _CHARGE.match(line):
        return Opened(_charge(line[match.end() :], current=current), shared, verb_first=True)
    line = _ADVERBS.sub("", _SELF.sub("", line))
    if match := _ABLE.match(line):
        verb = verbs().get(match[1].lower())
        if verb is not None and verb.base == match[1].lower():
            line = f"{verb.base if current else verb.past} {line[match.end() :]}"
    if (match := _PROGRESSIVE.match(line)) and match[1].lower() in verbs():
        return Opened(line[match.start(1) :], shared, verb_first=True)
    return _plain(line, shared, current=current)


def _plain(line: str, shared: bool, *, current: bool) -> Opened:
    """Replace "took part in", "worked on" and "helped with" with a single verb."""
    contribute = "Contribute" if current and _PRESENT.match(line) else "Contributed"
    if match := _INVOLVED.match(line) or _MEMBER.match(line):
        line = f"{contribute} to {line[match.end() :]}"
    elif match := _WORKED_ON.match(line):
        rest = line[match.end() :]
        line = f"{'Carried out' if _INQUIRY.match(rest) else 'Contributed to'} {rest}"
    elif (match := _HELPED_TO.match(line)) and (verb := verbs().get(match[2].lower())):
        line = f"Supported {match[1]} in {verb.ing} {line[match.end() :]}"
    return Opened(_HELPED_WITH.sub("Supported ", line), shared)


def _charge(rest: str, *, current: bool) -> str:
    """Rephrase a responsibility as an action."""
    if match := _NOUN_OF.match(rest):
        named = [verbs().get(_VERB_OF_NOUN.get(noun.lower(), "")) for noun in match.groups() if noun]
        found = [verb for verb in named if verb is not None]
        if len(found) == len(named):
            forms = " and ".join(verb.base if current else verb.past for verb in found)
            return f"{forms} {rest[match.end() :]}"
    first = verbs().get(rest.split(" ", 1)[0].lower())
    if first is not None and rest.lower().startswith(first.ing):
        return rest  # the tense is put right afterwards
    manage = _MANAGED.match(rest)
    return f"{'Manage' if manage else 'Handle'}{'' if current else 'd'} {rest}"
