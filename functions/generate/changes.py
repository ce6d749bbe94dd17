"""Changes to single texts and lists of a résumé: a model proposes them by path, a user accepts them one by one.

Code drops what is no change of this résumé, and a rewording that loses a figure, a name or a negation. A list is only
ever reordered, by the positions of its items, so that nothing can be added to it or lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, Field, StringConstraints

from functions._shared.domain.errors import ItemNotFound
from functions._shared.domain.grounding.losses import lost
from functions._shared.domain.language.invisible import visible
from functions._shared.domain.language.output_filter import too_long
from functions._shared.domain.resume.editable_texts import EDITABLE_PATH, EditableText
from functions._shared.domain.resume.field_types import MAX_LONG
from functions._shared.domain.resume.orders import ordered_list, patch_for_order
from functions._shared.domain.resume.patch import LIST, Patch
from functions._shared.domain.resume.plain_text import texts_with_pointers
from functions.generate.plan import Draft, Piece
from functions.generate.review import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from functions._shared.domain.grounding.check import CheckedSentence

MAX_REASON: Final = 300

Path = Annotated[str, StringConstraints(max_length=200)]
Words = Annotated[str, StringConstraints(max_length=4 * MAX_REASON)]


class NewText(Draft):
    """A text to reword."""

    path: Path
    text: Annotated[str, StringConstraints(max_length=MAX_LONG)]
    asked: Words
    reason: Words


class NewOrder(Draft):
    """A list to reorder."""

    path: Path
    first: Annotated[list[int], Field(max_length=100)]
    asked: Words
    reason: Words


class Change(BaseModel):
    """A change that the user can accept by itself.

    Attributes
    ----------
    kind : str
        ``reword`` or ``reorder``.
    path : str
        JSON Pointer of the text or list.
    before, after : str or list of str
        What stands there, and what the change makes of it.
    patch : list of dict
        JSON Patch of this change alone. Any choice of changes can be applied, in the order of the answer.
    reason : str
        What it shows this employer: advice of the model, which nobody has checked.
    asked : str or None
        The words of the advertisement that it answers; None if the advertisement does not have them.
    finding : int or None
        Number of the scan's finding about those words, from 1 in the order of the advertisement; None if it has none.
    evidence : list of str
        JSON Pointers of the lines that it rests on.
    verdict : str
        ``supported`` if every sentence is, else ``unverified``.
    applied : bool
        Whether the result's patch, or its variant, has it.
    """

    kind: Literal["reword", "reorder"]
    path: str
    before: str | list[str]
    after: str | list[str]
    patch: Patch
    reason: str
    asked: str | None
    finding: int | None = None
    evidence: list[str]
    verdict: Literal["supported", "unverified"]
    applied: bool = True


class KeptText(BaseModel):
    """A text that stays as it is, because its rewording would lose or add something.

    Attributes
    ----------
    path : str
        JSON Pointer of the text.
    lost : list of str
        Figures, negations and names that the rewording does not have.
    added : list of str
        Those that the text's own entry does not have.
    """

    path: str
    lost: list[str]
    added: list[str]


@dataclass(frozen=True, slots=True)
class Rewording:
    """A new text for a place of the résumé, tidied.

    Parameters
    ----------
    draft : NewText
        As the model wrote it.
    target : EditableText
        The place.
    before, after : str
        What stands there, and what shall.
    lost, added : list of str
        What would be lost, and what has no source. Such a text is not proposed.
    """

    draft: NewText
    target: EditableText
    before: str
    after: str
    lost: list[str]
    added: list[str]

    @property
    def is_faithful(self) -> bool:
        """Whether it keeps the figures, negations and names, and adds none."""
        return not self.lost and not self.added

    @property
    def path(self) -> str:
        """JSON Pointer of the place."""
        return self.draft.path

    def piece(self) -> Piece:
        """Return what is judged: by the lines of its own entry, and removed as a whole."""
        is_bullet = self.target.bullet is not None
        return Piece(
            self.after, key=self.path, line=is_bullet, entry=self.target.entry, rewrites=self.before, whole=True
        )

    def change(
        self, text: str, said: Sequence[CheckedSentence], asked: str | None, stored: Mapping[str, Any]
    ) -> Change:
        """Return the change, once its sentences are judged."""
        return Change(
            kind="reword",
            path=self.path,
            before=self.before,
            after=text,
            patch=self.target.patch(stored, text),
            reason=on_one_line(self.draft.reason),
            asked=asked,
            evidence=list(dict.fromkeys(pointer for one in said for pointer in one.evidence)) or [self.path],
            verdict="supported" if all(one.verdict == "supported" for one in said) else "unverified",
        )


def rewordings(texts: Sequence[NewText], stored: Mapping[str, Any]) -> Iterator[Rewording]:
    """Yield the rewordings of texts that the résumé has."""
    for each in texts:
        if not re.fullmatch(EDITABLE_PATH, each.path):
            continue
        target = EditableText.parse(each.path)
        try:
            before = target.read(stored)
        except ItemNotFound:
            continue
        is_bullet = target.bullet is not None
        after = tidy(each.text, line=is_bullet)
        grown = too_long(after, original=before) or (is_bullet and too_long(after, bullet=True))
        if after and not grown and after != tidy(before, line=is_bullet):
            yield Rewording(each, target, before, after, *_differences(before, after, target, stored))


def reordering(order: NewOrder, asked: str | None, stored: Mapping[str, Any]) -> Change | None:
    """Return the change that an order makes; None if it makes none."""
    if not re.fullmatch(LIST, order.path):
        return None
    try:
        items = ordered_list(stored, order.path)
        first = list(dict.fromkeys(each for each in order.first if 0 <= each < len(items)))
        patch = patch_for_order(stored, order.path, first)
    except ItemNotFound:
        return None
    if not patch:
        return None
    names = [_name(item) for item in items]
    return Change(
        kind="reorder",
        path=order.path,
        before=names,
        after=[names[each] for each in [*first, *(each for each in range(len(items)) if each not in first)]],
        patch=patch,
        reason=on_one_line(order.reason),
        asked=asked,
        evidence=[f"{order.path}/{each}" for each in first],
        verdict="supported",
    )


def on_one_line(text: str) -> str:
    """Write a text of the model on one line, without invisible characters."""
    return " ".join(visible(text).split())


def _differences(
    before: str, after: str, target: EditableText, stored: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """List what a rewording loses, and what it adds to its entry.

    A summary may leave out what the rest of the résumé says, and state what follows from it, such as years.
    """
    missing = lost(before, after)
    if target.section is not None:
        entry = stored[target.section][target.item]
        return missing, lost(after, "\n".join(text for _, text in texts_with_pointers(entry)))
    rest = {key: value for key, value in stored.items() if key not in {"summary", "personalInfo"}}
    elsewhere = "\n".join([after, *(text for _, text in texts_with_pointers(rest))])
    unstated = lost(after, f"{before}\n{elsewhere[len(after) :]}")
    return [each for each in lost(before, elsewhere) if each in missing], [
        each for each in unstated if not any(map(str.isdigit, each))
    ]


def _name(item: object) -> str:
    if isinstance(item, dict):
        return str(item.get("name") or ", ".join(map(str, item.get("keywords") or ())))
    return str(item)
