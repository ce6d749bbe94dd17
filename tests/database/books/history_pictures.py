"""The same picture of the books twice: as the database has it, and as the model expects it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tests.database.books.history_driver import moment_of

if TYPE_CHECKING:
    from tests.books.derivation import State
    from tests.database.books.history_driver import Driver

Picture = dict[str, Any]

# A payment is listed with one reason, the first of these.
DEFECTS = (
    "wrong_account",
    "wrong_currency",
    "wrong_amount",
    "late_payment",
    "no_account",
    "paid_after_end",
    "unknown_purpose",
)

_BOOKED = """
with users as materialized (
  select u.id, u.name, c.balance, c.reserved, c.debt, c.user_id is null as is_closed,
    private.derive_account(u.id, private.now()) as derived,
    case when c.user_id is not null then private.entitlement(u.id, private.now()) end as entitled,
    (select coalesce(sum(g.frozen), 0) from public.credit_grants as g where g.user_id = u.id) as frozen
  from unnest(%s::uuid[], %s::text[]) as u (id, name)
  left join public.user_credits as c on c.user_id = u.id
)
select jsonb_build_object(
  'accounts', (
    select jsonb_object_agg(u.name, jsonb_build_object(
      'balance', coalesce(u.balance, (u.derived).balance), 'reserved', coalesce(u.reserved, 0),
      'debt', coalesce(u.debt, (u.derived).debt), 'frozen', u.frozen, 'carried', (u.derived).carried,
      'plan', case when u.is_closed then 'free' else (u.entitled).plan end,
      'until', extract(epoch from (u.entitled).entitled_until)::bigint
    )) from users as u
  ),
  'lots', (
    select coalesce(jsonb_agg(jsonb_build_array(
      u.name, l.priority, extract(epoch from l.starts_at)::bigint, extract(epoch from l.expires_at)::bigint,
      l.amount, l.amount - l.taken - l.lost, l.amount - l.taken - l.lost - l.disputed, l.remaining + l.frozen, l.remaining, l.expired
    )), '[]')
    from users as u cross join lateral unnest((u.derived).lots) as l
  ),
  'payments', (
    select coalesce(jsonb_object_agg(p.provider_reference, jsonb_build_array(p.amount_refunded, p.amount_lost, p.amount_disputed, p.dispute_status)), '{}')
    from public.payments as p where p.status = 'paid' and p.user_id is not null
  ),
  'list', (
    select coalesce(jsonb_agg(jsonb_build_array(r.code, u.name, r.subject, r.amount)), '[]')
    from private.payment_reviews as r left join users as u on u.id = r.user_id
  )
) as picture
"""


def booked(driver: Driver) -> Picture:
    """What the database says now."""
    names = list(driver.users)
    picture: Picture = driver.execute(_BOOKED, [driver.users[name] for name in names], names)[0]["picture"]
    for account in picture["accounts"].values():
        account["plan"] = account["plan"].removeprefix("tale_")
        if account["plan"] == "free":
            account["until"] = None
    picture["lots"] = _grouped(picture["lots"])
    picture["list"] = sorted(_listed(*entry) for entry in picture["list"])
    return picture


def expected(driver: Driver, state: State) -> Picture:
    """What the model says now."""
    closed = {account for account, own in state.accounts.items() if own.closed}
    lots = []
    for account, own in state.accounts.items():
        erased = driver.erased.get(account)
        for position in own.lots:
            lot = position.lot
            expires = lot.expires
            if erased is not None:
                expires = erased if expires is None else min(expires, erased)
            lots.append(
                (
                    account, lot.priority, lot.starts, expires, lot.units, lot.worth, lot.worth_if_lost,
                    position.free, position.spendable, position.expired,
                )
            )  # fmt: skip
    first = {}
    for worth in state.payments.values():
        first[worth.id] = min(worth.defects, key=DEFECTS.index, default="")
    return {
        "accounts": {
            account: {
                "balance": own.balance,
                "reserved": own.reserved,
                "debt": own.debt,
                "frozen": own.frozen,
                "carried": own.carried_debt,
                "plan": "free" if account in closed else own.plan,
                "until": own.plan_until,
            }
            for account, own in state.accounts.items()
        },
        "lots": _grouped(lots),
        "payments": {
            worth.id: [worth.refunded, worth.lost, worth.disputed, worth.dispute]
            for worth in state.payments.values()
            if worth.account is not None
        },
        "list": sorted(
            _listed(entry.code, entry.account, entry.subject, entry.amount)
            for entry in state.entries
            if entry.code not in DEFECTS or first.get(entry.subject, entry.code) == entry.code
        ),
    }


def differences(left: Any, right: Any, path: str = "") -> list[str]:
    """Where two pictures differ."""
    if isinstance(left, dict) and isinstance(right, dict):
        return [
            line
            for key in sorted({*left, *right}, key=str)
            for line in differences(left.get(key), right.get(key), f"{path}/{key}")
        ]
    return [] if left == right else [f"{path}: database {left}, model {right}"]


def _listed(code: str, account: str | None, subject: str, amount: int) -> tuple[str, str, str, int]:
    """An entry without what the two call by other names."""
    if code in {"surplus_payment", "two_live"}:
        subject = ""
    if code == "contradiction":
        account, amount = None, 0
    if code in {
        "refund_currency",
        "returned_and_running",
        "returned_upgrade",
        "two_live",
        "trial_mismatch",
        "erasure_waits",
    }:
        amount = 0
    return code, account or "", subject.rpartition(" ")[2], amount


def _grouped(lots: Any) -> dict[str, list[int]]:
    """Sums of the lots that only their keys tell apart; which of them burns first is no matter."""
    groups: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for account, priority, starts, expires, *figures in lots:
        if figures[0]:
            until = "for good" if expires is None else moment_of(expires).isoformat()
            key = f"{account} {priority} {moment_of(starts).isoformat()} {until}"
            groups[key] = [a + b for a, b in zip(groups[key], figures, strict=True)]
    return dict(groups)
