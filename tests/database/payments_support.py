"""Replays the stories of `local.providers` in a database: our orders, the providers' facts and the resulting rows."""

from __future__ import annotations

import itertools
import json
import random
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from functions._shared.adapters.razorpay import events as razorpay
from functions._shared.adapters.stripe import events as stripe
from local.providers.clock import Clock
from local.providers.ids import Ids
from local.providers.lifecycles import LIFECYCLES
from local.providers.razorpay.desk import RazorpayDesk
from local.providers.stripe.desk import StripeDesk

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Sequence

    import psycopg

    from functions._shared.domain.payments.events import ProviderEvent
    from local.providers.desk import Desk
    from local.providers.events import Event

START = int(datetime(2026, 11, 21, 9, 30, tzinfo=UTC).timestamp())
ACCOUNT = {"razorpay": "acc_LocalResumebase", "stripe": "acct_LocalResumebase"}
BASIC_CREDITS, BEST_CREDITS, PACK_CREDITS = 100, 300, 500
BASIC_AMOUNT, BEST_AMOUNT, BEST_YEAR_AMOUNT = 49_900, 99_900, 999_900

# All rows that result from a story. The provider's ids replace our random ones; receipt numbers become flags.
PICTURE = """
create or replace function pg_temp.picture(p_user uuid) returns jsonb language sql as $$
  select jsonb_build_object(
    'subscriptions', (
      select jsonb_agg(to_jsonb(s) - '{id,user_id,created_at,updated_at}'::text[] order by s.provider_subscription_id)
      from public.subscriptions as s where s.user_id = p_user
    ),
    'payments', (
      select jsonb_agg(
        to_jsonb(p) - '{id,user_id,subscription_id,order_id,created_at,updated_at,receipt_number}'::text[]
        || jsonb_build_object(
          'mine', p.user_id = p_user, 'numbered', p.receipt_number is not null, 'linked', p.subscription_id is not null,
          'ordered', p.order_id is not null
        )
        order by p.provider_reference
      )
      from public.payments as p where p.user_id = p_user or p.user_id is null
    ),
    'orders', (
      select jsonb_agg(jsonb_build_object(
        'order', o.provider_order_id, 'subscription', o.provider_subscription_id, 'status', o.status
      ) order by o.created_at, o.provider_order_id, o.provider_subscription_id)
      from private.billing_orders as o where o.user_id = p_user
    ),
    'refunds', (
      select jsonb_agg(to_jsonb(r) - '{created_at,updated_at}'::text[] order by r.provider_refund_id) from private.payment_refunds as r
    ),
    'disputes', (
      select jsonb_agg(to_jsonb(d) - '{created_at,updated_at}'::text[] order by d.provider_dispute_id) from private.payment_disputes as d
    ),
    'credits', (
      select jsonb_build_object('balance', c.balance, 'reserved', c.reserved, 'debt', c.debt, 'ledger', (
        select coalesce(sum(t.amount), 0) from public.credit_transactions as t where t.user_id = p_user
      ))
      from public.user_credits as c where c.user_id = p_user
    ),
    'lots', (
      select jsonb_agg(n.lot order by n.lot ->> 'key')
      from (
        select to_jsonb(g) - '{id,user_id,grant_key,reference,created_at,description}'::text[] || jsonb_build_object('key', coalesce(
          (select replace(g.grant_key, s.id::text, s.provider_subscription_id) from public.subscriptions as s
           where position(s.id::text in g.grant_key) > 0),
          (select replace(g.grant_key, o.id::text, o.provider_order_id) from private.billing_orders as o
           where position(o.id::text in g.grant_key) > 0),
          g.grant_key
        )) as lot
        from public.credit_grants as g where g.user_id = p_user
      ) as n
    ),
    'profile', (select jsonb_build_array(p.plan, p.subscription_status) from public.profiles as p where p.id = p_user)
  )
$$;
-- Orders with the same beginning share its work: a branch is applied once, and undone after all its endings.
create or replace function pg_temp.play(
  p_user uuid, p_provider text, p_account text, p_events jsonb, p_orders jsonb, p_depth integer
) returns jsonb language plpgsql as $$
declare
  v_branch record;
  v_told text;
  v_outcomes jsonb := '{}';
  v_ending integer;
begin
  select count(*) into v_ending from jsonb_array_elements(p_orders) as o where jsonb_array_length(o) = p_depth;
  if v_ending > 0 then
    v_outcomes := jsonb_build_object(pg_temp.picture(p_user)::text, v_ending);
  end if;
  for v_branch in
    select (o -> p_depth)::integer as number, jsonb_agg(o) as orders
    from jsonb_array_elements(p_orders) as o where jsonb_array_length(o) > p_depth group by 1
  loop
    begin
      perform private.apply_facts(
        p_provider, p_account, (p_events -> v_branch.number ->> 'at')::timestamptz, 'event', p_events -> v_branch.number -> 'facts'
      );
      raise exception using errcode = 'RBTST', message = 'undo', detail = pg_temp.play(
        p_user, p_provider, p_account, p_events, v_branch.orders, p_depth + 1
      )::text;
    exception when sqlstate 'RBTST' then
      get stacked diagnostics v_told = pg_exception_detail;
    end;
    select jsonb_object_agg(n.outcome, n.times) into v_outcomes from (
      select e.key as outcome, sum(e.value::integer) as times
      from (select * from jsonb_each_text(v_outcomes) union all select * from jsonb_each_text(v_told::jsonb)) as e (key, value)
      group by 1
    ) as n;
  end loop;
  return v_outcomes;
end
$$;
"""


