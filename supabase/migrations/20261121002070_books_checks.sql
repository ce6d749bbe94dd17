-- The books against the facts: every account is derived again and compared with what is booked.

-- views -------------------------------------------------------------------------------------------------------
create view private.check_books with (security_invoker = true) as
with accounts as materialized (
  -- As of when each was derived last: that time passes is no fault of the books.
  select c.user_id, c.balance, c.reserved, c.debt, c.next_lot_at, c.wake_at, d.derived
  from public.user_credits as c
  cross join lateral (select private.derive_account(c.user_id, coalesce(c.settled_at, private.now())) as derived) as d
),
lots as (
  select a.user_id, l.* from accounts as a cross join lateral unnest((a.derived).lots) as l
),
charges as materialized (
  select c.*
  from (select distinct p.user_id from public.payments as p where p.user_id is not null) as u
  cross join lateral private.charges(u.user_id) as c
)
select 'the account is not what follows from its facts' as problem, a.user_id as subject,
  format(
    'balance %s, reserved %s, debt %s against %s, %s, %s', a.balance, a.reserved, a.debt, (a.derived).balance, (a.derived).reserved,
    (a.derived).debt
  ) as detail
from accounts as a
where (a.balance, a.reserved, a.debt) is distinct from ((a.derived).balance, (a.derived).reserved, (a.derived).debt)
union all
-- Else a month that has begun is not granted until something else happens.
select 'an account does not wake when its next lot begins', a.user_id, format('%s, wakes %s', a.next_lot_at, a.wake_at)
from accounts as a
where a.next_lot_at is distinct from (a.derived).next_lot_at or coalesce(a.wake_at > a.next_lot_at, a.next_lot_at is not null)
union all
select 'the ledger of a lot is not what the lot says', g.user_id, g.grant_key
from public.credit_grants as g
left join (
  select
    t.grant_id,
    sum(t.amount) filter (where t.kind in ('grant', 'adjustment')) as granted, sum(t.amount) filter (where t.kind = 'refund') as refunded,
    sum(t.amount) filter (where t.kind = 'dispute') as disputed, sum(t.amount) filter (where t.kind = 'expiry') as expired
  from public.credit_transactions as t where t.grant_id is not null group by t.grant_id
) as t on t.grant_id = g.id
where (coalesce(t.granted, 0), coalesce(t.refunded, 0), coalesce(t.disputed, 0), coalesce(t.expired, 0))
  is distinct from (g.amount::bigint, -g.taken::bigint, -(g.lost + g.frozen)::bigint, -g.expired::bigint)
union all
select 'the ledger names another cause than the lot', g.user_id, g.grant_key || ' ' || (e ->> 0)
from public.credit_grants as g
cross join lateral jsonb_array_elements(g.returned) as e
where (e ->> 1)::bigint <> -coalesce((
  select sum(t.amount) from public.credit_transactions as t where t.grant_id = g.id and t.kind || ' ' || t.reference = e ->> 0
), 0)
union all
select 'more or less is frozen than is disputed', a.user_id, format('%s against %s', g.frozen, (a.derived).frozen)
from accounts as a
cross join lateral (select coalesce(sum(g.frozen), 0) as frozen from public.credit_grants as g where g.user_id = a.user_id) as g
where g.frozen <> (a.derived).frozen
union all
select 'a lot is not what follows from the facts', coalesce(l.user_id, g.user_id), coalesce(l.grant_key, g.grant_key)
from lots as l
full join public.credit_grants as g on g.grant_key = l.grant_key and g.user_id = l.user_id
where (l.amount, l.taken, l.lost, l.expired, l.starts_at, l.expires_at, l.priority, l.source, l.reference)
    is distinct from (g.amount, g.taken, g.lost, g.expired, g.starts_at, g.expires_at, g.priority, g.source, g.reference)
  -- Which lot is frozen for an open dispute moves with what is used.
  or jsonb_path_query_array(l.returned, '$[*] ? (@[0] starts with "refund ")')
    is distinct from jsonb_path_query_array(g.returned, '$[*] ? (@[0] starts with "refund ")')
