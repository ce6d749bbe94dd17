"""The path of an export: `read` it, then find its file or make it (`files`), now or as a task.

The résumé and its template are read with the caller's rights, so nobody exports what they cannot read. The path of the
file is the hash of everything that decides about its bytes: the same export is made once, and then served from storage.
`letters` reads letters; their files take the same path.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from pydantic import BaseModel

from functions._shared.domain.documents.lengths import check_length
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.errors import (
    PremiumTemplate,
    ResumeNotFound,
    TemplateNotFound,
)
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.tasks import TaskPlan
from functions._shared.flows.photo import read_photo
from functions._shared.ports.documents import FORMATS
from functions._shared.ports.downloads import Source
from functions.resume_export.files import hashed, plain_name
from functions.resume_export.schemas import ExportRequest

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions._shared.ports.documents import Document, Format, ResumeWriter
    from functions._shared.ports.files import Files
    from functions._shared.ports.rows import CallerRows
    from functions._shared.ports.user_accounts import UserAccounts

OPERATION: Final = "resume_export"
"""Of tasks, in the registry."""
DEFAULT_TEMPLATE: Final = "modern-1"
_WITH_PHOTO: Final = frozenset({"pdf", "png", "docx", "html"})
_USUAL: Final = {"language", "paper"}
_OPTIONS: Final[dict[str, set[str]]] = {
    "pdf": {"language", "paper", "max_pages"},
    "png": {"language", "paper", "max_pages", "page"},
    "markdown": {"language"},
    "text": {"language"},
    "json": set(),
}
"""Which options decide about the bytes of a format."""


class Export(BaseModel):
    """An export that was read: the request, and the résumé and the design as they were. The input of its task."""

    request: ExportRequest
    user_id: str
    resume: dict[str, Any]
    design: dict[str, Any]

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
        """The résumé and its version."""
        return Source(resume_id=self.resume["id"], version=self.resume["version"])

    @property
    def path(self) -> str:
        """Where the file is kept."""
        return f"{self.user_id}/{_fingerprint(self)}.{FORMATS[self.form][1]}"

    @property
    def file_name(self) -> str:
        """The name to save it as."""
        person = (self.resume["content"] or {}).get("personalInfo") or {}
        name = person.get("name") or person.get("fullName") or self.resume["title"]
        return f"{plain_name(name, 'Résumé')}.{FORMATS[self.form][1]}"

    async def write(self, files: Files, writer: ResumeWriter) -> Document:
        """Write the file."""
        request, resume = self.request, self.resume
        path = self.photo_path
        photo = await read_photo(path, self.design, files, writer) if request.format in _WITH_PHOTO else None
        view = build_view(
            parse_content(resume["content"]),
            self.design,
            resume["layout"],
            language=request.language,
            paper=request.paper,
            photo=photo,
        )
        write = partial(writer.write, view, request.format, max_pages=request.max_pages, page=request.page)
        return await asyncio.to_thread(write)

    @property
    def photo_path(self) -> str | None:
        """The photo, if the résumé shows it."""
        return self.resume["photo_path"] if self.resume["show_photo"] else None


async def read(request: ExportRequest, user_id: str, rows: CallerRows, accounts: UserAccounts) -> Export:
    """Read what is to be exported.

    Raises
    ------
    AccountInactive
        The account is suspended or deleted, so it reads nothing.
    ResumeNotFound, TemplateNotFound
        The caller cannot read it.
    PremiumTemplate
        The caller's plan does not include the template.
    ResumeTooLong
        The content is longer than what is set.
    """
    resume = await _resume(request, rows)
    if resume is None:
        await accounts.require_active(user_id)
        raise ResumeNotFound
    check_length(resume["content"])
    design = await design_of(request.template, resume["template_id"], rows)
    return Export(request=request, user_id=user_id, resume=resume, design=dict(design))


def plan_task(export: Export) -> TaskPlan:
    """Plan the task that makes the file. Its result has a link, and never the file itself."""
    slim = export.model_copy(update={"request": export.request.model_copy(update={"inline": False})})
    return TaskPlan(OPERATION, slim.model_dump(mode="json"), [], str(export.request.resume_id))


async def _resume(request: ExportRequest, rows: CallerRows) -> dict[str, Any] | None:
    found = await rows.select(
        "resumes",
        columns="id,title,content,layout,template_id,version,photo_path,show_photo",
        match={"id": str(request.resume_id)},
        limit=1,
    )
    return found[0] if found else None


async def design_of(template: str | None, chosen: str | None, rows: CallerRows) -> Json:
    """Return the design of the template that was asked for, or of the résumé's own, or of the usual one.

    Raises
    ------
    TemplateNotFound
        The caller cannot read it.
    PremiumTemplate
        The caller's plan does not include it.
    """
    asked = template or chosen or DEFAULT_TEMPLATE
    column = "id" if _is_uuid(asked) else "slug"
    found = await rows.select(
        "resume_templates", columns="id,design,is_premium,based_on", match={column: asked}, limit=1
    )
    if not found:
        raise TemplateNotFound
    row = found[0]
    premium = row["id"] if row["is_premium"] else row["based_on"]
    design: Json | None = row["design"]
    if premium is not None:
        designs = await rows.select("premium_designs", columns="design", match={"template_id": premium}, limit=1)
        if not designs:
            raise PremiumTemplate
        design = design or designs[0]["design"]
    if design is None:
        raise TemplateNotFound
    return design


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _fingerprint(export: Export) -> str:
    """Return the hash of everything that decides about the bytes."""
    request, resume = export.request, export.resume
    options = request.model_dump(mode="json", include=_OPTIONS.get(request.format, _USUAL), exclude_defaults=True)
    photo = export.photo_path if request.format in _WITH_PHOTO else None
    return hashed([resume["id"], resume["content"], resume["layout"], export.design, request.format, options, photo])
