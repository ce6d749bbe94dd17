"""What a rewritten text has lost: figures, negations and names of the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.grounding.derivation import follows, states
from functions._shared.domain.grounding.terms import looks_technical, technical_terms
from functions._shared.domain.language.function_words import NEGATIONS
from functions._shared.domain.language.quantities import quantities
from functions._shared.domain.language.tokens import tokens
from functions._shared.domain.language.words import Phrases, Spans, fold, folded_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator


def lost(original: str, rewritten: str) -> list[str]:
    """List what a rewrite no longer says.

    Parameters
    ----------
    original : str
        The text that was to be improved.
    rewritten : str
        Its improvement.

    Returns
    -------
    list of str
        Figures, negations, skills, and words in the form of a name, as the original writes them. The same figure in
        another notation is not lost.
    """
    return list(
        dict.fromkeys([*_figures(original, rewritten), *_negations(original, rewritten), *_names(original, rewritten)])
    )


def _figures(original: str, rewritten: str) -> Iterator[str]:
    left = quantities(rewritten)
    for quantity in quantities(original):
        kept = [each for each in left if states(each, quantity) or follows(each, quantity)]
        if not kept:
            yield quantity.text


def _negations(original: str, rewritten: str) -> Iterator[str]:
    kept = sum(token.key in NEGATIONS or token.key.endswith("n't") for token in tokens(rewritten))
    said = [token for token in tokens(original) if token.key in NEGATIONS or token.key.endswith("n't")]
    for token in said[kept:] if kept < len(said) else ():
        yield token.form


def _names(original: str, rewritten: str) -> Iterator[str]:
    has = Phrases(rewritten)
    kept = set(folded_words(rewritten))
    judged = Spans(len(original))
    for term in technical_terms(original):
        if any(has.has(name) for name in (term.text, *term.names)):
            judged.take(term.start, term.end)  # perhaps by another name: AWS, Amazon Web Services
        else:
            yield term.text
    for word in words(original):
        if judged.holds(word.start, word.end):
            continue
        if looks_technical(word.text) and fold(word.text) not in kept and not has.has(word.text):
            yield word.text
