"""Sign-up provisions a user, follows their address, and lets them write only what is theirs."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import make_admin, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.database.rows import AsRole, Connect


def profile(connect: Connect, user_id: uuid.UUID) -> dict[str, Any]:
    """Read a profile as the database's owner."""
    row: dict[str, Any] = connect().execute("select * from public.profiles where id = %s", (user_id,)).fetchone()
    return row


# sign-up ---------------------------------------------------------------------------------------------------------


def test_signup_makes_profile_and_settings(connect: Connect, new_user: Callable[..., uuid.UUID]) -> None:
    user_id = new_user(full_name="Ada Lovelace", avatar_url="https://example.com/a.png", locale="en-GB")
    row = profile(connect, user_id)
    assert row["full_name"] == "Ada Lovelace"
    assert row["avatar_url"] == "https://example.com/a.png"
    assert row["email_verified"] is True
    assert (row["plan"], row["subscription_status"], row["is_active"]) == ("free", "none", True)
    settings = connect().execute("select * from public.user_settings where user_id = %s", (user_id,)).fetchone()
    assert settings["locale"] == "en-GB"
    flags = ("email_notifications", "resume_tips", "job_alerts", "profile_visibility", "data_analytics", "theme")
    assert [settings[flag] for flag in flags] == [True, True, False, False, True, "light"]


def test_signup_takes_the_names_that_providers_use(connect: Connect, new_user: Callable[..., uuid.UUID]) -> None:
    row = profile(connect, new_user(given_name=" Grace ", family_name="Hopper", picture="http://example.com/p"))
    assert (row["first_name"], row["last_name"]) == ("Grace", "Hopper")
    assert row["full_name"] == "Grace Hopper"
    assert row["avatar_url"] == "http://example.com/p"


@pytest.mark.parametrize(
    "metadata",
    [
        {"full_name": 7},
        {"full_name": {"first": "x"}},
        {"full_name": ["a"]},
        {"full_name": None},
        {"full_name": "   "},
        {"avatar_url": "javascript:alert(1)"},
        {"avatar_url": "https://example.com/" + "a" * 3000},
        {"locale": "'; drop table profiles; --"},
        {"phone": 491701234567},
    ],
)
def test_odd_metadata_leaves_the_field_empty(
    connect: Connect, new_user: Callable[..., uuid.UUID], metadata: dict[str, Any]
) -> None:
    row = profile(connect, new_user(**metadata))
    assert row["full_name"] is None
    assert row["avatar_url"] is None
    assert row["phone"] is None


@pytest.mark.parametrize("document", ['"a string"', "[]", "17", "null", '"{\\"full_name\\": \\"x\\"}"'])
def test_metadata_that_is_no_object_does_not_stop_the_signup(connect: Connect, document: str) -> None:
    user_id = uuid.uuid4()
    connect().execute(
        "insert into auth.users (id, email, raw_user_meta_data) values (%s, %s, %s::jsonb)",
        (user_id, f"{user_id}@example.com", document),
    )
    assert profile(connect, user_id)["full_name"] is None


def test_overlong_names_are_cut(connect: Connect, new_user: Callable[..., uuid.UUID]) -> None:
    row = profile(connect, new_user(full_name="x" * 5000, first_name="é" * 5000, phone="1" * 99))
    assert len(row["full_name"]) == 255
    assert len(row["first_name"]) == 100
    assert len(row["phone"]) == 50


def test_users_without_address_are_provisioned(connect: Connect, new_user: Callable[..., uuid.UUID]) -> None:
    row = profile(connect, new_user(email=None))
    assert row["email"] is None
    assert row["email_verified"] is False


def test_two_accounts_may_share_an_address(connect: Connect) -> None:
    # A single sign-on user may have the address of a password user.
    address = f"{uuid.uuid4()}@example.com"
    for is_sso in (False, True):
        user_id = uuid.uuid4()
        connect().execute(
            "insert into auth.users (id, email, is_sso_user) values (%s, %s, %s)", (user_id, address, is_sso)
        )
        assert profile(connect, user_id)["email"] == address


def test_a_broken_provisioning_does_not_fail_the_signup_and_the_sweep_makes_up(
    connect: Connect, as_service: AsRole
) -> None:
    user_id = uuid.uuid4()
    connection = connect()
    connection.execute("alter table public.profiles add constraint broken check (full_name <> 'Broken') not valid")
    try:
        connection.execute(
            "insert into auth.users (id, email, raw_user_meta_data) values (%s, %s, %s)",
            (user_id, f"{user_id}@example.com", json.dumps({"full_name": "Broken"})),
        )
    finally:
        connection.execute("alter table public.profiles drop constraint broken")
    assert profile(connect, user_id) is None
    with as_service() as cursor:
        assert cursor.execute("select public.users_provision_missing() as n").fetchone()["n"] >= 1
        assert cursor.execute("select public.users_provision_missing() as n").fetchone()["n"] == 0
    assert profile(connect, user_id)["full_name"] == "Broken"


