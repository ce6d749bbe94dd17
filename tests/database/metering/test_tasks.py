"""Tasks: opened once per key, claimed by one consumer at a time, ended once, and what they hold is charged or given back."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from psycopg.types.json import Jsonb

from functions._shared.domain.effects import NoteGeneration
from tests.database.metering.support import Meter
from tests.database.rows import insert, refused

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Clock, Connect, NewUser, Row

SUMMARY = ({"operation": "summary"},)


@pytest.fixture
def desk(meter: Meter) -> Desk:
    return Desk(meter)


class Desk:
    """The functions of tasks, with the rights of the secret key."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter

    def open(
        self,
        user: uuid.UUID,
        key: str | None = None,
        request: str = "request",
        *,
        operation: str = "summary",
        parts: tuple[dict[str, Any], ...] = SUMMARY,
        dry_run: bool = False,
        retry_of: Any = None,
    ) -> Row:
        key = uuid.uuid4().hex if key is None else key
        answer: Row = self.meter.call(
            "task_open", user, "generate", operation, key, request, Jsonb({"asked": key}), Jsonb(list(parts)),
            "request-id", None, dry_run, retry_of,
        )  # fmt: skip
        return answer

    def claim(self, task: Row) -> Row:
        claimed: Row = self.meter.call("task_claim", task["id"])
        return claimed

    def reserve(self, task: Row, part: str = "") -> Row:
        """Reserve what a claimed task, or a part of it, needs."""
        key, request = task["idempotency_key"] + part, task["request_hash"] + part
        return self.meter.reserve(uuid.UUID(task["user_id"]), key=key, request=request)

    def end(self, task: Row, result: str | None = '{"items":[]}', code: str | None = None) -> bool:
        ended: bool = self.meter.call("task_end", task["id"], task["attempt"], None, result, code, None)
        return ended

    def read(self, user: uuid.UUID, task: Row) -> Row:
        answer: Row = self.meter.call("task_read", user, "generate", task["id"])
        return answer

    def row(self, task: Row) -> Row:
        row = self.meter.owner.execute(
            "select g.*, exists (select from private.task_inputs as i where i.task_id = g.id) as has_input "
            "from public.resume_generations as g where g.id = %s",
            (task["id"],),
        ).fetchone()
        assert row is not None
        return row


def test_only_the_task_of_an_operation_notes_a_resume_of_its_user(
    desk: Desk, new_user: NewUser, as_user: AsRole
) -> None:
    user, other = new_user(), new_user()
    mine, theirs = (insert(as_user, each, "resumes", title="Mine", content={"summary": "x"}) for each in (user, other))
    for resume, expected in ((theirs, None), (mine, {"summary": "x"})):
        task = desk.claim(desk.open(user))
        held = desk.reserve(task)
        desk.meter.commit(held, effects=[NoteGeneration(id=resume["id"], role_type="Seller").row()])
        row = desk.row(task)
        assert (row["resume_data"], row["template_name"] is not None) == (expected, expected is not None)
    foreign = desk.claim(desk.open(other))
    desk.meter.commit(desk.meter.reserve(user), effects=[NoteGeneration(id=mine["id"]).row()])
    assert desk.row(foreign)["resume_data"] is None
    held = desk.meter.reserve(user)
    with refused("unknown_effect", 500):
        desk.meter.release(held, effects=[NoteGeneration(id=mine["id"]).row()])


# opening ---------------------------------------------------------------------------------------------------------


def test_a_task_opens_once_per_key_and_holds_nothing(desk: Desk, new_user: NewUser) -> None:
    user = new_user()
    task = desk.open(user, "k")
    assert (task["state"], task["status"], task["progress"], task["result"]) == ("opened", "waiting", 0, None)
    again = desk.open(user, "k")
    assert (again["state"], again["id"]) == ("known", task["id"])
    row = desk.row(task)
    assert (row["request_id"], row["function_name"], row["operation"], row["has_input"]) == (
        "request-id",
        "generate",
        "summary",
        True,
    )
    assert desk.meter.account(user) == (5, 0, 0)
    with refused("idempotency_conflict", 409):
        desk.open(user, "k", "another request")


