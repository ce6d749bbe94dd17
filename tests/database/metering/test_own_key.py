"""Funding `own_key`: models that the user pays. Free of credits, bounded by its rate, outside what we spend."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.metering.support import CALL, detail
from tests.database.metering.test_offline import RULES, configure, problems
from tests.database.rows import make_admin, refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Clock, Connect, NewUser

__all__ = ["configure"]
OWN = {**CALL, "payer": "user"}


def put(meter: Meter, user: uuid.UUID, provider: str = "gemini", secret: bytes = b"\x01" * 40) -> Row:
    """Store an encrypted key, as the adapter does."""
    sealed, nonce = b64encode(secret).decode(), b64encode(b"\x02" * 12).decode()
    answer: Row = meter.call("provider_key_put", user, provider, sealed, nonce, "0123456789abcdef", "wxyz", False)
    return answer


def own(meter: Meter, user: uuid.UUID, **more: Any) -> Row:
    return meter.commit(meter.reserve(user, funding="own_key", **more), calls=[OWN])


def spend(meter: Meter) -> Any:
    row = meter.owner.execute("select coalesce(sum(cost), 0) as cost from private.model_spend").fetchone()
    assert row is not None
    return row["cost"]


def test_it_costs_no_credits_and_shows_as_what_it_is(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    put(meter, user)
    meter.use(user, times=5)
    with refused("insufficient_credits", 402):
        meter.reserve(user)
    ledger, before = meter.ledger(user), spend(meter)
    dry = meter.reserve(user, funding="own_key", dry_run=True)
    receipt = own(meter, user)
    assert (dry["state"], dry["funding"], dry["cost"]) == ("dry_run", "own_key", 0)
    assert (receipt["funding"], receipt["charged"], receipt["balance"]) == ("own_key", 0, 0)
    assert (meter.account(user), meter.ledger(user), meter.counters(user)) == ((0, 0, 0), ledger, {})
    with as_user(user) as cursor:
        booked = cursor.execute(
            "select payer, estimated_cost from public.ai_usage where usage_id = %s", (receipt["usage_id"],)
        ).fetchall()
    assert [(row["payer"], float(row["estimated_cost"])) for row in booked] == [("user", CALL["estimated_cost"])]
    assert spend(meter) == before
    assert problems(meter, user) == []


def test_it_takes_a_key(meter: Meter, new_user: NewUser) -> None:
    user, other = new_user(), new_user()
    put(meter, other)
    for dry_run in (True, False):
        with refused("no_provider_key", 409):
            meter.reserve(user, funding="own_key", dry_run=dry_run)
    receipt = own(meter, other, key="k")
    assert meter.call("provider_key_delete", other, "gemini")
    # The stored answer needs no key any more.
    assert meter.reserve(other, key="k", funding="own_key")["receipt"] == receipt
    with refused("no_provider_key", 409):
        meter.reserve(other, funding="own_key")


def test_it_uses_up_no_plan(meter: Meter, new_user: NewUser, catalogue: Callable[[str], None]) -> None:
    catalogue("e")
    user = new_user()
    put(meter, user)
    own(meter, user, operation="analysis")
    assert meter.counters(user) == {}


def test_an_administrators_own_key_is_their_own(meter: Meter, new_user: NewUser, connect: Connect) -> None:
    user = new_user()
    make_admin(connect, user)
    put(meter, user)
    assert own(meter, user)["funding"] == "own_key"


@pytest.mark.parametrize("calls", [[CALL], [OWN, CALL], [OWN, RULES], [{**OWN, "payer": "service"}], [RULES]])
def test_nothing_is_done_with_our_keys(meter: Meter, new_user: NewUser, calls: list[Row]) -> None:
    user = new_user()
    put(meter, user)
    held = meter.reserve(user, funding="own_key")
    with refused("funding_mismatch", 500):
        meter.commit(held, calls=calls)
    assert meter.release(held)["charged"] == 0


@pytest.mark.parametrize("funding", [None, "offline"])
def test_nothing_else_is_done_with_the_users_keys(meter: Meter, new_user: NewUser, funding: str | None) -> None:
    user = new_user()
    held = meter.reserve(user, funding=funding)
    with refused("funding_mismatch", 500):
        meter.commit(held, calls=[OWN])


@pytest.mark.parametrize("funding", ["plan", "credits", "unlimited", "anything", ""])
def test_no_other_funding_can_be_chosen(meter: Meter, new_user: NewUser, funding: str) -> None:
    with refused("funding_mismatch", 500):
        meter.reserve(new_user(), funding=funding)


def test_a_failure_books_its_cost_to_the_user(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    put(meter, user)
    before = spend(meter)
    meter.release(meter.reserve(user, funding="own_key"), calls=[OWN])
    booked = meter.owner.execute("select payer from public.ai_usage where user_id = %s", (user,)).fetchall()
    assert ([row["payer"] for row in booked], spend(meter)) == (["user"], before)


def test_neither_our_ceiling_nor_failures_bound_it(
    meter: Meter, new_user: NewUser, noon: Clock, configure: Any
) -> None:
    configure(daily_spend_ceiling=0, released_attempts_per_day=1)
    user = new_user()
    put(meter, user)
    for _ in range(3):
        meter.release(meter.reserve(user, funding="own_key"))
    assert own(meter, user)["charged"] == 0
    configure(daily_spend_ceiling=100, released_attempts_per_day=1)
    # And its failures leave the attempts of paid work alone.
    meter.release(meter.reserve(user))
    with refused("too_many_releases", 429):
        meter.reserve(user)
    assert noon.now()


def test_it_is_limited_by_a_rate_of_its_own(meter: Meter, new_user: NewUser, noon: Clock, configure: Any) -> None:
    configure(own_key_per_hour=2, free_per_hour=1)
    user = new_user()
    put(meter, user)
    own(meter, user)
    own(meter, user)
    with refused("rate_limited", 429) as caught:
        meter.reserve(user, funding="own_key")
    assert 0 < detail(caught)["retry_after"] <= 3600
    assert meter.reserve(user, funding="offline")["state"] == "reserved"
    assert meter.use(user)["charged"] == 1
    assert noon.now()


@pytest.mark.parametrize("change", ["funding = 'credits'", "funding = 'unlimited'"])
def test_the_check_of_usage_finds_calls_that_another_paid(meter: Meter, new_user: NewUser, change: str) -> None:
    user = new_user()
    put(meter, user)
    receipt = own(meter, user)
    with meter.owner.transaction(force_rollback=True):
        meter.owner.execute(f"update public.usage_events set {change} where id = %s", (receipt["usage_id"],))
        assert "a model call was paid by another than its operation says" in problems(meter, user)


# -- the keys ----------------------------------------------------------------------------------------------------


def test_a_key_replaces_the_earlier_one_of_its_provider(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    put(meter, user, secret=b"\x01" * 40)
    put(meter, user, secret=b"\x03" * 40)
    put(meter, user, provider="openai")
    rows = meter.call("provider_keys_read", user)
    assert [(row["provider"], row["ciphertext"]) for row in rows] == [
        ("gemini", b64encode(b"\x03" * 40).decode()),
        ("openai", b64encode(b"\x01" * 40).decode()),
    ]
    listed = meter.call("provider_keys_list", user)
    assert [(row["provider"], row["hint"]) for row in listed] == [("gemini", "wxyz"), ("openai", "wxyz")]
    assert "ciphertext" not in json.dumps(listed)
    assert [meter.call("provider_key_delete", user, "gemini") for _ in range(2)] == [True, False]


def test_erasing_the_account_erases_its_keys(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    put(meter, user)
    meter.owner.execute(
        "update public.profiles set deleted_at = private.now() - interval '40 days' where id = %s", (user,)
    )
    meter.owner.execute("select public.account_erase(%s)", (user,))
    assert meter.owner.execute("select from private.provider_keys where user_id = %s", (user,)).fetchall() == []


@pytest.mark.parametrize("role", ["anon", "owner", "admin"])
def test_no_client_reads_a_key(
    meter: Meter, new_user: NewUser, as_user: AsRole, as_anon: AsRole, connect: Connect, role: str
) -> None:
    user = new_user()
    put(meter, user)
    if role == "admin":
        make_admin(connect, user)
    statements = [
        "select * from private.provider_keys",
        f"select public.provider_keys_read('{user}')",
        f"select public.provider_keys_list('{user}')",
        f"select public.provider_key_delete('{user}', 'gemini')",
        f"select public.provider_key_put('{user}', 'gemini', '', '', '0123456789abcdef', 'x')",
        f"select public.provider_key_reseal('{user}', 'gemini', '', '', '0123456789abcdef', '0123456789abcdef')",
    ]
    for statement in statements:
        client = as_anon() if role == "anon" else as_user(user)
        with client as cursor, pytest.raises(psycopg.errors.InsufficientPrivilege):
            cursor.execute(statement)
