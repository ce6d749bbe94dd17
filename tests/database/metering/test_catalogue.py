"""The catalogue: loading one puts it on sale, and takes nothing from those who bought of another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.database.rows import refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.database.metering.support import Meter
    from tests.database.rows import AsRole, NewUser

EVERYTHING = """
select jsonb_build_object(
  'plans', (select jsonb_agg(to_jsonb(p) - 'updated_at' order by p.slug) from public.plans as p),
  'prices', (select jsonb_agg(to_jsonb(p) - 'updated_at' order by p.slug) from public.plan_prices as p),
  'limits', (select jsonb_agg(to_jsonb(l) - 'updated_at' - 'created_at' order by l.plan, l.quota_group) from public.plan_limits as l),
  'packs', (select jsonb_agg(to_jsonb(k) - 'updated_at' order by k.slug) from public.credit_packs as k),
  'operations', (select jsonb_agg(to_jsonb(o) - 'updated_at' order by o.slug) from public.operations as o),
  'config', (select jsonb_agg(to_jsonb(c) - 'updated_at' order by c.key) from public.global_config as c)
) as everything
"""


@pytest.mark.parametrize("name", ["a", "b", "c", "d", "e"])
def test_loading_again_changes_nothing(meter: Meter, catalogue: Callable[[str], None], name: str) -> None:
    catalogue(name)
    first = meter.owner.execute(EVERYTHING).fetchone()
    catalogue(name)
    assert meter.owner.execute(EVERYTHING).fetchone() == first


def test_each_catalogue_has_one_default_plan_and_its_own_on_sale(
    meter: Meter, catalogue: Callable[[str], None]
) -> None:
    on_sale = {
        "a": {"free", "pro"},
        "b": {"free", "starter", "pro", "career", "coach"},
        "c": {"free", "pro", "unlimited"},
        "d": {"free"},
        "e": {"free", "premium"},
    }
    for name, plans in on_sale.items():
        catalogue(name)
        rows = meter.owner.execute("select slug, is_default from public.plans where is_active").fetchall()
        assert {row["slug"] for row in rows} == plans
        assert [row["slug"] for row in rows if row["is_default"]] == ["free"]


@pytest.mark.usefixtures("noon")
def test_a_subscriber_of_a_retired_plan_keeps_it(
    meter: Meter, new_user: NewUser, catalogue: Callable[[str], None]
) -> None:
    catalogue("b")
    user = new_user()
    meter.subscribe(user, "coach", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z")
    catalogue("d")
    held = meter.reserve(user, "interview")
    assert (held["funding"], meter.event(held)["plan"]) == ("plan", "coach")


@pytest.mark.usefixtures("noon")
def test_of_two_subscriptions_the_higher_plan_counts(
    meter: Meter, new_user: NewUser, catalogue: Callable[[str], None]
) -> None:
    catalogue("b")
    user = new_user()
    for plan in ("career", "starter", "pro"):
        meter.subscribe(user, plan, "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z")
    assert meter.event(meter.reserve(user, "interview"))["plan"] == "career"


@pytest.mark.parametrize("status", ["unpaid", "paused", "halted", "canceled", "expired"])
@pytest.mark.usefixtures("noon")
def test_a_subscription_that_is_not_live_entitles_to_nothing(
    meter: Meter, new_user: NewUser, catalogue: Callable[[str], None], status: str
) -> None:
    catalogue("b")
    user = new_user()
    meter.subscribe(user, "coach", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z", status=status)
    with refused("insufficient_credits", 402):
        meter.reserve(user, "interview")


@pytest.mark.usefixtures("noon")
def test_a_plan_may_have_its_own_price_in_credits(
    meter: Meter, new_user: NewUser, catalogue: Callable[[str], None]
) -> None:
    catalogue("d")
    meter.owner.execute("insert into public.plan_limits (plan, quota_group, cost) values ('free', 'analysis', 7)")
    user = new_user()
    meter.grant(user, 20)
    assert meter.use(user, "ats_scan")["balance"] == 13


def test_beyond_the_plan_credits_pay(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    receipts = [meter.use(user, "resume_import") for _ in range(4)]
    assert [(receipt["funding"], receipt["charged"]) for receipt in receipts] == [("plan", 0)] * 3 + [("credits", 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "x", "welcome_credits": 0, "plans": [], "colour": "red"},
        {"name": "x", "welcome_credits": None, "plans": []},
        {"name": "x", "welcome_credits": 0, "plans": [{"slug": "Bad Slug", "name": "x", "rank": 0}]},
        {
            "name": "x",
            "welcome_credits": 0,
            "plans": [{"slug": "aa", "name": "x", "rank": 0, "limits": {"nonsense": {"per_day": 1}}}],
        },
        {
            "name": "x",
            "welcome_credits": 0,
            "plans": [{"slug": "aa", "name": "x", "rank": 0, "limits": {"writing": {"per_day": -2}}}],
        },
        {
            "name": "x",
            "welcome_credits": 0,
            "plans": [{"slug": "aa", "name": "x", "rank": 0}, {"slug": "bb", "name": "x", "rank": 0}],
        },
        {
            "name": "x",
            "welcome_credits": 0,
            "plans": [{"slug": s, "name": "x", "rank": r, "is_default": True} for s, r in (("aa", 0), ("bb", 1))],
        },
    ],
)
def test_a_wrong_catalogue_is_refused_whole(meter: Meter, wrong: object) -> None:
    before = meter.owner.execute(EVERYTHING).fetchone()
    with pytest.raises(psycopg.Error):
        meter.owner.execute("select private.load_catalogue(%s)", (json.dumps(wrong),))
    assert meter.owner.execute(EVERYTHING).fetchone() == before


def test_anyone_reads_the_catalogue_and_no_client_writes_it(
    as_anon: AsRole, as_user: AsRole, new_user: NewUser
) -> None:
    tables = ("plans", "plan_prices", "plan_limits", "operations", "quota_groups", "credit_packs")
    for role in (as_anon(), as_user(new_user())):
        with role as cursor:
            for table in tables:
                cursor.execute(f"select count(*) as n from public.{table}")
                assert cursor.fetchone()["n"] > 0
                for statement in (f"delete from public.{table}", f"update public.{table} set created_at = now()"):
                    cursor.execute("savepoint here")
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        cursor.execute(statement)
                    cursor.execute("rollback to here")


def test_incomplete_metering_settings_are_refused(meter: Meter) -> None:
    for key in (
        "welcome_credits",
        "released_attempts_per_day",
        "replay_hours",
        "hold_margin_seconds",
        "daily_spend_ceiling",
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            meter.owner.execute("update public.global_config set value = value - %s where key = 'metering'", (key,))
