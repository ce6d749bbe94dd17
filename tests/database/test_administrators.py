"""Administrators read other people's rows through `admin_rows`: page by page, with a reason, audited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.database.rows import make_admin, refused

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Connect, NewUser

TABLES = ("audit_logs", "feedback", "profiles", "subscriptions", "system_events", "usage_events")
CALL = "select public.admin_rows(%s, 'ticket 42', %s, %s, %s) as page"


def page(cursor: Any, table: str, user: object = None, before: str | None = None, limit: int = 50) -> Any:
    """Read a page as the administrator of the cursor."""
    return cursor.execute(CALL, (table, user, before, limit)).fetchone()["page"]


@pytest.mark.parametrize("table", TABLES)
def test_an_administrator_reads_the_rows_of_one_user_and_of_all(
    connect: Connect, new_user: NewUser, as_user: AsRole, table: str
) -> None:
    users, admin = [new_user(), new_user()], new_user()
    make_admin(connect, admin)
    owner = "id" if table == "profiles" else "user_id"
    statement = {
        "feedback": "insert into public.feedback (user_id, content) values (%s, 'It works well.')",
        "subscriptions": "insert into public.subscriptions (user_id, provider, plan, status) "
        "select %s, 'manual', slug, 'expired' from public.plans limit 1",
        "system_events": "insert into public.system_events (user_id, event_type) values (%s, 'test')",
        "audit_logs": "select private.audit(%s, 'test', null, null)",
        "usage_events": "select public.increment_usage(%s, 'summary')",
    }.get(table)
    for user in users:
        if statement:
            connect().execute(statement, (user,))
    with as_user(admin, commit=False) as cursor:
        rows = page(cursor, table, users[0])["rows"]
        assert rows
        assert {row[owner] for row in rows} == {str(users[0])}
        assert {str(user) for user in users} <= {row[owner] for row in page(cursor, table, limit=200)["rows"]}


def test_pages_follow_each_other_and_each_is_in_the_log(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    user, admin = new_user(), new_user()
    make_admin(connect, admin)
    with as_user(user) as cursor:
        # Of one moment: the id decides.
        cursor.execute(
            "insert into public.feedback (content) select 'It works well ' || n from generate_series(1, 5) as n"
        )
    seen: list[str] = []
    before: str | None = None
    with as_user(admin) as cursor:
        for expected in (2, 2, 1):
            answer = page(cursor, "feedback", user, before, 2)
            assert len(answer["rows"]) == expected
            seen += [row["id"] for row in answer["rows"]]
            before = answer["next"]
    assert before is None
    assert len(set(seen)) == 5
    log = (
        connect()
        .execute(
            "select actor_id, user_id, action, entity_type, changes - 'before' as changes, changes ? 'before' as continued "
            "from public.audit_logs where actor_id = %s and action = 'admin_read' order by created_at",
            (admin,),
        )
        .fetchall()
    )
    assert log == [
        {
            "actor_id": admin,
            "user_id": user,
            "action": "admin_read",
            "entity_type": "feedback",
            "changes": {"reason": "ticket 42", "rows": rows},
            "continued": continued,
        }
        for rows, continued in ((2, False), (2, True), (1, True))
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("user_credits", "ticket 42", None), "unknown_table"),
        (("feedback; drop table public.feedback", "ticket 42", None), "unknown_table"),
        ((None, "ticket 42", None), "unknown_table"),
        (("feedback", "", None), "reason_required"),
        (("feedback", None, None), "reason_required"),
        (("feedback", "ticket 42", "yesterday"), "invalid_cursor"),
        (("feedback", "ticket 42", "2026-11-01 2"), "invalid_cursor"),
    ],
)
def test_what_makes_no_page_is_refused(
    connect: Connect, new_user: NewUser, as_user: AsRole, arguments: tuple[object, ...], code: str
) -> None:
    admin = new_user()
    make_admin(connect, admin)
    with refused(code, 422), as_user(admin) as cursor:
        cursor.execute("select public.admin_rows(%s, %s, p_before => %s)", arguments)


def test_a_page_is_bounded(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    user, admin = new_user(), new_user()
    make_admin(connect, admin)
    connect().execute(
        "insert into public.system_events (event_type, user_id) select 'test', %s from generate_series(1, 201)", (user,)
    )
    with as_user(admin) as cursor:
        assert len(page(cursor, "system_events", user, limit=100_000)["rows"]) == 200
        assert len(page(cursor, "system_events", user, limit=-1)["rows"]) == 1
