"""Mails: put into the queue with their fact, sent once, written from what is true when they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx
import pytest

from functions._shared import wiring
from functions._shared.adapters.supabase.mails import SupabaseMails
from functions._shared.settings import Settings
from functions.account.handler import app as account_app
from tests.functions.cleanup.mailbox import address, block, credit, delete, is_empty, mails, statuses, text, unblock
from tests.functions.cleanup.test_cleanup import one, run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    import psycopg

    Connection = psycopg.Connection[dict[str, Any]]

SITE = "https://app.example.com"
FUNCTIONS = "https://api.example.com"


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    return tmp_path / "mails"


@pytest.fixture
def settings(settings: Settings, outbox: Path) -> Settings:
    mine = {
        "RESUMEBASE_MAIL_FROM": "hello@example.com",
        "RESUMEBASE_MAIL_NAME": "Café Cvs",
        "RESUMEBASE_MAIL_FOLDER": str(outbox),
        "RESUMEBASE_SITE_URL": SITE,
        "RESUMEBASE_FUNCTIONS_URL": FUNCTIONS,
    }
    return Settings({**settings.environ, **mine})


@pytest.fixture
def connection(connect: Callable[[], Connection]) -> Connection:
    made = connect()
    made.execute("delete from private.mails")
    return made


@pytest.fixture
async def account(client: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:  # noqa: ARG001 - it has the wiring
    """A mail client or a browser: without a token."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(account_app), base_url="http://test/functions/v1/account"
    ) as made:
        yield made


# -- deletion -----------------------------------------------------------------------------------------------------


async def test_who_deletes_an_account_is_told_at_once_before_the_end_and_at_the_end(
    client: httpx.AsyncClient, connection: Connection, new_user: Callable[..., UUID], outbox: Path
) -> None:
    user = new_user()
    to = address(connection, user)
    delete(connection, user)
    assert (await run(client, "mails"))["mails"]["done"] == 1
    (asked,) = mails(outbox, to)
    assert asked["Subject"] == "Your Café Cvs account is deleted"
    assert asked["From"] == "Café Cvs <hello@example.com>"
    assert SITE in text(asked)
    assert asked["List-Unsubscribe"] is None
    assert statuses(connection, user) == {"deletion_requested": "sent", "deletion_final": "waiting"}
    assert (await run(client, "mails"))["mails"]["done"] == 0

    # Three days before the end.
    connection.execute(
        "update private.mails set next_attempt_at = next_attempt_at - interval '28 days' where user_id = %s", (user,)
    )
    await run(client, "mails")
    assert len(mails(outbox, to)) == 2
    assert "will be erased on" in str(mails(outbox, to)[1]["Subject"])

    delete(connection, user, days=31)
    report = await run(client, "accounts", "mails")
    assert report["mails"]["error"] is None
    assert "has been erased" in str(mails(outbox, to)[0]["Subject"])
    assert one(connection, "select count(*) from private.mails where user_id = %s or address = %s", user, to) == 0


async def test_a_restored_account_is_not_told_that_it_ends(
    client: httpx.AsyncClient, connection: Connection, new_user: Callable[..., UUID], outbox: Path
) -> None:
    user = new_user()
    delete(connection, user)
    connection.execute("update public.profiles set deleted_at = null where id = %s", (user,))
    connection.execute("update private.mails set next_attempt_at = now() where user_id = %s", (user,))
    assert (await run(client, "mails"))["mails"]["detail"] == {"skipped": 2}
    assert mails(outbox, address(connection, user)) == []
    assert set(statuses(connection, user).values()) == {"skipped"}


async def test_nobody_is_written_to_at_an_address_that_is_not_confirmed(
    client: httpx.AsyncClient, connection: Connection, new_user: Callable[..., UUID], outbox: Path
) -> None:
    for user in (new_user(confirmed=False), new_user(email=None)):
        delete(connection, user, days=31)
    await run(client, "accounts", "mails")
    assert is_empty(outbox)
    assert one(connection, "select count(*) from private.mails") == 0


# -- money --------------------------------------------------------------------------------------------------------


async def test_low_credits_are_told_once_until_a_top_up(
    client: httpx.AsyncClient, connection: Connection, new_user: Callable[..., UUID], outbox: Path
) -> None:
    user = new_user()
    to = address(connection, user)
    credit(connection, user, -4)
    await run(client, "mails")
    (low,) = mails(outbox, to)
    assert low["Subject"] == "You have 1 credit left"
    credit(connection, user, -1)
    await run(client, "mails")
    assert len(mails(outbox, to)) == 1
    credit(connection, user, 5)
    assert statuses(connection, user) == {}
    credit(connection, user, -3)
    await run(client, "mails")
    assert [each["Subject"] for each in mails(outbox, to)] == ["You have 1 credit left", "You have 2 credits left"]


