"""Both functions behind real HTTP, in front of the real stack, with local providers that deliver their events there."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import psycopg
import pytest
import uvicorn

from functions._shared import wiring
from functions._shared.adapters.razorpay import provider as razorpay_provider
from functions._shared.adapters.supabase import payments as supabase_payments
from functions._shared.settings import Settings
from functions.billing.handler import app as billing
from functions.payments_webhook.handler import app as webhook
from local.functions_server import Dispatcher
from local.processes import free_port
from local.providers import bank
from local.providers.server import ProviderServer

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterator

    from local.providers.events import Delivery, Faults
    from local.stack import Stack

CLEANUP_SECRET = "the-shared-secret-of-the-clean-up"
Row = dict[str, Any]


@pytest.fixture(scope="session")
def port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def providers(port: int) -> Iterator[ProviderServer]:
    """One for all: what it keeps outlives a module."""
    with ProviderServer(webhooks=f"http://127.0.0.1:{port}/functions/v1/payments-webhook") as served:
        yield served


@pytest.fixture(scope="module", autouse=True)
def unbound_prices(stack: Stack) -> Iterator[None]:
    """Prices without the ids of the stack's own providers, who get them back: ids mean something to their maker alone."""
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        bound = connection.execute("select razorpay_plan_id, stripe_price_id, slug from public.plan_prices").fetchall()
        connection.execute("update public.plan_prices set razorpay_plan_id = null, stripe_price_id = null")
        yield
        connection.cursor().executemany(
            "update public.plan_prices set razorpay_plan_id = %s, stripe_price_id = %s where slug = %s", bound
        )


@pytest.fixture(scope="module")
def base(stack: Stack, providers: ProviderServer, port: int) -> Iterator[str]:
    """URL of the functions, which run in this process."""
    environ = {**stack.env(), **providers.env(), "CLEANUP_SECRET": CLEANUP_SECRET}
    apps: Any = {"billing": billing, "payments-webhook": webhook}
    server = uvicorn.Server(
        uvicorn.Config(Dispatcher(apps), host="127.0.0.1", port=port, log_level="warning", lifespan="off")
    )
    with wiring.override(settings=Settings(environ)):
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}/functions/v1"
        server.should_exit = True
        thread.join()


@dataclass
class Shopper:
    """A signed-in user with a browser, and what the provider's checkout does for them."""

    user_id: str
    client: httpx.Client
    providers: ProviderServer
    connection: psycopg.Connection[Row]
    keys: int = field(default=0)

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.client.get(f"/billing{path}", params=query)

    def post(self, path: str, body: Row | None = None, **headers: str) -> httpx.Response:
        return self.client.post(f"/billing{path}", json=body, headers=headers)

    def checkout(self, kind: str, item: str, *, key: str | None = None, **more: Any) -> httpx.Response:
        self.keys += 1
        body = {"kind": kind, "item": item, **more}
        if more.get("provider") == "stripe":
            body |= {"success_url": "https://app.example.com/paid", "cancel_url": "https://app.example.com/no"}
        return self.post("/checkout", body, **{"idempotency-key": key or f"{self.user_id}-{self.keys}"})

    def pay(self, opened: httpx.Response, *, fail: bool = False) -> dict[str, str]:
        """Pay an open checkout; what the provider's page hands back."""
        order = opened.json()["order"]
        identity = order["provider_order_id"] or order["provider_subscription_id"]
        claim: dict[str, str] = bank.pay(self.providers, identity, fail=fail)
        return claim

    def deliver(self, faults: Faults | None = None) -> list[Delivery]:
        """Let the providers deliver what they have to tell."""
        return self.providers.deliver(faults) if faults else self.providers.deliver()

    def buy(self, kind: str, item: str, **more: Any) -> Row:
        """Check out, pay, and let the events arrive; our order."""
        opened = self.checkout(kind, item, **more)
        assert opened.status_code == 200, opened.text
        self.pay(opened)
        assert all(d.status == 200 for d in self.deliver())
        order: Row = self.get(f"/orders/{opened.json()['order']['order_id']}").json()
        return order

    def subscription(self) -> Row:
        """The newest subscription."""
        newest: Row = self.get("/subscriptions").json()["subscriptions"][0]
        return newest

    def balance(self) -> int:
        balance: int = self.get("/balance").json()["balance"]
        return balance

    def spend(self, units: int) -> None:
        """Use credits up, with an operation that the plan does not cover."""
        known = self.get("/entitlements").json()
        covered = {limit["quota_group"] for limit in known["limits"] if limit["limit"] != 0}
        operation = next(o for o in known["operations"] if o["cost"] == 1 and o["quota_group"] not in covered)
        for number in range(units):
            held = self.rows(
                "select public.usage_reserve(%s, %s, %s, 'hash') as held",
                self.user_id,
                operation["operation"],
                f"spend-{number}",
            )[0]["held"]
            assert held["funding"] == "credits"
            self.rows("select public.usage_commit(%s, %s, '{}')", held["usage_id"], held["attempt"])

    def rows(self, query: str, *values: Any) -> list[Row]:
        return self.connection.execute(query, values).fetchall()

    def state(self) -> list[Row]:
        """Everything that payments change for the user."""
        return self.rows(
            "select (select jsonb_agg(to_jsonb(s) order by s.id) from public.subscriptions s where s.user_id = u.id) as subs, "
            "(select jsonb_agg(to_jsonb(p) order by p.id) from public.payments p where p.user_id = u.id) as payments, "
            "(select jsonb_agg(to_jsonb(o) order by o.id) from private.billing_orders o where o.user_id = u.id) as orders, "
            "(select jsonb_agg(to_jsonb(t) order by t.seq) from public.credit_transactions t where t.user_id = u.id) as ledger "
            "from auth.users as u where u.id = %s",
            self.user_id,
        )


