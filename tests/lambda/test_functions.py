"""Every function, run from its unzipped artefact by AWS's runtime client."""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from deploy.package import builder
from deploy.package.closure import Walker
from local.lambda_runtime.events import HttpAnswer, http_answer, http_event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deploy.package.requirements import Requirements
    from local.lambda_runtime import Container, Runtime
    from local.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = ROOT / "functions"
FOLDERS = builder.discover(FUNCTIONS)
ORIGIN = ("origin", "https://app.example.com")
USER = "5f0c9a0e-6a5c-4f57-9d1e-0a9b7f1c2d3e"


class Deployed:
    """A function behind API Gateway."""

    def __init__(self, folder: str, container: Container, secret: str, issuer: str) -> None:
        self.name = folder.replace("_", "-")
        self.container = container
        self._secret, self._issuer = secret, issuer

    def call(self, method: str, path: str = "", *headers: tuple[str, str], body: bytes | None = None) -> HttpAnswer:
        base = f"/functions/v1/{self.name}"
        route = f"{base}/{{proxy+}}" if path else base
        event = http_event(method, base + path, route=route, headers=headers, body=body)
        answer = self.container.invoke(event)
        assert not answer.failed, f"{answer.payload}\n{self.container.logs()}"
        return http_answer(answer.payload)

    def signed_in(self) -> tuple[str, str]:
        claims = {"iss": self._issuer, "aud": "authenticated", "role": "authenticated", "sub": USER}
        token = jwt.encode({**claims, "exp": int(time.time()) + 3600}, self._secret, "HS256")
        return ("authorization", f"Bearer {token}")


@pytest.fixture(scope="module", params=FOLDERS)
def deployed(
    request: pytest.FixtureRequest, unzipped: Callable[[str], Path], runtime: Runtime, stack: Stack
) -> Iterator[Deployed]:
    from local.lambda_runtime import Container

    folder = request.param
    env = {**stack.env(), "RESUMEBASE_AI_PROVIDER": "offline", "RESUMEBASE_ARCHIVE_FOLDER": "/nonexistent"}
    env |= dict.fromkeys(("CLEANUP_SECRET", "AUTH_HOOK_SECRET", "DATABASE_WEBHOOK_SECRET"), "s" * 40)
    env.pop("DATABASE_URL", None)
    task = unzipped(folder)
    with Container(task, f"functions/{folder}/handler.handler", runtime=runtime, env=env) as container:
        container.start()
        yield Deployed(folder, container, stack.jwt_secret, f"{stack.url}/auth/v1")


def test_a_function_loads_once_and_answers(deployed: Deployed) -> None:
    before = deployed.container.pid
    answers = [deployed.call("GET", "/health") for _ in range(3)]
    assert {(each.status, each.body) for each in answers} == {(200, b'{"status":"ok"}')}
    assert deployed.container.pid == before


def test_a_function_publishes_its_openapi_document(deployed: Deployed) -> None:
    answer = deployed.call("GET", "/openapi.json")
    assert answer.status == 200
    assert answer.json()["paths"]


def test_errors_are_problems_in_text(deployed: Deployed) -> None:
    answer = deployed.call("GET", "/no/such/page", ("x-request-id", "abc"))
    assert (answer.status, answer.header("content-type")) == (404, "application/problem+json")
    assert (answer.json()["code"], answer.json()["request_id"]) == ("not_found", "abc")


def test_browsers_may_call(deployed: Deployed) -> None:
    method = ("access-control-request-method", "POST")
    answer = deployed.call("OPTIONS", "", ORIGIN, method, ("access-control-request-headers", "authorization"))
    assert answer.status == 200
    assert answer.header("access-control-allow-origin") in {"*", ORIGIN[1]}


def test_every_route_answers_every_request(deployed: Deployed) -> None:
    """The artefact contains everything that refusals need."""
    paths: dict[str, Any] = deployed.call("GET", "/openapi.json").json()["paths"]
    base = f"/functions/v1/{deployed.name}"
    for path, operations in paths.items():
        # Any value will do for a path parameter; most are ids.
        inside = path.removeprefix(base).replace("{", "").replace("}", "")
        for method in operations:
            for credentials in ((), (deployed.signed_in(),), (("authorization", "Bearer " + "s" * 40),)):
                for headers, body in (((), None), ((("content-type", "application/json"),), b"[]")):
                    answer = deployed.call(method.upper(), inside, *credentials, *headers, body=body)
                    assert answer.status < 500, f"{method} {path}: {answer.body!r}\n{deployed.container.logs()}"


def test_a_binary_body_arrives_as_it_was_sent(deployed: Deployed) -> None:
    """AWS passes it as base64; the function refuses it instead of misreading it."""
    raw = bytes(range(256))
    base = f"/functions/v1/{deployed.name}"
    event = http_event("POST", base, route=base, headers=[("content-type", "application/octet-stream")], body=raw)
    assert (event["isBase64Encoded"], base64.b64decode(event["body"])) == (True, raw)
    assert http_answer(deployed.container.invoke(event).payload).status in {401, 404, 405}


IMPORTER = """
import importlib, traceback

def handler(names, context):
    failures = {}
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:
            failures[name] = traceback.format_exc()
    return failures
"""


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_possible_import_succeeds(
    folder: str,
    unzipped: Callable[[str], Path],
    container: Callable[..., Container],
    runtime: Runtime,
    requirements: Requirements,
    tmp_path: Path,
) -> None:
    (tmp_path / "importer.py").write_text(IMPORTER)
    closure = Walker(FUNCTIONS, requirements.is_optional).closure(folder)
    names = sorted({*closure.modules, *(imported.module for imported in closure.imports)})
    env = {"PYTHONPATH": f"{runtime.libraries}:{tmp_path}"}
    answer = container(unzipped(folder), "importer.handler", env=env, timeout=60).invoke(names)
    assert answer.payload == {}
