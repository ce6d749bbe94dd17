"""The table of database errors and domain errors, in both directions and against the migrations themselves."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from functions._shared.domain import errors
from functions._shared.domain.errors.table import ERRORS, from_database, to_database

MIGRATIONS = Path(__file__).resolve().parents[3] / "supabase" / "migrations"
_HELPER = re.compile(r"raise_problem\(\s*(\d{3}),\s*'([a-z_]+)'")
_DIRECT = re.compile(r"errcode = 'PT(\d{3})',\s*message = '([a-z_]+)'")


def raised(*names: str) -> set[tuple[int, str]]:
    """Every (status, code) that the named migrations raise; without names, all migrations."""
    pairs: set[tuple[int, str]] = set()
    for path in MIGRATIONS.glob("*.sql"):
        if not names or any(name in path.name for name in names):
            text = path.read_text()
            pairs |= {(int(status), code) for status, code in _HELPER.findall(text) + _DIRECT.findall(text)}
    return pairs


@pytest.mark.parametrize("cls", ERRORS.values(), ids=ERRORS.keys())
def test_errors_survive_the_database_and_back(cls: type[errors.DomainError]) -> None:
    assert type(from_database(*to_database(cls))) is cls


def test_codes_name_one_class_each() -> None:
    def below(cls: type[errors.DomainError]) -> set[type[errors.DomainError]]:
        return {cls}.union(*(below(subclass) for subclass in cls.__subclasses__()))

    own = [cls for cls in below(errors.DomainError) if "code" in vars(cls) and cls is not errors.DomainError]
    assert len({cls.code for cls in own}) == len(own)
    assert {cls.code for cls in own} | {"internal_error"} == set(ERRORS)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", code) for code in ERRORS)
    assert all(400 <= cls.status < 600 and cls.title.endswith(".") for cls in own)


def test_the_hierarchy_in_the_docstring_names_every_class_once() -> None:
    listed = re.findall(r"^ *[*+] (\w+)", errors.__doc__ or "", re.MULTILINE)
    gathered = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.DomainError)
    ]
    assert sorted([*listed, "DomainError"]) == sorted(gathered)


def test_metering_errors_have_a_class() -> None:
    metering = raised("usage_reserve", "usage_settle")
    assert {code for _, code in metering} >= {"insufficient_credits", "hold_lost", "in_progress", "replay_gone"}
    assert {(status, code) for status, code in metering if code not in ERRORS} == set()


def test_errors_in_migrations_keep_their_status_and_code() -> None:
    for status, code in raised():
        error = from_database(f"PT{status}", code)
        assert error.status == status, code
        assert code in {error.code, error.extra.get("reason")}


def test_json_details_become_members() -> None:
    details = {"operation": "summary", "cost": 1, "balance": 0, "status": 200, "code": "x", "self": 1}
    error = from_database("PT402", "insufficient_credits", json.dumps(details), "Buy some.")
    assert isinstance(error, errors.InsufficientCredits)
    assert error.extra == {"operation": "summary", "cost": 1, "balance": 0, "hint": "Buy some.", "self": 1}
    assert error.detail == error.title


@pytest.mark.parametrize(
    ("details", "detail"),
    [
        ("A sentence.", "A sentence."),
        ({"detail": "A sentence.", "n": 1}, "A sentence."),
        ("", errors.HoldLost.title),
        (None, errors.HoldLost.title),
        ("{broken", errors.HoldLost.title),
        (["x"], errors.HoldLost.title),
    ],
)
def test_details_for_people(details: object, detail: str) -> None:
    assert from_database("PT409", "hold_lost", details, "").detail == detail


@pytest.mark.parametrize(
    ("code", "message", "cls"),
    [
        ("PT409", "something_new", errors.Conflict),
        ("PT418", "something_new", errors.BadRequest),
        ("PT501", "something_new", errors.InternalError),
        ("PT404", "hold_lost", errors.NotFound),  # the status does not match the code, so the status decides
        ("PT503", "", errors.DatabaseUnavailable),
        ("PTxyz", "hold_lost", errors.InternalError),
        ("23505", "duplicate key value violates …", errors.Conflict),
        ("23503", "…", errors.Unprocessable),
        ("23514", "…", errors.Unprocessable),
        ("22P02", "…", errors.Unprocessable),
        ("42501", "…", errors.Forbidden),
        ("40P01", "deadlock detected", errors.DatabaseUnavailable),
        ("57014", "canceling statement due to statement timeout", errors.DatabaseUnavailable),
        ("53300", "too many connections", errors.DatabaseUnavailable),
        ("08006", "…", errors.DatabaseUnavailable),
        ("42P01", "relation does not exist", errors.InternalError),
        ("PGRST002", "…", errors.DatabaseUnavailable),
        ("PGRST116", "…", errors.NotFound),
        ("PGRST202", "…", errors.InternalError),
        ("PGRST303", "JWT expired", errors.ExpiredToken),
        ("503", "Service Unavailable", errors.DatabaseUnavailable),
        ("504", None, errors.DatabaseUnavailable),
        ("500", None, errors.InternalError),
        ("403", None, errors.Forbidden),
        (None, None, errors.InternalError),
        ("SUP", "anything", errors.InternalError),
    ],
)
def test_foreign_errors_reveal_nothing(code: str | None, message: str | None, cls: type[errors.DomainError]) -> None:
    error = from_database(code, message, "secret detail of others", None)
    assert type(error) is cls
    if not (code or "").startswith("PT"):
        assert (error.detail, error.extra) == (cls.title, {})


def test_the_database_may_say_when_to_come_back() -> None:
    error = from_database("PT429", "rate_limited", '{"allowed": false, "retry_after": 42}')
    assert (type(error), error.headers) == (errors.RateLimited, {"retry-after": "42"})
    assert from_database("PT429", "rate_limited").headers == {"retry-after": "10"}
