"""The items that a clause lists, and which of them are alternatives.

"Python, Java or Go" is one group of three; "Docker and Kubernetes" are two groups; "CI systems (Jenkins, GitLab CI)"
and "a scanner such as Nessus" are one group each, the kind and its examples.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from functions._shared.coverage import phrases, tongues
from functions._shared.coverage.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list.

    Parameters
    ----------
    raw : str
        As it is written.
    text : str
        Without the phrases before and after it.
    start, end : int
        Where it stands.
    group : int
        Items of a group are alternatives.
    led : bool
        Whether a phrase such as "experience with" stands before it.
    """

    raw: str
    text: str
    start: int
    end: int
    group: int
    led: bool = False


_ASKED: Final = re.compile(
    r"experience|knowledge|grounding|\bable\b|ability|familiar|proficien|expertise|strong on|understanding|skilled|"
    r"command|weiterbildung|"
    r"erfahrung|kenntnisse|umgang|verständnis|beherrsch|"
    r"expérience|connaissance|maîtris|experiencia|conocimiento|dominio|manejo|experiência|conhecimento|"
    r"domínio|ervaring|kennis|esperienza|conoscenz",
    re.IGNORECASE,
)
_BRACKET: Final = re.compile(r"\(([^()]*)\)")
_ONE_OF: Final = re.compile(
    r"\b(?:one (?:or more )?of|at least one|any of|either of|mindestens eine[rsmn]?|eine[rsmn]? der|"
    r"l'une? des|au moins une?|al menos un[oa]?|un[oa] de|uno dei|minimaal één)\b[^.;]*$",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"(?:we|our|ours|you|not|no|yes|bring|ask|it|he|she|they|wir|unser\w*|du|sie|kein\w*|nous|vous|"
    r"nos|pas|nosotros|no|noi|wij|we)\b",
    re.IGNORECASE,
)
"""Beginnings of brackets that tell something and name nothing."""
_COLON: Final = re.compile(r":\s+")
_MODAL: Final = re.compile(r"\b(?:can|will|should|must|able|ability|to)\W*$", re.IGNORECASE)
_DOES: Final = re.compile(r"[a-z]+(?: (?:up|out|in|on|off|over|away|together|well|it|them|why|how|what))*")
_BRIEF: Final = 3
"""Words: "work under pressure" is a name as a whole."""
_PHRASAL: Final = re.compile(r"[a-z]+ (?:up|out|off|away|back|along)")
_EDGES: Final = ' \t\n.,;:!?\u2022*"\u201c\u201d\u2013-'


def items(text: str, start: int, end: int, language: str, *, whole: bool = False) -> list[Item]:
    """List the items of a clause; with ``whole`` all are alternatives, as in "BSc in Physics, Maths or similar"."""
    clause = text[start:end]
    kept = _names(clause)
    choice = whole or bool(_ONE_OF.search(clause))
    if not whole and (colon := _COLON.search(clause)):
        if re.match(
            r"(?:you|we|it|they|this|i|our|your|half|most|every|there|du|sie|wir|vous|nous|nos|notre|la|le|"
            r"les|der|die|das|el|los|las|nuestr\w+|il|lo)\b|(?:\w+ ){1,2}(?:is|are|was|can|will|ist|sind|est|"
            r"sont|es|son)\b",
            clause[colon.end() :],
            re.IGNORECASE,
        ):
            end = start + colon.start()
        elif clause[colon.end() :].strip():
            start += colon.end()
        clause = text[start:end]
        kept = _names(clause)
    found: list[Item] = []
    group = 0
    opened = False
    for (first, last), sign in _parts(clause, language, kept):
        if not choice and sign != "any" and not (sign == "list" and opened):
            group += 1
        opened = sign == "any" or _closes(clause, last, language, kept)
        found += _item(clause[first:last], start + first, group, language, whole=whole)
    return found


def _item(part: str, start: int, group: int, language: str, *, whole: bool) -> Iterator[Item]:
    """Yield a part and what its brackets and "such as" name."""
    plain = _BRACKET.sub(lambda match: " " * len(match[0]), part)
    examples = phrases.SUCH_AS.search(plain)
    if examples:
        yield from _one(plain[: examples.start()], start, group, whole=whole)
        yield from _one(plain[examples.end() :], start + examples.end(), group)
    else:
        yield from _one(plain, start, group, whole=whole)
    for bracket in _BRACKET.finditer(part):
        if _TOLD.match(bracket[1]) or tongues.CEFR.search(bracket[1]):
            continue
        for (first, last), _ in _parts(bracket[1], language):
            inner = bracket[1][first:last]
            if re.search(r"[A-Z0-9]", inner):
                position = start + bracket.start(1) + first
                if match := phrases.SUCH_AS.match(f" {inner}"):
                    inner, position = inner[match.end() - 1 :], position + match.end() - 1
                yield from (replace(each, led=True) for each in _one(inner, position, group))


