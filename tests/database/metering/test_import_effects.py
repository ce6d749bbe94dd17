"""What an import leaves behind: a résumé within the plan, and what was read on the row of the upload."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from functions._shared.domain.effects import FailUpload, KeepResume, KeepUpload
from tests.database.rows import insert

if TYPE_CHECKING:
    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, NewUser

CONTENT: dict[str, Any] = {"personalInfo": {"fullName": "Zoë"}, "summary": "Engineer."}


def upload_of(user: uuid.UUID, **values: Any) -> KeepUpload:
    return KeepUpload(
        **{
            "file_name": "cv.pdf",
            "path": f"{user}/{uuid.uuid4()}.pdf",
            "file_size_bytes": 1000,
            "parsed_data": {"content": CONTENT},
            "confidence": 0.9,
            "is_new": True,
            **values,
        }
    )


def uploads(meter: Meter, user: uuid.UUID) -> list[Row]:
    return meter.owner.execute("select * from public.resume_uploads where user_id = %s", (user,)).fetchall()


def test_a_new_resume_and_its_upload_come_with_the_charge(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    resume = KeepResume(title="Zoë", content=CONTENT)
    upload = upload_of(user, resume_id=resume.id)
    meter.commit(meter.reserve(user, "resume_import"), effects=[resume.row(), upload.row()])
    made = meter.owner.execute("select * from public.resumes where id = %s", (resume.id,)).fetchone()
    assert made is not None
    assert (made["user_id"], made["title"], made["content"], made["status"], made["version"]) == (
        user, "Zoë", CONTENT, "draft", 1,
    )  # fmt: skip
    version = meter.owner.execute(
        "select change_type from public.resume_versions where resume_id = %s", (resume.id,)
    ).fetchone()
    assert version == {"change_type": "import"}
    (row,) = uploads(meter, user)
    assert (row["id"], row["parse_status"], row["resume_id"], float(row["confidence"])) == (
        upload.id, "completed", resume.id, 0.9,
    )  # fmt: skip


def test_the_version_after_an_import_is_manual_again(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    made = KeepResume(title="Zoë", content=CONTENT)
    meter.commit(meter.reserve(user, "resume_import"), effects=[made.row()])
    insert(as_user, user, "resumes", title="By hand", content=CONTENT)
    types = meter.owner.execute(
        "select change_type from public.resume_versions where user_id = %s order by created_at", (user,)
    ).fetchall()
    assert [row["change_type"] for row in types] == ["import", "manual"]


def test_one_resume_too_many_is_refused_and_not_charged(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    limit = meter.owner.execute("select private.max_resumes(%s) as n", (user,)).fetchone()
    assert limit is not None
    for _ in range(limit["n"]):
        insert(as_user, user, "resumes", title="Mine", content=CONTENT)
    held, before = meter.reserve(user, "resume_import"), meter.account(user)
    with pytest.raises(psycopg.Error, match="resume_limit_reached"):
        meter.commit(held, effects=[KeepResume(title="Zoë", content=CONTENT).row(), upload_of(user).row()])
    assert (meter.account(user), uploads(meter, user)) == (before, [])


def test_what_was_read_goes_to_the_row_that_the_user_made(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    path = f"{user}/{uuid.uuid4()}.pdf"
    mine = insert(as_user, user, "resume_uploads", file_name="My CV.pdf", path=path)
    kept = upload_of(user, id=mine["id"], path=path, file_name="another.pdf", is_new=False)
    meter.release(meter.reserve(user, "resume_import"), effects=[FailUpload(id=mine["id"], message="No text.").row()])
    (row,) = uploads(meter, user)
    assert (row["parse_status"], row["error_message"]) == ("failed", "No text.")
    meter.commit(meter.reserve(user, "resume_import"), effects=[kept.row()])
    (row,) = uploads(meter, user)
    assert (row["parse_status"], row["error_message"], row["file_name"]) == ("completed", None, "My CV.pdf")
    meter.release(meter.reserve(user, "resume_import"), effects=[FailUpload(id=mine["id"], message="No text.").row()])
    assert uploads(meter, user)[0]["parse_status"] == "completed"


def test_nobody_writes_on_an_upload_of_another(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user, other = new_user(), new_user()
    path = f"{other}/{uuid.uuid4()}.pdf"
    theirs = insert(as_user, other, "resume_uploads", file_name="cv.pdf", path=path)
    held = meter.reserve(user, "resume_import")
    with pytest.raises(psycopg.Error, match="upload_not_found"):
        meter.commit(held, effects=[upload_of(user, id=theirs["id"], is_new=False).row()])
    meter.release(held, effects=[FailUpload(id=theirs["id"], message="Mine now.").row()])
    assert uploads(meter, other)[0]["parse_status"] == "pending"
