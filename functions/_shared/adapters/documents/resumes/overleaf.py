"""A form that opens a résumé in Overleaf (https://www.overleaf.com/devs). Unlike a link, it may have any length."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from functions._shared.adapters.documents.resumes.latex import engine, write_latex

if TYPE_CHECKING:
    from functions._shared.domain.documents.view import ResumeView

ACTION: Final = "https://www.overleaf.com/docs"


def fields(view: ResumeView) -> dict[str, str]:
    """Return the fields to post to `ACTION`."""
    return {
        "encoded_snip": quote(write_latex(view), safe=""),
        "snip_name": "resume.tex",
        "engine": engine(view),
    }


def write_form(view: ResumeView) -> str:
    """Write a page with the form. It sends nothing by itself."""
    inputs = "\n".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fields(view).items()
    )
    title = escape(view.title)
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
        f'<form action="{ACTION}" method="post">\n{inputs}\n<button type="submit">Open in Overleaf</button>\n</form>\n'
        "</body>\n</html>\n"
    )
