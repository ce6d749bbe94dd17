"""Records that may be out of date, and what a provider's answer changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from functions._shared.domain.payments.names import (  # noqa: TC001 - parsers evaluate the annotations
    ObjectKind,
    ProviderName,
)


@dataclass(frozen=True, slots=True)
class StaleObject:
    """An object to look up at its provider, and why."""

    provider: ProviderName
    kind: ObjectKind
    id: str
    why: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that a provider's answer changes. Its values are JSON, for a person to read."""

    what: str
    field: str
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class ReconcileOutcome:
    """What a provider's answer did to our books.

    Parameters
    ----------
    state : str
        ``applied``, ``dry_run`` (nothing was stored), or ``failed`` with `error` and `detail`.
    effects : tuple of str
        What followed from the changes, such as granted credits.
    """

    state: Literal["applied", "dry_run", "failed"]
    changes: tuple[FieldChange, ...]
    effects: tuple[str, ...]
    error: str | None = None
    detail: str | None = None
