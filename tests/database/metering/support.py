"""The metering functions in Python, as the tests speak about them."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg.types.json import Jsonb

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg
    import pytest

Row = dict[str, Any]
SEEDS = Path(__file__).resolve().parents[3] / "supabase" / "seeds"
CALL = {
    "provider": "gemini",
    "model": "gemini-2.5-flash",
    "input_tokens": 900,
    "output_tokens": 120,
    "estimated_cost": 0.0004,
    "response_time_ms": 800,
}


def load_catalogue(connection: psycopg.Connection[Row], name: str | None = None) -> None:
    """Put a product's catalogue on sale; without a name the default one."""
    path = SEEDS / "catalogues" / f"{name}.sql" if name else SEEDS / "catalogue.sql"
    connection.execute(path.read_bytes())


def detail(caught: pytest.ExceptionInfo[psycopg.Error]) -> Row:
    """The json that a refusal carries."""
    value: Row = json.loads(caught.value.diag.message_detail or "")
    return value


class Meter:
    """Calls under the secret key's role, and looks at the tables as their owner.

    Parameters
    ----------
    connection
        Becomes the secret key's.
    owner
        Stays the database owner's.
    """

    def __init__(self, connection: psycopg.Connection[Row], owner: psycopg.Connection[Row]) -> None:
        connection.execute("set role service_role")
        self.connection = connection
        self.owner = owner

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a function of `public` and return its value."""
        places = ", ".join(["%s"] * len(arguments))
        row = self.connection.execute(f"select public.{function}({places}) as value", arguments).fetchone()
        assert row is not None
        return row["value"]

    def reserve(
        self,
        user: uuid.UUID,
        operation: str = "summary",
        key: str | None = None,
        request: str = "request",
        *,
        resume: uuid.UUID | None = None,
        job: uuid.UUID | None = None,
        dry_run: bool = False,
        funding: str | None = None,
        units: int = 1,
    ) -> Row:
        """`usage_reserve`; without a key a fresh one."""
        key = uuid.uuid4().hex if key is None else key
        answer: Row = self.call("usage_reserve", user, operation, key, request, resume, job, dry_run, funding, units)
        return answer

    def commit(
        self,
        held: Row,
        result: str | None = '{"text":"A summary."}',
        calls: Sequence[Row] = (CALL,),
        effects: Sequence[Row] = (),
    ) -> Row:
        """`usage_commit` of a reservation."""
        receipt: Row = self.call(
            "usage_commit", held["usage_id"], held["attempt"], result, Jsonb(list(calls)), Jsonb(list(effects))
        )
        return receipt

    def release(
        self, held: Row, reason: str = "the model failed", calls: Sequence[Row] = (), effects: Sequence[Row] = ()
    ) -> Row:
        """`usage_release` of a reservation."""
        receipt: Row = self.call(
            "usage_release", held["usage_id"], held["attempt"], reason, Jsonb(list(calls)), Jsonb(list(effects))
        )
        return receipt

    def use(self, user: uuid.UUID, operation: str = "summary", times: int = 1) -> Row:
        """Reserve and commit; return the last receipt."""
        receipt: Row = {}
        for _ in range(times):
            receipt = self.commit(self.reserve(user, operation))
        return receipt

    def grant(self, user: uuid.UUID, amount: int, key: str | None = None, source: str = "pack", **options: Any) -> Row:
        """`credits_grant`, with `expires_at` and `priority` as options."""
        answer: Row = self.call(
            "credits_grant",
            user,
            source,
            amount,
            uuid.uuid4().hex if key is None else key,
            options.get("expires_at"),
            options.get("priority"),
        )
        return answer

    def sell(self, user: uuid.UUID, pack: str) -> str:
        """Order a pack and let Razorpay tell that it was paid; return the payment's id."""
        row = self.owner.execute(
            "insert into private.billing_orders (user_id, kind, pack, credits, list_amount, amount, currency, provider, provider_order_id, "
            "status, idempotency_key, request_hash, created_at, offer_ends_at) "
            "select %s, 'pack', k.slug, k.credits, r.amount, r.amount, r.currency, 'razorpay', 'order_' || gen_random_uuid(), 'open', "
            "gen_random_uuid(), 'hash', private.now(), private.now() + interval '1 day' "
            "from public.credit_packs as k join public.credit_pack_prices as r on r.pack = k.slug where k.slug = %s limit 1 "
            "returning provider_order_id, amount, currency, private.now() as at",
            (user, pack),
        ).fetchone()
        assert row is not None
        payment = row["provider_order_id"].replace("order_", "pay_")
        fact = {"reference": payment, "payment_id": payment, "order_id": row["provider_order_id"], "status": "paid"}
        self.tell(payments=[{**fact, "amount": row["amount"], "currency": row["currency"], "paid_at": str(row["at"])}])
        return str(payment)

    def refund(self, payment: str) -> None:
        """Let Razorpay tell that it gave a payment back."""
        row = self.owner.execute(
            "select amount, currency from public.payments where provider_reference = %s", (payment,)
        ).fetchone()
        assert row is not None
        self.tell(refunds=[{"id": f"rf_{payment}", "payment_id": payment, "status": "processed", **row}])

    def tell(self, **facts: list[Row]) -> None:
        """`webhook_receive` of facts, which happen now."""
        told = {"subscriptions": [], "payments": [], "refunds": [], "disputes": [], "checkouts": [], **facts}
        row = self.owner.execute("select private.now() as now").fetchone()
        assert row is not None
        event = uuid.uuid4().hex
        answer = self.call("webhook_receive", "razorpay", event, True, "test", None, row["now"], event, Jsonb(told))
        assert answer["state"] == "processed", answer

    def account(self, user: uuid.UUID) -> tuple[int, int, int]:
        """Balance, reserved and debt."""
        row = self.owner.execute(
            "select balance, reserved, debt from public.user_credits where user_id = %s", (user,)
        ).fetchone()
        assert row is not None
        return row["balance"], row["reserved"], row["debt"]

    def ledger(self, user: uuid.UUID) -> list[tuple[str, int, int]]:
        """Kind, amount and balance after of each row, oldest first."""
        rows = self.owner.execute(
            "select kind, amount, balance_after from public.credit_transactions where user_id = %s order by seq",
            (user,),
        )
        return [(row["kind"], row["amount"], row["balance_after"]) for row in rows]

    def lot(self, key: str) -> Row:
        """A lot by its grant key."""
        row = self.owner.execute("select * from public.credit_grants where grant_key = %s", (key,)).fetchone()
        assert row is not None
        return row

    def event(self, held: Row) -> Row:
        """The usage event of a reservation."""
        row = self.owner.execute("select * from public.usage_events where id = %s", (held["usage_id"],)).fetchone()
        assert row is not None
        return row

    def counters(self, user: uuid.UUID) -> dict[tuple[str, str], tuple[int, int]]:
        """(quota group, period key) -> used and held."""
        rows = self.owner.execute("select * from public.usage_tracking where user_id = %s", (user,))
        return {(row["quota_group"], row["period_key"]): (row["used"], row["held"]) for row in rows}

    def subscribe(
        self,
        user: uuid.UUID,
        plan: str,
        start: str,
        end: str | None,
        *,
        status: str = "active",
        custom_limits: dict[str, Any] | None = None,
    ) -> uuid.UUID:
        """Give a user a subscription, as an administrator does; return its id."""
        row = self.owner.execute(
            "insert into public.subscriptions (user_id, provider, plan, status, current_period_start, current_period_end, custom_limits) "
            "values (%s, 'manual', %s, %s, %s, %s, %s) returning id",
            (user, plan, status, start, end, json.dumps(custom_limits or {})),
        ).fetchone()
        assert row is not None
        identifier: uuid.UUID = row["id"]
        return identifier

    def change(self, subscription: uuid.UUID, **columns: Any) -> None:
        """Change a subscription, as the payment functions do when the provider says so."""
        names = ", ".join(f"{name} = %s" for name in columns)
        values = [json.dumps(value) if isinstance(value, dict) else value for value in columns.values()]
        self.owner.execute(f"update public.subscriptions set {names} where id = %s", (*values, subscription))
