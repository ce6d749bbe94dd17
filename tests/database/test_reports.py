"""The metrics of `sql/reports`, on a generated population, against the same figures computed in Python from the rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg.rows import dict_row

from bench.scale.load import load
from tests.database.rows import indexes_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]

REPORTS = Path(__file__).resolve().parents[2] / "sql" / "reports"
RATES = {"USD": Decimal("0.01"), "INR": Decimal("0.00012"), "EUR": Decimal("0.011")}


@pytest.fixture(scope="module")
def filled(database: str) -> str:
    load(database, 0.01, report=lambda _: None)
    return database


@pytest.fixture
def connection(filled: str) -> Iterator[psycopg.Connection[Row]]:
    """A connection that also sees payments, and part of the population moved to the last weeks. Nothing of it is kept."""
    with psycopg.connect(filled, row_factory=dict_row) as connection:
        connection.execute("set local session_replication_role = replica")
        for moved in ("usage_events", "profiles"):
            connection.execute(
                f"update public.{moved} set created_at = now() - random() * interval '40 days' where hashtext(id::text) % 3 = 0"
            )
        connection.execute(
            "insert into public.ai_usage (user_id, feature, provider, model, estimated_cost, created_at, date) "
            "select user_id, feature, provider, model, estimated_cost, now() - n * interval '1 hour', "
            "((now() - n * interval '1 hour') at time zone 'UTC')::date "
            "from (select u.*, row_number() over (order by id) as n from public.ai_usage as u limit 900) as u"
        )
        connection.execute(
            "insert into public.subscriptions (user_id, provider, plan, billing_interval, status, created_at) "
            "select p.id, case n % 2 when 0 then 'stripe' else 'razorpay' end, (select slug from public.plans order by rank desc limit 1), "
            "case n % 3 when 0 then 'year' else 'month' end, "
            "(array['active', 'past_due', 'canceled', 'trialing'])[1 + n % 4], now() - n * interval '1 day' "
            "from (select p.id, row_number() over (order by p.id)::integer as n from public.profiles as p) as p"
        )
        connection.execute(
            "insert into public.payments (user_id, provider, provider_reference, subscription_id, kind, plan, billing_interval, covers_period, "
            "amount, amount_refunded, currency, status, period_end, paid_at) "
            "select s.user_id, s.provider, gen_random_uuid()::text, s.id, 'subscription', s.plan, s.billing_interval, true, "
            "1000 + 7 * s.n + 100 * k, case when s.n % 5 = 0 then 300 else 0 end, (array['USD', 'INR', 'EUR'])[1 + s.n % 3], 'paid', "
            "now() + k * interval '1 month', now() - (2 - k) * interval '20 days' "
            "from (select n.*, row_number() over (order by n.id)::integer as n from public.subscriptions as n where n.provider <> 'manual') as s "
            "cross join generate_series(1, 2) as k"
        )
        yield connection
        connection.rollback()


def rounded(value: Decimal) -> Decimal:
    """Round as Postgres does."""
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def report(connection: psycopg.Connection[Row], name: str) -> list[Row]:
    return connection.execute((REPORTS / f"{name}.sql").read_bytes()).fetchall()


def table(connection: psycopg.Connection[Row], name: str) -> list[Row]:
    return connection.execute(f"select * from {name}").fetchall()


def clock(connection: psycopg.Connection[Row]) -> datetime:
    row = connection.execute("select now() as now").fetchone()
    assert row is not None
    moment: datetime = row["now"]
    return moment.astimezone(UTC)


def test_monthly_recurring_revenue(connection: psycopg.Connection[Row]) -> None:
    last: dict[Any, Row] = {}
    for payment in sorted(table(connection, "public.payments"), key=lambda row: row["period_end"]):
        last[payment["subscription_id"]] = payment
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for each in table(connection, "public.subscriptions"):
        if each["status"] in {"active", "past_due"} and each["provider"] != "manual" and each["id"] in last:
            paid = last[each["id"]]
            kept = Decimal(paid["amount"] - paid["amount_refunded"])
            sums[paid["currency"], each["plan"]].append(kept / 12 if each["billing_interval"] == "year" else kept)
    rows = report(connection, "mrr")
    assert {(row["currency"], row["plan"]): (row["subscriptions"], row["mrr"]) for row in rows} == {
        key: (len(values), rounded(sum(values, Decimal(0)))) for key, values in sums.items()
    }
    assert {row["currency"] for row in rows} == {"USD", "INR", "EUR"}


def test_conversion_and_churn(connection: psycopg.Connection[Row]) -> None:
    edge = clock(connection) - timedelta(days=30)
    subscriptions = table(connection, "public.subscriptions")
    subscribed = {row["user_id"] for row in subscriptions if row["status"] in {"active", "past_due"}}
    new = {row["id"] for row in table(connection, "public.profiles") if row["created_at"] >= edge}
    old = [row for row in subscriptions if row["created_at"] < edge]
    over = [row for row in old if row["status"] in {"canceled", "expired"}]
    since = [row for row in over if (row["ended_at"] or row["state_at"]) >= edge]
    live = len(old) - len(over) + len(since)
    [row] = report(connection, "subscription_metrics")
    assert (row["new_users"], row["new_subscribers"]) == (len(new), len(new & subscribed))
    assert (row["live_30_days_ago"], row["ended_since"]) == (live, len(since))
    assert float(row["conversion_percent"]) == pytest.approx(100 * len(new & subscribed) / len(new), abs=0.006)
    assert float(row["churn_percent"]) == pytest.approx(100 * len(since) / live, abs=0.006)


def test_growth_and_active_users(connection: psycopg.Connection[Row]) -> None:
    today = clock(connection).date()
    days = [today - timedelta(days=29 - n) for n in range(30)]
    joined = Counter(row["created_at"].astimezone(UTC).date() for row in table(connection, "public.profiles"))
    active: dict[Any, set[Any]] = defaultdict(set)
    for event in table(connection, "public.usage_events"):
        if event["status"] == "committed":
            active[event["created_at"].astimezone(UTC).date()].add(event["user_id"])
    growth, users = report(connection, "user_growth"), report(connection, "active_users")
    assert [row["day"] for row in growth] == [row["day"] for row in users] == days
    assert [row["new_users"] for row in growth] == [joined[day] for day in days]
    assert [row["users"] for row in growth] == [sum(n for at, n in joined.items() if at <= day) for day in days]
    assert [row["active_users"] for row in users] == [len(active[day]) for day in days]
    assert sum(row["active_users"] for row in users) > 0


def test_usage_patterns(connection: psycopg.Connection[Row]) -> None:
    edge = clock(connection) - timedelta(days=30)
    events = [
        row
        for row in table(connection, "public.usage_events")
        if row["status"] == "committed" and row["created_at"] >= edge
    ]
    counted = Counter(row["operation_type"] for row in events)
    rows = report(connection, "usage_patterns")
    assert {row["operation_type"]: row["operations"] for row in rows} == counted
    assert sum(row["credits"] for row in rows) == sum(row["credits_used"] for row in events)


def test_cost_and_margin_per_feature(connection: psycopg.Connection[Row]) -> None:
    connection.execute(
        "update public.global_config set value = %s where key = 'exchange_rates'",
        ('{"USD": 0.01, "INR": 0.00012, "EUR": 0.011}',),
    )
    edge = clock(connection) - timedelta(days=30)
    costs: dict[str, Decimal] = defaultdict(Decimal)
    for call in table(connection, "public.ai_usage"):
        if call["created_at"] >= edge and call["payer"] == "service":
            costs[call["feature"]] += call["estimated_cost"] or 0
    price = {row["slug"]: row["default_cost"] or 0 for row in table(connection, "public.operations")}
    worth: dict[str, int] = defaultdict(int)
    for event in table(connection, "public.usage_events"):
        if event["created_at"] >= edge and event["status"] == "committed" and event["funding"] in {"plan", "credits"}:
            worth[event["operation_type"]] += event["units"] * price[event["operation_type"]]
    income = sum(
        (row["amount"] - row["amount_refunded"] - row["amount_lost"]) * RATES[row["currency"]]
        for row in table(connection, "public.payments")
        if row["paid_at"] >= edge
    )
    rows = {row["feature"]: row for row in report(connection, "margin")}
    assert set(rows) == set(costs) | set(worth)
    assert income > 0
    for feature, row in rows.items():
        share = Decimal(worth[feature]) / sum(worth.values())
        assert row["cost_usd"] == costs[feature]
        assert float(row["income_usd"]) == pytest.approx(float(income * share), abs=0.006)
        assert float(row["margin_usd"]) == pytest.approx(float(income * share - costs[feature]), abs=0.006)


def test_without_a_rate_there_is_no_margin_and_currencies_are_not_added(connection: psycopg.Connection[Row]) -> None:
    rows = report(connection, "margin")
    assert rows
    assert {row["income_usd"] for row in rows} == {row["margin_usd"] for row in rows} == {None}


def test_plans_and_templates_by_their_use(connection: psycopg.Connection[Row]) -> None:
    live = [
        row for row in table(connection, "public.subscriptions") if row["status"] in {"trialing", "active", "past_due"}
    ]
    assert {row["plan"]: row["subscribers"] for row in report(connection, "popular_plans")} == Counter(
        row["plan"] for row in live
    )
    connection.execute("select public.template_usage_refresh(10000)")
    used = Counter(row["template_id"] for row in table(connection, "public.resumes") if row["deleted_at"] is None)
    names = {row["id"]: row["slug"] for row in table(connection, "public.resume_templates") if row["user_id"] is None}
    counts = {row["slug"]: row["usage_count"] for row in report(connection, "popular_templates")}
    assert counts == {slug: used[template] for template, slug in names.items()}


def test_errors_and_response_times_of_the_last_day(connection: psycopg.Connection[Row]) -> None:
    for moved in ("usage_events", "analyses"):
        connection.execute(
            f"update public.{moved} set created_at = now() - interval '1 hour' where hashtext(id::text) % 2 = 0"
        )
    edge = clock(connection) - timedelta(days=1)
    total, failed = Counter[str](), Counter[str]()
    for row in table(connection, "public.usage_events"):
        if row["created_at"] >= edge and row["status"] != "reserved":
            total["operation " + row["operation_type"]] += 1
            failed["operation " + row["operation_type"]] += row["status"] in {"released", "expired"}
    for row in table(connection, "public.analyses"):
        if row["created_at"] >= edge and row["status"] in {"completed", "failed"}:
            total["analysis " + row["analysis_type"]] += 1
            failed["analysis " + row["analysis_type"]] += row["status"] == "failed"
    rates = {row["work"]: (row["total"], row["failed"]) for row in report(connection, "error_rates")}
    assert rates == {work: (count, failed[work]) for work, count in total.items()}
    assert len(rates) > 3

    connection.execute("update public.ai_usage set response_time_ms = 100 + abs(hashtext(id::text)) % 900")
    times: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in table(connection, "public.ai_usage"):
        if row["created_at"] >= edge:
            times[row["feature"], row["provider"], row["model"]].append(row["response_time_ms"])
    reported = report(connection, "response_times")
    assert {(row["feature"], row["provider"], row["model"]) for row in reported} == set(times)
    for row in reported:
        values = sorted(times[row["feature"], row["provider"], row["model"]])
        assert (row["calls"], row["mean_ms"]) == (len(values), rounded(Decimal(sum(values)) / len(values)))
        assert row["p95_ms"] == values[-(-len(values) * 95 // 100) - 1]


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("usage_patterns", "usage_events_created_at_idx"),
        ("active_users", "usage_events_created_at_idx"),
        ("user_growth", "profiles_created_at_idx"),
    ],
)
def test_an_index_bounds_a_report(connection: psycopg.Connection[Row], name: str, index: str) -> None:
    connection.execute("set local enable_seqscan = off")
    [row] = connection.execute(f"explain (format json) table private.report_{name}").fetchall()
    assert index in indexes_in(row["QUERY PLAN"][0]["Plan"])
