"""Checks a generated text sentence by sentence against the lines of its source; see `verdicts` for who decides."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from functions._shared.domain.grounding.derivation import change, comes_out, follows, lasts, states
from functions._shared.domain.grounding.match import Matcher
from functions._shared.domain.grounding.terms import initials_of, looks_technical
from functions._shared.domain.grounding.verdicts import By, Doubt, Finding, Flaw, How, Outcome, decide
from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.language.words import fold, folded_words, sentence_spans, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from functions._shared.domain.grounding.evidence import Evidence
    from functions._shared.domain.grounding.verdicts import Calculation, Judgements
    from functions._shared.domain.language.quantities import Quantity

NO_WORDS: Final = Finding(how="verbatim")
"""A "sentence" of signs alone claims nothing."""


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
        For a supported sentence: ``verbatim``, ``paraphrase`` or ``derived``.
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


def check(
    texts: Sequence[str], source: Evidence, *, first: Judgements | None = None, again: Judgements | None = None
) -> list[CheckedSentence]:
    """Check texts against their source.

    Parameters
    ----------
    texts : sequence of str
        What a model wrote: one text, or one per bullet.
    source : Evidence
        The lines that count.
    first, again : Judgements or None
        A verifier's answers, if there are any. It numbers the sentences of all texts from 1.

    Returns
    -------
    list of CheckedSentence
        In order.
    """
    spans = [
        (item, start, start + len(text[start:end].rstrip()))
        for item, text in enumerate(texts)
        for start, end in sentence_spans(text)
        if text[start:end].strip()
    ]
    sentences = [texts[item][start:end] for item, start, end in spans]
    verdicts = decide(
        sentences,
        findings(sentences, source),
        [source.ids] * len(sentences),
        lambda sentence, calculation, ids: _comes_out(sentence, calculation, ids, source),
        first,
        again,
    )
    return [
        CheckedSentence(
            item=item,
            start=start,
            end=end,
            verdict=verdict.verdict,
            by=verdict.by,
            evidence=source.pointers(verdict.lines),
            how=verdict.how,
            reason=verdict.reason,
        )
        for (item, start, end), verdict in zip(spans, verdicts, strict=True)
    ]


def findings(sentences: Sequence[str], source: Evidence) -> list[Finding]:
    """Return what the rules make of each sentence."""
    matcher = Matcher(source)
    known: _Known | None = None
    found: list[Finding] = []
    for sentence in sentences:
        if not any(character.isalnum() for character in sentence):
            found.append(NO_WORDS)
        elif matched := matcher.match(sentence):
            found.append(Finding(lines=matched[0], how=matched[1]))
        else:
            known = known or _Known(source)
            found.append(_doubt(sentence, known))
    return found


def _doubt(sentence: str, known: _Known) -> Finding:
    if missing := [quantity.text for quantity in quantities(sentence) if not known.has_quantity(quantity)]:
        return Finding(doubt="quantity", objections=missing)
    if missing := list(known.missing_names(sentence)):
        return Finding(doubt="name", objections=missing)
    return Finding(doubt="not_stated")


class _Known:
    """The figures and words of a source."""

    def __init__(self, source: Evidence) -> None:
        text = "\n".join(line.text for line in source.lines)
        self._quantities = [quantities(line.text) for line in source.lines]
        self._lengths = [line.length for line in source.lines if line.length]
        self._words = set(folded_words(text))
        self._initials = initials_of(text)

    def has_quantity(self, asked: Quantity) -> bool:
        """Tell whether a figure is stated, or follows from figures of one line."""
        return any(lasts(asked, length) for length in self._lengths) or any(
            any(states(asked, each) or follows(asked, each) for each in line)
            or any(change(asked, before, after) for before, after in pairwise(line))
            for line in self._quantities
        )

    def missing_names(self, sentence: str) -> Iterator[str]:
        """Yield the words that have the form of an acronym or a technology and that nobody has named."""
        for word in words(sentence):
            technical = looks_technical(word.text) and any(character.isalpha() for character in word.text)
            if technical and fold(word.text) not in self._words and word.text not in self._initials:
                yield word.text


def _comes_out(sentence: str, calculation: Calculation, ids: Sequence[str], source: Evidence) -> bool:
    return comes_out(sentence, calculation, [source.by_id[each] for each in ids])
