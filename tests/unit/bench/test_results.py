"""The file and the plot of the benchmarks."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from bench import results
from bench.registry import Benchmark, Measured, share_of_limit

if TYPE_CHECKING:
    from pathlib import Path

    from bench.results import Row


def row(name: str, target: str | None, value: float, baseline: float | None = None) -> Row:
    return Benchmark(name, "ms", target, lambda _: Measured(0)).row(Measured(value, baseline))


@pytest.mark.parametrize(
    ("target", "value", "baseline", "share"),
    [
        ("value <= 40", 30, None, 0.75),
        ("value >= 100", 200, None, 0.5),
        ("ratio >= 0.5", 25, 100, 2.0),
        ("ratio <= 0.5", 25, 100, 0.5),
        ("ratio <= 0.5", 25, None, 0.0),
    ],
)
def test_how_much_of_its_limit_a_result_uses(target: str, value: float, baseline: float | None, share: float) -> None:
    assert share_of_limit(row("a.b", target, value, baseline)) == share


def test_a_part_of_the_benchmarks_leaves_the_other_results_as_they_were(tmp_path: Path) -> None:
    out, plot = tmp_path / "out" / "bench.json", tmp_path / "bench.svg"
    results.write([row("a.one", "value <= 40", 30), row("b.two", None, 5)], out=out, plot=plot)
    results.write([row("a.one", "value <= 40", 44)], out=out, plot=plot)
    stored = json.loads(out.read_text())
    assert stored["machine"] == results.machine()
    assert [(each["name"], each["value"]) for each in stored["results"]] == [("a.one", 44), ("b.two", 5)]
    # One bar: without a target there is no limit to draw it against.
    root = ET.fromstring(plot.read_text())
    texts = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "a.one" in texts
    assert "b.two" not in texts
    assert any("44 ms (at most 40)" in each for each in texts)


def test_results_of_another_machine_are_dropped(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    out.write_text(json.dumps({"machine": "another", "results": [{**row("a.one", None, 1), "date": "2026-01-01"}]}))
    results.write([row("b.two", None, 5)], out=out, plot=tmp_path / "bench.svg")
    assert [each["name"] for each in json.loads(out.read_text())["results"]] == ["b.two"]