def test_two_requests_at_once_open_one_task(connect: Connect, new_user: NewUser) -> None:
    user = new_user()
    desks = [Desk(Meter(connect(), connect())) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda each: each.open(user, "k"), desks))
    assert len({task["id"] for task in opened}) == 1
    assert sorted(task["state"] for task in opened) == ["known"] * 7 + ["opened"]


def test_a_request_that_could_not_be_paid_opens_nothing(desk: Desk, new_user: NewUser, connect: Connect) -> None:
    user = new_user()
    with refused("insufficient_credits", 402):
        desk.open(
            user, operation="batch", parts=tuple({"operation": "summary", "suffix": f":{n}"} for n in range(1, 7))
        )
    with refused("resume_not_found", 404):
        desk.open(user, parts=({"operation": "summary", "resume_id": str(uuid.uuid4())},))
    rows = connect().execute("select from public.resume_generations where user_id = %s", (user,)).fetchall()
    assert rows == []
    assert desk.meter.account(user) == (5, 0, 0)


def test_a_dry_run_tells_the_price_of_all_parts(desk: Desk, new_user: NewUser, connect: Connect) -> None:
    user = new_user()
    parts = tuple({"operation": "summary", "suffix": f":{n}"} for n in range(1, 4))
    answer = desk.open(user, operation="batch", parts=parts, dry_run=True)
    receipt = answer["receipt"]
    assert answer["state"] == "dry_run"
    assert (receipt["operation"], receipt["charged"], receipt["funding"], receipt["balance"]) == (
        "batch",
        3,
        "credits",
        2,
    )
    assert connect().execute("select from public.resume_generations where user_id = %s", (user,)).fetchall() == []
    assert connect().execute("select from public.usage_events where user_id = %s", (user,)).fetchall() == []


def test_an_operation_that_answers_at_once_is_no_task(desk: Desk, new_user: NewUser) -> None:
    with refused("unknown_operation", 422):
        desk.open(new_user(), operation="ats_scan")


def test_twenty_tasks_may_be_open(desk: Desk, new_user: NewUser) -> None:
    user = new_user()
    tasks = [desk.open(user) for _ in range(20)]
    with refused("too_many_tasks", 429):
        desk.open(user)
    desk.meter.call("task_cancel", user, "generate", tasks[0]["id"])
    desk.open(user)


def test_what_was_answered_without_a_task_is_replayed(desk: Desk, new_user: NewUser) -> None:
    user = new_user()
    desk.meter.commit(desk.meter.reserve(user, key="k"), '{"text":"Known."}')
    answer = desk.open(user, "k")
    assert (answer["status"], answer["result"], answer["receipt"]["charged"]) == ("completed", '{"text":"Known."}', 1)


# claiming --------------------------------------------------------------------------------------------------------


def test_one_consumer_claims_a_task(desk: Desk, new_user: NewUser) -> None:
    user = new_user()
    task = desk.open(user, "k")
    claim = desk.claim(task)
    assert (claim["attempt"], claim["user_id"], claim["input"], claim["request_id"], claim["runtime"]) == (
        1,
        str(user),
        {"asked": "k"},
        "request-id",
        60,
    )
    assert desk.claim(task) is None, "delivered twice"
    assert desk.row(task)["status"] == "processing"


def test_of_many_deliveries_at_once_one_claims(desk: Desk, connect: Connect, new_user: NewUser) -> None:
    task = desk.open(new_user())
    desks = [Desk(Meter(connect(), connect())) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda each: each.claim(task), desks))
    assert len([claim for claim in claims if claim]) == 1


