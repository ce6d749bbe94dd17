"""Fixtures: the artefacts as deployed, a runtime to execute them, and an AWS account simulated by moto."""

from __future__ import annotations

import fcntl
import os
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import httpx
import pytest
from moto.server import ThreadedMotoServer

from deploy.package import artefact, builder, service
from deploy.package.requirements import Requirements
from local.lambda_runtime import Container, Runtime, image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deploy.package.target import Target

ROOT = Path(__file__).resolve().parents[2]
STORES = ROOT / ".local" / "package"
REGION = "eu-central-1"


@pytest.fixture(scope="session")
def target() -> Target:
    """The template's runtime on this machine's architecture, or this Python if that version is missing."""
    deployed = service.read(ROOT / "serverless.yml").target
    here = image.target_here(deployed)
    if here.python != deployed.python:
        message = f"Python {deployed.python} is missing: artefacts are built for and run by Python {here.python}"
        warnings.warn(message, stacklevel=1)
    return here


@pytest.fixture(scope="session")
def requirements(target: Target) -> Requirements:
    return Requirements(ROOT / "pyproject.toml", ROOT / "requirements.lock", target)


@pytest.fixture(scope="session")
def runtime(target: Target, requirements: Requirements) -> Runtime:
    """The content of Lambda's image: interpreter, runtime client and boto3."""
    return image.runtime(target, requirements, STORES)


@pytest.fixture(scope="session")
def dist(target: Target, requirements: Requirements, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of every function's zip file, built once for all test processes of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "dist"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "manifest.json").exists():
            with pytest.MonkeyPatch.context() as patch:
                # Compressing takes most of the time, and changes nothing of what the archives contain.
                patch.setattr(artefact, "COMPRESSION", 0)
                builder.build(
                    ROOT / "functions",
                    builder.discover(ROOT / "functions"),
                    requirements=requirements,
                    target=target,
                    interpreter=target.interpreter(),
                    stores=STORES,
                    dist=folder,
                )
    return folder


@pytest.fixture(scope="session")
def unzipped(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`unzipped(name)`: the unzipped artefact, Lambda's `/var/task`."""
    folders: dict[str, Path] = {}

    def _unzipped(name: str) -> Path:
        if name not in folders:
            folders[name] = tmp_path_factory.mktemp(name) / "task"
            with zipfile.ZipFile(dist / f"{name}.zip") as archive:
                archive.extractall(folders[name])
                for entry in archive.infolist():
                    if entry.external_attr >> 16 & 0o100:
                        (folders[name] / entry.filename).chmod(0o755)
        return folders[name]

    return _unzipped


@pytest.fixture
def container(runtime: Runtime) -> Iterator[Callable[..., Container]]:
    """`container(folder, handler, env=…)`: containers that end with the test."""
    containers: list[Container] = []

    def _container(folder: Path, handler: str, **options: Any) -> Container:
        containers.append(Container(folder, handler, runtime=runtime, **{"env": {}, **options}))
        return containers[-1]

    yield _container
    for each in containers:
        each.close()


@pytest.fixture(scope="session")
def _moto() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def aws_variables(_moto: str) -> dict[str, str]:
    """Variables that point an SDK to an empty AWS account in moto."""
    httpx.post(f"{_moto}/moto-api/reset").raise_for_status()
    return {
        "AWS_ENDPOINT_URL": _moto,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_SESSION_TOKEN": "testing",
    }


@pytest.fixture
def aws(aws_variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """`aws("ssm")`: a real boto3 client for that account, to which other clients of the test are pointed, too."""
    for name, value in aws_variables.items():
        monkeypatch.setenv(name, value)

    def client(name: str) -> Any:
        return boto3.client(name)  # type: ignore[call-overload]

    return client
