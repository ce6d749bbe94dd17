"""What a release fixes: one version everywhere, and its migrations. `make freeze` writes `supabase/migrations.lock`.

A database that has a migration never gets it again, so a released one must not change; `make check` compares.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = "supabase/migrations.lock"
_RELEASE: Final = re.compile(r"^## (\d+\.\d+\.\d+) — \d{4}-\d\d-\d\d$", re.MULTILINE)
_MODULE: Final = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


def version(root: Path = ROOT) -> str:
    """Return the version, whose home is `pyproject.toml`."""
    found: str = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    return found


def complaints(root: Path = ROOT) -> Iterator[str]:
    """Yield a line for each other version, and for each released migration that has changed."""
    here = version(root)
    released = _RELEASE.search((root / "CHANGELOG.md").read_text())
    module = _MODULE.search((root / "functions" / "__init__.py").read_text())
    others = {
        "package.json": json.loads((root / "package.json").read_text())["version"],
        "functions/__init__.py": module and module[1],
        "CHANGELOG.md": released and released[1],
    }
    for name, other in others.items():
        if other != here:
            yield f"{name}: version {other}; pyproject.toml says {here}"
    yield from _changed(root)


def _changed(root: Path) -> Iterator[str]:
    locked, now = read(root), hashes(root)
    for name, digest in locked.items():
        if name not in now:
            yield f"{name}: was released and is gone; add a migration that undoes it"
        elif now[name] != digest:
            yield f"{name}: was released and has changed; add a migration instead"
    last = max(locked, default="")
    for name in now.keys() - locked.keys():
        if name < last:
            yield f"{name}: comes before {last}, which was released; give it a later number"


def hashes(root: Path = ROOT) -> dict[str, str]:
    """Return the SHA-256 of each migration by its name."""
    files = sorted((root / "supabase" / "migrations").glob("[0-9]*_*.sql"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def read(root: Path = ROOT) -> dict[str, str]:
    """Return the released migrations; none before the first `make freeze`."""
    path = root / LOCK
    lines = path.read_text().splitlines() if path.exists() else []
    return {name: digest for digest, name in (line.split() for line in lines if line and not line.startswith("#"))}


def freeze(root: Path = ROOT) -> None:
    """Release the migrations that are there now, under the version that is there now."""
    lines = [f"# Released migrations, as of {version(root)}: `make freeze` writes this, `make check` compares."]
    lines += [f"{digest}  {name}" for name, digest in hashes(root).items()]
    (root / LOCK).write_text("\n".join(lines) + "\n")


def main() -> int:
    """Write the lock file, unless that would hide a change; return the exit code."""
    if found := list(complaints()):
        print("\n".join(found), file=sys.stderr)
        return 1
    freeze()
    print(f"{len(read())} migrations are frozen as of {version()}: commit {LOCK}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
