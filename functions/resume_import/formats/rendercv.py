"""RenderCV's YAML. Its sections have names of one's own; the keys of their entries tell what they are."""

from __future__ import annotations

import re
from typing import Any

from functions.resume_import.formats.values import compact, date_of, objects_of, plain, span, text_of, texts_of
from functions.resume_import.vocabulary.headings import section_of

_NETWORKS = {"linkedin": "https://linkedin.com/in/{}", "github": "https://github.com/{}"}


def is_rendercv(document: Any) -> bool:  # noqa: ANN401 - any YAML
    """Return whether a parsed YAML file is one of RenderCV."""
    return isinstance(document, dict) and isinstance(document.get("cv"), dict)


def from_rendercv(document: dict[str, Any]) -> dict[str, Any]:
    """Convert a file to résumé content. Sections that fit none of ours stay in ``extra.sections``."""
    cv = document["cv"]
    content: dict[str, Any] = {"personalInfo": _person(cv)}
    other: list[dict[str, Any]] = []
    sections = cv.get("sections")
    for title, entries in sections.items() if isinstance(sections, dict) else ():
        _section(content, text_of(title).replace("_", " "), entries if isinstance(entries, list) else [], other)
    if other:
        content["extra"] = {"sections": other}
    return compact(content)


def _person(cv: dict[str, Any]) -> dict[str, Any]:
    person: dict[str, Any] = {
        "name": text_of(cv.get("name")),
        "headline": text_of(cv.get("headline") or cv.get("label")),
    }
    for key in ("email", "phone", "location", "website"):
        value = cv.get(key)
        person[key] = text_of(value[0] if isinstance(value, list) and value else value).removeprefix("tel:")
    profiles = []
    for each in objects_of(cv.get("social_networks")):
        network, username = text_of(each.get("network")), text_of(each.get("username"))
        key = network.casefold()
        if key in _NETWORKS and key not in person:
            person[key] = _NETWORKS[key].format(username)
        else:
            profiles.append(compact({"network": network, "username": username}))
    person["profiles"] = profiles
    return compact(person)


def _section(content: dict[str, Any], title: str, entries: list[Any], other: list[dict[str, Any]]) -> None:
    items = objects_of(entries)
    lines = [plain(text) for text in texts_of(entries)]
    kind = section_of(title)
    if items and all("company" in item or "position" in item for item in items):
        kind = "volunteer" if kind == "volunteer" else "experience"
    elif items and all("institution" in item for item in items):
        kind = "education"
    elif items and all("authors" in item for item in items):
        kind = "publications"
    if kind == "summary" and lines:
        content["summary"] = "\n".join(lines)
    elif kind == "skills" and items:
        groups = [
            compact({"name": plain(text_of(item.get("label"))), "keywords": _list(plain(text_of(item.get("details"))))})
            for item in items
        ]
        content["skills"] = {
            "technical": list(dict.fromkeys(word for group in groups for word in group.get("keywords", []))),
            "groups": groups,
        }
    elif kind == "languages" and items and all("label" in item for item in items):
        content.setdefault("languages", []).extend(
            compact({"language": text_of(item.get("label")), "fluency": text_of(item.get("details"))}) for item in items
        )
    elif kind in _ITEMS and items:
        content.setdefault(kind, []).extend(item for each in items if (item := compact(_ITEMS[kind](each))))
    elif kind in {"awards", "certifications"}:
        name = "title" if kind == "awards" else "name"
        named = [{name: plain(text_of(item.get("bullet") or item.get("name") or item.get("label")))} for item in items]
        content.setdefault(kind, []).extend(_dated(item, name) for item in [*({name: line} for line in lines), *named])
    elif lines or items:
        texts = [
            *lines,
            *(
                plain(
                    "; ".join(
                        text
                        for text in [*(text_of(field) for field in item.values()), *texts_of(item.get("highlights"))]
                        if text
                    )
                )
                for item in items
            ),
        ]
        other.append({"title": title, "lines": texts})


def _dated(item: dict[str, str], name: str) -> dict[str, str]:
    if (match := re.search(r"\s*\(([^()]*)\)$", item[name])) and (date := date_of(match[1])):
        return {name: item[name][: match.start()], "date": date}
    return item


def _list(text: str) -> list[str]:
    return [word.strip() for word in re.split(r",\s+|;\s*", text) if word.strip()]


def _span(item: dict[str, Any]) -> dict[str, str]:
    if item.get("start_date"):
        return compact(
            {"startDate": date_of(item["start_date"]), "endDate": date_of(item.get("end_date") or "present")}
        )
    return span(item.get("date"))


def _highlights(item: dict[str, Any]) -> list[str]:
    bullets: list[str] = []
    for each in item.get("highlights") or [] if isinstance(item.get("highlights"), list) else []:
        if isinstance(each, dict):
            # A nested list: YAML reads "text:" with items below it as a mapping.
            for key, value in each.items():
                bullets += [text_of(key), *(texts_of(value) or [text_of(value)])]
        else:
            bullets += [piece for piece in re.split(r"\s+-\s+(?=[A-Z])", text_of(each)) if piece]
    return [plain(bullet) for bullet in bullets if bullet]


def _job(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "company": plain(text_of(item.get("company"))),
        "role": plain(text_of(item.get("position"))),
        "location": text_of(item.get("location")),
        **_span(item),
        "description": plain(text_of(item.get("summary"))),
        "bullets": _highlights(item),
    }


def _volunteer(item: dict[str, Any]) -> dict[str, Any]:
    job = _job(item)
    return {"organization": job.pop("company"), **job}


def _study(item: dict[str, Any]) -> dict[str, Any]:
    lines = [*([plain(text_of(item["summary"]))] if item.get("summary") else []), *_highlights(item)]
    return {
        "institution": plain(text_of(item.get("institution"))),
        "degree": text_of(item.get("degree")),
        "area": plain(text_of(item.get("area"))),
        "location": text_of(item.get("location")),
        **_span(item),
        "extra": {"lines": lines} if lines else None,
    }


def _project(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": plain(text_of(item.get("name") or item.get("label"))),
        **_span(item),
        "bullets": _highlights(item),
        "description": plain(text_of(item.get("summary") or item.get("details"))),
    }


def _publication(item: dict[str, Any]) -> dict[str, Any]:
    doi = text_of(item.get("doi"))
    authors = ", ".join(plain(author) for author in texts_of(item.get("authors")))
    return {
        "name": plain(text_of(item.get("title"))),
        "publisher": plain(text_of(item.get("journal"))),
        "date": date_of(item.get("date")),
        "url": text_of(item.get("url")) or (f"https://doi.org/{doi}" if doi else ""),
        "summary": authors,
    }


_ITEMS = {
    "experience": _job,
    "education": _study,
    "volunteer": _volunteer,
    "projects": _project,
    "publications": _publication,
}
