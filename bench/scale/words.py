"""The vocabulary of generated people and documents: `words.json`, typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

_DATA: Final[dict[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


class Track(NamedTuple):
    """A profession. `documents` replaces `{skill}`, `{thing}`, `{number}`, `{percent}` and `{people}` in its lines."""

    roles: list[str]
    degrees: list[str]
    skills: list[str]
    things: list[str]
    lines: list[str]
    certifications: list[str]


FIRST_NAMES: Final[list[str]] = _DATA["first_names"]
LAST_NAMES: Final[list[str]] = _DATA["last_names"]
CITIES: Final[list[str]] = _DATA["cities"]
# Two halves of an invented company's name.
COMPANY_HEADS: Final[list[str]] = _DATA["company_heads"]
COMPANY_TAILS: Final[list[str]] = _DATA["company_tails"]
SCHOOLS: Final[list[str]] = _DATA["schools"]
SOFT_SKILLS: Final[list[str]] = _DATA["soft_skills"]
LANGUAGES: Final[list[str]] = _DATA["languages"]
FLUENCY: Final[list[str]] = _DATA["fluency"]
SUMMARIES: Final[list[str]] = _DATA["summaries"]
DUTIES: Final[list[str]] = _DATA["duties"]
PERKS: Final[list[str]] = _DATA["perks"]
ABOUT_COMPANY: Final[str] = _DATA["about_company"]
EQUAL_CHANCES: Final[str] = _DATA["equal_chances"]
# The top-level `lines` suit every profession.
TRACKS: Final = [Track(**{**track, "lines": track["lines"] + _DATA["lines"]}) for track in _DATA["tracks"]]
