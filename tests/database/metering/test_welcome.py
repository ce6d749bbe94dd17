"""Welcome credits: on a confirmed address, once per mailbox, for ever."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.database.metering.support import Meter
    from tests.database.rows import NewUser


def _mailbox() -> str:
    return uuid.uuid4().hex[:12]


def test_a_confirmed_user_starts_with_five_credits(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    assert meter.account(user) == (5, 0, 0)
    assert meter.ledger(user) == [("grant", 5, 5)]
    assert meter.lot(f"welcome:{user}")["expires_at"] is None


def test_an_unconfirmed_one_gets_them_with_the_confirmation_once(meter: Meter, new_user: NewUser) -> None:
    user = new_user(confirmed=False)
    assert meter.account(user) == (0, 0, 0)
    for _ in range(2):
        meter.owner.execute("update auth.users set email_confirmed_at = now() where id = %s", (user,))
        assert meter.account(user) == (5, 0, 0)


def test_a_user_without_an_address_gets_none(meter: Meter, new_user: NewUser) -> None:
    assert meter.account(new_user(email=None)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{0}@example.com", "{0}+again@example.com"),
        ("{0}@example.com", " {0}@EXAMPLE.com"),
        ("a.{0}@gmail.com", "a{0}+more@googlemail.com"),
    ],
)
def test_a_second_account_of_the_same_mailbox_gets_none(
    meter: Meter, new_user: NewUser, first: str, second: str
) -> None:
    mailbox = _mailbox()
    assert meter.account(new_user(first.format(mailbox))) == (5, 0, 0)
    assert meter.account(new_user(second.format(mailbox))) == (0, 0, 0)


def test_dots_matter_elsewhere(meter: Meter, new_user: NewUser) -> None:
    mailbox = _mailbox()
    assert meter.account(new_user(f"a.{mailbox}@example.com")) == (5, 0, 0)
    assert meter.account(new_user(f"a{mailbox}@example.com")) == (5, 0, 0)


def test_an_address_that_had_them_does_not_get_them_again_after_the_account_is_gone(
    meter: Meter, new_user: NewUser
) -> None:
    address = f"{_mailbox()}@example.com"
    user = new_user(address)
    meter.owner.execute("delete from auth.users where id = %s", (user,))
    assert meter.account(new_user(address)) == (0, 0, 0)


def test_changing_to_a_fresh_address_gives_no_second_welcome(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    meter.owner.execute("update auth.users set email = %s where id = %s", (f"{_mailbox()}@example.com", user))
    assert meter.account(user) == (5, 0, 0)


def test_each_benefit_is_claimed_on_its_own(meter: Meter, new_user: NewUser) -> None:
    user = new_user()
    claims = [
        meter.owner.execute("select private.claim_benefit(%s, 'trial') as won", (user,)).fetchone() for _ in range(2)
    ]
    assert [claim["won"] for claim in claims if claim] == [True, False]


def test_the_fingerprint_does_not_give_the_address_away(meter: Meter, new_user: NewUser) -> None:
    address = f"{_mailbox()}@example.com"
    new_user(address)
    row = meter.owner.execute(
        "select private.email_fingerprint(%(a)s) as keyed, sha256(convert_to(%(a)s, 'UTF8')) as plain", {"a": address}
    ).fetchone()
    assert row is not None
    assert row["keyed"] != row["plain"]
    assert len(row["keyed"]) == 32
