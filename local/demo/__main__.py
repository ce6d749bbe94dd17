"""Runs the demo: `python -m local.demo [--out FOLDER]`."""

from __future__ import annotations

import argparse
import sys
import textwrap
import time
import warnings
from pathlib import Path

from local.demo.model_server import model_server
from local.demo.steps import Demo
from local.scratch import scratch
from local.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 100


def paragraph(label: str, text: str) -> str:
    """Return a labelled, indented paragraph of at most five lines."""
    first = f"    {label:<8}"
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), max_lines=5, placeholder=" …"
    )


def main() -> int:
    """Run and print the steps; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m local.demo", description="The product's main path, step by step.")
    parser.add_argument("--out", type=Path, default=ROOT / "out", help="folder for the files that the demo leaves")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    # supabase-py warns about parameters that it passes itself.
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="supabase")
    demo_started = time.monotonic()
    with scratch() as folder, model_server(folder) as model_variables:
        steps = Demo(Stack(folder / "stack", env=model_variables), out).steps()
        for number, step in enumerate(steps, 1):
            step_started = time.monotonic()
            try:
                result = step.run()
            except Exception as error:  # noqa: BLE001 - every error fails the demo and is printed
                print(f"{number:>2}. {step.title}: FAILED\n{paragraph('Error', str(error))}", file=sys.stderr)
                return 1
            seconds = f"{time.monotonic() - step_started:.1f} s"
            print(f"{f'{number:>2}. {step.title}':<{WIDTH - 8}}{seconds:>8}")
            print(paragraph("Result", result))
            print(paragraph("Proves", step.proves), flush=True)
    print(f"\nAll {len(steps)} steps passed in {time.monotonic() - demo_started:.1f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
