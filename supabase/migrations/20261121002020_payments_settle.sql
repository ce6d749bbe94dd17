-- Settling: which credits follow from the payments that are there. Each lot has a key that says what it is for
-- (order:<id>, subscription:<id>:<month>), so it comes once; each refund and dispute is booked under its own id.

-- functions ---------------------------------------------------------------------------------------------------
create function private.slices(p_period_end timestamptz, p_interval text)
returns table (starts_at timestamptz, ends_at timestamptz, is_first boolean)
language sql
immutable
set search_path = ''
as $$
  select
    ((p_period_end at time zone 'UTC') - make_interval(months => n.left_over)) at time zone 'UTC',
    ((p_period_end at time zone 'UTC') - make_interval(months => n.left_over - 1)) at time zone 'UTC',
    n.left_over = case p_interval when 'year' then 12 else 1 end
  from generate_series(1, case p_interval when 'year' then 12 else 1 end) as n (left_over)
$$;
comment on function private.slices(timestamptz, text) is 'The months of a paid period, counted back from its end in UTC.';

create function private.reverse_lot(p_payment public.payments, p_lot public.credit_grants)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_refund private.payment_refunds;
  v_dispute private.payment_disputes;
  v_key text;
  v_known private.credit_reversals;
  v_total numeric := 0;
  v_units integer;
  v_booked integer := 0;
begin
  -- The lot's share of what was refunded, rounded down over all refunds together, so that their order is no matter.
  select coalesce(sum(r.units), 0)::integer, coalesce(sum(f.amount) filter (where r.reversal_key is not null), 0)
  into v_booked, v_total
  from private.payment_refunds as f
  left join private.credit_reversals as r
    on r.reversal_key = format('refund:%s:%s:%s', f.provider, f.provider_refund_id, p_lot.grant_key)
  where f.provider = p_payment.provider and f.provider_payment_id = p_payment.provider_payment_id;
  for v_refund in
    select f.* from private.payment_refunds as f
    where f.provider = p_payment.provider and f.provider_payment_id = p_payment.provider_payment_id and f.status <> 'pending'
    order by f.provider_refund_id
  loop
    v_key := format('refund:%s:%s:%s', v_refund.provider, v_refund.provider_refund_id, p_lot.grant_key);
    select r.* into v_known from private.credit_reversals as r where r.reversal_key = v_key;
    if v_refund.status = 'processed' and v_known.reversal_key is null then
      v_total := v_total + v_refund.amount;
      v_units := floor(p_lot.amount * least(1, v_total / p_payment.amount))::integer - v_booked;
      v_booked := v_booked + v_units;
      perform private.reverse_credits(p_payment.user_id, p_lot.grant_key, v_key, 'refund', 'applied', v_units);
    elsif v_refund.status = 'failed' and v_known.units > 0 then
      perform private.restore_credits(p_lot, v_known);
    end if;
  end loop;

  for v_dispute in
    select d.* from private.payment_disputes as d
    where d.provider = p_payment.provider and d.provider_payment_id = p_payment.provider_payment_id
    order by d.provider_dispute_id
  loop
    v_key := format('dispute:%s:%s:%s', v_dispute.provider, v_dispute.provider_dispute_id, p_lot.grant_key);
    select r.* into v_known from private.credit_reversals as r where r.reversal_key = v_key || ':lost';
    if v_dispute.status = 'open' then
      perform private.reverse_credits(p_payment.user_id, p_lot.grant_key, v_key, 'dispute', 'open', null);
    elsif v_dispute.status = 'lost' and v_known.reversal_key is null then
      v_units := floor(p_lot.amount * least(1, v_dispute.amount::numeric / p_payment.amount))::integer;
      perform private.reverse_credits(p_payment.user_id, p_lot.grant_key, v_key || ':lost', 'dispute', 'applied', v_units);
    elsif v_dispute.status in ('won', 'closed') and v_known.units > 0 then
      perform private.restore_credits(p_lot, v_known);
    end if;
    -- Over, one way or the other: what is still frozen thaws.
    if v_dispute.status <> 'open' and exists (
      select from private.credit_reversals as r where r.reversal_key = v_key and r.state = 'open'
    ) then
      perform private.reverse_credits(p_payment.user_id, p_lot.grant_key, v_key, 'dispute', 'won', null);
    end if;
  end loop;