def make_desk(provider: str, at: int = START) -> Desk:
    """Return a desk that offers the three prices of the stories."""
    clock, ids = Clock(at), Ids(20261121)
    desk: Desk = RazorpayDesk(clock, ids) if provider == "razorpay" else StripeDesk(clock, ids)
    desk.offer("basic_monthly", "test_basic", "month", BASIC_AMOUNT)
    desk.offer("best_monthly", "test_best", "month", BEST_AMOUNT)
    desk.offer("best_yearly", "test_best", "year", BEST_YEAR_AMOUNT)
    return desk


def read(event: Event) -> ProviderEvent:
    """Read an event as the webhook function does after checking its signature."""
    if event.provider == "razorpay":
        return razorpay.read_event(event.body, event.id, account_id=ACCOUNT["razorpay"])
    return stripe.read_event(event.body, account_id=ACCOUNT["stripe"], livemode=False)


@dataclass
class Books:
    """A user inside a transaction that will be rolled back."""

    connection: psycopg.Connection[dict[str, Any]]
    user: uuid.UUID
    desk: Desk

    def told(self) -> list[dict[str, Any]]:
        """Return the facts of all events that have any, oldest first."""
        read_events = [read(event) for event in self.desk.events]
        assert all(event.facts is not None for event in read_events)
        return [
            {"at": event.occurred_at.isoformat(), "facts": event.facts.model_dump(mode="json"), "type": event.type}
            for event in read_events
            if event.facts
        ]

    def open_orders(self) -> None:
        """Insert the orders that our checkout would have stored."""
        for number, order in enumerate(self.desk.orders):
            self.connection.execute(
                "insert into private.billing_orders (user_id, kind, pack, credits, plan, price, billing_interval, trial_days, "
                "list_amount, amount, currency, provider, provider_account, provider_order_id, provider_subscription_id, status, "
                "idempotency_key, request_hash, response) "
                "values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'open', %s, 'hash', '{}')",
                (
                    self.user,
                    order.kind,
                    order.item if order.kind == "pack" else None,
                    PACK_CREDITS if order.kind == "pack" else None,
                    order.item if order.kind == "subscription" else None,
                    f"test_{order.price.slug}" if order.price else None,
                    order.price.interval if order.price else None,
                    order.trial_days,
                    order.amount,
                    order.amount,
                    order.currency,
                    self.desk.name,
                    ACCOUNT[self.desk.name],
                    order.provider_order_id,
                    order.provider_subscription_id,
                    str(number),
                ),
            )

    def stop_clock(self) -> None:
        """Stop the clock shortly after the last event."""
        self.set_clock(self.desk.clock.now() + 60)

    def set_clock(self, at: float) -> None:
        """Stop `private.now()` at a time, inside this transaction."""
        self.connection.execute(
            "create or replace function private.now() returns timestamptz language sql volatile set search_path = '' "
            f"as $$ select timestamptz '{datetime.fromtimestamp(at, UTC).isoformat()}' $$"
        )

    def apply(self, event: dict[str, Any], source: str = "event") -> list[str]:
        """Apply the facts of one event."""
        row = self.connection.execute(
            "select private.apply_facts(%s, %s, %s, %s, %s) as effects",
            (self.desk.name, ACCOUNT[self.desk.name], event["at"], source, json.dumps(event["facts"])),
        ).fetchone()
        assert row is not None
        effects: list[str] = row["effects"]
        return effects

    def picture(self) -> dict[str, Any]:
        """Return the user's resulting rows."""
        row = self.connection.execute("select pg_temp.picture(%s) as picture", (self.user,)).fetchone()
        assert row is not None
        picture: dict[str, Any] = row["picture"]
        return picture

    def play(self, orders: Sequence[Sequence[int]]) -> dict[str, int]:
        """Apply the story from scratch in each order; return the outcomes and their frequencies."""
        row = self.connection.execute(
            "select pg_temp.play(%s, %s, %s, %s, %s, 0) as outcomes",
            (self.user, self.desk.name, ACCOUNT[self.desk.name], json.dumps(self.told()), json.dumps(orders)),
        ).fetchone()
        assert row is not None
        outcomes: dict[str, int] = row["outcomes"]
        return outcomes


