from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.__main__ import load, select
from bench.registry import Benchmark, Context, Measured, benchmark

if TYPE_CHECKING:
    from pathlib import Path


def one(target: str | None) -> Benchmark:
    return Benchmark("area.what", "ms", target, lambda _: Measured(0))


@pytest.mark.parametrize(
    ("target", "measured", "ratio", "holds"),
    [
        ("ratio >= 0.4", Measured(50, 100), 0.5, True),
        ("ratio >= 0.4", Measured(39, 100), 0.39, False),
        ("ratio <= 0.7", Measured(70, 100), 0.7, True),
        ("ratio <= 0.7", Measured(70), None, False),
        ("value <= 250", Measured(251), None, False),
        (None, Measured(3, 2), 1.5, None),
    ],
)
def test_a_row_says_whether_the_target_holds(
    target: str | None, measured: Measured, ratio: float | None, holds: object
) -> None:
    row = one(target).row(measured)
    assert list(row) == ["name", "value", "unit", "baseline", "ratio", "target", "holds"]
    assert (row["ratio"], row["holds"]) == (ratio, holds)


@pytest.mark.parametrize("target", ["fast", "ratio > 1", "ratio >= a lot", "value<=3"])
def test_a_malformed_target_is_refused_at_once(target: str) -> None:
    with pytest.raises(ValueError, match="not a target"):
        benchmark("area.what", unit="ms", target=target)


def test_every_module_loads_and_benchmarks_are_selected_by_name_or_area() -> None:
    benchmarks = load()
    assert "stack.forwarding" in benchmarks
    assert select(benchmarks, None) == [benchmarks[name] for name in sorted(benchmarks)]
    assert [b.name for b in select(benchmarks, "stack.forwarding")] == ["stack.forwarding"]
    assert "stack.forwarding" in [b.name for b in select(benchmarks, "stack")]
    assert select(benchmarks, "stac") == []


def test_an_unused_context_starts_nothing(tmp_path: Path) -> None:
    Context(tmp_path).close()
    assert list(tmp_path.iterdir()) == []
