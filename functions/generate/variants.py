"""Variants: copies of the résumé as the reservation read it, with changes. The original stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from functions._shared.domain.effects import KeepResume
from functions._shared.domain.resume.patch import apply_patch

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions._shared.domain.metering import ResumeSnapshot
    from functions._shared.domain.resume.patch import Patch

MAX_TITLE: Final = 255


def variant(resume: ResumeSnapshot, patch: Patch, *, title: str, summary: str, for_job: bool = False) -> KeepResume:
    """Build the résumé that a patch makes of another one; see `copy_of`."""
    content = apply_patch(resume.content, patch, base_version=resume.version, current_version=resume.version)
    return copy_of(resume, content, title=title, summary=summary, for_job=for_job)


def copy_of(resume: ResumeSnapshot, content: Json, *, title: str, summary: str, for_job: bool = False) -> KeepResume:
    """Build a copy of a résumé with other content.

    Parameters
    ----------
    resume : ResumeSnapshot
        The original.
    content : dict
        Valid résumé content.
    title, summary : str
        Title of the copy, and what was done.
    for_job : bool
        Whether it was written for the operation's job.
    """
    return KeepResume(
        title=title[:MAX_TITLE],
        content=content,
        change_type="ai_optimized",
        change_summary=summary,
        layout=resume.layout,
        template_id=UUID(resume.template_id) if resume.template_id else None,
        parent_version=resume.version,
        for_job=for_job,
    )
