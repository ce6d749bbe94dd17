"""A list, join, update or delete that names no owner costs what the same statement costs with the owner named.

The tables and their references come from the catalogue. Each statement runs as a signed-in user, once relying on the
policy and once with the owner named; both use the same indexes and read about the same number of pages.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from tests.database import world
from tests.database.access import MATRIX, WRITABLE
from tests.database.rows import indexes_in
from tests.database.test_query_plans import DISTINCT, ME, copy_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

# Tables of `world.ROWS` that DISTINCT does not fill. One row per user: the nth row is the nth user's.
_USER = "'user_id', ('a0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid"
ALSO: dict[str, str] = {
    "user_settings": _USER,
    "user_credits": _USER,
    "user_setting_pairs": "'setting_key', 'key' || n",
    "credit_grants": "'grant_key', 'grant ' || n",
    "credit_transactions": "'seq', 1000 + n",
    "billing_customers": f"{_USER}, 'provider_customer_id', 'cus_' || n",
    "subscriptions": "'provider_subscription_id', 'sub_' || n",
    "payments": "'provider_reference', 'pi_' || n",
}
# Clients see no row of the first two, and in the last the public rows beside their own.
OWNED = sorted(world.ROWS.keys() - {"audit_logs", "system_events", "resume_templates"})
PAGES = 1.2
LOOK_UP = 3  # pages of one look-up of the account, which a join may need once more


@pytest.fixture(scope="module")
def filled(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, row_factory=dict_row) as connection:
        # All of it is rolled back.
        row = connection.execute(
            "insert into auth.users (id, email) values (gen_random_uuid(), 'lists@example.com') returning id"
        ).fetchone()
        assert row is not None
        world.build(connection, row["id"])
        connection.execute("set session_replication_role = replica")
        connection.execute(
            "insert into public.profiles (id, created_at) select ('a0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, "
            "now() - n * interval '1 hour' from generate_series(0, 3000) as n"
        )
        for table in [*OWNED, "resume_templates"]:
            if table != "profiles":
                copy_rows(connection, table, row["id"], (DISTINCT | ALSO)[table])
            connection.execute(sql.SQL("analyze public.{}").format(sql.Identifier(table)))
        connection.execute("set session_replication_role = origin")
        yield connection
        connection.rollback()


def cost(connection: psycopg.Connection[Any], statement: str) -> tuple[set[str], int]:
    """The indexes that a statement uses as a signed-in user, and the pages that it reads."""
    connection.execute("savepoint before")
    try:
        connection.execute("set local session_replication_role = replica")  # pages of triggers are not the policy's
        connection.execute(
            "select set_config('request.jwt.claim.sub', %s, true), set_config('request.jwt.claims', %s, true)",
            (ME, json.dumps({"sub": ME, "role": "authenticated"})),
        )
        connection.execute("set local role authenticated")
        connection.execute("select private.active_user()")  # its first call also reads the catalogue
        row = connection.execute("explain (analyze, buffers, timing off, format json) " + statement).fetchone()
        assert row is not None
        plan = row["QUERY PLAN"][0]["Plan"]
        return indexes_in(plan), plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    finally:
        connection.execute("rollback to before")


def columns(connection: psycopg.Connection[Any], table: str) -> set[str]:
    """Names of a table's columns."""
    rows = connection.execute(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0", (f"public.{table}",)
    )
    return {row["attname"] for row in rows}


def same(connection: psycopg.Connection[Any], statement: str, owner: str) -> None:
    """Both forms of a statement have the same cost; `{where}` and `{and}` are where the owner goes."""
    alone = cost(connection, statement.format(where=""))
    named = cost(connection, statement.format(where=f" where {owner} = '{ME}'"))
    assert alone[0] == named[0], statement
    assert alone[1] <= PAGES * named[1] + LOOK_UP, statement


def owner_of(table: str) -> str:
    """The column of a row's owner."""
    return "id" if table == "profiles" else "user_id"


@pytest.mark.parametrize("table", OWNED)
def test_lists(filled: psycopg.Connection[Any], table: str) -> None:
    names, owner = columns(filled, table), owner_of(table)
    same(filled, f"select * from public.{table}{{where}}", owner)
    same(filled, f"select count(*) from public.{table}{{where}}", owner)
    for column in sorted(names & {"created_at", "updated_at", "reserved_at", "seq", "date"}):
        same(filled, f"select * from public.{table}{{where}} order by {column} desc limit 20", owner)


def test_public_rows_beside_ones_own_are_found_by_the_same_index(filled: psycopg.Connection[Any]) -> None:
    for end in ("", f" where user_id = '{ME}'", " where user_id is null"):
        assert cost(filled, f"select * from public.resume_templates{end}")[0] == {"resume_templates_user_id_idx"}


@pytest.mark.parametrize("table", sorted(t for t in WRITABLE if "update" in WRITABLE[t]))
def test_updates(filled: psycopg.Connection[Any], table: str) -> None:
    owner, changed = owner_of(table), WRITABLE[table]["update"]
    column = owner if changed == "all" else changed[0]
    same(filled, f"update public.{table} set {column} = {column}{{where}} returning {owner}", owner)


@pytest.mark.parametrize("table", sorted(t for t in OWNED if "d" in MATRIX[t][1]))
def test_deletes(filled: psycopg.Connection[Any], table: str) -> None:
    # The stock client asks for the rows, and so sees none in the bin, whether it names the owner or not.
    same(filled, f"delete from public.{table}{{where}} returning {owner_of(table)}", owner_of(table))


REFERENCES = """
select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
  array_agg(a.attname::text order by k.n) as columns, array_agg(f.attname::text order by k.n) as keys
from pg_constraint as c
cross join unnest(c.conkey, c.confkey) with ordinality as k (attnum, fattnum, n)
join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.attnum
join pg_attribute as f on f.attrelid = c.confrelid and f.attnum = k.fattnum
where c.contype = 'f' and c.conparentid = 0
  and c.conrelid::regclass::text = any (%(tables)s) and c.confrelid::regclass::text = any (%(tables)s)
group by c.oid, c.conrelid, c.confrelid
order by 1, 2, c.oid
"""


def test_joins_and_embeds(filled: psycopg.Connection[Any]) -> None:
    tables = [f"public.{table}" for table in OWNED]
    filled.execute("savepoint path")
    filled.execute("set local search_path = ''")
    references = filled.execute(REFERENCES, {"tables": tables}).fetchall()
    filled.execute("rollback to path")
    assert len(references) > 30
    for row in references:
        child, parent = row["child"], row["parent"]
        on = " and ".join(f"c.{column} = p.{key}" for column, key in zip(row["columns"], row["keys"], strict=True))
        owner = owner_of(parent.removeprefix("public."))
        # As PostgREST embeds many and one.
        same(
            filled,
            f"select p.*, e.rows from {parent} as p left join lateral (select json_agg(c) as rows from {child} as c where {on}) as e "
            "on true{where}",
            f"p.{owner}",
        )
        same(
            filled,
            f"select c.*, p from {child} as c left join {parent} as p on {on}{{where}}",
            f"c.{owner_of(child.removeprefix('public.'))}",
        )