@contextmanager
def open_books(connection: psycopg.Connection[dict[str, Any]], user: uuid.UUID, desk: Desk) -> Iterator[Books]:
    """Start a transaction with the desk's prices and the pack in the catalogue; roll it back at the end."""
    with connection.transaction(force_rollback=True):
        # Rolled-back stories leave dead rows; scanning all of them thousands of times would take most of the time.
        connection.execute("set local enable_seqscan = off")
        connection.execute(PICTURE)
        connection.execute(
            "insert into public.plans (slug, name, rank, monthly_credits, trial_days) values "
            "('test_basic', 'Basic', 9001, %s, 7), ('test_best', 'Best', 9002, %s, 0), ('test_other', 'Other', 9000, 7, 0)",
            (BASIC_CREDITS, BEST_CREDITS),
        )
        # Another plan with the same price: an amount alone does not identify a plan.
        for price in list(desk.prices.values()):
            connection.execute(
                "insert into private.provider_prices (provider, provider_price_id, price, plan, billing_interval, currency, amount) "
                "values (%s, %s, %s, 'test_other', %s, %s, %s)",
                (desk.name, f"other_{price.id}", f"other_{price.slug}", price.interval, price.currency, price.amount),
            )
        for price in desk.prices.values():
            connection.execute(
                "insert into public.plan_prices (slug, plan, billing_interval, currency, amount, razorpay_plan_id, stripe_price_id) "
                "values (%s, %s, %s, %s, %s, %s, %s)",
                (
                    f"test_{price.slug}",
                    price.plan,
                    price.interval,
                    price.currency,
                    price.amount,
                    price.id if desk.name == "razorpay" else None,
                    price.id if desk.name == "stripe" else None,
                ),
            )
        connection.execute(
            "insert into public.credit_packs (slug, name, credits) values ('pack', 'Pack', %s)", (PACK_CREDITS,)
        )
        if desk.customer:
            connection.execute(
                "insert into public.billing_customers (user_id, provider, provider_customer_id) values (%s, %s, %s)",
                (user, desk.name, desk.customer),
            )
        yield Books(connection, user, desk)


EXHAUSTIVE_UP_TO = 4
BRANCHES = 2
"""Longer stories are replayed in 2 x 2 x 2 random orders: two beginnings, two middles each, two endings each."""


def with_repetitions(part: list[int], count: int, chance: random.Random) -> list[int]:
    """Repeat up to two events of the story."""
    for _ in range(chance.randrange(3)):
        part.insert(chance.randrange(len(part) + 1), chance.randrange(count))
    return part


def orders_of(count: int, seed: int) -> list[list[int]]:
    """Return all orders of a few events, or 8 random orders of more."""
    chance = random.Random(seed)
    if count <= EXHAUSTIVE_UP_TO:
        return [with_repetitions(list(order), count, chance) for order in itertools.permutations(range(count))]
    orders, third = [], count // 3
    for _ in range(BRANCHES):
        first = chance.sample(range(count), third)
        others = [number for number in range(count) if number not in first]
        beginning = with_repetitions(first, count, chance)
        for _ in range(BRANCHES):
            second = chance.sample(others, third)
            rest = [number for number in others if number not in second]
            middle = beginning + with_repetitions(second, count, chance)
            for _ in range(BRANCHES):
                end = with_repetitions(chance.sample(rest, len(rest)), count, chance)
                orders.append(middle + end)
    return orders


def end_the_same(story: str, provider: str, connection: psycopg.Connection[dict[str, Any]], user: uuid.UUID) -> None:
    """Replay a story in many orders, with repetitions, and compare the outcomes."""
    desk = make_desk(provider)
    LIFECYCLES[story](desk)
    with open_books(connection, user, desk) as books:
        books.open_orders()
        books.stop_clock()
        count = len(books.told())
        straight = list(range(count))
        orders = orders_of(count, seed=len(story))
        assert all(set(order) == set(straight) for order in orders)
        outcomes = books.play([straight, *orders])
        assert sum(outcomes.values()) == len(orders) + 1
        expected = books.play([straight])
        differing = [json.loads(outcome) for outcome in outcomes if outcome not in expected]
        assert not differing, f"{len(differing)} other outcomes of {sum(outcomes.values())} orders: {differing[0]}"
