"""Reserve: who may, what the same key answers, who pays, and what stands in the way."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.metering.support import detail
from tests.database.rows import insert, make_admin, refused

if TYPE_CHECKING:
    from tests.database.metering.support import Meter
    from tests.database.rows import AsRole, Clock, Connect, NewUser


def test_a_hold_moves_a_credit_from_balance_to_reserved_and_writes_no_ledger_row(
    meter: Meter, new_user: NewUser
) -> None:
    user = new_user()
    held = meter.reserve(user)
    assert held | {"usage_id": "", "expires_at": ""} == {
        "state": "reserved",
        "usage_id": "",
        "attempt": 1,
        "operation": "summary",
        "funding": "credits",
        "cost": 1,
        "balance": 4,
        "resets_at": None,
        "expires_at": "",
        "resume": None,
        "job": None,
        "preferred_ai_provider": None,
        "result": None,
        "receipt": None,
        "rate": {"policy": "writing", "limit": 120, "window": 60, "remaining": 119, "reset": 60},
        "found": None,
    }
    assert meter.account(user) == (4, 1, 0)
    assert meter.ledger(user) == [("grant", 5, 5)]


def test_a_hold_outlives_its_operation_by_the_margin(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    held = meter.reserve(new_user())
    event = meter.event(held)
    assert (event["expires_at"] - event["reserved_at"]).total_seconds() == 60 + 60
    assert held["expires_at"].endswith("+00:00")
    assert abs((event["reserved_at"] - noon.now()).total_seconds()) < 60


def test_the_same_key_while_it_is_under_way_is_in_progress(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    held = meter.reserve(user, key="k")
    with refused("in_progress", 409) as caught:
        meter.reserve(user, key="k")
    assert detail(caught) == {"expires_at": held["expires_at"]}
    assert meter.account(user) == (4, 1, 0)


@pytest.mark.parametrize("settle", ["", "commit", "release"])
def test_the_same_key_with_another_request_is_a_conflict(meter: Meter, new_user: NewUser, settle: str) -> None:
    user = new_user()
    held = meter.reserve(user, key="k", request="one")
    if settle:
        getattr(meter, settle)(held)
    before = meter.account(user)
    with refused("idempotency_conflict", 409):
        meter.reserve(user, key="k", request="another")
    assert meter.account(user) == before


def test_a_committed_key_answers_what_it_answered_and_costs_nothing(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    result = '{"text": "Naïve  spacing", "n": 1.50}'
    receipt = meter.commit(meter.reserve(user, key="k"), result)
    meter.use(user)
    again = meter.reserve(user, key="k")
    assert (again["state"], again["result"], again["receipt"]) == ("replay", result, receipt)
    assert meter.account(user) == (3, 0, 0)


def test_keys_of_two_users_have_nothing_to_do_with_each_other(meter: Meter, new_user: NewUser) -> None:
    one, other = new_user(), new_user()
    meter.commit(meter.reserve(one, key="k"))
    assert meter.reserve(other, key="k", request="else")["state"] == "reserved"


def test_an_answer_is_kept_for_a_day(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    user = new_user()
    meter.commit(meter.reserve(user, key="k"))
    noon.advance("23 hours 59 minutes")
    assert meter.reserve(user, key="k")["state"] == "replay"
    noon.advance("2 minutes")
    with refused("replay_gone", 410):
        meter.reserve(user, key="k")


@pytest.mark.parametrize("end", ["select public.resume_delete(%s)", "delete from public.resumes where id = %s"])
def test_an_answer_dies_with_its_resume(meter: Meter, new_user: NewUser, as_user: AsRole, end: str) -> None:
    user = new_user()
    resume = insert(as_user, user, "resumes", title="CV")["id"]
    meter.commit(meter.reserve(user, key="k", resume=resume))
    assert meter.reserve(user, key="k", resume=resume)["state"] == "replay"
    with as_user(user) as cursor:
        cursor.execute(end, (resume,))
    with refused("replay_gone", 410):
        meter.reserve(user, key="k", resume=resume)


def test_a_released_key_starts_a_fresh_attempt_in_the_same_row(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    first = meter.reserve(user, key="k")
    meter.release(first)
    second = meter.reserve(user, key="k")
    assert (second["usage_id"], second["attempt"]) == (first["usage_id"], 2)
    with refused("hold_lost", 409):
        meter.commit(first)
    assert meter.commit(second)["charged"] == 1
    assert meter.account(user) == (4, 0, 0)


def test_a_fresh_attempt_is_as_old_as_itself(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    """Retention goes by the age of the row: with that of the first attempt, it would delete a new charge, key and all."""
    user = new_user()
    meter.release(meter.reserve(user, key="k"))
    noon.advance("400 days")
    meter.commit(meter.reserve(user, key="k"))
    assert meter.owner.execute(
        "select created_at > private.now() - interval '1 day' as kept from public.usage_events where user_id = %s",
        (user,),
    ).fetchone() == {"kept": True}


def test_a_fresh_attempt_may_be_another_operation_of_the_same_request(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    meter.release(meter.reserve(user, "resume_import", key="k"))
    again = meter.reserve(user, "tailor", key="k")
    assert (again["funding"], again["cost"]) == ("credits", 2)
    assert meter.counters(user) == {("resume_import", "lifetime"): (0, 0)}
    meter.commit(again)
    assert meter.account(user) == (3, 0, 0)


def test_a_hold_that_ran_out_is_given_back_by_the_next_reservation(
    meter: Meter, new_user: NewUser, noon: Clock
) -> None:
    user = new_user()
    lost = meter.reserve(user, key="k")
    noon.advance("119 seconds")
    with refused("in_progress", 409):
        meter.reserve(user, key="k")
    noon.advance("2 seconds")
    again = meter.reserve(user, key="k")
    assert (again["usage_id"], again["attempt"]) == (lost["usage_id"], 2)
    assert meter.account(user) == (4, 1, 0)
    with refused("hold_lost", 409):
        meter.commit(lost)


def test_the_last_credit_is_not_lost_with_its_hold(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    user = new_user()
    meter.use(user, times=4)
    meter.reserve(user)
    with refused("insufficient_credits", 402):
        meter.reserve(user)
    noon.advance("121 seconds")
    assert meter.use(user)["balance"] == 0


def test_a_dry_run_decides_and_changes_nothing(meter: Meter, new_user: NewUser, noon: Clock) -> None:
    user = new_user()
    meter.reserve(user, key="lost")
    noon.advance("3 minutes")
    everything = (
        "select (select to_jsonb(c) from public.user_credits as c where c.user_id = %(u)s) as account, "
        "(select jsonb_agg(to_jsonb(e)) from public.usage_events as e where e.user_id = %(u)s) as events, "
        "(select jsonb_agg(to_jsonb(g)) from public.credit_grants as g where g.user_id = %(u)s) as lots"
    )
    before = meter.owner.execute(everything, {"u": user}).fetchone()
    answer = meter.reserve(user, dry_run=True)
    assert (answer["state"], answer["usage_id"], answer["expires_at"]) == ("dry_run", None, None)
    # The hold that ran out counts as given back, here as in the real one.
    assert (answer["funding"], answer["cost"], answer["balance"]) == ("credits", 1, 4)
    assert meter.owner.execute(everything, {"u": user}).fetchone() == before


def test_a_dry_run_refuses_as_the_real_one_would(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    meter.use(user, times=5)
    with refused("insufficient_credits", 402):
        meter.reserve(user, dry_run=True)
    with refused("unknown_operation", 422):
        meter.reserve(user, "nonsense", dry_run=True)
    with refused("resume_not_found", 404):
        meter.reserve(user, "resume_import", resume=uuid.uuid4(), dry_run=True)


def test_without_credits_the_refusal_says_what_would_be_needed(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    with refused("insufficient_credits", 402) as caught:
        meter.use(user, "interview", times=2)
    assert detail(caught) == {
        "operation": "interview",
        "cost": 5,
        "balance": 0,
        "limit": None,
        "used": None,
        "resets_at": None,
    }


def test_an_alias_is_its_operation(meter: Meter, new_user: NewUser) -> None:
    assert meter.reserve(new_user(), "IMPROVE_BULLET")["operation"] == "improve"


@pytest.mark.parametrize("name", ["nonsense", "", "SUMMARY", None])
def test_an_unknown_operation_is_refused(meter: Meter, new_user: NewUser, name: Any) -> None:
    with refused("unknown_operation", 422):
        meter.reserve(new_user(), name)


@pytest.mark.parametrize("key", ["", "x" * 256, "tab\there", "\x7f"])
def test_a_key_is_1_to_255_printable_characters(meter: Meter, new_user: NewUser, key: str) -> None:
    with refused("invalid_idempotency_key", 422):
        meter.reserve(new_user(), key=key)


def test_a_key_of_255_characters_and_of_any_script_will_do(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    assert meter.reserve(user, key="x" * 255)["state"] == "reserved"
    assert meter.reserve(user, key="clé-ключ-鍵")["state"] == "reserved"


def test_a_user_who_is_not_there_or_not_active_is_refused(meter: Meter, new_user: NewUser) -> None:
    with refused("user_not_found", 404):
        meter.reserve(uuid.uuid4())
    user = new_user()
    meter.owner.execute("update public.profiles set is_active = false where id = %s", (user,))
    with refused("account_inactive", 403):
        meter.reserve(user)
    meter.owner.execute("update public.profiles set is_active = true, deleted_at = now() where id = %s", (user,))
    with refused("account_inactive", 403):
        meter.reserve(user)
    assert meter.account(user) == (5, 0, 0)


def test_an_administrator_pays_nothing(meter: Meter, new_user: NewUser, connect: Connect) -> None:
    user = new_user()
    make_admin(connect, user)
    receipt = meter.use(user, "interview", times=3)
    assert (receipt["funding"], receipt["charged"], receipt["balance"]) == ("unlimited", 0, 5)
    assert meter.counters(user) == {}


def test_resume_and_job_come_with_the_reservation(meter: Meter, new_user: NewUser, as_user: AsRole) -> None:
    user = new_user()
    resume = insert(as_user, user, "resumes", title="CV", content={"summary": "I build things."})
    job = insert(as_user, user, "jobs", title="Engineer", company="Acme", description="Build things.")
    held = meter.reserve(user, "tailor", resume=resume["id"], job=job["id"])
    assert held["resume"] == {
        "id": str(resume["id"]),
        "version": resume["version"],
        "title": "CV",
        "content": resume["content"],
        "layout": resume["layout"],
        "template_id": str(resume["template_id"]),
    }
    assert held["job"] == {
        "id": str(job["id"]),
        "title": "Engineer",
        "company": "Acme",
        "description": "Build things.",
        "extracted_data": job["extracted_data"],
    }


def test_another_users_deleted_or_missing_document_is_not_found_and_nothing_is_held(
    meter: Meter, new_user: NewUser, as_user: AsRole
) -> None:
    user, other = new_user(), new_user()
    foreign = insert(as_user, other, "resumes", title="CV")["id"]
    foreign_job = insert(as_user, other, "jobs", title="Engineer", company="Acme", description="Build things.")["id"]
    deleted = insert(as_user, user, "resumes", title="CV")["id"]
    with as_user(user) as cursor:
        cursor.execute("select public.resume_delete(%s)", (deleted,))
    for resume in (foreign, deleted, uuid.uuid4()):
        with refused("resume_not_found", 404):
            meter.reserve(user, key="k", resume=resume)
    for job in (foreign_job, uuid.uuid4()):
        with refused("job_not_found", 404):
            meter.reserve(user, key="k", job=job)
    assert meter.account(user) == (5, 0, 0)
    assert meter.reserve(user, key="k", request="any")["attempt"] == 1


def _configure(meter: Meter, **values: Any) -> None:
    meter.owner.execute(
        "update public.global_config set value = value || %s where key = 'metering'", (json.dumps(values),)
    )


@pytest.fixture
def configure(meter: Meter) -> Any:
    """Change metering settings; put back after the test."""
    row = meter.owner.execute("select value from public.global_config where key = 'metering'").fetchone()
    assert row is not None
    yield lambda **values: _configure(meter, **values)
    meter.owner.execute(
        "update public.global_config set value = %s where key = 'metering'", (json.dumps(row["value"]),)
    )


def test_failed_attempts_are_capped_per_day(meter: Meter, new_user: NewUser, noon: Clock, configure: Any) -> None:
    configure(released_attempts_per_day=3)
    user = new_user()
    meter.release(meter.reserve(user, key="k"))
    meter.release(meter.reserve(user, key="k"))
    # One that runs out costs us as much as one that is given back.
    meter.reserve(user, key="lost")
    noon.advance("3 minutes")
    with refused("too_many_releases", 429) as caught:
        meter.reserve(user, key="k")
    assert detail(caught) == {"resets_at": "2027-03-11T00:00:00+00:00"}
    noon.advance("12 hours")
    assert meter.use(user)["charged"] == 1


def test_a_successful_operation_does_not_count_as_a_failed_one(meter: Meter, new_user: NewUser, configure: Any) -> None:
    configure(released_attempts_per_day=1)
    assert meter.use(new_user(), times=5)["balance"] == 0


def test_the_spend_ceiling_of_the_day_holds_for_administrators_too(
    meter: Meter, new_user: NewUser, connect: Connect, noon: Clock, configure: Any
) -> None:
    noon.set("2027-04-01T23:00:00Z")
    user, admin = new_user(), new_user()
    make_admin(connect, admin)
    configure(daily_spend_ceiling=0.5)
    meter.commit(meter.reserve(user), calls=[{"provider": "gemini", "estimated_cost": 0.3}])
    held = meter.reserve(user)
    # A failed attempt costs money as well.
    meter.release(
        meter.reserve(admin),
        calls=[{"provider": "gemini", "estimated_cost": 0.1}, {"provider": "x", "estimated_cost": 0.1}],
    )
    for who in (user, admin):
        with refused("spend_ceiling_reached", 503) as caught:
            meter.reserve(who)
        assert detail(caught) == {"resets_at": "2027-04-02T00:00:00+00:00"}
    # What was held before is not taken away.
    assert meter.commit(held)["charged"] == 1
    configure(daily_spend_ceiling=None)
    assert meter.reserve(user)["state"] == "reserved"
    configure(daily_spend_ceiling=0.5)
    noon.advance("1 hour 1 minute")
    assert meter.reserve(user)["state"] == "reserved"


def test_a_replay_is_answered_above_the_ceiling(meter: Meter, new_user: NewUser, noon: Clock, configure: Any) -> None:
    noon.set("2027-04-03T12:00:00Z")
    user = new_user()
    meter.commit(meter.reserve(user, key="k"), calls=[{"provider": "gemini", "estimated_cost": 1}])
    configure(daily_spend_ceiling=0.5)
    assert meter.reserve(user, key="k")["state"] == "replay"


def test_only_the_secret_key_may_call(as_user: AsRole, as_anon: AsRole, new_user: NewUser) -> None:
    user = new_user()
    calls = [
        "select public.usage_reserve(%(u)s, 'summary', 'k', 'h')",
        "select public.usage_commit(%(u)s, 1, 'x')",
        "select public.usage_release(%(u)s, 1, 'x')",
        "select public.usage_expire()",
        "select public.credits_expire()",
        "select public.credits_grant(%(u)s, 'pack', 1000, 'k')",
        "select public.payments_to_review()",
        "select public.payment_review_close(%(u)s, 'code', 'subject', 'a note')",
        "select public.credits_adjust(%(u)s, %(u)s, 1000, 'because', 'k')",
        "select public.increment_usage(%(u)s, 'interview')",
        "select private.grant_credits(%(u)s, 'pack', 1000, 'k')",
        "select private.post_entry(%(u)s, 'grant', 1000, 0, 0, now())",
        "select private.load_catalogue('{}')",
    ]
    for role in (as_user(user), as_anon()):
        with role as cursor:
            for call in calls:
                cursor.execute("savepoint here")
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    cursor.execute(call, {"u": user})
                cursor.execute("rollback to here")