union all
select 'units went back, but not with a refund or dispute', g.user_id, g.grant_key
from public.credit_grants as g
cross join lateral (select coalesce(sum((e ->> 1)::integer), 0) as units from jsonb_array_elements(g.returned) as e) as n
where n.units <> g.taken + g.lost + g.frozen
union all
select 'somebody owes and could spend at once', a.user_id, format('balance %s, debt %s', a.balance, a.debt)
from accounts as a where a.balance > 0 and a.debt > 0
union all
select 'a closed account''s ledger is not what it owes', x.user_id, format('%s against %s', t.total, -(x.derived).debt)
from (
  select n.user_id, private.derive_account(n.user_id, n.closed_at) as derived from private.closed_accounts as n
) as x
cross join lateral (select coalesce(sum(t.amount), 0) as total from public.credit_transactions as t where t.user_id = x.user_id) as t
where t.total <> -(x.derived).debt
union all
select 'a payment''s sums are not those of its refunds and disputes', p.user_id, p.provider_reference
from public.payments as p
inner join private.payment_money as m on m.payment_id = p.id
where p.user_id is not null
  and (p.amount_refunded, p.amount_lost, p.amount_disputed, p.dispute_status) is distinct from (m.refunded, m.lost, m.disputed, m.dispute_status)
union all
select 'a payment is not for what it says', p.user_id, p.provider_reference
from public.payments as p
inner join charges as c on c.payment_id = p.id
where (p.plan, p.billing_interval, p.covers_period, p.problem)
  is distinct from (c.plan, c.billing_interval, coalesce(c.purpose = 'cycle', false), c.problem)
union all
select 'a receipt has no number', p.user_id, p.provider_reference
from public.payments as p where p.status = 'paid' and p.user_id is not null and p.receipt_number is null
union all
select 'a receipt has a number that was never given', p.user_id, p.receipt_number
from public.payments as p
cross join private.receipt_counter as c
where coalesce(substring(p.receipt_number from '^R-[0-9]{4}-([0-9]{6,18})$')::bigint > c.last_number, p.receipt_number is not null)
union all
select 'receipt numbers have a gap', null, format('%s given, %s there', c.last_number, n.there)
from private.receipt_counter as c cross join (select count(p.receipt_number) as there from public.payments as p) as n
where c.last_number > n.there
union all
select 'an order is not paid when its payments say', o.user_id, o.id::text
from private.billing_orders as o
left join (
  select c.order_id, min(c.paid_at) as paid_at from charges as c where c.purpose = 'pack' and c.problem is null group by c.order_id
) as k on k.order_id = o.id and o.kind = 'pack'
left join lateral private.accepted_at(o.provider, o.provider_subscription_id) as a (accepted_at)
  on o.kind = 'subscription' and a.accepted_at < private.offer_end(o)
where (o.status = 'paid', o.paid_at) is distinct from (coalesce(k.paid_at, a.accepted_at) is not null, coalesce(k.paid_at, a.accepted_at))
union all
select 'a subscription is not in its newest state', s.user_id, s.provider_subscription_id
from public.subscriptions as s
cross join lateral private.newest_state(s.provider, s.provider_subscription_id) as t
left join private.provider_prices as r on r.provider = t.provider and r.provider_price_id = t.price_id
cross join lateral (
  -- Not every state tells of these: the newest that does.
  select
    (array_agg(o.trial_end order by o.state_at desc, o.place, o.state_key desc) filter (where o.trial_end is not null))[1] as trial_end,
    (array_agg(o.cancel_at_period_end order by o.state_at desc, o.place, o.state_key desc)
      filter (where o.cancel_at_period_end is not null and o.period_end is not distinct from t.period_end))[1] as cancel_at_period_end
  from (
    select n.*, array_position(array['fetch', 'command', 'event'], n.source) as place from private.subscription_states as n
    where n.provider = s.provider and n.provider_subscription_id = s.provider_subscription_id
  ) as o
) as o
where t.state_at is not null and (
  (
    s.status, s.state_at, s.plan, s.billing_interval, s.currency, s.current_period_start, s.current_period_end, s.cancelled_at, s.ended_at,
    s.trial_end
  ) is distinct from (
    t.status, t.state_at, r.plan, r.billing_interval, r.currency, t.period_start, t.period_end, t.cancelled_at, t.ended_at,
    o.trial_end
  )
  -- A provider that does not say whether it ends leaves standing what was asked of it.
  or s.cancel_at_period_end <> o.cancel_at_period_end
)
union all
select 'a subscription is paid until another moment', s.user_id, s.provider_subscription_id
from (select distinct n.user_id from public.subscriptions as n where n.provider <> 'manual') as u
cross join lateral private.subscription_rights(u.user_id) as r
inner join public.subscriptions as s on s.id = r.subscription_id
where (s.paid_until, s.returned_periods, s.accepted_late, s.trial_plan)
  is distinct from (r.paid_until, r.returned_periods, r.accepted_late, r.trial_plan)
order by 1, 2, 3;
comment on view private.check_books is 'Every account derived from its facts again: orders, payments, lots, balance, debt, entitlement. No row: the books follow from the facts.';
