"""The contents of Lambda's Python image besides the function: interpreter, runtime client and boto3."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

from deploy.package import store
from deploy.package.target import Target
from local.lambda_runtime.container import Runtime

if TYPE_CHECKING:
    from pathlib import Path

    from deploy.package.requirements import Requirements


def target_here(deployed: Target) -> Target:
    """Return the target that runs here: the deployed Python version on this machine's architecture.

    If this machine lacks that version, use the version of this process: artefacts then differ from the deployed ones
    in their Python version only.
    """
    architecture = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
    target = Target(deployed.python, architecture)
    if target.interpreter() is not None:
        return target
    return Target(f"{sys.version_info.major}.{sys.version_info.minor}", architecture)


def runtime(target: Target, requirements: Requirements, stores: Path) -> Runtime:
    """Install AWS's runtime client and boto3 for a target, with the versions of the lock.

    Parameters
    ----------
    target
        From `target_here`.
    requirements
        The locked requirements for that target.
    stores
        Folder for installed libraries.
    """
    interpreter = target.interpreter()
    if interpreter is None:
        message = f"this machine has no Python {target.python} to run the function"
        raise RuntimeError(message)
    pins = requirements.with_dependencies("awslambdaric") | requirements.with_dependencies("boto3")
    return Runtime(interpreter, store.install(pins, target, stores, interpreter).folder)