# following auth.users --------------------------------------------------------------------------------------------


def test_profile_follows_address_confirmation_phone_and_signin(
    connect: Connect, new_user: Callable[..., uuid.UUID]
) -> None:
    user_id = new_user(confirmed=False)
    assert profile(connect, user_id)["email_verified"] is False
    address = f"{uuid.uuid4()}@example.com"
    connect().execute(
        "update auth.users set email = %s, email_confirmed_at = now(), phone = %s, last_sign_in_at = now() where id = %s",
        (address, f"+{user_id.int % 10**12}", user_id),
    )
    row = profile(connect, user_id)
    assert row["email"] == address
    assert row["email_verified"] is True
    assert row["phone"] == f"+{user_id.int % 10**12}"
    assert row["last_login_at"] is not None


def test_changed_metadata_is_followed_and_repeated_metadata_is_not(
    connect: Connect, new_user: Callable[..., uuid.UUID], as_user: AsRole
) -> None:
    user_id = new_user(full_name="From Provider")
    with as_user(user_id) as cursor:
        cursor.execute("update public.profiles set full_name = 'My Own' where id = %s", (user_id,))
    # The provider sends the same name with the next sign-in.
    connect().execute(
        "update auth.users set raw_user_meta_data = %s, last_sign_in_at = now() where id = %s",
        (json.dumps({"full_name": "From Provider", "iss": "x"}), user_id),
    )
    assert profile(connect, user_id)["full_name"] == "My Own"
    connect().execute(
        "update auth.users set raw_user_meta_data = %s where id = %s", (json.dumps({"full_name": "New"}), user_id)
    )
    assert profile(connect, user_id)["full_name"] == "New"


def test_deleting_the_user_deletes_profile_and_settings(connect: Connect, new_user: Callable[..., uuid.UUID]) -> None:
    user_id = new_user()
    connect().execute("delete from auth.users where id = %s", (user_id,))
    assert profile(connect, user_id) is None
    left = connect().execute("select from public.user_settings where user_id = %s", (user_id,)).fetchall()
    assert left == []


# what a client may write -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "assignment",
    [
        "plan = 'pro'",
        "subscription_status = 'active'",
        "email = 'other@example.com'",
        "email_verified = true",
        "is_active = true",
        "deleted_at = now()",
        "last_login_at = now()",
        "created_at = now()",
        "updated_at = now()",
    ],
)
def test_a_user_cannot_write_what_the_server_owns(
    new_user: Callable[..., uuid.UUID], as_user: AsRole, assignment: str
) -> None:
    user_id = new_user()
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user_id) as cursor:
        cursor.execute(f"update public.profiles set {assignment} where id = %s", (user_id,))


def test_a_change_moves_updated_at(connect: Connect, new_user: Callable[..., uuid.UUID], as_user: AsRole) -> None:
    user_id = new_user()
    before = profile(connect, user_id)
    with as_user(user_id) as cursor:
        cursor.execute("update public.profiles set bio = 'Countess' where id = %s", (user_id,))
    after = profile(connect, user_id)
    assert (after["updated_at"] > before["updated_at"], after["created_at"]) == (True, before["created_at"])


def test_the_upsert_of_the_stock_client_works_and_widens_nothing(
    connect: Connect, new_user: Callable[..., uuid.UUID], as_user: AsRole
) -> None:
    user_id, other = new_user(), new_user(full_name="Other")
    upsert = (
        "insert into public.profiles (id, full_name, bio) values (%s, 'New Name', 'bio') "
        "on conflict (id) do update set id = excluded.id, full_name = excluded.full_name, bio = excluded.bio returning *"
    )
    with as_user(user_id) as cursor:
        assert cursor.execute(upsert, (user_id,)).fetchone()["full_name"] == "New Name"
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user_id) as cursor:
        cursor.execute(upsert, (other,))
    assert profile(connect, other)["full_name"] == "Other"


def test_users_and_administrators_see_their_own_profile_and_a_visitor_none(
    connect: Connect, new_user: Callable[..., uuid.UUID], as_user: AsRole, as_anon: AsRole
) -> None:
    user_id, other, admin = new_user(), new_user(), new_user()
    make_admin(connect, admin)
    query = "select id from public.profiles where id = any (%s)"
    for reader in (user_id, admin):
        with as_user(reader) as cursor:
            assert [row["id"] for row in cursor.execute(query, ([user_id, other, admin],))] == [reader]
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_anon() as cursor:
        cursor.execute(query, ([user_id, other],))


