"""The single texts of a résumé that a model may rewrite, addressed by JSON pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from functions._shared.domain.errors import ItemNotFound
from functions._shared.domain.resume.patch import find_item, patch_for_bullet, patch_for_description, patch_for_summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.resume.patch import Patch, Section

EDITABLE_PATH: Final = r"^/(summary|(experience|projects|volunteer)/\d{1,2}/(description|bullets/\d{1,2}))$"
"""Pattern of the JSON pointers. A section has at most 100 items and an item at most 100 bullets."""


@dataclass(frozen=True, slots=True)
class EditableText:
    """The address of a text that may be rewritten.

    Parameters
    ----------
    section : str or None
        None for the summary.
    item : int
        Position in the section, from 0.
    bullet : int or None
        Position among the item's bullets, from 0; None for the item's description.
    """

    section: Section | None = None
    item: int = 0
    bullet: int | None = None

    @classmethod
    def parse(cls, path: str) -> EditableText:
        """Parse a JSON pointer that matches `EDITABLE_PATH`."""
        match path.split("/")[1:]:
            case [section, item, "bullets", bullet]:
                return cls(cast("Section", section), int(item), int(bullet))
            case [section, item, "description"]:
                return cls(cast("Section", section), int(item))
        return cls()

    @property
    def entry(self) -> str:
        """JSON Pointer of the entry that the text belongs to; empty for the summary."""
        return "" if self.section is None else f"/{self.section}/{self.item}"

    def read(self, stored: Mapping[str, Any]) -> str:
        """Return the text.

        Raises
        ------
        ItemNotFound
            The résumé has no such item, or no text in it.
        """
        value = self._value(stored)
        if not isinstance(value, str) or not value.strip():
            raise ItemNotFound("The résumé has no text at this path.")
        return value

    def patch(self, stored: Mapping[str, Any], text: str) -> Patch:
        """Build the patch that replaces the text with ``text``."""
        if self.section is None:
            return patch_for_summary(stored, text)
        if self.bullet is None:
            return patch_for_description(stored, self.section, self.item, text)
        return patch_for_bullet(stored, self.item, self.bullet, text, section=self.section)

    def _value(self, stored: Mapping[str, Any]) -> object:
        if self.section is None:
            return stored.get("summary")
        _, item = find_item(stored, self.section, self.item)
        if self.bullet is None:
            return item.get("description")
        bullets = item.get("bullets") or []
        return bullets[self.bullet] if self.bullet < len(bullets) else None
