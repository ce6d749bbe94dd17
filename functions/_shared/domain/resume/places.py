"""The texts of a résumé that may be rewritten, as JSON pointers name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from functions._shared.domain.resume.patch import find_item, patch_for_bullet, patch_for_description, patch_for_summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.resume.patch import Patch, Section


@dataclass(frozen=True, slots=True)
class Place:
    """A text of the résumé that may be rewritten.

    Parameters
    ----------
    section : str or None
        None for the summary.
    item : int
        Position in the section.
    bullet : int or None
        None for the item's description.
    """

    section: Section | None = None
    item: int = 0
    bullet: int | None = None

    @classmethod
    def parse(cls, path: str) -> Place:
        """Read a JSON pointer that fits `schemas.PATH`."""
        match path.split("/")[1:]:
            case [section, item, "bullets", bullet]:
                return cls(cast("Section", section), int(item), int(bullet))
            case [section, item, "description"]:
                return cls(cast("Section", section), int(item))
        return cls()

    def read(self, stored: Mapping[str, Any]) -> object:
        """Give what is there, if anything; `ItemNotFound` where not even the item is."""
        if self.section is None:
            return stored.get("summary")
        _, item = find_item(stored, self.section, self.item)
        if self.bullet is None:
            return item.get("description")
        bullets = item.get("bullets") or []
        return bullets[self.bullet] if self.bullet < len(bullets) else None

    def patch(self, stored: Mapping[str, Any], text: str) -> Patch:
        """Make the patch that puts ``text`` there."""
        if self.section is None:
            return patch_for_summary(stored, text)
        if self.bullet is None:
            return patch_for_description(stored, self.section, self.item, text)
        return patch_for_bullet(stored, self.item, self.bullet, text, section=self.section)
