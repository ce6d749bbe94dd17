"""Builds the artefacts of the functions in a folder, and their manifest."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING

from deploy.package import artefact, store
from deploy.package.closure import Walker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from deploy.package.artefact import Artefact
    from deploy.package.requirements import Requirements
    from deploy.package.target import Target


def discover(functions: Path) -> list[str]:
    """Return the names of all functions: the folders with a `handler.py`."""
    return sorted(path.parent.name for path in functions.glob("*/handler.py"))


def build(
    functions: Path,
    names: Sequence[str],
    *,
    requirements: Requirements,
    target: Target,
    interpreter: Path | None,
    stores: Path,
    dist: Path,
) -> list[Artefact]:
    """Build one artefact for each named function and write the manifest.

    Parameters
    ----------
    functions
        The package of functions.
    names
        Names of the functions to build.
    requirements
        The locked requirements.
    target, interpreter
        The target, and a Python of its version; None for artefacts without bytecode.
    stores
        Folder for installed libraries, reused by later builds.
    dist
        Folder for `<name>.zip` and `manifest.json`.

    Returns
    -------
    list of Artefact
        In the order of `names`.

    Raises
    ------
    PackagingError
        A function cannot be built.
    """
    walker = Walker(functions, requirements.is_optional)
    closures = {name: walker.closure(name) for name in names}
    pins = {name: requirements.of(closure.imports) for name, closure in closures.items()}
    union = {name: pin for each in pins.values() for name, pin in each.items()}
    libraries = store.install(dict(sorted(union.items())), target, stores, interpreter)

    def build_one(name: str) -> artefact.Artefact:
        return artefact.build(
            name,
            artefact.own_files(closures[name], functions, name)
            | artefact.npm_files(functions / name, functions.parent / "node_modules"),
            libraries.of(pins[name]),
            interpreter=interpreter,
            requirements=tuple(f"{pin.name}=={pin.version}" for pin in pins[name].values()),
            folder=dist,
        )

    # Compressing and compiling run outside of the interpreter's lock.
    with ThreadPoolExecutor() as pool:
        built = list(pool.map(build_one, names))
    manifest = {
        "python": target.python,
        "architecture": target.architecture,
        "functions": [{**asdict(each), "path": each.path.name} for each in built],
    }
    (dist / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    return built
