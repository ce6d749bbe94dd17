"""The cost of the ledger (idempotency, lots, history, stored answers), compared with a naive pair of statements.

The naive pair is one transaction with `update balance` and `insert log`, on tables for just that. Ours is
`usage_reserve` and `usage_commit` with a stored answer; a second benchmark also records a model call, which the naive
pair does not. Both run under pgbench with prepared statements, as under PostgREST, and in turns, so that other load on
the machine affects both. The first seconds of each turn do not count: connections still plan their statements, and
accounts are touched for the first time since the checkpoint.
"""

from __future__ import annotations

import re
import subprocess
import time
from statistics import fmean, median
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import psycopg

from bench import Context, Measured, benchmark
from local.postgres import bundled_binaries

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNTS: Final = 10_000
# Earlier operations: look-ups in an empty table would be unrealistically fast.
HISTORY: Final = 30_000

SETUP: Final = f"""
insert into auth.users (id, email)
select md5('bench ' || n)::uuid, 'bench' || n || '@example.com' from generate_series(1, {ACCOUNTS}) as n;

select count(private.grant_credits(md5('bench ' || n)::uuid, 'pack', 100000000, 'bench ' || n))
from generate_series(1, {ACCOUNTS}) as n;

insert into public.usage_events (
  user_id, operation_type, quota_group, idempotency_key, request_hash, status, funding, plan, period_type, period_key,
  reserved_at, expires_at, settled_at, created_at
)
select
  md5('bench ' || 1 + n % {ACCOUNTS})::uuid, 'summary', 'writing', 'old ' || n, 'hash', 'committed', 'unlimited',
  'free', 'monthly', 'old', t.at, t.at, t.at, t.at
from generate_series(1, {HISTORY}) as n, lateral (select now() - interval '40 days' + n * interval '1 s') as t (at);

create schema bench;

create table bench.balances (user_id uuid primary key, balance bigint not null);

create table bench.log (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  amount integer not null,
  created_at timestamptz not null default now()
);

insert into bench.balances select md5('bench ' || n)::uuid, 100000000 from generate_series(1, {ACCOUNTS}) as n;

update public.global_config set value = value || '{{"daily_spend_ceiling": 1000000}}' where key = 'metering';

vacuum analyze;

checkpoint
"""
NAIVE: Final = """
\\set n random(1, :accounts)
begin;
update bench.balances set balance = balance - 1 where user_id = md5('bench ' || :n)::uuid;
insert into bench.log (user_id, amount) values (md5('bench ' || :n)::uuid, -1);
commit;
"""
OURS: Final = """
\\set n random(1, :accounts)
\\set key random(1, 1000000000000000)
select r ->> 'usage_id' as id
from public.usage_reserve(md5('bench ' || :n)::uuid, 'summary', 'key ' || :key, 'hash') as r \\gset
select public.usage_commit(:id::uuid, 1, '{"text": "Engineer with nine years of experience in payments."}' /*calls*/);
"""
CALLS: Final = """,
  '[{"provider": "gemini", "model": "gemini-2.5-flash", "input_tokens": 900, "output_tokens": 120,
     "estimated_cost": 0.0004, "response_time_ms": 800}]'
"""

# Committed operations of the last two days, so that nothing of them is out of a sweep's reach but by its own bound.
GROWN: Final = """
insert into auth.users (id, email)
values (md5(%(name)s)::uuid, replace(%(name)s, ' ', '.') || '@example.com');
select private.grant_credits(md5(%(name)s)::uuid, 'pack', 100000000, %(name)s);
insert into public.usage_events (
  user_id, operation_type, quota_group, idempotency_key, request_hash, status, funding, plan, cost, credits_used,
  period_type, period_key, reserved_at, expires_at, settled_at, created_at
)
select
  md5(%(name)s)::uuid, 'summary', 'writing', 'old ' || n, 'hash', 'committed', 'credits', 'free', 1, 1, 'monthly',
  'old', t.at, t.at + interval '2 minutes', t.at, t.at
from
  generate_series(1, %(events)s) as n, lateral (select now() - n * interval '47 hours' / %(events)s as at) as t;
"""
FEW, MANY = 100, 100_000
SAMPLES: Final = 300


def prepare(url: str) -> None:
    """Create the accounts for both scripts, once per database."""
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("select to_regnamespace('bench') is null").fetchone() == (True,):
            for statement in SETUP.split(";\n\n"):
                connection.execute(statement.encode())


