"""One path erases accounts: not while a subscription runs or a file is left, and what outlives them loses the person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from tests.database.rows import insert, no_provisioning, refused

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Clock, Connect, NewUser


def one(connection: Any, statement: str, *arguments: object) -> Any:
    row = connection.execute(statement, arguments).fetchone()
    return next(iter(row.values()))


def delete(connection: Any, user_id: UUID) -> None:
    """Delete an account as its owner does: it may come back for thirty days."""
    connection.execute("update public.profiles set deleted_at = private.now() where id = %s", (user_id,))


def erase(connection: Any, user_id: UUID) -> bool:
    return bool(one(connection, "select public.account_erase(%s)", user_id))


def subscribe(connection: Any, user_id: UUID, *, provider: str = "stripe", status: str = "active") -> str:
    identity = f"sub_{uuid4().hex}"
    connection.execute(
        "insert into public.subscriptions (user_id, provider, provider_subscription_id, provider_customer_id, plan, status, "
        "current_period_start, current_period_end) values (%s, %s, %s, %s, 'pro', %s, private.now(), private.now() + interval '2 months')",
        (user_id, provider, identity, f"cus_{user_id.hex}", status),
    )
    return identity


def end(connection: Any, identity: str, status: str = "canceled") -> None:
    connection.execute(
        "update public.subscriptions set status = %s where provider_subscription_id = %s", (status, identity)
    )


def to_cancel(cursor: Any) -> dict[str, dict[str, Any]]:
    answer = cursor.execute("select public.subscriptions_to_cancel(1000) as list").fetchone()["list"]
    return {item["provider_subscription_id"]: item for item in answer}


def due(connection: Any) -> set[str]:
    return {item["user_id"] for item in one(connection, "select public.accounts_due(200)")}


def file_of(connection: Any, user_id: UUID) -> str:
    path = f"{user_id}/{uuid4()}.pdf"
    connection.execute("insert into storage.objects (bucket_id, name) values ('resumes', %s)", (path,))
    return path


# -- a running subscription ---------------------------------------------------------------------------------------


def test_an_account_waits_for_its_subscription_to_end(
    connect: Connect, new_user: NewUser, as_service: AsRole, clock: Clock
) -> None:
    """Example 23."""
    connection, user = connect(), new_user()
    identity = subscribe(connection, user)
    delete(connection, user)
    clock.advance("31 days")
    with as_service() as cursor:
        assert to_cancel(cursor)[identity]["at_period_end"] is False
    assert str(user) not in due(connection)
    with refused("subscription_running", 409):
        erase(connection, user)
    waiting = "select count(*) from private.accounts_waiting where user_id = %s"
    assert one(connection, waiting, user) == 1

    end(connection, identity)
    assert one(connection, waiting, user) == 0
    assert str(user) in due(connection)
    with as_service() as cursor:
        assert identity not in to_cancel(cursor)
    assert erase(connection, user) is True
    kept = connection.execute("select user_id, closed_at from private.closed_accounts where user_id = %s", (user,))
    assert kept.fetchone()["user_id"] == user


@pytest.mark.parametrize("status", ["trialing", "active", "past_due", "unpaid", "paused", "halted"])
def test_every_state_that_may_still_charge_holds_the_erasure_up(
    connect: Connect, new_user: NewUser, clock: Clock, status: str
) -> None:
    connection, user = connect(), new_user()
    identity = subscribe(connection, user, status=status)
    delete(connection, user)
    clock.advance("31 days")
    with refused("subscription_running", 409):
        erase(connection, user)
    end(connection, identity, "expired")
    assert erase(connection, user) is True


def test_a_subscription_without_a_provider_is_ended_by_the_erasure(
    connect: Connect, new_user: NewUser, clock: Clock
) -> None:
    connection, user = connect(), new_user()
    identity = subscribe(connection, user, provider="manual")
    delete(connection, user)
    clock.advance("31 days")
    assert erase(connection, user) is True
    row = connection.execute(
        "select status, ended_at is not null as ended from public.subscriptions where provider_subscription_id = %s",
        (identity,),
    ).fetchone()
    assert row == {"status": "canceled", "ended": True}


@pytest.mark.parametrize(
    ("provider", "status", "at_period_end"),
    [
        ("stripe", "active", True),
        ("stripe", "trialing", True),
        ("razorpay", "active", True),
        ("razorpay", "trialing", False),
        ("stripe", "unpaid", False),
        ("razorpay", "halted", False),
    ],
)
@pytest.mark.parametrize("what", ["deleted_at = private.now()", "is_active = false"])
def test_deleting_or_suspending_an_account_stops_its_renewal(
    connect: Connect,
    new_user: NewUser,
    as_service: AsRole,
    provider: str,
    status: str,
    at_period_end: bool,
    what: str,
) -> None:
    connection, user = connect(), new_user()
    identity = subscribe(connection, user, provider=provider, status=status)
    with as_service() as cursor:
        assert identity not in to_cancel(cursor)
    connection.execute(f"update public.profiles set {what} where id = %s", (user,))
    with as_service() as cursor:
        told = to_cancel(cursor)[identity]
    assert (told["user_id"], told["provider"], told["at_period_end"]) == (str(user), provider, at_period_end)
    connection.execute(
        "update public.subscriptions set cancel_at_period_end = true where provider_subscription_id = %s", (identity,)
    )
    with as_service() as cursor:
        assert (identity in to_cancel(cursor)) is not at_period_end
    end(connection, identity)


def test_a_subscription_that_comes_alive_after_the_erasure_is_cancelled(
    connect: Connect, new_user: NewUser, as_service: AsRole, clock: Clock
) -> None:
    connection, user = connect(), new_user()
    identity = subscribe(connection, user, status="canceled")
    delete(connection, user)
    clock.advance("31 days")
    assert erase(connection, user) is True
    end(connection, identity, "active")
    with as_service() as cursor:
        assert to_cancel(cursor)[identity]["reason"] == "erasure"
    end(connection, identity)


# -- one path -----------------------------------------------------------------------------------------------------


def test_no_batch_erases_accounts(connect: Connect, new_user: NewUser, as_service: AsRole, clock: Clock) -> None:
    """Example 26."""
    connection, user = connect(), new_user()
    file_of(connection, user)
    delete(connection, user)
    clock.advance("31 days")
    connection.execute(
        "insert into private.retention_policies (data_type, table_name, age_column, keep, archive, reason) "
        "values ('gone', 'public.profiles', 'deleted_at', '1 day', true, 'The same accounts under another name')"
    )
    seen = one(connection, "select xmin::text from public.profiles where id = %s", user)
    try:
        for name in ("deleted_accounts", "gone"):
            for call in ("retention_batch(%s)", "retention_purge(%s)"):
                with pytest.raises(Exception, match=r"erase_accounts|archive_first"), as_service() as cursor:
                    cursor.execute(f"select public.{call}", (name,))
            with pytest.raises(Exception, match=r"erase_accounts|not_archived"), as_service() as cursor:
                cursor.execute("select public.retention_delete(%s, %s, %s)", (name, [user], [seen]))
    finally:
        connection.execute("delete from private.retention_policies where data_type = 'gone'")
    assert one(connection, "select count(*) from public.profiles where id = %s", user) == 1


def test_rows_that_are_not_archived_are_not_deleted_by_their_ids(as_service: AsRole) -> None:
    with refused("not_archived", 409), as_service() as cursor:
        cursor.execute("select public.retention_delete('deleted_resumes', %s, %s)", ([uuid4()], ["1"]))


def test_neither_the_secret_key_nor_an_operator_takes_the_profile_alone(
    connect: Connect, new_user: NewUser, as_service: AsRole
) -> None:
    connection, user = connect(), new_user()
    delete(connection, user)
    with pytest.raises(Exception, match="permission denied"), as_service() as cursor:
        cursor.execute("delete from public.profiles where id = %s", (user,))
    with refused("erase_accounts", 409):
        connection.execute("delete from public.profiles where id = %s", (user,))


def test_the_id_of_an_erased_account_is_not_used_again(connect: Connect, new_user: NewUser, clock: Clock) -> None:
    """Its books are closed for good: a second life would spend from lots that ended with the first."""
    connection, user = connect(), new_user()
    with refused("erase_accounts", 409):
        connection.execute("delete from public.user_credits where user_id = %s", (user,))
    delete(connection, user)
    clock.advance("31 days")
    assert erase(connection, user) is True
    with refused("account_erased", 409):
        connection.execute("insert into auth.users (id, email) values (%s, %s)", (user, f"{user.hex}@example.com"))


def test_whoever_deletes_the_user_meets_the_same_refusals(connect: Connect, new_user: NewUser) -> None:
    connection, user = connect(), new_user()
    path, identity = file_of(connection, user), subscribe(connection, user)
    statement = "delete from auth.users where id = %s"
    with refused("subscription_running", 409):
        connection.execute(statement, (user,))
    end(connection, identity)
    with refused("files_left", 409):
        connection.execute(statement, (user,))
    assert one(connection, "select count(*) from private.closed_accounts where user_id = %s", user) == 0
    connection.execute("set session_replication_role = replica")
    connection.execute("delete from storage.objects where name = %s", (path,))
    connection.execute("set session_replication_role = origin")
    connection.execute(statement, (user,))
    assert one(connection, "select count(*) from public.profiles where id = %s", user) == 0
    assert one(connection, "select count(*) from private.closed_accounts where user_id = %s", user) == 1


def test_an_account_within_its_recovery_period_is_not_erased(connect: Connect, new_user: NewUser, clock: Clock) -> None:
    connection, user = connect(), new_user()
    assert erase(connection, user) is False
    delete(connection, user)
    clock.advance("29 days")
    assert erase(connection, user) is False


def test_a_closed_account_is_known_by_the_hash_of_its_confirmed_mailbox(
    connect: Connect, new_user: NewUser, clock: Clock
) -> None:
    connection, name = connect(), uuid4().hex
    confirmed, other = new_user(f"{name}+shop@example.com"), new_user(f"{name}@example.org", confirmed=False)
    for user in (confirmed, other):
        delete(connection, user)
    clock.advance("31 days")
    for user in (confirmed, other):
        assert erase(connection, user) is True
    kept = "select array_agg(fingerprint) = array[private.email_fingerprint(%s)] from private.mailbox_confirmations where user_id = %s"
    assert one(connection, kept, f"{name.upper()}@example.com", confirmed) is True
    assert one(connection, kept, f"{name}@example.org", other) is None
    left = one(
        connection, "select to_jsonb(c)::text from private.mailbox_confirmations as c where user_id = %s", confirmed
    )
    assert name not in left


def test_a_confirmed_mailbox_has_its_account_settled(connect: Connect) -> None:
    """What an erased account of the mailbox owes comes along with the confirmation."""
    connection = connect()
    with connection.transaction(force_rollback=True):
        connection.execute("create table public.settled (user_id uuid)")
        connection.execute(
            "create or replace function private.settle_account(p_user_id uuid, p_at timestamptz default null) returns text[] "
            "language plpgsql as $$ begin insert into public.settled values (p_user_id); return '{}'; end $$"
        )
        user = uuid4()
        connection.execute(
            "insert into auth.users (id, aud, role, email) values (%s, 'authenticated', 'authenticated', %s)",
            (user, f"{user.hex}@example.com"),
        )
        settled = "select count(*) from public.settled where user_id = %s"
        assert one(connection, settled, user) == 0
        connection.execute("update auth.users set email_confirmed_at = now() where id = %s", (user,))
        assert one(connection, settled, user) == 1
        connection.execute("update auth.users set last_sign_in_at = now() where id = %s", (user,))
        assert one(connection, settled, user) == 1


def test_a_suspended_or_deleted_administrator_is_none(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    connection, admin = connect(), new_user()
    connection.execute(
        "insert into public.admin_users (user_id, email) values (%s, %s)", (admin, f"{admin}@admin.example")
    )
    for change, expected in (
        ("is_active = true", True),
        ("is_active = false", False),
        ("is_active = true, deleted_at = now()", False),
        ("deleted_at = null", True),
    ):
        connection.execute(f"update public.profiles set {change} where id = %s", (admin,))
        with as_user(admin) as cursor:
            assert cursor.execute("select private.is_admin() as is").fetchone()["is"] is expected


# -- a profile that the client made -------------------------------------------------------------------------------


def made_by_the_client(connect: Connect, as_user: AsRole) -> UUID:
    """A confirmed user whose trigger did not run, and who has written a profile by now."""
    connection, user = connect(), uuid4()
    with no_provisioning(connection):
        connection.execute(
            "insert into auth.users (id, aud, role, email, email_confirmed_at, raw_user_meta_data) "
            "values (%s, 'authenticated', 'authenticated', %s, now(), %s)",
            (user, f"{user.hex}@example.com", json.dumps({"full_name": "From Sign-up", "phone": "+31 6 1"})),
        )
    insert(as_user, user, "profiles", id=str(user), full_name="My Own Name")
    return user


@pytest.mark.parametrize("way", ["signup_sweep()", "signup_backfill(null, 50000)", "users_provision_missing(10000)"])
def test_a_profile_that_the_client_made_first_is_completed(
    connect: Connect, as_user: AsRole, as_service: AsRole, way: str
) -> None:
    user = made_by_the_client(connect, as_user)
    for _ in range(2):
        with as_service() as cursor:
            cursor.execute(f"select public.{way}")
    row = (
        connect()
        .execute(
            "select p.email, p.email_verified, p.full_name, p.phone, c.balance, s.theme from public.profiles as p "
            "join public.user_credits as c on c.user_id = p.id join public.user_settings as s on s.user_id = p.id where p.id = %s",
            (user,),
        )
        .fetchone()
    )
    assert row == {
        "email": f"{user.hex}@example.com",
        "email_verified": True,
        "full_name": "My Own Name",
        "phone": "+31 6 1",
        "balance": 5,
        "theme": "light",
    }


def test_what_a_user_took_out_of_a_complete_profile_stays_out(connect: Connect, new_user: NewUser) -> None:
    connection, user = connect(), new_user(full_name="Once Told")
    connection.execute("update public.profiles set full_name = null where id = %s", (user,))
    connection.execute("select private.provision_user(%s)", (user,))
    assert one(connection, "select full_name from public.profiles where id = %s", user) is None
