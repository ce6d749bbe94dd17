"""The operations of `generate`, a file each: request, prompt, shape of the answer, plan and result.

A new operation is a file here, an entry in this list, a row in the database's registry of operations, and its tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from functions.generate.operations import (
    answer,
    bullets,
    cover_letter,
    full_analysis,
    full_resume,
    improve,
    job_extract,
    match,
    outreach,
    skills,
    summary,
    tailor,
    translate,
)

if TYPE_CHECKING:
    from functions.generate.plan import Operation

REGISTRY: Final[dict[str, Operation[Any]]] = {
    module.OPERATION.slug: module.OPERATION
    for module in (
        summary,
        bullets,
        improve,
        skills,
        cover_letter,
        answer,
        outreach,
        tailor,
        translate,
        job_extract,
        match,
        full_analysis,
        full_resume,
    )
}
"""Slug → operation."""
