-- Payments against orders and credits: what must not be.

-- views -------------------------------------------------------------------------------------------------------
create view private.check_payments with (security_invoker = true) as
with sold as (
  -- Who erased their account has no lots; the books stay.
  select p.*, o.user_id as buyer, o.amount as asked, o.currency as asked_in, o.status as order_status
  from public.payments as p
  left join private.billing_orders as o on o.id = p.order_id
  where p.user_id in (select c.user_id from public.user_credits as c)
)
select 'paid, of another amount, currency or user than its order' as problem, s.id::text as what
from sold as s
where s.kind = 'pack' and s.status = 'paid' and (s.amount, s.currency, s.user_id) is distinct from (s.asked, s.asked_in, s.buyer)
union all
select 'a pack is paid and not granted', s.id::text
from sold as s
where
  s.kind = 'pack' and s.status = 'paid'
  and not exists (select from public.credit_grants as g where g.grant_key = 'order:' || s.order_id)
union all
select 'a pack is granted and not paid', g.grant_key
from private.billing_orders as o
inner join public.credit_grants as g on g.grant_key = 'order:' || o.id
where not exists (select from sold as s where s.order_id = o.id and s.status = 'paid')
union all
select 'a period is paid and its first month not granted', s.id::text
from sold as s
inner join public.plans as l on l.slug = s.plan and l.monthly_credits > 0
inner join public.subscriptions as b on b.id = s.subscription_id
cross join lateral private.slices(s.period_end, s.billing_interval) as n
where
  s.covers_period and s.status = 'paid' and n.is_first and (b.ended_at is null or n.starts_at < b.ended_at)
  and not exists (
    select from public.credit_grants as g
    where g.user_id = s.user_id
      and starts_with(g.grant_key, format('subscription:%s:%s', s.subscription_id, to_char(n.starts_at at time zone 'UTC', 'YYYY-MM')))
  )
union all
select 'a month is granted that nobody paid for', g.grant_key
from public.credit_grants as g
where
  g.grant_key like 'subscription:%-%-%-%-%:%'
  and g.reference in (select b.id::text from public.subscriptions as b where b.provider <> 'manual')
  and not exists (
    select from sold as s cross join lateral private.slices(s.period_end, s.billing_interval) as n
    where s.subscription_id::text = g.reference and s.covers_period and s.status = 'paid'
      and starts_with(g.grant_key, format('subscription:%s:%s', s.subscription_id, to_char(n.starts_at at time zone 'UTC', 'YYYY-MM')))
  )
union all
select 'more was given back than was paid', s.id::text from sold as s where s.amount_refunded > s.amount
union all
select 'paid and without a number', s.id::text from sold as s where s.status = 'paid' and s.receipt_number is null
union all
select 'an order is open that was paid', s.order_id::text
from sold as s where s.kind = 'pack' and s.status = 'paid' and s.order_status <> 'paid'
order by 1, 2;
comment on view private.check_payments is 'Payments against our orders and the credits that came of them. No row: they agree.';
