"""Who may sign up, and what a new user is given: once, whatever arrives and however often."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest

from tests.database.rows import no_provisioning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    Connect = Callable[[], psycopg.Connection[dict[str, Any]]]


@pytest.fixture
def config(connect: Connect) -> Iterator[Callable[..., None]]:
    """Change settings of sign-up for one test."""
    connection = connect()
    row = connection.execute("select value from public.global_config where key = 'signup'").fetchone()
    assert row is not None

    def _config(**values: Any) -> None:
        connection.execute(
            "update public.global_config set value = value || %s::jsonb where key = 'signup'", (json.dumps(values),)
        )

    yield _config
    _config(**row["value"])


@pytest.fixture
def check(as_service: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """Ask as the function does."""

    def _check(email: str | None, address: str | None = None, attempt: str | None = None) -> dict[str, Any]:
        with as_service() as cursor:
            cursor.execute(
                "select public.signup_check(%s, %s, %s) as answer", (attempt or str(uuid4()), email, address)
            )
            answer: dict[str, Any] = cursor.fetchone()["answer"]
        return answer

    return _check


def fresh_address() -> str:
    """An IPv6 address of a network that no other test counts."""
    return f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"


def provision(connection: psycopg.Connection[dict[str, Any]], user_id: UUID) -> list[str]:
    row = connection.execute("select public.signup_provision(%s) as answer", (user_id,)).fetchone()
    assert row is not None
    given: list[str] = row["answer"]["given"]
    return given


# -- before -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("ada@example.com", None),
        ("ada@mailinator.com", "disposable_email"),
        ("ada@MAILINATOR.com", "disposable_email"),
        ("ada@deep.sub.mailinator.com", "disposable_email"),
        ("ada@mailinator.com.", "disposable_email"),
        ('"a@b"@mailinator.com', "disposable_email"),
        ("ada@a-mailinator.example.com", None),
        ("ada@mailinator.com.example.org", None),
        ("", None),
        (None, None),
        ("no address", None),
        ("x@" + "a." * 200 + "com", None),
    ],
)
def test_throw_away_domains_are_refused(
    check: Callable[..., dict[str, Any]], email: str | None, reason: str | None
) -> None:
    answer = check(email)
    assert (answer["allowed"], answer["reason"]) == (reason is None, reason)


def test_the_longest_rule_decides(check: Callable[..., dict[str, Any]], connect: Connect) -> None:
    name = f"d{uuid4().hex}.test"
    connect().execute(
        "insert into private.signup_rules (domain, verdict) values (%s, 'refuse'), (%s, 'allow')",
        (name, f"staff.{name}"),
    )
    assert check(f"a@{name}")["reason"] == "email_domain_refused"
    assert check(f"a@x.{name}")["reason"] == "email_domain_refused"
    assert check(f"a@staff.{name}")["allowed"]
    assert check(f"a@x.staff.{name}")["allowed"]


def test_a_closed_product_takes_listed_domains_only(
    check: Callable[..., dict[str, Any]], config: Callable[..., None], connect: Connect
) -> None:
    name = f"d{uuid4().hex}.test"
    connect().execute("insert into private.signup_rules (domain, verdict) values (%s, 'allow')", (name,))
    config(listed_domains_only=True)
    assert check(f"a@{name}")["allowed"]
    assert check("a@example.com")["reason"] == "email_domain_not_listed"


def test_a_network_has_a_limit_that_ends(
    check: Callable[..., dict[str, Any]], config: Callable[..., None], clock: Any
) -> None:
    config(per_address=2)
    address = fresh_address()
    neighbour = address.removesuffix("1") + "2"
    assert [check("a@example.com", at)["allowed"] for at in (address, neighbour)] == [True, True]
    refused = check("a@example.com", address)
    assert refused["reason"] == "too_many_signups"
    assert 0 < refused["retry_after"] <= 3600
    assert check("a@example.com", fresh_address())["allowed"]
    clock.advance("2 hours")
    assert check("a@example.com", address)["allowed"]


def test_a_repeated_question_counts_once_and_is_answered_alike(
    check: Callable[..., dict[str, Any]], config: Callable[..., None]
) -> None:
    config(per_address=2)
    address, attempt = fresh_address(), str(uuid4())
    assert {json.dumps(check("a@example.com", address, attempt)) for _ in range(5)} == {
        json.dumps({"reason": None, "allowed": True})
    }
    assert check("a@example.com", address)["allowed"]
    assert not check("a@example.com", address)["allowed"]


@pytest.mark.parametrize("address", ["not an address", "", "999.1.1.1", None])
def test_an_odd_network_address_is_no_limit(check: Callable[..., dict[str, Any]], address: str | None) -> None:
    assert check("a@example.com", address)["allowed"]


def test_one_question_asked_32_times_at_once_counts_once(database: str, config: Callable[..., None]) -> None:
    config(per_address=2)
    address, attempt = fresh_address(), str(uuid4())

    def ask(_: int) -> bool:
        with psycopg.connect(database, autocommit=True) as connection:
            row = connection.execute(
                "select public.signup_check(%s, 'a@example.com', %s) ->> 'allowed'", (attempt, address)
            ).fetchone()
            return row is not None and row[0] == "true"

    with ThreadPoolExecutor(32) as pool:
        assert all(pool.map(ask, range(32)))
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "select sum(hits) from private.rate_limits where key = 'signup:' || private.network_of(%s)", (address,)
        ).fetchone()
    assert row == (1,)


# -- after --------------------------------------------------------------------------------------------------------


def resumes(connection: psycopg.Connection[dict[str, Any]], user_id: UUID) -> list[dict[str, Any]]:
    return connection.execute(
        "select r.id, r.title, r.content, t.slug from public.resumes as r "
        "left join public.resume_templates as t on t.id = r.template_id where r.user_id = %s",
        (user_id,),
    ).fetchall()


def test_a_new_user_finds_a_resume_with_what_sign_up_told(connect: Connect, new_user: Callable[..., UUID]) -> None:
    connection = connect()
    user_id = new_user(full_name="Zoë Müller")
    assert provision(connection, user_id) == ["starter_resume"]
    (resume,) = resumes(connection, user_id)
    assert resume["slug"] == "modern-1"
    assert resume["content"]["personalInfo"]["name"] == "Zoë Müller"
    assert resume["content"]["personalInfo"]["email"].endswith("@example.com")


def test_nothing_is_given_twice_and_a_deleted_starter_stays_deleted(
    connect: Connect, new_user: Callable[..., UUID]
) -> None:
    connection = connect()
    user_id = new_user()
    provision(connection, user_id)
    connection.execute("delete from public.resumes where user_id = %s", (user_id,))
    assert provision(connection, user_id) == []
    assert resumes(connection, user_id) == []


def test_who_made_a_resume_already_gets_no_other(connect: Connect, new_user: Callable[..., UUID]) -> None:
    connection = connect()
    user_id = new_user()
    connection.execute("insert into public.resumes (user_id, title) values (%s, 'Mine')", (user_id,))
    assert provision(connection, user_id) == []
    assert [row["title"] for row in resumes(connection, user_id)] == ["Mine"]


def test_a_lost_trigger_is_made_up_for(connect: Connect, new_user: Callable[..., UUID]) -> None:
    connection = connect()
    with no_provisioning(connection):
        user_id = new_user()
    provision(connection, user_id)
    row = connection.execute(
        "select p.email_verified, s.theme, c.balance from public.profiles as p join public.user_settings as s on s.user_id = p.id "
        "join public.user_credits as c on c.user_id = p.id where p.id = %s",
        (user_id,),
    ).fetchone()
    assert row == {"email_verified": True, "theme": "light", "balance": 5}


def test_benefits_wait_for_the_confirmation(
    connect: Connect, new_user: Callable[..., UUID], config: Callable[..., None]
) -> None:
    config(trial_plan="pro")
    connection = connect()
    user_id = new_user(confirmed=False)
    assert provision(connection, user_id) == ["starter_resume"]
    connection.execute("update auth.users set email_confirmed_at = now() where id = %s", (user_id,))
    assert provision(connection, user_id) == ["trial"]
    assert provision(connection, user_id) == []


def test_the_trial_entitles_and_ends_by_itself(
    connect: Connect, new_user: Callable[..., UUID], config: Callable[..., None], clock: Any
) -> None:
    config(trial_plan="pro")
    connection = connect()
    user_id = new_user()
    provision(connection, user_id)

    def plan() -> str:
        row = connection.execute("select private.entitled_plan(%s) as plan", (user_id,)).fetchone()
        assert row is not None
        name: str = row["plan"]
        return name

    assert plan() == "pro"
    clock.advance("40 days")
    assert plan() == "free"


def test_one_mailbox_has_one_trial_and_one_welcome(
    connect: Connect, new_user: Callable[..., UUID], config: Callable[..., None]
) -> None:
    config(trial_plan="pro")
    connection = connect()
    mailbox = f"u{uuid4().hex[:10]}"
    first = new_user(f"{mailbox}@gmail.com")
    assert "trial" in provision(connection, first)
    connection.execute("delete from auth.users where id = %s", (first,))
    again = new_user(f"{mailbox[:3]}.{mailbox[3:]}+x@googlemail.com")
    assert provision(connection, again) == ["starter_resume"]
    row = connection.execute("select balance from public.user_credits where user_id = %s", (again,)).fetchone()
    assert row == {"balance": 0}


def test_32_deliveries_at_once_give_once(
    database: str, connect: Connect, new_user: Callable[..., UUID], config: Callable[..., None]
) -> None:
    config(trial_plan="pro")
    user_id = new_user()

    def deliver(_: int) -> list[str]:
        with psycopg.connect(database, autocommit=True) as connection:
            row = connection.execute("select public.signup_provision(%s)", (user_id,)).fetchone()
            assert row is not None
            given: list[str] = row[0]["given"]
            return given

    with ThreadPoolExecutor(32) as pool:
        given = [item for answer in pool.map(deliver, range(32)) for item in answer]
    assert sorted(given) == ["starter_resume", "trial"]
    connection = connect()
    assert len(resumes(connection, user_id)) == 1
    row = connection.execute(
        "select count(*) as lots, sum(amount) as credits from public.credit_grants where user_id = %s and source = 'welcome'",
        (user_id,),
    ).fetchone()
    assert row == {"lots": 1, "credits": 5}


def test_an_unknown_user_is_a_404(connect: Connect) -> None:
    with pytest.raises(psycopg.Error) as refusal:
        connect().execute("select public.signup_provision(%s)", (uuid4(),))
    assert (refusal.value.sqlstate, refusal.value.diag.message_primary) == ("PT404", "user_not_found")


def test_the_sweep_finds_whom_no_message_announced(connect: Connect, new_user: Callable[..., UUID]) -> None:
    connection = connect()
    users = [new_user() for _ in range(3)]
    waiting = new_user(confirmed=False)
    while connection.execute("select public.signup_sweep(200) as n").fetchone() != {"n": 0}:
        pass
    assert all(len(resumes(connection, user_id)) == 1 for user_id in users)
    connection.execute("update auth.users set email_confirmed_at = now() where id = %s", (waiting,))
    assert connection.execute("select public.signup_sweep(200) as n").fetchone() == {"n": 1}


def test_one_users_trouble_is_not_the_others(connect: Connect, new_user: Callable[..., UUID], clock: Any) -> None:
    connection = connect()

    def sweep() -> None:
        """Sweep until nobody is due: users of earlier tests may become due at any time, so no count is expected."""
        while connection.execute("select public.signup_sweep(200) as n").fetchone() != {"n": 0}:
            pass

    def progress(user_id: UUID) -> dict[str, Any] | None:
        query = "select due_at - private.now() as wait, due_at, error from private.signup_progress where user_id = %s"
        return connection.execute(query, (user_id,)).fetchone()

    sweep()
    broken, sound = new_user(), new_user()
    assert all(row is not None and row["wait"] <= timedelta(0) for row in (progress(broken), progress(sound)))
    connection.execute(
        "create function public.breaks() returns trigger language plpgsql as $$ begin raise exception 'out of paper'; end $$"
    )
    connection.execute(
        f"create trigger breaks before insert on public.resumes for each row when (new.user_id = '{broken}') execute function public.breaks()"
    )
    try:
        connection.execute("select public.signup_sweep(200)")
        postponed = progress(broken)
        assert postponed is not None
        assert postponed["error"] == "out of paper"
        # It does not stand in the way again and again: the next sweep is not for it.
        assert timedelta(minutes=59) < postponed["wait"] <= timedelta(hours=1)
        sweep()
        again = progress(broken)
        assert again is not None
        assert again["due_at"] == postponed["due_at"]
    finally:
        connection.execute("drop function public.breaks() cascade")
    assert [len(resumes(connection, user_id)) for user_id in (broken, sound)] == [0, 1]
    done = progress(sound)
    assert done is not None
    assert (done["due_at"], done["error"]) == (None, None)
    clock.advance("2 hours")
    sweep()
    assert len(resumes(connection, broken)) == 1
    done = progress(broken)
    assert done is not None
    assert done["due_at"] is None


def test_users_whom_the_trigger_missed_are_made_up_for(connect: Connect, new_user: Callable[..., UUID]) -> None:
    connection = connect()
    with no_provisioning(connection):
        missed = [new_user() for _ in range(3)]
    found, last = 0, None
    while True:
        answer = connection.execute("select public.signup_backfill(%s, 2) as a", (last,)).fetchone()
        assert answer is not None
        found, last = found + answer["a"]["provisioned"], answer["a"]["last"]
        if last is None:
            break
    assert found >= 3
    connection.execute("select public.signup_sweep(200)")
    assert all(len(resumes(connection, user_id)) == 1 for user_id in missed)


def test_a_profile_that_the_client_made_first_is_completed(
    connect: Connect, new_user: Callable[..., UUID], as_user: Callable[..., Any], as_service: Callable[..., Any]
) -> None:
    connection = connect()
    with no_provisioning(connection):
        user_id = new_user(full_name="Ada Lovelace", first_name="Ada")
    with as_user(user_id) as cursor:
        cursor.execute("insert into public.profiles (id, full_name) values (%s, 'Countess Lovelace')", (user_id,))
    for _ in range(2):
        with as_service() as cursor:
            cursor.execute("select public.users_provision_missing(10000)")
            cursor.execute("select public.signup_sweep(10000)")
    row = connection.execute(
        "select p.full_name, p.first_name, p.email_verified, p.email = u.email as addressed, c.balance, s.theme "
        "from public.profiles as p join auth.users as u on u.id = p.id "
        "left join public.user_credits as c on c.user_id = p.id left join public.user_settings as s on s.user_id = p.id "
        "where p.id = %s",
        (user_id,),
    ).fetchone()
    assert row == {
        "full_name": "Countess Lovelace", "first_name": "Ada", "email_verified": True, "addressed": True, "balance": 5,
        "theme": "light",
    }  # fmt: skip


def test_a_confirmation_that_the_mirror_missed_counts(connect: Connect, new_user: Callable[..., UUID]) -> None:
    connection, user_id = connect(), new_user(confirmed=False)
    connection.execute("alter table auth.users disable trigger resumebase_user_changed")
    connection.execute("update auth.users set email_confirmed_at = now() where id = %s", (user_id,))
    connection.execute("alter table auth.users enable trigger resumebase_user_changed")
    provision(connection, user_id)
    row = connection.execute("select email_verified from public.profiles where id = %s", (user_id,)).fetchone()
    assert row == {"email_verified": True}
    assert connection.execute("select balance from public.user_credits where user_id = %s", (user_id,)).fetchone() == {
        "balance": 5
    }


@pytest.mark.parametrize(
    "statement",
    [
        "select public.signup_check('a', 'b@c.d', null)",
        "select public.signup_provision(gen_random_uuid())",
        "select public.signup_sweep()",
        "select * from private.signup_rules",
    ],
)
def test_clients_can_call_none_of_it(
    as_user: Callable[..., Any], new_user: Callable[..., UUID], statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_user(new_user()) as cursor:
        cursor.execute(statement)
