"""Rules of the tree that import contracts cannot express; `make check` runs them through `complaints`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOOSE_FILES: Final = {
    "functions": {"__init__.py"},
    "functions/_shared": {"__init__.py", "logs.py", "settings.py"},
    "functions/_shared/adapters": {"__init__.py", "http.py"},
}
"""The only files that these folders may hold beside folders."""

LINES_OF_PORT: Final = 150
LINES_OF_SERVICE: Final = 300

PURE: Final = frozenset(
    {
        "__future__", "calendar", "collections", "copy", "dataclasses", "datetime", "decimal", "enum", "fractions",
        "functools", "hashlib", "html", "itertools", "json", "math", "operator", "re", "statistics", "string", "types",
        "typing", "typing_extensions", "unicodedata", "uuid", "zoneinfo", "jsonpatch", "jsonpointer", "pydantic",
        "Stemmer",
    }
)  # fmt: skip
"""What the domain may import beside itself: nothing that reads a file, a clock, the network or the environment."""

ENVIRONMENT: Final = "functions/_shared/settings.py"
"""The only reader of the environment."""


def complaints(root: Path) -> Iterator[str]:
    """Yield a line for each file in the wrong place, too long for its kind, or with a forbidden import."""
    for folder, allowed in LOOSE_FILES.items():
        for path in sorted((root / folder).glob("*.py")):
            if path.name not in allowed:
                yield f"{folder}/{path.name}: {folder} holds folders, not files; see docs/writing-a-function.md"
    for path in sorted((root / "functions").rglob("*.py")):
        yield from _complaints(path.relative_to(root).as_posix(), path.read_text())


def _complaints(name: str, text: str) -> Iterator[str]:
    tree = ast.parse(text)
    lines, limit = text.count("\n"), _limit(name)
    if limit is not None and lines > limit:
        yield f"{name}: {lines} lines; a file of this kind has at most {limit}"
    if name.startswith("functions/_shared/domain/"):
        for line, module in _imports(tree):
            if module.split(".")[0] not in PURE and not module.startswith("functions._shared.domain"):
                yield f"{name}:{line}: the domain must not import {module}"
    if name != ENVIRONMENT:
        for line in _environment(tree):
            yield f"{name}:{line}: only {ENVIRONMENT} reads the environment"


def _limit(name: str) -> int | None:
    if name.startswith("functions/_shared/ports/"):
        return LINES_OF_PORT
    return LINES_OF_SERVICE if name.endswith("/service.py") else None


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # A relative import could lead anywhere, so its dots stay and no list allows it.
            yield node.lineno, "." * node.level + (node.module or "")


def _environment(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "os"
            and node.attr in {"environ", "environb", "getenv"}
        ) or (isinstance(node, ast.ImportFrom) and node.module == "os" and any("env" in a.name for a in node.names)):
            yield node.lineno
