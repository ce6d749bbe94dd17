"""Finds the distributions that a function needs, with versions and hashes from `requirements.lock`."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.package.errors import PackagingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from deploy.package.imports import Import
    from deploy.package.target import Target

# Lambda's Python image contains these; packing them would add 25 MB to every artefact.
PROVIDED = frozenset({"boto3", "botocore", "s3transfer", "awslambdaric", "snapshot-restore-py"})
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: *; *(?P<marker>[^\\]+?))? *\\?$")


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked distribution; `text` is its entry in the lock file, with hashes."""

    name: str
    version: str
    text: str


class Requirements:
    """Maps imports to distributions and their dependencies.

    The current environment says which distribution a module belongs to, the lock file gives versions and hashes. Both
    must agree.

    Parameters
    ----------
    project
        `pyproject.toml`; functions may import its dependencies only.
    lock
        `requirements.lock`.
    target
        The target whose environment markers apply.
    """

    def __init__(self, project: Path, lock: Path, target: Target) -> None:
        table = tomllib.loads(project.read_text())
        declared = [Requirement(line) for line in table["project"]["dependencies"]]
        optional = table["project"].get("optional-dependencies", {})
        self._declared: dict[str, Requirement] = {canonicalize_name(each.name): each for each in declared}
        self._markers = target.markers()
        self._pins = _read_lock(lock, self._markers)
        self._owners = _owners()
        self._optional: set[str] = set(self._all([Requirement(line) for lines in optional.values() for line in lines]))
        self._optional -= set(self._all(declared))

    def of(self, imports: Iterable[Import]) -> dict[str, Pin]:
        """Return the pins of everything that these imports need, by name, without what Lambda provides.

        Raises
        ------
        PackagingError
            An import belongs to no declared dependency, or the lock file lacks a distribution.
        """
        needed: dict[str, Requirement] = {}
        for imported in imports:
            name = self._owner(imported)
            if name is None:
                raise PackagingError(f"{imported.dotted} is imported, but no installed distribution contains it")
            if name in PROVIDED:
                continue
            if name not in self._declared:
                raise PackagingError(f"{imported.dotted} belongs to {name}, which pyproject.toml does not declare")
            needed[name] = self._declared[name]
        return self._all(needed.values())

    def is_optional(self, imported: Import) -> bool:
        """Whether only an optional extra installs this; to deploy it, declare it as a dependency."""
        return self._owner(imported) in self._optional

    def pin(self, name: str) -> Pin:
        """Return the pin of a distribution."""
        canonical = canonicalize_name(name)
        if canonical not in self._pins:
            raise PackagingError(f"requirements.lock has no {name} for this target")
        return self._pins[canonical]

    def with_dependencies(self, requirement: str) -> dict[str, Pin]:
        """Return the pins of a requirement and its dependencies, including what Lambda provides."""
        return self._all([Requirement(requirement)], provided=frozenset())

    def _all(self, requirements: Iterable[Requirement], provided: frozenset[str] = PROVIDED) -> dict[str, Pin]:
        found: dict[str, Pin] = {}
        for requirement in requirements:
            self._add(requirement, found, provided)
        return dict(sorted(found.items()))

    def _owner(self, imported: Import) -> str | None:
        parts = imported.dotted.split(".")
        for length in range(len(parts), 0, -1):
            owner = self._owners.get(".".join(parts[:length]))
            if owner is not None:
                return owner
        return None

    def _add(self, requirement: Requirement, found: dict[str, Pin], provided: frozenset[str] = PROVIDED) -> None:
        pending: list[tuple[str, frozenset[str]]] = [(requirement.name, frozenset(requirement.extras))]
        seen: set[tuple[str, frozenset[str]]] = set()
        while pending:
            entry = pending.pop()
            name, extras = canonicalize_name(entry[0]), entry[1]
            if (name, extras) in seen or name in provided:
                continue
            seen.add((name, extras))
            pin = found[name] = self.pin(name)
            pending += [(each.name, frozenset(each.extras)) for each in self._needs(pin, extras)]

    def _needs(self, pin: Pin, extras: frozenset[str]) -> list[Requirement]:
        try:
            distribution = importlib.metadata.distribution(pin.name)
        except importlib.metadata.PackageNotFoundError:
            # A backport for another Python version. These have no dependencies of their own so far, and a test starts
            # every artefact.
            return []
        if distribution.version != pin.version:
            raise PackagingError(
                f"{pin.name} is {distribution.version} here, {pin.version} in requirements.lock: run `make setup` first"
            )
        needs = [Requirement(line) for line in distribution.requires or []]
        return [
            each
            for each in needs
            if each.marker is None
            or any(each.marker.evaluate({**self._markers, "extra": extra}) for extra in extras | {""})
        ]


def _read_lock(lock: Path, markers: Mapping[str, str]) -> dict[str, Pin]:
    pins: dict[str, Pin] = {}
    block: list[str] = []
    head: re.Match[str] | None = None

    def close() -> None:
        if head is None:
            return
        marker = head["marker"]
        if marker is None or Marker(marker).evaluate(dict(markers)):
            name = canonicalize_name(head["name"])
            first = f"{head['name']}=={head['version']} \\"
            pins[name] = Pin(name, head["version"], "\n".join([first, *block]).rstrip(" \\"))

    for line in lock.read_text().splitlines():
        if line.startswith("    --hash="):
            block.append(line)
        elif match := _PIN.match(line):
            close()
            head, block = match, []
    close()
    return pins


def _owners() -> dict[str, str]:
    """Return the distribution of every installed package and module; namespaces have none."""
    owners: dict[str, str] = {}
    for distribution in importlib.metadata.distributions():
        name = canonicalize_name(distribution.metadata["Name"])
        for file in distribution.files or []:
            if file.suffix not in {".py", ".so"} or file.parts[0] == "..":
                continue
            parts = [*file.parts[:-1], file.name.split(".")[0]]
            owners.setdefault(".".join(parts[:-1] if parts[-1] == "__init__" else parts), name)
    return owners
