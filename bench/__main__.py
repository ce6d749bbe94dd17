"""`make bench`: runs benchmarks, prints a table, writes `out/bench.json` and draws `docs/bench.svg`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys

import psutil

import bench
from bench.registry import REGISTRY, Benchmark, Context
from bench.results import COLUMNS, ROOT, line, write
from local.scratch import scratch


def load() -> dict[str, Benchmark]:
    """Import every module of the package; return the registered benchmarks."""
    for module in pkgutil.iter_modules(bench.__path__):
        if not (module.ispkg or module.name.startswith("_") or module.name in {"registry", "results"}):
            importlib.import_module(f"bench.{module.name}")
    return REGISTRY


def select(benchmarks: dict[str, Benchmark], only: str | None) -> list[Benchmark]:
    """Return the benchmark of that name or those of an area (`ledger` for `ledger.spread`); by default all."""
    return [b for name, b in sorted(benchmarks.items()) if only is None or name == only or name.startswith(f"{only}.")]


def settle(percent: float = 10, seconds: int = 60) -> None:
    """Wait until earlier work such as vacuum and checkpoints has ended, for at most `seconds` seconds."""
    for _ in range(seconds):
        if psutil.cpu_percent(interval=1) < percent:
            return


def main() -> int:
    """Run the benchmarks; return 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Run benchmarks.")
    parser.add_argument("--only", help="a benchmark's name, or an area such as `ledger`")
    only = parser.parse_args().only
    benchmarks = load()
    chosen = select(benchmarks, only)
    if not chosen:
        print(f"There is no benchmark {only}. Choose from: {', '.join(sorted(benchmarks))}", file=sys.stderr)
        return 2
    widths = (max(len(b.name) for b in chosen), 9, max(len(b.unit) for b in chosen), 9, 6, 14, 5)
    print(line(dict(zip(COLUMNS, COLUMNS, strict=True)), widths), flush=True)
    rows = []
    with scratch() as folder:
        context = Context(folder)
        try:
            for one in chosen:
                settle()
                rows.append(one.row(one.measure(context)))
                print(line(rows[-1], widths), flush=True)
        finally:
            context.close()
    files = " and ".join(str(path.relative_to(ROOT)) for path in write(rows))
    print(f"\nThe results are in {files}.")
    return 1 if any(row["holds"] is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
