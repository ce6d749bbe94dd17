"""The account itself, its provider keys, and the list of its exports. `export` writes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from functions._shared import logs
from functions._shared.domain.errors import (
    DomainError,
    ModelUnavailable,
    ProviderKeyNotFound,
    ProviderKeyRejected,
    StoredFileNotFound,
)
from functions._shared.domain.tasks import TaskPlan
from functions.account.schemas import (
    AccountState,
    Export,
    ExportedPart,
    Exports,
    KeyTest,
    Provider,
    ProviderKey,
    ProviderKeys,
)

if TYPE_CHECKING:
    from functions._shared.ports import provider_keys as keys
    from functions._shared.ports.files import Files
    from functions._shared.ports.key_checks import KeyChecks
    from functions._shared.ports.request import Caller
    from functions._shared.ports.user_accounts import StoredExport, UserAccounts

OPERATION: Final = "account_export"
BUCKET: Final = "account-exports"


async def state(user_id: str, accounts: UserAccounts) -> AccountState:
    """Return the state of the caller's account, also of a deleted one."""
    return AccountState.model_validate(await accounts.state(user_id))


async def delete(user_id: str, key: str, accounts: UserAccounts, files: Files) -> AccountState:
    """Delete the account. Links to its exports end at once: their files go before the clean-up would delete them."""
    stored = await _exports(user_id, accounts)
    answer = AccountState.model_validate(await accounts.delete(user_id, key))
    if answer.state != "active":
        for export in stored:
            await _remove([part.path for part in export.parts], files)
    return answer


async def restore(caller: Caller, key: str, accounts: UserAccounts) -> AccountState:
    """Restore the account of a caller who has signed in since its deletion."""
    return AccountState.model_validate(await accounts.restore(caller.user_id, key, caller.issued_at))


async def _exports(user_id: str, accounts: UserAccounts) -> list[StoredExport]:
    try:
        return list(await accounts.exports(user_id))
    except DomainError:  # a deleted account has none, and whatever else is wrong, the deletion tells
        return []


# -- provider keys ------------------------------------------------------------------------------------------------


async def list_keys(user_id: str, accounts: UserAccounts, store: keys.ProviderKeys) -> ProviderKeys:
    """Return for which providers the caller has keys."""
    await accounts.require_active(user_id)
    return ProviderKeys(keys=[ProviderKey.model_validate(key.model_dump()) for key in await store.hints(user_id)])


async def put_key(
    user_id: str, provider: Provider, key: str, accounts: UserAccounts, store: keys.ProviderKeys, checks: KeyChecks
) -> ProviderKey:
    """Store a key, unless its provider refuses it. If the provider cannot be asked, the key is stored untested.

    Raises
    ------
    ProviderKeyRejected
        Nothing was stored; an earlier key stays.
    """
    await accounts.require_active(user_id)
    try:
        tested = await checks.accepts(provider, key)
        if not tested:
            raise ProviderKeyRejected
    except ModelUnavailable as error:
        logs.logger().warning("provider_key_untested", extra={"provider": provider, "code": error.code})
        tested = False
    stored = await store.put(user_id, provider, key, tested=tested)
    return ProviderKey.model_validate(stored.model_dump())


async def check_key(
    user_id: str, provider: Provider, accounts: UserAccounts, store: keys.ProviderKeys, checks: KeyChecks
) -> KeyTest:
    """Ask the provider about the stored key.

    Raises
    ------
    ProviderKeyNotFound
        There is none, or no current secret decrypts it.
    """
    await accounts.require_active(user_id)
    key = (await store.read(user_id)).get(provider)
    if key is None:
        raise ProviderKeyNotFound
    accepted = await checks.accepts(provider, key)
    if accepted:
        await store.put(user_id, provider, key, tested=True)
    return KeyTest(provider=provider, accepted=accepted)


async def delete_key(user_id: str, provider: Provider, accounts: UserAccounts, store: keys.ProviderKeys) -> None:
    """Delete a key.

    Raises
    ------
    ProviderKeyNotFound
        There is none.
    """
    await accounts.require_active(user_id)
    if not await store.delete(user_id, provider):
        raise ProviderKeyNotFound


# -- exports ------------------------------------------------------------------------------------------------------


def plan_export() -> TaskPlan:
    """Plan the task that writes an export. It needs nothing but its user."""
    return TaskPlan(OPERATION, {}, [])


async def list_exports(user_id: str, accounts: UserAccounts, files: Files) -> Exports:
    """Return the caller's exports, with links that end with them."""
    return Exports(exports=[await _with_links(export, files) for export in await accounts.exports(user_id)])


async def _with_links(export: StoredExport, files: Files) -> Export:
    parts = []
    for number, part in enumerate(export.parts, 1):
        name = f"resumebase-{export.created_at[:10]}-{number}.zip"
        try:
            url: str | None = await files.link(BUCKET, part.path, seconds=max(1, export.seconds_left), name=name)
        except StoredFileNotFound:  # revoked meanwhile
            url = None
        parts.append(ExportedPart(number=number, size=part.size, sha256=part.sha256, url=url))
    return Export(id=UUID(export.id), created_at=export.created_at, expires_at=export.expires_at, parts=parts)


async def revoke_export(user_id: str, export_id: str, accounts: UserAccounts, files: Files) -> None:
    """Revoke an export: its links end at once.

    Raises
    ------
    ExportNotFound
        There is none, or it is another user's.
    """
    await _remove([part.path for part in await accounts.revoke_export(user_id, export_id)], files)


async def _remove(paths: list[str], files: Files) -> None:
    """Delete files that are in the outbox, too. What fails here, the clean-up does."""
    for path in paths:
        try:
            await files.remove(BUCKET, path)
        except DomainError as error:
            logs.logger().warning("export_not_removed", extra={"code": error.code})
