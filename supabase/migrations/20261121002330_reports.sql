-- The metrics: each is written once, as a view private.report_<name>. People read it through sql/reports/<name>.sql, the page
-- of the function `admin` through private.admin_metric. A view reads at most 30 days by an index, or tables that stay small.

-- data --------------------------------------------------------------------------------------------------------
insert into public.global_config (key, value, description) values
('exchange_rates', '{"USD": 0.01}', 'US dollars per smallest unit of a currency, such as {"USD": 0.01, "INR": 0.00012}. For the margin per feature alone');

-- indexes -----------------------------------------------------------------------------------------------------
create index payments_paid_at_idx on public.payments (paid_at) where status = 'paid';

-- views -------------------------------------------------------------------------------------------------------
create view private.report_user_growth with (security_invoker = true) as
select
  d.day::date as day,
  count(p.id) as new_users,
  (select count(*) from public.profiles as b where b.created_at < f.first) + sum(count(p.id)) over (order by d.day) as users
from (select date_trunc('day', now() at time zone 'UTC') - interval '29 days' as start) as s
cross join lateral (select s.start at time zone 'UTC' as first) as f
cross join lateral generate_series(s.start, s.start + interval '29 days', interval '1 day') as d (day)
left join public.profiles as p
  on p.created_at >= d.day at time zone 'UTC' and p.created_at < (d.day + interval '1 day') at time zone 'UTC'
group by d.day, f.first
order by d.day;
comment on view private.report_user_growth is
  'New users per UTC day over the last 30 days, including days without any, with a running total.';

create view private.report_active_users with (security_invoker = true) as
select
  d.day::date as day,
  count(distinct e.user_id) as active_users,
  (
    select count(distinct t.user_id) from public.usage_tracking as t
    where t.period_type = 'monthly' and t.period_key = to_char(now() at time zone 'UTC', 'YYYY-MM') and t.used > 0
  ) as active_this_month
from generate_series(
  date_trunc('day', now() at time zone 'UTC') - interval '29 days', date_trunc('day', now() at time zone 'UTC'), interval '1 day'
) as d (day)
left join public.usage_events as e
  on e.status = 'committed'
  and e.created_at >= d.day at time zone 'UTC' and e.created_at < (d.day + interval '1 day') at time zone 'UTC'
group by d.day
order by d.day;
comment on view private.report_active_users is
  'Users with a charged operation on each of the last 30 UTC days, and with any metered one in this UTC month.';

create view private.report_usage_patterns with (security_invoker = true) as
select
  e.operation_type,
  count(*) as operations,
  count(distinct e.user_id) as users,
  sum(e.credits_used) as credits,
  count(*) filter (where e.funding = 'plan') as paid_by_plan,
  count(*) filter (where e.funding = 'credits') as paid_by_credits
from public.usage_events as e
where e.status = 'committed' and e.created_at >= now() - interval '30 days'
group by e.operation_type
order by operations desc;
comment on view private.report_usage_patterns is
  'Operations charged in the last 30 days: how many, by how many users, and how they were funded.';

create view private.report_subscription_metrics with (security_invoker = true) as
select
  c.new_users, c.new_subscribers, round(100.0 * c.new_subscribers / nullif(c.new_users, 0), 2) as conversion_percent,
  c.live_30_days_ago, c.ended_since, round(100.0 * c.ended_since / nullif(c.live_30_days_ago, 0), 2) as churn_percent
from (
  select
    (select count(*) from public.profiles as p where p.created_at >= now() - interval '30 days') as new_users,
    (
      select count(distinct p.id)
      from public.profiles as p
      inner join public.subscriptions as s on s.user_id = p.id and s.status in ('active', 'past_due')
      where p.created_at >= now() - interval '30 days'
    ) as new_subscribers,
    (
      select count(*) from public.subscriptions as s
      where s.created_at < now() - interval '30 days' and (s.status not in ('canceled', 'expired') or coalesce(s.ended_at, s.state_at) >= now() - interval '30 days')
    ) as live_30_days_ago,
    (
      select count(*) from public.subscriptions as s
      where s.created_at < now() - interval '30 days' and s.status in ('canceled', 'expired')
        and coalesce(s.ended_at, s.state_at) >= now() - interval '30 days'
    ) as ended_since
) as c;
comment on view private.report_subscription_metrics is
  'Conversion: the share of the users of the last 30 days who subscribe. Churn: the share of the subscriptions live 30 days ago that have ended since.';

create view private.report_mrr with (security_invoker = true) as
select
  p.currency, s.plan, count(*) as subscriptions,
  round(sum(case p.billing_interval when 'year' then (p.amount - p.amount_refunded - p.amount_lost) / 12.0 else p.amount - p.amount_refunded - p.amount_lost end)) as mrr
