"""The sections of a résumé as documents show them: every section becomes paragraphs, entries or groups."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.documents.links import printed, safe_url
from functions._shared.domain.resume.kept_lines import kept_sections, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.documents.locales import Locale, Time
    from functions._shared.domain.resume.content import ResumeContent

TO: Final = " \u2013 "
"""What stands between start and end."""
_MARKER: Final = re.compile(r"^(?:[•·▪●‣∙\u2013*-]|\u2014)\s+")
_BEFORE_PERCENT: Final = re.compile("(?<=[0-9]) (?=[%\u2030])")


@dataclass(frozen=True, slots=True)
class Link:
    """A printed address, and where it leads if it is one that documents link to."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one text), or a list (``is_list``)."""

    texts: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A job, a degree, a project, an award, and so on.

    Parameters
    ----------
    title, subtitle, place : str
        Of its head. Only the title is never empty, unless nothing in the head is known.
    times : list
        When it was: a date, or start and end.
    link : Link or None
        Its address.
    note : str
        A line about it in small print.
    blocks : list
        Paragraphs and lists.
    labelled : list
        Pairs of a label and its items, such as technologies.
    """

    title: str
    subtitle: str = ""
    place: str = ""
    times: list[Time] = field(default_factory=list)
    link: Link | None = None
    note: str = ""
    blocks: list[Block] = field(default_factory=list)
    labelled: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def dates(self) -> str:
        """The times as one text."""
        return TO.join(time.text for time in self.times)


@dataclass(frozen=True, slots=True)
class Group:
    """Items under a label, which may be empty: skills, a language and its level, an interest."""

    label: str
    items: list[str]


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its heading. Exactly one of the three lists is filled."""

    key: str
    heading: str
    blocks: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def group_lines(section: Section, locale: Locale) -> list[tuple[str, list[str]]]:
    """Return the groups of a section as lines: a label and its items. What is short shares a line without a label."""
    groups = section.groups
    if section.key == "languages":
        texts = [f"{g.label} ({locale.comma.join(g.items)})" if g.items else g.label for g in groups]
        return [("", texts)] if texts else []
    if groups and not any(group.items for group in groups):
        return [("", [group.label for group in groups])]
    return [(group.label, group.items) if group.items else ("", [group.label]) for group in groups]


def build(key: str, content: ResumeContent, locale: Locale, date_format: str) -> Section | None:
    """Build a section; None if it shows nothing."""
    heading = locale.headings[key]
    if key == "summary":
        parts: dict[str, Any] = {"blocks": _blocks(content.summary)}
    elif key in _GROUPS:
        parts = {"groups": _GROUPS[key](content, locale)}
    else:
        parts = {"entries": [_entry(key, item, locale, date_format) for item in getattr(content, key)]}
    return Section(key, heading, **parts) if any(parts.values()) else None


def _entry(key: str, item: Any, locale: Locale, date_format: str) -> Entry:  # noqa: ANN401 - an item of the section
    """Build an entry, with the lines that an import kept."""
    entry = _ENTRIES[key](item, locale, date_format)
    entry.blocks.extend(_blocks("\n".join(lines_of(item.extra))))
    return entry


def others(content: ResumeContent, locale: Locale) -> list[Section]:
    """Build the sections that an import kept as they were. What stood before the first heading is about the person."""
    return [
        Section("extra", kept.title or locale.words["contact"], blocks=_blocks("\n".join(kept.lines)))
        for kept in kept_sections(content)
    ]


def _blocks(text: str | None, bullets: Iterable[str] = ()) -> list[Block]:
    """Split a text into paragraphs, and its lines with a bullet into lists; then come the bullets.

    No line breaks between a number and its percent sign.
    """
    lines = [(_MARKER.match(line) is not None, line) for line in (text or "").split("\n") if line]
    lines += [(True, line) for line in bullets]
    blocks: list[Block] = []
    for is_list, group in groupby(lines, key=itemgetter(0)):
        texts = tuple(filter(None, (_MARKER.sub("", _joined(line)) for _, line in group)))
        blocks += [Block(texts, is_list=True)] if is_list and texts else [Block((each,)) for each in texts]
    return blocks


def _joined(line: str) -> str:
    return _BEFORE_PERCENT.sub("\u00a0", " ".join(line.split()))


def _link(url: str | None) -> Link | None:
    return Link(printed(url), safe_url(url)) if url else None


def _head(locale: Locale, *parts: str | None) -> tuple[str, str]:
    """Return the first text that exists and the others in one line."""
    texts = [part for part in parts if part]
    return (texts[0], locale.comma.join(texts[1:])) if texts else ("", "")


