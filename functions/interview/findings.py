"""What rules can measure in an answer, and what they make of it. They count and quote; they never judge what is true.

The lexicons are English. An answer in another language is measured by its length alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.invisible import visible
from functions.interview.lexicon import (
    CLICHES,
    EVASIVE,
    FIGURE,
    FILLERS,
    FIRST_PERSON,
    HEDGES,
    INTENT,
    OWN_ACT,
    RESULT,
    SAME_IN_PAST,
    SENTENCE,
    SITUATION,
    STEPS,
    WE,
    WORD,
)
from functions.interview.pleas import without_marks, without_pleas
from functions.interview.schemas.feedback import Finding, Measures
from functions.interview.wording import ADVICE, PRAISE, VOID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions.interview.bank import Kind

EMPTY_WORDS: Final = 4
SHORT_WORDS: Final = 45
FULL_WORDS: Final = 120
"""From here on an answer has room for detail."""
LONG_WORDS: Final = 350
WORDS_PER_MINUTE: Final = 140
"""At which people speak in interviews."""
_COPY_RATIO: Final = 0.6
_SHORTEST_RUN: Final = 3
_COPIED_RUN: Final = 8
"""Words in a row that a question and an answer share only if one was copied from the other."""

_TOLERATED: Final = 3
_PER_HUNDRED: Final = 2
"""Words out of a hundred that slip out of anybody."""


@dataclass(frozen=True, slots=True)
class Examined:
    """An answer as the rules see it.

    Parameters
    ----------
    text : str
        The answer without the sentences that talk to whoever scores it.
    measures : Measures
        What was counted.
    findings : list of Finding
        What that means.
    """

    text: str
    measures: Measures
    findings: list[Finding]

    @property
    def quotable(self) -> str:
        """The text without what it says about marks."""
        return without_marks(self.text)

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the findings."""
        return frozenset(each.code for each in self.findings)

    @property
    def is_void(self) -> bool:
        """Whether there is nothing to score: no answer, none that says anything, or the question's own words."""
        return not self.codes.isdisjoint(VOID)

    @property
    def weaknesses(self) -> int:
        """How much is wrong with it; an answer that says nothing has everything wrong with it."""
        count = sum(each.kind == "weakness" for each in self.findings)
        return count + (20 if self.is_void else 0)


def examine(
    answer: str, question: str, kind: Kind = "behavioural", *, is_english: bool = True, seconds: int | None = None
) -> Examined:
    """Measure an answer.

    Parameters
    ----------
    answer : str
        The user's words.
    question : str
        What was asked.
    kind : str
        Kind of the question: one asks for a case, one for a method, one for what somebody would do.
    is_english : bool
        Whether the lexicons apply.
    seconds : int, optional
        How long it was, if it was recorded.
    """
    plain = visible(answer).strip()
    text, pleas = without_pleas(plain)
    words = [word.casefold() for word in WORD.findall(text)]
    measures = Measures(
        words=len(words),
        sentences=len([part for part in re.split(r"[.!?\n]+", text) if WORD.search(part)]),
        seconds=seconds or round(len(words) * 60 / WORDS_PER_MINUTE),
        words_per_minute=round(len(words) * 60 / seconds) if seconds else None,
        fillers=len(FILLERS.findall(text)),
        hedges=len(HEDGES.findall(text)),
        figures=len(FIGURE.findall(_without_cliches(text))),
        first_person=len(FIRST_PERSON.findall(text)),
        we=len(WE.findall(text)),
    )
    findings = (
        [Finding(code="addresses_scorer", kind="weakness", message=ADVICE["addresses_scorer"], quote=pleas[0][:200])]
        if pleas
        else []
    )
    evades = EVASIVE.search(text) if is_english and len(words) < SHORT_WORDS and not OWN_ACT.search(text) else None
    if evades:
        findings.append(_weak("evasive", evades[0]))
    elif len(words) < EMPTY_WORDS or len(WORD.findall(" ".join(pleas))) > len(words):
        findings.append(_weak("empty"))
    elif _copies(words, question):
        findings.append(_weak("copied"))
    else:
        findings += _of_content(text, measures, kind) if is_english else _of_length(measures)
    return Examined(text, measures, findings)


def _without_cliches(text: str) -> str:
    """Blank out what anybody can say: nothing in it is an act, a result or a figure. Places stay the same."""
    return CLICHES.sub(lambda cliche: " " * len(cliche[0]), text)


def _copies(words: Sequence[str], question: str) -> bool:
    asked = [word.casefold() for word in WORD.findall(question)]
    matcher = SequenceMatcher(None, words, asked, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    longest = max((block.size for block in matcher.get_matching_blocks()), default=0)
    own = len(words) - longest
    return (same / len(words) >= _COPY_RATIO and longest >= _SHORTEST_RUN) or (
        longest >= _COPIED_RUN and own < EMPTY_WORDS * 3
    )


def _of_length(measures: Measures) -> list[Finding]:
    if measures.words < SHORT_WORDS:
        return [_weak("too_short", amount=measures.words)]
    return [_weak("too_long", amount=measures.seconds // 60 + 1)] if measures.words > LONG_WORDS else []


def _of_content(text: str, measures: Measures, kind: Kind) -> list[Finding]:
    found = _of_length(measures)
    said = _without_cliches(text)
    act, result, figure = OWN_ACT.search(said), RESULT.search(said), FIGURE.search(said)
    intent = INTENT.search(said)
    own = act or (intent if kind != "behavioural" else None)
    if own is None:
        found.append(_weak("only_we" if measures.we and intent is None else "no_own_part"))
    if kind == "behavioural":
        found += [_weak("no_situation")] if SITUATION.search(text) is None else []
        found += [_weak("no_result")] if result is None else []
        found += [_weak("no_figures")] if figure is None else []
    elif kind == "technical":
        is_past = any(each[0].split()[-1] not in SAME_IN_PAST for each in OWN_ACT.finditer(text))
        found += [] if is_past else [_weak("no_example")]
    else:
        found += [_weak("no_steps")] if STEPS.search(text) is None else []
    found += _of_manner(text, measures)
    if own:
        found.append(_strong("own_part", _around(text, own)))
    if result and act and measures.words >= SHORT_WORDS // 2:
        found.append(_strong("result", _around(text, result)))
    if figure:
        found.append(_strong("figures", _around(text, figure)))
    if measures.words >= FULL_WORDS and not any(each.kind == "weakness" for each in found):
        found.append(_strong("complete"))
    return found


def _of_manner(text: str, measures: Measures) -> list[Finding]:
    per_hundred = 100 / max(measures.words, 1)
    found: list[Finding] = []
    for code, words, count in (("fillers", FILLERS, measures.fillers), ("hedging", HEDGES, measures.hedges)):
        if count >= _TOLERATED and count * per_hundred > _PER_HUNDRED and (first := words.search(text)):
            found.append(_weak(code, first[0], amount=count))
    if cliche := CLICHES.search(text):
        found.append(_weak("cliche", cliche[0]))
    return found


def _around(text: str, match: re.Match[str]) -> str:
    """Return the sentence of a match, or as much of it as can be quoted."""
    for sentence in SENTENCE.finditer(text):
        if sentence.start() <= match.start() < sentence.end():
            return sentence[0].strip()[:200]
    return match[0]


def _weak(code: str, quote: str | None = None, *, amount: int | None = None) -> Finding:
    return Finding(code=code, kind="weakness", message=ADVICE[code].format(amount=amount), quote=quote)


def _strong(code: str, quote: str | None = None) -> Finding:
    return Finding(code=code, kind="strength", message=PRAISE[code], quote=quote)
