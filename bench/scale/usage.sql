-- Metered operations and a ledger that balances exactly: lots, movements, counters and accounts.
create temp table scale_events on commit drop as
with asked as (
  select a.n, a.user_n, a.resume_id, a.job_id, a.at, a.completed, 'ats_scan' as operation, a.event_id as id
  from scale_analyses as a
  union all
  select
    e.n, r.user_n, r.id, null, now() - least(r.age, 85) * pg_temp.share(e.n, 51) * interval '1 day', pg_temp.pick(e.n, 52, 40) > 0,
    (array['summary', 'bullets', 'bullets', 'improve', 'improve', 'improve', 'skills', 'tailor', 'cover_letter'])[1 + pg_temp.pick(e.n, 53, 9)],
    md5('event ' || z.seed || ' ' || e.n)::uuid
  from scale_size as z
  cross join lateral generate_series(z.analyses + 1, z.usage_events) as e (n)
  inner join scale_resumes as r on r.n = pg_temp.pick(e.n, 50, z.resumes)
)
select
  s.n, s.id, s.user_n, u.id as user_id, u.plan, s.operation, o.quota_group, s.resume_id, s.job_id, s.at, s.completed,
  case when k.counters = '{}' then 'credits' else 'plan' end as funding,
  case when k.counters = '{}' then coalesce(l.cost, o.default_cost, 1) else 0 end as cost,
  k.counters
from asked as s
inner join scale_users as u on u.n = s.user_n
inner join public.operations as o on o.slug = s.operation
left join public.plan_limits as l on l.plan = u.plan and l.quota_group = o.quota_group
cross join lateral (
  select array_remove(array[
    case when l.per_day <> 0 then private.period_key('daily', s.at) end,
    case when l.per_month <> 0 then private.period_key('monthly', s.at) end,
    case when l.per_lifetime <> 0 then private.period_key('lifetime', s.at) end
  ], null)
) as k (counters);
create index on scale_events (n);
analyze scale_events;

insert into public.usage_events (
  id, user_id, operation_type, quota_group, idempotency_key, request_hash, status, funding, plan, cost, credits_used, period_type,
  period_key, counters, resume_id, job_id, ai_provider, release_reason, reserved_at, expires_at, settled_at, created_at
)
select
  e.id, e.user_id, e.operation, e.quota_group, 'scale-' || e.n, md5('request ' || e.n), case when e.completed then 'committed' else 'released' end,
  e.funding, e.plan, e.cost, case when e.completed then e.cost else 0 end, 'monthly', private.period_key('monthly', e.at),
  case when e.completed then e.counters else '{}' end, e.resume_id, e.job_id, 'gemini',
  case when not e.completed then 'model_timeout' end, e.at, e.at + interval '5 minutes', e.at + interval '8 seconds', e.at
from scale_events as e
order by e.at;

insert into public.usage_tracking (user_id, quota_group, period_type, period_key, used, created_at, updated_at)
select
  e.user_id, e.quota_group, case length(k.key) when 10 then 'daily' when 7 then 'monthly' else 'lifetime' end, k.key, count(*), min(e.at), max(e.at)
from scale_events as e cross join lateral unnest(e.counters) as k (key)
where e.completed
group by e.user_id, e.quota_group, k.key;

-- Users buy a pack when they have spent the credits before it.
create temp table scale_spent on commit drop as
select e.id, e.user_id, e.operation, e.at, e.cost, sum(e.cost) over (partition by e.user_id order by e.at, e.n) as so_far
from scale_events as e
where e.completed and e.cost > 0;

create temp table scale_lots on commit drop as
select u.id as user_id, 0 as number, z.welcome as amount, now() - u.age * interval '1 day' as at
from scale_users as u cross join scale_size as z
where z.welcome > 0
union all
select s.user_id, p.number, 60, min(s.at) - interval '1 minute'
from scale_spent as s
cross join scale_size as z
cross join lateral (select ceil((s.so_far - z.welcome) / 60.0)::integer) as p (number)
where p.number > 0
group by s.user_id, p.number;

insert into private.credit_awards (user_id, source, grant_key, units, awarded_at, priority, reference, created_at)
select
  l.user_id, case l.number when 0 then 'welcome' else 'pack' end,
  case l.number when 0 then 'welcome:' || l.user_id else 'scale:' || l.user_id || ':' || l.number end, l.amount, l.at, 50,
  case when l.number > 0 then 'pack_60' end, l.at
