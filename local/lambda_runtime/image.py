"""What Lambda's Python image brings besides a function, made on this machine."""

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
    """Give the target that can be run here: the deployed one's Python on this machine's architecture.

    Where that Python is missing it is the one that runs this: artefacts are then built for it, and everything but the
    version is as deployed.
    """
    architecture = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
    wanted = Target(deployed.python, architecture)
    if wanted.interpreter() is not None:
        return wanted
    return Target(f"{sys.version_info.major}.{sys.version_info.minor}", architecture)


def runtime(target: Target, requirements: Requirements, stores: Path) -> Runtime:
    """Install AWS's runtime client and boto3 for a target, with the versions of the lock.

    Parameters
    ----------
    target
        From `target_here`.
    requirements
        The lock's knowledge for that target.
    stores
        Where installed libraries are kept.
    """
    interpreter = target.interpreter()
    if interpreter is None:
        message = f"there is no Python {target.python} here to run a function with"
        raise RuntimeError(message)
    pins = requirements.with_dependencies("awslambdaric") | requirements.with_dependencies("boto3")
    return Runtime(interpreter, store.install(pins, target, stores, interpreter).folder)
