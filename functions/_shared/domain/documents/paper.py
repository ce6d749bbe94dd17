"""The size of the paper: US Letter where people print on it (the countries of Unicode's CLDR), and A4 elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from functions._shared.domain.resume.content import PersonalInfo

Paper = Literal["a4", "letter"]
PAPERS: Final[dict[Paper, tuple[float, float]]] = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
"""Width and height in points."""

_COUNTRIES: Final = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
_LANGUAGES: Final = frozenset({"en", "es", "fr"})
"""Languages of these countries."""
_CALLING: Final = re.compile(r"(?:\+|00)\s*\(?(?:1|50[123567]|52|5[678]|63)")
_ABROAD: Final = re.compile(r"(?:\+|00)\s*\(?[0-9]")
_AMERICAN: Final = re.compile(
    r"(?:1[ .-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}(?![0-9])"
)
"""A number as North Americans write it among themselves."""
_NAMES: Final = """
united states; united states of america; the united states; usa; us; u.s.; u.s.a.; estados unidos; ee. uu.; eeuu;
états-unis; etats-unis; vereinigte staaten; canada; canadá; kanada; mexico; méxico; mexique; mexiko; philippines; the
philippines; filipinas; colombia; chile; venezuela; costa rica; guatemala; panama; panamá; nicaragua; el salvador;
belize; puerto rico; alabama; alaska; arizona; arkansas; california; colorado; connecticut; delaware; district of
columbia; florida; hawaii; idaho; illinois; indiana; iowa; kansas; kentucky; louisiana; maine; maryland;
massachusetts; michigan; minnesota; mississippi; missouri; montana; nebraska; nevada; new hampshire; new jersey; new
mexico; new york; north carolina; north dakota; ohio; oklahoma; oregon; pennsylvania; rhode island; south carolina;
south dakota; tennessee; texas; utah; vermont; virginia; washington; west virginia; wisconsin; wyoming; new york city;
nyc; san francisco; bay area; san francisco bay area; los angeles; chicago; seattle; alberta; british columbia;
manitoba; new brunswick; newfoundland and labrador; nova scotia; ontario; prince edward island; quebec; québec;
saskatchewan; toronto; montréal; vancouver; metro manila; manila; ciudad de méxico; cdmx
"""
_PLACES: Final = frozenset(" ".join(_NAMES.split()).split("; "))
_STATES: Final = frozenset(
    [
        *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY"),
        *("LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH"),
        *("OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY"),
        *("AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"),
    ]
)
"""Codes of states and provinces. Many are codes of other countries and places, too."""
_NO_PLACE: Final = re.compile(r"\(.*?\)|\b(?:remote|hybrid|on-?site|open to relocation|greater|area)\b", re.IGNORECASE)
_POSTCODE: Final = re.compile(r"\b[0-9]{5}(?:-[0-9]{4})?\b|\b[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]\b")


def stated(value: object) -> Paper | None:
    """Return the paper that a design states; None if it leaves that to the résumé."""
    return "letter" if value == "letter" else "a4" if value == "a4" else None


def paper_of(person: PersonalInfo, language: str) -> Paper:
    """Return the paper for somebody's documents where neither a request nor the design states one.

    The country decides; without one the place, the telephone number and the language do.
    """
    country = (person.address.countryCode or "").strip().upper() if person.address else ""
    if country:
        return "letter" if country in _COUNTRIES else "a4"
    phone = (person.phone or "").strip()
    place = _place(person.location or "")
    is_near = bool(_CALLING.match(phone) or _AMERICAN.fullmatch(phone))
    is_state = place in _STATES and language in _LANGUAGES and (is_near or not _ABROAD.match(phone))
    return "letter" if is_near or is_state or place.casefold() in _PLACES else "a4"


def _place(location: str) -> str:
    """Return the last part of a place, the state or the country, without what is not said of places."""
    parts = (" ".join(_POSTCODE.sub("", part).split()) for part in re.split(r"[,/|·;]", _NO_PLACE.sub("", location)))
    named = [part for part in parts if part]
    return named[-1] if named else ""
