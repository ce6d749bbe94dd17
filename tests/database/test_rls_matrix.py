"""Every table and view x {visitor, owner, another user, administrator, secret key} x {select, insert, update, delete}.

Then the same for accounts that have lost something: owners and administrators who are suspended, deleted or no longer
administer. Each of them has the access of another user.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from tests.database import world
from tests.database.access import ACTORS, LAPSED, MATRIX, OWN_STATE, WRITABLE

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

Row = dict[str, Any]
# What happens to a lapsed actor before the attempt; each is an actor of the matrix otherwise.
LOSSES = {
    "suspended": ("owner", "update public.profiles set is_active = false where id = %s"),
    "deleted": ("owner", "update public.profiles set deleted_at = now() where id = %s"),
    "former_admin": ("admin", "update public.admin_users set user_id = gen_random_uuid() where user_id = %s"),
    "suspended_admin": ("admin", "update public.profiles set is_active = false where id = %s"),
    "deleted_admin": ("admin", "update public.profiles set deleted_at = now() where id = %s"),
}
# 42501: privilege or policy; 55000: a view that takes no rows; 428C9: a view over a generated column.
REFUSED = {"42501", "55000", "428C9"}


def written(connection: psycopg.Connection[Any], role: str) -> dict[str, dict[str, set[str]]]:
    """Columns that a role may insert and update, for every relation that has any."""
    rows = connection.execute(
        "select c.relname, a.attname, v.verb from pg_class as c join pg_attribute as a on a.attrelid = c.oid "
        "cross join (values ('insert'), ('update')) as v (verb) "
        "where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped "
        "and has_column_privilege(%s, c.oid, a.attnum, v.verb)",
        (role,),
    )
    found: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        found.setdefault(row["relname"], {}).setdefault(row["verb"], set()).add(row["attname"])
    return found


class World:
    """The owner's rows, and the actors that try to access them."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self.connection = connection
        self.users: dict[str, uuid.UUID] = {}
        for name in ("owner", "other", "admin"):
            user = connection.execute(
                "insert into auth.users (id, email, email_confirmed_at) select i, i || '@example.com', now() "
                "from gen_random_uuid() as i returning id"
            ).fetchone()
            assert user is not None
            self.users[name] = user["id"]
        connection.execute(
            "insert into public.admin_users (user_id, email) values (%s, %s)",
            (self.users["admin"], "matrix@admin.example"),
        )
        world.build(connection, self.users["owner"])
        self.written = {role: written(connection, role) for role in ("anon", "authenticated", "service_role")}
        self._relations = {
            row["relname"]: row
            for row in connection.execute(
                "select c.relname, c.relkind <> 'v' as is_table, array_agg(a.attname::text order by a.attnum) as names "
                "from pg_class as c join pg_attribute as a on a.attrelid = c.oid "
                "where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped "
                "and a.attgenerated = '' group by c.oid"
            )
        }

    def close(self) -> None:
        """Delete all rows of the world."""
        world.clear(self.connection, self.users["owner"])
        self.connection.execute("delete from auth.users where id = any (%s)", (list(self.users.values()),))

    def columns(self, relation: str) -> list[str]:
        """Names of a relation's columns that are not generated."""
        names: list[str] = self._relations[relation]["names"]
        return names

    def where(self, relation: str) -> sql.Composable:
        """Condition that selects the owner's row, or any row of a table without owners."""
        names = self.columns(relation)
        if relation not in world.NOBODYS and ("user_id" in names or relation == "profiles"):
            column = sql.Identifier("user_id" if "user_id" in names else "id")
            return sql.SQL("{} = {}").format(column, sql.Literal(self.users["owner"]))
        return sql.SQL("true")

    def attempt(self, actor: str, relation: str, verb: str) -> str:
        """Try one action in a transaction that is rolled back; return the verb's letter, '.' or 'x'."""
        connection = self.connection
        table = sql.Identifier("public", relation)
        where = self.where(relation)
        role = {"anon": "anon", "service": "service_role"}.get(actor, "authenticated")
        person, loss = LOSSES.get(actor, (actor, None))
        claims = {"role": role, **({"sub": str(self.users[person])} if person in self.users else {})}
        with connection.transaction(force_rollback=True):
            # This test is about privileges, so triggers are off.
            connection.execute("set local session_replication_role = replica")
            if loss:
                connection.execute(loss, (self.users[person],))
            row = connection.execute(
                sql.SQL("select to_jsonb(t) as row from {} as t where {} limit 1").format(table, where)
            ).fetchone()
            assert row is not None, f"the world has no row in {relation}"
            names = self.columns(relation)
            allowed = names
            if verb in {"insert", "update"}:
                grants = self.written[role].get(relation, {}).get(verb, ())
                allowed = [name for name in names if name in grants]
            chosen = [name for name in allowed if name != "search"] or names[:1]
            if verb == "insert" and self._relations[relation]["is_table"]:
                connection.execute(sql.SQL("delete from {} where {}").format(table, where))
            connection.execute(
                "select set_config('request.jwt.claims', %s, true), set_config('request.jwt.claim.sub', %s, true)",
                (json.dumps(claims), claims.get("sub", "")),
            )
            connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
            listed = sql.SQL(", ").join(map(sql.Identifier, chosen))
            statement = {
                "select": sql.SQL("select from {} where {}").format(table, where),
                "insert": sql.SQL("insert into {} ({}) select {} from jsonb_populate_record(null::{}, {})").format(
                    table, listed, listed, table, sql.Literal(json.dumps(row["row"]))
                ),
                "update": sql.SQL("update {} set {} = {} where {}").format(
                    table, sql.Identifier(chosen[-1]), sql.Identifier(chosen[-1]), where
                ),
                "delete": sql.SQL("delete from {} where {}").format(table, where),
            }[verb]
            try:
                with connection.transaction():
                    count = connection.execute(statement).rowcount
            except psycopg.Error as error:
                if error.sqlstate not in REFUSED:
                    raise
                return "x"
            return verb[0] if count else "."


