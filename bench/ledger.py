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
from statistics import fmean, median
from typing import TYPE_CHECKING, Final

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


@benchmark("ledger.spread", unit="pairs/s", target="ratio >= 0.4")
def spread(context: Context) -> Measured:
    """Compare reserve and commit with the naive pair: 8 clients, 10,000 accounts."""
    return compare(context, clients=8, accounts=ACCOUNTS, warm_up=8)


@benchmark("ledger.with_call", unit="pairs/s")
def with_call(context: Context) -> Measured:
    """Do the same, with a model call that every commit records and adds to the day's spend."""
    return compare(context, clients=8, accounts=ACCOUNTS, warm_up=8, calls=CALLS)


@benchmark("ledger.hot", unit="pairs/s", target="ratio >= 0.5")
def hot(context: Context) -> Measured:
    """Compare reserve and commit with the naive pair: 64 clients, one account. Any error fails the benchmark."""
    return compare(context, clients=64, accounts=1, warm_up=8)
