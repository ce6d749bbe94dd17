"""The database and the functions accept the same résumés, and report the same errors for the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions._shared.domain.errors import ContentInvalid
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.content_rules import content_rules
from functions._shared.domain.resume.json_resume import from_json_resume
from tests.database.rows import refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.database.rows import AsRole, Connect

DATA = Path(__file__).resolve().parent.parent / "data" / "json_resume"


@pytest.fixture(scope="module")
def checker(database: str) -> Callable[[Any], list[dict[str, str]] | None]:
    """Return the database's errors for a document; None if it accepts it."""
    connection = psycopg.connect(database, autocommit=True)

    def check(document: Any) -> list[dict[str, str]] | None:
        try:
            connection.execute("select private.valid_content(%s::jsonb)", (json.dumps(document),))
        except psycopg.errors.DatabaseError as error:
            # Any other error means that the check itself failed.
            if error.diag.message_primary != "content_invalid":
                raise
            errors: list[dict[str, str]] = json.loads(error.diag.message_detail or "")["errors"]
            return errors
        return None

    return check


def test_database_and_functions_have_the_same_rules(connect: Connect) -> None:
    row = connect().execute("select private.content_rules() as rules").fetchone()
    assert row["rules"] == content_rules()


def test_a_real_json_resume_fits(checker: Callable[[Any], Any]) -> None:
    document = json.loads((DATA / "official-sample.json").read_text())
    assert checker(from_json_resume(document).to_json()) is None


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ([], ""),
        ("text", ""),
        ({"summary": 7}, "/summary"),
        ({"summary": "x" * 10_001}, "/summary"),
        ({"personalInfo": []}, "/personalInfo"),
        ({"personalInfo": None}, "/personalInfo"),
        ({"personalInfo": {"email": {"a": 1}}}, "/personalInfo/email"),
        ({"personalInfo": {"address": {"city": []}}}, "/personalInfo/address/city"),
        ({"experience": {}}, "/experience"),
        ({"experience": ["text"]}, "/experience/0"),
        ({"experience": [{}, {"company": 7}]}, "/experience/1/company"),
        ({"experience": [{"bullets": "one"}]}, "/experience/0/bullets"),
        ({"experience": [{"bullets": ["ok", 7]}]}, "/experience/0/bullets"),
        ({"experience": [{"startDate": "last year"}]}, "/experience/0/startDate"),
        ({"experience": [{}] * 101}, "/experience"),
        ({"skills": {"technical": [{}]}}, "/skills/technical"),
        ({"skills": {"groups": [{"keywords": None}]}}, "/skills/groups/0/keywords"),
        ({"extra": []}, "/extra"),
        ({"unknown": "x" * 262_144}, ""),
    ],
)
def test_offences_are_named(checker: Callable[[Any], Any], document: Any, pointer: str) -> None:
    errors = checker(document)
    assert errors is not None
    assert [error["pointer"] for error in errors] == [pointer]


def test_depth_is_limited(checker: Callable[[Any], Any]) -> None:
    def nested(levels: int) -> Any:
        value: Any = 1
        for _ in range(levels):
            value = {"x": value}
        return value

    assert checker(nested(24)) is None
    assert checker(nested(25)) is not None


def test_unknown_keys_are_kept(checker: Callable[[Any], Any]) -> None:
    assert checker({"extra": {"a": [1, {"b": None}]}, "x-client": [1, 2], "experience": [{"mood": 5}]}) is None


KEYS = sorted({key for rules in content_rules()["objects"].values() for key in rules} | {"unknown"})
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from(["", "text", "2020-01", "Present", "2020-99", "x" * 501]),
)
DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=st.dictionaries(st.sampled_from(sorted(content_rules()["objects"]["resume"])), DOCUMENTS, max_size=3))
def test_database_and_functions_agree_on_any_document(checker: Callable[[Any], Any], document: dict[str, Any]) -> None:
    try:
        parse_content(document)
        accepted = True
    except ContentInvalid:
        accepted = False
    assert (checker(document) is None) is accepted


def test_invalid_content_is_explained_and_not_saved(new_user: Callable[..., uuid.UUID], as_user: AsRole) -> None:
    user_id = new_user()
    with as_user(user_id) as cursor:
        resume = cursor.execute("insert into public.resumes (content) values ('{}') returning id").fetchone()["id"]
    with refused("content_invalid"), as_user(user_id) as cursor:
        cursor.execute("update public.resumes set content = '{\"summary\": 1}' where id = %s", (resume,))
    with as_user(user_id) as cursor:
        row = cursor.execute("select content, version from public.resumes where id = %s", (resume,)).fetchone()
    assert row == {"content": {}, "version": 1}


def test_text_is_in_section_order_without_duplicates_or_extra(connect: Connect) -> None:
    document = {
        "experience": [{"id": "e1", "bullets": ["Led", "Built"], "extra": {"note": "hidden"}, "company": "Acme"}],
        "extra": {"meta": "hidden"},
        "summary": "About",
        "personalInfo": {"name": "Ada", "phone": ""},
    }
    row = connect().execute("select private.content_text(%s::jsonb) as text", (json.dumps(document),)).fetchone()
    lines = row["text"].split("\n")
    assert lines[:2] == ["Ada", "About"]
    assert sorted(lines[2:]) == ["Acme", "Built", "Led"]


def test_sections_view_follows_content_and_layout(new_user: Callable[..., uuid.UUID], as_user: AsRole) -> None:
    user_id, other = new_user(), new_user()
    content = {"personalInfo": {"name": "Ada"}, "summary": "s", "experience": [], "skills": {}}
    layout = {"sectionOrder": ["skills", "summary", "nonsense"], "hidden": ["experience"]}
    with as_user(user_id) as cursor:
        resume = cursor.execute(
            "insert into public.resumes (content, layout) values (%s, %s) returning id",
            (json.dumps(content), json.dumps(layout)),
        ).fetchone()["id"]
        rows = cursor.execute(
            "select section_type, section_order, is_visible, content from public.resume_sections "
            "where resume_id = %s order by section_order",
            (resume,),
        ).fetchall()
        assert [(row["section_type"], row["is_visible"]) for row in rows] == [
            ("skills", True),
            ("summary", True),
            ("personal", True),
            ("experience", False),
        ]
        assert [row["section_order"] for row in rows] == [1, 2, 3, 4]
        assert rows[1]["content"] == "s"
    with as_user(other) as cursor:
        assert cursor.execute("select from public.resume_sections where resume_id = %s", (resume,)).fetchall() == []
    with pytest.raises(psycopg.Error), as_user(user_id) as cursor:
        cursor.execute("update public.resume_sections set section_order = 1 where resume_id = %s", (resume,))
