"""LinkedIn's archive of one's own data. Names of files are translated, their headers are not: headers decide.

Address and birth date are never read: nobody puts them in a résumé knowing that they are in the archive.
"""

from __future__ import annotations

import re
from typing import Any, Final

from functions.resume_import.formats.values import compact, date_of, from_text, text_of

Row = dict[str, str]
_TABLES: Final[dict[str, frozenset[str]]] = {
    "profile": frozenset({"First Name", "Last Name", "Headline"}),
    "positions": frozenset({"Company Name", "Title", "Started On"}),
    "education": frozenset({"School Name", "Degree Name"}),
    "volunteer": frozenset({"Company Name", "Role", "Cause"}),
    "certifications": frozenset({"Name", "Authority", "License Number"}),
    "projects": frozenset({"Title", "Description", "Url", "Started On"}),
    "languages": frozenset({"Name", "Proficiency"}),
    "emails": frozenset({"Email Address", "Primary"}),
    "phones": frozenset({"Number", "Type"}),
    "honors": frozenset({"Title", "Description", "Issued On"}),
    "publications": frozenset({"Name", "Published On", "Publisher"}),
    "courses": frozenset({"Name", "Number"}),
    "skills": frozenset({"Name"}),
}
"""Kind of table → headers that only it has, the most telling first. ``Skills.csv`` has the one header ``Name``."""


def table_kind(headers: list[str]) -> str | None:
    """Return which table has these headers."""
    names = {header.strip() for header in headers}
    if names == _TABLES["skills"]:
        return "skills"
    return next((kind for kind, needed in _TABLES.items() if kind != "skills" and needed <= names), None)


def from_linkedin(tables: list[dict[str, Any]]) -> dict[str, Any]:
    """Convert the tables of an archive to résumé content. Any of them may be missing."""
    rows: dict[str, list[Row]] = {}
    for table in tables:
        kind = table_kind(table["headers"])
        if kind:
            known = rows.setdefault(kind, [])
            for row in table["rows"]:
                if row not in known:
                    known.append(row)
    content: dict[str, Any] = {"personalInfo": _person(rows)}
    profile = (rows.get("profile") or [{}])[0]
    content["summary"] = "\n".join(line.strip() for line in profile.get("Summary", "").splitlines() if line.strip())
    content["experience"] = [_job(row) for row in rows.get("positions", [])]
    content["education"] = [_study(row) for row in rows.get("education", [])]
    content["volunteer"] = [_volunteer(row) for row in rows.get("volunteer", [])]
    content["projects"] = [_project(row) for row in rows.get("projects", [])]
    content["certifications"] = [
        compact(
            {
                "name": row.get("Name", ""),
                "issuer": row.get("Authority", ""),
                "date": date_of(row.get("Started On")),
                "url": row.get("Url", ""),
            }
        )
        for row in rows.get("certifications", [])
    ]
    content["languages"] = [
        compact({"language": row.get("Name", ""), "fluency": row.get("Proficiency", "")})
        for row in rows.get("languages", [])
    ]
    content["awards"] = [
        compact(
            {
                "title": row.get("Title", ""),
                "date": date_of(row.get("Issued On")),
                "summary": row.get("Description", ""),
            }
        )
        for row in rows.get("honors", [])
    ]
    content["publications"] = [
        compact(
            {
                "name": row.get("Name", ""),
                "publisher": row.get("Publisher", ""),
                "date": date_of(row.get("Published On")),
                "url": row.get("Url", ""),
                "summary": row.get("Description", ""),
            }
        )
        for row in rows.get("publications", [])
    ]
    skills = list(dict.fromkeys(name for row in rows.get("skills", []) if (name := text_of(row.get("Name")))))
    if skills:
        content["skills"] = {"technical": skills}
    courses = [
        text
        for row in rows.get("courses", [])
        if (text := " ".join(filter(None, [row.get("Name", ""), row.get("Number", "")])))
    ]
    if courses:
        content["extra"] = {"sections": [{"title": "Courses", "lines": courses}]}
    return compact(
        {key: [item for item in value if item] if isinstance(value, list) else value for key, value in content.items()}
    )


def _person(rows: dict[str, list[Row]]) -> dict[str, Any]:
    profile = (rows.get("profile") or [{}])[0]
    emails = sorted(
        rows.get("emails", []), key=lambda row: (row.get("Primary", "") != "Yes", row.get("Confirmed", "") != "Yes")
    )
    phones = [row.get("Number", "") for row in rows.get("phones", []) if row.get("Number")]
    person: dict[str, Any] = {
        "name": " ".join(filter(None, [profile.get("First Name", ""), profile.get("Last Name", "")])),
        "headline": profile.get("Headline", ""),
        "email": emails[0].get("Email Address", "") if emails else "",
        "phone": phones[0] if phones else "",
        "location": profile.get("Geo Location", ""),
    }
    profiles: list[dict[str, str]] = []
    for url in re.findall(r"https?://[^\s,\]]+", profile.get("Websites", "")):
        if "website" not in person:
            person["website"] = url
        else:
            profiles.append({"url": url})
    profiles += [
        {"network": "Twitter", "username": handle, "url": f"https://twitter.com/{handle}"}
        for handle in re.findall(r"\w{2,}", profile.get("Twitter Handles", ""))
    ]
    person["profiles"] = profiles
    return compact(person)


def _span(row: Row, start: str = "Started On", end: str = "Finished On") -> dict[str, str]:
    return compact({"startDate": date_of(row.get(start)), "endDate": date_of(row.get(end))})


def _described(row: Row) -> dict[str, Any]:
    paragraphs, bullets = from_text(row.get("Description"))
    return {"description": "\n".join(paragraphs), "bullets": bullets}


def _job(row: Row) -> dict[str, Any]:
    return compact(
        {
            "company": row.get("Company Name", ""),
            "role": row.get("Title", ""),
            "location": row.get("Location", ""),
            **_span(row),
            **_described(row),
        }
    )


def _volunteer(row: Row) -> dict[str, Any]:
    return compact(
        {"organization": row.get("Company Name", ""), "role": row.get("Role", ""), **_span(row), **_described(row)}
    )


def _project(row: Row) -> dict[str, Any]:
    return compact({"name": row.get("Title", ""), "url": row.get("Url", ""), **_span(row), **_described(row)})


def _study(row: Row) -> dict[str, Any]:
    lines = [line.strip() for key in ("Notes", "Activities") for line in row.get(key, "").splitlines() if line.strip()]
    degree, _, area = row.get("Degree Name", "").partition(", ")
    return compact(
        {
            "institution": row.get("School Name", ""),
            "degree": degree,
            "area": area,
            **_span(row, "Start Date", "End Date"),
            "extra": {"lines": lines} if lines else None,
        },
    )
