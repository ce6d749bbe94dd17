"""Containers with our artefacts, built once per run, and with a baseline, for `cold_start` and `warm`."""

from __future__ import annotations

import time
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from deploy.package import builder, service, store
from deploy.package.requirements import Requirements
from local.lambda_runtime import Container, image
from local.lambda_runtime.events import http_event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.lambda_runtime import Runtime
    from local.stack import Stack

ROOT = Path(__file__).resolve().parents[1]
STORES = ROOT / ".local" / "package"
FOLDERS = builder.discover(ROOT / "functions")
HELLO = """
from fastapi import FastAPI
from mangum import Mangum
from postgrest import AsyncPostgrestClient

app = FastAPI()

@app.get("/functions/v1/hello/health")
async def hello() -> dict[str, str]:
    return {"status": "ok"}

handler = Mangum(app, lifespan="off")
"""
NOTHING = """
def handler(event: object, context: object) -> dict[str, object]:
    return {"statusCode": 200, "body": "{}"}
"""
ENVIRONMENT = {
    "SUPABASE_URL": "https://project.supabase.test",
    "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_x",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}


class Tasks:
    """Unzipped artefacts, and the runtime that executes them."""

    def __init__(self, folder: Path) -> None:
        target = image.target_here(service.read(ROOT / "serverless.yml").target)
        requirements = Requirements(ROOT / "pyproject.toml", ROOT / "requirements.lock", target)
        interpreter = target.interpreter()
        self.runtime: Runtime = image.runtime(target, requirements, STORES)
        builder.build(
            ROOT / "functions",
            FOLDERS,
            requirements=requirements,
            target=target,
            interpreter=interpreter,
            stores=STORES,
            dist=folder / "dist",
        )
        self._folder = folder
        for name in FOLDERS:
            with zipfile.ZipFile(folder / "dist" / f"{name}.zip") as archive:
                archive.extractall(folder / name)
        pins = {
            name: pin
            for distribution in ("fastapi", "mangum", "postgrest")
            for name, pin in requirements.with_dependencies(distribution).items()
        }
        self._hello = store.install(pins, target, STORES, None).folder
        (self._hello / "hello.py").write_text(HELLO)
        (self._hello / "nothing.py").write_text(NOTHING)

    def container(self, name: str, env: Mapping[str, str] = ENVIRONMENT) -> Container:
        """Return a container that has not started yet."""
        if name in {"hello", "nothing"}:
            return Container(self._hello, f"{name}.handler", runtime=self.runtime, env={})
        return Container(self._folder / name, f"functions/{name}/handler.handler", runtime=self.runtime, env=env)


@cache
def tasks(folder: Path) -> Tasks:
    """Build the artefacts, once per run."""
    return Tasks(folder / "lambda")


def health(name: str) -> dict[str, object]:
    """Build a request that reaches neither database nor model."""
    path = f"/functions/v1/{name.replace('_', '-')}/health"
    return http_event("GET", path, route=path)


@dataclass(frozen=True, slots=True)
class Member:
    """A user of a stack with a résumé and welcome credits."""

    user_id: str
    token: str
    resume_id: str

    def dry_run(self) -> dict[str, object]:
        """Build the dry run of a paid request: it checks token, body and ledger, and changes nothing."""
        path = "/functions/v1/generate"
        headers = [("authorization", f"Bearer {self.token}"), ("content-type", "application/json")]
        body = f'{{"operation": "summary", "resume_id": "{self.resume_id}"}}'.encode()
        return http_event("POST", f"{path}?dry_run=true", route=path, headers=headers, body=body)


def sign_up(stack: Stack) -> Member:
    """Sign a user up through the API and save a résumé."""
    with httpx.Client(base_url=stack.url, headers={"apikey": stack.publishable_key}) as client:
        credentials = {"email": f"bench-{time.time_ns()}@example.com", "password": "a long enough password"}
        session = client.post("/auth/v1/signup", json=credentials).raise_for_status().json()
        token, user_id = session["access_token"], session["user"]["id"]
        row = {
            "user_id": user_id,
            "title": "Mine",
            "content": {
                "personalInfo": {"fullName": "Zoë Müller"},
                "experience": [{"company": "Acme", "position": "Engineer", "achievements": ["Cut costs by 12 %."]}],
            },
        }
        headers = {"authorization": f"Bearer {token}", "prefer": "return=representation"}
        rows = client.post("/rest/v1/resumes", json=row, headers=headers).raise_for_status().json()
    return Member(user_id, token, rows[0]["id"])


def environment(stack: Stack) -> dict[str, str]:
    """Return a function's variables for a stack, with secrets by value."""
    return {
        **ENVIRONMENT,
        "SUPABASE_URL": stack.url,
        "SUPABASE_PUBLISHABLE_KEY": stack.publishable_key,
        "SUPABASE_SECRET_KEY": stack.secret_key,
        "SUPABASE_JWT_SECRET": stack.jwt_secret,
        # For the paid path; a dry run calls no model.
        "GEMINI_API_KEY": "unused",
    }
