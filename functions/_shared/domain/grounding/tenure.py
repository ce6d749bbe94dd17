"""Whether a duration in a sentence is that of the career or of a job, and was spent under the titles beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.grounding.cover import equal
from functions._shared.domain.grounding.derivation import lasts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.grounding.evidence import Evidence
    from functions._shared.domain.grounding.index import Index
    from functions._shared.domain.grounding.state import State
    from functions._shared.domain.language.quantities import Quantity
    from functions._shared.domain.language.tokens import Token


def earned(state: State, source: Evidence, index: Index) -> bool:
    """Tell whether a duration without a job is that of the career, spent under the titles that were read."""
    career = source.by_id.get("D0")
    asked = state.lasting.quantity if state.lasting else None
    if career is None or career.length is None or asked is None:
        return False
    jobs = [line for line in source.lines if line.id.startswith("R") and "." not in line.id]
    titles = index.titles
    if len(state.titles) == 1 and _spans(state.titles[0], state.roles[0], asked, source, index):
        return True
    return lasts(asked, career.length) and all(
        any(equal(role, own) for role in titles.get(job.id, ())) for own in state.roles for job in jobs
    )


def _spans(job: str, role: Sequence[Token], asked: Quantity, source: Evidence, index: Index) -> bool:
    """Tell whether the only job of its title lasted that long."""
    line = source.by_id.get(f"D{job[1:]}")
    others = [title for entry, titles in index.titles.items() if entry != job for title in titles]
    shared = any(equal(other, role) for other in others)
    return line is not None and line.length is not None and not shared and lasts(asked, line.length)
