"""Résumés as one HTML file: semantic, styled by the design, without scripts and without anything from elsewhere.

`body` is for pages that have a head of their own. All text passes through `escape`, all addresses come from `safe_url`.
"""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.design import contrast, tint
from functions._shared.domain.documents.scripts import is_right_to_left, language_of_block
from functions._shared.domain.documents.sections import TO, group_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from functions._shared.domain.documents.locales import Time
    from functions._shared.domain.documents.sections import Block, Entry, Link, Section
    from functions._shared.domain.documents.view import ResumeView

_FALLBACK: Final = {
    "sans": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif",
    "serif": "Georgia, 'Noto Serif', 'Times New Roman', serif",
    "mono": "ui-monospace, Menlo, Consolas, 'Noto Sans Mono', monospace",
}
_OF_THE_PAGE: Final = frozenset({"h1", "h3"})
"""Elements that keep to the side of the page, whatever the direction of their text."""
_SHEET: Final = (Path(__file__).parent / "resume.css").read_text()


def write_html(view: ResumeView) -> str:
    """Write a complete page."""
    direction = ' dir="rtl"' if view.right_to_left else ""
    return (
        f'<!doctype html>\n<html lang="{escape(view.language)}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(view.title)}</title>\n<style>{style(view)}</style>\n</head>\n<body>\n{body(view)}</body>\n</html>\n"
    )


def body(view: ResumeView) -> str:
    """Write the `main` element of the page."""
    aside, main = view.columns()
    sidebar = view.sidebar
    contact = sidebar is not None and sidebar.contact
    columns = "".join(_section(view, section) for section in main)
    if sidebar is not None:
        narrow = (_contact_section(view) if contact else "") + "".join(_section(view, section) for section in aside)
        tag = "aside" if sidebar.tinted else "div"
        narrow = f'<{tag} class="aside">{narrow}</{tag}>'
        # In the order in which the columns stand, so that the order of reading is that of the eye.
        first, second = (
            (narrow, f'<div class="main">{columns}</div>')
            if sidebar.side == "start"
            else (f'<div class="main">{columns}</div>', narrow)
        )
        columns = f'<div class="columns">\n{first}\n{second}\n</div>\n'
    d = view.design
    looks = {"header": d.header, "case": d.heading_case, "rule": d.heading_rule, "dates": d.dates, "photo": d.photo}
    if view.sidebar and view.sidebar.tinted:
        looks["ground"] = "tinted"
    data = "".join(f' data-{name}="{value}"' for name, value in looks.items())
    return f'<main class="resume"{data}>\n{_header(view, with_contacts=not contact)}{columns}</main>\n'


def style(view: ResumeView) -> str:
    """Write the style sheet: numbers, checked colours, and names of fonts with everything unusual removed."""
    d = view.design
    width = f"{view.sidebar.width * 100:g}%" if view.sidebar else "0"
    values = {
        **{name: getattr(d, name) for name in ("primary", "secondary", "text", "muted")},
        "tint": tint(d.primary),
        "on-primary": "#ffffff" if contrast(d.primary) > contrast(d.primary, "#111111") else "#111111",
        "size": f"{d.size:g}pt",
        "line-height": f"{d.line_height:g}",
        "margin": f"{d.margin:g}pt",
        "section-gap": f"{d.section_gap:g}pt",
        "item-gap": f"{d.item_gap:g}pt",
        "heading": _family(d.heading_font, d.fallback),
        "body": _family(d.body_font, d.fallback),
        "bullet": f"'{d.bullet}  '",
        "columns": f"{width} 1fr" if view.sidebar and view.sidebar.side == "start" else f"1fr {width}",
    }
    root = ";".join(f"--{name}:{value}" for name, value in values.items())
    return f":root{{{root}}}\n@page{{size:{d.paper};margin:{d.margin:g}pt}}\n{_SHEET}"


def _family(name: str, fallback: str) -> str:
    plain = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in " -"))
    return f"'{plain}', {_FALLBACK[fallback]}" if plain.strip() else _FALLBACK[fallback]


def _text(view: ResumeView, text: str, tag: str = "span", attributes: str = "") -> str:
    """Write an element, with its language and direction if they are not those of the page."""
    language = language_of_block(text, view.language)
    mark = ""
    if language != view.language:
        mark = f' lang="{escape(language)}" dir="{"rtl" if is_right_to_left(language) else "ltr"}"'
    if tag == "span" and not mark and not attributes:
        return escape(text)
    if mark and tag in _OF_THE_PAGE:
        return f"<{tag}{attributes}><span{mark}>{escape(text)}</span></{tag}>"
    return f"<{tag}{attributes}{mark}>{escape(text)}</{tag}>"


