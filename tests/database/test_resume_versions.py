"""Versions: which changes create one, how many are kept, and that a restore loses nothing."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.database.rows import refused
from tests.database.test_storage_limits import limits

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Clock, Connect, NewUser


def make(as_user: AsRole, user_id: uuid.UUID, text: str = "one") -> uuid.UUID:
    """Insert a résumé as its owner."""
    with as_user(user_id) as cursor:
        cursor.execute(
            "insert into public.resumes (content) values (%s) returning id", (json.dumps({"summary": text}),)
        )
        resume: uuid.UUID = cursor.fetchone()["id"]
        return resume


def edit(as_user: AsRole, user_id: uuid.UUID, resume: uuid.UUID, text: str) -> int:
    """Save directly, as `.from("resumes").update(…)` does."""
    with as_user(user_id) as cursor:
        cursor.execute(
            "update public.resumes set content = %s where id = %s returning version",
            (json.dumps({"summary": text}), resume),
        )
        version: int = cursor.fetchone()["version"]
        return version


def save(
    as_user: AsRole, user_id: uuid.UUID, resume: uuid.UUID, base: int, text: str, kind: str, summary: str | None = None
) -> int:
    """Save through resume_save."""
    with as_user(user_id) as cursor:
        cursor.execute(
            "select version from public.resume_save(id => %s, base_version => %s, content => %s, change_type => %s, "
            "summary => %s)",
            (resume, base, json.dumps({"summary": text}), kind, summary),
        )
        version: int = cursor.fetchone()["version"]
        return version


def versions(as_user: AsRole, user_id: uuid.UUID, resume: uuid.UUID) -> list[tuple[int, str, str]]:
    """Number, type and text of every version, oldest first."""
    with as_user(user_id) as cursor:
        rows = cursor.execute(
            "select version_number, change_type, content ->> 'summary' as text from public.resume_versions "
            "where resume_id = %s order by version_number",
            (resume,),
        ).fetchall()
    return [(row["version_number"], row["change_type"], row["text"]) for row in rows]


def test_a_new_resume_is_its_first_version(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    resume = make(as_user, user_id)
    assert versions(as_user, user_id, resume) == [(1, "manual", "one")]


def test_manual_saves_create_one_version_every_two_minutes(new_user: NewUser, as_user: AsRole, clock: Clock) -> None:
    user_id = new_user()
    resume = make(as_user, user_id)
    clock.advance("1 minute")
    edit(as_user, user_id, resume, "two")
    assert versions(as_user, user_id, resume) == [(1, "manual", "one")]
    clock.advance("2 minutes")
    edit(as_user, user_id, resume, "three")
    # A state that the throttle skipped is stored before it is replaced.
    assert versions(as_user, user_id, resume) == [
        (1, "manual", "one"),
        (2, "manual", "two"),
        (3, "manual", "three"),
    ]
    edit(as_user, user_id, resume, "four")
    edit(as_user, user_id, resume, "five")
    assert len(versions(as_user, user_id, resume)) == 3


@pytest.mark.parametrize("kind", ["ai_optimized", "template_change", "import", "restore"])
def test_other_changes_always_make_one_and_keep_what_they_replace(
    new_user: NewUser, as_user: AsRole, kind: str
) -> None:
    user_id = new_user()
    resume = make(as_user, user_id)
    base = edit(as_user, user_id, resume, "throttled")
    version = save(as_user, user_id, resume, base, "by machine", kind, "why")
    assert versions(as_user, user_id, resume) == [
        (1, "manual", "one"),
        (2, "manual", "throttled"),
        (version, kind, "by machine"),
    ]
    with as_user(user_id) as cursor:
        row = cursor.execute(
            "select change_summary, changed_by from public.resume_versions where resume_id = %s and version_number = %s",
            (resume, version),
        ).fetchone()
    assert row == {"change_summary": "why", "changed_by": user_id}


def test_a_type_does_not_leak_into_the_next_save(new_user: NewUser, as_user: AsRole, clock: Clock) -> None:
    user_id = new_user()
    resume = make(as_user, user_id)
    clock.advance("3 minutes")
    with as_user(user_id) as cursor:
        cursor.execute("select public.resume_save(%s, 1, '{\"summary\": \"ai\"}', 'ai_optimized', 's')", (resume,))
        clock.advance("3 minutes")
        cursor.execute('update public.resumes set content = \'{"summary": "me"}\' where id = %s', (resume,))
    assert versions(as_user, user_id, resume)[-1] == (3, "manual", "me")


def test_choosing_a_template_is_a_version_that_names_it(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    resume = make(as_user, user_id)
    with as_user(user_id) as cursor:
        cursor.execute(
            "update public.resumes set template_id = (select id from public.resume_templates where slug = 'classic') "
            "where id = %s",
            (resume,),
        )
    row = (
        connect()
        .execute(
            "select change_type, change_summary from public.resume_versions where resume_id = %s and version_number = 2",
            (resume,),
        )
        .fetchone()
    )
    assert row == {"change_type": "template_change", "change_summary": "Template: Classic"}


def test_thirty_versions_are_kept(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    resume = make(as_user, user_id)
    for base in range(1, 41):
        save(as_user, user_id, resume, base, f"text {base + 1}", "import")
    kept = versions(as_user, user_id, resume)
    assert [number for number, _, _ in kept] == list(range(12, 42))


def test_the_oldest_versions_of_an_account_make_room_for_new_ones(
    connect: Connect, new_user: NewUser, as_user: AsRole
) -> None:
    user_id = new_user()
    other, resume = make(as_user, user_id), make(as_user, user_id)
    text = "".join(str(uuid.uuid4()) for _ in range(100))
    with limits(connect, "resume_versions", "free", max_bytes=10_000):
        for base in range(1, 9):
            save(as_user, user_id, resume, base, text + str(base), "import")
        size = connect().execute(
            "select sum(pg_column_size(content)) as bytes from public.resume_versions where user_id = %s", (user_id,)
        )
        assert size.fetchone()["bytes"] <= 10_000
        assert versions(as_user, user_id, other) == []
        kept = [number for number, _, _ in versions(as_user, user_id, resume)]
        assert kept in ([8, 9], [7, 8, 9])
    with limits(connect, "resume_versions", "free", max_rows=1):  # a restore always finds what was just replaced
        save(as_user, user_id, resume, 9, "ten", "import")
        assert [number for number, _, _ in versions(as_user, user_id, resume)] == [9, 10]


def test_a_restore_returns_everything_and_loses_nothing(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    resume = make(as_user, user_id)
    with as_user(user_id) as cursor:
        cursor.execute(
            "update public.resumes set title = 'Mine', content = '{\"summary\": \"unsaved work\"}', "
            'layout = \'{"hidden": ["awards"]}\' where id = %s',
            (resume,),
        )
        row = cursor.execute("select * from public.resume_restore(%s, 1)", (resume,)).fetchone()
    assert (row["version"], row["content"], row["layout"], row["title"]) == (
        3,
        {"summary": "one"},
        {},
        "Untitled Resume",
    )
    assert versions(as_user, user_id, resume) == [
        (1, "manual", "one"),
        (2, "manual", "unsaved work"),
        (3, "restore", "one"),
    ]
    with as_user(user_id) as cursor:
        again = cursor.execute("select * from public.resume_restore(%s, 2)", (resume,)).fetchone()
    assert (again["title"], again["content"], again["layout"]) == (
        "Mine",
        {"summary": "unsaved work"},
        {"hidden": ["awards"]},
    )


def test_save_and_restore_refuse_a_stale_base(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    resume = make(as_user, user_id)
    edit(as_user, user_id, resume, "two")
    for call in (
        "select public.resume_save(%s, 1, '{}', 'ai_optimized', null)",
        "select public.resume_restore(%s, 1, 1)",
    ):
        with refused("version_conflict") as caught, as_user(user_id) as cursor:
            cursor.execute(call, (resume,))
        assert json.loads(caught.value.diag.message_detail or "")["current_version"] == 2
    assert versions(as_user, user_id, resume) == [(1, "manual", "one")]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("select public.resume_save(%s, null, '{}', 'manual', null)", "base_version_required"),
        ("select public.resume_save(%s, 1, '{}', 'magic', null)", "unknown_change_type"),
        ("select public.resume_save(%s, 1, '[]', 'manual', null)", "content_invalid"),
        ("select public.resume_restore(%s, 7)", "version_not_found"),
    ],
)
def test_bad_calls_are_refused(new_user: NewUser, as_user: AsRole, call: str, code: str) -> None:
    user_id = new_user()
    resume = make(as_user, user_id)
    with refused(code), as_user(user_id) as cursor:
        cursor.execute(call, (resume,))


def test_owners_can_read_versions_and_no_one_can_write_them(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_anon: AsRole
) -> None:
    owner, other = new_user(), new_user()
    resume = make(as_user, owner)
    assert versions(as_user, other, resume) == []
    for call in (
        "select public.resume_save(%s, 1, '{}', 'manual', null)",
        "select public.resume_restore(%s, 1)",
    ):
        with pytest.raises(psycopg.Error) as refused, as_user(other) as cursor:
            cursor.execute(call, (resume,))
        assert refused.value.sqlstate == "PT404"
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_anon() as cursor:
            cursor.execute(call, (resume,))
    for statement in (
        "update public.resume_versions set content = '{}' where resume_id = %s",
        "delete from public.resume_versions where resume_id = %s",
        (
            "insert into public.resume_versions (resume_id, user_id, version_number, title, content) "
            "select id, user_id, 99, 'x', '{}' from public.resumes where id = %s"
        ),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
            cursor.execute(statement, (resume,))
    connect().execute("delete from public.resumes where id = %s", (resume,))
    assert connect().execute("select from public.resume_versions where resume_id = %s", (resume,)).fetchall() == []
