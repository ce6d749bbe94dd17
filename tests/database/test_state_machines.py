"""The page on state machines matches the constraints and triggers, and every pair of states is tried."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
import pytest

if TYPE_CHECKING:
    import uuid

    from tests.database.rows import AsRole, Connect, NewUser

PAGE = Path(__file__).resolve().parents[2] / "docs" / "state-machines.md"


class Machine(NamedTuple):
    """One section of the page."""

    schema: str
    table: str
    column: str
    text: str
    rows: list[tuple[str, str]]

    @property
    def name(self) -> str:
        return f"{self.schema}.{self.table}.{self.column}"

    @property
    def states(self) -> set[str]:
        return {state for row in self.rows for state in row} - {"any"}

    @property
    def pairs(self) -> set[tuple[str, str]]:
        found = set()
        for start, end in self.rows:
            found |= {(start, other) for other in self.states} if end == "any" else {(start, end)}
        return {(start, end) for start, end in found if start != end}

    @property
    def guarded(self) -> bool:
        return "Kept by trigger" in self.text


def machines() -> list[Machine]:
    """Read the page."""
    found = []
    for heading, text in re.findall(
        r"^## (\S+)\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        schema, table, column = heading.split(".")
        cells = re.findall(r"^\| (\w+) \| (\w+) \| [^|]+\|$", text, re.MULTILINE)
        found.append(Machine(schema, table, column, text, [(a, b) for a, b in cells if a != "from"]))
    return found


MACHINES = machines()
GUARDED = [machine for machine in MACHINES if machine.guarded]


def test_every_status_column_has_its_section(connect: Connect) -> None:
    rows = connect().execute(
        "select c.relnamespace::regnamespace || '.' || c.relname || '.' || a.attname as name from pg_attribute as a "
        "join pg_class as c on c.oid = a.attrelid where c.relkind in ('r', 'p') and not c.relispartition "
        "and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and a.attname ~ '(^|_)(status|state)$'"
    )
    assert {row["name"] for row in rows} == {machine.name for machine in MACHINES}


@pytest.mark.parametrize("machine", [machine for machine in MACHINES if machine.rows], ids=lambda m: m.name)
def test_the_page_lists_the_states_of_the_constraint(connect: Connect, machine: Machine) -> None:
    definitions = (
        connect()
        .execute(
            "select pg_get_constraintdef(k.oid) as text from pg_attribute as a "
            "join pg_constraint as k on (k.conrelid = a.attrelid and k.conkey = array[a.attnum]) or k.contypid = a.atttypid "
            "where a.attrelid = %s::regclass and a.attname = %s and k.contype = 'c'",
            (f"{machine.schema}.{machine.table}", machine.column),
        )
        .fetchall()
    )
    allowed = {state for row in definitions for state in re.findall(r"'(\w+)'::text", row["text"])}
    assert allowed == machine.states


@pytest.mark.parametrize("machine", GUARDED, ids=lambda m: m.name)
def test_the_trigger_allows_the_transitions_on_the_page(connect: Connect, machine: Machine) -> None:
    row = (
        connect()
        .execute(
            "select pg_get_triggerdef(oid) as text from pg_trigger where tgrelid = %s::regclass "
            "and tgfoid = 'private.guard_transition'::regproc",
            (f"{machine.schema}.{machine.table}",),
        )
        .fetchone()
    )
    assert f"'{machine.column}'" in row["text"]
    assert set(re.findall(r"'(\w+)>(\w+)'", row["text"])) == machine.pairs


ROWS = {
    "resume_uploads": ("file_name, path", "'cv.pdf', %(user)s || '/' || gen_random_uuid() || '.pdf'"),
    "analyses": ("analysis_type", "'ats_score'"),
    "interview_sessions": ("session_type", "'chat'"),
    "resume_generations": ("operation", "'resume_export'"),
}


@pytest.mark.parametrize("machine", GUARDED, ids=lambda m: m.name)
def test_every_pair_of_states_behaves_as_documented(
    connect: Connect, as_service: AsRole, new_user: NewUser, machine: Machine
) -> None:
    owner = new_user()
    connection = connect()
    columns, values = ROWS[machine.table]

    def at(state: str) -> uuid.UUID:
        """Put a row into a state, without triggers."""
        connection.execute("set session_replication_role = replica")
        made = connection.execute(
            f"insert into public.{machine.table} (user_id, {columns}, {machine.column}) values (%(id)s, {values}, %(state)s) returning id",
            {"id": owner, "user": str(owner), "state": state},
        ).fetchone()
        connection.execute("set session_replication_role = origin")
        found: uuid.UUID = made["id"]
        return found

    outcome: dict[tuple[str, str], Any] = {}
    for start in machine.states:
        for end in machine.states:
            row = at(start)
            try:
                with as_service() as cursor:
                    cursor.execute(f"update public.{machine.table} set {machine.column} = %s where id = %s", (end, row))
                outcome[start, end] = "allowed"
            except psycopg.Error as error:
                outcome[start, end] = error.diag.message_primary
    expected = {
        (start, end): "allowed" if start == end or (start, end) in machine.pairs else "invalid_transition"
        for start in machine.states
        for end in machine.states
    }
    assert outcome == expected
