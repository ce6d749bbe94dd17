-- Cash per UTC month, provider and currency, in the smallest unit of the currency: payments in the month in which they
-- were paid, refunds in the month in which the provider processed them, disputes in the month in which they were lost,
-- each in its own currency. Money of which no account is known is "unmatched": it waits for its order, or needs a look.
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
