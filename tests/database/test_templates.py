"""Résumé templates: built-in designs, users' own designs, and who may use them."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterator

    from tests.database.rows import AsRole, Connect, NewUser, Row

ROOT = Path(__file__).resolve().parent.parent.parent

DESIGN = {
    "layout": "single-column",
    "fonts": {"heading": "Lato", "body": "Lato"},
    "colors": {"primary": "#112233"},
    "sectionOrder": ["personalInfo", "summary"],
    "spacing": {"margins": "1in", "lineHeight": 1.5},
}


def own_template(as_user: AsRole, user_id: uuid.UUID, design: Any = DESIGN, **columns: Any) -> Row:
    """Insert a custom template as its owner does."""
    return insert(as_user, user_id, "resume_templates", **{"name": "Mine", "design": design, **columns})


def test_the_catalogue_is_readable_by_anybody(as_anon: AsRole) -> None:
    with as_anon() as cursor:
        rows = cursor.execute(
            "select slug, name, category, is_premium, ats_score, design from public.resume_templates"
        ).fetchall()
    assert len(rows) >= 8
    assert sum(row["is_premium"] for row in rows) == 2
    by_slug = {row["slug"]: row for row in rows}
    assert "modern-1" in by_slug
    assert (by_slug["classic"]["category"], by_slug["classic"]["ats_score"]) == ("traditional", 100)
    # The designs differ, and those of premium templates are not shown.
    free = [row for row in rows if not row["is_premium"]]
    assert len({json.dumps(row["design"], sort_keys=True) for row in free}) == len(free)
    assert all(row["design"] is None for row in rows if row["is_premium"])


def test_loading_the_catalogue_again_changes_nothing(connect: Connect) -> None:
    connection = connect()
    read = (
        "select t.id, slug, name, coalesce(t.design, d.design) as design, usage_count from public.resume_templates as t "
        "left join public.premium_designs as d on d.template_id = t.id where user_id is null order by slug"
    )
    before = connection.execute(read).fetchall()
    connection.execute((ROOT / "supabase" / "seeds" / "resume_templates.sql").read_bytes())
    assert connection.execute(read).fetchall() == before


def test_a_users_own_template_is_theirs(new_user: NewUser, as_user: AsRole, as_anon: AsRole) -> None:
    owner, other = new_user(), new_user()
    row = own_template(as_user, owner)
    assert (row["type"], row["layout"], row["sections"], row["user_id"]) == ("custom", "single-column", 2, owner)
    with as_user(other) as cursor:
        assert cursor.execute("select from public.resume_templates where id = %s", (row["id"],)).fetchall() == []
        for statement in (
            "update public.resume_templates set name = 'x' where id = %s returning id",
            "delete from public.resume_templates where id = %s returning id",
        ):
            assert cursor.execute(statement, (row["id"],)).fetchall() == []
    with as_anon() as cursor:
        assert cursor.execute("select from public.resume_templates where id = %s", (row["id"],)).fetchall() == []
    with as_user(owner) as cursor:
        changed = cursor.execute(
            "update public.resume_templates set design = jsonb_set(design, '{layout}', '\"two-column\"') "
            "where id = %s returning layout",
            (row["id"],),
        ).fetchone()
        assert changed["layout"] == "two-column"
        cursor.execute("delete from public.resume_templates where id = %s", (row["id"],))


@pytest.mark.parametrize(
    "change",
    [
        {"layout": "three-column"},
        {"colors": {"primary": "red"}},
        {"colors": {"primary": "#112233", "evil": '#fff"); #import "x'}},
        {"colors": {}},
        {"sectionOrder": []},
        {"sectionOrder": [1]},
        {"fonts": {"heading": 1, "body": "Lato"}},
        {"spacing": "1in"},
        {"note": "x" * 40_000},
    ],
)
def test_broken_designs_are_refused(new_user: NewUser, as_user: AsRole, change: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        own_template(as_user, new_user(), {**DESIGN, **change})


@pytest.mark.parametrize(
    "assignment", ["is_public = true", "is_premium = false", "usage_count = 9", "ats_score = 100", "slug = 'x'"]
)
def test_offering_and_scoring_a_template_is_not_the_users(new_user: NewUser, as_user: AsRole, assignment: str) -> None:
    owner = new_user()
    row = own_template(as_user, owner)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute(f"update public.resume_templates set {assignment} where id = %s", (row["id"],))


def test_not_even_the_server_publishes_a_users_template(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    row = own_template(as_user, new_user())
    with pytest.raises(psycopg.errors.CheckViolation, match="resume_templates_private"), as_service() as cursor:
        cursor.execute("update public.resume_templates set is_public = true where id = %s", (row["id"],))


def test_no_user_makes_a_builtin_template(new_user: NewUser, as_user: AsRole) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        own_template(as_user, new_user(), type="built-in")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(new_user()) as cursor:
        cursor.execute(
            "insert into public.resume_templates (name, type, user_id, design) values ('x', 'built-in', null, %s)",
            (json.dumps(DESIGN),),
        )


@contextmanager
def premium_plan(connect: Connect) -> Iterator[Callable[[bool], None]]:
    """Give a function that adds premium templates to the default plan or takes them away; restores the plan."""
    connection = connect()
    read = "select slug, premium_templates from public.plans where is_default"
    before = connection.execute(read).fetchone()

    def include(included: bool) -> None:
        connection.execute("update public.plans set premium_templates = %s where is_default", (included,))

    try:
        yield include
    finally:
        connection.execute(
            "update public.plans set premium_templates = %(premium_templates)s where slug = %(slug)s", before
        )


def use(as_user: AsRole, user_id: uuid.UUID, template: uuid.UUID) -> None:
    """Create a résumé with a template."""
    with as_user(user_id) as cursor:
        cursor.execute("insert into public.resumes (template_id) values (%s)", (template,))


def test_premium_templates_require_a_plan_that_includes_them(
    connect: Connect, new_user: NewUser, as_user: AsRole
) -> None:
    user_id = new_user()
    connection = connect()
    premium = connection.execute("select id from public.resume_templates where slug = 'creative'").fetchone()["id"]
    with premium_plan(connect) as include:
        include(False)
        with refused("premium_template", 403):
            use(as_user, user_id, premium)
        with as_user(user_id) as cursor:
            resume = cursor.execute("insert into public.resumes default values returning id").fetchone()["id"]
        with refused("premium_template"), as_user(user_id) as cursor:
            cursor.execute("update public.resumes set template_id = %s where id = %s", (premium, resume))
        include(True)
        use(as_user, user_id, premium)


def read_premium(acting: Any) -> list[Row]:
    """Read the designs of premium templates as a client does: by themselves and beside their templates."""
    with acting as cursor:
        rows: list[Row] = cursor.execute(
            "select t.slug, d.design from public.resume_templates as t join public.premium_designs as d on d.template_id = t.id"
        ).fetchall()
        return rows


def test_premium_designs_are_read_by_those_whose_plan_includes_them(
    connect: Connect, new_user: NewUser, as_user: AsRole, as_anon: AsRole
) -> None:
    user_id, left = new_user(), new_user()
    connect().execute("update public.profiles set is_active = false where id = %s", (left,))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        read_premium(as_anon())
    with premium_plan(connect) as include:
        include(False)
        assert read_premium(as_user(user_id)) == []
        include(True)
        assert {row["slug"] for row in read_premium(as_user(user_id))} == {"creative", "executive"}
        assert read_premium(as_user(left)) == []


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"note": "mine"},
        {"colors": {"primary": "#000000"}},
        {"colors": {"primary": "#000000"}, "paper": "a4", "headings": {}},
        {"fonts": {"heading": "Lato", "body": "Lato"}, "bullets": "*"},
        {"sectionOrder": ["summary"], "header": {}},
        # One value of each part, spelt otherwise or changed where nobody sees it.
        {
            "fonts": {"heading": "Source Serif 4", "body": "Source Serif 4", "fallback": "serif", "size": "10.6pt"},
            "colors": {"primary": "#1B2A41", "secondary": "#A17C2F", "text": "#1c1c1c", "muted": "#52575e"},
            "spacing": {"margins": "1.01in", "lineHeight": 1.45, "sectionGap": "16pt", "itemGap": "10pt"},
            "sectionOrder": ["personalInfo", "summary", "experience", "awards"],
        },
        {"layout": "two-column", "paper": "a4", "bullets": "*", "dateFormat": "YYYY", "sectionOrder": ["summary"]},
    ],
)
def test_copying_a_premium_design_does_not_make_it_free(
    connect: Connect, new_user: NewUser, as_user: AsRole, change: dict[str, Any]
) -> None:
    user_id = new_user()
    original = (
        connect()
        .execute(
            "select t.id, d.design from public.premium_designs as d "
            "join public.resume_templates as t on t.id = d.template_id where t.slug = 'executive'"
        )
        .fetchone()
    )
    copy = {**original["design"], **change}
    with premium_plan(connect) as include:
        include(False)
        with refused("premium_template", 403):
            own_template(as_user, user_id, copy)
        mine = own_template(as_user, user_id)
        with refused("premium_template"), as_user(user_id) as cursor:
            cursor.execute(
                "update public.resume_templates set design = %s where id = %s", (json.dumps(copy), mine["id"])
            )

        include(True)
        copied = own_template(as_user, user_id, copy)
        assert copied["based_on"] == original["id"]
        use(as_user, user_id, copied["id"])
        with as_user(user_id) as cursor:  # an edited copy stays one
            cursor.execute(
                "update public.resume_templates set design = %s where id = %s", (json.dumps(DESIGN), copied["id"])
            )

        include(False)
        with refused("premium_template", 403):
            use(as_user, user_id, copied["id"])
        with refused("premium_template"):
            insert(as_user, user_id, "resume_drafts", template_id=copied["id"])
        with as_user(user_id) as cursor:  # what exists stays editable
            cursor.execute("update public.resume_templates set name = 'Renamed' where id = %s", (copied["id"],))
            cursor.execute("update public.resumes set title = 'x' where template_id = %s", (copied["id"],))


def test_a_design_that_shares_less_than_half_is_the_users_own(
    connect: Connect, new_user: NewUser, as_user: AsRole
) -> None:
    row = connect().execute("select design from public.premium_designs order by template_id limit 1").fetchone()
    mixed = {**row["design"], **DESIGN, "header": {"align": "end"}, "headings": {"case": "upper", "rule": "start"}}
    with premium_plan(connect) as include:
        include(False)
        assert own_template(as_user, new_user(), mixed)["based_on"] is None


def test_no_free_template_looks_like_a_copy(connect: Connect) -> None:
    rows = connect().execute(
        "select t.slug from public.resume_templates as t join public.premium_designs as d "
        "on private.copies_design(t.design, d.design) where t.user_id is null"
    )
    assert rows.fetchall() == []


def test_another_users_and_retired_templates_cannot_be_chosen(
    connect: Connect, new_user: NewUser, as_user: AsRole
) -> None:
    owner, other = new_user(), new_user()
    mine = own_template(as_user, owner)["id"]
    use(as_user, owner, mine)
    with refused("template_unavailable", 422):
        use(as_user, other, mine)
    connection = connect()
    compact = connection.execute(
        "update public.resume_templates set is_active = false where slug = 'compact' returning id"
    ).fetchone()["id"]
    try:
        with refused("template_unavailable"):
            use(as_user, other, compact)
    finally:
        connection.execute("update public.resume_templates set is_active = true where slug = 'compact'")


def test_usage_is_counted(connect: Connect, new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    owner = new_user()
    mine = own_template(as_user, owner)["id"]
    use(as_user, owner, mine)
    use(as_user, owner, mine)
    with as_service() as cursor:
        assert cursor.execute("select public.template_usage_refresh() as n").fetchone()["n"] >= 1
        assert cursor.execute("select public.template_usage_refresh() as n").fetchone()["n"] == 0
    count = connect().execute("select usage_count from public.resume_templates where id = %s", (mine,)).fetchone()
    assert count["usage_count"] == 2
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
        cursor.execute("select public.template_usage_refresh()")
