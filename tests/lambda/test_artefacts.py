"""The content of the zip files, and their reproducibility."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deploy.package import artefact, builder, store
from deploy.package.errors import PackagingError
from deploy.package.imports import Import
from deploy.package.requirements import PROVIDED, Requirements

if TYPE_CHECKING:
    from deploy.package.target import Target

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = ROOT / "functions"
FOLDERS = builder.discover(FUNCTIONS)
HANDLER = "import idna\n\ndef handler(event, context):\n    return idna.__name__\n"


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_artefact_contains_only_its_own_function(dist: Path, folder: str) -> None:
    with zipfile.ZipFile(dist / f"{folder}.zip") as archive:
        names = archive.namelist()
    ours = {name.split("/")[1] for name in names if name.startswith("functions/") and name.count("/") > 1}
    assert ours - {"__pycache__"} == {folder, "_shared"}
    assert f"functions/{folder}/handler.py" in names
    assert not [name for name in names if name.startswith(("local/", "tests/", "supabase/"))]


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_artefact_is_small_and_omits_libraries_of_lambdas_image(dist: Path, folder: str) -> None:
    (entry,) = [
        each for each in json.loads((dist / "manifest.json").read_text())["functions"] if each["name"] == folder
    ]
    packed = {requirement.partition("==")[0] for requirement in entry["requirements"]}
    assert not packed & PROVIDED
    assert "google-generativeai" not in packed
    with zipfile.ZipFile(dist / f"{folder}.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith(("boto", "google/generativeai"))]


@pytest.mark.parametrize("folder", sorted({"signup", "cleanup"} & set(FOLDERS)))
def test_functions_without_a_model_contain_no_model_sdk(dist: Path, folder: str) -> None:
    with zipfile.ZipFile(dist / f"{folder}.zip") as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert not tops & {"openai", "anthropic", "google"}
    # The clean-up queries the payment providers, too.
    assert bool(tops & {"stripe", "razorpay"}) == (folder == "cleanup")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_module_has_bytecode_for_its_python(dist: Path, target: Target, folder: str) -> None:
    tag = f"cpython-{target.python.replace('.', '')}"
    with zipfile.ZipFile(dist / f"{folder}.zip") as archive:
        names = set(archive.namelist())
        compiled = {name for name in names if name.endswith(".pyc")}
        flags = {archive.read(name)[4:8] for name in compiled}
    # PEP 552: bit 0 means "by hash"; bit 1, unset here, "compare with the source".
    assert flags == {(1).to_bytes(4, "little")}
    ours = {name for name in names if name.endswith(".py") and name.startswith("functions/")}
    for name in ours:
        parent, _, stem = name.removesuffix(".py").rpartition("/")
        assert f"{parent}/__pycache__/{stem}.{tag}.pyc" in compiled
    # Libraries are bytecode only, except for a few templates and files for other Python versions.
    sources = [name for name in names - ours if name.endswith(".py")]
    assert len(sources) <= 0.02 * len(compiled)


@pytest.mark.parametrize("folder", FOLDERS)
def test_entries_are_plain_files_readable_and_undated(dist: Path, folder: str) -> None:
    with zipfile.ZipFile(dist / f"{folder}.zip") as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries if not entry.filename.endswith(".sh")} == {0o100644}
    assert {entry.external_attr >> 16 for entry in entries if entry.filename.endswith(".sh")} == {0o100755}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert not [entry.filename for entry in entries if entry.filename.endswith((".pyi", ".c", "/RECORD"))]


@pytest.fixture
def scratch_function(tmp_path: Path) -> Path:
    folder = tmp_path / "functions"
    (folder / "small").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "small" / "__init__.py").write_text("")
    (folder / "small" / "handler.py").write_text(HANDLER)
    return folder


def build(functions: Path, tmp_path: Path, run: str, target: Target, requirements: Requirements) -> artefact.Artefact:
    (built,) = builder.build(
        functions,
        ["small"],
        requirements=requirements,
        target=target,
        interpreter=target.interpreter(),
        stores=tmp_path / f"store-{run}",
        dist=tmp_path / f"dist-{run}",
    )
    return built


@pytest.fixture
def declaring(tmp_path: Path, target: Target) -> Requirements:
    """This repository's lock, for a project that declares what the scratch function imports."""
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\nversion = "0"\ndependencies = ["idna"]\n')
    return Requirements(project, ROOT / "requirements.lock", target)


