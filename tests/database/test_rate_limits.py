"""Rate limits in Postgres: a sliding window, approximated from two fixed ones."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.database.rows import refused

if TYPE_CHECKING:
    from tests.database.rows import AsRole, Clock, NewUser


def hit(as_service: AsRole, key: str, limit: int = 3, window: int = 60) -> dict[str, Any]:
    """Count one hit."""
    with as_service() as cursor:
        answer: dict[str, Any] = cursor.execute(
            "select public.rate_limit_hit(%s, %s, %s) as answer", (key, limit, window)
        ).fetchone()["answer"]
        return answer


def test_so_many_hits_are_allowed_and_no_more(as_service: AsRole, clock: Clock) -> None:
    clock.set("2030-01-01 00:00:00+00")
    key = str(uuid.uuid4())
    answers = [hit(as_service, key) for _ in range(5)]
    assert [answer["allowed"] for answer in answers] == [True, True, True, False, False]
    assert [answer["remaining"] for answer in answers] == [2, 1, 0, 0, 0]
    assert all(0 < answer["retry_after"] <= 60 for answer in answers[3:])
    assert hit(as_service, str(uuid.uuid4()))["allowed"] is True


def test_the_window_slides(as_service: AsRole, clock: Clock) -> None:
    clock.set("2030-01-01 00:00:50+00")
    key = str(uuid.uuid4())
    assert [hit(as_service, key)["allowed"] for _ in range(4)] == [True, True, True, False]
    # Just after the end of a fixed window, most of its hits still count …
    clock.set("2030-01-01 00:01:05+00")
    assert hit(as_service, key)["allowed"] is False
    # … and later fewer and fewer.
    clock.set("2030-01-01 00:01:25+00")
    assert [hit(as_service, key)["allowed"] for _ in range(2)] == [True, False]


def test_a_client_that_waits_for_retry_after_succeeds(as_service: AsRole, clock: Clock) -> None:
    clock.set("2030-01-01 00:00:30+00")
    key = str(uuid.uuid4())
    for _ in range(10):
        answer = hit(as_service, key)
    for _ in range(3):
        clock.advance(f"{answer['retry_after'] + 1} seconds")
        answer = hit(as_service, key)
        if answer["allowed"]:
            break
    assert answer["allowed"] is True


def test_parallel_hits_cannot_exceed_the_limit(as_service: AsRole, clock: Clock) -> None:
    clock.set("2030-01-01 00:00:00+00")
    key = str(uuid.uuid4())
    answers: list[bool] = []
    threads = [
        threading.Thread(target=lambda: answers.append(hit(as_service, key, limit=5)["allowed"])) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 7 + [True] * 5


@pytest.mark.parametrize(("limit", "window"), [(0, 60), (1, 0), (1, 86_401)])
def test_impossible_limits_are_refused(as_service: AsRole, limit: int, window: int) -> None:
    with refused("invalid_rate_limit", 422):
        hit(as_service, "x", limit, window)


def test_clients_cannot_access_the_counters(new_user: NewUser, as_user: AsRole) -> None:
    for statement in (
        "select public.rate_limit_hit('x', 1, 1)",
        "select * from private.rate_limits",
        "delete from private.rate_limits",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(new_user()) as cursor:
            cursor.execute(statement)
