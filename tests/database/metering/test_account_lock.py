"""Whoever writes an account, its lots, counters, operations or ledger holds the account's lock.

A trigger on each of these tables asks Postgres which locks the writer holds. It is there for the length of a test.
Retention is the exception: it deletes operations and counters that are settled and a year old.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.database.rows import make_admin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.database.metering.support import Meter
    from tests.database.rows import Clock, Connect, NewUser

TABLES = ("user_credits", "credit_grants", "usage_events", "usage_tracking", "credit_transactions")
GUARD = """
create function private.require_lock() returns trigger language plpgsql set search_path = '' as $$
declare
  v_key bigint := uuid_hash_extended(coalesce(new.user_id, old.user_id), 0);
begin
  if not exists (
    select from pg_catalog.pg_locks as l
    where l.locktype = 'advisory' and l.pid = pg_backend_pid() and l.granted and l.objsubid = 1
      and (l.classid::bigint << 32 | l.objid::bigint) = v_key
  )
  then
    raise exception 'unlocked: % of %', tg_op, tg_table_name;
  end if;
  return null;
end $$
"""


@pytest.fixture
def _guarded(connect: Connect) -> Iterator[None]:
    connection = connect()
    connection.execute(GUARD)
    for table in TABLES:
        # A row of user_credits that is being made is nobody else's yet.
        events = "update or delete" if table == "user_credits" else "insert or update or delete"
        connection.execute(
            f"create trigger require_lock after {events} on public.{table} "
            "for each row execute function private.require_lock()"
        )
    yield
    connection.execute("drop function private.require_lock() cascade")


@pytest.mark.usefixtures("_guarded", "noon")
def test_every_money_path_holds_the_lock_of_the_account(
    connect: Connect, meter: Meter, new_user: NewUser, clock: Clock
) -> None:
    connection = connect()
    admin, user, plain = new_user(), new_user(), new_user(confirmed=False)
    make_admin(connect, admin)
    meter.grant(user, 50, "a pack")
    meter.call("credits_grant", user, "promo", 5, "ends", clock.now() + timedelta(days=1))
    meter.call("credits_adjust", admin, user, 3, "a present", "k1")
    meter.call("credits_adjust", admin, user, -2, "a mistake", "k2")
    meter.subscribe(user, "pro", "2027-03-01T00:00:00Z", "2027-04-01T00:00:00Z")
    meter.use(user, "interview")
    meter.commit(meter.reserve(user), "an answer")
    meter.release(meter.reserve(user))
    meter.reserve(user, key="left behind")
    meter.reserve(plain, "resume_import", key="left behind")
    meter.call("increment_usage", user, "summary")
    connection.execute("update auth.users set email_confirmed_at = now() where id = %s", (plain,))
    clock.advance("3 days")
    meter.call("usage_expire", 1000)
    meter.call("subscriptions_sweep", 1000)
    meter.reserve(user, key="left behind")
    connection.execute("select private.settle_account(%s)", (user,))
    connection.execute("delete from auth.users where id = %s", (plain,))


@pytest.mark.usefixtures("_guarded", "noon")
def test_a_payment_and_its_refund_hold_it_too(
    meter: Meter, new_user: NewUser, catalogue: Callable[[str], None]
) -> None:
    catalogue("d")
    user = new_user()
    payment = meter.sell(user, "tokens_100")
    meter.use(user)
    meter.refund(payment)


@pytest.mark.usefixtures("_guarded")
def test_a_writer_without_the_lock_is_found(connect: Connect, new_user: NewUser) -> None:
    user = new_user()
    with pytest.raises(psycopg.errors.RaiseException, match="unlocked"):
        connect().execute("update public.user_credits set updated_at = now() where user_id = %s", (user,))