from public.subscriptions as s
cross join lateral (
  select n.currency, coalesce(n.billing_interval, s.billing_interval) as billing_interval, n.amount, n.amount_refunded, n.amount_lost
  from public.payments as n
  where n.subscription_id = s.id and n.status = 'paid' and n.covers_period and n.problem is null
  order by n.period_end desc
  limit 1
) as p
where s.status in ('active', 'past_due') and s.provider <> 'manual' and not s.accepted_late
group by p.currency, s.plan
order by p.currency, mrr desc, s.plan;
comment on view private.report_mrr is
  'Monthly recurring revenue per currency and plan, in the smallest unit: what the last paid period of each running subscription cost, a year''s divided by 12. Trials and plans given for nothing have none.';

create view private.report_interview_completion with (security_invoker = true) as
select
  s.session_type,
  count(*) as total_sessions,
  count(*) filter (where s.status = 'completed') as completed_sessions,
  round(100.0 * count(*) filter (where s.status = 'completed') / count(*), 2) as completion_rate
from public.interview_sessions as s
where s.created_at >= now() - interval '30 days'
group by s.session_type
order by s.session_type;
comment on view private.report_interview_completion is
  'Interviews of the last 30 days by type, and how many were completed.';

create view private.report_popular_plans with (security_invoker = true) as
select s.plan, p.name, count(*) as subscribers
from public.subscriptions as s
inner join public.plans as p on p.slug = s.plan
where s.status in ('trialing', 'active', 'past_due')
group by s.plan, p.name
order by subscribers desc, s.plan;
comment on view private.report_popular_plans is
  'Plans by the number of current subscriptions.';

create view private.report_popular_templates with (security_invoker = true) as
select t.slug, t.name, t.category, t.is_premium, t.usage_count
from public.resume_templates as t
where t.user_id is null
order by t.usage_count desc, t.slug;
comment on view private.report_popular_templates is
  'Templates by the number of résumés that use them, as counted last night, and whether they are premium.';

create view private.report_error_rates with (security_invoker = true) as
select
  w.work,
  count(*) as total,
  count(*) filter (where w.failed) as failed,
  round(100.0 * count(*) filter (where w.failed) / count(*), 2) as failed_percent
from (
  select 'operation ' || e.operation_type as work, e.status in ('released', 'expired') as failed
  from public.usage_events as e
  where e.created_at >= now() - interval '1 day' and e.status <> 'reserved'
  union all
  select 'long work ' || g.operation, g.status = 'failed'
  from public.resume_generations as g
  where g.created_at >= now() - interval '1 day' and g.status in ('completed', 'failed')
  union all
  select 'analysis ' || a.analysis_type, a.status = 'failed'
  from public.analyses as a
  where a.created_at >= now() - interval '1 day' and a.status in ('completed', 'failed')
) as w
group by w.work
order by failed_percent desc, total desc;
comment on view private.report_error_rates is
  'Number and share of failures in the last day, by kind of work.';

create view private.report_response_times with (security_invoker = true) as
select
  u.feature,
  u.provider,
  u.model,
  count(*) as calls,
  count(*) filter (where u.was_cached) as cached,
  round(avg(u.response_time_ms)) as mean_ms,
  percentile_disc(0.95) within group (order by u.response_time_ms) as p95_ms
from public.ai_usage as u
where u.created_at >= now() - interval '1 day'
group by u.feature, u.provider, u.model
order by calls desc;
comment on view private.report_response_times is
  'Response times of the models over the last day, by provider, model and feature.';

create view private.report_ai_cost_by_day with (security_invoker = true) as
select
  u.date,
  u.feature,
  u.provider,
  u.model,
  u.payer,
  count(*) as calls,
  sum(coalesce(u.input_tokens, 0) + coalesce(u.output_tokens, 0)) as tokens,
  sum(u.estimated_cost) as cost
from public.ai_usage as u
where u.created_at >= now() - interval '30 days'
group by u.date, u.feature, u.provider, u.model, u.payer
order by u.date desc, cost desc nulls last;
comment on view private.report_ai_cost_by_day is
  'Model calls of the last 30 days per UTC day, feature, model and payer (service: us; user: their own key): tokens and cost in US dollars.';

create view private.report_margin with (security_invoker = true) as
with work as (
  select e.operation_type as feature, count(*) as operations, sum(e.units * coalesce(o.default_cost, 0)) as worth
  from public.usage_events as e
  inner join public.operations as o on o.slug = e.operation_type
  where e.status = 'committed' and e.funding in ('plan', 'credits') and e.created_at >= now() - interval '30 days'
  group by e.operation_type
),
cost as (
  select u.feature::text as feature, count(*) as calls, sum(u.estimated_cost) as cost
  from public.ai_usage as u
  where u.payer = 'service' and u.created_at >= now() - interval '30 days'
  group by u.feature
),
income as (
  select
    sum((p.amount - p.amount_refunded - p.amount_lost) * (r.rates ->> p.currency)::numeric) as dollars,
    coalesce(bool_and(r.rates ? p.currency), true) as is_known
  from public.payments as p
  cross join (select coalesce((select c.value from public.global_config as c where c.key = 'exchange_rates'), '{}') as rates) as r
  where p.status = 'paid' and p.paid_at >= now() - interval '30 days'
)
select
  m.feature, m.operations, m.calls, m.cost_usd,
  round(m.share * 100, 2) as share_percent,
  round(m.income, 2) as income_usd,
  round(m.income - m.cost_usd, 2) as margin_usd,
  round(100 * (m.income - m.cost_usd) / nullif(m.income, 0), 1) as margin_percent