@pytest.fixture
def shopper(
    stack: Stack,
    base: str,
    providers: ProviderServer,
    new_user: Callable[..., uuid.UUID],
    connect: Callable[[], psycopg.Connection[Row]],
) -> Iterator[Callable[[], Shopper]]:
    """Factory of shoppers."""
    clients: list[httpx.Client] = []

    def _shopper(**user: Any) -> Shopper:
        user_id = str(new_user(**user))
        claims = {
            "iss": f"{stack.url}/auth/v1",
            "aud": "authenticated",
            "role": "authenticated",
            "sub": user_id,
            "exp": int(time.time()) + 3600,
        }
        token = jwt.encode(claims, stack.jwt_secret, "HS256")
        headers = {"authorization": f"Bearer {token}", "apikey": stack.publishable_key}
        clients.append(httpx.Client(base_url=base, headers=headers, timeout=30))
        return Shopper(user_id, clients[-1], providers, connect())

    yield _shopper
    for client in clients:
        client.close()


@pytest.fixture
def asha(shopper: Callable[[], Shopper], providers: ProviderServer) -> Shopper:
    """A shopper, while nothing of earlier tests is waiting to be delivered."""
    made = shopper()
    for provider in ("razorpay", "stripe"):
        providers.untold(provider)
    return made


@pytest.fixture
def coupon(asha: Shopper) -> Iterator[Callable[..., str]]:
    """Factory of discount codes, which are gone after the test."""
    made: list[str] = []

    def _coupon(**columns: Any) -> str:
        code = f"T{asha.user_id[:8].upper()}{len(made)}"
        columns = {"code": code, **columns}
        names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
        asha.connection.execute(f"insert into private.coupons ({names}) values ({marks})", list(columns.values()))
        made.append(code)
        return code

    yield _coupon
    asha.connection.execute("update private.billing_orders set coupon = null where coupon = any(%s)", (made,))
    asha.connection.execute("delete from private.coupons where code = any(%s)", (made,))


@pytest.fixture(autouse=True)
def functions_agree(providers: ProviderServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions follow the providers' time, too: an answer is dated by the moment of asking."""
    shifted = SimpleNamespace(time=providers.clock.now, strftime=time.strftime, gmtime=time.gmtime)
    for module in (supabase_payments, razorpay_provider):
        monkeypatch.setattr(module, "time", shifted)


@pytest.fixture
def clocks_agree(clock: Any, providers: ProviderServer) -> Iterator[None]:
    """The database follows the providers' time, which these tests let pass."""
    advance, offset = providers.clock.advance, providers.clock._offset

    def both(seconds: float) -> None:
        advance(seconds)
        clock.set(datetime.fromtimestamp(providers.clock.now() + 1, UTC))

    clock.set(datetime.fromtimestamp(providers.clock.now() + 1, UTC))
    providers.clock.advance = both  # type: ignore[method-assign]
    yield
    providers.clock.advance = advance  # type: ignore[method-assign]
    # What this test bought is left in its future; the next one is back in the present.
    providers.clock._offset = offset
