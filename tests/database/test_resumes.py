"""Résumés as a client writes them: upsert, guards, optimistic lock, publication, plan limits, search."""

from __future__ import annotations

import json
import threading
import uuid
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused, upsert

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.database.rows import AsRole, Connect, NewUser, Row


CONTENT = {"personalInfo": {"name": "Ada Lovelace"}, "summary": "Writes engines", "skills": {"technical": ["Python"]}}


def new_resume(as_user: AsRole, user_id: uuid.UUID, **columns: Any) -> Row:
    """Insert a résumé with some content."""
    return insert(as_user, user_id, "resumes", **{"content": CONTENT, **columns})


def plan_with(connect: Connect, max_resumes: int, *, premium: bool = False) -> Callable[[], None]:
    """Change the limits of the default plan; return a function that restores them."""
    connection = connect()
    before = connection.execute(
        "select slug, max_resumes, premium_templates from public.plans where is_default"
    ).fetchone()
    connection.execute(
        "update public.plans set max_resumes = %s, premium_templates = %s where is_default", (max_resumes, premium)
    )

    def undo() -> None:
        connection.execute(
            "update public.plans set max_resumes = %(max_resumes)s, premium_templates = %(premium_templates)s "
            "where slug = %(slug)s",
            before,
        )

    return undo


# defaults and derived columns ------------------------------------------------------------------------------------


def test_a_new_resume_has_the_defaults(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id)
    assert row["user_id"] == user_id
    assert (row["title"], row["status"], row["is_draft"], row["version"]) == ("Untitled Resume", "draft", True, 1)
    template = (
        connect().execute("select slug from public.resume_templates where id = %s", (row["template_id"],)).fetchone()
    )
    assert template["slug"] == "modern-1"
    assert row["extracted_text"].split("\n") == ["Ada Lovelace", "Writes engines", "Python"]


