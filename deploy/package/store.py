"""Installs, checks and compiles the third-party libraries of a target, once for all artefacts."""

from __future__ import annotations

import base64
import csv
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.package.errors import PackagingError
from local.processes import alone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from deploy.package.requirements import Pin
    from deploy.package.target import Target

BYTECODE = Path(__file__).with_name("bytecode.py")
TASK_ROOT = "/var/task"
# Part of the store's folder name; raise it when the content of a store changes.
FORMAT = "2"
# Files that nothing reads at run time, such as a top-level folder of tests. Licences and entry points stay.
JUNK_SUFFIXES = frozenset({".pyi", ".pyx", ".pxd", ".c", ".h", ".cpp", ".hpp", ".pyc"})
JUNK_NAMES = frozenset({"py.typed", "RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json"})


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of libraries, as `pip install --target` creates it, and the files of each distribution."""

    folder: Path
    files: Mapping[str, Mapping[str, Path]]

    def of(self, names: Iterable[str]) -> dict[str, Path]:
        """Return the files of some distributions by their path in the artefact.

        Bytecode replaces the source of a compiled module: half the size, and a third fewer system calls per import.
        """
        return {path: file for name in sorted(names) for path, file in self.files[name].items()}


def install(pins: Mapping[str, Pin], target: Target, root: Path, interpreter: Path | None) -> Store:
    """Install these distributions for a target, from wheels only, and check their hashes twice.

    uv checks each downloaded wheel against the lock file. Afterwards, we check the installed files against the wheel's
    own list: files are often hard links into uv's cache, so a program that ran from there may have changed them.

    Parameters
    ----------
    pins
        Entries of `requirements.lock` by name.
    target
        Python version and architecture.
    root
        Folder of all stores; each is named after its content.
    interpreter
        A Python of the target's version, or None for no bytecode.

    Returns
    -------
    Store
        The installed libraries.

    Raises
    ------
    PackagingError
        A wheel is missing, or an installed file differs from its wheel.
    """
    text = "".join(f"{pin.text}\n" for pin in pins.values())
    compiler = "" if interpreter is None else _magic(interpreter)
    key = hashlib.sha256(f"{FORMAT}\0{target.tag}\0{compiler}\0{text}".encode()).hexdigest()[:16]
    folder = root / f"{target.tag}-{key}"
    with alone(root):  # parallel builds, such as those of two test processes, share the work
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=root) as scratch:
                fresh = Path(scratch) / "libraries"
                _fill(fresh, text, pins, target)
                if interpreter is not None:
                    compile_tree(fresh, interpreter)
                fresh.replace(folder)
    return Store(folder, {name: dict(_listed(folder, pin, target)) for name, pin in pins.items()})


def compile_tree(folder: Path, interpreter: Path, paths: Collection[str] | None = None) -> None:
    """Compile all modules below a folder, or some of them; the same input gives the same bytes.

    A file's bytecode depends slightly on the files that its process compiled before, because the marshalled form marks
    shared constants. A fixed rule therefore assigns files to processes.
    """
    every = sorted(paths if paths is not None else (str(p.relative_to(folder)) for p in folder.rglob("*.py")))
    shards: dict[int, list[str]] = {}
    for path in every:
        shards.setdefault(hashlib.sha256(path.encode()).digest()[0] % 8, []).append(path)

    def run(shard: list[str]) -> None:
        subprocess.run(
            # Ignore this machine's Python settings; omit columns, which are a fifth of the bytecode.
            [interpreter, "-S", "-s", "-P", "-X", "no_debug_ranges", BYTECODE, TASK_ROOT],
            input="".join(f"{path}\n" for path in shard),
            text=True,
            cwd=folder,
            env={"PYTHONHASHSEED": "0"},
            check=True,
        )

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(run, shards.values()))


def uv() -> str:
    """Return the path of uv, beside this interpreter or on PATH."""
    program = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if program is None:
        raise PackagingError("uv is missing. Run: make setup")
    return program


def _fill(folder: Path, text: str, pins: Mapping[str, Pin], target: Target) -> None:
    _uv_install(folder, text, target)
    changed = [pin for pin in pins.values() if not _intact(folder, pin)]
    if changed:
        again = "".join(f"{pin.text}\n" for pin in changed)
        _uv_install(folder, again, target, "--no-cache", "--reinstall")
    for pin in changed:
        if not _intact(folder, pin):
            raise PackagingError(f"{pin.name} {pin.version} was changed after it was unpacked")


def _uv_install(folder: Path, text: str, target: Target, *options: str) -> None:
    command = [uv(), "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command += [
        "--link-mode",
        "copy",
        "--python-version",
        target.python,
        "--python-platform",
        target.platform,
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(text)
        file.flush()
        command += ["--python", sys.executable, "--target", str(folder), *options, "-r", file.name]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise PackagingError(f"installing for {target.tag} failed:\n{result.stderr.strip()}")


def _record(folder: Path, pin: Pin) -> list[tuple[str, str]]:
    for info in folder.glob("*.dist-info"):
        name, _, version = info.name.removesuffix(".dist-info").rpartition("-")
        if name.lower().replace("_", "-").replace(".", "-") == pin.name and version == pin.version:
            with (info / "RECORD").open(newline="") as file:
                return [(row[0], row[1]) for row in csv.reader(file)]
    raise PackagingError(f"{pin.name} {pin.version} was not installed")


def _intact(folder: Path, pin: Pin) -> bool:
    for path, recorded in _record(folder, pin):
        # The hash is empty for RECORD itself; `../bin/x` and the like are scripts, which are not packed.
        if not recorded or path.startswith(".."):
            continue
        algorithm, _, expected = recorded.partition("=")
        file = folder / path
        if not file.is_file():
            return False
        digest = hashlib.new(algorithm, file.read_bytes()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != expected:
            return False
    return True


def _listed(folder: Path, pin: Pin, target: Target) -> Iterable[tuple[str, Path]]:
    tag = f"cpython-{target.python.replace('.', '')}"
    for path, _ in _record(folder, pin):
        parent, _, name = path.rpartition("/")
        stem, _, suffix = name.rpartition(".")
        if path.startswith(("../", "bin/", "tests/")) or name in JUNK_NAMES or f".{suffix}" in JUNK_SUFFIXES:
            continue
        compiled = folder / parent / "__pycache__" / f"{stem}.{tag}.pyc"
        if suffix == "py" and compiled.is_file():
            yield f"{path}c", compiled
        else:
            yield path, folder / path


def _magic(interpreter: Path) -> str:
    """Return the magic number of an interpreter's bytecode."""
    code = "import importlib.util; print(importlib.util.MAGIC_NUMBER.hex())"
    command = [str(interpreter), "-I", "-S", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
