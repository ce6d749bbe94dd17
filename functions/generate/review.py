"""The review of a model's answer: tidy it, and remove every sentence or bullet that the source does not support."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.domain.grounding.check import check
from functions._shared.domain.language.words import words
from functions.generate.schemas import Reason, Removed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from functions._shared.domain.grounding.check import Unsupported
    from functions._shared.domain.grounding.source import Source

_BULLET: Final = re.compile(r"^\s*(?:[-–—*•·▪●]|\d{1,2}[.)])\s+")  # noqa: RUF001 - dashes as they occur
_SPACES: Final = re.compile(r"[^\S\n]+")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ENDS_SENTENCE: Final = (".", "!", "?", "…", "\n")
_CLOSING: Final = "\"'”’)]"  # noqa: RUF001 - quotes as they occur


@dataclass(frozen=True, slots=True)
class Review:
    """The result of a review.

    Parameters
    ----------
    texts : list of str
        The texts to deliver; may be empty.
    removed : list of Removed
        The sentences or bullets that were removed.
    gaps : list of str
        Skills that the job asks for and the source does not have.
    """

    texts: list[str]
    removed: list[Removed]
    gaps: list[str]

    @property
    def objections(self) -> int:
        """Number of unsupported claims."""
        return sum(len(part.unsupported) for part in self.removed)

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
        The text without control characters, redundant white space, surrounding quotes and bullet signs.
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))
    if line:
        text = _BULLET.sub("", text).replace("\n", " ")
    text = _SPACES.sub(" ", text).strip()
    for opening, closing in (('"', '"'), ("“", "”")):
        inner = text[1:-1]
        if len(text) > 1 and text[0] == opening and text[-1] == closing and opening not in inner:
            text = inner.strip()
    return text


def review(texts: Sequence[str], source: Source, job_description: str | None, *, lines: bool) -> Review:
    """Remove everything that the source does not support.

    Parameters
    ----------
    texts : sequence of str
        The tidied answer.
    source : Source
        The résumé and the user's own words.
    job_description : str or None
        The job advertisement, to find the gaps.
    lines : bool
        Whether the texts are bullets. Bullets are removed as a whole, other texts sentence by sentence.

    Returns
    -------
    Review
        The texts to deliver, and the removed parts with the reasons.
    """
    report = check(texts, source, job_description=job_description)
    delivered: list[str] = []
    removed: list[Removed] = []
    for position, text in enumerate(texts):
        claims = [claim for claim in report.unsupported if claim.item == position]
        supported: list[str] = []
        for start, end in [(0, len(text))] if lines else sentence_spans(text):
            part = text[start:end]
            reasons = _reasons(claim for claim in claims if start <= claim.start < end)
            if reasons:
                removed.append(Removed(text=part.strip(), unsupported=reasons))
            else:
                supported.append(part)
        if rest := "".join(supported).strip():
            delivered.append(rest)
    return Review(delivered, removed, report.gaps)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences. Joined, they give the original text.

    Parameters
    ----------
    text : str
        Prose.

    Returns
    -------
    list of tuple of int
        Start and end of each sentence in code points, including the white space after it.
    """
    starts = [0]
    for word in words(text):
        begin = word.start
        while begin > 0 and not text[begin - 1].isspace():
            begin -= 1  # an opening quote or bracket belongs to the sentence
        before = text[:begin].rstrip(" \t").rstrip(_CLOSING)
        if word.opens and begin > starts[-1] and before.endswith(_ENDS_SENTENCE):
            starts.append(begin)
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _reasons(claims: Iterable[Unsupported]) -> list[Reason]:
    return [Reason(kind=claim.kind, text=claim.text) for claim in claims]
