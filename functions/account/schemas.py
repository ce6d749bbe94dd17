"""Requests and answers of `account`."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Provider = Literal["gemini", "openai", "anthropic", "openrouter"]


class AccountState(BaseModel):
    """The state of the caller's account.

    Attributes
    ----------
    user_id : UUID
        Its id.
    email : str or None
        Its address.
    created_at : str
        When it was made.
    state : str
        ``active``, ``suspended`` (by us), ``deleted`` (by its owner), or ``erasing`` (there is no way back).
    deleted_at : str or None
        When it was deleted.
    erased_after : str or None
        When its time to be restored is over. It is erased after that, once its subscriptions have ended.
    can_be_restored : bool
        Whether ``POST account/restore`` brings it back.
    """

    user_id: UUID
    email: str | None
    created_at: str
    state: Literal["active", "suspended", "deleted", "erasing"]
    deleted_at: str | None
    erased_after: str | None
    can_be_restored: bool


class DeleteRequest(BaseModel):
    """The wish to delete the account. ``confirm`` is true, so that no empty request deletes one."""

    model_config = ConfigDict(extra="forbid")

    confirm: Literal[True]


class KeyRequest(BaseModel):
    """An API key of the caller for a model provider. No answer shows more of it than its last four characters."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, StringConstraints(pattern=r"^[!-~]{16,512}$"), Field(repr=False)]


class ProviderKey(BaseModel):
    """A stored key.

    Attributes
    ----------
    provider : str
        The provider that it is for.
    hint : str
        Its last four characters.
    created_at : str
        When it was stored.
    tested_at : str or None
        When the provider accepted it; null if it could not be asked.
    """

    provider: Provider
    hint: str
    created_at: str
    tested_at: str | None


class ProviderKeys(BaseModel):
    """The caller's keys."""

    keys: list[ProviderKey]


class KeyTest(BaseModel):
    """What a provider said about a stored key."""

    provider: Provider
    accepted: bool


class ExportRequest(BaseModel):
    """The wish to have everything exported."""

    model_config = ConfigDict(extra="forbid")


class ExportedPart(BaseModel):
    """One ZIP archive of an export. Each can be opened by itself.

    Attributes
    ----------
    number : int
        From 1. The last one has ``index.html`` and ``manifest.json``.
    size : int
        Bytes.
    sha256 : str
        Of the archive, in hex.
    url : str or None
        A link that works until the export expires or is revoked. Only ``GET account/exports`` gives it.
    """

    number: int
    size: int
    sha256: str
    url: str | None = None


class Export(BaseModel):
    """An export of everything about the caller."""

    id: UUID
    created_at: str
    expires_at: str
    parts: list[ExportedPart]


class Exports(BaseModel):
    """The caller's exports that can be downloaded, the newest first."""

    exports: list[Export]
