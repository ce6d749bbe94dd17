"""The review of a model's answer: tidy it, take the verdict of each sentence, and leave out what is unsupported."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from functions._shared.domain.errors import NothingToImprove
from functions._shared.domain.grounding.losses import lost
from functions._shared.domain.language.invisible import visible
from functions.generate.plan import Outcome
from functions.generate.results import Removed, TextResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from functions._shared.domain.grounding.check import CheckedSentence, Examination
    from functions._shared.domain.grounding.verdicts import Judgements
    from functions._shared.domain.resume.patch import Patch
    from functions.generate.plan import Context, Delivery, Piece, TextDraft

_BULLET: Final = re.compile(r"^\s*(?:[-–—*•·▪●]|\d{1,2}[.)])\s+")  # noqa: RUF001 - dashes as they occur
_SPACES: Final = re.compile(r"[^\S\n]+")
_BLANK_LINES: Final = re.compile(r"\n(?:[^\S\n]?\n){2,}")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The result of a review.

    Parameters
    ----------
    piece : Piece
        The text, without the sentences that were removed.
    sentences : list of CheckedSentence
        What is known of each sentence that is left.
    removed : list of Removed
        The sentences that were removed, or the whole of it.
    lost : list of str
        What a rewritten text no longer says.
    """

    piece: Piece
    sentences: list[CheckedSentence]
    removed: list[Removed]
    lost: list[str]


@dataclass(frozen=True, slots=True)
class Review:
    """The reviews of all pieces of an answer, as one.

    Parameters
    ----------
    pieces : list of Piece
        The texts to deliver; may be empty.
    sentences : list of CheckedSentence
        What is known of each sentence of these texts.
    removed : list of Removed
        The sentences or lines that were removed.
    lost : list of str
        What rewritten texts no longer say.
    """

    pieces: list[Piece]
    sentences: list[CheckedSentence]
    removed: list[Removed]
    lost: list[str]

    @classmethod
    def of(cls, reviewed: Iterable[Reviewed]) -> Review:
        """Put reviews together, in the order of the pieces."""
        whole = cls([], [], [], [])
        for each in reviewed:
            if each.piece.text:
                item = len(whole.pieces)
                whole.sentences.extend(sentence.model_copy(update={"item": item}) for sentence in each.sentences)
                whole.pieces.append(each.piece)
            whole.removed.extend(each.removed)
            whole.lost.extend(each.lost)
        return whole

    @property
    def ok(self) -> bool:
        """Whether every sentence is supported and nothing was removed."""
        return not self.removed and all(sentence.verdict == "supported" for sentence in self.sentences)


def tidy(text: str, *, line: bool) -> str:
    """Strip what models tend to add around a text.

    Parameters
    ----------
    text : str
        As the model wrote it.
    line : bool
        Whether it is a bullet: one line, without its bullet sign.

    Returns
    -------
    str
        The text without invisible characters, redundant white space, surrounding quotes and bullet signs.
    """
    text = visible(text)
    if line:
        text = _BULLET.sub("", text).replace("\n", " ")
    text = _BLANK_LINES.sub("\n\n", _SPACES.sub(" ", text)).strip()
    for opening, closing in (('"', '"'), ("“", "”")):
        inner = text[1:-1]
        if len(text) > 1 and text[0] == opening and text[-1] == closing and opening not in inner:
            text = inner.strip()
    return text


def rewritten(
    delivery: Delivery[TextDraft], context: Context, original: str | None, patch_of: Callable[[str], Patch | None]
) -> Outcome:
    """Build the result of one text that takes the place of another.

    Parameters
    ----------
    delivery : Delivery
        What is left of the text.
    context : Context
        The résumé.
    original : str or None
        The text that stands there.
    patch_of : callable
        Returns the patch that puts the text into the résumé; None if it has no place there.

    Raises
    ------
    NothingToImprove
        It says the same.
    """
    (text,) = delivery.texts
    patch = patch_of(text)
    if patch == [] or (original is not None and text == tidy(original, line=False)):
        raise NothingToImprove
    return Outcome(
        TextResult(
            text=text,
            patch=patch,
            base_version=context.version(patch),
            kept_id=None,
            grounding=delivery.grounding,
            model=delivery.model,
        )
    )


def review(
    pieces: Sequence[Piece],
    examination: Examination,
    first: Judgements | None = None,
    again: Judgements | None = None,
) -> list[Reviewed]:
    """Decide about every sentence and leave out the unsupported ones.

    Parameters
    ----------
    pieces : sequence of Piece
        The tidied texts.
    examination : Examination
        What the rules make of them.
    first, again : Judgements or None
        A verifier's answers; without them nothing is unsupported.

    Returns
    -------
    list of Reviewed
        One per piece; its text is empty if nothing is left of it.
    """
    checked = examination.sentences_with(first, again)
    return [
        _review(piece, [sentence for sentence in checked if sentence.item == position])
        for position, piece in enumerate(pieces)
    ]


def _review(piece: Piece, sentences: Sequence[CheckedSentence]) -> Reviewed:
    bad = [sentence for sentence in sentences if sentence.verdict == "unsupported"]
    if (piece.line or piece.whole) and bad:
        removed = [Removed(text=piece.text, reason=bad[0].reason)]
        return Reviewed(replace(piece, text=""), [], removed, [])
    kept, moved = _without(piece.text, sentences)
    return Reviewed(
        replace(piece, text=kept),
        moved,
        [Removed(text=piece.text[each.start : each.end], reason=each.reason) for each in bad],
        lost(piece.rewrites, kept) if piece.rewrites is not None else [],
    )


def _without(text: str, sentences: Sequence[CheckedSentence]) -> tuple[str, list[CheckedSentence]]:
    """Leave out the unsupported sentences of a text; return the rest, with the sentences where they now stand."""
    kept = ""
    moved: list[CheckedSentence] = []
    for number, sentence in enumerate(sentences):
        end = sentences[number + 1].start if number + 1 < len(sentences) else len(text)
        if sentence.verdict == "unsupported":
            blanks = text[sentence.end : end]
            if "\n" in blanks:  # the paragraph ends with the sentence before
                kept = kept.rstrip() + (blanks if kept else "")
            continue
        span = {"start": len(kept), "end": len(kept) + sentence.end - sentence.start}
        moved.append(sentence.model_copy(update=span))
        kept += text[sentence.start : end]
    return kept.rstrip(), moved
