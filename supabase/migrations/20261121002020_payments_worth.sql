-- What each payment is worth now: what it was for, whether it counts, and how much of the money stayed with us.
-- Pure functions of the facts, read from top to bottom: charges, the months they pay for, the lots that follow.

-- types -------------------------------------------------------------------------------------------------------
create type private.charge as (
  payment_id uuid,
  provider text,
  reference text,
  user_id uuid,
  order_id uuid,
  subscription_id uuid,
  -- pack, cycle, upgrade, or null: nothing that we sell.
  purpose text,
  -- Why it is worth nothing.
  problem text,
  paid_at timestamptz,
  amount bigint,
  refunded bigint,
  lost bigint,
  disputed bigint,
  currency text,
  plan text,
  from_plan text,
  price bigint,
  billing_interval text,
  -- Of a pack the units, of a cycle the units a month, of an upgrade what a whole month has more.
  units integer,
  starts_at timestamptz,
  ends_at timestamptz,
  -- Of an upgrade: the charge whose period it is in, and the share of the difference that was paid, as a fraction.
  cycle text,
  share_paid numeric,
  share_asked numeric,
  rank integer,
  terms jsonb
);
comment on type private.charge is 'A paid payment: what it was for, and what became of its money.';

create type private.lot as (
  grant_key text,
  -- Under which other keys the same lot may be there: of the payments that paid the same thing.
  other_keys text[],
  source text,
  amount integer,
  taken integer,
  lost integer,
  disputed integer,
  priority integer,
  starts_at timestamptz,
  expires_at timestamptz,
  reference text,
  description text,
  -- Units gone by refund and lost dispute, in sum what was taken and lost, and under open dispute: [["dispute disp_1", 3]].
  returned jsonb,
  open_disputes jsonb,
  -- What the play through time leaves.
  remaining integer,
  expired integer,
  frozen integer
);
comment on type private.lot is 'A lot as it must be: units granted, gone with the money, under dispute, and what is left of them.';

-- views -------------------------------------------------------------------------------------------------------
create view private.payment_money with (security_invoker = true) as
select
  p.id as payment_id,
  p.user_id,
  coalesce(r.refunded, 0)::bigint as refunded,
  coalesce(d.lost, 0)::bigint as lost,
  coalesce(d.disputed, 0)::bigint as disputed,
  coalesce(d.status, 'none') as dispute_status,
  coalesce(r.foreign_currency, false) or coalesce(d.foreign_currency, false) as has_foreign_currency
from public.payments as p
left join lateral (
  select
    sum(f.amount) filter (where f.status = 'processed' and f.currency = p.currency) as refunded,
    bool_or(f.status = 'processed' and f.currency <> p.currency) as foreign_currency
  from private.payment_refunds as f
  where f.provider = p.provider and f.provider_payment_id = p.provider_payment_id
) as r on true
left join lateral (
  select
    sum(f.amount) filter (where f.status = 'lost' and f.currency = p.currency) as lost,
    sum(f.amount) filter (where f.status = 'open' and f.currency = p.currency) as disputed,
    coalesce(
      min(f.status) filter (where f.status = 'open' and f.currency = p.currency),
      min(f.status) filter (where f.status = 'lost' and f.currency = p.currency),
      max(f.status) filter (where f.currency = p.currency)
    ) as status,
    bool_or(f.status in ('open', 'lost') and f.currency <> p.currency) as foreign_currency
  from private.payment_disputes as f
  where f.provider = p.provider and f.provider_payment_id = p.provider_payment_id
) as d on true;
comment on view private.payment_money is 'What went back of each payment, from its refunds and disputes in its own currency.';

-- functions ---------------------------------------------------------------------------------------------------
create function private.charges(p_user_id uuid)
returns setof private.charge
language plpgsql
stable
set search_path = ''
as $$
declare
  v_plain private.charge[];
  v_cycles private.charge[];
  v_upgrades private.charge[] := '{}';
  v_charge private.charge;
begin
  -- Most accounts never paid.
  if not exists (select from public.payments as p where p.user_id = p_user_id and p.status = 'paid') then
    return;
  end if;
  v_plain := private.without_mid_cycles(array(select c from private.plain_charges(p_user_id) as c));
  v_cycles := array(select c from unnest(v_plain) as c where c.purpose = 'cycle');
  return query select c.* from unnest(v_plain) as c where c.purpose is not null;
  -- An upgrade begins where the one before it ended, so they are read one after the other.
  for v_charge in
    select c.* from unnest(v_plain) as c
    where c.purpose is null
    order by c.subscription_id, c.paid_at, c.rank nulls last, c.reference
  loop
    v_charge := private.upgrade_of(v_charge, v_cycles, v_upgrades);
    if v_charge.purpose = 'upgrade' then
      v_upgrades := v_upgrades || v_charge;
    end if;
    return next v_charge;
  end loop;
end
$$;
comment on function private.charges(uuid) is 'Every paid payment of an account: what it was for, whether it counts, and what went back of it.';

create function private.order_of(p_payment public.payments)
returns private.billing_orders
language plpgsql
stable
set search_path = ''
as $$
declare
  v_order private.billing_orders;