@pytest.mark.parametrize(("said", "kept"), [("claude", "anthropic"), ("gemini", "gemini"), ("openai", "openai")])
def test_claude_is_another_name_of_anthropic(
    new_user: Callable[..., uuid.UUID], as_user: AsRole, said: str, kept: str
) -> None:
    user_id = new_user()
    with as_user(user_id) as cursor:
        row = cursor.execute(
            "update public.profiles set preferred_ai_provider = %s where id = %s returning preferred_ai_provider as p",
            (said, user_id),
        ).fetchone()
    assert row["p"] == kept


def test_unknown_provider_is_refused(new_user: Callable[..., uuid.UUID], as_user: AsRole) -> None:
    user_id = new_user()
    with pytest.raises(psycopg.errors.CheckViolation), as_user(user_id) as cursor:
        cursor.execute("update public.profiles set preferred_ai_provider = 'hal' where id = %s", (user_id,))


# settings --------------------------------------------------------------------------------------------------------


def test_settings_are_upserted_by_their_owner_only(new_user: Callable[..., uuid.UUID], as_user: AsRole) -> None:
    user_id, other = new_user(), new_user()
    upsert = (
        "insert into public.user_settings (user_id, theme, job_alerts, created_at) values (%s, 'dark', true, '2001-01-01') "
        "on conflict (user_id) do update set theme = excluded.theme, job_alerts = excluded.job_alerts, "
        "created_at = excluded.created_at returning *"
    )
    with as_user(user_id) as cursor:
        row = cursor.execute(upsert, (user_id,)).fetchone()
    assert (row["theme"], row["job_alerts"]) == ("dark", True)
    assert row["created_at"].year > 2001
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user_id) as cursor:
        cursor.execute(upsert, (other,))


def test_free_preferences_take_any_json_up_to_a_number_and_size(
    new_user: Callable[..., uuid.UUID], as_user: AsRole
) -> None:
    user_id = new_user()
    with as_user(user_id) as cursor:
        cursor.execute(
            "insert into public.user_setting_pairs (setting_key, setting_value) "
            "select 'key.' || n, jsonb_build_object('n', n) from generate_series(1, 200) as n"
        )
        # Another value of a key that exists is no new one, also as an upsert.
        cursor.execute(
            "insert into public.user_setting_pairs (setting_key, setting_value) values ('key.1', '[1]') "
            "on conflict (user_id, setting_key) do update set setting_value = excluded.setting_value"
        )
    with refused("storage_limit_reached", 413), as_user(user_id) as cursor:
        cursor.execute("insert into public.user_setting_pairs (setting_key) values ('one_more')")
    with pytest.raises(psycopg.errors.CheckViolation), as_user(user_id) as cursor:
        cursor.execute(
            "update public.user_setting_pairs set setting_value = to_jsonb(repeat('x', 20000)) where setting_key = 'key.2'"
        )


# administrators and fingerprints ---------------------------------------------------------------------------------


def test_nobody_makes_themselves_an_administrator(new_user: Callable[..., uuid.UUID], as_user: AsRole) -> None:
    user_id = new_user()
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user_id) as cursor:
        cursor.execute("insert into public.admin_users (user_id, email) values (%s, 'me@example.com')", (user_id,))
    # Nor does a claim in the token's metadata make one.
    with as_user(user_id, user_metadata={"role": "admin"}, app_metadata={"role": "admin"}) as cursor:
        assert cursor.execute("select private.is_admin() as yes").fetchone()["yes"] is False
        assert cursor.execute("select * from public.admin_users").fetchall() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada@Example.com", "ada@example.com "),
        ("ada+news@example.com", "ada@example.com"),
        ("a.d.a@gmail.com", "ada+x@googlemail.com"),
    ],
)
def test_addresses_of_one_mailbox_have_one_fingerprint(connect: Connect, one: str, other: str) -> None:
    row = (
        connect()
        .execute("select private.email_fingerprint(%s) as a, private.email_fingerprint(%s) as b", (one, other))
        .fetchone()
    )
    assert row["a"] == row["b"]
    assert len(row["a"]) == 32


def test_different_mailboxes_have_different_fingerprints_and_clients_get_none(
    connect: Connect, new_user: Callable[..., uuid.UUID], as_user: AsRole
) -> None:
    row = (
        connect()
        .execute(
            "select private.email_fingerprint('a.b@example.com') = private.email_fingerprint('ab@example.com') as same, "
            "private.email_fingerprint('no address') as none, private.email_fingerprint(null) as null"
        )
        .fetchone()
    )
    assert (row["same"], row["none"], row["null"]) == (False, None, None)
    user_id = new_user()
    for statement in (
        "select private.email_fingerprint('a@example.com')",
        "select * from private.fingerprint_key",
        "select * from private.signup_fingerprints",
        "select private.provision_user(gen_random_uuid())",
        "select public.users_provision_missing()",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user_id) as cursor:
            cursor.execute(statement)
