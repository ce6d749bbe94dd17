"""What a client is shown of plan, credits and usage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.database.rows import make_admin, refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from tests.database.metering.support import Meter, Row
    from tests.database.rows import AsRole, Clock, Connect, NewUser


def _entitlements(as_user: AsRole, user: uuid.UUID) -> Row:
    with as_user(user) as cursor:
        cursor.execute("select public.entitlements() as value")
        value: Row = cursor.fetchone()["value"]
        return value


def test_a_new_user_sees_the_free_plan_and_the_welcome(as_user: AsRole, new_user: NewUser) -> None:
    shown = _entitlements(as_user, new_user())
    assert {key: shown[key] for key in ("plan", "status", "is_admin", "balance", "reserved", "debt", "timezone")} == {
        "plan": "free",
        "status": "none",
        "is_admin": False,
        "balance": 5,
        "reserved": 0,
        "debt": 0,
        "timezone": "UTC",
    }
    assert shown["limits"] == [
        {
            "quota_group": "resume_import",
            "name": "Résumé imports",
            "period": "lifetime",
            "limit": 3,
            "used": 0,
            "held": 0,
            "remaining": 3,
            "resets_at": None,
        }
    ]
    assert {item["operation"]: item["cost"] for item in shown["operations"]}["interview"] == 5


@pytest.mark.usefixtures("noon")
def test_a_subscriber_sees_periods_and_what_is_held(meter: Meter, as_user: AsRole, new_user: NewUser) -> None:
    user = new_user()
    meter.subscribe(user, "pro", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z")
    meter.use(user, "interview", times=2)
    meter.reserve(user, "interview")
    shown = _entitlements(as_user, user)
    assert (shown["plan"], shown["status"], shown["entitled_until"]) == ("pro", "active", "2027-04-04T00:00:00+00:00")
    [interviews] = [limit for limit in shown["limits"] if limit["quota_group"] == "interview"]
    assert {key: interviews[key] for key in ("period", "limit", "used", "held", "remaining", "resets_at")} == {
        "period": "monthly",
        "limit": 10,
        "used": 2,
        "held": 1,
        "remaining": 7,
        "resets_at": "2027-04-01T00:00:00+00:00",
    }


def test_the_balance_shown_is_what_could_be_spent_though_nobody_swept(
    meter: Meter, as_user: AsRole, new_user: NewUser, noon: Clock
) -> None:
    user = new_user()
    meter.grant(user, 10, source="subscription", expires_at="2027-03-10T13:00:00Z")
    meter.grant(user, 4, source="promo", expires_at="2027-03-11T00:00:00Z")
    held = meter.reserve(user, "interview")
    assert held["balance"] == 14
    shown = _entitlements(as_user, user)
    assert (shown["balance"], shown["reserved"]) == (14, 5)
    assert shown["next_expiry"] == {"expires_at": "2027-03-10T13:00:00+00:00", "credits": 5}
    # The hold is over with its lot: neither counts. The next reservation finds the same.
    noon.advance("2 hours")
    shown = _entitlements(as_user, user)
    assert (shown["balance"], shown["reserved"], shown["debt"], shown["next_expiry"]["credits"]) == (9, 0, 0, 4)
    assert meter.reserve(user)["balance"] == 8


def test_others_entitlements_are_not_to_be_had(
    as_user: AsRole, as_anon: AsRole, new_user: NewUser, connect: Connect, meter: Meter
) -> None:
    user, other, admin = new_user(), new_user(), new_user()
    make_admin(connect, admin)
    for reader in (other, admin):
        with as_user(reader) as cursor, refused("user_not_found", 404):
            cursor.execute("select public.entitlements(%s)", (user,))
    with pytest.raises(Exception, match="permission denied"), as_anon() as cursor:
        cursor.execute("select public.entitlements(%s)", (user,))
    assert _entitlements(as_user, admin)["is_admin"] is True
    assert meter.call("entitlements", user)["balance"] == 5


def test_usage_is_summed_by_period(meter: Meter, as_user: AsRole, new_user: NewUser, noon: Clock) -> None:
    user = new_user()
    noon.set("2027-03-31T23:00:00Z")
    meter.use(user, "summary", times=2)
    meter.use(user, "resume_import")
    meter.release(meter.reserve(user))
    noon.set("2027-04-01T01:00:00Z")
    meter.use(user, "summary")

    def usage(*arguments: object) -> list[tuple[object, ...]]:
        places = ", ".join(["%s"] * len(arguments))
        with as_user(user) as cursor:
            cursor.execute(f"select * from public.usage_by_period({places})", arguments)
            return [tuple(row.values())[1:] for row in cursor.fetchall()]

    assert usage() == [
        ("2027-04", "summary", 1, 0, 1),
        ("2027-03", "resume_import", 1, 1, 0),
        ("2027-03", "summary", 2, 0, 2),
    ]
    assert usage("daily", "2027-04-01T00:00:00Z") == [("2027-04-01", "summary", 1, 0, 1)]
    assert usage("lifetime") == [("lifetime", "resume_import", 1, 1, 0), ("lifetime", "summary", 3, 0, 3)]
    with refused("invalid_period", 422):
        usage("weekly")
    with as_user(new_user()) as cursor:
        assert cursor.execute("select * from public.usage_by_period(p_user_id => %s)", (user,)).fetchall() == []


def test_the_limits_of_all_groups_are_one_call(
    connect: Connect, new_user: NewUser, catalogue: Callable[[str], None]
) -> None:
    catalogue("b")
    user, connection = new_user(), connect()
    connection.execute("set track_functions = 'all'")
    groups = connection.execute("select count(*) as n from public.quota_groups").fetchone()["n"]
    assert groups > 1
    calls = "select coalesce(pg_stat_get_xact_function_calls(oid), 0) as n from pg_proc where proname = 'allowance'"
    with connection.transaction():
        connection.execute("select public.entitlements(%s)", (user,))
        assert connection.execute(calls).fetchone()["n"] == 1