from scale_lots as l;

insert into public.credit_grants (id, user_id, source, grant_key, amount, remaining, reference, starts_at, created_at)
select
  md5('lot ' || z.seed || ' ' || l.user_id || l.number)::uuid, l.user_id, case l.number when 0 then 'welcome' else 'pack' end,
  case l.number when 0 then 'welcome:' || l.user_id else 'scale:' || l.user_id || ':' || l.number end, l.amount,
  greatest(0, least(l.amount, z.welcome + 60 * l.number - coalesce(s.spent, 0))), case when l.number > 0 then 'pack_60' end, l.at, l.at
from scale_lots as l
cross join scale_size as z
left join (select s.user_id, max(s.so_far) as spent from scale_spent as s group by s.user_id) as s on s.user_id = l.user_id;

insert into public.credit_transactions (
  user_id, seq, id, amount, balance_after, kind, operation_type, usage_id, grant_id, description, created_at
)
select
  m.user_id, row_number() over life, md5('entry ' || z.seed || ' ' || m.user_id || m.what)::uuid, m.amount, sum(m.amount) over life, m.kind,
  m.operation, m.usage_id, m.grant_id, m.description, m.at
from (
  select
    l.user_id, l.at, l.amount, 'grant' as kind, null as operation, null::uuid as usage_id,
    md5('lot ' || z.seed || ' ' || l.user_id || l.number)::uuid as grant_id, case l.number when 0 then 'Welcome' else '60 credits' end as description,
    'lot ' || l.number as what, 0 as so_far
  from scale_lots as l cross join scale_size as z
  union all
  select s.user_id, s.at, -s.cost, 'usage', s.operation, s.id, null, null, s.id::text, s.so_far from scale_spent as s
) as m
cross join scale_size as z
window life as (partition by m.user_id order by m.at, m.so_far rows unbounded preceding);

insert into public.user_credits (user_id, balance, entries, created_at, updated_at)
select u.id, coalesce(t.balance, 0), coalesce(t.entries, 0), now() - u.age * interval '1 day', coalesce(t.latest, now())
from scale_users as u
left join (
  select t.user_id, sum(t.amount) as balance, count(*) as entries, max(t.created_at) as latest
  from public.credit_transactions as t
  where t.user_id in (select s.id from scale_users as s)
  group by t.user_id
) as t on t.user_id = u.id;

select private.create_month_partitions('ai_usage', (now() - interval '4 months')::date, 5);
insert into public.ai_usage (
  id, user_id, usage_id, feature, provider, model, input_tokens, output_tokens, estimated_cost, response_time_ms, was_cached,
  request_summary, response_summary, created_at, date
)
select
  md5('call ' || z.seed || ' ' || c.n)::uuid, e.user_id, e.id, e.operation, m.provider, m.model, t.input, t.output,
  case when t.cached then 0 else round((t.input * m.input_price + t.output * m.output_price) / 1000000, 6) end,
  case when t.cached then 3 else 600 + pg_temp.pick(c.n, 63, 8000) end, t.cached, e.operation || ' of a résumé',
  case when e.completed then 'text' else 'time-out' end, e.at + interval '4 seconds', ((e.at + interval '4 seconds') at time zone 'UTC')::date
from scale_size as z
cross join lateral generate_series(1, z.ai_usage) as c (n)
inner join scale_events as e on e.n = 1 + (c.n - 1)::bigint * z.usage_events / z.ai_usage
cross join lateral (
  select 700 + pg_temp.pick(c.n, 60, 5000) as input, 60 + pg_temp.pick(c.n, 61, 900) as output, pg_temp.pick(c.n, 62, 12) = 0 as cached
) as t
-- US dollars per million tokens.
inner join (
  values (0, 'gemini', 'gemini-2.5-flash', 0.3, 2.5), (1, 'openai', 'gpt-5-mini', 0.25, 2.0), (2, 'anthropic', 'claude-haiku-4-5', 1.0, 5.0)
) as m (k, provider, model, input_price, output_price) on m.k = greatest(0, pg_temp.pick(c.n, 64, 10) - 7)
order by e.at;
