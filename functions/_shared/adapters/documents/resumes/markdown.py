"""Résumés as Markdown (CommonMark).

`escape` puts a backslash before every character that could begin markup, wherever it stands; Markdown allows that for
all ASCII punctuation. HTML is escaped by it, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from functions._shared.domain.documents.sections import group_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from functions._shared.domain.documents.sections import Block, Entry, Section
    from functions._shared.domain.documents.view import ResumeView

_ANYWHERE: Final = re.compile(r"([\\`*_\[\]<>&|~$])")
# These mean something only where a line begins: headings, lists, rules, tables, numbered lists.
_AT_THE_START: Final = re.compile(r"^(\s*)([#+=-]|[0-9]{1,9}(?=[.)]))")
# Renderers of GitHub's dialect turn bare addresses into links: a backslash before their signs stops it.
_BARE: Final = re.compile(r"(?i)(?:(?<=https)|(?<=http)|(?<=ftp)|(?<=mailto)|(?<=xmpp)):|(?<=www)\.|@")

_URL: Final = ":/?#[]@!$&'()*+,;=%~-._"
"""What stays as it is in an address."""


def escape(text: str) -> str:
    """Escape a text so that it shows as it is."""
    line = " ".join(_ANYWHERE.sub(r"\\\1", text).split())
    line = _BARE.sub(lambda sign: "\\" + sign.group(), line)
    return _AT_THE_START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", line)


def link(text: str, url: str | None) -> str:
    """Write a link, or its text alone if there is nothing to link to."""
    return f"[{escape(text)}](<{quote(url, safe=_URL)}>)" if url else escape(text)


def write_markdown(view: ResumeView) -> str:
    """Write a résumé as Markdown."""
    head = [f"# {escape(view.name)}"]
    head += [f"**{escape(view.headline)}**"] if view.headline else []
    head += [" · ".join(link(contact.text, contact.url) for contact in view.contacts)] if view.contacts else []
    return "\n\n".join([*head, *(part for section in view.sections for part in _section(view, section))]) + "\n"


def _section(view: ResumeView, section: Section) -> Iterator[str]:
    yield f"## {escape(section.heading)}"
    yield from _blocks(section.blocks)
    if section.groups:
        yield "\n".join(_group(view, label, items) for label, items in group_lines(section, view.locale))
    for entry in section.entries:
        yield from _entry(view, entry)


def _group(view: ResumeView, label: str, items: list[str]) -> str:
    listed = view.locale.comma.join(map(escape, items))
    return f"- **{escape(label)}**{view.locale.colon}{listed}" if label else f"- {listed}"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield "\n".join(f"- {escape(text)}" for text in block.texts) if block.is_list else escape(block.texts[0])


def _entry(view: ResumeView, entry: Entry) -> Iterator[str]:
    if entry.title:
        yield f"### {escape(entry.title)}"
    facts = [escape(fact) for fact in (entry.subtitle, entry.place, entry.dates) if fact]
    facts += [link(entry.link.text, entry.link.url)] if entry.link else []
    if facts:
        yield " · ".join(facts)
    if entry.note:
        yield escape(entry.note)
    yield from _blocks(entry.blocks)
    for label, items in entry.labelled:
        yield f"{escape(label)}{view.locale.colon}{view.locale.comma.join(map(escape, items))}"
