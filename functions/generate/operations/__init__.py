"""The operations of `generate`, a file each: request, prompt, shape of the answer, plan and result.

A new operation is a file here, an entry in this list, a row in the database's registry of operations, and its tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from functions.generate.operations import bullets, improve, summary, tailor, translate

if TYPE_CHECKING:
    from functions.generate.plan import Operation

REGISTRY: Final[dict[str, Operation[Any]]] = {
    each.slug: each
    for each in (summary.OPERATION, bullets.OPERATION, improve.OPERATION, tailor.OPERATION, translate.OPERATION)
}
"""Slug → operation."""
