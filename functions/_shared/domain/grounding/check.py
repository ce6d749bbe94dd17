"""Checks a generated text sentence by sentence against the lines of its source; see `verdicts` for who decides."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from functions._shared.domain.grounding.calculation import come_out
from functions._shared.domain.grounding.derivation import change, follows, lasts, states
from functions._shared.domain.grounding.match import Matcher
from functions._shared.domain.grounding.operands import IN_WORDS, numbers_in
from functions._shared.domain.grounding.terms import initials_of, looks_technical
from functions._shared.domain.grounding.verdicts import (
    By,
    Doubt,
    Finding,
    Flaw,
    How,
    Outcome,
    after_first,
    decide,
    flagged,
    undecided,
)
from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.language.words import fold, folded_words, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from functions._shared.domain.grounding.calculation import Calculation
    from functions._shared.domain.grounding.evidence import Evidence
    from functions._shared.domain.grounding.verdicts import Judgements
    from functions._shared.domain.language.quantities import Quantity

_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_CODED: Final = re.compile(r"(?<![A-Za-z])[A-Za-z][a-z]*+[A-Z0-9][A-Za-z0-9]*")
"""Words with a capital or a digit behind the first letter: what `looks_technical` may accept."""
NO_WORDS: Final = Finding(how="verbatim")
"""A "sentence" of signs alone claims nothing."""
EMPTY: Final = Finding(how="no_claim")
"""A sentence that says nothing of the person."""


class CheckedSentence(BaseModel):
    """A sentence of the answer, what is known of it, and the places of the résumé that it rests on.

    Attributes
    ----------
    item : int
        Which of the texts, from 0.
    start, end : int
        Its span in that text, in code points.
    verdict : str
        ``supported``, ``unsupported`` or ``unverified``.
    by : str
        Who decided: ``rules`` or ``verifier``.
    evidence : list of str
        JSON Pointers into the résumé's content. The user's notes have none.
    how : str or None
        For a supported sentence: ``verbatim``, ``paraphrase``, ``derived`` or ``no_claim``.
    reason : str or None
        For the others: why.
    """

    item: int
    start: int
    end: int
    verdict: Outcome
    by: By
    evidence: list[str]
    how: How | None
    reason: Flaw | Doubt | None


class Examination:
    """Texts, their sentences, and what the rules make of each; a verifier's answers complete it.

    Parameters
    ----------
    texts : sequence of str
        What a model wrote: one text, or one per bullet.
    source : Evidence
        The lines that count.
    claims_nothing : callable or None
        Tells of a sentence whether it says nothing of the person, such as thanks; nobody is asked about it then.
    """

    def __init__(
        self, texts: Sequence[str], source: Evidence, claims_nothing: Callable[[str], bool] | None = None
    ) -> None:
        self.texts = tuple(texts)
        self.source = source
        self._spans = [
            (item, start, start + len(text[start:end].rstrip()))
            for item, text in enumerate(texts)
            for start, end in sentence_spans(text)
            if text[start:end].strip()
        ]
        self.sentences = [texts[item][start:end] for item, start, end in self._spans]
        self._findings = [
            EMPTY if finding.how is None and claims_nothing and claims_nothing(sentence) else finding
            for sentence, finding in zip(self.sentences, findings(self.sentences, source), strict=True)
        ]
        self._calculated: dict[tuple[str, ...], list[bool | None]] = {}

    @property
    def open(self) -> list[int]:
        """Numbers of the sentences to ask a verifier about, from 1; at most `verdicts.MAX_ASKED`."""
        return [position + 1 for position in undecided(self._findings)]

    def flagged(self, first: Judgements) -> list[int]:
        """Return the numbers of the sentences to ask about again."""
        verdicts = after_first(self.sentences, self._findings, self.source.ids, self._come_out, first)
        return [position + 1 for position in flagged(verdicts)]

    def sentences_with(self, first: Judgements | None = None, again: Judgements | None = None) -> list[CheckedSentence]:
        """Decide about each sentence, with a verifier's answers if there are any.

        Parameters
        ----------
        first, again : Judgements or None
            About the open sentences, and about the flagged ones.
        """
        verdicts = decide(self.sentences, self._findings, self.source.ids, self._come_out, first, again)
        return [
            CheckedSentence(
                item=item,
                start=start,
                end=end,
                verdict=verdict.verdict,
                by=verdict.by,
                evidence=self.source.pointers(verdict.lines),
                how=verdict.how,
                reason=verdict.reason,
            )
            for (item, start, end), verdict in zip(self._spans, verdicts, strict=True)
        ]

    def _come_out(self, calculations: Sequence[Calculation], ids: Sequence[str]) -> list[bool | None]:
        """Do the calculations about a sentence again, once; nobody can tell if they cannot even be tried."""
        key = ("\n".join(ids), *(each.model_dump_json() for each in calculations))
        if key not in self._calculated:
            try:
                found = come_out(calculations, [self.source.by_id[each] for each in ids], self.source.today)
            except Exception:  # noqa: BLE001 - a model writes anything, and it never costs the user the text
                found = [None for _ in calculations]
            self._calculated[key] = found
        return self._calculated[key]


def findings(sentences: Sequence[str], source: Evidence) -> list[Finding]:
    """Return what the rules make of each sentence."""
    matcher = Matcher(source, "\n".join(sentences))
    known = _Known(source)
    return [_finding(sentence, matcher, known) for sentence in sentences]


def _finding(sentence: str, matcher: Matcher, known: _Known) -> Finding:
    if not any(character.isalnum() for character in sentence):
        return NO_WORDS
    try:
        if matched := matcher.match(sentence):
            return Finding(lines=matched[0], how=matched[1])
        return _doubt(sentence, known)
    except Exception:  # noqa: BLE001 - what the rules cannot read, they do not support
        return Finding(doubt="not_stated")


def _doubt(sentence: str, known: _Known) -> Finding:
    figures = [quantity.text for quantity in quantities(sentence) if not known.has_quantity(quantity)]
    names = list(known.missing_names(sentence))
    return Finding(doubt="quantity" if figures else "name" if names else "not_stated", objections=figures, names=names)


class _Known:
    """The figures and words of a source."""

    def __init__(self, source: Evidence) -> None:
        self._text = "\n".join(line.text for line in source.lines)
        self._figures = [figures for line in source.lines if (figures := quantities(line.text))]
        self._values = {(each.kind, value) for line in self._figures for each in line for value in each.values}
        self._lengths = [line.length for line in source.lines if line.length]

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return numbers_in(self._text)

    @cached_property
    def _words(self) -> set[str]:
        return {fold(word) for word in (*folded_words(self._text), *_LATIN.findall(self._text))}

    def has_quantity(self, asked: Quantity) -> bool:
        """Tell whether a figure is stated, whatever it counts, follows from figures of one line, or may be in words."""
        if not asked.bound and any((asked.kind, value) in self._values for value in asked.values):
            return True
        currencies = {each.currency for line in self._figures for each in line if each.values & asked.values} - {""}
        if asked.currency and currencies and asked.currency not in currencies:
            return False
        if self._numbers.issuperset(numbers_in(asked.text, parts=False)) or (
            asked.kind == ("", "") and max(asked.values) <= IN_WORDS
        ):
            return True
        return any(lasts(asked, length) for length in self._lengths) or any(
            any(states(asked, each) or follows(asked, each) for each in line)
            or any(change(asked, before, after) for before, after in pairwise(line))
            for line in self._figures
        )

    def missing_names(self, sentence: str) -> Iterator[str]:
        """Yield the words that have the form of an acronym or a technology and that nobody has named."""
        for word in _CODED.findall(sentence):
            if fold(word) not in self._words and looks_technical(word) and word not in initials_of(self._text):
                yield word
