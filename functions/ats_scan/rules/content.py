"""Rules about what a reader of résumés gets out of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.facts import Spot
from functions._shared.domain.resume.dates import year_and_month
from functions.ats_scan.rules.layout import CONTACT
from functions.ats_scan.rules.rule import GREENHOUSE, JSON_RESUME, OURS, Evidence, Rule, spot

if TYPE_CHECKING:
    from functions.ats_scan.rules.rule import Subject

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FAKE: Final = re.compile(
    r"^(?:(?:john|jane|max|erika) (?:doe|smith|mustermann)|(?:test|sample|your|first|last|full) (?:name|"
    r"user|test)(?: name)?|first ?name last ?name|name surname|"
    r"lorem ipsum|asdf\w*|xxx+|john q\.? public|foo bar|mickey mouse|nombre apellidos?|vorname nachname|prénom nom)$",
    re.IGNORECASE,
)
_TOP: Final = 12
"""Lines within which name and contact are looked for."""
_SEVERAL: Final = 3
"""Headings that are not known: with the jobs found, one or two such as "Talks" do no harm."""
_SHORT_DATE: Final = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2}(?!\d)|['\u2019]\d{2}(?!\d)\s*[-\u2013]|(?:spring|"
    r"summer|fall|autumn|winter) (?:of )?(?:19|20)\d\d)",
    re.IGNORECASE,
)
_FORMS: Final = (
    ("2021-03", re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d)")),
    ("03/2021", re.compile(r"(?<![\d/])(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?!\d)")),
    ("03.2021", re.compile(r"(?<![\d.])(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d)")),
    ("March 2021", re.compile(r"(?<!\w)[^\W\d_]{3,10}\.? (?:19|20)\d\d(?!\d)")),
)  # fmt: skip


def _name(subject: Subject) -> Evidence:
    if subject.content is None:
        return None
    return [] if subject.content.personalInfo.name else [Spot(0, line.text) for line in subject.lines[:3]]


def _name_on_top(subject: Subject) -> Evidence:
    name = subject.content.personalInfo.name if subject.content else None
    if not name or not subject.lines:
        return None
    top = _letters("".join(line.text for line in subject.lines[:_TOP]))
    last = _letters(name.split()[-1])
    return [] if _letters(name) in top or last in top else [Spot(0, line.text) for line in subject.lines[:2]]


def _letters(text: str) -> str:
    """Return the letters only: a name may be divided at the end of a line."""
    return re.sub(r"[\W_]", "", text.casefold())


def _fake(subject: Subject) -> Evidence:
    name = (subject.content.personalInfo.name or "") if subject.content else ""
    return [Spot(0, name)] if _FAKE.match(name.strip()) else []


def _email(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    if _EMAIL.search(subject.text):
        return []
    return [Spot(0, "no e-mail address in the text")]


def _email_linked(subject: Subject) -> Evidence:
    if not subject.document or not subject.lines:
        return None
    return [
        Spot(number, link.url)
        for number, page in enumerate(subject.document.pages)
        for link in page.links
        if link.url.startswith("mailto:") and link.url[7:].split("?")[0].casefold() not in subject.text.casefold()
    ]


def _phone(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    if subject.content and subject.content.personalInfo.phone:
        return []
    found = [match for match in CONTACT.findall(subject.text) if "@" not in match]
    return [] if found else [Spot(0, "no telephone number in the text")]


def _links(subject: Subject) -> Evidence:
    if not subject.document or not subject.lines:
        return None
    text = re.sub(r"\s", "", subject.text.casefold())
    found = []
    for number, page in enumerate(subject.document.pages):
        for link in page.links:
            bare = re.sub(r"^https?://(?:www\.)?|/$", "", link.url.casefold())
            if link.url.startswith("http") and bare.split("?")[0] not in text:
                found.append(Spot(number, link.url))
    return found


def _headings(subject: Subject) -> Evidence:
    content = subject.content
    if content is None or not subject.lines:
        return None
    others = ((content.extra or {}).get("sections") or []) if isinstance(content.extra, dict) else []
    titles = [str(each.get("title")) for each in others if isinstance(each, dict) and each.get("title")]
    if content.experience and len(titles) < _SEVERAL:
        return []
    if not content.experience and not content.education and not titles:
        return [Spot(0, "no section of experience or education was recognised")]
    return [Spot(0, title) for title in titles]


def _experience(subject: Subject) -> Evidence:
    if subject.content is None or not subject.lines:
        return None
    content = subject.content
    return [] if content.experience or content.education else [Spot(0, "neither jobs nor studies were recognised")]


def _dated(subject: Subject) -> Evidence:
    if subject.content is None:
        return None
    jobs = subject.content.experience
    undated = [job for job in jobs if year_and_month(job.startDate) is None and year_and_month(job.endDate) is None]
    return [Spot(0, ", ".join(filter(None, (job.role, job.company)))) for job in undated]


def _titled(subject: Subject) -> Evidence:
    if subject.content is None:
        return None
    return [
        Spot(0, ", ".join(filter(None, (job.role, job.company, job.startDate))) or "a job without title and employer")
        for job in subject.content.experience
        if not job.role or not job.company
    ]


def _date_form(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    return [spot(line) for line in subject.lines if _SHORT_DATE.search(line.text)]


def _date_forms(subject: Subject) -> Evidence:
    if not subject.lines:
        return None
    found = [(name, spot(line)) for line in subject.lines for name, form in _FORMS if form.search(line.text)]
    names = dict(found)
    return list(names.values()) if len(names) > 1 else []


def _skills(subject: Subject) -> Evidence:
    if subject.content is None:
        return None
    skills = subject.content.skills
    listed = skills.technical or skills.soft or any(group.keywords for group in skills.groups)
    return [] if listed else [Spot(0, "no list of skills was recognised")]


RULES: Final = (
    Rule("name_found", "The name is found", "major", "A parser files the résumé without a name, or under another line.",
         "Write the name alone on the first line.", GREENHOUSE, _name),
    Rule("name_on_top", "The name is among the first lines", "minor",
"Parsers look for the name in the first lines of the file, whatever the page looks like.",
         "Write the name before everything else, also in a template with columns.", OURS, _name_on_top),
    Rule("name_real", "The name is not a placeholder", "major",
"Greenhouse does not parse résumés with obviously fake names.",
         "Write your own name.", GREENHOUSE, _fake),
    Rule("email_found", "The text contains an e-mail address", "major",
"Without it you cannot be reached, and some systems refuse the file.",
         "Write the address in the first lines, as text.", JSON_RESUME, _email),
    Rule("email_visible", "E-mail addresses are written out", "minor", "A link behind a word or a sign is not read.",
         "Write the address itself as the text of the link.", OURS, _email_linked),
    Rule("phone_found", "The text contains a phone number", "minor", "Many forms of applicant systems demand one.",
         "Write the number with its country code.", JSON_RESUME, _phone),
    Rule("links_visible", "Links are written out", "minor",
"The address behind a word is lost when only the text is read.",
         "Write the address, such as linkedin.com/in/name.", OURS, _links),
    Rule("sections_clear", "Sections have usual headings", "major",
"Greenhouse names unclear or inconsistent sections as a cause of failed parses.",
         "Call those about jobs, studies and skills Experience, Education, Skills, or as is usual in your language.",
         GREENHOUSE, _headings),
    Rule("experience_found", "Jobs or studies are found", "major",
"A parser that finds neither files an empty profile.",
         "Give each job a line with title, employer and dates under a heading “Experience”.", GREENHOUSE, _experience),
    Rule("jobs_titled", "Each job has a title and an employer", "minor",
"An entry without one of them is filed wrongly or not at all.",
         "Write title, employer and dates of each job in the same order.", JSON_RESUME, _titled),
    Rule("jobs_dated", "Each job has dates", "major",
"Years of experience are computed from dates; a job without them counts for nothing.",
         "Write month and year of start and end.", OURS, _dated),
    Rule("dates_clear", "Dates have a month and a year of four digits", "minor",
"“06/07/20” and “Summer 2019” are read in several ways or not at all.",
         "Write “June 2020” or “06/2020”.", OURS, _date_form),
    Rule("dates_alike", "All dates are written alike", "minor",
"Mixed forms make some of them unreadable for simple parsers.",
         "Choose one form, such as “Jun 2020”.", OURS, _date_forms),
    Rule("skills_listed", "Skills are listed", "minor", "Systems fill the list of skills from a section of that name.",
         "Add a section “Skills” with the names of tools and methods.", JSON_RESUME, _skills),
)  # fmt: skip