def test_status_and_is_draft_say_the_same(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    assert new_resume(as_user, user_id, is_draft=False)["status"] == "published"
    row = new_resume(as_user, user_id, status="archived")
    assert row["is_draft"] is False
    with as_user(user_id) as cursor:
        changed = cursor.execute(
            "update public.resumes set is_draft = true where id = %s returning status", (row["id"],)
        ).fetchone()
        assert changed["status"] == "draft"
        changed = cursor.execute(
            "update public.resumes set status = 'published' where id = %s returning is_draft", (row["id"],)
        ).fetchone()
        assert changed["is_draft"] is False


# the stock client's upsert ---------------------------------------------------------------------------------------


def test_upsert_of_a_whole_row_works_and_keeps_what_is_not_the_clients(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id, is_public=True)
    sent = {
        **row,
        "title": "Renamed",
        "ats_score": 100,
        "optimization_score": 100,
        "share_slug": "guessable",
        "created_at": "2001-01-01",
        "updated_at": "2001-01-01",
        "last_edited": "2001-01-01",
        "extracted_text": "other",
        "search": "'other'",
    }
    with as_user(user_id) as cursor:
        saved = upsert(cursor, "resumes", sent)
    assert saved["title"] == "Renamed"
    assert saved["version"] == row["version"] + 1
    for column in ("ats_score", "optimization_score", "share_slug", "created_at", "extracted_text"):
        assert saved[column] == row[column], column
    assert saved["updated_at"] > row["updated_at"]
    assert "renam" in saved["search"]


def test_upsert_makes_a_new_row_with_the_clients_id(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id)
    fresh = {**row, "id": str(uuid.uuid4()), "title": "Offline copy", "ats_score": 99}
    with as_user(user_id) as cursor:
        saved = upsert(cursor, "resumes", fresh)
    assert (str(saved["id"]), saved["title"], saved["ats_score"]) == (fresh["id"], "Offline copy", None)


def test_upsert_of_another_users_row_is_refused(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner, thief = new_user(), new_user()
    row = new_resume(as_user, owner)
    for sent in ({**row, "title": "Stolen"}, {**row, "title": "Stolen", "user_id": thief}):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(thief) as cursor:
            upsert(cursor, "resumes", sent)
    left = connect().execute("select title, user_id from public.resumes where id = %s", (row["id"],)).fetchone()
    assert left == {"title": "Untitled Resume", "user_id": owner}


def test_user_id_is_forged_neither_on_insert_nor_on_update(new_user: NewUser, as_user: AsRole) -> None:
    user_id, victim = new_user(), new_user()
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user_id) as cursor:
        cursor.execute("insert into public.resumes (user_id) values (%s)", (victim,))
    row = new_resume(as_user, user_id)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(user_id) as cursor:
        cursor.execute("update public.resumes set user_id = %s where id = %s", (victim, row["id"]))


def test_a_row_keeps_its_id(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id)
    with as_user(user_id) as cursor:
        kept = cursor.execute(
            "update public.resumes set id = gen_random_uuid() where id = %s returning id", (row["id"],)
        ).fetchone()
    assert kept["id"] == row["id"]


@pytest.mark.parametrize("column", ["thumbnail_path", "original_file_path", "exported_pdf_path"])
def test_paths_stay_in_the_owners_folder(new_user: NewUser, as_user: AsRole, column: str) -> None:
    user_id, other = new_user(), new_user()
    row = new_resume(as_user, user_id, **{column: f"{user_id}/a.pdf"})
    for path in (f"{other}/a.pdf", f"{user_id}/../{other}/a.pdf", f"/{user_id}/a.pdf", f"{user_id}//a.pdf", "a.pdf"):
        with pytest.raises(psycopg.errors.CheckViolation), as_user(user_id) as cursor:
            cursor.execute(f"update public.resumes set {column} = %s where id = %s", (path, row["id"]))


def test_references_cannot_point_at_another_users_rows(new_user: NewUser, as_user: AsRole) -> None:
    user_id, other = new_user(), new_user()
    foreign = new_resume(as_user, other)["id"]
    with as_user(other) as cursor:
        job = cursor.execute("insert into public.jobs (title) values ('x') returning id").fetchone()["id"]
    own = new_resume(as_user, user_id)["id"]
    for statement, value in (
        ("update public.resumes set parent_resume_id = %s where id = %s", foreign),
        ("update public.resumes set ai_optimized_for_job_id = %s where id = %s", job),
    ):
        with pytest.raises(psycopg.errors.ForeignKeyViolation), as_user(user_id) as cursor:
            cursor.execute(statement, (value, own))
    with pytest.raises(psycopg.errors.ForeignKeyViolation), as_user(user_id) as cursor:
        cursor.execute("update public.profiles set active_resume_id = %s where id = %s", (foreign, user_id))


def test_deleting_what_is_pointed_at_only_clears_the_pointer(
    connect: Connect, new_user: NewUser, as_user: AsRole
) -> None:
    user_id = new_user()
    parent = new_resume(as_user, user_id)["id"]
    child = new_resume(as_user, user_id, parent_resume_id=parent)["id"]
    with as_user(user_id) as cursor:
        cursor.execute("update public.profiles set active_resume_id = %s where id = %s", (parent, user_id))
        cursor.execute("delete from public.resumes where id = %s", (parent,))
    row = (
        connect()
        .execute(
            "select r.parent_resume_id, r.user_id, p.active_resume_id, p.id from public.resumes as r "
            "join public.profiles as p on p.id = r.user_id where r.id = %s",
            (child,),
        )
        .fetchone()
    )
    assert row == {"parent_resume_id": None, "user_id": user_id, "active_resume_id": None, "id": user_id}


# optimistic lock -------------------------------------------------------------------------------------------------


def test_a_stale_version_is_refused_with_the_current_one(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id)
    with as_user(user_id) as cursor:
        saved = cursor.execute(
            "update public.resumes set title = 'one', version = 1 where id = %s returning version", (row["id"],)
        ).fetchone()
        assert saved["version"] == 2
    for stale in (1, 3, 99):
        with refused("version_conflict", 409) as caught, as_user(user_id) as cursor:
            cursor.execute("update public.resumes set title = 'two', version = %s where id = %s", (stale, row["id"]))
        assert json.loads(caught.value.diag.message_detail or "")["current_version"] == 2


@pytest.mark.parametrize("version", [7, 2_147_483_647])
def test_the_server_sets_the_first_version(new_user: NewUser, as_user: AsRole, version: int) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id, version=version)
    assert row["version"] == 1
    with as_user(user_id) as cursor:
        saved = upsert(cursor, "resumes", {**row, "id": str(uuid.uuid4()), "version": version})
        assert saved["version"] == 1
        saved = upsert(cursor, "resumes", {**saved, "title": "Next"})
        assert saved["version"] == 2


