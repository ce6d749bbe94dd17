"""The two sections of JSON Resume that differ in structure from ours: ``basics`` and ``skills``; see `json_resume`."""

from __future__ import annotations

from typing import Any, Final

from functions._shared.domain.resume.field_types import MAX_SHORT, MAX_SKILLS
from functions._shared.domain.resume.json_resume_tables import ADDRESS, BOX, GROUP, PERSON, object_in, object_out

_NETWORKS: Final = {"linkedin": "LinkedIn", "github": "GitHub"}
_LISTS: Final = {"technical": "Technical skills", "soft": "Soft skills"}
_SOFT_NAMES: Final = ("soft", "interpersonal", "people skills", "personal skills")


def basics_in(basics: dict[str, Any]) -> dict[str, Any]:
    """Map ``basics`` to ``personalInfo`` and ``summary``."""
    basics = dict(basics)
    content: dict[str, Any] = {}
    if isinstance(basics.get("summary"), str):
        content["summary"] = basics.pop("summary")
    location = basics.pop("location") if isinstance(basics.get("location"), dict) else None
    person = object_in(basics, PERSON)
    if location is not None:
        address = object_in(location, ADDRESS)
        line = address.get("text")
        if isinstance(line, str) and address == {**_split(line), "text": line}:
            person.setdefault("location", line)
        else:
            person["address"] = address
            if line := one_line(address):
                person.setdefault("location", line)
    profiles = person.get("profiles", [])
    rest = [profile for profile in profiles if not _lift(profile, person)]
    if len(rest) < len(profiles):
        if rest:
            person["profiles"] = rest
        else:
            del person["profiles"]
    if person or not content:
        content["personalInfo"] = person
    return content


def basics_out(content: dict[str, Any]) -> dict[str, Any] | None:
    """Map ``personalInfo`` and ``summary`` to ``basics``; None if the content has neither."""
    person = content.get("personalInfo")
    summary = content.get("summary")
    if not isinstance(person, dict) and summary is None:
        return None
    person = dict(person) if isinstance(person, dict) else {}
    address = person.pop("address") if isinstance(person.get("address"), dict) else None
    line = person.get("location")
    location = object_out(address, ADDRESS) if address is not None else None
    if isinstance(line, str) and (address is None or line == one_line(address)):
        del person["location"]
        if location is None:
            location = {**_split(line), BOX: {"text": line}}
    links = [_profile(field, person.pop(field)) for field in _NETWORKS if isinstance(person.get(field), str)]
    basics = object_out(person, PERSON)
    if links:
        basics["profiles"] = [*basics.get("profiles", []), *links]
    if location is not None:
        basics["location"] = location
    if summary is not None:
        basics["summary"] = summary
    return basics


def one_line(address: dict[str, Any]) -> str:
    """Write an address as in the heading of a résumé: city, region (or country)."""
    parts = [address.get("city"), address.get("region") or address.get("countryCode")]
    return ", ".join(part for part in parts if isinstance(part, str) and part)[:MAX_SHORT]


def skills_in(theirs: list[dict[str, Any]]) -> dict[str, Any]:
    """Map the list of named skills to flat lists and groups."""
    skills: dict[str, Any] = {}
    groups: list[dict[str, Any]] = []
    for item in theirs:
        group = object_in(item, GROUP)
        name = group.pop("list", None)
        if isinstance(name, str) and name not in skills and group == _flat(name, group.get("keywords")):
            skills[name] = group["keywords"]
        else:
            groups.append(object_in(item, GROUP))
    if not skills:
        return {**_flattened(groups), "groups": groups}
    if groups:
        skills["groups"] = groups
    return skills


def skills_out(skills: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Map flat lists and groups to named skills; also return the keys that have no counterpart."""
    groups = skills.get("groups", [])
    theirs = [object_out(group, GROUP) for group in groups]
    flat = {name: skills[name] for name in _LISTS if name in skills}
    if not groups or flat != _flattened(groups):
        theirs += [{**_flat(name, entries), BOX: {"list": name}} for name, entries in flat.items()]
    return theirs, {key: value for key, value in skills.items() if key not in {*_LISTS, "groups"}}


def _flat(name: str, entries: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"name": _LISTS.get(name, ""), "keywords": entries} if name in _LISTS else {}


def _flattened(groups: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Build flat lists from groups: their keywords, or the name of a group without keywords."""
    lists: dict[str, dict[str, None]] = {name: {} for name in _LISTS}
    for group in groups:
        name = group.get("name") or ""
        kind = "soft" if any(word in name.casefold() for word in _SOFT_NAMES) else "technical"
        lists[kind].update(dict.fromkeys(group.get("keywords") or ([name] if name else [])))
    return {name: list(entries)[:MAX_SKILLS] for name, entries in lists.items() if entries}


def _split(line: str) -> dict[str, str]:
    """Split "San Francisco, CA" at its first comma."""
    city, _, region = line.partition(", ")
    return {"city": city, "region": region} if region else {"city": city}


def _profile(field: str, value: str) -> dict[str, Any]:
    """Build a profile from a link as people type it: with or without scheme and host."""
    bare = value.partition("://")[2] or value
    url = value if "://" in value else f"https://{bare}"
    username = bare.rstrip("/").rpartition("/")[2]
    if "/" not in bare and "." not in bare:
        host = "linkedin.com/in" if field == "linkedin" else "github.com"
        url = f"https://{host}/{bare.removeprefix('@')}"
    profile = {"network": _NETWORKS[field], "username": username, "url": url}
    return {**profile, BOX: {"field": field, "value": value}}


def _lift(profile: dict[str, Any], person: dict[str, Any]) -> bool:
    """Move a profile that `_profile` built back to its field; False if it is another profile."""
    field, value = profile.get("field"), profile.get("value")
    if not isinstance(field, str) or not isinstance(value, str) or field not in _NETWORKS or field in person:
        return False
    rebuilt_profile = _profile(field, value)
    if profile != {**{key: rebuilt_profile[key] for key in rebuilt_profile if key != BOX}, **rebuilt_profile[BOX]}:
        return False
    person[field] = value
    return True
