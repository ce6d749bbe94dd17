"""Between the model and the user: nothing is delivered that the user's own words do not say."""

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
    """What is left of an answer.

    Parameters
    ----------
    texts : list of str
        What can be delivered; may be empty.
    removed : list of Removed
        What cannot.
    gaps : list of str
        What the job asks for and the source does not have.
    """

    texts: list[str]
    removed: list[Removed]
    gaps: list[str]

    @property
    def objections(self) -> int:
        """Number of unsupported claims."""
        return sum(len(each.unsupported) for each in self.removed)


def tidy(text: str, *, line: bool) -> str:
    """Strip what models add around a text.

    Parameters
    ----------
    text : str
        As the model wrote it.
    line : bool
        Whether it is a bullet: one line, no bullet sign.

    Returns
    -------
    str
        Without control characters, needless white space, surrounding quotes and bullet signs.
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
    """Take out what the source does not support.

    Parameters
    ----------
    texts : sequence of str
        The tidied answer.
    source : Source
        What the user has said.
    job_description : str or None
        What the job asks for.
    lines : bool
        Whether the texts are bullets, which stand or fall as a whole; else single sentences are taken out.

    Returns
    -------
    Review
        What is left, what was taken out and why.
    """
    report = check(texts, source, job_description=job_description)
    kept: list[str] = []
    removed: list[Removed] = []
    for position, text in enumerate(texts):
        found = [each for each in report.unsupported if each.item == position]
        left: list[str] = []
        for start, end in [(0, len(text))] if lines else sentence_spans(text):
            part = text[start:end]
            reasons = _reasons(each for each in found if start <= each.start < end)
            if reasons:
                removed.append(Removed(text=part.strip(), unsupported=reasons))
            else:
                left.append(part)
        if rest := "".join(left).strip():
            kept.append(rest)
    return Review(kept, removed, report.gaps)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences that join up to the whole.

    Parameters
    ----------
    text : str
        Prose.

    Returns
    -------
    list of tuple of int
        Start and end of each, in code points, with the white space that follows it.
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


def _reasons(found: Iterable[Unsupported]) -> list[Reason]:
    return [Reason(kind=each.kind, text=each.text) for each in found]
