"""A database that dies and comes back while a consumer works: the task ends once, and is charged once."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row

from local.stack import Stack
from tests.conftest import movable_clock
from tests.database.checks import broken_invariants
from tests.e2e.person import Person
from tests.e2e.test_tasks import batch, follow, invoke
from tests.fakes.models import Answer, FakeModels
from tests.functions.generate.writer import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from local.postgres import Postgres

KEY = "test-key"
PATIENCE = 60


class SlowModel:
    """Answers when it may; says when it has been asked."""

    def __init__(self) -> None:
        self.asked, self.may_answer = threading.Event(), threading.Event()

    def __call__(self, _: Any) -> Answer:
        self.asked.set()
        assert self.may_answer.wait(PATIENCE)
        return Answer({"text": SUMMARY})


@pytest.fixture(scope="module")
def models() -> Iterator[FakeModels]:
    with FakeModels(key=KEY) as fake:
        yield fake


@pytest.fixture(scope="module")
def mortal(scratch: Path, models: FakeModels) -> Iterator[Stack]:
    """A stack of its own, whose database may die."""
    variables = {
        "RESUMEBASE_AI_PROVIDER": "gemini",
        "RESUMEBASE_VERIFIER": "off",
        "RESUMEBASE_AI_FALLBACKS": "none",
        "GEMINI_API_KEY": KEY,
        "GEMINI_BASE_URL": models.url,
    }
    opened = Stack(scratch / "mortal", env=variables)
    try:
        opened.start_database()
        with psycopg.connect(opened.database_url, autocommit=True) as connection:
            # Tests give up durability for speed; here it is what is tested.
            connection.execute("alter database postgres set synchronous_commit = on")
        opened.start()
        yield opened
    finally:
        opened.stop()


@pytest.fixture
def postgres(mortal: Stack) -> Postgres:
    return mortal.postgres


@pytest.fixture
def opened(mortal: Stack, models: FakeModels) -> tuple[Person, str, SlowModel]:
    """A task whose consumer waits for the model."""
    models.reset()
    model = SlowModel()
    models.always = model
    person = Person(mortal)
    request = batch(person, 1)["input"]["requests"][0]
    task = invoke(person, "generate", body=request, headers={"Prefer": "respond-async"})
    assert model.asked.wait(PATIENCE)
    return person, task["id"], model


def one(stack: Stack, statement: str, *values: Any) -> dict[str, Any]:
    with psycopg.connect(stack.database_url, autocommit=True, row_factory=dict_row) as connection:
        row = connection.execute(statement, values).fetchone()
    assert row is not None
    return row


def charged_once(stack: Stack, person: Person) -> None:
    books = one(stack, "select balance, reserved, debt from public.user_credits where user_id = %s", person.id)
    assert books == {"balance": 4, "reserved": 0, "debt": 0}
    spent = one(
        stack,
        "select count(*) as n, sum(amount)::int as credits from public.credit_transactions "
        "where user_id = %s and kind = 'usage'",
        person.id,
    )
    assert spent == {"n": 1, "credits": -1}
    with psycopg.connect(stack.database_url, autocommit=True, row_factory=dict_row) as connection:
        assert not broken_invariants(connection).keys() & {"books.sql", "ledger.sql", "usage.sql"}


def test_the_database_is_back_before_the_model_answers(
    mortal: Stack, postgres: Postgres, opened: tuple[Person, str, SlowModel]
) -> None:
    person, task_id, model = opened
    postgres.kill()
    postgres.start()
    model.may_answer.set()
    done = follow(person, task_id)
    assert done["status"] == "completed", done
    assert done["receipt"]["charged"] == 1
    charged_once(mortal, person)


def test_the_database_is_away_when_the_answer_has_to_be_charged(
    mortal: Stack, postgres: Postgres, opened: tuple[Person, str, SlowModel]
) -> None:
    person, task_id, model = opened
    postgres.kill()
    model.may_answer.set()
    # The consumer fails to charge, gives up, and its message comes again before the database does.
    time.sleep(2)
    postgres.start()
    # What it held and claimed runs out, and the clean-up sends the id again.
    with psycopg.connect(mortal.database_url, autocommit=True, row_factory=dict_row) as connection:
        movable_clock(connection).advance("10 minutes")
    swept = httpx.post(
        f"{mortal.url}/functions/v1/cleanup",
        headers={"authorization": f"Bearer {mortal.cleanup_secret}"},
        json={"tasks": ["holds", "resend"]},
        timeout=PATIENCE,
    )
    assert swept.status_code == 200, swept.text
    done = follow(person, task_id)
    assert done["status"] == "completed", done
    charged_once(mortal, person)


def test_without_a_database_every_api_says_that_it_is_away(mortal: Stack, postgres: Postgres) -> None:
    person = Person(mortal)
    asked = [
        ("GET", "/rest/v1/resumes?select=id"),
        ("POST", "/rest/v1/rpc/bin_list"),
        ("GET", f"/storage/v1/object/resumes/{person.id}/cv.pdf"),
        ("GET", "/auth/v1/user"),
        ("GET", "/functions/v1/billing/balance"),
    ]
    with httpx.Client(base_url=mortal.url, headers=person.headers, timeout=PATIENCE) as client:
        postgres.kill()
        try:
            answers = [(path, client.request(method, path)) for method, path in asked]
        finally:
            postgres.start()
        assert {path: each.status_code for path, each in answers} == {path: 503 for _, path in asked}
        assert {path: each.json()["code"] for path, each in answers} == {
            path: "database_unavailable" if "functions" in path else "PGRST000" for _, path in asked
        }
        assert all("json" in each.headers["content-type"] for _, each in answers)
        for method, path in asked[:2]:
            answer = client.request(method, path)
            assert answer.status_code == 200, answer.text