from (
  select
    coalesce(w.feature, c.feature) as feature, coalesce(w.operations, 0) as operations, coalesce(c.calls, 0) as calls,
    coalesce(c.cost, 0) as cost_usd, s.share,
    case when i.is_known then coalesce(i.dollars, 0) * s.share end as income
  from work as w
  full join cost as c on c.feature = w.feature
  cross join income as i
  cross join lateral (
    select coalesce(w.worth, 0) / nullif((select sum(a.worth) from work as a), 0) as share
  ) as s
) as m
order by m.cost_usd desc, m.feature;
comment on view private.report_margin is
  'Per feature over the last 30 days: what models cost us, and its share of what came in. What was paid, less what went back, is divided among features by the credits that their operations are worth. In US dollars; null where global_config (exchange_rates) has no rate for a currency that was paid in.';

create view private.report_payments with (security_invoker = true) as
with moves as (
  select p.paid_at as moved_at, p.provider, p.currency, p.user_id, 'payment' as kind, p.amount
  from public.payments as p
  where p.status = 'paid'
  union all
  select r.processed_at, r.provider, r.currency, private.owner_of_payment(r.provider, r.provider_payment_id), 'refund', r.amount
  from private.payment_refunds as r
  where r.status = 'processed'
  union all
  select d.lost_at, d.provider, d.currency, private.owner_of_payment(d.provider, d.provider_payment_id), 'dispute', d.amount
  from private.payment_disputes as d
  where d.status = 'lost'
)
select
  to_char(m.moved_at at time zone 'UTC', 'YYYY-MM') as month, m.provider, m.currency,
  case when m.user_id is null then 'unmatched' else 'matched' end as owner,
  count(*) filter (where m.kind = 'payment') as payments,
  coalesce(sum(m.amount) filter (where m.kind = 'payment'), 0) as paid,
  count(*) filter (where m.kind = 'refund') as refunds,
  coalesce(sum(m.amount) filter (where m.kind = 'refund'), 0) as refunded,
  count(*) filter (where m.kind = 'dispute') as disputes_lost,
  coalesce(sum(m.amount) filter (where m.kind = 'dispute'), 0) as lost,
  sum(case m.kind when 'payment' then m.amount else -m.amount end) as net
from moves as m
group by 1, 2, 3, 4
order by 1 desc, 2, 3, 4;
comment on view private.report_payments is
  'Cash per UTC month, provider and currency, in the smallest unit of the currency: payments in the month in which they were paid, refunds in the month in which the provider processed them, disputes in the month in which they were lost, each in its own currency. Money of which no account is known is "unmatched": it waits for its order, or needs a look.';

-- functions ---------------------------------------------------------------------------------------------------
create function private.admin_metric(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_name constant text := 'report_' || (p_input ->> 'name');
  v_limit constant integer := greatest(1, least(coalesce((p_input ->> 'limit')::integer, 1000), 1000));
  v_skip constant text := coalesce(p_input ->> 'before', '0');
  v_rows jsonb;
begin
  if v_name is null or not exists (
    select from pg_catalog.pg_class as c where c.relnamespace = 'private'::regnamespace and c.relkind = 'v' and c.relname = v_name
  ) then
    perform private.raise_problem(404, 'not_found', 'There is no such metric.');
  elsif v_skip !~ '^[0-9]{1,9}$' then
    perform private.raise_problem(422, 'invalid_cursor', '{"field": "before", "detail": "Send the `next` of the page before."}');
  end if;
  -- A row more than the page has tells whether there is another.
  execute format('select coalesce(jsonb_agg(to_jsonb(r)), ''[]'') from (select * from private.%I offset $1 limit $2) as r', v_name)
  into v_rows using v_skip::integer, v_limit + 1;
  return jsonb_build_object(
    'rows', case when jsonb_array_length(v_rows) > v_limit then v_rows - v_limit else v_rows end,
    'next', case when jsonb_array_length(v_rows) > v_limit then (v_skip::integer + v_limit)::text end,
    'columns', (
      select jsonb_agg(a.attname order by a.attnum) from pg_catalog.pg_attribute as a
      where a.attrelid = format('private.%I', v_name)::regclass and a.attnum > 0
    ),
    'about', obj_description(format('private.%I', v_name)::regclass, 'pg_class')
  );
end
$$;
comment on function private.admin_metric(uuid, jsonb) is
  'The rows of a metric, a thousand at once: a view private.report_<name>, which sql/reports/<name>.sql reads, too.';
