"""Builds the CloudFormation template from `serverless.yml` with osls, and checks it with cfn-lint."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.package.errors import PackagingError
from local.processes import alone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

QUIET = {"SLS_NOTIFICATIONS_MODE": "off", "SLS_TELEMETRY_DISABLED": "1", "CI": "1"}
_COMPILED = "cloudformation-template-update-stack.json"


def compile_template(root: Path, stage: str, dist: Path, settings: Mapping[str, str] | None = None) -> Path:
    """Package `serverless.yml` for a stage, offline and without credentials.

    Parameters
    ----------
    root
        The folder of `serverless.yml`.
    stage
        `dev` or `prod`.
    dist
        Folder of the artefacts, and for `template-<stage>.json`.
    settings
        Settings that override those of the stage's file.

    Returns
    -------
    Path
        The template's file.

    Raises
    ------
    PackagingError
        osls refuses the configuration.
    """
    with tempfile.TemporaryDirectory() as scratch:
        command = [_osls(root), "package", "--stage", stage, "--package", scratch]
        command += [f"--param={name}={value}" for name, value in (settings or {}).items()]
        # Offline: no AWS credentials.
        env = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        env |= {**QUIET, "RESUMEBASE_DIST": str(dist.resolve())}
        with one_osls(root):
            result = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
        if result.returncode:
            raise PackagingError(f"osls package --stage {stage} failed:\n{result.stdout}{result.stderr}")
        template = dist / f"template-{stage}.json"
        shutil.copyfile(Path(scratch) / _COMPILED, template)
    return template


def one_osls(root: Path) -> AbstractContextManager[object]:
    """Wait until no other osls runs in this folder: each empties and fills `.serverless/`."""
    return alone(root / ".local" / "osls")


def lint(template: Path) -> None:
    """Check a template with cfn-lint.

    Raises
    ------
    PackagingError
        cfn-lint reports an error, a warning or a hint; the message lists them.
    """
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--non-zero-exit-code", "informational"]
    # W3005: osls lists dependencies that references imply already.
    command += ["--ignore-checks", "W3005", "--", str(template)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise PackagingError(f"cfn-lint:\n{result.stdout}{result.stderr}")


def _osls(root: Path) -> str:
    program = root / "node_modules" / ".bin" / "osls"
    if not program.exists():
        raise PackagingError("osls is missing. Run: make setup")
    return str(program)
