"""The distributions behind an import, according to this repository's lock file."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from deploy.package.errors import PackagingError
from deploy.package.imports import Import
from deploy.package.requirements import PROVIDED, Requirements
from deploy.package.target import Target

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def requirements() -> Requirements:
    return Requirements(ROOT / "pyproject.toml", ROOT / "requirements.lock", Target("3.13", "x86_64"))


def test_an_import_brings_its_distribution_with_extras_and_what_they_need(requirements: Requirements) -> None:
    pins = requirements.of([Import("jwt", None, "jwt")])
    assert {"pyjwt", "cryptography", "cffi", "pycparser"} <= pins.keys()
    assert pins["pyjwt"].version == importlib.metadata.version("pyjwt")


def test_pins_are_entries_of_the_lock_file(requirements: Requirements) -> None:
    pin = requirements.pin("Mangum")
    first, *hashes = pin.text.splitlines()
    assert first == f"mangum=={pin.version} \\"
    assert hashes
    assert all(line.startswith("    --hash=sha256:") for line in hashes)
    lock = (ROOT / "requirements.lock").read_text()
    assert all(line.rstrip(" \\") in lock for line in hashes)


def test_distributions_of_one_namespace_are_distinguished(requirements: Requirements) -> None:
    assert "google-genai" in requirements.of([Import("google", "genai", "genai")])
    assert "google-genai" in requirements.of([Import("google.genai.types", "Content", "Content")])


def test_distributions_in_lambdas_image_are_not_packed(requirements: Requirements) -> None:
    imports = [Import("botocore.config", "Config", "Config"), Import("boto3", None, "boto3")]
    assert requirements.of(imports) == {}
    powertools = requirements.of([Import("aws_lambda_powertools", "Logger", "Logger")])
    assert powertools
    assert not powertools.keys() & PROVIDED


def test_the_retired_sdk_is_optional_and_never_packed(requirements: Requirements) -> None:
    assert requirements.is_optional(Import("google", "generativeai", "genai"))
    assert requirements.is_optional(Import("google.ai", "generativelanguage", "g"))
    assert not requirements.is_optional(Import("google", "genai", "genai"))
    assert not requirements.is_optional(Import("functions._shared", "ports", "ports"))


def test_undeclared_imports_are_refused(requirements: Requirements) -> None:
    with pytest.raises(PackagingError, match="does not declare"):
        requirements.of([Import("pytest", None, "pytest")])
    with pytest.raises(PackagingError, match="no installed distribution"):
        requirements.of([Import("no_such_thing", None, "no_such_thing")])


def test_markers_of_the_target_apply(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "idna==1 ; python_full_version < '3.12' \\\n    --hash=sha256:aa\n    # via x\n"
        f"idna=={importlib.metadata.version('idna')} ; python_full_version >= '3.12' \\\n    --hash=sha256:bb\n"
        "tzdata==1 ; sys_platform == 'win32' \\\n    --hash=sha256:cc\n"
    )
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\nversion = "0"\ndependencies = ["idna"]\n')
    found = Requirements(project, lock, Target("3.13", "x86_64"))
    assert found.pin("idna").text.endswith("--hash=sha256:bb")
    with pytest.raises(PackagingError, match="has no tzdata"):
        found.pin("tzdata")


def test_an_environment_that_differs_from_the_lock_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("idna==0.1 \\\n    --hash=sha256:aa\n")
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\nversion = "0"\ndependencies = ["idna"]\n')
    with pytest.raises(PackagingError, match="run `make setup` first"):
        Requirements(project, lock, Target("3.13", "x86_64"))