def rate(url: str, script: Path, *, clients: int, accounts: int, warm_up: int, seconds: int) -> float:
    """Return the transactions per second that pgbench measures.

    Parameters
    ----------
    url
        The database's URL.
    script
        File with the transaction.
    clients, accounts
        Number of connections, and of accounts from which they choose.
    warm_up, seconds
        Seconds before the measurement, and duration of the measurement in seconds.

    Raises
    ------
    RuntimeError
        A transaction failed; the message contains pgbench's output.
    """
    command = (
        f"{bundled_binaries()}/pgbench --no-vacuum --protocol=prepared --progress=1 --jobs=2 --client={clients} "
        f"--time={warm_up + seconds} --define=accounts={accounts} --file={script} {url}"
    )
    result = subprocess.run(command.split(), check=False, capture_output=True, text=True)
    failures = re.search(r"number of failed transactions: ([0-9]+)", result.stdout)
    rates = [float(tps) for tps in re.findall(r"^progress: .*? s, ([0-9.]+) tps", result.stderr, re.MULTILINE)]
    if result.returncode or failures is None or failures[1] != "0" or len(rates) <= warm_up:
        raise RuntimeError(result.stdout + result.stderr)
    return fmean(rates[warm_up:])


def compare(
    context: Context, *, clients: int, accounts: int, warm_up: int, calls: str = "", turns: int = 3, seconds: int = 5
) -> Measured:
    """Run both in turns; return the medians of pairs per second."""
    prepare(context.database)
    rates: dict[str, list[float]] = {}
    for name, text in [("naive", NAIVE), ("ours", OURS.replace("/*calls*/", calls))] * turns:
        script = context.folder / f"{name}.pgbench"
        script.write_text(text)
        speed = rate(context.database, script, clients=clients, accounts=accounts, warm_up=warm_up, seconds=seconds)
        rates.setdefault(name, []).append(speed)
    return Measured(median(rates["ours"]), median(rates["naive"]))


@benchmark("ledger.spread", unit="pairs/s", target="ratio >= 0.5")
def spread(context: Context) -> Measured:
    """Compare reserve and commit with the naive pair: 8 clients, 10,000 accounts."""
    return compare(context, clients=8, accounts=ACCOUNTS, warm_up=8)


@benchmark("ledger.with_call", unit="pairs/s")
def with_call(context: Context) -> Measured:
    """Do the same, with a model call that every commit records and adds to the day's spend."""
    return compare(context, clients=8, accounts=ACCOUNTS, warm_up=8, calls=CALLS)


@benchmark("ledger.hot", unit="pairs/s")
def hot(context: Context) -> Measured:
    """Compare reserve and commit with the naive pair: 64 clients, one account. Any error fails the benchmark."""
    with psycopg.connect(context.database, autocommit=True) as connection:
        # One account cannot begin as many operations as this asks for.
        setting = "update public.global_config set value = value || %s::jsonb where key = 'metering'"
        connection.execute(setting, ('{"paid_per_minute": null}',))
        try:
            return compare(context, clients=64, accounts=1, warm_up=8)
        finally:
            connection.execute(setting, ('{"paid_per_minute": 120}',))


def grown(connection: psycopg.Connection[Any], events: int) -> str:
    """Create an account with that many committed operations; return the name its id is made of."""
    name = f"grown {events}"
    if connection.execute("select from auth.users where id = md5(%s)::uuid", (name,)).fetchone() is not None:
        return name
    with connection.transaction(), psycopg.ClientCursor(connection) as cursor:
        cursor.execute(GROWN, {"name": name, "events": events})
    return name


def reserve_ms(connection: psycopg.Connection[Any], name: str, *, is_due: bool) -> float:
    """Return the milliseconds of one reservation, which is rolled back; `is_due` makes it sweep the account first."""
    with connection.transaction(force_rollback=True):
        if is_due:
            connection.execute(
                "update public.user_credits set wake_at = now() - interval '1 s' where user_id = md5(%s)::uuid", (name,)
            )
        began = time.perf_counter()
        connection.execute(
            "select public.usage_reserve(md5(%s)::uuid, 'summary', %s, 'hash')", (name, str(uuid4())), prepare=True
        )
        return (time.perf_counter() - began) * 1000


def growth(context: Context, *, is_due: bool) -> Measured:
    """Reserve on an account with 100,000 operations and on one with 100, in turns; return the medians."""
    prepare(context.database)
    with psycopg.connect(context.database, autocommit=True) as connection:
        names = [grown(connection, events) for events in (MANY, FEW)]
        connection.execute("vacuum analyze public.usage_events, public.user_credits")
        times: dict[str, list[float]] = {name: [] for name in names}
        for _ in range(SAMPLES):
            for name in names:
                times[name].append(reserve_ms(connection, name, is_due=is_due))
    many, few = (median(times[name]) for name in names)
    return Measured(many, few)


@benchmark("ledger.growth", unit="ms", target="ratio <= 1.3")
def flat(context: Context) -> Measured:
    """Compare a reservation on an account with 100,000 operations with one on an account with 100."""
    return growth(context, is_due=False)


@benchmark("ledger.growth_swept", unit="ms", target="ratio <= 1.3")
def flat_when_swept(context: Context) -> Measured:
    """Do the same where a hold has run out, so that each reservation sweeps the account first."""
    return growth(context, is_due=True)
