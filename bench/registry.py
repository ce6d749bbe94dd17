"""What a benchmark is, and the list of all."""

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
    """A result.

    Parameters
    ----------
    value
        What was measured, in the benchmark's unit.
    baseline
        The same quantity of what it is compared with, measured in the same run; None where there is nothing to compare.
    """

    value: float
    baseline: float | None = None

    @property
    def ratio(self) -> float | None:
        """Value in units of the baseline."""
        return self.value / self.baseline if self.baseline else None


class Context:
    """What benchmarks share, made when first asked for.

    Parameters
    ----------
    folder
        For whatever a run leaves on disk; removed after it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def database(self) -> str:
        """URL of a migrated and seeded Postgres on default settings of durability, used by nobody else."""
        self._stack.start_database()
        return self._stack.database_url

    @cached_property
    def stack(self) -> Stack:
        """The whole stack on that database, with the offline model."""
        self._stack.start()
        return self._stack

    @cached_property
    def population(self) -> str:
        """URL of a Postgres of its own with the generated population, 10,000 users times RESUMEBASE_BENCH_FACTOR."""
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
        """Stop what was started."""
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
        """Return the result as `out/bench.json` holds it. `holds` is None where there is no target."""
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
        what, comparison, limit = _parse(self.target)
        got = measured.ratio if what == "ratio" else measured.value
        return got is not None and _COMPARE[comparison](got, limit)


REGISTRY: Final[dict[str, Benchmark]] = {}


def benchmark(
    name: str, *, unit: str, target: str | None = None
) -> Callable[[Callable[[Context], Measured]], Callable[[Context], Measured]]:
    """Register a function as a benchmark.

    Parameters
    ----------
    name
        Dotted: `area.what`.
    unit
        Of value and baseline: `ms`, `pairs/s`.
    target
        What must hold, as `"ratio >= 0.4"` or `"value <= 250"`; None for a figure that is only to be known.

    Raises
    ------
    ValueError
        The name is taken, or the target cannot be read.
    """
    if target is not None:
        _parse(target)

    def register(measure: Callable[[Context], Measured]) -> Callable[[Context], Measured]:
        if name in REGISTRY:
            message = f"two benchmarks are called {name}"
            raise ValueError(message)
        REGISTRY[name] = Benchmark(name, unit, target, measure)
        return measure

    return register


def _parse(target: str) -> tuple[str, str, float]:
    match = _TARGET.fullmatch(target)
    if match is None:
        message = f"not a target: {target!r} (write 'ratio >= 0.4' or 'value <= 250')"
        raise ValueError(message)
    return match[1], match[2], float(match[3])
