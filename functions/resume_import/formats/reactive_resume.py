"""Reactive Resume's JSON, of versions 4 and 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from functions.resume_import.formats.values import compact, date_of, from_html, objects_of, span, text_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable


def is_reactive_resume(document: Any) -> bool:  # noqa: ANN401 - any JSON
    """Return whether a parsed JSON file is one of Reactive Resume."""
    return (
        isinstance(document, dict)
        and isinstance(document.get("basics"), dict)
        and isinstance(document.get("sections"), dict)
    )


def from_reactive_resume(document: dict[str, Any]) -> dict[str, Any]:
    """Convert a file to résumé content. What has no field stays in ``extra.sections``."""
    basics, sections = document["basics"], document["sections"]
    content: dict[str, Any] = {"personalInfo": _person(basics, sections)}
    summary = document.get("summary") if isinstance(document.get("summary"), dict) else sections.get("summary")
    paragraphs, bullets = from_html(summary.get("content")) if isinstance(summary, dict) else ([], [])
    content["summary"] = "\n".join([*paragraphs, *bullets])
    for name, convert in _SECTIONS.items():
        ours = {"certifications": "certifications"}.get(name, name)
        items = [item for each in _items(sections.get(name)) if (item := compact(convert(each)))]
        content[ours] = items
    groups = [compact(_skill(each)) for each in _items(sections.get("skills"))]
    content["skills"] = compact(
        {
            "technical": list(
                dict.fromkeys(
                    word for group in groups for word in group.get("keywords") or [group.get("name", "")] if word
                )
            ),
            "groups": groups,
        }
    )
    other = [
        *_custom(document.get("customSections")),
        *_custom(list(sections["custom"].values()) if isinstance(sections.get("custom"), dict) else []),
    ]
    if other:
        content["extra"] = {"sections": other}
    return compact(content)


def _items(section: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    if not isinstance(section, dict) or section.get("hidden") is True or section.get("visible") is False:
        return []
    return objects_of(section.get("items"))


def _url(item: dict[str, Any]) -> str:
    for key in ("website", "url"):
        value = item.get(key)
        if isinstance(value, dict):
            return text_of(value.get("url") or value.get("href"))
        if isinstance(value, str):
            return value
    return ""


def _person(basics: dict[str, Any], sections: dict[str, Any]) -> dict[str, Any]:
    person: dict[str, Any] = {
        key: text_of(basics.get(key)) for key in ("name", "headline", "email", "phone", "location")
    }
    person["website"] = _url(basics)
    profiles = []
    for item in _items(sections.get("profiles")):
        network, url = text_of(item.get("network")), _url(item)
        key = network.casefold()
        if key in {"linkedin", "github"} and key not in person and url:
            person[key] = url
        else:
            profiles.append(compact({"network": network, "username": text_of(item.get("username")), "url": url}))
    person["profiles"] = profiles
    fields = [
        text
        for each in objects_of(basics.get("customFields"))
        if (text := text_of(each.get("text") or each.get("value")))
    ]
    if fields:
        person["extra"] = {"lines": fields}
    return compact(person)


def _described(item: dict[str, Any]) -> dict[str, Any]:
    paragraphs, bullets = from_html(item.get("description") or item.get("summary"))
    if isinstance(item.get("summary"), str) and isinstance(item.get("description"), str):
        paragraphs, bullets = from_html(item["summary"])
        paragraphs = [text_of(item["description"]), *paragraphs]
    return {"description": "\n".join(paragraphs), "bullets": bullets}


def _period(item: dict[str, Any]) -> dict[str, str]:
    return span(item.get("period") or item.get("date"))


def _job(item: dict[str, Any]) -> dict[str, Any]:
    job = {
        "company": text_of(item.get("company")),
        "role": text_of(item.get("position")),
        "location": text_of(item.get("location")),
        "url": _url(item),
        **_period(item),
        **_described(item),
    }
    roles = [
        compact({"role": text_of(each.get("position")), **_period(each)}) for each in objects_of(item.get("roles"))
    ]
    if roles:
        job["extra"] = {"roles": roles}
        job["role"] = job["role"] or roles[0].get("role", "")
    return job


def _study(item: dict[str, Any]) -> dict[str, Any]:
    paragraphs, bullets = from_html(item.get("description") or item.get("summary"))
    lines = [*paragraphs, *bullets]
    return {
        "institution": text_of(item.get("school") or item.get("institution")),
        "degree": text_of(item.get("degree") or item.get("studyType")),
        "area": text_of(item.get("area")),
        "score": text_of(item.get("grade") or item.get("score")),
        "location": text_of(item.get("location")),
        "url": _url(item),
        **_period(item),
        "extra": {"lines": lines} if lines else None,
    }


def _project(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": text_of(item.get("name") or item.get("title")),
        "url": _url(item),
        "technologies": texts_of(item.get("keywords")),
        **_period(item),
        **_described(item),
    }


def _volunteer(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "organization": text_of(item.get("organization")),
        "role": text_of(item.get("position")),
        "location": text_of(item.get("location")),
        "url": _url(item),
        **_period(item),
        **_described(item),
    }


def _summarised(name: str, giver: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def convert(item: dict[str, Any]) -> dict[str, Any]:
        paragraphs, bullets = from_html(item.get("description") or item.get("summary"))
        return {
            name: text_of(item.get("title") or item.get("name")),
            giver: text_of(item.get(giver)),
            "date": date_of(item.get("date")),
            "url": _url(item),
            "summary": "\n".join([*paragraphs, *bullets]),
        }

    return convert


def _skill(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": text_of(item.get("name")),
        "level": text_of(item.get("proficiency") or item.get("description")),
        "keywords": texts_of(item.get("keywords")),
    }


def _language(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "language": text_of(item.get("language") or item.get("name")),
        "fluency": text_of(item.get("fluency") or item.get("description")),
    }


def _interest(item: dict[str, Any]) -> dict[str, Any]:
    return {"name": text_of(item.get("name")), "keywords": texts_of(item.get("keywords"))}


def _reference(item: dict[str, Any]) -> dict[str, Any]:
    paragraphs, bullets = from_html(item.get("description") or item.get("summary"))
    lines = [text_of(item.get("position")), text_of(item.get("phone")), *paragraphs, *bullets]
    return {"name": text_of(item.get("name")), "reference": "\n".join(line for line in lines if line)}


def _custom(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    sections = []
    for section in objects_of(value):
        lines: list[str] = []
        for item in objects_of(section.get("items")):
            for key, field in item.items():
                if key not in {"id", "icon", "iconColor"} and isinstance(field, str):
                    paragraphs, bullets = from_html(field)
                    lines += [*paragraphs, *bullets]
        if lines:
            sections.append({"title": text_of(section.get("title") or section.get("name")), "lines": lines})
    return sections


_SECTIONS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "experience": _job,
    "education": _study,
    "projects": _project,
    "volunteer": _volunteer,
    "certifications": _summarised("name", "issuer"),
    "awards": _summarised("title", "awarder"),
    "publications": _summarised("name", "publisher"),
    "languages": _language,
    "interests": _interest,
    "references": _reference,
}
