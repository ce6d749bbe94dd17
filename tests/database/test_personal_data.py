"""The register of personal data is complete, and what it says about an erasure is what an erasure does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Clock, Connect, NewUser

SCHEMAS = "('public', 'private', 'auth', 'storage')"


@pytest.fixture
def register(connect: Connect) -> dict[str, dict[str, Any]]:
    rows = connect().execute("select * from private.personal_data").fetchall()
    return {row["table_name"]: row for row in rows}


@pytest.fixture
def columns(connect: Connect) -> dict[str, list[str]]:
    rows = connect().execute(
        "select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attnum) as columns "
        "from pg_class as c join pg_namespace as n on n.oid = c.relnamespace join pg_attribute as a on a.attrelid = c.oid "
        f"where n.nspname in {SCHEMAS} and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 "
        "and not a.attisdropped and c.relname <> 'test_clock' group by 1"
    )
    return {row["name"]: row["columns"] for row in rows}


def test_every_table_is_registered(register: dict[str, Any], columns: dict[str, Any]) -> None:
    assert set(columns) - set(register) == set(), "add the tables to 20261121002200_personal_data.sql"
    # Hosted Supabase has more tables of auth than the local stack.
    assert {name for name in set(register) - set(columns) if not name.startswith("auth.")} == set()


def test_every_column_is_registered_once(register: dict[str, Any], columns: dict[str, Any]) -> None:
    registered = {name: sorted(register[name]["personal"] + register[name]["other"]) for name in columns}
    assert registered == {name: sorted(each) for name, each in columns.items()}


def test_hidden_columns_are_columns(register: dict[str, Any], columns: dict[str, Any]) -> None:
    assert {name for name in columns if set(register[name]["hidden"]) - set(columns[name])} == set()


def test_no_secret_is_exported(register: dict[str, Any]) -> None:
    exported = {
        f"{name}.{column}"
        for name, row in register.items()
        if row["about"]
        for column in {*row["personal"], *row["other"]} - set(row["hidden"])
    }
    suspicious = ("password", "token", "secret", "ciphertext", "nonce", "salt", "_hash", "hmac")
    known = {"public.ai_usage.input_tokens", "public.ai_usage.output_tokens", "public.analyses.tokens_used"}
    assert {name for name in exported if any(word in name.split(".")[2] for word in suspicious)} - known == set()
    assert {name for name in exported if name.endswith(("actor_id", "admin_id", "closed_by"))} == set()


def test_what_goes_by_foreign_key_has_one(register: dict[str, Any], connect: Connect) -> None:
    rows = connect().execute(
        "with recursive gone as (select 'auth.users'::regclass::oid as id union "
        "select k.conrelid from pg_constraint as k join gone as g on g.id = k.confrelid where k.contype = 'f' and k.confdeltype = 'c') "
        "select n.nspname || '.' || c.relname as name from gone as g join pg_class as c on c.oid = g.id "
        "join pg_namespace as n on n.oid = c.relnamespace where not c.relispartition"
    )
    cascaded = {row["name"] for row in rows}
    said = {name for name, row in register.items() if row["purge"] in {"user", "cascade"}}
    local = {row["name"] for row in connect().execute("select table_schema || '.' || table_name as name from information_schema.tables")}  # fmt: skip
    assert said & local - cascaded == set()
    # Also deleted by the erasure itself, or of templates that nobody owns.
    others = {name for name in cascaded - said if register[name]["purge"] not in {"delete", "function"}}
    assert others == {"public.premium_designs"}


def test_a_table_that_has_an_owner_column_is_not_registered_as_nobodys(
    register: dict[str, Any], columns: dict[str, Any]
) -> None:
    named = {name for name, each in columns.items() if {"user_id", "owner_id", "email"} & set(each)}
    assert {name for name in named if register[name]["purge"] == "nobody"} - {"storage.buckets"} == set()


def test_every_condition_and_assignment_runs(
    register: dict[str, Any], connect: Connect, columns: dict[str, Any], new_user: NewUser
) -> None:
    connection, user = connect(), new_user()
    for name in columns:
        for condition in filter(None, (register[name]["owner"], register[name]["exported_where"])):
            connection.execute(f"select from {name} as t where {condition}".replace("$1", "%(u)s::uuid").replace(":%'", ":%%'"), {"u": user})  # fmt: skip
    with connection.transaction(force_rollback=True):
        connection.execute("select private.erase_traces(%s, '{delete,anonymise}')", (user,))


def test_the_audit_log_and_the_ledger_stay_append_only_for_everybody_else(connect: Connect, new_user: NewUser) -> None:
    connection, user, other = connect(), new_user(), new_user()
    for owner in (user, other):
        connection.execute("insert into public.audit_logs (user_id, action) values (%s, 'x')", (owner,))
    for statement in ("update public.audit_logs set action = 'y'", "delete from public.audit_logs"):
        with pytest.raises(Exception, match="append_only"):
            connection.execute(statement)
        with connection.transaction(force_rollback=True):
            connection.execute("select set_config('resumebase.erasing', %s, true)", (str(user),))
            with pytest.raises(Exception, match="append_only"):
                connection.execute(statement)


def test_what_an_administrator_did_to_others_keeps_its_changes_and_loses_their_address(
    connect: Connect, new_user: NewUser
) -> None:
    connection, admin, user = connect(), new_user(), new_user()
    connection.execute(
        "insert into public.audit_logs (user_id, actor_id, action, ip_address, changes) values (%s, %s, 'a', '192.0.2.7', %s)",
        (user, admin, '{"before": 1}'),
    )
    connection.execute("delete from auth.users where id = %s", (admin,))
    row = connection.execute(
        "select ip_address, changes from public.audit_logs where actor_id = %s", (admin,)
    ).fetchone()
    assert row == {"ip_address": None, "changes": {"before": 1}}


def test_the_books_of_an_erased_account_keep_their_sums(
    connect: Connect, new_user: NewUser, as_service: AsRole, clock: Clock
) -> None:
    connection, admin, user = connect(), new_user(), new_user()
    connection.execute("insert into public.admin_users (user_id, email) values (%s, %s)", (admin, f"{admin}@a.example"))
    with as_service() as cursor:
        cursor.execute("select public.credits_adjust(%s, %s, 7, 'Sorry, Zoë Müller', %s)", (admin, user, f"k{user}"))
        cursor.execute("select public.credits_adjust(%s, %s, -3, 'Zoë, too many', %s)", (admin, user, f"l{user}"))
    sums = (
        "select sum(amount) filter (where kind = 'adjustment') as adjusted, sum(amount) as all, count(*) filter (where kind = 'adjustment') as n "
        "from public.credit_transactions where user_id = %s"
    )
    before = connection.execute(sums, (user,)).fetchone()
    connection.execute("update public.profiles set deleted_at = private.now() where id = %s", (user,))
    clock.advance("31 days")
    assert connection.execute("select public.account_erase(%s) as done", (user,)).fetchone() == {"done": True}
    after = connection.execute(sums, (user,)).fetchone()
    assert before is not None
    assert after is not None
    assert (after["adjusted"], after["n"], after["all"]) == (before["adjusted"], before["n"], 0)
    texts = connection.execute(
        "select description from public.credit_transactions where user_id = %s", (user,)
    ).fetchall()
    awards = connection.execute("select description from private.credit_awards where user_id = %s", (user,)).fetchall()
    assert "Zoë" not in str(texts) + str(awards)
    connection.execute("select private.settle_account(%s, private.now())", (user,))
    assert connection.execute(sums, (user,)).fetchone() == after, "settled again, nothing is posted"
