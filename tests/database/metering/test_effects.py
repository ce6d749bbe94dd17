"""Effects: what an operation leaves behind is written with its charge, or not at all."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from functions._shared.domain.effects import (
    KeepAnalysis,
    KeepBullets,
    KeepDocument,
    KeepDownload,
    KeepJobData,
    KeepResume,
)
from tests.database.metering.support import detail
from tests.database.rows import insert, refused
from tests.database.test_storage_limits import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from functions._shared.domain.effects import Effect
    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Connect, NewUser

CONTENT = {"personalInfo": {"fullName": "Zoë"}, "summary": "Engineer."}
TABLES = {
    "bullets": "resume_bullets",
    "document": "generated_documents",
    "analysis": "analyses",
    "download": "resume_downloads",
}


def effect(kind: str, user: uuid.UUID) -> Effect:
    """A new effect of each kind."""
    return {
        "bullets": KeepBullets(
            question="What did you do?", transcript="I sold cars.", bullets=["Sold cars"], role="Seller"
        ),
        "document": KeepDocument(document_type="cover_letter", content="Dear team,", title="Letter", resume_version=1),
        "analysis": KeepAnalysis(
            analysis_type="ats_score", score=81, keywords_matched=3, keywords_missing=1, results={"a": 1}
        ),
        "download": KeepDownload(format="pdf", file_path=f"{user}/{uuid.uuid4()}.pdf", file_size_bytes=1000),
    }[kind]


def found(meter: Meter, kind: str, user: uuid.UUID) -> list[Row]:
    return meter.owner.execute(f"select * from public.{TABLES[kind]} where user_id = %s", (user,)).fetchall()


@pytest.fixture
def room(meter: Meter) -> Iterator[Callable[[str, int, int], None]]:
    """Set how many rows and bytes of a table the free plan stores."""
    tables: list[str] = []

    def _room(table: str, rows: int, size: int = 10**9) -> None:
        tables.append(table)
        meter.owner.execute(
            "insert into public.storage_limits (kind, plan, max_rows, max_bytes) values (%s, 'free', %s, %s) "
            "on conflict (kind, plan) do update set max_rows = excluded.max_rows, max_bytes = excluded.max_bytes",
            (table, rows, size),
        )

    yield _room
    meter.owner.execute("delete from public.storage_limits where plan = 'free' and kind = any(%s)", (tables,))


@pytest.mark.parametrize("kind", TABLES)
def test_an_effect_is_written_with_the_charge(meter: Meter, new_user: NewUser, as_user: AsRole, kind: str) -> None:
    user = new_user()
    resume = insert(as_user, user, "resumes", title="Mine", content=CONTENT)
    job = insert(as_user, user, "jobs", title="Engineer")
    kept = effect(kind, user)
    receipt = meter.commit(meter.reserve(user, resume=resume["id"], job=job["id"]), effects=[kept.row()])
    assert receipt["effects"] == [{"id": str(kept.id)}]
    assert meter.account(user) == (4, 0, 0)
    (row,) = found(meter, kind, user)
    assert row["id"] == kept.id
    written = {name: value for name, value in kept.model_dump(exclude={"kind"}).items() if value is not None}
    assert {name: row[name] for name in written} == written
    if "usage_id" in row:
        assert str(row["usage_id"]) == receipt["usage_id"]
    if "resume_id" in row:
        assert row["resume_id"] == resume["id"]
    if "job_id" in row:
        assert row["job_id"] == job["id"]


def test_an_analysis_gives_the_resume_its_score(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    resume = insert(as_user, user, "resumes", title="Mine", content=CONTENT)
    meter.commit(meter.reserve(user, "ats_scan", resume=resume["id"]), effects=[effect("analysis", user).row()])
    (row,) = found(meter, "analysis", user)
    assert (row["status"], row["keywords_total"], row["credits_used"]) == ("completed", 4, 2)
    stored = meter.owner.execute("select ats_score from public.resumes where id = %s", (resume["id"],)).fetchone()
    assert stored == {"ats_score": 81}


def test_what_a_job_states_is_kept_on_the_job_of_the_operation(
    meter: Meter, new_user: NewUser, as_user: AsRole
) -> None:
    user, other = new_user(), new_user()
    job = insert(as_user, user, "jobs", title="Engineer", description="We need Kafka.")
    foreign = insert(as_user, other, "jobs", title="Engineer", description="We need Go.")
    kept = KeepJobData(id=foreign["id"], extracted_data={"requiredSkills": ["Kafka"]})
    receipt = meter.commit(meter.reserve(user, "job_extract", job=job["id"]), effects=[kept.row()])
    assert receipt["effects"] == [{"id": str(job["id"])}]
    rows = meter.owner.execute(
        "select id, extracted_data from public.jobs where user_id = any(%s)", ([user, other],)
    ).fetchall()
    assert {row["id"]: row["extracted_data"] for row in rows} == {
        job["id"]: {"requiredSkills": ["Kafka"]},
        foreign["id"]: None,
    }

    held = meter.reserve(user, "job_extract", job=job["id"])
    meter.owner.execute("delete from public.jobs where id = %s", (job["id"],))
    meter.commit(held, effects=[kept.row()])


def test_a_replay_writes_no_second_row(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    held = meter.reserve(user, key="k")
    meter.commit(held, effects=[effect("document", user).row()])
    assert meter.reserve(user, key="k")["state"] == "replay"
    with refused("hold_lost", 409):
        meter.commit(held, effects=[effect("document", user).row()])
    assert len(found(meter, "document", user)) == 1


@pytest.mark.parametrize(
    "kind", ["anything", "task_ended", "", None, "bullets(public.usage_events, jsonb, timestamptz)--"]
)
def test_an_unknown_effect_charges_nothing(meter: Meter, new_user: NewUser, kind: str | None) -> None:
    user = new_user()
    held = meter.reserve(user)
    with refused("unknown_effect", 500):
        meter.commit(held, effects=[effect("document", user).row(), {"kind": kind}])
    assert (meter.account(user), found(meter, "document", user)) == ((4, 1, 0), [])
    meter.release(held)
    assert meter.account(user) == (5, 0, 0)


@pytest.mark.parametrize("kind", TABLES)
def test_what_is_paid_for_does_not_come_with_a_release(meter: Meter, new_user: NewUser, kind: str) -> None:
    user = new_user()
    held = meter.reserve(user)
    with refused("unknown_effect", 500):
        meter.release(held, effects=[effect(kind, user).row()])
    assert found(meter, kind, user) == []
    assert meter.release(held)["charged"] == 0


def test_a_result_outlives_its_resume_that_goes_during_the_work(
    meter: Meter, new_user: NewUser, as_user: AsRole
) -> None:
    user = new_user()
    resume = insert(as_user, user, "resumes", title="Mine", content=CONTENT)
    job = insert(as_user, user, "jobs", title="Engineer")
    held = meter.reserve(user, resume=resume["id"], job=job["id"])
    meter.owner.execute("delete from public.resumes where id = %s", (resume["id"],))
    meter.owner.execute("delete from public.jobs where id = %s", (job["id"],))
    meter.commit(held, effects=[effect(kind, user).row() for kind in TABLES])
    for kind in ("document", "analysis"):
        (row,) = found(meter, kind, user)
        assert (row["resume_id"], row["job_id"]) == (None, None)


def test_an_effect_cannot_name_another_user_or_their_rows(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user, other = new_user(), new_user()
    theirs = insert(as_user, other, "resumes", title="Theirs", content=CONTENT)
    forged = {**effect("document", user).row(), "user_id": str(other), "resume_id": str(theirs["id"])}
    meter.commit(meter.reserve(user), effects=[forged])
    (row,) = found(meter, "document", user)
    assert (row["resume_id"], found(meter, "document", other)) == (None, [])
    held = meter.reserve(user)
    with pytest.raises(psycopg.errors.CheckViolation):
        meter.commit(held, effects=[{**effect("download", user).row(), "file_path": f"{other}/x.pdf"}])


def test_a_full_store_refuses_before_the_work(meter: Meter, new_user: NewUser, room: Any) -> None:
    user = new_user()
    room("resume_bullets", 1)
    meter.commit(meter.reserve(user, "bullets"), effects=[effect("bullets", user).row()])
    for dry_run in (True, False):
        with refused("storage_limit_reached", 413) as caught:
            meter.reserve(user, "bullets", dry_run=dry_run)
        assert (detail(caught)["kind"], detail(caught)["max_rows"]) == ("resume_bullets", 1)
    assert meter.account(user) == (4, 0, 0)
    # What keeps nothing is not held up.
    assert meter.use(user, "summary")["charged"] == 1


def test_a_full_store_at_the_end_charges_nothing(meter: Meter, new_user: NewUser, room: Any) -> None:
    user = new_user()
    first, second = meter.reserve(user, "bullets"), meter.reserve(user, "bullets")
    room("resume_bullets", 1)
    meter.commit(first, effects=[effect("bullets", user).row()])
    with refused("storage_limit_reached", 413):
        meter.commit(second, effects=[effect("bullets", user).row()])
    meter.release(second)
    assert (meter.account(user), len(found(meter, "bullets", user))) == ((4, 0, 0), 1)


def test_large_results_count_by_their_size(meter: Meter, new_user: NewUser, room: Any) -> None:
    user = new_user()
    room("generated_documents", 1000, 5000)
    long = effect("document", user).model_copy(update={"content": "".join(str(uuid.uuid4()) for _ in range(200))})
    held = meter.reserve(user, "cover_letter")
    with refused("storage_limit_reached", 413):
        meter.commit(held, effects=[long.row()])


def test_a_new_resume_counts_in_rows_and_bytes(
    meter: Meter, new_user: NewUser, as_service: AsRole, connect: Connect
) -> None:
    user = new_user()
    long = KeepResume(title="Mine", content={"summary": "".join(str(uuid.uuid4()) for _ in range(200))}).row()
    held = meter.reserve(user)
    with limits(connect, "resumes", "free", max_bytes=5000), refused("storage_limit_reached", 413):
        meter.commit(held, effects=[long])
    meter.release(held)
    reserve = "select public.usage_reserve(%s, 'summary', 'k', 'request', p_new_resume => true)"
    with limits(connect, "resumes", "free", max_rows=0), refused("storage_limit_reached", 413), as_service() as cursor:
        cursor.execute(reserve, (user,))
    assert meter.account(user) == (5, 0, 0)


def test_every_operation_that_keeps_results_has_room_for_them(meter: Meter) -> None:
    rows = meter.owner.execute(
        "select distinct kept_in from public.operations where kept_in is not null "
        "except select kind from public.storage_limits where plan is null"
    )
    assert rows.fetchall() == []
