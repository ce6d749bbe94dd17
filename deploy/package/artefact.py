"""Builds one function's zip file with its code, data and libraries. The same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.package.errors import PackagingError
from deploy.package.store import JUNK_NAMES, JUNK_SUFFIXES, compile_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deploy.package.closure import Closure

# Bytes: AWS's limit for an unzipped function. Artefacts go through S3, where the zip file has no limit of its own.
UNZIPPED_LIMIT = 250 * 1024 * 1024
# The earliest time that a zip file can contain.
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Of zlib: higher levels take twice the time for a few percent of the size.
COMPRESSION = 3
_IGNORED = frozenset({"__pycache__", "tests"})


@dataclass(frozen=True, slots=True)
class Artefact:
    """A built artefact.

    Attributes
    ----------
    zipped, unzipped
        Bytes.
    sha256
        Hex digest of the zip file.
    content
        Hex digest of names and contents: equal on machines whose zlib compresses differently.
    bytecode
        Whether it contains bytecode for its runtime.
    """

    name: str
    path: Path
    files: int
    zipped: int
    unzipped: int
    sha256: str
    content: str
    bytecode: bool
    requirements: tuple[str, ...]


def own_files(closure: Closure, folder: Path, name: str) -> dict[str, Path]:
    """List a function's files in this repository: its modules and the data beside them.

    Parameters
    ----------
    closure
        The function's modules.
    folder
        The package of functions.
    name
        The function's folder.

    Returns
    -------
    dict
        Files by their path in the artefact.
    """
    files = set(closure.modules.values())
    packages = {path.parent for path in files if path.name == "__init__.py"} | {folder / name}
    for package in packages:
        files.update(_data(package))
    return {str(path.relative_to(folder.parent)): path for path in sorted(files)}


def npm_files(folder: Path, node_modules: Path) -> dict[str, Path]:
    """List the files of npm packages that a function serves, as ``page/npm.json`` in its folder names them.

    Returns
    -------
    dict
        Files by their path in the artefact, ``functions/<name>/page/vendor/…``.

    Raises
    ------
    PackagingError
        A file is not there: the npm packages are not installed.
    """
    listed = folder / "page" / "npm.json"
    if not listed.is_file():
        return {}
    files = {name: node_modules / path for name, path in json.loads(listed.read_text(encoding="utf-8")).items()}
    for path in files.values():
        if not path.is_file():
            raise PackagingError(f"{folder.name}: {path} is missing; run `make setup`")
    return {f"{folder.parent.name}/{folder.name}/page/vendor/{name}": path for name, path in files.items()}


def _data(package: Path) -> Iterator[Path]:
    """Yield the data files of a package, such as prompts, templates and fonts, without those of its subpackages."""
    for path in package.iterdir():
        if path.is_dir():
            if path.name not in _IGNORED and not (path / "__init__.py").is_file():
                yield from _data(path)
        elif path.suffix != ".py" and path.name not in JUNK_NAMES and path.suffix not in JUNK_SUFFIXES:
            yield path


def build(
    name: str,
    own: Mapping[str, Path],
    libraries: Mapping[str, Path],
    *,
    interpreter: Path | None,
    requirements: tuple[str, ...],
    folder: Path,
) -> Artefact:
    """Write `<folder>/<name>.zip`.

    Parameters
    ----------
    own, libraries
        Files by their path in the artefact. Libraries are compiled already. Our own files are compiled here and kept as
        source, too, so that tracebacks can quote them.
    interpreter
        A Python of the runtime's version, or None for an artefact without bytecode.
    requirements
        `name==version` of the libraries, for the manifest.
    folder
        Folder for the zip file.

    Raises
    ------
    PackagingError
        Two files have the same path, or the artefact exceeds AWS's limits.
    """
    if clash := own.keys() & libraries.keys():
        raise PackagingError(f"{name}: {min(clash)} is both ours and a library's")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        files = dict(own)
        if interpreter is not None:
            files |= _compiled(own, Path(scratch), interpreter)
        files |= libraries
        contents = {path: files[path].read_bytes() for path in sorted(files)}
    content = hashlib.sha256()
    target = folder / f"{name}.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for path, data in contents.items():
            content.update(f"{path}\0{len(data)}\0".encode() + data)
            entry = zipfile.ZipInfo(path, _EPOCH)
            # Lambda executes a wrapper script as it is unzipped.
            mode = 0o100755 if path.endswith(".sh") else 0o100644
            entry.external_attr, entry.create_system = mode << 16, 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, COMPRESSION)
    built = Artefact(
        name=name,
        path=target,
        files=len(contents),
        zipped=target.stat().st_size,
        unzipped=sum(map(len, contents.values())),
        sha256=hashlib.sha256(target.read_bytes()).hexdigest(),
        content=content.hexdigest(),
        bytecode=interpreter is not None,
        requirements=requirements,
    )
    if built.unzipped > UNZIPPED_LIMIT:
        raise PackagingError(f"{name}: {built.zipped} bytes zipped, {built.unzipped} unzipped: too large for Lambda")
    return built


def _compiled(own: Mapping[str, Path], scratch: Path, interpreter: Path) -> dict[str, Path]:
    modules = [path for path in own if path.endswith(".py")]
    for path in modules:
        copy = scratch / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(own[path].read_bytes())
    compile_tree(scratch, interpreter, modules)
    return {str(each.relative_to(scratch)): each for each in scratch.rglob("*.pyc")}