async def test_a_hold_is_no_spending(connection: Connection, new_user: Callable[..., UUID]) -> None:
    user = new_user()
    credit(connection, user, -2)
    hold = one(connection, "select public.usage_reserve(%s, 'summary', 'k', 'h')", user)
    assert one(connection, "select balance < 3 from public.user_credits where user_id = %s", user)
    assert statuses(connection, user) == {}
    connection.execute(
        "select public.usage_release(p_usage_id => %s, p_attempt => %s, p_reason => 'failed')",
        (hold["usage_id"], hold["attempt"]),
    )
    assert one(connection, "select balance from public.user_credits where user_id = %s", user) == 3
    assert statuses(connection, user) == {}


async def test_a_payment_is_receipted_once(
    client: httpx.AsyncClient, connection: Connection, new_user: Callable[..., UUID], outbox: Path
) -> None:
    user = new_user()
    connection.execute("update public.user_settings set locale = 'de-AT', email_notifications = false where user_id = %s", (user,))  # fmt: skip
    payment = one(
        connection,
        "insert into public.payments (user_id, provider, provider_reference, kind, amount, currency, status, paid_at, plan) "
        "values (%s, 'stripe', %s, 'subscription', 123450, 'EUR', 'paid', '2026-11-30T10:00Z', 'pro') returning id",
        user,
        f"in_{uuid4().hex}",
    )
    number = one(connection, "select receipt_number from public.payments where id = %s", payment)
    connection.execute("update public.payments set updated_at = now() where id = %s", (payment,))
    for _ in range(2):
        await run(client, "mails")
    (receipt,) = mails(outbox, address(connection, user))
    assert receipt["Subject"] == "Deine Zahlung an Café Cvs: 1.234,50 EUR"
    assert number in text(receipt)
    assert "am 30. November 2026" in text(receipt)
    assert "Tarif: Pro" in text(receipt)
    assert 'lang="de"' in text(receipt, "html")


async def test_the_end_of_a_plan_is_told_unless_another_runs(
    client: httpx.AsyncClient, connection: Connection, new_user: Callable[..., UUID], outbox: Path
) -> None:
    told, untold = new_user(), new_user()
    for user in (told, told, untold):
        connection.execute("insert into public.subscriptions (user_id, provider, plan, status, paid_until) values (%s, 'manual', 'pro', 'active', now())", (user,))  # fmt: skip
        connection.execute("update public.subscriptions set status = 'expired', ended_at = '2026-11-30' where user_id = %s and status = 'active'", (user,))  # fmt: skip
    connection.execute("insert into public.subscriptions (user_id, provider, plan, status) values (%s, 'manual', 'pro', 'active')", (untold,))  # fmt: skip
    await run(client, "mails")
    assert [str(mail["Subject"]) for mail in mails(outbox, address(connection, told))] == [
        "Your plan Pro has ended"
    ] * 2
    assert "30 November 2026" in text(mails(outbox, address(connection, told))[0])
    assert mails(outbox, address(connection, untold)) == []


# -- what is not required -----------------------------------------------------------------------------------------


def apply(connection: Connection, user: UUID, title: str, days: int) -> None:
    connection.execute("insert into public.jobs (user_id, title, company, status, created_at) values (%s, %s, 'ACME & Söhne', 'applied', now())", (user, title))  # fmt: skip
    connection.execute("set session_replication_role = replica")
    connection.execute("update public.jobs set updated_at = now() - %s * interval '1 day' where user_id = %s and title = %s", (days, user, title))  # fmt: skip
    connection.execute("set session_replication_role = origin")


async def click(account: httpx.AsyncClient, path: str) -> httpx.Response:
    """What a mail client sends for the button beside a mail's subject."""
    return await account.post(path, data={"List-Unsubscribe": "One-Click"})


async def test_a_digest_tells_once_a_week_what_is_open(
    client: httpx.AsyncClient, connection: Connection, new_user: Callable[..., UUID], outbox: Path
) -> None:
    wants, silent, empty = new_user(), new_user(), new_user()
    connection.execute("update public.user_settings set job_alerts = true where user_id = any(%s)", ([wants, empty],))
    for user in (wants, silent):
        apply(connection, user, "<b>Engineer</b>\r\nBcc: x", 9)
        apply(connection, user, "Fresh", 1)
    connection.execute("insert into public.jobs (user_id, title, status, interview_at) values (%s, 'Analyst', 'interviewing', now() + interval '2 days')", (wants,))  # fmt: skip
    for _ in range(2):
        assert (await run(client, "digests", "mails"))["mails"]["error"] is None
    (digest,) = mails(outbox, address(connection, wants))
    plain, page = text(digest), text(digest, "html")
    assert "- <b>Engineer</b> Bcc: x, ACME & Söhne: since" in plain
    assert "Analyst" in plain
    assert "Fresh" not in plain
    assert "&lt;b&gt;Engineer&lt;/b&gt; Bcc: x, ACME &amp; Söhne" in page
    assert [mails(outbox, address(connection, user)) for user in (silent, empty)] == [[], []]