def _experience(item: Any, locale: Locale, pattern: str) -> Entry:  # noqa: ANN401 - an item of the section
    title, subtitle = _head(locale, item.role, item.company)
    return Entry(
        title, subtitle, item.location or "", locale.span(item.startDate, item.endDate, pattern), _link(item.url),
        item.companyDescription or "", _blocks(item.description, item.bullets),
        [(locale.words["technologies"], item.technologies)] if item.technologies else [],
    )  # fmt: skip


def _education(item: Any, locale: Locale, pattern: str) -> Entry:  # noqa: ANN401 - an item of the section
    degree = locale.comma.join(part for part in (item.degree, item.area) if part)
    title, subtitle = _head(locale, degree, item.institution)
    return Entry(
        title, subtitle, item.location or "", locale.span(item.startDate, item.endDate, pattern), _link(item.url),
        item.score or "", [], [(locale.words["courses"], item.courses)] if item.courses else [],
    )  # fmt: skip


def _projects(item: Any, locale: Locale, pattern: str) -> Entry:  # noqa: ANN401 - an item of the section
    title, subtitle = _head(locale, item.name, item.entity, *item.roles, item.type)
    return Entry(
        title, subtitle, "", locale.span(item.startDate, item.endDate, pattern), _link(item.url), "",
        _blocks(item.description, item.bullets),
        [(locale.words["technologies"], item.technologies)] if item.technologies else [],
    )  # fmt: skip


def _volunteer(item: Any, locale: Locale, pattern: str) -> Entry:  # noqa: ANN401 - an item of the section
    title, subtitle = _head(locale, item.role, item.organization)
    return Entry(
        title, subtitle, item.location or "", locale.span(item.startDate, item.endDate, pattern), _link(item.url), "",
        _blocks(item.description, item.bullets),
    )  # fmt: skip


def _certifications(item: Any, locale: Locale, pattern: str) -> Entry:  # noqa: ANN401 - an item of the section
    title, subtitle = _head(locale, item.name, item.issuer)
    return Entry(title, subtitle, times=locale.time(item.date, pattern), link=_link(item.url))


def _awards(item: Any, locale: Locale, pattern: str) -> Entry:  # noqa: ANN401 - an item of the section
    title, subtitle = _head(locale, item.title, item.awarder)
    return Entry(title, subtitle, times=locale.time(item.date, pattern), blocks=_blocks(item.summary))


def _publications(item: Any, locale: Locale, pattern: str) -> Entry:  # noqa: ANN401 - an item of the section
    title, subtitle = _head(locale, item.name, item.publisher)
    times = locale.time(item.date, pattern)
    return Entry(title, subtitle, times=times, link=_link(item.url), blocks=_blocks(item.summary))


def _references(item: Any, locale: Locale, pattern: str) -> Entry:  # noqa: ANN401, ARG001 - as the others
    return Entry(item.name or "", blocks=_blocks(item.reference))


def _skills(content: ResumeContent, locale: Locale) -> list[Group]:
    skills = content.skills
    groups = []
    for group in skills.groups:
        label = f"{group.name or ''} ({group.level})" if group.level else group.name or ""
        groups.append(Group(label.strip(), group.keywords) if group.keywords else Group("", [label.strip()]))
    grouped = {item.casefold() for group in groups for item in group.items} | {
        (group.name or "").casefold() for group in skills.groups
    }
    flat = [
        (locale.words[name], [item for item in entries if item.casefold() not in grouped])
        for name, entries in (("technical", skills.technical), ("soft", skills.soft))
    ]
    rest = [(label, entries) for label, entries in flat if entries]
    # A label says something only beside another one.
    return groups + [Group(label if groups or len(rest) > 1 else "", entries) for label, entries in rest]


def _languages(content: ResumeContent, locale: Locale) -> list[Group]:  # noqa: ARG001 - as the others
    return [Group(item.language or "", [item.fluency] if item.fluency else []) for item in content.languages]


def _interests(content: ResumeContent, locale: Locale) -> list[Group]:  # noqa: ARG001 - as the others
    return [Group(item.name or "", item.keywords) for item in content.interests]


_GROUPS: Final = {"skills": _skills, "languages": _languages, "interests": _interests}
_ENTRIES: Final = {
    "experience": _experience,
    "education": _education,
    "projects": _projects,
    "volunteer": _volunteer,
    "certifications": _certifications,
    "awards": _awards,
    "publications": _publications,
    "references": _references,
}