end
$$;
comment on function private.reverse_lot(public.payments, public.credit_grants) is
  'Books the refunds and disputes of a payment on a lot it paid for, in proportion to the money. Running it again changes nothing.';

create function private.restore_credits(p_lot public.credit_grants, p_reversal private.credit_reversals)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.grant_credits(
    p_lot.user_id, 'adjustment', p_reversal.units, left('undo:' || p_reversal.reversal_key, 255), p_lot.expires_at,
    p_lot.priority::integer, p_reversal.reversal_key, 'The money came back to us: credits given again'
  );
end
$$;
comment on function private.restore_credits(public.credit_grants, private.credit_reversals) is
  'Gives back what a refund that failed later, or a dispute won later, had taken; once.';

create function private.settle_period(p_payment public.payments, p_at timestamptz)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  v_slice record;
  v_key text;
  v_base integer;
  v_granted integer;
  v_top record;
  v_effects text[] := '{}';
begin
  select l.monthly_credits into v_base from public.plans as l where l.slug = p_payment.plan;
  for v_slice in
    -- A paid period has one slice per month, counted from its end.
    select n.starts_at, n.ends_at, to_char(n.starts_at at time zone 'UTC', 'YYYY-MM') as month
    from private.slices(p_payment.period_end, p_payment.billing_interval) as n
    left join public.subscriptions as s on s.id = p_payment.subscription_id
    where
      -- The first month is paid for now, whatever our clock and the provider's think of each other.
      (n.is_first or n.starts_at <= p_at) and (s.ended_at is null or n.starts_at < s.ended_at)
      -- Months of a year that was paid back do not come any more.
      and p_payment.amount > (
        select coalesce(sum(r.amount), 0) from private.payment_refunds as r
        where r.provider = p_payment.provider and r.provider_payment_id = p_payment.provider_payment_id
          and r.status = 'processed' and r.state_at <= n.starts_at
      )
    order by n.starts_at
  loop
    v_key := format('subscription:%s:%s', p_payment.subscription_id, v_slice.month);
    select sum(g.amount) into v_granted from public.credit_grants as g
    where g.user_id = p_payment.user_id and (g.grant_key = v_key or starts_with(g.grant_key, v_key || ':'));
    if v_granted is null and v_base > 0 then
      perform private.grant_credits(
        p_payment.user_id, 'subscription', v_base, v_key, v_slice.ends_at, null, p_payment.subscription_id::text,
        format('%s, %s', p_payment.plan, v_slice.month)
      );
      v_effects := v_effects || format('granted %s for %s', v_base, v_slice.month);
      v_granted := v_base;
    end if;
    -- An upgrade within the month gives the difference to the best plan that was active in it.
    select t.plan, l.monthly_credits as credits into v_top
    from private.subscription_periods as t inner join public.plans as l on l.slug = t.plan
    where
      t.subscription_id = p_payment.subscription_id and t.month = p_payment.period_month
      and t.billing_interval = p_payment.billing_interval and t.since < v_slice.ends_at
    order by l.monthly_credits desc, t.plan limit 1;
    if v_top.credits > coalesce(v_granted, 0) then
      perform private.grant_credits(
        p_payment.user_id, 'subscription', v_top.credits - coalesce(v_granted, 0), v_key || ':' || v_top.plan, v_slice.ends_at, null,
        p_payment.subscription_id::text, format('%s, rest of %s', v_top.plan, v_slice.month)
      );
      v_effects := v_effects || format('granted %s more for %s', v_top.credits - coalesce(v_granted, 0), v_slice.month);
    end if;
  end loop;
  return v_effects;
end
$$;
comment on function private.settle_period(public.payments, timestamptz) is
  'Grants the months of a paid period that have begun: once per subscription and month, to the level of the best plan active in it, expiring with the month. The caller holds the account''s lock.';

create function private.settle_payments(p_user_id uuid, p_payments uuid[])
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_payment public.payments;
  v_lot public.credit_grants;
  v_order private.billing_orders;
  v_effects text[] := '{}';
