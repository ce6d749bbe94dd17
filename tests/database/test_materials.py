"""Sources of résumés: drafts, uploads, experiences, bullets."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import insert, refused, upsert, written

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Connect, NewUser, Row


def upload(as_user: AsRole, owner: uuid.UUID, **columns: Any) -> Row:
    """Register an uploaded file."""
    return insert(
        as_user, owner, "resume_uploads", **{"file_name": "cv.pdf", "path": f"{owner}/{uuid.uuid4()}.pdf", **columns}
    )


# drafts ----------------------------------------------------------------------------------------------------------


def test_a_resume_has_one_draft_and_so_has_a_new_one(new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    for about in (None, resume):
        first = insert(as_user, owner, "resume_drafts", resume_id=about, content={"a": 1})
        with pytest.raises(psycopg.errors.UniqueViolation):
            insert(as_user, owner, "resume_drafts", resume_id=about)
        with as_user(owner) as cursor:
            saved = upsert(
                cursor,
                "resume_drafts",
                {"user_id": owner, "resume_id": about, "content": {"a": 2}},
                conflict="user_id, resume_id",
            )
        assert (saved["id"], saved["content"]) == (first["id"], {"a": 2})
        assert saved["last_saved"] > first["last_saved"]


def test_a_draft_is_deleted_with_its_resume_and_may_have_any_shape(new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    draft = insert(as_user, owner, "resume_drafts", resume_id=resume, content={"experience": "half a wo"})["id"]
    with as_user(owner) as cursor:
        cursor.execute("delete from public.resumes where id = %s", (resume,))
        assert cursor.execute("select from public.resume_drafts where id = %s", (draft,)).fetchall() == []
    with pytest.raises(psycopg.errors.CheckViolation):
        insert(as_user, owner, "resume_drafts", content=["no object"])


def test_drafts_are_private_and_point_at_own_rows(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner, other = new_user(), new_user()
    resume = insert(as_user, owner, "resumes")["id"]
    template = insert(
        as_user,
        owner,
        "resume_templates",
        name="Mine",
        design=connect()
        .execute("select design from public.resume_templates where slug = 'classic'")
        .fetchone()["design"],
    )["id"]
    insert(as_user, owner, "resume_drafts", template_id=template)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        insert(as_user, other, "resume_drafts", resume_id=resume)
    with refused("template_unavailable", 422):
        insert(as_user, other, "resume_drafts", template_id=template)
    with as_user(other) as cursor:
        assert cursor.execute("select * from public.resume_drafts where user_id = %s", (owner,)).fetchall() == []


# uploads ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "{other}/00000000-0000-4000-8000-000000000000.pdf",
        "{owner}/cv.pdf",
        "{owner}/00000000-0000-4000-8000-000000000000.exe",
        "{owner}/../{other}/00000000-0000-4000-8000-000000000000.pdf",
        "{owner}/sub/00000000-0000-4000-8000-000000000000.pdf",
    ],
)
def test_an_upload_lies_in_the_owners_folder(new_user: NewUser, as_user: AsRole, path: str) -> None:
    owner, other = new_user(), new_user()
    with pytest.raises(psycopg.errors.CheckViolation):
        upload(as_user, owner, path=path.format(owner=owner, other=other))


def test_a_file_is_registered_once(new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    row = upload(as_user, owner)
    with pytest.raises(psycopg.errors.UniqueViolation):
        upload(as_user, owner, path=row["path"])


def test_parsing_moves_forward_and_may_be_tried_again(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    owner = new_user()
    row = upload(as_user, owner)
    assert row["parse_status"] == "pending"
    change = "update public.resume_uploads set parse_status = %s where id = %s"
    with as_service() as cursor:
        for status in ("failed", "pending", "completed"):
            cursor.execute(change, (status, row["id"]))
    for status in ("pending", "failed"):
        with refused("invalid_transition", 409), as_service() as cursor:
            cursor.execute(change, (status, row["id"]))
    with pytest.raises(psycopg.errors.CheckViolation), as_service() as cursor:
        cursor.execute("update public.resume_uploads set confidence = 1.01 where id = %s", (row["id"],))


def test_only_the_importer_says_what_a_file_holds(new_user: NewUser, as_user: AsRole) -> None:
    owner = new_user()
    for forged in ({"parsed_data": {"summary": "x"}}, {"parse_status": "completed"}, {"confidence": 1}):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            upload(as_user, owner, **forged)
    row = upload(as_user, owner)
    for assignment in ("parsed_data = '{}'", "parse_status = 'completed'", "confidence = 1", "error_message = 'x'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(owner) as cursor:
            cursor.execute(f"update public.resume_uploads set {assignment} where id = %s", (row["id"],))


# experiences -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        {"start_date": "2020-01-01", "end_date": "2019-01-01"},
        {"is_current": True, "end_date": "2020-01-01"},
        {"technologies": "Python"},
        {"achievements": [1]},
        {"responsibilities": {"a": 1}},
        {"company": ""},
    ],
)
def test_impossible_experiences_are_refused(new_user: NewUser, as_user: AsRole, columns: dict[str, Any]) -> None:
    values = {"company": "Acme", "position": "Engineer", **columns}
    if values.get("technologies") == "Python":
        values["technologies"] = '"Python"'
    with pytest.raises(psycopg.errors.CheckViolation):
        insert(as_user, new_user(), "user_experiences", **values)


def test_experiences_are_written_by_their_owner(connect: Connect, new_user: NewUser, as_user: AsRole) -> None:
    owner, other = new_user(), new_user()
    row = insert(
        as_user, owner, "user_experiences", company="Acme", position="Engineer", is_current=True, technologies=["Go"]
    )
    with as_user(owner) as cursor:
        saved = upsert(cursor, "user_experiences", {**row, "position": "Lead", "created_at": "2001-01-01"})
    assert (saved["position"], saved["created_at"]) == ("Lead", row["created_at"])
    for forged in (row, {**row, "user_id": other}):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(other) as cursor:
            upsert(cursor, "user_experiences", {**forged, "position": "Thief"})
    with as_user(other) as cursor:
        assert (
            cursor.execute("delete from public.user_experiences where id = %s returning id", (row["id"],)).fetchall()
            == []
        )
    assert connect().execute("select position from public.user_experiences where id = %s", (row["id"],)).fetchone() == {
        "position": "Lead"
    }


CAREER = {
    "experience": [
        {"company": "Acme", "role": "Lead", "startDate": "2022-03", "endDate": "Present", "bullets": ["Led 5"], "technologies": ["Go"]},
        {"employer": "Beta", "title": "Engineer", "location": "Leeds", "startDate": "2019", "endDate": "2021-12-24"},
        {"company": "Nobody"},
    ]
}  # fmt: skip


def test_a_resume_becomes_experiences_once(new_user: NewUser, as_user: AsRole) -> None:
    owner, other = new_user(), new_user()
    resume = insert(as_user, owner, "resumes", content=CAREER)["id"]
    with as_user(owner) as cursor:
        rows = cursor.execute("select * from public.experiences_from_resume(%s)", (resume,)).fetchall()
        assert cursor.execute("select * from public.experiences_from_resume(%s)", (resume,)).fetchall() == []
    lead, engineer = rows
    assert (lead["company"], lead["position"], str(lead["start_date"]), lead["is_current"]) == (
        "Acme", "Lead", "2022-03-01", True,
    )  # fmt: skip
    assert (lead["achievements"], lead["technologies"], lead["end_date"]) == (["Led 5"], ["Go"], None)
    assert (engineer["location"], str(engineer["start_date"]), str(engineer["end_date"]), engineer["is_current"]) == (
        "Leeds", "2019-01-01", "2021-12-01", False,
    )  # fmt: skip
    with refused("resume_not_found", 404), as_user(other) as cursor:
        cursor.execute("select * from public.experiences_from_resume(%s)", (resume,))


def test_experiences_go_into_a_resume_once_and_as_a_version(new_user: NewUser, as_user: AsRole) -> None:
    owner, other = new_user(), new_user()
    source = insert(as_user, owner, "resumes", content=CAREER)["id"]
    target = insert(as_user, owner, "resumes", content={"summary": "Kept", "experience": [{"company": "Gamma"}]})
    with as_user(owner) as cursor:
        ids = [row["id"] for row in cursor.execute("select * from public.experiences_from_resume(%s)", (source,))]
        filled = cursor.execute(
            "select * from public.resume_add_experiences(%s, %s, %s)", (target["id"], target["version"], ids)
        ).fetchone()
        again = cursor.execute("select * from public.resume_add_experiences(%s, 2)", (target["id"],)).fetchone()
    jobs = filled["content"]["experience"]
    assert [job["company"] for job in jobs] == ["Acme", "Beta", "Gamma"]
    assert jobs[0] == {
        "company": "Acme", "role": "Lead", "startDate": "2022-03", "endDate": "Present", "bullets": ["Led 5"], "technologies": ["Go"],
    }  # fmt: skip
    assert (filled["content"]["summary"], filled["version"]) == ("Kept", 2)
    assert again["content"] == filled["content"]
    with refused("version_conflict", 409), as_user(owner) as cursor:
        cursor.execute("select public.resume_add_experiences(%s, 1)", (target["id"],))
    theirs = insert(as_user, other, "resumes")
    with refused("experience_not_found", 404), as_user(other) as cursor:
        cursor.execute("select public.resume_add_experiences(%s, 1, %s)", (theirs["id"], ids))
    with refused("resume_not_found", 404), as_user(other) as cursor:
        cursor.execute("select public.resume_add_experiences(%s, 1)", (target["id"],))


# bullets ---------------------------------------------------------------------------------------------------------


def test_bullets_are_lists_of_texts_of_their_owner(new_user: NewUser, as_user: AsRole, as_service: AsRole) -> None:
    owner, other = new_user(), new_user()
    said = {"question": "What did you do?", "transcript": "I led", "role": "Engineer"}
    row = written(as_service, owner, "resume_bullets", **said, bullets=["Led a team"])
    with pytest.raises(psycopg.errors.CheckViolation):
        written(as_service, owner, "resume_bullets", **said, bullets={"a": "b"})
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        insert(as_user, owner, "resume_bullets", **said, bullets=["Led an army"])
    with as_user(owner) as cursor:
        cursor.execute("update public.resume_bullets set role = 'Lead' where id = %s", (row["id"],))
        found = cursor.execute("select id from public.resume_bullets where bullets ? 'Led a team'").fetchall()
    assert [hit["id"] for hit in found] == [row["id"]]
    with as_user(other) as cursor:
        assert cursor.execute("select * from public.resume_bullets where id = %s", (row["id"],)).fetchall() == []