def test_a_dead_consumer_is_taken_over_and_can_no_longer_charge(desk: Desk, new_user: NewUser, clock: Clock) -> None:
    user = new_user()
    task = desk.open(user)
    dead = desk.claim(task)
    held = desk.reserve(dead)
    clock.advance("59 seconds")
    assert desk.claim(task) is None
    clock.advance("2 seconds")
    heir = desk.claim(task)
    assert heir["attempt"] == 2
    assert desk.meter.account(user) == (5, 0, 0), "the hold is free again at once"
    with refused("hold_lost", 409):
        desk.meter.commit(held)
    assert not desk.end(dead)
    assert not desk.meter.call("task_progress", task["id"], 1, 50)
    assert desk.end(heir)
    assert desk.row(task)["status"] == "completed"


def test_after_three_dead_consumers_the_task_fails(desk: Desk, new_user: NewUser, clock: Clock) -> None:
    user = new_user()
    task = desk.open(user)
    for _ in range(3):
        desk.reserve(desk.claim(task))
        clock.advance("61 seconds")
    assert desk.claim(task) is None
    row = desk.row(task)
    assert (row["status"], row["error_code"], row["attempts"], row["has_input"]) == ("failed", "task_failed", 3, True)
    assert desk.meter.account(user) == (5, 0, 0)


# progress --------------------------------------------------------------------------------------------------------


def test_progress_is_written_at_most_once_a_second(desk: Desk, new_user: NewUser, clock: Clock) -> None:
    task = desk.open(new_user())
    claim = desk.claim(task)

    def told(percent: int) -> int:
        assert desk.meter.call("task_progress", task["id"], claim["attempt"], percent)
        return int(desk.row(task)["progress"])

    assert told(10) == 0
    clock.advance("1 second")
    assert told(20) == 20
    assert told(30) == 20
    clock.advance("1 second")
    assert told(10) == 20, "it never goes back"
    clock.advance("1 second")
    assert told(100) == 99, "only the end is 100"


# ending ----------------------------------------------------------------------------------------------------------


def test_an_unmetered_task_keeps_its_result_and_forgets_its_input(desk: Desk, new_user: NewUser) -> None:
    user = new_user()
    task = desk.open(user, operation="batch")
    assert desk.end(desk.claim(task))
    answer = desk.read(user, task)
    assert (answer["status"], answer["progress"], answer["result"], answer["receipt"]) == (
        "completed",
        100,
        '{"items": []}',
        None,
    )
    assert not desk.row(task)["has_input"]
    with refused("task_not_found", 404):
        desk.read(new_user(), task)


def test_the_key_of_a_failed_task_opens_another(desk: Desk, new_user: NewUser) -> None:
    user = new_user()
    first = desk.open(user, "k")
    assert desk.end(desk.claim(first), None, "model_refused")
    answer = desk.read(user, first)
    assert (answer["status"], answer["error_code"], answer["result"]) == ("failed", "model_refused", None)
    assert not desk.end({"id": first["id"], "attempt": 1}), "failed is final"
    second = desk.open(user, "k", retry_of=first["id"])
    assert second["id"] != first["id"]
    assert str(desk.row(second)["retry_of"]) == first["id"]


def test_a_completed_task_answers_until_its_result_is_gone(
    desk: Desk, new_user: NewUser, clock: Clock, as_service: AsRole
) -> None:
    user = new_user()
    task = desk.open(user, "k", operation="batch")
    desk.end(desk.claim(task))
    again = desk.open(user, "k", operation="batch")
    assert (again["state"], again["id"], again["result"]) == ("known", task["id"], '{"items": []}')
    clock.advance("25 hours")
    with as_service() as cursor:
        cursor.execute("select public.retention_purge('generation_results')")
    with refused("replay_gone", 410):
        desk.open(user, "k", operation="batch")