async def test_one_click_ends_what_is_not_required(
    client: httpx.AsyncClient,
    account: httpx.AsyncClient,
    connection: Connection,
    new_user: Callable[..., UUID],
    outbox: Path,
) -> None:
    user, other = new_user(), new_user()
    connection.execute("update public.user_settings set job_alerts = true")
    credit(connection, user, -3)
    apply(connection, user, "Engineer", 9)
    await run(client, "digests", "mails")
    found = mails(outbox, address(connection, user))
    assert len(found) == 2
    assert {str(each["List-Unsubscribe-Post"]) for each in found} == {"List-Unsubscribe=One-Click"}
    links = [str(each["List-Unsubscribe"]).strip("<>") for each in found]
    for link, mail in zip(links, found, strict=True):
        assert link.startswith(f"{FUNCTIONS}/functions/v1/account/unsubscribe/")
        assert link in text(mail)
    values = "select job_alerts, email_notifications from public.user_settings where user_id = %s"
    (digest,) = [link for link in links if "/job_alerts." in link]
    path = digest.partition("/account")[2]

    # A mail client that fetches the link in advance ends nothing.
    page = await account.get(path)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<form" in page.text
    assert connection.execute(values, (user,)).fetchone() == {"job_alerts": True, "email_notifications": True}
    for _ in range(2):
        done = await click(account, path)
        assert done.status_code == 200, done.text
    assert connection.execute(values, (user,)).fetchone() == {"job_alerts": False, "email_notifications": True}
    (low,) = [link for link in links if link != digest]
    await click(account, low.partition("/account")[2])
    assert connection.execute(values, (user,)).fetchone() == {"job_alerts": False, "email_notifications": False}
    assert connection.execute(values, (other,)).fetchone() == {"job_alerts": True, "email_notifications": True}

    for forged in (path.replace(str(user), str(other)), path.replace("job_alerts", "email_notifications"), "/unsubscribe/x"):  # fmt: skip
        refused = await click(account, forged)
        assert (refused.status_code, refused.json()["code"]) == (404, "unsubscribe_link_invalid")
    assert connection.execute(values, (other,)).fetchone() == {"job_alerts": True, "email_notifications": True}

    credit(connection, user, 9)
    credit(connection, user, -9)
    assert (await run(client, "mails"))["mails"]["detail"] == {"skipped": 1}


# -- delivery -----------------------------------------------------------------------------------------------------


async def test_what_could_not_be_sent_is_tried_again_and_given_up_in_the_end(
    client: httpx.AsyncClient, connection: Connection, new_user: Callable[..., UUID], outbox: Path
) -> None:
    user = new_user()
    delete(connection, user)
    block(outbox)
    report = (await run(client, "mails"))["mails"]
    assert (report["done"], report["error"]) == (0, "mail_unavailable")
    assert statuses(connection, user)["deletion_requested"] == "waiting"
    assert (await run(client, "mails"))["mails"]["error"] is None, "not due yet"
    unblock(outbox)
    again = "update private.mails set next_attempt_at = now() where kind = 'deletion_requested' and user_id = %s"
    connection.execute(again, (user,))
    await run(client, "mails")
    assert len(mails(outbox, address(connection, user))) == 1

    other = new_user()
    delete(connection, other)
    connection.execute("update private.mails set attempts = 12 where user_id = %s", (other,))
    assert (await run(client, "mails"))["mails"]["detail"] == {"failed": 1}
    assert mails(outbox, address(connection, other)) == []


async def test_without_a_sender_nothing_is_sent_and_no_address_stays(
    settings: Settings,
    client: httpx.AsyncClient,
    connection: Connection,
    new_user: Callable[..., UUID],
    outbox: Path,
) -> None:
    gone, user = new_user(), new_user()
    delete(connection, gone, days=31)
    delete(connection, user)
    with wiring.override(settings=Settings({**settings.environ, "RESUMEBASE_MAIL_FROM": ""})):
        report = await run(client, "accounts", "mails")
    assert (report["mails"]["done"], report["mails"]["error"]) == (0, None)
    assert report["mails"]["detail"]["skipped"] == 2
    assert statuses(connection, user)["deletion_requested"] == "skipped"
    assert one(connection, "select count(*) from private.mails where address is not null") == 0
    assert is_empty(outbox)


async def test_a_run_that_is_killed_before_it_notes_a_mail_leaves_it_to_the_next_with_the_same_id(
    client: httpx.AsyncClient,
    connection: Connection,
    new_user: Callable[..., UUID],
    outbox: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = new_user()
    delete(connection, user)

    async def die(*_: object) -> bool:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(SupabaseMails, "end", die)
        assert (await run(client, "mails"))["mails"]["error"] == "internal_error"
    (first,) = mails(outbox, address(connection, user))
    assert statuses(connection, user)["deletion_requested"] == "waiting"
    connection.execute(
        "update private.mails set next_attempt_at = now() where kind = 'deletion_requested' and user_id = %s", (user,)
    )
    assert (await run(client, "mails"))["mails"]["done"] == 1
    (second,) = mails(outbox, address(connection, user))
    assert first["X-Mail-Id"] == second["X-Mail-Id"]
