"""Letters as files: the text of a letter below the sender of its résumé, in the design of a template."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from functions._shared.domain.documents.lengths import check_length
from functions._shared.domain.documents.letter import Around, build_letter
from functions._shared.domain.errors import LetterNotFound
from functions._shared.domain.resume.content import parse_content
from functions._shared.ports.documents import FORMATS
from functions._shared.ports.downloads import Source
from functions.resume_export.files import hashed, plain_name
from functions.resume_export.service import design_of

if TYPE_CHECKING:
    from datetime import date as Date  # noqa: N812 - a parameter has the name

    from functions._shared.domain.json import Json
    from functions._shared.ports.documents import Document, Format, ResumeWriter
    from functions._shared.ports.files import Files
    from functions._shared.ports.rows import CallerRows
    from functions._shared.ports.user_accounts import UserAccounts
    from functions.resume_export.schemas import LetterRequest


@dataclass(frozen=True, slots=True)
class LetterExport:
    """A letter that was read: the request, the rows of the letter and the sender, and the design."""

    request: LetterRequest
    user_id: str
    letter: dict[str, Any]
    sender: dict[str, Any]
    recipient: list[str]
    date: Date
    design: Json

    @property
    def form(self) -> Format:
        """The format."""
        return self.request.format

    @property
    def inline(self) -> bool:
        """Whether the answer holds the file."""
        return self.request.inline

    @property
    def source(self) -> Source:
        """The letter."""
        return Source(document_id=self.letter["id"])

    @property
    def path(self) -> str:
        """Where the file is kept."""
        request = self.request.model_dump(mode="json", include={"format", "subject", "language", "paper"})
        parts = [self.letter, self.sender, self.recipient, self.date.isoformat(), self.design, request]
        return f"{self.user_id}/{hashed(parts)}.{FORMATS[self.form][1]}"

    @property
    def file_name(self) -> str:
        """The name to save it as."""
        return f"{plain_name(self.letter['title'], 'Letter')}.{FORMATS[self.form][1]}"

    async def write(self, files: Files, writer: ResumeWriter) -> Document:  # noqa: ARG002 - as for résumés
        """Write the file."""
        request = self.request
        around = Around(self.letter["title"] or "", self.date, self.recipient, request.subject or "")
        sender = parse_content({"personalInfo": self.sender}).personalInfo
        view = build_letter(
            self.letter["content"], around, sender, self.design, language=request.language, paper=request.paper
        )
        return await asyncio.to_thread(writer.write, view, request.format)


async def read(
    request: LetterRequest, user_id: str, rows: CallerRows, accounts: UserAccounts, *, today: Date | None = None
) -> LetterExport:
    """Read a letter with its sender, its recipient and its design.

    Raises
    ------
    AccountInactive
        The account is suspended or deleted, so it reads nothing.
    LetterNotFound, TemplateNotFound
        The caller cannot read it.
    PremiumTemplate
        The caller's plan does not include the template.
    ResumeTooLong
        The letter is longer than what is set.
    """
    columns = "id,title,content,document_type,resume_id,job_id"
    found = await rows.select("generated_documents", columns=columns, match={"id": str(request.document_id)}, limit=1)
    if not found:
        await accounts.require_active(user_id)
        raise LetterNotFound
    letter = found[0]
    check_length({"text": letter["content"]})
    resume, job = await asyncio.gather(
        _one(rows, "resumes", "content,template_id", letter["resume_id"]),
        _one(rows, "jobs", "company", letter["job_id"] if letter["document_type"] == "cover_letter" else None),
    )
    recipient = request.recipient
    if recipient is None:
        recipient = [job["company"]] if job.get("company") else []
    return LetterExport(
        request=request,
        user_id=user_id,
        letter={name: letter[name] for name in ("id", "title", "content")},
        sender=(resume.get("content") or {}).get("personalInfo") or {},
        recipient=recipient,
        date=request.date or today or datetime.now(UTC).date(),
        design=await design_of(request.template, resume.get("template_id"), rows),
    )


async def _one(rows: CallerRows, table: str, columns: str, identity: str | None) -> dict[str, Any]:
    """Return a row, or nothing: what a letter was written from may be in the bin."""
    if identity is None:
        return {}
    found = await rows.select(table, columns=columns, match={"id": identity}, limit=1)
    return found[0] if found else {}
