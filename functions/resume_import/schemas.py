"""Requests and results of `resume_import`."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

MAX_INLINE: int = 4_000_000
"""Bytes of a file inside a request: Lambda takes 6 MB, in which base64 holds three quarters."""
MAX_TEXT: int = 200_000
"""Characters of a pasted text."""


ReadStatus = Literal["ok", "needs_review", "partial"]


class InlineFile(BaseModel):
    """A file inside the request.

    Attributes
    ----------
    name : str
        Its name. The type is found from the content.
    data : str
        Its bytes in base64; 4 MB at most. Upload larger files to the bucket ``resumes``.
    """

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
    data: Annotated[str, Field(min_length=1, max_length=(MAX_INLINE + 2) // 3 * 4)]

    @field_validator("data")
    @classmethod
    def _decodable(cls, data: str) -> str:
        try:
            base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("not base64") from None
        return data

    def content(self) -> bytes:
        """Return the bytes."""
        return base64.b64decode(self.data)


class ImportRequest(BaseModel):
    """A résumé to import: exactly one of ``upload_id``, ``file`` and ``text``.

    Attributes
    ----------
    upload_id : UUID or None
        A row of ``resume_uploads``, whose file is in the bucket ``resumes``.
    file : InlineFile or None
        A file inside the request.
    text : str or None
        A pasted text.
    resume_id : UUID or None
        Propose a patch for this résumé. Without it, the import makes a new one.
    title : str or None
        Title of the new résumé; by default the person's name, or the name of the file.
    """

    model_config = ConfigDict(extra="forbid")

    upload_id: UUID | None = None
    file: InlineFile | None = None
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT)] | None = None
    resume_id: UUID | None = None
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> ImportRequest:
        if sum(source is not None for source in (self.upload_id, self.file, self.text)) != 1:
            raise ValueError("send exactly one of upload_id, file and text")
        return self


class ImportedField(BaseModel):
    """A field of the content: how sure its value is, and where the file has it.

    Attributes
    ----------
    pointer : str
        JSON Pointer into ``content``.
    confidence : float
        From 0 to 1.
    page : int or None
        From 1; None where the file has no pages.
    box : list of float or None
        Left, top, right and bottom in points from the page's top left corner.
    found_by : str
        Who found it.
    """

    pointer: str
    confidence: float
    page: int | None
    box: list[float] | None
    found_by: Literal["rules"] = "rules"


class ImportResult(BaseModel):
    """What was read from a file.

    Attributes
    ----------
    status : str
        ``ok``; ``needs_review``: look at the fields in ``review``; ``partial``: ``notes`` say what is missing.
    resume_id : UUID or None
        The new résumé; None for a proposal.
    upload_id : UUID or None
        The row that keeps the file and what was read; None for a pasted text.
    content : dict
        Résumé content.
    patch : list or None
        JSON Patch (RFC 6902) from the named résumé to what the file says; None without ``resume_id``.
    base_version : int or None
        Version of the résumé that the patch is for. Save the result with `resume_save`.
    confidence : float
        Of all of it, from 0 to 1.
    fields : list of ImportedField
        Empty for files that hold data and not pages.
    review : list of str
        JSON Pointers of fields to look at. One that is missing from the file counts.
    notes : list of str
        What a person should know.
    source : str
        What was read: ``pdf``, ``docx``, ``text``, ``json_resume``, ``resumebase``, ``attachment``, ``rendercv``,
        ``reactive_resume`` or ``linkedin``.
    design : dict or None
        The look of a PDF: the `design` of a template of type ``extracted``, to be saved in `resume_templates` if the
        user wants it. None for other files.
    """

    status: ReadStatus
    resume_id: UUID | None
    upload_id: UUID | None
    content: dict[str, Any]
    patch: list[dict[str, Any]] | None
    base_version: int | None
    confidence: float
    fields: list[ImportedField]
    review: list[str]
    notes: list[str]
    source: str
    design: dict[str, Any] | None = None


class ImportInput(BaseModel):
    """The input of a task: the request, without the bytes of a file, which are in storage.

    Attributes
    ----------
    upload_id : UUID or None
        The upload, which exists or will be made.
    file_name, path : str or None
        Of the file in the bucket ``resumes``.
    text : str or None
        A pasted text.
    resume_id, title
        As in the request.
    """

    upload_id: UUID | None = None
    file_name: str | None = None
    path: str | None = None
    text: str | None = None
    resume_id: UUID | None = None
    title: str | None = None
