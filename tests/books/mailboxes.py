"""What follows from mailboxes: who is one customer, who is welcomed, who carries the debt of an erased account (books §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.books.facts import Facts

NEVER = 1 << 62  # later than any moment


def accounts_of_customer(facts: Facts, account: str) -> frozenset[str]:
    """List the account and all others, erased or not, that confirmed one of its mailboxes.

    Returns
    -------
    frozenset
        Account ids.
    """
    own = {fact.mailbox for fact in facts.mailboxes if fact.account == account}
    return frozenset({account} | {fact.account for fact in facts.mailboxes if fact.mailbox in own})


def welcomed_at(facts: Facts) -> dict[str, int]:
    """Tell which accounts get welcome units, and when: at the first mailbox that nobody was welcomed with before.

    Returns
    -------
    dict
        Moments by account.
    """
    welcomed: dict[str, int] = {}
    used: set[str] = set()
    for fact in facts.mailboxes:
        if fact.account in facts.welcomes and fact.account not in welcomed and fact.mailbox not in used:
            welcomed[fact.account] = fact.at
            used.add(fact.mailbox)
    return welcomed


def heirs(facts: Facts, now: int) -> dict[str, tuple[str, int]]:
    """Tell which account carries the debt of each erased one, and from when on.

    It is the account that has one of its mailboxes at the erasure, else the first to confirm one later. An account that
    was erased earlier carries nothing.

    Returns
    -------
    dict
        Heir and moment by erased account; without those that nobody carries yet.
    """
    closed = {account: erased.at for account, erased in facts.erased.items() if erased.at <= now}
    carried: dict[str, tuple[str, int]] = {}
    for account, closed_at in closed.items():
        own = {fact.mailbox for fact in facts.mailboxes if fact.account == account}
        candidates = [
            (max(fact.at, closed_at), fact.at, fact.account)
            for fact in facts.mailboxes
            if fact.mailbox in own
            and fact.account != account
            and fact.at <= now
            and (closed.get(fact.account, NEVER), fact.account) > (closed_at, account)
        ]
        if candidates:
            at, _, heir = min(candidates)
            carried[account] = (heir, at)
    return carried
