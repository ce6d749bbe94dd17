"""Shapes of the messages that announce a user, and of the answers to them."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class HookMetadata(BaseModel):
    """Where the message comes from."""

    uuid: UUID
    name: str = ""
    ip_address: str = ""


class HookUser(BaseModel):
    """The user who is to be made. Phone and anonymous users have no address."""

    id: UUID | None = None
    email: str | None = None
    phone: str | None = None


class BeforeUserCreated(BaseModel):
    """Supabase Auth's before-user-created hook."""

    metadata: HookMetadata
    user: HookUser


class HookError(BaseModel):
    """A refusal in the form that Supabase Auth shows to the user."""

    http_code: int
    message: str


class HookAnswer(BaseModel):
    """Nothing to let the user in, an error to keep them out; HTTP 200 in both cases."""

    error: HookError | None = None


class DatabaseMessage(BaseModel):
    """A database webhook: a row of ``auth.users`` or ``public.profiles`` came or changed."""

    model_config = ConfigDict(populate_by_name=True)

    type: Literal["INSERT", "UPDATE", "DELETE"]
    table: Literal["users", "profiles"]
    schema_name: Literal["auth", "public"] = Field(alias="schema")
    record: dict[str, Any] | None = None


class Provisioned(BaseModel):
    """What the user was given by this message: of ``starter_resume`` and ``trial``; nothing the second time."""

    user_id: UUID | None
    given: list[str]
