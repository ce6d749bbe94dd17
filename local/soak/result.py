"""What a soak measured and found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from local.soak.people import Memory

if TYPE_CHECKING:
    from local.soak.faults import Window


@dataclass(frozen=True)
class Sample:
    """An action: when it was due, when it ended, and what stopped it, if anything."""

    action: str
    due: float
    ended: float
    stopped: str


@dataclass
class Result:
    """What a soak measured and found."""

    seconds: float
    capacity: float
    offered: float = 0.0
    skipped: int = 0
    samples: list[Sample] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    memory_mb: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    people: int = 0
    facts: dict[str, int] = field(default_factory=dict)
    task_charges: Counter[str] = field(default_factory=Counter)
    """What the receipts of tasks say, by user."""
    breaches: list[str] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
