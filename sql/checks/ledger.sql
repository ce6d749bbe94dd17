-- The books: every row says what is wrong with whose. No row: they balance.
with accounts as (
  select
    c.user_id, c.balance, c.reserved, c.debt, c.entries,
    c.balance + c.reserved - c.debt as worth,
    (select coalesce(sum(g.remaining), 0) from public.credit_grants as g where g.user_id = c.user_id) as in_lots,
    (
      select coalesce(sum(h.units), 0)
      from public.usage_events as e, unnest(e.hold_units) as h (units)
      where e.user_id = c.user_id and e.status = 'reserved'
    ) as on_hold
  from public.user_credits as c
),
ledger as (
  select
    t.user_id, t.seq, t.amount, t.balance_after, t.kind, t.usage_id,
    row_number() over (partition by t.user_id order by t.seq) as place,
    sum(t.amount) over (partition by t.user_id order by t.seq) as running
  from public.credit_transactions as t
),
totals as (
  select l.user_id, max(l.seq) as entries, sum(l.amount) as total from ledger as l group by l.user_id
),
held as (
  select h.lot, sum(h.units) as units
  from public.usage_events as e, unnest(e.hold_lots, e.hold_units) as h (lot, units)
  where e.status = 'reserved'
  group by h.lot
)
select 'the ledger does not add up to the account' as problem, a.user_id as subject, format('%s against %s', coalesce(t.total, 0), a.worth) as detail
from accounts as a left join totals as t on t.user_id = a.user_id
where coalesce(t.total, 0) <> a.worth
union all
select 'a closed account is not at zero', t.user_id, t.total::text
from totals as t
where t.total <> 0 and not exists (select from accounts as a where a.user_id = t.user_id)
union all
select 'the account counts other rows than the ledger has', a.user_id, format('%s against %s', a.entries, coalesce(t.entries, 0))
from accounts as a left join totals as t on t.user_id = a.user_id
where coalesce(t.entries, 0) <> a.entries
union all
select 'the ledger has a gap', l.user_id, format('row %s is number %s', l.seq, l.place)
from ledger as l where l.seq <> l.place
union all
select 'balance_after is not the sum so far', l.user_id, format('row %s: %s against %s', l.seq, l.balance_after, l.running)
from ledger as l where l.balance_after <> l.running
union all
select 'an amount moves the wrong way', l.user_id, format('row %s: %s %s', l.seq, l.kind, l.amount)
from ledger as l
where l.amount = 0 or (l.kind = 'grant' and l.amount < 0) or (l.kind in ('usage', 'expiry', 'refund', 'debt') and l.amount > 0)
union all
select 'the lots do not add up to the balance', a.user_id, format('%s against %s', a.in_lots, a.balance)
from accounts as a where a.in_lots <> a.balance
union all
select 'the holds do not add up to what is reserved', a.user_id, format('%s against %s', a.on_hold, a.reserved)
from accounts as a where a.on_hold <> a.reserved
union all
select 'a lot gave more than it had', g.user_id, format('lot %s', g.id)
from public.credit_grants as g left join held as h on h.lot = g.id
where g.remaining + g.expired + g.taken + g.frozen + coalesce(h.units, 0) > g.amount or g.taken + g.debted > g.amount or g.amount = 0
union all
select 'a lot is frozen without a dispute', g.user_id, format('lot %s', g.id)
from public.credit_grants as g
where g.frozen > 0 and not exists (
  select from private.credit_reversals as r where r.grant_key = g.grant_key and r.kind = 'dispute' and r.state = 'open'
)
order by 1, 2, 3;
