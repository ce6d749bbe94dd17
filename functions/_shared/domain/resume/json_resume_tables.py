"""Tables of the keys of JSON Resume and ours, and the mapping of one object by such a table; see `json_resume`."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

BOX: Final = "x-resumebase"
"""Key of a JSON Resume object: the keys that exist only in our object."""

Kind = Literal["text", "date", "texts", "profiles"]
Table = dict[str, tuple[str, Kind]]
"""JSON Resume key → our key, kind of value."""

PROFILE: Final[Table] = {"network": ("network", "text"), "username": ("username", "text"), "url": ("url", "text")}
ADDRESS: Final[Table] = {key: (key, "text") for key in ("address", "postalCode", "city", "countryCode", "region")}
PERSON: Final[Table] = {
    "name": ("name", "text"),
    "label": ("headline", "text"),
    "image": ("image", "text"),
    "email": ("email", "text"),
    "phone": ("phone", "text"),
    "url": ("website", "text"),
    "profiles": ("profiles", "profiles"),
}
GROUP: Final[Table] = {"name": ("name", "text"), "level": ("level", "text"), "keywords": ("keywords", "texts")}

_SPAN: Final[Table] = {"startDate": ("startDate", "date"), "endDate": ("endDate", "date"), "url": ("url", "text")}
SECTIONS: Final[dict[str, tuple[str, Table]]] = {
    "work": (
        "experience",
        {
            **_SPAN,
            "name": ("company", "text"),
            "position": ("role", "text"),
            "location": ("location", "text"),
            "summary": ("description", "text"),
            "description": ("companyDescription", "text"),
            "highlights": ("bullets", "texts"),
        },
    ),
    "volunteer": (
        "volunteer",
        {
            **_SPAN,
            "organization": ("organization", "text"),
            "position": ("role", "text"),
            "summary": ("description", "text"),
            "highlights": ("bullets", "texts"),
        },
    ),
    "education": (
        "education",
        {
            **_SPAN,
            "institution": ("institution", "text"),
            "area": ("area", "text"),
            "studyType": ("degree", "text"),
            "score": ("score", "text"),
            "courses": ("courses", "texts"),
        },
    ),
    "projects": (
        "projects",
        {
            **_SPAN,
            "name": ("name", "text"),
            "description": ("description", "text"),
            "highlights": ("bullets", "texts"),
            "keywords": ("technologies", "texts"),
            "roles": ("roles", "texts"),
            "entity": ("entity", "text"),
            "type": ("type", "text"),
        },
    ),
    "awards": (
        "awards",
        {
            "title": ("title", "text"),
            "date": ("date", "date"),
            "awarder": ("awarder", "text"),
            "summary": ("summary", "text"),
        },
    ),
    "certificates": (
        "certifications",
        {
            "name": ("name", "text"),
            "date": ("date", "date"),
            "url": ("url", "text"),
            "issuer": ("issuer", "text"),
        },
    ),
    "publications": (
        "publications",
        {
            "name": ("name", "text"),
            "publisher": ("publisher", "text"),
            "releaseDate": ("date", "date"),
            "url": ("url", "text"),
            "summary": ("summary", "text"),
        },
    ),
    "languages": ("languages", {"language": ("language", "text"), "fluency": ("fluency", "text")}),
    "interests": ("interests", {"name": ("name", "text"), "keywords": ("keywords", "texts")}),
    "references": ("references", {"name": ("name", "text"), "reference": ("reference", "text")}),
}
"""JSON Resume section → our section and the table of its items."""

LEGACY: Final[dict[str, str]] = {"company": "name", "website": "url", "gpa": "score"}
"""Key from before JSON Resume 1.0.0 that many files still have → current key. Read only if the latter is missing."""

# Not \d: JSON Resume allows ASCII digits only. Like its own pattern, this one accepts month 19.
_DATE: Final = re.compile(r"[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?")


def objects(value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Return whether a value is a list of objects."""
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def object_in(theirs: dict[str, Any], table: Table) -> dict[str, Any]:
    """Map a JSON Resume object to ours."""
    ours: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in theirs.items():
        modern = LEGACY.get(key, key)
        name, kind = table.get(key) or (table.get(modern) if modern not in theirs else None) or ("", None)
        if kind and _fits(value, kind):
            ours[name] = [object_in(item, PROFILE) for item in value] if kind == "profiles" else value
        elif key != BOX or not isinstance(value, dict):
            extra[key] = value
    box = theirs.get(BOX)
    if extra:
        ours["extra"] = extra
    return {**box, **ours} if isinstance(box, dict) else ours


def object_out(ours: dict[str, Any], table: Table) -> dict[str, Any]:
    """Map our object to JSON Resume's."""
    theirs: dict[str, Any] = {}
    own: dict[str, Any] = {}
    riders: dict[str, Any] = {}
    by_ours = {name: (key, kind) for key, (name, kind) in table.items()}
    for name, value in ours.items():
        key, kind = by_ours.get(name, ("", None))
        if kind and _fits(value, kind):
            theirs[key] = [object_out(item, PROFILE) for item in value] if kind == "profiles" else value
        elif name == "extra" and isinstance(value, dict):
            riders = value
        else:
            own[name] = value
    if own:
        theirs[BOX] = own
    return {**riders, **theirs}


def _fits(value: Any, kind: Kind) -> bool:  # noqa: ANN401 - any JSON
    """Return whether a value has a kind that is valid in JSON Resume and in our content."""
    if kind == "text":
        return isinstance(value, str)
    if kind == "date":
        return isinstance(value, str) and _DATE.fullmatch(value) is not None
    if kind == "texts":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return objects(value)