begin
  -- Apart, so that each is one look into an index.
  if p_payment.order_id is not null then
    select o.* into v_order from private.billing_orders as o where o.id = p_payment.order_id;
  elsif p_payment.provider_subscription_id is not null then
    select o.* into v_order from private.billing_orders as o
    where o.provider = p_payment.provider and o.provider_subscription_id = p_payment.provider_subscription_id;
  end if;
  return v_order;
end
$$;
comment on function private.order_of(public.payments) is 'The order that a payment is for: of its pack, or of its subscription.';

create function private.plain_charges(p_user_id uuid)
returns setof private.charge
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with subscribed as materialized (
    select
      n.provider, n.id, private.ended_at(n.provider, n.id) as ended_at, private.accepted_at(n.provider, n.id) as accepted_at
    from (
      select distinct p.provider, p.provider_subscription_id as id from public.payments as p
      where p.user_id = p_user_id and p.status = 'paid' and p.provider_subscription_id is not null
    ) as n
  )
  select
    p.id, p.provider, p.provider_reference, p.user_id, o.id, p.subscription_id, n.purpose,
    case
      when o.provider_account <> p.provider_account then 'wrong_account'
      when coalesce(o.currency, r.currency) <> p.currency then 'wrong_currency'
      when p.kind = 'pack' and o.amount <> p.amount then 'wrong_amount'
      when case p.kind when 'pack' then least(p.acted_at, p.paid_at) else e.accepted_at end >= private.offer_end(o) then 'late_payment'
      when p.paid_at >= x.closed_at and not exists (select from public.user_credits as c where c.user_id = p_user_id) then 'no_account'
      when p.paid_at > e.ended_at or n.starts_at >= e.ended_at then 'paid_after_end'
      -- Razorpay tells an upgrade's charge like a cycle's; Stripe names the price that was entered.
      -- A charge waits for the first state of its subscription.
      when p.subscription_id is null and p.kind = 'subscription' then null
      when n.purpose is null and (p.provider = 'razorpay' or p.upgrade_price_id is not null) then 'unplaced_upgrade'
      when n.purpose is null then 'unknown_purpose'
    end,
    p.paid_at, p.amount, m.refunded, m.lost, m.disputed, p.currency,
    coalesce(r.plan, u.plan), null::text, case n.purpose when 'pack' then o.amount when 'cycle' then r.amount else u.amount end,
    r.billing_interval,
    case n.purpose when 'pack' then o.credits when 'cycle' then private.plan_term(p.terms, r.plan, 'units') end,
    n.starts_at, p.period_end, null::text, null::numeric, null::numeric,
    private.plan_term(p.terms, coalesce(r.plan, u.plan), 'rank'), p.terms
  from public.payments as p
  inner join private.payment_money as m on m.payment_id = p.id
  left join lateral private.order_of(p) as o on true
  left join private.closed_accounts as x on x.user_id = p.user_id
  left join subscribed as e on p.kind = 'subscription' and e.provider = p.provider and e.id = p.provider_subscription_id
  left join lateral private.cycle_price(p) as r on p.kind = 'subscription'
  left join private.provider_prices as u on u.provider = p.provider and u.provider_price_id = p.upgrade_price_id
  cross join lateral (
    select
      case when p.kind = 'pack' then 'pack' when r.plan is not null and p.subscription_id is not null then 'cycle' end as purpose,
      coalesce(p.period_start, private.months_before(p.period_end, case r.billing_interval when 'year' then 12 else 1 end)) as starts_at
  ) as n
  where p.user_id = p_user_id and p.status = 'paid' and p.amount > 0;
end
$$;
comment on function private.plain_charges(uuid) is 'The paid payments of an account, as far as each speaks for itself: packs and cycles. What is left may be an upgrade.';

create function private.without_mid_cycles(p_plain private.charge[])
returns private.charge[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_charge private.charge;
  v_other private.charge;
  v_all private.charge[] := '{}';
begin
  foreach v_charge in array p_plain loop
    if v_charge.purpose = 'cycle' and v_charge.provider = 'razorpay' then
      foreach v_other in array p_plain loop
        if v_other.purpose = 'cycle' and v_other.subscription_id = v_charge.subscription_id and v_other.starts_at < v_charge.starts_at
          and v_other.ends_at > v_charge.ends_at - interval '1 day' and v_other.ends_at < v_charge.ends_at + interval '1 day'
        then
          v_charge.purpose := null;
          v_charge.problem := coalesce(v_charge.problem, 'unplaced_upgrade');
          v_charge.plan := null;
          v_charge.price := null;
          v_charge.billing_interval := null;
          v_charge.units := null;
          v_charge.rank := null;
          exit;
        end if;
      end loop;
    end if;
    v_all := v_all || v_charge;
  end loop;
  return v_all;
end
$$;
comment on function private.without_mid_cycles(private.charge[]) is
  'Razorpay tells of an upgrade like of a cycle, and its amount may be a price of ours: but it begins inside a period that another charge paid for.';

create function private.plan_term(p_terms jsonb, p_plan text, p_term text)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (p_terms -> p_plan ->> p_term)::integer,
    (select case p_term when 'units' then l.monthly_credits else l.rank end from public.plans as l where l.slug = p_plan)
  )
