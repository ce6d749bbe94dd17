"""The review of a model's answer: tidy it, take the verdict of each sentence, and leave out what is unsupported."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.losses import lost
from functions._shared.domain.language.invisible import visible
from functions.generate.schemas import Removed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.grounding.check import CheckedSentence, Examination
    from functions._shared.domain.grounding.verdicts import Judgements

_BULLET: Final = re.compile(r"^\s*(?:[-–—*•·▪●]|\d{1,2}[.)])\s+")  # noqa: RUF001 - dashes as they occur
_SPACES: Final = re.compile(r"[^\S\n]+")
_BLANK_LINES: Final = re.compile(r"\n(?:[^\S\n]?\n){2,}")


@dataclass(frozen=True, slots=True)
class Review:
    """The result of a review.

    Parameters
    ----------
    texts : list of str
        The texts to deliver; may be empty.
    sentences : list of CheckedSentence
        What is known of each sentence of these texts.
    removed : list of Removed
        The sentences or bullets that were removed.
    lost : list of str
        What an improved text no longer says.
    """

    texts: list[str]
    sentences: list[CheckedSentence]
    removed: list[Removed]
    lost: list[str]

    @property
    def ok(self) -> bool:
        """Whether every sentence is supported and nothing was removed."""
        return not self.removed and all(sentence.verdict == "supported" for sentence in self.sentences)

    def repeats(self, original: str | None) -> bool:
        """Return whether the answer repeats the original text."""
        return original is not None and self.texts == [tidy(original, line=False)]


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


def review(
    examination: Examination,
    *,
    lines: bool,
    original: str | None = None,
    first: Judgements | None = None,
    again: Judgements | None = None,
) -> Review:
    """Decide about every sentence and leave out the unsupported ones.

    Parameters
    ----------
    examination : Examination
        The tidied answer, and what the rules make of it.
    lines : bool
        Whether the texts are bullets. Bullets are removed as a whole, other texts sentence by sentence.
    original : str or None
        The text that the answer improves.
    first, again : Judgements or None
        A verifier's answers; without them nothing is unsupported.

    Returns
    -------
    Review
        The texts to deliver, what is known of their sentences, and the removed parts.
    """
    checked = examination.sentences_with(first, again)
    delivered: list[str] = []
    sentences: list[CheckedSentence] = []
    removed: list[Removed] = []
    for position, text in enumerate(examination.texts):
        own = [sentence for sentence in checked if sentence.item == position]
        bad = [sentence for sentence in own if sentence.verdict == "unsupported"]
        if lines and bad:
            removed.append(Removed(text=text, reason=bad[0].reason))
            continue
        removed += [Removed(text=text[each.start : each.end], reason=each.reason) for each in bad]
        kept, moved = _without(text, own)
        if kept:
            sentences += [each.model_copy(update={"item": len(delivered)}) for each in moved]
            delivered.append(kept)
    losses = lost(original, " ".join(delivered)) if original is not None else []
    return Review(delivered, sentences, removed, losses)


def _without(text: str, sentences: Sequence[CheckedSentence]) -> tuple[str, list[CheckedSentence]]:
    """Leave out the unsupported sentences of a text; return the rest, with the sentences where they now stand."""
    kept = ""
    moved: list[CheckedSentence] = []
    for number, sentence in enumerate(sentences):
        if sentence.verdict == "unsupported":
            continue
        end = sentences[number + 1].start if number + 1 < len(sentences) else len(text)
        span = {"start": len(kept), "end": len(kept) + sentence.end - sentence.start}
        moved.append(sentence.model_copy(update=span))
        kept += text[sentence.start : end]
    return kept.rstrip(), moved
