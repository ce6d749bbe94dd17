"""Random interleavings of everything that moves credits, against a small model of the rules."""

from __future__ import annotations

import copy
import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.database.metering.model import CATALOGUE, OPERATIONS, PLANS, RELEASES_PER_DAY, Account, Lot, Refused
from tests.database.rows import make_admin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.database.metering.support import Meter, Row
    from tests.database.rows import Clock, Connect, NewUser

BOOKS = (Path(__file__).resolve().parents[3] / "sql" / "checks" / "books.sql").read_bytes()
# Everything that is compared after a step, and what the checks of ledger and usage find, in one query.
PICTURE = """
with found as materialized (
  select array_agg(n.problem) as problems
  from (select l.problem from private.check_ledger as l union all select l.problem from private.check_usage as l) as n
)
select u.id, c.balance, c.reserved, c.debt,
  (
    select coalesce(jsonb_object_agg(g.grant_key, jsonb_build_array(g.amount, g.expired)), '{}')
    from public.credit_grants as g where g.user_id = u.id
  ) as lots,
  (select coalesce(sum(g.remaining), 0) from public.credit_grants as g where g.user_id = u.id) as remaining,
  (
    select coalesce(jsonb_agg(jsonb_build_array(t.quota_group, t.period_key, t.used, t.held)), '[]')
    from public.usage_tracking as t where t.user_id = u.id
  ) as counters,
  (
    select coalesce(jsonb_object_agg(e.idempotency_key, jsonb_build_array(e.status, e.attempt, e.cost)), '{}')
    from public.usage_events as e where e.user_id = u.id
  ) as events,
  (
    select jsonb_build_array(d.balance, d.reserved, d.debt)
    from private.derive_account(u.id, coalesce(c.settled_at, private.now())) as d
  ) as derived,
  f.problems
from unnest(%s::uuid[]) as u (id)
inner join public.user_credits as c on c.user_id = u.id
cross join found as f
"""
USERS = st.integers(0, 1)
KEYS = st.sampled_from(["k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8"])
LOTS = st.sampled_from(["start", "a", "b"])
# Around the ends of holds, of days and of months.
STEPS = [timedelta(seconds=s) for s in (60, 120, 180, 3660, 86_400, 20 * 86_400)]


@pytest.fixture
def frozen(clock: Clock, connect: Connect) -> Callable[[datetime], None]:
    """A clock that stands still, so that model and database decide on the same moment. `clock` undoes it."""
    assert clock is not None
    connection = connect()
    connection.execute(
        """
        alter table private.test_clock add column if not exists moment timestamptz;
        create or replace function private.now() returns timestamptz
        language sql volatile security definer set search_path = ''
        as $$ select coalesce(moment, pg_catalog.clock_timestamp()) from private.test_clock $$;
        """
    )

    def stop_at(moment: datetime) -> None:
        connection.execute("update private.test_clock set moment = %s", (moment,))

    return stop_at


@pytest.fixture
def _rules(meter: Meter, catalogue: Callable[[str], None]) -> Iterator[None]:
    """The model's catalogue and cap; `catalogue` puts the default back."""
    assert catalogue is not None
    # The checks take longer to plan than to run.
    meter.owner.execute("set plan_cache_mode = force_generic_plan")
    row = meter.owner.execute("select value from public.global_config where key = 'metering'").fetchone()
    assert row is not None
    meter.owner.execute("select private.load_catalogue(%s)", (json.dumps(CATALOGUE),))
    meter.owner.execute(
        "update public.global_config set value = value || %s where key = 'metering'",
        (
            json.dumps(
                {"released_attempts_per_day": RELEASES_PER_DAY, "daily_spend_ceiling": None, "free_per_hour": 1000}
            ),
        ),
    )
    yield
    meter.owner.execute(
        "update public.global_config set value = %s where key = 'metering'", (json.dumps(row["value"]),)
    )


