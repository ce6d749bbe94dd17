-- Usage against the books and the counters: every row says what is wrong with whose. No row: they agree.
with charges as (
  select t.usage_id, count(*) as times, sum(t.amount) as amount
  from public.credit_transactions as t
  where t.kind = 'usage'
  group by t.usage_id
),
counted as (
  select
    e.user_id, e.quota_group, k.period_key,
    count(*) filter (where e.status = 'reserved') as held,
    count(*) filter (where e.status = 'committed') as used
  from public.usage_events as e, unnest(e.counters) as k (period_key)
  group by e.user_id, e.quota_group, k.period_key
)
select 'an operation was not charged what it cost, once' as problem, e.user_id as subject, format('event %s: cost %s, ledger %s', e.id, e.cost, c.amount) as detail
from public.usage_events as e left join charges as c on c.usage_id = e.id
where e.status = 'committed' and (coalesce(c.amount, 0) <> -e.cost or c.times > 1)
union all
select 'an operation was charged without being committed', e.user_id, format('event %s is %s', e.id, e.status)
from public.usage_events as e inner join charges as c on c.usage_id = e.id
where e.status <> 'committed'
union all
select 'credits_used is not what was charged', e.user_id, format('event %s: %s of %s, %s', e.id, e.credits_used, e.cost, e.status)
from public.usage_events as e
where e.credits_used <> case when e.status = 'committed' then e.cost else 0 end
union all
select 'an event is settled and open at once', e.user_id, format('event %s is %s', e.id, e.status)
from public.usage_events as e
where (e.status = 'reserved') <> (e.settled_at is null) or e.attempt < 1
union all
select 'a hold is not what the operation costs', e.user_id, format('event %s', e.id)
from public.usage_events as e
where
  cardinality(e.hold_lots) <> cardinality(e.hold_units)
  or (e.status = 'reserved' and e.cost <> (select coalesce(sum(u), 0) from unnest(e.hold_units) as u))
  or (e.status in ('released', 'expired') and cardinality(e.hold_lots) + cardinality(e.counters) > 0)
union all
select 'an operation is paid for twice', e.user_id, format('event %s', e.id)
from public.usage_events as e
where (e.funding <> 'credits' and e.cost > 0) or (e.funding <> 'plan' and cardinality(e.counters) > 0)
union all
-- Retention takes old events and leaves lifetime counters, so a counter may know of more than there is.
select 'a counter holds what is not under way', coalesce(t.user_id, c.user_id), format('%s %s: %s against %s', coalesce(t.quota_group, c.quota_group), coalesce(t.period_key, c.period_key), t.held, c.held)
from public.usage_tracking as t
full join counted as c on c.user_id = t.user_id and c.quota_group = t.quota_group and c.period_key = t.period_key
where coalesce(t.held, 0) <> coalesce(c.held, 0) or coalesce(t.used, 0) < coalesce(c.used, 0)
union all
select 'an answer is kept that nobody paid for', e.user_id, format('event %s is %s', e.id, e.status)
from private.usage_results as r inner join public.usage_events as e on e.id = r.usage_id
where e.status <> 'committed'
union all
select 'an operation has a name that another one has', null::uuid, format('%s: %s and %s', n.name, min(n.slug), max(n.slug))
from (
  select o.slug, o.slug as name from public.operations as o
  union all
  select o.slug, a from public.operations as o, unnest(o.aliases) as a
) as n
group by n.name
having count(*) > 1
order by 1, 2, 3;
