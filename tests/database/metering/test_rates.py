"""Rate limits of what is reserved: operations of a quota group per minute, and dry runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.database.metering.support import detail
from tests.database.metering.test_offline import configure
from tests.database.rows import make_admin, refused

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

    from tests.database.metering.support import Meter
    from tests.database.rows import Clock, Connect, NewUser

__all__ = ["configure"]


@pytest.fixture
def rich_user(meter: Meter, new_user: NewUser) -> uuid.UUID:
    user: uuid.UUID = new_user()
    meter.grant(user, 100)
    return user


@pytest.fixture
def per_minute(meter: Meter) -> Iterator[Any]:
    """Set the figure of the free plan for a quota group."""

    def _set(group: str, figure: int) -> None:
        meter.owner.execute(
            "insert into public.plan_limits (plan, quota_group, per_minute) values ('free', %s, %s) "
            "on conflict (plan, quota_group) do update set per_minute = excluded.per_minute",
            (group, figure),
        )

    before = meter.owner.execute("select plan, quota_group from public.plan_limits").fetchall()
    yield _set
    meter.owner.execute("update public.plan_limits set per_minute = null")
    for row in meter.owner.execute("select plan, quota_group from public.plan_limits").fetchall():
        if row not in before:
            meter.owner.execute(
                "delete from public.plan_limits where plan = %(plan)s and quota_group = %(quota_group)s", row
            )


def test_so_many_begin_within_a_minute_and_no_more(
    meter: Meter, rich_user: uuid.UUID, noon: Clock, configure: Any
) -> None:
    configure(paid_per_minute=2)
    first = meter.reserve(rich_user)
    assert first["rate"] == {"policy": "writing", "limit": 2, "window": 60, "remaining": 1, "reset": 60}
    noon.advance("20 seconds")
    second = meter.reserve(rich_user, key="k")
    assert second["rate"] == {"policy": "writing", "limit": 2, "window": 60, "remaining": 0, "reset": 40}
    books = meter.account(rich_user)
    for dry_run in (True, False):
        with refused("rate_limited", 429) as caught:
            meter.reserve(rich_user, "bullets", dry_run=dry_run)
        assert detail(caught) == {
            "policy": "writing", "limit": 2, "window": 60, "remaining": 0, "retry_after": 40,
        }  # fmt: skip
    assert meter.account(rich_user) == books
    # The window slides: when the first is a minute old, one more may begin.
    noon.advance("40 seconds")
    assert meter.reserve(rich_user)["rate"]["reset"] == 20
    with refused("rate_limited", 429):
        meter.reserve(rich_user)


def test_a_stored_answer_waits_for_nothing(meter: Meter, rich_user: uuid.UUID, noon: Clock, configure: Any) -> None:
    configure(paid_per_minute=1)
    receipt = meter.commit(meter.reserve(rich_user, key="k"))
    assert meter.reserve(rich_user, key="k")["receipt"] == receipt
    assert noon.now()


def test_groups_and_users_have_their_own_turns(
    meter: Meter, rich_user: uuid.UUID, new_user: NewUser, noon: Clock, configure: Any
) -> None:
    configure(paid_per_minute=1)
    meter.use(rich_user)
    assert meter.use(rich_user, "ats_scan")["charged"] == 2
    assert meter.use(new_user())["charged"] == 1
    meter.reserve(rich_user, funding="offline")
    assert noon.now()


def test_a_plan_sets_its_own_figure(
    meter: Meter, rich_user: uuid.UUID, noon: Clock, configure: Any, per_minute: Any
) -> None:
    configure(paid_per_minute=100)
    per_minute("writing", 1)
    meter.use(rich_user)
    with refused("rate_limited", 429):
        meter.reserve(rich_user)
    configure(paid_per_minute=None)
    assert "rate" in meter.reserve(rich_user, "ats_scan")
    assert meter.reserve(rich_user, "ats_scan")["rate"] is None
    assert noon.now()


def test_administrators_have_none(
    meter: Meter, rich_user: uuid.UUID, noon: Clock, configure: Any, connect: Connect
) -> None:
    configure(paid_per_minute=1)
    make_admin(connect, rich_user)
    assert [meter.use(rich_user)["funding"] for _ in range(3)] == ["unlimited"] * 3
    assert noon.now()


def test_the_free_writer_says_its_rate_too(meter: Meter, rich_user: uuid.UUID, noon: Clock, configure: Any) -> None:
    configure(free_per_hour=3)
    rate = meter.reserve(rich_user, funding="offline")["rate"]
    assert (rate["policy"], rate["limit"], rate["window"], rate["remaining"]) == ("offline", 3, 3600, 2)
    assert noon.now()


def test_dry_runs_are_limited_by_rate(meter: Meter, rich_user: uuid.UUID, noon: Clock, configure: Any) -> None:
    configure(dry_runs_per_minute=2)
    for _ in range(2):
        assert meter.reserve(rich_user, dry_run=True)["state"] == "dry_run"
    with refused("rate_limited", 429) as caught:
        meter.reserve(rich_user, dry_run=True)
    assert (detail(caught)["policy"], detail(caught)["window"]) == ("dry_run", 60)
    assert meter.use(rich_user)["charged"] == 1
    noon.advance("2 minutes")
    assert meter.reserve(rich_user, dry_run=True)["state"] == "dry_run"
