"""Where a résumé names a skill, and the patch that lists what it names. Used by the operation ``skills``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.grounding.evidence import LETTERS, evidence
from functions._shared.domain.language.vocabulary.skills import case_skills, skills
from functions._shared.domain.language.words import Phrases, folded_words
from functions._shared.domain.resume.field_types import MAX_SKILLS
from functions._shared.domain.resume.patch import patch_for_skills

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from functions._shared.domain.resume.content import ResumeContent
    from functions._shared.domain.resume.patch import Patch

_ANY_DAY: Final = date(2000, 1, 1)
"""How long jobs have lasted does not matter here."""


@dataclass(frozen=True, slots=True)
class ShownSkills:
    """Skills of a résumé in groups, those first that were asked about (`named` of them); and what it does not name."""

    technical: list[str]
    soft: list[str]
    named: int
    unknown: list[str]

    def patch(self, stored: Mapping[str, Any]) -> Patch:
        """Build the patch that lists the skills; empty if nothing changes."""
        groups = {"technical": self.technical, "soft": self.soft}
        if not isinstance(stored.get("skills"), dict):
            value = {kind: names for kind, names in groups.items() if names}
            return [{"op": "add", "path": "/skills", "value": value}] if value else []
        return [
            *(patch_for_skills(stored, "technical", self.technical) if self.technical else ()),
            *(patch_for_skills(stored, "soft", self.soft) if self.soft else ()),
        ]


class SkillPlaces:
    """A résumé as lines that may name a skill: not what an employer does, and no hobby.

    Parameters
    ----------
    content : ResumeContent
        The résumé.
    """

    def __init__(self, content: ResumeContent) -> None:
        self._lists = (list(content.skills.technical), list(content.skills.soft))
        self._lines = [
            (line.pointer, Phrases(line.text))
            for line in evidence(content, today=_ANY_DAY).lines
            if line.pointer and line.length is None and not line.id.startswith(LETTERS["interests"]) and line.id != "H2"
            if not line.id.endswith(".0")
        ]

    def of(self, name: str) -> list[str]:
        """Return the JSON Pointers of the lines that name a skill."""
        exact = name in case_skills() and name.isalnum()  # A name of several words is none by chance.
        return list(
            dict.fromkeys(pointer for pointer, said in self._lines if (name in said.exact if exact else said.has(name)))
        )

    def group(self, technical: Iterable[str], soft: Iterable[str], *, count: int) -> ShownSkills:
        """Keep what the résumé names, `count` skills of each group, and after them the other listed ones.

        A skill that is listed already stays in its group and keeps its spelling.
        """
        old_technical, old_soft = self._lists
        found: tuple[list[str], list[str]] = ([], [])
        unknown: list[str] = []
        for position, names in enumerate((technical, soft)):
            for each in names:
                known = self._listed(each) or self._written(each)
                if known is None:
                    unknown.append(each)
                else:
                    name, group = known
                    found[position if group is None else group].append(name)
        kept = [_within(_unique(names)[:count], old) for names, old in zip(found, self._lists, strict=True)]
        return ShownSkills(
            _unique([*kept[0], *old_technical]),
            _unique([*kept[1], *old_soft]),
            sum(map(len, kept)),
            _unique(unknown),
        )

    def _listed(self, name: str) -> tuple[str, int] | None:
        """Return the listed skill that a name means, or begins ("Outreach" for Outreach.io), and its group."""
        asked = [folded_words(each) for each in _names(name)]
        for group, listed in enumerate(self._lists):
            for each in listed:
                if any(words and folded_words(each)[: len(words)] == words for words in asked):
                    return each, group
        return None

    def _written(self, name: str) -> tuple[str, None] | None:
        """Return the name of a skill that the résumé has."""
        return next(((each, None) for each in _names(name) if self.of(each)), None)


def _within(names: list[str], old: list[str]) -> list[str]:
    """Leave out new names for which a list has no room."""
    room = max(0, MAX_SKILLS - len(old))
    fresh = [name for name in names if name not in old]
    left_out = set(fresh[room:])
    return [name for name in names if name not in left_out]


def _names(name: str) -> list[str]:
    """Return the names of a skill: as it is written, its parts before and in brackets, and its other names."""
    parts = [part.strip() for part in re.split(r"[()]", name)] if "(" in name else []
    return [
        each
        for part in (name, *parts)
        if part
        for each in (part, *skills().get(part.casefold(), ()), *case_skills().get(part, ()))
    ]


def _unique(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))
