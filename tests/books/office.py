"""What administrators and the clean-up may do: adjustments, erasure, stripped events (books §6 and §7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.books.derivation import derive, unended
from tests.books.facts import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.books.facts import Facts

EVENT_BODY_DAYS = 90
# The authoritative fields of books §1 survive; people's data is everything else.
PERSONAL = frozenset({"email", "phone", "contact", "name", "address", "card", "vpa"})


@dataclass(frozen=True)
class Adjust:
    """An administrator's wish to give or take units."""

    administrator: str
    account: str
    key: str
    units: int
    reason: str


def adjust(facts: Facts, wish: Adjust, administrators: Mapping[str, bool], now: int) -> tuple[int, str]:
    """Decide an adjustment; `administrators` maps each administrator to whether they are active.

    Returns
    -------
    tuple
        Status and code. 200 `repeated` means that the same wish was fulfilled before.
    """
    if not administrators.get(wish.administrator, False) or wish.administrator == wish.account:
        return 403, "forbidden"
    if not wish.reason:
        return 422, "reason_missing"
    given = [(own.key, own.units) for own in facts.adjustments if own.account == wish.account]
    taken = [(own.key, -own.units) for own in facts.deductions if own.account == wish.account]
    known = dict([*given, *taken])
    if wish.key in known:
        return (200, "repeated") if known[wish.key] == wish.units else (409, "idempotency_conflict")
    state = derive(facts, now).accounts.get(wish.account)
    if wish.units < 0 and (state is None or state.balance < -wish.units):
        return 422, "insufficient_credits"
    return 200, "adjusted"


def may_erase(facts: Facts, account: str, *, by_cleanup_of_rows: bool = False, files_left: int = 0) -> str | None:
    """Tell why an account may not be erased, if so. Only the one path that ends files first may erase.

    Returns
    -------
    str or None
        The reason to wait or refuse.
    """
    if by_cleanup_of_rows:
        return "not_the_erasure_path"
    if unended(facts, account):
        return "subscription_not_ended"
    return "files_left" if files_left else None


def stored_body(body: Mapping[str, Any], told_at: int, now: int, *, account_erased: bool) -> Mapping[str, Any]:
    """Return what is kept of a raw event: personal data goes on erasure and after a set time.

    Returns
    -------
    Mapping
        The body, stripped if it is old or its account is erased.
    """
    if not account_erased and now < told_at + EVENT_BODY_DAYS * DAY:
        return body
    return {
        key: stored_body(value, told_at, now, account_erased=account_erased) if isinstance(value, dict) else value
        for key, value in body.items()
        if key not in PERSONAL
    }
