"""What must hold after a soak. Each breach is a line of the result."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.rows import dict_row

from local.invariants import broken_invariants
from local.soak.faults import MODEL

if TYPE_CHECKING:
    from local.soak.result import Result
    from local.stack import Stack

Connection = psycopg.Connection[dict[str, Any]]

# Memory is judged if the traffic lasts so long: before, caches and pools still fill.
JUDGED_AFTER_S: Final = 300
GROWTH: Final = 1.2
EXAMPLES: Final = 5
TASK_CODES: Final = MODEL | {"task_failed", "insufficient_credits"}


def judge(result: Result, stack: Stack, forged: list[int | None]) -> None:
    """Add every breach to the result."""
    errors(result)
    memory(result)
    believed = sum(status is not None and status < 300 for status in forged)  # noqa: PLR2004 - the class of 2xx
    result.facts["forged webhooks"] = len(forged)
    result.breaches += [f"{believed} forged webhooks are believed"] if believed else []
    with psycopg.connect(stack.database_url, autocommit=True, row_factory=dict_row) as connection:
        for name, rows in broken_invariants(connection).items():
            result.breaches.append(f"{name}: {rows[0]}, and {len(rows) - 1} more")
        _books(result, connection)
        _charges(result, connection)
        _payments(result, connection)
        _saves(result, connection)
        _ends(result, connection)


def tasks(result: Result, ends: list[dict[str, Any]]) -> None:
    """Add the tasks that failed for no good reason: they may when the model fails, or when the credits are spent."""
    failed = Counter(end["error"]["code"] for end in ends if end["status"] == "failed")
    result.facts["tasks failed"] = failed.total()
    strange = {code: count for code, count in failed.items() if code not in TASK_CODES}
    result.breaches += [f"{count} tasks fail with {code}" for code, count in strange.items()]


def errors(result: Result) -> None:
    """5xx, and requests without an answer, are only there during a fault and with one of its codes."""
    strange: Counter[str] = Counter()
    for event in result.memory.events:
        is_error = event.status == 0 or event.status >= 500  # noqa: PLR2004 - the class of 5xx
        if is_error and not any(window.explains(event.sent, event.ended, event.code) for window in result.windows):
            strange[f"{event.path} answers {event.status} {event.code or '-'} at {event.sent:.0f} s"] += 1
    shown = strange.most_common(EXAMPLES)
    result.breaches += [f"{text} ({count})" for text, count in shown]
    if len(strange) > EXAMPLES:
        result.breaches.append(f"{strange.total()} such errors in all")


def memory(result: Result) -> None:
    """Add the processes that grow once they are warm."""
    if result.seconds < JUDGED_AFTER_S:
        return
    for name, sizes in result.memory_mb.items():
        fifth = len(sizes) // 5
        before = median(size for _, size in sizes[2 * fifth : 3 * fifth])
        after = median(size for _, size in sizes[4 * fifth :])
        if after > before * GROWTH:
            result.breaches.append(f"the memory of {name} grows from {before:.0f} to {after:.0f} MB")


def _books(result: Result, connection: Connection) -> None:
    """Each account's ledger sums to its balance."""
    rows = connection.execute(
        "select c.user_id, c.balance + c.reserved - c.debt as worth, coalesce(sum(t.amount), 0)::int as total "
        "from public.user_credits as c left join public.credit_transactions as t on t.user_id = c.user_id "
        "group by c.user_id, worth"
    ).fetchall()
    result.facts["accounts"] = len(rows)
    wrong = [row for row in rows if row["worth"] != row["total"]]
    result.breaches += [f"the books of an account differ: {row}" for row in wrong[:EXAMPLES]]


def _charges(result: Result, connection: Connection) -> None:
    """Compare what was charged with the receipts, to the credit: nobody pays for what they cannot have."""
    charged = {
        str(row["user_id"]): row["spent"]
        for row in connection.execute(
            "select t.user_id, -sum(t.amount)::int as spent from public.credit_transactions as t "
            "where t.kind = 'usage' group by t.user_id"
        )
    }
    told: Counter[str] = Counter(result.task_charges)
    for paid in result.memory.paid:
        document = paid.answer.json if paid.answer.is_success else None
        if isinstance(document, dict) and isinstance(document.get("receipt"), dict):
            told[paid.person.id] += document["receipt"].get("charged", 0)
    for person, price in _interviews(result).values():
        told[person] += price
    result.facts["credits charged"] = sum(charged.values())
    for user in {*charged, *told}:
        if charged.get(user, 0) != told[user]:
            result.breaches.append(f"{user} was charged {charged.get(user, 0)}, and the receipts say {told[user]}")


def _interviews(result: Result) -> dict[str, tuple[str, int]]:
    """Return who paid how much for each interview: its first answer does, and its receipts tell only of answers."""
    told = {}
    for paid in result.memory.paid:
        if paid.path.endswith("/turns") and paid.answer.is_success:
            price = paid.answer.json["result"]["price"]
            if price["state"] == "charged":
                told[paid.path] = (paid.person.id, price["credits"])
    return told


def _payments(result: Result, connection: Connection) -> None:
    """Every payment that the bank made is a paid order with one lot of credits."""
    paid = connection.execute(
        "select o.provider_order_id, o.user_id::text as user_id, o.status, o.credits, "
        "(select count(*) from public.credit_grants as g where g.user_id = o.user_id and g.source = 'pack') as lots, "
        "(select count(*) from private.billing_orders as p where p.user_id = o.user_id and p.status = 'paid') "
        "as orders "
        "from private.billing_orders as o where o.provider_order_id = any(%s)",
        (list(result.memory.payments),),
    ).fetchall()
    result.facts["payments"] = len(result.memory.payments)
    result.facts["webhooks that failed at first"] = result.memory.undelivered
    if len(paid) != len(result.memory.payments):
        result.breaches.append(f"{len(result.memory.payments) - len(paid)} payments have no order")
    wrong = [row for row in paid if row["status"] != "paid" or row["lots"] != row["orders"]]
    result.breaches += [f"a payment is lost or counts twice: {row}" for row in wrong[:EXAMPLES]]


def _saves(result: Result, connection: Connection) -> None:
    """No save that was acknowledged is gone."""
    stored = {
        str(row["id"]): row
        for row in connection.execute("select id, version, content ->> 'summary' as summary from public.resumes")
    }
    result.facts["saves"] = len(result.memory.saved)
    for resume, (version, summary) in result.memory.saved.items():
        row = stored.get(resume)
        if row is None or row["version"] < version or (row["version"] == version and row["summary"] != summary):
            result.breaches.append(f"version {version} of a résumé was acknowledged and is gone")


def _ends(result: Result, connection: Connection) -> None:
    """Nothing is left half done."""
    for what, rows in (
        ("tasks are open", "public.resume_generations where status in ('waiting', 'processing')"),
        # An interview without an answer is on hold for an hour.
        ("holds are left", "public.usage_events where status = 'reserved' and operation_type <> 'interview'"),
        ("webhooks are not applied", "private.webhook_events where status = 'failed'"),
    ):
        row = connection.execute(f"select count(*) as n from {rows}".encode()).fetchone()
        if row and row["n"]:
            result.breaches.append(f"{row['n']} {what}")
