"""The results of a run: `out/bench.json` has all of them, `docs/bench.svg` those that have a target."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psutil

from bench.registry import share_of_limit
from local import plots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT: Final = Path(__file__).resolve().parents[1]
OUT: Final = ROOT / "out" / "bench.json"
PLOT: Final = ROOT / "docs" / "bench.svg"
COLUMNS: Final = ("name", "value", "unit", "baseline", "ratio", "target", "holds")

Row = dict[str, Any]


def line(row: Row, widths: Sequence[int]) -> str:
    """Return one line of the table."""
    cells = (text(row[column]) for column in COLUMNS)
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def text(cell: object) -> str:
    """Return a cell as people read it."""
    if isinstance(cell, bool):
        return "yes" if cell else "NO"
    if isinstance(cell, float):
        return f"{cell:,.3g}" if abs(cell) < 100 else f"{cell:,.0f}"  # noqa: PLR2004
    return "" if cell is None else str(cell)


def machine() -> str:
    """Describe this machine."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [each for each in information.read_text().splitlines() if each.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    memory = psutil.virtual_memory().total / 2**30
    return f"{psutil.cpu_count()} x {model}, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def write(rows: Iterable[Row], *, out: Path = OUT, plot: Path = PLOT) -> list[Path]:
    """Write the results, and draw them if every benchmark with a target has been measured on this machine.

    Parameters
    ----------
    rows
        The benchmarks of this run. Those of earlier runs on the same machine stay.
    out, plot
        The files.

    Returns
    -------
    list
        The files written.
    """
    here = machine()
    kept: dict[str, Row] = {}
    if out.exists():
        earlier = json.loads(out.read_text())
        if isinstance(earlier, dict) and earlier["machine"] == here:
            kept = {row["name"]: row for row in earlier["results"]}
    today = datetime.now(UTC).date().isoformat()
    kept |= {row["name"]: {**row, "date": today} for row in rows}
    results = [kept[name] for name in sorted(kept)]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"machine": here, "results": results}, indent=2) + "\n")
    plot.write_text(draw(results, here) + "\n")
    return [out, plot]


def draw(results: Sequence[Row], where: str) -> str:
    """Return the plot of the benchmarks that have a target."""
    rows = []
    for row in results:
        if row["target"] is None:
            continue
        quantity = row["target"].split()[0]
        unit = row["unit"] if quantity == "value" else "of the baseline"
        measured = f"{text(row[quantity])} {unit}"
        limit = row["target"].removeprefix(f"{quantity} ").replace("<=", "at most").replace(">=", "at least")
        said = f"{measured} ({limit})"
        rows.append(plots.Bar(row["name"], share_of_limit(row), said, holds=bool(row["holds"])))
    dates = sorted({row["date"] for row in results})
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}" if dates else ""
    return plots.bars(f"Measured against their limits on {where}, {when}", rows, limit="limit")