class Metering(RuleBasedStateMachine):
    """Does the same to the database and to the model, and compares."""

    def __init__(self, meter: Meter, new_user: NewUser, stop_at: Callable[[datetime], None], connect: Connect) -> None:
        super().__init__()
        self.meter, self.new_user, self.stop_at, self.connect = meter, new_user, stop_at, connect
        self.now = datetime(2027, 3, 30, 22, tzinfo=UTC)
        self.users: list[uuid.UUID] = []
        self.accounts: list[Account] = []
        self.subscriptions: dict[int, uuid.UUID] = {}

    @initialize()
    def begin(self) -> None:
        # The checks read all accounts: those of the run before would only take time.
        self.meter.owner.execute(
            "set session_replication_role = replica; "
            "truncate auth.users, public.credit_transactions, public.usage_events, private.usage_results cascade; "
            "reset session_replication_role"
        )
        self.stop_at(self.now)
        self.admin = self.new_user(confirmed=False)
        make_admin(self.connect, self.admin)
        for user in range(2):
            self.users.append(self.new_user(confirmed=False))
            self.accounts.append(Account())
            # So that there is something to spend; it is the first to burn.
            self.grant(user, "start", 15, 1, None)

    def both(self, model: Callable[[], Any], database: Callable[[], Any]) -> Any:
        """Do it to both: both do it, or both refuse with the same code. Return what the database answered, if it did."""
        expected = None
        try:
            model()
        except Refused as refusal:
            expected = refusal.args[0]
        try:
            answer = database()
        except psycopg.Error as error:
            assert error.diag.message_primary == expected  # noqa: PT017 - the refusal is the result that is compared
            return None
        assert expected is None
        return answer

    def some_event(self, data: st.DataObject) -> tuple[int, str]:
        """Choose an event, one under way if there is one."""
        events = [(user, key) for user, account in enumerate(self.accounts) for key in account.events]
        under_way = [(user, key) for user, key in events if self.accounts[user].events[key].status == "reserved"]
        chosen: tuple[int, str] = data.draw(st.sampled_from(under_way * 3 + events))
        return chosen

    # -- the paid path ------------------------------------------------------------------------------------------
    @rule(
        user=USERS,
        key=KEYS,
        operation=st.sampled_from(sorted(OPERATIONS)),
        request=st.sampled_from("xxxxxy"),
        offline=st.sampled_from([False, False, False, True]),
    )
    def reserve(self, user: int, key: str, operation: str, request: str, offline: bool) -> None:
        account = self.accounts[user]
        answer: Row | None = self.both(
            lambda: account.reserve(operation, key, request, self.now, offline=offline),
            lambda: self.meter.reserve(
                self.users[user], operation, key, request, funding="offline" if offline else None
            ),
        )
        if answer is None:
            return
        event = account.events[key]
        event.id = uuid.UUID(answer["usage_id"])
        assert answer["state"] == {"reserved": "reserved", "committed": "replay"}[event.status]
        assert answer["attempt"] == event.attempt
        assert (answer["funding"], answer["cost"]) == (event.funding, event.cost)
        if answer["state"] == "reserved":
            assert answer["balance"] == account.balance
        else:
            assert answer["result"] == f"{key} {event.attempt}"

    @rule(user=USERS, key=KEYS, operation=st.sampled_from(sorted(OPERATIONS)))
    def use(self, user: int, key: str, operation: str) -> None:
        """Reserve and commit without anything between."""
        self.reserve(user, key, operation, "x", offline=False)
        event = self.accounts[user].events.get(key)
        if event is not None and event.status == "reserved":
            self.settle(user, key, 0)

    @rule(user=USERS, key=KEYS, operation=st.sampled_from(sorted(OPERATIONS)))
    def dry_run(self, user: int, key: str, operation: str) -> None:
        trial = copy.deepcopy(self.accounts[user])
        answer = self.both(
            lambda: trial.reserve(operation, key, "x", self.now),
            lambda: self.meter.reserve(self.users[user], operation, key, "x", dry_run=True),
        )
        if answer is not None and answer["state"] == "dry_run":
            assert answer["balance"] == trial.balance

    @precondition(lambda self: any(account.events for account in self.accounts))
    @rule(data=st.data(), behind=st.sampled_from([0, 0, 0, 0, 1]))
    def commit(self, data: st.DataObject, behind: int) -> None:
        self.settle(*self.some_event(data), behind)

    def settle(self, user: int, key: str, behind: int) -> None:
        """Commit an event with its attempt, or one before it."""
        account = self.accounts[user]
        event = account.events[key]
        attempt = event.attempt - behind
        held = {"usage_id": event.id, "attempt": attempt}
        receipt = self.both(
            lambda: account.commit(key, attempt, self.now),
            lambda: self.meter.commit(held, f"{key} {attempt}", calls=[]),
        )
        if receipt is not None:
            assert (receipt["charged"], receipt["balance"]) == (event.cost, account.balance)

    @precondition(lambda self: any(account.events for account in self.accounts))
    @rule(data=st.data(), behind=st.sampled_from([0, 0, 0, 1, -1]))
    def release(self, data: st.DataObject, behind: int) -> None:
        user, key = self.some_event(data)
        account = self.accounts[user]
        event = account.events[key]
        attempt = event.attempt - behind
        held = {"usage_id": event.id, "attempt": attempt}
        receipt = self.both(lambda: account.release(key, attempt, self.now), lambda: self.meter.release(held))
        if receipt is not None:
            assert (receipt["charged"], receipt["balance"]) == (0, account.balance)

    # -- credits come and go ------------------------------------------------------------------------------------
    @rule(
        user=USERS,
        name=LOTS,
        amount=st.integers(1, 12),
        priority=st.sampled_from([10, 10, 50]),
        expires=st.none() | st.sampled_from(STEPS),
    )
    def grant(self, user: int, name: str, amount: int, priority: int, expires: timedelta | None) -> None:
        account, key = self.accounts[user], f"{name} {self.users[user]}"
        ends = None if expires is None else self.now + expires
        answer = self.meter.grant(self.users[user], amount, key, expires_at=ends, priority=priority)
        assert answer["created"] is (key not in account.lots)
        if answer["created"]:
            lot = Lot(key, amount, priority, ends, self.now)
            account.grant(lot, self.now)
        assert (answer["balance"], answer["debt"]) == (account.balance, account.debt)

    @rule(user=USERS, amount=st.integers(1, 6), key=st.sampled_from(["t1", "t2"]))
    def take(self, user: int, amount: int, key: str) -> None:
        account = self.accounts[user]
        self.both(
            lambda: account.take(amount, key, self.now),
            lambda: self.meter.call("credits_adjust", self.admin, self.users[user], -amount, "because", key),
        )

    # -- the world ----------------------------------------------------------------------------------------------
    @rule(step=st.sampled_from(STEPS))
    def wait(self, step: timedelta) -> None:
        self.now += step
        self.stop_at(self.now)

    @rule(user=USERS, plan=st.sampled_from(sorted(PLANS)))
    def change_plan(self, user: int, plan: str) -> None:
        self.accounts[user].plan = plan
        if user not in self.subscriptions:
            self.subscriptions[user] = self.meter.subscribe(self.users[user], plan, "2027-01-01T00:00:00Z", None)
        else:
            self.meter.change(self.subscriptions[user], plan=plan)

    @rule(function=st.sampled_from(["usage_expire", "credits_expire"]))
    def clean_up(self, function: str) -> None:
        for account in self.accounts:
            account.sweep(self.now)
        while self.meter.call(function, 1000):
            pass

    # -- comparing ----------------------------------------------------------------------------------------------
    @invariant()
    def the_books_are_those_of_the_model(self) -> None:
        shown = {row["id"]: row for row in self.meter.owner.execute(PICTURE, (self.users,))}
        for user, account in zip(self.users, self.accounts, strict=True):
            row, (balance, owed, expired) = shown[user], account.play()
            assert row["problems"] is None
            assert (row["balance"], row["reserved"], row["debt"]) == (balance, account.reserved, owed)
            assert row["derived"] == [balance, account.reserved, owed]
            assert row["lots"] == {lot.key: [lot.amount, expired[lot.key]] for lot in account.lots.values()}
            assert row["remaining"] == balance
            assert {(group, key): [used, held] for group, key, used, held in row["counters"]} == account.counters
            assert row["events"] == {
                key: [event.status, event.attempt, event.cost] for key, event in account.events.items()
            }

    def teardown(self) -> None:
        # The check of the books derives every account of the database again, which is too slow for each step.
        assert self.meter.owner.execute(BOOKS).fetchall() == []


@pytest.mark.usefixtures("_rules")
def test_any_interleaving_leaves_the_books_as_the_model_says(
    meter: Meter, new_user: NewUser, connect: Connect, frozen: Callable[[datetime], None]
) -> None:
    class Bound(Metering):
        """With this test's database."""

        def __init__(self) -> None:
            super().__init__(meter, new_user, frozen, connect)

    run_state_machine_as_test(
        Bound,
        settings=settings(
            max_examples=15,
            stateful_step_count=80,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