begin
  perform from public.user_credits as c where c.user_id = p_user_id for no key update;
  if not found then
    return array['no account: nothing granted'];
  end if;
  v_now := private.now();
  for v_payment in
    select p.* from public.payments as p
    where p.id = any(p_payments) and p.user_id = p_user_id and p.status = 'paid'
    order by p.id
  loop
    if v_payment.kind = 'pack' then
      select o.* into v_order from private.billing_orders as o where o.id = v_payment.order_id;
      if not exists (select from public.credit_grants as g where g.grant_key = 'order:' || v_order.id) then
        perform private.grant_credits(
          p_user_id, 'pack', v_order.credits, 'order:' || v_order.id, null, null, v_order.id::text, v_order.pack
        );
        v_effects := v_effects || format('granted %s for order %s', v_order.credits, v_order.id);
      end if;
    elsif v_payment.subscription_id is not null then
      v_payment := private.resolve_plan(v_payment);
      if v_payment.covers_period then
        v_effects := v_effects || private.settle_period(v_payment, v_now);
      end if;
    end if;

    -- Also before the first refund or dispute of this payment is told, a lot may have to meet an earlier one.
    if exists (select from private.payment_refunds as r where r.provider = v_payment.provider and r.provider_payment_id = v_payment.provider_payment_id)
      or exists (select from private.payment_disputes as d where d.provider = v_payment.provider and d.provider_payment_id = v_payment.provider_payment_id)
    then
      for v_lot in select l.* from private.lots_of(v_payment) as l order by l.grant_key loop
        perform private.reverse_lot(v_payment, v_lot);
      end loop;
      update public.payments as p
      set
        amount_refunded = (
          select coalesce(sum(r.amount), 0) from private.payment_refunds as r
          where r.provider = p.provider and r.provider_payment_id = p.provider_payment_id and r.status = 'processed'
        ),
        dispute_status = (
          select coalesce(min(d.status) filter (where d.status = 'open'), min(d.status) filter (where d.status = 'lost'), max(d.status), 'none')
          from private.payment_disputes as d
          where d.provider = p.provider and d.provider_payment_id = p.provider_payment_id
        )
      where p.id = v_payment.id;
    end if;
  end loop;
  return v_effects;
end
$$;
comment on function private.settle_payments(uuid, uuid[]) is
  'Brings a user''s credits to what the given paid payments entitle to, less what was given back. Running it again changes nothing.';

create function private.lots_of(p_payment public.payments)
returns setof public.credit_grants
language sql
stable
set search_path = ''
as $$
  select g.* from public.credit_grants as g
  where g.user_id = p_payment.user_id and g.grant_key = 'order:' || p_payment.order_id and p_payment.kind = 'pack'
  union all
  -- A period's charge paid for the months in it …
  select g.*
  from private.slices(p_payment.period_end, p_payment.billing_interval) as n
  inner join public.credit_grants as g
    on g.grant_key = format('subscription:%s:%s', p_payment.subscription_id, to_char(n.starts_at at time zone 'UTC', 'YYYY-MM'))
  where p_payment.covers_period and g.user_id = p_payment.user_id
  union all
  -- … an upgrade's charge for what came on top of them, from then to the end of the period.
  select g.*
  from public.credit_grants as g
  where p_payment.kind = 'subscription' and not p_payment.covers_period and g.user_id = p_payment.user_id
    and starts_with(g.grant_key, 'subscription:' || p_payment.subscription_id || ':')
    and g.grant_key ~ ':[0-9]{4}-[0-9]{2}:' and g.expires_at > p_payment.paid_at
    and g.expires_at <= (
      select min(p.period_end) from public.payments as p
      where p.subscription_id = p_payment.subscription_id and p.covers_period and p.status = 'paid' and p.period_end > p_payment.paid_at
    )
$$;
comment on function private.lots_of(public.payments) is 'The lots that a payment paid for.';

-- indexes -----------------------------------------------------------------------------------------------------
create index payments_yearly_idx on public.payments (period_end) where covers_period and billing_interval = 'year';
