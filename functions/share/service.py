"""A shared résumé, from its slug to what a reader gets: `find` reads it, and the others write it.

Every answer is made from what the database says now, so a change, or that sharing has ended, shows at once. A reader
who has the same bytes already is told so by their `tag`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.documents.design import parse_design
from functions._shared.domain.documents.lengths import MAX_SHARED, check_length, is_within
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.errors import ShareNotFound
from functions._shared.domain.resume.content import parse_content
from functions._shared.flows.photo import read_photo
from functions._shared.ports.share_pages import PageHead
from functions.share.kept import Kept
from functions.share.profile import describe, profile_page
from functions.share.schemas import OtherShare, SharedResumeDocument

if TYPE_CHECKING:
    from functions._shared.domain.documents.view import ResumeView
    from functions._shared.ports.documents import ResumeWriter
    from functions._shared.ports.files import Files
    from functions._shared.ports.share_pages import HtmlPage, SharePages
    from functions._shared.ports.shares import SharedResume, Shares

_SLUG: Final = re.compile(r"[A-Za-z0-9_-]{22}")
WRITERS_VERSION: Final = 3
"""Raised when a writer changes, so that no reader keeps a file of before."""
_KEPT: Final = Kept()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the password that they typed and their network address.

    A view is counted if they read the résumé. Who does not look at it, but takes its data, needs no photo.
    """

    address: str | None
    password: str | None = None
    counts: bool = False
    looks: bool = True


@dataclass(frozen=True, slots=True)
class Tools:
    """The ports that a shared résumé is read with."""

    shares: Shares
    files: Files
    writer: ResumeWriter


@dataclass(frozen=True, slots=True)
class Found:
    """A shared résumé, ready to be written."""

    slug: str
    shared: SharedResume
    view: ResumeView

    @property
    def with_pdf(self) -> bool:
        """Whether there is a PDF: its owner shares it, and it is short enough."""
        return self.shared.with_pdf and is_within(self.shared.content, MAX_SHARED)

    def tag(self, form: str) -> str:
        """Return the entity tag of a file of this résumé, without making the file."""
        parts = [
            WRITERS_VERSION,
            form,
            self.shared.content,
            self.shared.section_order,
            self.shared.design,
            self.shared.photo_path,
        ]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        return tag(text.encode())


def tag(content: bytes) -> str:
    """Return the entity tag of a content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


async def find(slug: str, reader: Reader, tools: Tools) -> Found:
    """Read a shared résumé.

    Raises
    ------
    ShareNotFound
        Nothing is shared under this slug, or it cannot be one.
    SharePasswordRequired, SharePasswordWrong, RateLimited
        It is protected.
    """
    if not _SLUG.fullmatch(slug):
        raise ShareNotFound
    shared = await tools.shares.read(slug, password=reader.password, address=reader.address, count=reader.counts)
    layout = {"sectionOrder": shared.section_order}
    photo = await _photo(shared, tools) if reader.looks else None
    view = build_view(parse_content(shared.content), shared.design or {}, layout, photo=photo)
    return Found(slug, shared, view)


async def _photo(shared: SharedResume, tools: Tools) -> bytes | None:
    """Return the photo. Another one has another path, so it is read once; one that is no picture, once per edit."""
    design = shared.design or {}
    if shared.photo_path is None or parse_design(design).photo == "none":
        return None
    name = f"photo {shared.photo_path}"
    refused = f"no {name} {shared.updated_at}"
    if _KEPT.get(refused) is not None:
        return None
    content = _KEPT.get(name)
    if content is None:
        content = await read_photo(shared.photo_path, design, tools.files, tools.writer)
        _KEPT.put(refused if content is None else name, content or b"")
    return content


def write_page(found: Found, base: str, pages: SharePages) -> HtmlPage:
    """Write the page. One that needed a password has no picture, and no link to a PDF that would need it again."""
    shared, url = found.shared, f"{base}/{found.slug}"
    is_open = not shared.is_protected
    head = PageHead(
        url=url,
        picture=f"{url}/picture.png" if is_open else None,
        pdf=f"{url}/pdf" if is_open and found.with_pdf else None,
        description=describe(found.view),
        indexable=shared.indexable,
        profile=profile_page(found.view, url, shared.updated_at) if shared.indexable else None,
        others=[(f"{base}/{each['slug']}", each["headline"] or found.view.title) for each in shared.others],
    )
    return pages.resume(found.view, head)


def write_data(found: Found) -> SharedResumeDocument:
    """Write the résumé as data."""
    shared = found.shared
    return SharedResumeDocument(
        resume=found.view.json_resume(),
        section_order=[section.key for section in found.view.sections],
        with_pdf=found.with_pdf,
        updated_at=shared.updated_at,
        others=[OtherShare(**each) for each in shared.others],
    )


async def write_pdf(found: Found, writer: ResumeWriter) -> bytes:
    """Write the PDF.

    Raises
    ------
    ShareNotFound
        The owner does not share it.
    ResumeTooLong
        It is longer than what is set.
    """
    if not found.shared.with_pdf:
        raise ShareNotFound
    check_length(found.shared.content, MAX_SHARED)
    name = found.tag("pdf")
    content = _KEPT.get(name)
    if content is None:
        content = (await asyncio.to_thread(writer.write, found.view, "pdf")).content
        _KEPT.put(name, content)
    return content


async def draw_picture(found: Found, writer: ResumeWriter) -> bytes:
    """Draw the picture for previews of links.

    Raises
    ------
    ShareNotFound
        The résumé is protected: a preview would show it without the password.
    """
    if found.shared.is_protected:
        raise ShareNotFound
    name = found.tag("preview")
    content = _KEPT.get(name)
    if content is None:
        content = await asyncio.to_thread(writer.preview, found.view)
        _KEPT.put(name, content)
    return content


def file_name(found: Found) -> str:
    """Return the name of the PDF: ASCII letters of the person's name."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", found.view.title).strip("-")[:60]
    return f"{plain or 'resume'}.pdf"


def is_known(held: str | None, current: str) -> bool:
    """Return whether ``If-None-Match`` names the current tag, compared weakly (RFC 9110 §13.1.2)."""
    names: list[Any] = [name.strip().removeprefix("W/") for name in (held or "").split(",")]
    return current in names or names == ["*"]
