"""What a client hears of a text while the model writes it: whole sentences that have passed the output filter.

Nobody has compared them with the résumé yet. The result has the text, and a ``status`` ``restarted`` takes back
everything before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from functions._shared.domain.errors import DomainError
from functions._shared.domain.language.words import sentence_spans
from functions.generate.review import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic import BaseModel

    from functions._shared.domain.language.unwanted_forms import Fault
    from functions.generate.plan import Piece, Plan

    Tell = Callable[[str, Mapping[str, Any]], None]


@dataclass(slots=True)
class Drafts:
    """Tells the sentences of one answer.

    Parameters
    ----------
    plan : Plan
        The question.
    tell : callable
        Takes the events.
    fault_of : callable
        Finds what makes texts undeliverable.
    """

    plan: Plan[Any]
    tell: Tell
    fault_of: Callable[[Sequence[Piece], Plan[Any]], Fault | None]
    _told: list[str] = field(default_factory=list)
    _heard: bool = False

    def hear(self, so_far: str) -> None:
        """Take the beginning of an answer, and tell its new sentences."""
        self._heard = True
        try:
            draft = self.plan.output.model_validate(from_json(so_far, allow_partial="trailing-strings"))
        except ValueError:
            return
        pieces = self._pieces(draft)
        if pieces:
            *whole, last = pieces
            start, _ = sentence_spans(last.text)[-1]
            self._go_on([*whole, replace(last, text=last.text[:start])])

    def end(self, draft: BaseModel) -> None:
        """Take the whole answer, if it was heard while it was written."""
        if self._heard:
            pieces = self._pieces(draft)
            texts = [each.text for each in pieces]
            if len(texts) < len(self._told) or any(map(_differs, texts, self._told)):
                self._restart()
            self._go_on(pieces)

    def _pieces(self, draft: BaseModel) -> list[Piece]:
        try:
            pieces = self.plan.pieces(draft) if self.plan.pieces else ()
        except DomainError:
            return []
        return [replace(each, text=tidy(each.text, line=each.line)) for each in pieces][: self.plan.limit]

    def _go_on(self, pieces: Sequence[Piece]) -> None:
        """Tell what is new in these whole sentences."""
        texts = [each.text for each in pieces]
        if any(
            _differs(text, told) and not told.startswith(text) for text, told in zip(texts, self._told, strict=False)
        ):
            self._restart()
        told = [*self._told, *[""] * (len(texts) - len(self._told))]
        new = [text[len(before) :] for text, before in zip(texts, told, strict=False)]
        if not any(new) or self.fault_of([each for each in pieces if each.text], self.plan):
            return
        for item, text in enumerate(new):
            if text:
                told[item] += text
                self.tell("delta", {"item": item, "text": text, "checked": False})
        self._told = told

    def _restart(self) -> None:
        if any(self._told):
            self.tell("status", {"state": "restarted"})
        self._told = []


def _differs(text: str, told: str) -> bool:
    return not text.startswith(told.rstrip())
