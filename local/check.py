"""`make check`: everything that can be judged without running a test."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from local import cluster, migrate
from local.postgres import Postgres
from local.processes import free_port
from local.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# What may be written in any case: strings, quoted names and comments. Bodies of functions ($$ … $$) are SQL too.
_NOT_SQL = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"[^\"]*\"", re.DOTALL)
_UPPER_CASE = re.compile(r"\b[A-Z][A-Z_]+\b")
_ADDRESS = re.compile(r"https?://[^\s\"']+|file://[^\s\"']+|--(?:extra-)?index-url|--find-links")


def sql_files() -> list[Path]:
    """Return every SQL file of the repository that is ours to lint."""
    folders = ("supabase/migrations", "supabase/seeds", "sql", "local")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.sql"))


def upper_case_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield line number and word for each upper-case word of SQL outside strings, quoted names and comments."""
    blanked = _NOT_SQL.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    for match in _UPPER_CASE.finditer(blanked):
        yield blanked.count("\n", 0, match.start()) + 1, match.group()


def _run(*command: str | Path) -> str:
    """Run a tool; return what it complained about, or nothing."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip() or f"exit code {done.returncode}"


def check_format() -> str:
    """Python is formatted."""
    return _run(BIN / "ruff", "format", "--check", "--quiet", "--diff", ".")


def check_lint() -> str:
    """Python follows the rules of ruff."""
    return _run(BIN / "ruff", "check", "--output-format", "concise", ".")


def check_types() -> str:
    """Types hold."""
    return _run(BIN / "mypy")


def check_imports() -> str:
    """Import contracts hold."""
    return _run(BIN / "lint-imports", "--no-logo")


def check_sql() -> str:
    """Lint SQL: it parses, is safe to apply, and is lower case."""
    files = sql_files()
    problems = [_run(BIN / "squawk", "--reporter", "gcc", *migrate.migrations())] if migrate.migrations() else []
    problems += [
        f"{path.relative_to(ROOT)}:{line}: {word} is not lower case"
        for path in files
        for line, word in upper_case_words(path.read_text())
    ]
    return "\n".join(filter(None, problems))


def check_locks() -> str:
    """Lock files name packages and hashes, and no host to take them from."""
    requirements = (ROOT / "requirements.lock").read_text().splitlines()
    problems = [f"requirements.lock: {line.strip()}" for line in requirements if _ADDRESS.search(line)]
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    problems += [f"package-lock.json: {name}: {at}" for name, p in packages.items() if (at := p.get("resolved"))]
    return "\n".join(problems)


def check_database() -> str:
    """Migrations apply with the Supabase CLI, seeds load, and its advisors find nothing."""
    with scratch() as folder:
        postgres = Postgres(folder, port=free_port(), password="advisors", throwaway=True)  # noqa: S106
        try:
            cluster.make_from_template(postgres)
            migrate.apply_with_cli(postgres.url)
            migrate.apply_seeds(postgres.url)
            arguments = ["--type", "all", "--level", "warn", "--fail-on", "warn"]
            done = migrate.run_cli("db", "advisors", f"--remote={postgres.url}", *arguments)
        except migrate.MigrationError as error:
            return str(error)
        finally:
            postgres.stop()
    return "" if done.returncode == 0 else done.stdout + done.stderr


CHECKS: tuple[Callable[[], str], ...] = (
    check_types,
    check_database,
    check_format,
    check_lint,
    check_imports,
    check_sql,
    check_locks,
)


def main() -> int:
    """Run every check, two at a time; print one line each, complaints in full; return the exit code."""

    def timed(check: Callable[[], str]) -> tuple[str, float]:
        began = time.monotonic()
        return check(), time.monotonic() - began

    failed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for check, (complaint, seconds) in zip(CHECKS, pool.map(timed, CHECKS), strict=True):
            failed += bool(complaint)
            print(f"{'FAILED' if complaint else 'ok':<7} {seconds:5.1f} s  {check.__doc__}", flush=True)
            if complaint:
                print(complaint, flush=True)
    print(f"\n{failed} of {len(CHECKS)} checks failed." if failed else "\nAll checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
