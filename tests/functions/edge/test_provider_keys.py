"""The adapter of users' provider keys: encrypted before they leave the process, bound to their row, rotated."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from functions._shared.adapters.supabase.provider_keys import SupabaseProviderKeys
from functions._shared.domain import errors
from tests.functions.edge.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from local.stack import Stack
    from tests.functions.edge.account import Account

    KeysOn = Callable[..., SupabaseProviderKeys]

KEY = "sk-proj-Vq3fZ8-only-the-user-knows-7Qx2"
OLD, NEW, NEWER = "a" * 32, "b" * 32, "c" * 32


@pytest.fixture
def keys_on(stack: Stack) -> KeysOn:
    """Factory of adapters with a wire and secrets."""

    def _keys_on(secrets: Sequence[str] = (NEW,), wire: Wire | None = None) -> SupabaseProviderKeys:
        client = httpx.AsyncClient(transport=wire or Wire())
        return SupabaseProviderKeys(stack.url, stack.secret_key, client, secrets)

    return _keys_on


def stored(account: Account, provider: str = "openai") -> dict[str, Any]:
    return account.row(
        "select * from private.provider_keys where user_id = %s and provider = %s", account.user_id, provider
    )


def test_a_key_comes_back_only_where_it_is_used(account: Account, keys_on: KeysOn) -> None:
    wire = Wire()

    async def run() -> None:
        keys = keys_on(wire=wire)
        kept = await keys.put(account.user_id, "openai", KEY, tested=True)
        assert (kept.provider, kept.hint) == ("openai", KEY[-4:])
        assert kept.tested_at is not None
        assert await keys.hints(account.user_id) == [kept]
        assert await keys.read(account.user_id) == {"openai": KEY}
        assert await keys.delete(account.user_id, "openai")
        assert not await keys.delete(account.user_id, "openai")
        assert await keys.read(account.user_id) == {}

    asyncio.run(run())
    assert all(KEY not in request.content.decode() for request in wire.requests)


def test_two_encryptions_of_a_key_differ(account: Account, keys_on: KeysOn) -> None:
    asyncio.run(keys_on().put(account.user_id, "openai", KEY))
    first = stored(account)
    asyncio.run(keys_on().put(account.user_id, "openai", KEY))
    second = stored(account)
    assert first["nonce"] != second["nonce"]
    assert first["ciphertext"] != second["ciphertext"]
    assert KEY.encode() not in first["ciphertext"]


@pytest.mark.parametrize("change", ["user", "provider", "ciphertext"])
def test_a_row_that_was_moved_or_changed_does_not_decrypt(
    account: Account, new_account: Callable[[], Account], keys_on: KeysOn, change: str, connect: Any, capsys: Any
) -> None:
    thief = new_account()
    asyncio.run(keys_on().put(account.user_id, "openai", KEY))
    columns = {"user": f"'{thief.user_id}', provider, ciphertext", "provider": "user_id, 'gemini', ciphertext"}
    if change == "ciphertext":
        connect().execute(
            "update private.provider_keys set ciphertext = set_byte(ciphertext, 3, 1 + get_byte(ciphertext, 3) %% 255) "
            "where user_id = %s",
            (account.user_id,),
        )
    else:
        connect().execute(
            "insert into private.provider_keys (user_id, provider, ciphertext, nonce, key_id, hint) "
            f"select {columns[change]}, nonce, key_id, hint from private.provider_keys where user_id = %s",
            (account.user_id,),
        )
    found = asyncio.run(keys_on().read(thief.user_id if change == "user" else account.user_id))
    assert found == ({"openai": KEY} if change == "provider" else {})
    told = capsys.readouterr().out
    assert "provider_key_unreadable" in told
    assert KEY not in told
    assert stored(account)["ciphertext"].hex() not in told


def test_a_rotated_secret_encrypts_the_key_again(account: Account, keys_on: KeysOn) -> None:
    async def run() -> None:
        await keys_on([OLD]).put(account.user_id, "openai", KEY)
        before = stored(account)
        assert await keys_on([NEW, OLD]).read(account.user_id) == {"openai": KEY}
        after = stored(account)
        assert before["key_id"] != after["key_id"]
        assert before["created_at"] == after["created_at"]
        # The old secret is not needed any more; with none that fits, the key is as good as absent.
        assert await keys_on([NEWER, NEW]).read(account.user_id) == {"openai": KEY}
        assert await keys_on([OLD]).read(account.user_id) == {}

    asyncio.run(run())


def test_a_refusal_does_not_quote_the_key(account: Account, keys_on: KeysOn) -> None:
    with pytest.raises(errors.DomainError) as caught:
        asyncio.run(keys_on().put(account.user_id, "nobody", KEY))
    assert KEY not in json.dumps([caught.value.detail, caught.value.extra])
