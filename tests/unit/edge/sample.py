"""A function with one route of each kind, and tokens for its routes."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any, Literal
from uuid import UUID

import jwt
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from functions._shared.domain.errors import InsufficientCredits, ResumeNotFound
from functions._shared.edge import Auth, Call, FunctionApp, Reply
from functions._shared.ports.request import PaidAnswer

URL = "http://project.test"
SECRET = "a-secret-that-is-long-enough-for-hs256"
USER = "5f0c9a0e-6a5c-4f57-9d1e-0a9b7f1c2d3e"


def claims(**changes: Any) -> dict[str, Any]:
    """Claims as Supabase Auth issues them; `None` removes one."""
    now = int(time.time())
    issued = {
        "iss": f"{URL}/auth/v1",
        "aud": "authenticated",
        "sub": USER,
        "role": "authenticated",
        "iat": now,
        "exp": now + 3600,
        "email": "someone@example.com",
        "is_anonymous": False,
    }
    return {name: value for name, value in {**issued, **changes}.items() if value is not None}


def token(**changes: Any) -> str:
    """A token signed with the legacy secret."""
    return jwt.encode(claims(**changes), SECRET, "HS256")


def signed_in(**changes: Any) -> dict[str, str]:
    """Headers of a signed-in user."""
    return {"authorization": f"Bearer {token(**changes)}"}


class Item(BaseModel):
    kind: Literal["a", "b"]
    size: int


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1)]
    items: list[Item] = []
    password: SecretStr | None = None
    data: dict[str, Any] = {}


class Echo(BaseModel):
    name: str
    user_id: UUID | None = None
    is_anonymous: bool | None = None


class Page(BaseModel):
    limit: Annotated[int, Field(ge=1, le=100)] = 10


class Key(BaseModel):
    key: str
    hash: str
    dry_run: bool


def make_app() -> FunctionApp:  # noqa: C901 - a list of routes, not a decision
    app = FunctionApp("sample", summary="One route of each kind.")

    @app.post("/", request=Body, response=Key, paid=True, errors=(ResumeNotFound,))
    async def paid(call: Call[Body]) -> PaidAnswer:
        """Return what the edge knows about a paid call."""
        if call.body.name == "poor":
            raise InsufficientCredits(balance=0, cost=1)
        answer = Key(key=call.paid.idempotency_key, hash=call.paid.request_hash, dry_run=call.paid.dry_run)
        return PaidAnswer(answer.model_dump_json().encode(), replayed=call.body.name == "again")

    @app.post("/orders/{order:uuid}", request=Body, response=Key, idempotent=True, errors=(ResumeNotFound,))
    async def once(call: Call[Body]) -> Key:
        """Return the key and hash of an idempotent call."""
        if call.body.name == "poor":
            raise InsufficientCredits(balance=0, cost=1)
        return Key(key=call.idempotency.key, hash=call.idempotency.request_hash, dry_run=False)

    @app.get("/me", response=Echo)
    async def me(call: Call[None]) -> Echo:
        """Return the caller."""
        return Echo(name="me", user_id=UUID(call.caller.user_id), is_anonymous=call.caller.is_anonymous)

    @app.post("/open", request=Body, response=Echo, auth=Auth.PUBLIC, status=201)
    async def open_to_all(call: Call[Body]) -> Echo:
        """Echo the name."""
        return Echo(name=call.body.name)

    @app.get("/items/{item:uuid}", response=Echo, query=Page, auth=Auth.PUBLIC)
    async def one(call: Call[None]) -> Echo:
        """Echo path and query."""
        return Echo(name=f"{call.path['item']} {call.query.limit}")

    @app.route("DELETE", "/items/{item:uuid}", auth=Auth.PUBLIC, status=204)
    async def remove(_: Call[None]) -> Reply:
        """Return nothing."""
        return Reply(status=204)

    @app.post("/machine", auth=Auth.SECRET, secret="CLEANUP_SECRET", response=Echo)
    async def machine(_: Call[None]) -> Echo:
        """Serve one of our machines."""
        return Echo(name="machine")

    @app.post("/hook", auth=Auth.WEBHOOK, max_body=64)
    async def hook(call: Call[None]) -> Reply:
        """Return the bytes."""
        return Reply(call.raw)

    @app.post("/file", media_types=("application/pdf",), auth=Auth.PUBLIC)
    async def file(call: Call[None]) -> Reply:
        """Accept one kind of file."""
        return Reply(call.raw, media_type="application/pdf")

    @app.get("/boom", auth=Auth.PUBLIC)
    async def boom(_: Call[None]) -> Reply:
        """Raise an unexpected exception."""
        raise RuntimeError("password=hunter2")

    @app.get("/timeout", auth=Auth.PUBLIC)
    async def own_timeout(_: Call[None]) -> Reply:
        """Raise a timeout from inside the handler."""
        raise TimeoutError("hunter2")

    @app.get("/slow", auth=Auth.PUBLIC)
    async def slow(_: Call[None]) -> Reply:
        """Take longer than any deadline."""
        await asyncio.sleep(3600)
        return Reply()

    return app