@pytest.fixture(scope="module")
def everything(database: str) -> Iterator[World]:
    with psycopg.connect(database, autocommit=True, row_factory=dict_row) as connection:
        made = World(connection)
        yield made
        made.close()


def relations(connection: psycopg.Connection[Any]) -> set[str]:
    """Every table and view of public."""
    rows = connection.execute(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')"
    )
    return {row["relname"] for row in rows}


def test_every_relation_is_in_the_matrix(everything: World) -> None:
    assert relations(everything.connection) == set(MATRIX)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("relation", sorted(MATRIX))
def test_access(everything: World, relation: str, actor: str) -> None:
    outcome = "".join(everything.attempt(actor, relation, verb) for verb in ("select", "insert", "update", "delete"))
    assert outcome == MATRIX[relation][ACTORS.index(actor)]


@pytest.mark.parametrize("actor", LAPSED)
@pytest.mark.parametrize("relation", sorted(MATRIX))
def test_who_lost_an_account_or_a_role_is_a_stranger(everything: World, relation: str, actor: str) -> None:
    outcome = "".join(everything.attempt(actor, relation, verb) for verb in ("select", "insert", "update", "delete"))
    stranger = MATRIX[relation][ACTORS.index("other")]
    assert outcome == (OWN_STATE.get(relation, stranger) if LOSSES[actor][0] == "owner" else stranger)


OWNER_RULE = re.compile(r"\((user_id|id) = \( SELECT private\.active_user\(\) AS active_user\)\)")
# Rules that are more than the owner: a user without a profile creates it, everybody reads the public templates, and a
# task that has not ended stays.
OTHER_RULES = {
    ("profiles", "SELECT"): "(id = ( SELECT auth.uid() AS uid))",
    ("profiles", "INSERT"): "(id = ( SELECT auth.uid() AS uid))",
    ("resume_templates", "SELECT"): (
        "(((user_id IS NULL) AND is_public) OR (user_id = ( SELECT private.active_user() AS active_user)))"
    ),
    ("resume_generations", "DELETE"): (
        "((user_id = ( SELECT private.active_user() AS active_user)) AND (status = ANY (ARRAY['completed'::text, 'failed'::text])))"
    ),
}


def test_each_owner_policy_is_one_equality(everything: World) -> None:
    policies = everything.connection.execute(
        "select p.tablename, p.cmd, r.rule from pg_policies as p cross join unnest(array[p.qual, p.with_check]) as r (rule) "
        "where p.schemaname = 'public' and 'authenticated' = any (p.roles) and r.rule is not null and exists ("
        "select from pg_attribute as a where a.attrelid = format('public.%I', p.tablename)::regclass "
        "and (a.attname = 'user_id' or p.tablename = 'profiles'))"
    ).fetchall()
    others = {}
    for policy in policies:
        rule = policy["rule"].replace("(deleted_at IS NULL)", "").replace(" AND ", "")
        if not re.fullmatch(rf"\(?{OWNER_RULE.pattern}\)?", rule):
            others[policy["tablename"], policy["cmd"]] = policy["rule"]
    assert others == OTHER_RULES
    owned = {policy["tablename"] for policy in policies}
    assert owned >= {name for name in world.ROWS if name not in {"audit_logs", "system_events"}}


def test_column_grants(everything: World) -> None:
    assert everything.written["anon"] == {}
    expected = {}
    for relation, verbs in WRITABLE.items():
        every = set(everything.columns(relation))
        expected[relation] = {verb: every if names == "all" else set(names) for verb, names in verbs.items()}
    assert everything.written["authenticated"] == expected


def test_readable_tables_are_readable_in_full(everything: World) -> None:
    # `select *` of the stock client fails if any column is not granted, so secret columns belong in another table.
    partly = everything.connection.execute(
        "select c.relname, r.role from pg_class as c cross join (values ('anon'), ('authenticated')) as r (role) "
        "where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') "
        "and has_any_column_privilege(r.role, c.oid, 'select') and not has_table_privilege(r.role, c.oid, 'select')"
    ).fetchall()
    assert partly == []
