"""`make fuzz`: calls every function with what its description allows and with what it forbids, as a user with credits.

No answer may be a 5xx, be undescribed, or accept what the description forbids. Each function has a user of its own, so
that an account that is deleted or suspended spoils nothing else. Schedules' routes are called with their secret.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx
import psycopg

from local.scratch import scratch
from local.stack import ROOT, Stack

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = Path(__file__).parent
# Rates are tested elsewhere; here they would answer most calls.
NO_RATES: Final = (
    'update public.global_config set value = value || \'{"free_per_hour": 10000, "own_key_per_hour": 10000, '
    '"paid_per_minute": 10000, "dry_runs_per_minute": 10000, "released_attempts_per_day": 100000}\'::jsonb '
    "where key = 'metering'"
)


def fuzz(stack: Stack, functions: Sequence[str], *limits: str) -> list[str]:
    """Fuzz each function; return the names of those with a failure.

    Parameters
    ----------
    stack
        A running stack.
    functions
        Names as in URLs.
    limits
        Options of `schemathesis run` that say how much is tried.
    """
    return [name for name in functions if not _holds(stack, name, limits)]


def names(stack: Stack) -> list[str]:
    """Return the names of the functions, as in URLs."""
    answer = httpx.get(f"{stack.url}/functions/v1/")
    listed: str = answer.json()["detail"]
    return listed.removeprefix("These functions exist: ").removesuffix(".").split(", ")


def _holds(stack: Stack, name: str, limits: Sequence[str]) -> bool:
    answer = httpx.post(f"{stack.url}/functions/v1/docs/test-user", timeout=60)
    if answer.is_error:
        raise SystemExit(answer.text)
    user = answer.json()
    url = f"{stack.url}/functions/v1/{name}/openapi.json"
    program = Path(sys.executable).parent / "schemathesis"
    command = [str(program), "--config-file", str(HERE / "schemathesis.toml"), "run", url]
    env = {
        **os.environ,
        "TOKEN": user["access_token"],
        "SECRET": stack.cleanup_secret,
        "PUBLISHABLE_KEY": stack.publishable_key,
        "ROWS": json.dumps(_rows(stack, user)),
        "SCHEMATHESIS_HOOKS": "local.fuzz.hooks",
    }
    print(f"\n== {name}", flush=True)
    options = ["--warnings", "off", "--continue-on-failure", "--no-color", *limits]
    return subprocess.run([*command, *options], check=False, cwd=ROOT, env=env).returncode == 0


def _rows(stack: Stack, user: dict[str, Any]) -> dict[str, str]:
    """Create a job; return the ids of the user's rows by the names that requests give them."""
    headers = {"apikey": stack.publishable_key, "Authorization": f"Bearer {user['access_token']}"}
    job = {"title": "Backend engineer", "company": "Acme", "description": "Python, PostgreSQL, 3 years."}
    made = httpx.post(f"{stack.url}/rest/v1/jobs", json=job, headers={**headers, "Prefer": "return=representation"})
    return {"resume_id": user["resume_id"], "job_id": made.raise_for_status().json()[0]["id"]}


def main() -> int:
    """Fuzz the named functions, or all; return the exit code."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("functions", nargs="*", help="names as in URLs; all by default")
    parser.add_argument("--seconds", type=int, default=1800, help="time for all functions together")
    arguments = parser.parse_args()
    began = time.monotonic()
    with scratch() as folder, Stack(folder / "stack", env={"RESUMEBASE_AI_PROVIDER": "offline"}) as stack:
        with psycopg.connect(stack.database_url, autocommit=True) as connection:
            connection.execute(NO_RATES)
        functions = arguments.functions or names(stack)
        failed = fuzz(stack, functions, "--max-time", str(max(arguments.seconds // len(functions), 1)))
    print(f"\n{len(functions)} functions in {time.monotonic() - began:.0f} s. Failures: {', '.join(failed) or 'none'}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