def test_an_update_without_a_version_counts_up_and_bookkeeping_does_not(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id)
    with as_user(user_id) as cursor:
        versions = [
            cursor.execute(
                f"update public.resumes set {change} where id = %s returning version", (row["id"],)
            ).fetchone()["version"]
            for change in (
                "title = 'x'",
                'layout = \'{"hidden": ["awards"]}\'',
                "content = '{}'",
                "content = '{}'",
                "last_accessed_at = now()",
                "status = 'archived'",
            )
        ]
    assert versions == [2, 3, 4, 4, 4, 4]


def test_of_two_saves_at_once_on_one_version_one_wins(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id)
    barrier = threading.Barrier(8)
    outcomes: list[str] = []

    def save(n: int) -> None:
        try:
            with as_user(user_id) as cursor:
                barrier.wait()
                cursor.execute(
                    "select public.resume_save(%s, 1, %s, 'manual', null)", (row["id"], json.dumps({"summary": str(n)}))
                )
            outcomes.append("saved")
        except psycopg.Error as error:
            outcomes.append(error.diag.message_primary or "?")

    threads = [threading.Thread(target=save, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved"] + ["version_conflict"] * 7
    left = connect().execute("select version from public.resumes where id = %s", (row["id"],)).fetchone()
    assert left["version"] == 2


# publication -----------------------------------------------------------------------------------------------------


def test_publishing_makes_a_slug_and_taking_it_offline_rotates_it(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id)
    assert row["share_slug"] is None
    slugs = []
    with as_user(user_id) as cursor:
        for public in (True, False, True):
            changed = cursor.execute(
                "update public.resumes set is_public = %s where id = %s returning is_public, share_slug, status",
                (public, row["id"]),
            ).fetchone()
            assert changed["is_public"] is public
            assert changed["status"] == "published"
            slugs.append(changed["share_slug"])
    assert slugs[1] is None
    assert slugs[0] != slugs[2]
    assert all(len(slug) == 22 for slug in (slugs[0], slugs[2]))


def test_an_unpublished_resume_is_no_longer_public(new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id, is_public=True)
    assert row["share_slug"]
    with as_user(user_id) as cursor:
        changed = cursor.execute(
            "update public.resumes set status = 'archived' where id = %s returning is_public, share_slug", (row["id"],)
        ).fetchone()
    assert changed == {"is_public": False, "share_slug": None}


# the bin ---------------------------------------------------------------------------------------------------------


def test_bin_and_back(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id, is_public=True)
    with as_user(user_id) as cursor:
        cursor.execute("update public.profiles set active_resume_id = %s where id = %s", (row["id"], user_id))
        cursor.execute("select public.resume_delete(%s)", (row["id"],))
        assert cursor.execute("select from public.resumes where id = %s", (row["id"],)).fetchall() == []
        assert cursor.execute("select from public.resume_sections where resume_id = %s", (row["id"],)).fetchall() == []
        binned = cursor.execute("select kind, id from public.bin_list()").fetchall()
        assert binned == [{"kind": "resume", "id": row["id"]}]
        assert (
            cursor.execute("update public.resumes set title = 'x' where id = %s returning id", (row["id"],)).fetchall()
            == []
        )
    left = (
        connect()
        .execute(
            "select r.is_public, r.share_slug, p.active_resume_id from public.resumes as r "
            "join public.profiles as p on p.id = r.user_id where r.id = %s",
            (row["id"],),
        )
        .fetchone()
    )
    assert left == {"is_public": False, "share_slug": None, "active_resume_id": None}
    with as_user(user_id) as cursor:
        back = cursor.execute("select * from public.resume_undelete(%s)", (row["id"],)).fetchone()
        assert (back["deleted_at"], back["content"]) == (None, CONTENT)
        assert cursor.execute("select from public.bin_list()").fetchall() == []


def test_only_owners_can_use_the_bin(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner, other = new_user(), new_user()
    row = new_resume(as_user, owner)
    for call in ("resume_delete(%s)", "resume_delete(%s, true)", "resume_undelete(%s)"):
        with refused("resume_not_found", 404), as_user(other) as cursor:
            cursor.execute(f"select public.{call}", (row["id"],))
    with as_user(owner) as cursor:
        cursor.execute("select public.resume_delete(%s)", (row["id"],))
        # Erasing also works for rows in the bin.
        cursor.execute("select public.resume_delete(%s, true)", (row["id"],))
    assert connect().execute("select from public.resumes where id = %s", (row["id"],)).fetchall() == []


@pytest.mark.parametrize("operation", ["insert", "update"])
def test_deleted_at_is_not_written_directly(new_user: NewUser, as_user: AsRole, operation: str) -> None:
    user_id = new_user()
    row = new_resume(as_user, user_id)
    with refused("read_only_column"), as_user(user_id) as cursor:
        if operation == "insert":
            cursor.execute("insert into public.resumes (deleted_at) values (now())")
        else:
            cursor.execute("update public.resumes set deleted_at = now() where id = %s", (row["id"],))


def test_an_admin_reads_all_resumes_and_writes_none(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner, admin = new_user(), new_user()
    connect().execute("insert into public.admin_users (user_id, email) values (%s, %s)", (admin, f"{admin}@a.example"))
    row = new_resume(as_user, owner)
    with as_user(admin) as cursor:
        assert cursor.execute("select id from public.resumes where id = %s", (row["id"],)).fetchone() is not None
        for statement in (
            "update public.resumes set title = 'x' where id = %s returning id",
            "delete from public.resumes where id = %s returning id",
        ):
            assert cursor.execute(statement, (row["id"],)).fetchall() == []


# plan limits -----------------------------------------------------------------------------------------------------


def test_the_plan_limit_also_applies_to_restoring_from_the_bin(
    connect: Connect, new_user: NewUser, as_user: AsRole
) -> None:
    undo = plan_with(connect, 2)
    try:
        user_id = new_user()
        first, second = new_resume(as_user, user_id), new_resume(as_user, user_id)
        with refused("resume_limit_reached", 403):
            new_resume(as_user, user_id)
        # An upsert of an existing row does not count as a new one.
        with as_user(user_id) as cursor:
            assert upsert(cursor, "resumes", {**second, "title": "Renamed"})["title"] == "Renamed"
            cursor.execute("select public.resume_delete(%s)", (first["id"],))
        new_resume(as_user, user_id)
        with refused("resume_limit_reached"), as_user(user_id) as cursor:
            cursor.execute("select public.resume_undelete(%s)", (first["id"],))
    finally:
        undo()


def test_after_a_downgrade_existing_resumes_stay_editable(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    undo = plan_with(connect, -1, premium=True)
    try:
        user_id = new_user()
        premium = connect().execute("select id from public.resume_templates where slug = 'executive'").fetchone()["id"]
        rows = [new_resume(as_user, user_id, template_id=premium) for _ in range(3)]
    finally:
        undo()
    undo = plan_with(connect, 1)
    try:
        with as_user(user_id) as cursor:
            assert upsert(cursor, "resumes", {**rows[0], "title": "Still mine"})["title"] == "Still mine"
            cursor.execute("update public.resumes set content = '{}' where id = %s", (rows[1]["id"],))
    finally:
        undo()


def test_parallel_inserts_cannot_exceed_the_limit(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    undo = plan_with(connect, 3)
    try:
        user_id = new_user()
        barrier = threading.Barrier(8)
        outcomes: list[str] = []

        def insert() -> None:
            barrier.wait()
            try:
                new_resume(as_user, user_id)
                outcomes.append("made")
            except psycopg.Error as error:
                outcomes.append(error.diag.message_primary or "?")

        threads = [threading.Thread(target=insert) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["made"] * 3 + ["resume_limit_reached"] * 5
    finally:
        undo()


def test_administrators_have_no_limit(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    undo = plan_with(connect, 0)
    try:
        admin = new_user()
        connect().execute(
            "insert into public.admin_users (user_id, email) values (%s, %s)", (admin, f"{admin}@a.example")
        )
        assert new_resume(as_user, admin)["version"] == 1
    finally:
        undo()


# search ----------------------------------------------------------------------------------------------------------


def test_search_finds_own_resumes_by_words_phrases_and_title(new_user: NewUser, as_user: AsRole) -> None:
    user_id, other = new_user(), new_user()
    engine = new_resume(as_user, user_id, title="Software Engineer", content=({"summary": "Built analytical engines"}))
    new_resume(as_user, user_id, title="Cook", content=({"summary": "Engines of analytical taste"}))
    new_resume(as_user, other, title="Software Engineer", content=({"summary": "Built analytical engines"}))
    with as_user(user_id) as cursor:
        found = cursor.execute("select id, headline from public.resume_search('\"analytical engine\"')").fetchall()
        assert [row["id"] for row in found] == [engine["id"]]
        assert found[0]["headline"] == "Built **analytical** **engines**"
        assert len(cursor.execute("select * from public.resume_search('engine')").fetchall()) == 2
        assert [row["title"] for row in cursor.execute("select title from public.resume_search('cook')")] == ["Cook"]
        # The request that textSearch() of the stock client sends.
        rows = cursor.execute(
            "select id from public.resumes where search @@ websearch_to_tsquery('english', 'engineer -cook')"
        ).fetchall()
        assert [row["id"] for row in rows] == [engine["id"]]
        cursor.execute("select public.resume_delete(%s)", (engine["id"],))
        assert [row["title"] for row in cursor.execute("select title from public.resume_search('engineer')")] == [
            "Cook"
        ]
        assert cursor.execute("select * from public.resume_search('''')").fetchall() == []


@pytest.mark.parametrize("length", [201, 30_000, 200_000])
@pytest.mark.parametrize("search", ["resume_search", "job_search"])
def test_a_search_has_a_bounded_length(new_user: NewUser, as_user: AsRole, search: str, length: int) -> None:
    with refused("search_too_long", 422), as_user(new_user()) as cursor:
        cursor.execute(f"select public.{search}(%s)", ("a " * (length // 2) + "b",))


def test_a_search_of_many_large_resumes_is_quick(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    user_id = new_user()
    connection = connect()
    connection.execute(
        "insert into public.admin_users (user_id, email) values (%s, %s)", (user_id, f"{user_id}@a.example")
    )
    connection.execute(
        "insert into public.resumes (user_id, title, content) select %s, 'Large', jsonb_build_object('experience', "
        "(select jsonb_agg(jsonb_build_object('description', (select string_agg('engine' || (e * 97 + w) %% 3000, ' ') "
        "from generate_series(1, 200) as w))) from generate_series(1, 40) as e)) from generate_series(1, 200)",
        (user_id,),
    )
    query = " or ".join(f"engine{n}" for n in range(100, 115))
    assert 180 < len(query) <= 200
    with as_user(user_id) as cursor:
        cursor.execute("set local statement_timeout = '1s'")
        assert len(cursor.execute("select * from public.resume_search(%s, 100)", (query,)).fetchall()) == 100
    # Other tests look at the plans of small tables.
    connection.execute("delete from public.resumes where user_id = %s", (user_id,))
    connection.execute("vacuum public.resumes")