$$;
comment on function private.plan_term(jsonb, text, text) is 'Units a month or rank of a plan as they were when a payment was made; of a plan that came later, as they are.';

create function private.months_before(p_end timestamptz, p_months integer)
returns timestamptz
language sql
immutable
set search_path = ''
as $$ select ((p_end at time zone 'UTC') - make_interval(months => p_months)) at time zone 'UTC' $$;
comment on function private.months_before(timestamptz, integer) is 'The moment so many UTC calendar months earlier; a day that a month lacks becomes its last.';

create function private.is_asked(p_payment public.payments, p_price private.provider_prices)
returns boolean
language sql
stable
set search_path = ''
as $$
  select p_payment.list_amount = p_price.amount or exists (
    select from private.billing_orders as o
    where o.provider = p_payment.provider and o.provider_subscription_id = p_payment.provider_subscription_id
      and p_payment.list_amount = p_price.amount - private.reduction(o, p_price.plan, p_price.amount)
      -- A coupon for once reduces the first period alone.
      and (
        o.coupon_terms ->> 'duration' = 'forever' or not exists (
          select from public.payments as n
          where n.provider = p_payment.provider and n.provider_subscription_id = p_payment.provider_subscription_id
            and n.status = 'paid' and n.period_end < p_payment.period_end - interval '1 day'
        )
      )
  )
$$;
comment on function private.is_asked(public.payments, private.provider_prices) is
  'Whether a payment is of what a price asks, in full or at the reduction of the coupon that it was ordered with.';

create function private.cycle_price(p_payment public.payments)
returns private.provider_prices
language sql
stable
set search_path = ''
as $$
  select r.*
  from private.provider_prices as r
  left join public.plans as l on l.slug = r.plan
  where
    p_payment.period_end is not null and r.provider = p_payment.provider
    and (
      r.provider_price_id = p_payment.provider_price_id
      -- Razorpay's invoice names no plan: it is one on which the subscription was seen active in that period.
      or (
        p_payment.provider_price_id is null and r.currency = p_payment.currency
        and exists (
          select from private.subscription_states as t
          where t.provider = p_payment.provider and t.provider_subscription_id = p_payment.provider_subscription_id
            and t.price_id = r.provider_price_id and t.status = 'active'
            and t.period_end > p_payment.period_end - interval '1 day' and t.period_end < p_payment.period_end + interval '1 day'
        )
      )
    )
    and private.is_asked(p_payment, r)
  order by l.rank, r.provider_price_id
  limit 1
$$;
comment on function private.cycle_price(public.payments) is 'The price whose period a payment paid for, in full or as ordered; null: it is no cycle''s charge.';

create function private.ended_at(p_provider text, p_subscription_id text)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case when t.status in ('canceled', 'expired') then coalesce(t.ended_at, t.state_at) end
  from private.subscription_states as t
  where t.provider = p_provider and t.provider_subscription_id = p_subscription_id
  order by t.state_at desc, array_position(array['fetch', 'command', 'event'], t.source), t.state_key desc
  limit 1
$$;
comment on function private.ended_at(text, text) is 'When a subscription ended, by its newest state; null while it has not.';

create function private.accepted_at(p_provider text, p_subscription_id text)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select case
    -- A state, or a bank's payment, tells only that the customer had accepted by then. While nothing tells when, and
    -- nobody had closed the checkout before, it was in time: the provider closes checkouts at the end of the offer, too.
    when n.known_by >= private.offer_end(o) and coalesce(n.told_at, n.acted_at) is null and coalesce(o.closed_at > n.known_by, true)
      then private.offer_end(o) - interval '1 second'
    else n.known_by
  end
  from (
    select m.told_at, m.acted_at, least(m.told_at, m.acted_at, m.paid_at, m.running_at) as known_by
    from (
      select
        (
          select a.accepted_at from private.subscription_acceptances as a
          where a.provider = p_provider and a.provider_subscription_id = p_subscription_id
        ) as told_at,
        (
          select min(t.state_at) from private.subscription_states as t
          where t.provider = p_provider and t.provider_subscription_id = p_subscription_id and t.status in ('trialing', 'active', 'past_due')
        ) as running_at,
        p.paid_at,
        -- The first charge after a trial is nobody's act.
        case when not exists (
          select from private.billing_orders as b
          where b.provider = p_provider and b.provider_subscription_id = p_subscription_id and b.trial_days > 0
        ) then p.acted_at end as acted_at
      from (
        select min(q.acted_at) as acted_at, min(q.paid_at) as paid_at from public.payments as q
        where q.provider = p_provider and q.provider_subscription_id = p_subscription_id and q.status = 'paid'
      ) as p
    ) as m
  ) as n
  left join private.billing_orders as o on o.provider = p_provider and o.provider_subscription_id = p_subscription_id
$$;
comment on function private.accepted_at(text, text) is
  'When a customer accepted a subscription: as a report tells it, else by when it is known that they had. Null: not known to be accepted.';