def _link(link: Link) -> str:
    text = f"<bdi>{escape(link.text)}</bdi>"
    return f'<a href="{escape(link.url)}" rel="nofollow noopener">{text}</a>' if link.url else text


def _contacts(view: ResumeView) -> list[str]:
    shown = []
    for contact in view.contacts:
        text = escape(contact.text)
        if contact.url:
            text = f'<a href="{escape(contact.url)}" rel="nofollow noopener"><bdi>{text}</bdi></a>'
        elif contact.kind != "location":
            text = f"<bdi>{text}</bdi>"
        shown.append(text)
    return shown


def _header(view: ResumeView, *, with_contacts: bool) -> str:
    photo = ""
    if view.photo:
        data = base64.b64encode(view.photo).decode()
        photo = f'<img class="photo" alt="{escape(view.title)}" src="data:image/jpeg;base64,{data}">\n'
    headline = f'<p class="headline">{_text(view, view.headline)}</p>\n' if view.headline else ""
    contacts = f"<address>{' · '.join(_contacts(view))}</address>\n" if with_contacts and view.contacts else ""
    return f"<header>\n{photo}{_text(view, view.name, 'h1')}\n{headline}{contacts}</header>\n"


def _contact_section(view: ResumeView) -> str:
    if not view.contacts:
        return ""
    items = "".join(f"<li>{contact}</li>" for contact in _contacts(view))
    heading = escape(view.locale.words["contact"])
    return f'<section>\n<h2>{heading}</h2>\n<address><ul class="plain" role="list">{items}</ul></address>\n</section>\n'


def _section(view: ResumeView, section: Section) -> str:
    parts = [*_blocks(view, section.blocks), *_groups(view, section)]
    if parts and view.design.dates == "start":
        parts = [f'<div class="rest">{"".join(parts)}</div>']
    parts += [_entry(view, entry) for entry in section.entries]
    return f'<section class="{section.key}">\n<h2>{escape(section.heading)}</h2>\n{"".join(parts)}</section>\n'


def _blocks(view: ResumeView, blocks: Iterable[Block]) -> list[str]:
    return [
        f'<ul role="list">{"".join(_text(view, text, "li") for text in block.texts)}</ul>\n'
        if block.is_list
        else _text(view, block.texts[0], "p") + "\n"
        for block in blocks
    ]


def _groups(view: ResumeView, section: Section) -> list[str]:
    comma, colon = escape(view.locale.comma), escape(view.locale.colon)
    shown = []
    for label, items in group_lines(section, view.locale):
        bold = f"<strong>{_text(view, label)}{colon}</strong>" if label else ""
        shown.append(f"<p>{bold}{comma.join(_text(view, item) for item in items)}</p>\n")
    return shown


def _entry(view: ResumeView, entry: Entry) -> str:
    sub = [_text(view, entry.subtitle, "span", ' class="sub"')] if entry.subtitle else []
    sub += [f'<span class="muted">{_link(entry.link)}</span>'] if entry.link else []
    title = _text(view, entry.title, "h3") if entry.title else ""
    what = title + (f"<p>{' · '.join(sub)}</p>" if sub else "")
    times = [_time(time) for time in entry.times]
    when = [TO.join(times)] if times else []
    when += [_text(view, entry.place)] if entry.place else []
    head = f'<div class="head"><div class="what">{what}</div>'
    head += f'<div class="when">{"<br>".join(when)}</div></div>\n' if when else "</div>\n"
    rest = [_text(view, entry.note, "p", ' class="note"') + "\n"] if entry.note else []
    rest += _blocks(view, entry.blocks)
    for label, items in entry.labelled:
        listed = escape(view.locale.comma).join(_text(view, item) for item in items)
        rest.append(f'<p class="note">{escape(label)}{escape(view.locale.colon)}{listed}</p>\n')
    below = f'<div class="rest">{"".join(rest)}</div>\n' if rest else ""
    return f"<article>\n{head}{below}</article>\n"


def _time(time: Time) -> str:
    return f'<time datetime="{escape(time.date)}">{escape(time.text)}</time>' if time.date else escape(time.text)
