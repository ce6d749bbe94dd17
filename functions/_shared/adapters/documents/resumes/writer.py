"""All formats behind one port. Each writer is imported when it is first needed: python-docx alone takes 0.2 seconds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from functions._shared.domain.documents.first_pages import first_pages
from functions._shared.domain.documents.fitting import fit
from functions._shared.ports.documents import FORMATS, Document, ResumeWriter

if TYPE_CHECKING:
    from functions._shared.domain.documents.view import ResumeView
    from functions._shared.ports.documents import Format


PREVIEW: Final = (1200, 630)
"""Pixels of a preview: what Open Graph's readers show."""


class DocumentWriter(ResumeWriter):
    """Writes résumés with Typst, python-docx and plain strings."""

    @override
    def write(self, view: ResumeView, form: Format, *, max_pages: int | None = None, page: int = 1) -> Document:
        if form in {"pdf", "png"}:
            return _pages(view, form, max_pages, page)
        return Document(_text(view, form), *FORMATS[form])

    @override
    def preview(self, view: ResumeView) -> bytes:
        from functions._shared.adapters.documents.resumes.photo import top

        return top(_first_page(view, PREVIEW[0]), PREVIEW)

    @override
    def thumbnail(self, view: ResumeView) -> bytes:
        from functions._shared.adapters.documents.resumes.pdf import THUMBNAIL

        return _first_page(view, THUMBNAIL)

    @override
    def photo(self, picture: bytes) -> bytes | None:
        from functions._shared.adapters.documents.resumes.photo import square

        return square(picture)


def _first_page(view: ResumeView, width: int) -> bytes:
    from functions._shared.adapters.documents.resumes.pdf import Typesetter

    # Typst draws all pages or none.
    shorter = first_pages(view)
    return Typesetter(shorter, is_whole=shorter is view).png(view.design, width)[0]


def _pages(view: ResumeView, form: Format, max_pages: int | None, page: int) -> Document:
    from functions._shared.adapters.documents.resumes.pdf import Typesetter, page_count

    typesetter, design, report = Typesetter(view), view.design, None
    if max_pages is not None:
        design, report = fit(design, max_pages, typesetter.pages)
    if form == "pdf":
        content = typesetter.pdf(design)
        count = page_count(content)
    else:
        count = report.pages if report else typesetter.pages(design)
        page = min(page, count)
        content = typesetter.part(page).png(design)[page - 1]
    return Document(content, *FORMATS[form], count, report, typesetter.fonts.missing, typesetter.fonts.replaced)


def _text(view: ResumeView, form: Format) -> bytes:
    if form == "docx":
        from functions._shared.adapters.documents.resumes.docx import write_docx

        return write_docx(view)
    if form == "html":
        from functions._shared.adapters.documents.resumes.html import write_html

        return write_html(view).encode()
    if form == "markdown":
        from functions._shared.adapters.documents.resumes.markdown import write_markdown

        return write_markdown(view).encode()
    if form == "text":
        from functions._shared.adapters.documents.resumes.text import write_text

        return write_text(view).encode()
    if form in {"latex", "overleaf"}:
        from functions._shared.adapters.documents.resumes.latex import write_latex
        from functions._shared.adapters.documents.resumes.overleaf import write_form

        return (write_latex(view) if form == "latex" else write_form(view)).encode()
    return json.dumps(view.json_resume(), ensure_ascii=False, indent=2).encode()
