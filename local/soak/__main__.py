"""`make soak`: mixed traffic with faults on a stack of its own; writes `out/soak.html`.

It talks to 127.0.0.1 only and ends after `--seconds` and the time in which everything comes to an end.
"""

from __future__ import annotations

import argparse
import shutil
import sys

from local.scratch import scratch
from local.soak import report
from local.soak.run import Soak
from local.stack import ROOT

OUT = ROOT / "out" / "soak.html"
LOGS = ROOT / "out" / "soak-logs"
SHORTEST_S = 20


def main() -> int:
    """Run it; return 1 if something that must hold does not."""
    parser = argparse.ArgumentParser(prog="make soak")
    parser.add_argument("--seconds", type=int, default=600, help=f"of traffic, at least {SHORTEST_S}")
    seconds = max(SHORTEST_S, parser.parse_args().seconds)
    with scratch() as folder:
        try:
            result = Soak(folder, seconds, lambda line: print(line, flush=True)).run()
        finally:
            LOGS.mkdir(parents=True, exist_ok=True)
            for log in folder.rglob("*.log"):
                shutil.copy(log, LOGS / log.name)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(report.page(result))
    for breach in result.breaches:
        print(f"BREACH  {breach}")
    places = f"The report is {OUT.relative_to(ROOT)}, the logs are in {LOGS.relative_to(ROOT)}."
    print(f"{len(result.breaches)} breaches. {places}")
    return 1 if result.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
