"""The types of benchmarks, and the list of all benchmarks."""

from __future__ import annotations

import operator
import os
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from local.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TARGET: Final = re.compile(r"(ratio|value) (<=|>=) ([0-9.]+)")
_COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {"<=": operator.le, ">=": operator.ge}


@dataclass(frozen=True)
class Measured:
    """A measured value.

    Parameters
    ----------
    value
        The value in the benchmark's unit.
    baseline
        The value of the baseline from the same run; None if there is no baseline.
    """

    value: float
    baseline: float | None = None

    @property
    def ratio(self) -> float | None:
        """The value divided by the baseline."""
        return self.value / self.baseline if self.baseline else None


class Context:
    """The stacks and databases that benchmarks share; each starts when first used.

    Parameters
    ----------
    folder
        Temporary folder of the run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def database(self) -> str:
        """URL of a migrated and seeded Postgres with default durability and no other load."""
        self._stack.start_database()
        return self._stack.database_url

    @cached_property
    def stack(self) -> Stack:
        """The whole stack on that database, with the offline model."""
        self._stack.start()
        return self._stack

    @cached_property
    def population(self) -> str:
        """URL of another Postgres with a generated population of 10,000 users times RESUMEBASE_BENCH_FACTOR."""
        from bench.scale.load import load

        self._populated.start_database()
        load(self._populated.database_url, float(os.environ.get("RESUMEBASE_BENCH_FACTOR", "1")))
        return self._populated.database_url

    @cached_property
    def _populated(self) -> Stack:
        return Stack(self.folder / "population", throwaway=True)

    @cached_property
    def _stack(self) -> Stack:
        return Stack(self.folder / "stack", throwaway=False, env={"RESUMEBASE_AI_PROVIDER": "offline"})

    def close(self) -> None:
        """Stop the stacks."""
        for stack in ("_stack", "_populated"):
            if stack in self.__dict__:
                self.__dict__[stack].stop()


@dataclass(frozen=True)
class Benchmark:
    """A registered benchmark."""

    name: str
    unit: str
    target: str | None
    measure: Callable[[Context], Measured]

    def row(self, measured: Measured) -> dict[str, Any]:
        """Return the result in the form of `out/bench.json`; `holds` is None without a target."""
        return {
            "name": self.name,
            "value": measured.value,
            "unit": self.unit,
            "baseline": measured.baseline,
            "ratio": measured.ratio,
            "target": self.target,
            "holds": self._holds(measured),
        }

    def _holds(self, measured: Measured) -> bool | None:
        if self.target is None:
            return None
        quantity, comparison, limit = _parse(self.target)
        number = measured.ratio if quantity == "ratio" else measured.value
        return number is not None and _COMPARE[comparison](number, limit)


REGISTRY: Final[dict[str, Benchmark]] = {}


def benchmark(
    name: str, *, unit: str, target: str | None = None
) -> Callable[[Callable[[Context], Measured]], Callable[[Context], Measured]]:
    """Register a function as a benchmark.

    Parameters
    ----------
    name
        Dotted: `area.name`.
    unit
        Unit of value and baseline, such as `ms` or `pairs/s`.
    target
        A condition such as `"ratio >= 0.4"` or `"value <= 250"`; None to measure without a target.

    Raises
    ------
    ValueError
        The name exists already, or the target is malformed.
    """
    if target is not None:
        _parse(target)

    def register(measure: Callable[[Context], Measured]) -> Callable[[Context], Measured]:
        if name in REGISTRY:
            message = f"two benchmarks have the name {name}"
            raise ValueError(message)
        REGISTRY[name] = Benchmark(name, unit, target, measure)
        return measure

    return register


def share_of_limit(row: dict[str, Any]) -> float:
    """Return how much of its limit a result uses: 1 reaches it, more misses it."""
    quantity, comparison, limit = _parse(row["target"])
    number = row[quantity]
    if not number:
        return 0.0
    share: float = number / limit if comparison == "<=" else limit / number
    return share


def _parse(target: str) -> tuple[str, str, float]:
    match = _TARGET.fullmatch(target)
    if match is None:
        message = f"not a target: {target!r} (valid are 'ratio >= 0.4' or 'value <= 250')"
        raise ValueError(message)
    return match[1], match[2], float(match[3])