def test_two_builds_from_scratch_give_the_same_bytes(
    scratch_function: Path, tmp_path: Path, target: Target, declaring: Requirements
) -> None:
    first = build(scratch_function, tmp_path, "a", target, declaring)
    elsewhere = tmp_path / "another" / "functions"
    shutil.copytree(scratch_function, elsewhere)
    second = build(elsewhere, tmp_path, "b", target, declaring)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert (first.content, first.sha256) == (second.content, second.sha256)
    assert first.sha256 == hashlib.sha256(first.path.read_bytes()).hexdigest()
    assert str(tmp_path).encode() not in b"".join(_contents(first.path))

    (scratch_function / "small" / "handler.py").write_text(HANDLER + "\n# changed\n")
    assert build(scratch_function, tmp_path, "c", target, declaring).content != first.content


def _contents(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_bytecode_has_its_path_at_run_time_and_loads_without_its_source(
    scratch_function: Path, tmp_path: Path, target: Target, declaring: Requirements
) -> None:
    built = build(scratch_function, tmp_path, "a", target, declaring)
    task = tmp_path / "task"
    with zipfile.ZipFile(built.path) as archive:
        archive.extractall(task)
    (task / "functions" / "small" / "handler.py").write_text("raise SystemExit('the source was compiled')")
    code = "import functions.small.handler as h; print(h.handler(0, 0), h.handler.__code__.co_name)"
    command = [str(target.interpreter()), "-S", "-c", code]
    result = subprocess.run(command, cwd=task, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["idna", "handler"]


def test_a_library_that_changed_after_unpacking_is_detected(
    scratch_function: Path,
    tmp_path: Path,
    target: Target,
    declaring: Requirements,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install = store._uv_install

    def spoilt(folder: Path, *rest: str) -> None:
        install(folder, *rest)  # type: ignore[arg-type]
        (folder / "idna" / "core.py").write_text("# something else")

    monkeypatch.setattr(store, "_uv_install", spoilt)
    with pytest.raises(PackagingError, match="was changed after it was unpacked"):
        build(scratch_function, tmp_path, "a", target, declaring)


def test_a_wheel_that_differs_from_the_locked_one_is_refused(
    scratch_function: Path, tmp_path: Path, target: Target, requirements: Requirements
) -> None:
    pin = requirements.pin("idna")
    forged = type(pin)(pin.name, pin.version, f"idna=={pin.version} \\\n    --hash=sha256:{'0' * 64}")
    with pytest.raises(PackagingError, match="installing for"):
        store.install({"idna": forged}, target, tmp_path / "store", None)
    assert not list((tmp_path / "store").glob("python*"))
    assert scratch_function.is_dir()


def test_an_artefact_built_without_an_interpreter_has_no_bytecode(
    scratch_function: Path, tmp_path: Path, target: Target, declaring: Requirements
) -> None:
    (built,) = builder.build(
        scratch_function,
        ["small"],
        requirements=declaring,
        target=target,
        interpreter=None,
        stores=tmp_path / "store",
        dist=tmp_path / "dist",
    )
    assert not built.bytecode
    with zipfile.ZipFile(built.path) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".pyc")]


def test_two_files_with_one_path_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.touch()
    with pytest.raises(PackagingError, match=r"both ours and a library's"):
        artefact.build("x", {"x.py": file}, {"x.py": file}, interpreter=None, requirements=(), folder=tmp_path)


def test_the_other_architecture_can_be_built_for(requirements: Requirements, target: Target, tmp_path: Path) -> None:
    other = type(target)(target.python, "arm64" if target.architecture == "x86_64" else "x86_64")
    needed = requirements.of([Import("pydantic", None, "pydantic")])
    wheels = store.install({"pydantic-core": needed["pydantic-core"]}, other, tmp_path, None)
    (library,) = wheels.folder.glob("pydantic_core/*.so")
    assert {"arm64": "aarch64", "x86_64": "x86_64"}[other.architecture] in library.name
