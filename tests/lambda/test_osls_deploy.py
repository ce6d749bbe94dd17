"""`osls deploy` itself, as a deployment runs it, against moto: validation, uploads, change set, functions."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deploy.package import builder, template

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    for name in builder.discover(ROOT / "functions"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr("functions/__init__.py", "")
    return tmp_path


def deploy(dist: Path) -> str:
    with template.one_osls(ROOT):
        result = subprocess.run(
            [ROOT / "node_modules" / ".bin" / "osls", "deploy", "--stage", "dev"],
            cwd=ROOT,
            env={**os.environ, "RESUMEBASE_DIST": str(dist), **template.QUIET},
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr


def test_osls_deploys_the_stack(aws: Callable[[str], Any], dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # moto would run cfn-lint, which `make check` does, and refuse its warnings, too.
    monkeypatch.setattr("moto.cloudformation.models.validate_template_cfn_lint", lambda _: [])
    assert "Service deployed to stack resumebase-dev" in deploy(dist)
    (stack,) = aws("cloudformation").describe_stacks()["Stacks"]
    assert stack["StackStatus"] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
    created = aws("lambda").list_functions()["Functions"]
    handlers = {
        path.relative_to(ROOT).with_suffix(".handler").as_posix() for path in ROOT.glob("functions/*/handler.py")
    }
    assert handlers <= {each["Handler"] for each in created}
    assert {each["CodeSize"] for each in created} == {(dist / "generate.zip").stat().st_size}
