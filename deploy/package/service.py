"""Reads the settings in `serverless.yml` that packaging needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from deploy.package.errors import PackagingError
from deploy.package.target import ARCHITECTURES, Target

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Service:
    """The target of the template's runtime, and the template's handlers by function."""

    target: Target
    handlers: dict[str, str]


def read(path: Path) -> Service:
    """Read `serverless.yml`.

    Raises
    ------
    PackagingError
        We cannot build for its runtime or architecture.
    """
    document = yaml.safe_load(path.read_text())
    provider = document["provider"]
    runtime, architecture = provider["runtime"], provider.get("architecture", "x86_64")
    if not runtime.startswith("python3.") or architecture not in ARCHITECTURES:
        raise PackagingError(f"{path.name}: cannot build for {runtime} on {architecture}")
    handlers = {name: function["handler"] for name, function in (document.get("functions") or {}).items()}
    return Service(Target(runtime.removeprefix("python"), architecture), handlers)
