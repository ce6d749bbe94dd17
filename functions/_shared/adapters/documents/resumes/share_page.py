"""The pages of shared résumés: the résumé's own HTML under a head of its own, and two small pages without any.

No scripts, nothing from elsewhere; the policy allows the one style sheet by its hash. All text passes through `escape`,
and the structured data is JSON without a character that could end its element.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from functions._shared.adapters.documents.resumes.html import body, style
from functions._shared.domain.documents.design import DARK, contrast, dark_tint, on_dark
from functions._shared.ports.share_pages import HtmlPage, SharePages

if TYPE_CHECKING:
    from functions._shared.domain.documents.view import ResumeView
    from functions._shared.ports.share_pages import PageHead

_SHEET: Final = (Path(__file__).parent / "share.css").read_text()
_ON_DARK: Final = {"primary": 7.0, "secondary": 6.0, "text": 11.0, "muted": 6.5}
"""The contrast of each colour on a dark ground: more than WCAG asks for, since text there looks thinner."""
_IN_JSON: Final = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


class HtmlSharePages(SharePages):
    """Writes the pages as HTML."""

    @override
    def resume(self, view: ResumeView, head: PageHead) -> HtmlPage:
        direction = ' dir="rtl"' if view.right_to_left else ""
        tags = [
            f"<title>{escape(view.title)}</title>",
            _meta("description", head.description),
            *_open_graph(view, head),
        ]
        if head.profile is not None:
            data = json.dumps(head.profile, ensure_ascii=False).translate(_IN_JSON)
            tags.append(f'<script type="application/ld+json">{data}</script>')
        if head.indexable:
            tags.append(f'<link rel="canonical" href="{escape(head.url)}">')
        pdf = f'<nav aria-label="PDF"><a href="{escape(head.pdf)}" rel="nofollow">PDF</a></nav>\n' if head.pdf else ""
        links = "".join(
            f'<li><a href="{escape(url)}" rel="nofollow">{escape(text)}</a></li>' for url, text in head.others
        )
        others = f'<nav aria-label="{escape(view.name)}"><ul>{links}</ul></nav>\n' if links else ""
        sheet = f"{style(view)}\n{_SHEET}\n{_dark(view)}"
        return _page(
            f'lang="{escape(view.language)}"{direction}', tags, sheet, body(view) + pdf + others, head.indexable
        )

    @override
    def password(self, message: str, *, with_pdf: bool = False) -> HtmlPage:
        told = f'<p role="alert">{escape(message)}</p>\n' if message else ""
        pdf = '<button name="as" value="pdf">PDF</button>\n' if with_pdf else ""
        form = (
            '<main class="notice">\n<h1>This résumé is protected</h1>\n'
            f'{told}<form method="post">\n<label for="password">Password</label>\n'
            '<input id="password" name="password" type="password" maxlength="128" required autocomplete="off">\n'
            f"<button>Show</button>\n{pdf}</form>\n</main>\n"
        )
        return _page('lang="en"', ["<title>A protected résumé</title>"], _SHEET, form, False, form_action="'self'")

    @override
    def missing(self) -> HtmlPage:
        return _notice(
            "Nothing is shared here", "The address is wrong, or its owner does not share this résumé any more."
        )

    @override
    def busy(self) -> HtmlPage:
        return _notice("Too many requests", "Try again in a minute.")


def _notice(title: str, text: str) -> HtmlPage:
    content = f'<main class="notice">\n<h1>{title}</h1>\n<p>{text}</p>\n</main>\n'
    return _page('lang="en"', [f"<title>{title}</title>"], _SHEET, content, False)


def _page(
    root: str, tags: list[str], sheet: str, content: str, indexable: bool, *, form_action: str = "'none'"
) -> HtmlPage:
    if not indexable:
        tags = [_meta("robots", "noindex"), *tags]
    head = "\n".join(tag for tag in tags if tag)
    html = (
        f'<!doctype html>\n<html {root}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"{head}\n<style>{sheet}</style>\n</head>\n<body>\n{content}</body>\n</html>\n"
    )
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action {form_action}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return HtmlPage(html.encode(), policy)


def _meta(name: str, content: str, attribute: str = "name") -> str:
    return f'<meta {attribute}="{name}" content="{escape(content)}">' if content else ""


def _open_graph(view: ResumeView, head: PageHead) -> list[str]:
    tags = [
        _meta("og:type", "profile", "property"),
        _meta("og:title", view.title, "property"),
        _meta("og:description", head.description, "property"),
        _meta("og:url", head.url, "property"),
    ]
    if head.picture is None:
        return tags
    return [
        *tags,
        _meta("og:image", head.picture, "property"),
        _meta("og:image:type", "image/png", "property"),
        _meta("og:image:width", "1200", "property"),
        _meta("og:image:height", "630", "property"),
        _meta("og:image:alt", view.title, "property"),
        _meta("twitter:card", "summary_large_image"),
    ]


def _dark(view: ResumeView) -> str:
    """Write the colours of a page on a dark ground. Paper stays white."""
    d = view.design
    tint = dark_tint(on_dark(d.primary))
    values = {name: on_dark(getattr(d, name), tint, least) for name, least in _ON_DARK.items()}
    values |= {"tint": tint, "ground": DARK}
    on_white, on_black = contrast(values["primary"]), contrast(values["primary"], "#111111")
    values["on-primary"] = "#ffffff" if on_white > on_black else "#111111"
    root = ";".join(f"--{name}:{value}" for name, value in values.items())
    return f"@media screen and (prefers-color-scheme:dark){{:root{{{root}}}}}"
