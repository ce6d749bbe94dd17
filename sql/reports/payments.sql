-- Payments and refunds per UTC month, currency and kind of purchase, in the smallest unit of the currency.
select
  to_char(p.paid_at at time zone 'UTC', 'YYYY-MM') as month, p.currency, p.kind, p.provider, count(*) as payments,
  sum(p.amount) as paid, sum(p.amount_refunded) as refunded, count(*) filter (where p.dispute_status <> 'none') as disputed,
  -- Payments that differ from the price: the difference after a change of plan, or a problem to look into.
  count(*) filter (where p.kind = 'subscription' and not p.covers_period) as other_amounts
from public.payments as p
where p.status = 'paid' and p.user_id is not null
group by 1, 2, 3, 4
order by 1 desc, 2, 3, 4;
