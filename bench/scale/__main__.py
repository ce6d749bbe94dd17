"""`make scale FACTOR=0.1`: writes a generated population into a database."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import asdict
from pathlib import Path

from bench.scale.load import ScaleError, load

ENV_FILE = Path(__file__).resolve().parents[2] / ".local" / "env"


def _database_url() -> str | None:
    """Return DATABASE_URL from the environment, or that of the stack in the background."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    if not ENV_FILE.exists():
        return None
    values = dict(line.split("=", 1) for line in ENV_FILE.read_text().splitlines() if "=" in line)
    return values.get("DATABASE_URL")


def main() -> int:
    """Write a population; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description="Write a generated population.")
    parser.add_argument("--factor", type=float, default=0.1, help="1 is 10,000 users (default 0.1)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other people (default 1)")
    parser.add_argument("--database-url", default=_database_url(), help="default: DATABASE_URL, or the running stack")
    arguments = parser.parse_args()
    if arguments.database_url is None:
        print("No database found. Start the stack with `make up`, or pass --database-url.", file=sys.stderr)
        return 2
    try:
        sizes = load(
            arguments.database_url, arguments.factor, seed=arguments.seed, report=lambda line: print(line, flush=True)
        )
    except (ScaleError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    for table, rows in asdict(sizes).items():
        print(f"{rows:>9,}  {table}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
