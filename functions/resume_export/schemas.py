"""Requests and results of `resume_export`."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - a field has the name
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from functions._shared.domain.documents.paper import Paper
from functions._shared.ports.documents import Format

MAX_INLINE: int = 4_000_000
"""Bytes of a file inside an answer: Lambda sends 6 MB, in which base64 holds three quarters."""


Template = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class ExportRequest(BaseModel):
    """A résumé to write.

    Attributes
    ----------
    resume_id : UUID
        The résumé, as it is saved.
    format : str
        ``pdf``, ``docx``, ``latex``, ``overleaf`` (a page that posts the LaTeX to Overleaf), ``html``, ``markdown``,
        ``text``, ``json`` (JSON Resume) or ``png`` (one page).
    template : str or None
        Slug of a built-in template or id of one of the user's own; by default that of the résumé, or ``modern-1``.
    max_pages : int or None
        For PDF and PNG: make it fit, within the bounds of the template.
    page : int
        For PNG: which page.
    language : str or None
        ISO 639-1, for headings and dates; guessed from the text if it is missing.
    paper : str or None
        ``a4`` or ``letter``; by default what the template states, or else that of the person's country.
    inline : bool
        Send the file in the answer too, in base64, if it has at most 4 MB.
    """

    model_config = ConfigDict(extra="forbid")

    resume_id: UUID
    format: Format
    template: Template | None = None
    max_pages: Annotated[int, Field(ge=1, le=10)] | None = None
    page: Annotated[int, Field(ge=1, le=50)] = 1
    language: Language | None = None
    paper: Paper | None = None
    inline: StrictBool = False


class LetterRequest(BaseModel):
    """A letter to write.

    Attributes
    ----------
    document_id : UUID
        The letter, in ``generated_documents``.
    format : str
        ``pdf`` or ``docx``.
    template : str or None
        As for a résumé; by default that of the letter's résumé, or ``modern-1``.
    date : date or None
        The day that it is written; by default today, in UTC.
    recipient : list of str or None
        Lines of the address; by default the employer of a cover letter's job.
    subject : str or None
        The line above the greeting.
    language, paper, inline
        As for a résumé.
    """

    model_config = ConfigDict(extra="forbid")

    document_id: UUID
    format: Literal["pdf", "docx"]
    template: Template | None = None
    date: Date | None = None
    recipient: Annotated[list[Line], Field(max_length=8)] | None = None
    subject: Line | None = None
    language: Language | None = None
    paper: Paper | None = None
    inline: StrictBool = False


class FitReport(BaseModel):
    """How a résumé was fitted to a number of pages.

    Attributes
    ----------
    requested, pages : int
        Pages that were asked for, and that it has.
    fits : bool
        Whether it fits within the bounds of the template.
    size : float
        Size of the text in points.
    line_height : float
        Relative to the size.
    """

    requested: int
    pages: int
    fits: bool
    size: float
    line_height: float


class Details(BaseModel):
    """What was done to make a file. It is kept with it.

    Attributes
    ----------
    pages : int or None
        How many pages it has, for PDF and PNG.
    fit : FitReport or None
        If ``max_pages`` was given.
    missing_glyphs : str
        Characters that no font has. A question mark stands for each.
    replaced_fonts : list of str
        Fonts of the template that another one stood in for.
    """

    pages: int | None = None
    fit: FitReport | None = None
    missing_glyphs: str = ""
    replaced_fonts: list[str] = []


class ExportResult(BaseModel):
    """The file.

    Attributes
    ----------
    download_id : UUID
        Its row in ``resume_downloads``. Call `resume_download_hit` with it when the user downloads the file.
    format, media_type, file_name : str
        What it is, and a name to save it as.
    size : int
        Bytes.
    path : str
        In the bucket ``exports``.
    url : str
        A link that works for an hour.
    data : str or None
        The file in base64, if it was asked for and is small enough.
    is_new : bool
        False: the file of an earlier export, which would be the same.
    details : Details
        What was done to make it.
    """

    download_id: UUID
    format: Format
    media_type: str
    file_name: str
    size: int
    path: str
    url: str
    data: str | None
    is_new: bool
    details: Details
