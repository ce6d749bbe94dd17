"""Every text and every document has a largest size: read from the catalogue, so that no column can be forgotten."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.database.rows import Connect

# Made by our own triggers and functions of what is bounded elsewhere; a limit could only lose data.
DERIVED = {
    "public.credit_grants.returned": "the refunds and disputes of a lot",
}

COLUMNS = """
select
  format('%s.%s', a.attrelid::regclass::text, a.attname) as name, a.attname as column,
  coalesce(bool_or(k.contype = 'f'), false) as refers, a.attgenerated <> '' as generated,
  coalesce(array_agg(pg_get_constraintdef(k.oid)) filter (where k.contype = 'c'), '{}') as checks,
  (select coalesce(array_agg(pg_get_constraintdef(d.oid)), '{}') from pg_constraint as d where d.contypid = a.atttypid) as domain
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
join pg_type as t on t.oid = a.atttypid
left join pg_constraint as k on k.conrelid = c.oid and a.attnum = any (k.conkey) and k.contype in ('c', 'f')
where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and a.attnum > 0 and not a.attisdropped
  and coalesce(nullif(t.typbasetype, 0), t.oid) = any ('{text,varchar,bpchar,json,jsonb,xml,bytea,text[],jsonb[]}'::regtype[])
group by a.attrelid, a.attname, a.attgenerated, a.atttypid
order by 1
"""

# Our own functions that bound their first argument.
FUNCTIONS = r"private\.(json_within|string_list|valid_design|valid_content|valid_layout)\({}\b|private\.own_path\({},"
LONGEST = 1_000_000
SIZE = r"(char_length|octet_length|length|pg_column_size)\(\(?\"?{}\"?\)?(::text)?\)\)? *(<=?|=) *\d+"
LIST = r"\({} = ANY \(\(?ARRAY\[|\({} = '"
PATTERN = r"\({} ~\*? '((?:[^']|'')*)'"


def is_bounded_pattern(pattern: str) -> bool:
    """Whether a regular expression is anchored at both ends and repeats nothing without end."""
    parsed = import_module("re._parser").parse(pattern.replace("''", "'"))
    longest: int = parsed.getwidth()[1]
    return pattern.startswith("^") and pattern.endswith("$") and "|" not in pattern and longest < LONGEST


def is_bounded(row: dict[str, Any]) -> bool:
    """Whether a check, a foreign key to a bounded column, or a domain limits the size of a column."""
    if row["refers"] or row["generated"]:
        return True
    name = re.escape(row["column"])
    for check, column in [*((check, name) for check in row["checks"]), *((check, "VALUE") for check in row["domain"])]:
        if re.search(f"{SIZE}|{FUNCTIONS}|{LIST}".replace("{}", column), check):
            return True
        if any(is_bounded_pattern(found) for found in re.findall(PATTERN.replace("{}", column), check)):
            return True
    return False


def test_every_text_is_bounded(connect: Connect) -> None:
    rows = connect().execute(COLUMNS).fetchall()
    assert len(rows) > 200
    unbounded = {row["name"] for row in rows if not is_bounded(row)}
    assert unbounded == {name.removeprefix("public.") for name in DERIVED}


def test_what_counts_as_a_bound() -> None:
    def bounded(check: str, **more: Any) -> bool:
        return is_bounded({"column": "a", "refers": False, "generated": False, "checks": [check], "domain": [], **more})

    assert bounded("CHECK ((char_length(a) <= 5))")
    assert bounded("CHECK ((octet_length((a)::text) <= 5))")
    assert bounded("CHECK ((a = ANY (ARRAY['x'::text, 'y'::text])))")
    assert bounded("CHECK ((a ~ '^[A-Z]{3}$'::text))")
    assert bounded("CHECK (private.own_path(a, user_id))")
    assert bounded("", refers=True)
    assert not bounded("CHECK ((a ~ '^[A-Z]+$'::text))")
    assert not bounded("CHECK ((a ~ '[A-Z]{3}'::text))")
    assert not bounded("CHECK ((jsonb_typeof(a) = 'object'::text))")
    assert not bounded("CHECK ((char_length(b) <= 5))")
    assert not bounded("CHECK ((char_length(a) >= 1))")