def _one(raw: str, start: int, group: int, *, whole: bool = False) -> Iterator[Item]:
    trimmed = raw.strip(_EDGES)
    if not trimmed:
        return
    offset = start + raw.index(trimmed)
    text = trimmed
    led = modal = False
    for _ in range(6):
        match = phrases.LEAD_IN.match(text)
        if not match or match.end() >= len(text) or (match[0].split()[0].isupper() and len(match[0].split()[0]) > 1):
            break
        if lexicon().get(re.sub(r"[\s,]+$", "", text)):
            break  # Active Directory is not a directory that is active
        led = led or bool(_ASKED.search(match[0]))
        modal = bool(_MODAL.search(match[0]))
        text = text[match.end() :].lstrip(_EDGES)
    longer = text
    shorter = (phrases.DEGREE_TAIL if whole else phrases.TAIL).sub("", text)
    if shorter.strip(_EDGES):
        text = shorter
    text = re.sub(r"\s+", " ", text).strip(_EDGES)
    if modal and text != longer and _DOES.fullmatch(text) and len(longer.split()) <= _BRIEF:
        text = longer
    elif (modal and _DOES.fullmatch(text) and not lexicon().get(text)) or _PHRASAL.fullmatch(text):
        return  # "you can spot when they are wrong" names nothing
    if not text.isupper() and (bare := phrases.LEAD_IN.match(f"{text} -")) and bare.end() > len(text):
        return  # "full" of "a full, clean driving licence"
    text = (
        re.sub(
            r"^(?:read|use|write|run|operate|plan|handle|count|count and|programme|program|draw)\s+(?:an?|the|"
            r"of)?\s*(?=\w)",
            "",
            text,
        )
        or text
    )
    yield Item(trimmed, text, offset, offset + len(trimmed), group, led)


_NAME: Final = re.compile(
    r"(?<!\w)(?P<one>[A-Z]\w+)(?P<and> & |"
    r" and )(?P<other>[A-Z][\w-]+)(?P<rest>(?: [A-Z]\w+)*)(?: \((?P<short>[A-Z]{2,8})\))?"
)


_PAIR: Final = re.compile(r"(?<!\w)([a-z]+) & ([a-z]+)(?= [a-z])")


def _names(clause: str) -> list[tuple[int, int]]:
    """Return where names have an "and" of their own: Weights & Biases, Newborn and Infant Examination (NIE)."""
    found = []
    for match in _NAME.finditer(clause):
        initials = "".join(word[0] for word in match[0].split("(")[0].split() if word[0].isupper())
        both = lexicon().get(match["one"]) and lexicon().get(match["other"])
        if (match["and"] == " & " and not both) or (match["short"] and match["short"][:2] == initials[:2]):
            found.append((match.start(), match.end()))
    found += [match.span() for match in _PAIR.finditer(clause) if not lexicon().get(match[2])]
    return found


def _parts(clause: str, language: str, kept: Sequence[tuple[int, int]] = ()) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield where the parts of a list stand, and how each is joined to the one before: any, all, list or start."""
    position = 0
    sign = "start"
    for match in phrases.separator(language).finditer(clause):
        if clause.count("(", 0, match.start()) > clause.count(")", 0, match.start()):
            continue
        if any(first < match.start() < last for first, last in kept):
            continue
        if match.start() > position:
            yield (position, match.start()), sign
            position, sign = match.end(), match.lastgroup or "list"
        else:
            position = match.end()
            sign = (match.lastgroup if match.lastgroup != "list" else None) or sign
    if position < len(clause):
        yield (position, len(clause)), sign


def _closes(clause: str, position: int, language: str, kept: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the list that goes on here ends with "or"."""
    for match in phrases.separator(language).finditer(clause, position):
        if clause.count("(", 0, match.start()) > clause.count(")", 0, match.start()):
            continue
        if any(first < match.start() < last for first, last in kept):
            continue
        if match.lastgroup == "any":
            return True
        if match.lastgroup == "all":
            return False
    return bool(re.search(r",\s*(?:etc|e\.g)\b", clause[position:])) or bool(
        phrases.SUCH_AS.search(clause, 0, position)
    )