@pytest.mark.parametrize("part", ["", ":7"], ids=["its own hold", "a part's hold"])
def test_cancelling_ends_a_task_and_gives_its_hold_back(desk: Desk, new_user: NewUser, part: str) -> None:
    user = new_user()
    task = desk.open(user)
    claim = desk.claim(task)
    held = desk.reserve(claim, part)
    assert desk.meter.account(user) == (4, 1, 0)
    with refused("task_not_found", 404):
        desk.meter.call("task_cancel", new_user(), "generate", task["id"])
    answer = desk.meter.call("task_cancel", user, "generate", task["id"])
    assert (answer["status"], answer["error_code"]) == ("failed", "cancelled")
    assert desk.meter.account(user) == (5, 0, 0)
    with refused("hold_lost", 409):
        desk.meter.commit(held)
    assert not desk.end(claim)
    assert desk.meter.call("task_cancel", user, "generate", task["id"]) == answer


# what is lost ----------------------------------------------------------------------------------------------------


def test_lost_messages_and_dead_consumers_are_due_again(desk: Desk, new_user: NewUser, clock: Clock) -> None:
    lost, taken, done = (desk.open(new_user()) for _ in range(3))
    desk.claim(taken)
    desk.end(desk.claim(done))
    mine = {lost["id"], taken["id"], done["id"]}

    def due() -> set[str]:
        return {each["id"] for each in desk.meter.call("tasks_due", 1000)} & mine

    assert due() == set(), "their messages are under way"
    clock.advance("121 seconds")
    assert due() == {lost["id"], taken["id"]}
    assert due() == set(), "sent a moment ago"
    clock.advance("2 hours")
    due()
    assert {desk.row(each)["error_code"] for each in (lost, taken)} == {"task_failed"}


def test_an_undeliverable_message_ends_its_task_unless_a_consumer_is_at_it(
    desk: Desk, new_user: NewUser, clock: Clock
) -> None:
    user = new_user()
    task = desk.open(user)
    desk.reserve(desk.claim(task))
    assert not desk.meter.call("task_give_up", task["id"])
    clock.advance("61 seconds")
    assert desk.meter.call("task_give_up", task["id"])
    assert not desk.meter.call("task_give_up", task["id"])
    assert desk.row(task)["error_code"] == "task_failed"
    assert desk.meter.account(user) == (5, 0, 0)


def test_clients_cannot_call_any_of_it(connect: Connect) -> None:
    functions = connect().execute(
        "select p.oid::regprocedure::text as name, has_function_privilege('authenticated', p.oid, 'execute') as may "
        "from pg_proc as p where p.pronamespace = 'public'::regnamespace and p.proname like 'task%'"
    )
    assert {row["name"] for row in functions if row["may"]} == set()


def test_a_suspended_account_opens_reads_and_cancels_nothing(desk: Desk, new_user: NewUser, connect: Connect) -> None:
    user = new_user()
    task = desk.open(user, "k")
    connect().execute("update public.profiles set is_active = false where id = %s", (user,))
    with refused("account_inactive", 403):
        desk.read(user, task)
    with refused("account_inactive", 403):
        desk.open(user, "k")
    with refused("account_inactive", 403):
        desk.meter.call("task_cancel", user, "generate", task["id"])


def test_a_part_is_charged_only_while_its_task_is_under_way(desk: Desk, new_user: NewUser) -> None:
    user = new_user()
    parts = ({"operation": "summary", "suffix": ":1"}, {"operation": "summary", "suffix": ":2"})
    task = desk.claim(desk.open(user, operation="batch", parts=parts))
    effect = {"kind": "task_part", "id": task["id"], "attempt": task["attempt"]}
    desk.meter.commit(desk.reserve(task, ":1"), effects=[effect])
    desk.meter.call("task_cancel", user, "generate", task["id"])
    late = desk.reserve(task, ":2")
    with refused("task_lost", 409):
        desk.meter.commit(late, effects=[effect])
    desk.meter.release(late)
    assert desk.meter.account(user) == (4, 0, 0)


def test_opening_and_dry_runs_are_limited_by_rate(desk: Desk, new_user: NewUser) -> None:
    user = new_user()
    for _ in range(120):
        desk.open(user, dry_run=True)
    with refused("rate_limited", 429):
        desk.open(user, dry_run=True)
    with refused("rate_limited", 429):
        desk.open(user)
