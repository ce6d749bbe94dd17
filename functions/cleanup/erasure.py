"""The erasure of accounts, step by step, and its repetition after a backup was restored.

The steps are those of `private.erasure_steps`. Each is noted in the database when it is done, and may be taken twice.
So a run may be killed anywhere, and the next one goes on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from uuid import UUID

from functions._shared import logs
from functions._shared.domain.errors import ArchiveCorrupt, DomainError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from functions._shared.ports.archive import Archive
    from functions._shared.ports.erasures import DueErasure, Erasures
    from functions._shared.ports.housekeeping import Housekeeping

LIST: Final = "erasures/"
"""Prefix of the erasure list in the archive: an object per erased account, named by its id, with nothing else in it."""
_REPLAYED: Final = 500
"""Ids per database call."""


async def erase_accounts(erasures: Erasures, house: Housekeeping, archive: Archive) -> AsyncIterator[int]:
    """Erase deleted accounts past their recovery period, and finish erasures that a killed run left.

    Yields 1 for each that is erased. Accounts with a subscription that has not ended wait for `cancellations`. An
    account that fails does not keep the others from being erased.
    """
    failed = 0
    failure: DomainError | None = None
    while due := await erasures.due(20, failed):
        for erasure in due:
            try:
                is_done = await _erase(erasure, erasures, house, archive)
            except DomainError as error:
                logs.logger().error("erasure_failed", extra={"user_id": erasure.user_id, "code": error.code})
                is_done, failure = False, error
            failed += not is_done
            yield int(is_done)
    if failure:
        raise failure


async def _erase(erasure: DueErasure, erasures: Erasures, house: Housekeeping, archive: Archive) -> bool:
    """Take the steps that are left; return whether the account is erased."""
    step, files = erasure.step, []
    if step == "files":  # taking the step before it again tells which files there are
        taken = await erasures.take(erasure.user_id, "list")
        files = taken.files if taken else []
    while True:
        if step == "list":
            await _put_on_list(erasure.user_id, archive)
        elif step == "files" and files:
            await house.delete_files(files)
        taken = await erasures.take(erasure.user_id, step)
        if taken is None:
            return False
        if taken.next is None:
            return True
        step, files = taken.next, taken.files


async def _put_on_list(user_id: str, archive: Archive) -> None:
    """Write the id where no restored backup loses it, and read it back."""
    key, body = f"{LIST}{user_id}.json", json.dumps({"user_id": user_id}).encode()
    await archive.put(key, body, "application/json")
    if await archive.get(key) != body:
        raise ArchiveCorrupt(key=key)


async def replay(erasures: Erasures, archive: Archive) -> tuple[int, int]:
    """Mark all accounts of the erasure list that a restored backup brought back, for `accounts` to erase.

    Returns
    -------
    tuple of int
        How many ids are on the list, and how many of them have an account.
    """
    ids = [key.removeprefix(LIST).removesuffix(".json") for key in await archive.keys(LIST)]
    known = sorted({user_id for user_id in ids if _is_uuid(user_id)})
    found = 0
    for start in range(0, len(known), _REPLAYED):
        found += await erasures.replay(known[start : start + _REPLAYED])
    return len(known), found


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
