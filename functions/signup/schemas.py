"""The messages of the auth service and the database about a new user, and the answers to them."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class HookMetadata(BaseModel):
    """The origin of the message."""

    uuid: UUID
    name: str = ""
    ip_address: str = ""


class HookUser(BaseModel):
    """The user to be created. Phone and anonymous users have no email address."""

    id: UUID | None = None
    email: str | None = None
    phone: str | None = None


class BeforeUserCreated(BaseModel):
    """The message of Supabase Auth's before-user-created hook."""

    metadata: HookMetadata
    user: HookUser


class HookError(BaseModel):
    """A refusal in the form that Supabase Auth shows to the user."""

    http_code: int
    message: str


class HookAnswer(BaseModel):
    """An empty object to accept the user, an error to refuse them. The status is 200 in both cases."""

    error: HookError | None = None


class DatabaseMessage(BaseModel):
    """A database webhook: a row of ``auth.users`` or ``public.profiles`` was inserted, updated or deleted."""

    model_config = ConfigDict(populate_by_name=True)

    type: Literal["INSERT", "UPDATE", "DELETE"]
    table: Literal["users", "profiles"]
    schema_name: Literal["auth", "public"] = Field(alias="schema")
    record: dict[str, Any] | None = None


class Provisioned(BaseModel):
    """What the user has received: ``starter_resume``, ``trial``, both, or nothing if they had them already."""

    user_id: UUID | None
    given: list[str]
