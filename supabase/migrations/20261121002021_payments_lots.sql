-- Which lots an account must have: of its charges (packs, months of paid periods, months of upgrades) and of what it was
-- given. Each lot holds its own share of the money that was kept, rounded up. And which plans an upgrade left and entered.

-- functions ---------------------------------------------------------------------------------------------------
create function private.expected_lots(p_user_id uuid, p_at timestamptz)
returns setof private.lot
language plpgsql
stable
set search_path = ''
as $$
declare
  v_charges private.charge[] := array(
    select c from private.charges(p_user_id) as c where c.problem is null and c.purpose is not null
  );
begin
  return query
  -- One thing may have been paid more than once: then it is worth what was kept of all its payments, at most once.
  with things as (
    select
      c.purpose, min(c.order_id::text) as order_id, c.subscription_id,
      (array_agg(c.provider order by c.paid_at, c.reference))[1] as provider,
      array_agg(c.reference order by c.paid_at, c.reference) as payments,
      (array_agg(c.plan order by c.paid_at, c.reference))[1] as plan,
      (array_agg(c.units order by c.paid_at, c.reference))[1] as units,
      (array_agg(c.billing_interval order by c.paid_at, c.reference))[1] as billing_interval,
      (array_agg(case c.purpose when 'pack' then c.price else c.amount end order by c.paid_at, c.reference))[1] as price,
      min(c.paid_at) as paid_at,
      (array_agg(c.starts_at order by c.paid_at, c.reference))[1] as period_starts_at,
      (array_agg(c.ends_at order by c.paid_at, c.reference))[1] as ends_at,
      sum(greatest(0, c.amount - c.refunded)) as not_refunded,
      sum(greatest(0, c.amount - c.refunded - c.lost)) as kept,
      sum(greatest(0, c.amount - c.refunded - c.lost - c.disputed)) as undisputed,
      (array_agg(c.share_paid))[1] as share_paid, (array_agg(c.share_asked))[1] as share_asked, (array_agg(c.rank))[1] as rank,
      (array_agg(c.terms))[1] as terms
    from (select c.*, private.same_thing(c, v_charges) as thing from unnest(v_charges) as c) as c
    group by c.purpose, c.subscription_id, c.thing
  ),
  lots as (
    -- A payment ahead of our clock counts as made now, and the month that it is in has begun.
    select
      'order:' || t.order_id as grant_key, '{}'::text[] as other_keys, 'pack' as source, t.units as amount, 50 as priority,
      least(t.paid_at, p_at) as starts_at, null::timestamptz as expires_at, t.order_id as reference,
      (
        select 'Credit pack: ' || k.name from private.billing_orders as o inner join public.credit_packs as k on k.slug = o.pack
        where o.id = t.order_id::uuid
      ) as description, 1 as months, 1 as months_sold, t.*
    from things as t where t.purpose = 'pack'
    union all
    select
      private.month_key(t.provider, t.payments[1], m.counted_at),
      array(select private.month_key(t.provider, r, m.counted_at) from unnest(t.payments[2:]) as r),
      'subscription', n.amount, 10, case when m.starts_at <= t.paid_at then least(t.paid_at, p_at) else m.starts_at end, m.ends_at, t.payments[1],
      format('%s%s, %s', case t.purpose when 'upgrade' then 'Upgrade to ' end, l.name, to_char(m.starts_at at time zone 'UTC', 'FMMonth YYYY')),
      k.months, k.months_sold, t.*
    from things as t
    inner join public.subscriptions as s on s.id = t.subscription_id
    inner join public.plans as l on l.slug = t.plan
    inner join (
      select n.id, private.ended_at(n.provider, n.provider_subscription_id) as ended_at
      from public.subscriptions as n where n.user_id = p_user_id
    ) as e on e.id = s.id
    cross join lateral private.slices(t.period_starts_at, t.ends_at, t.billing_interval) as m
    -- The months after the subscription's end were given up with it: what is kept is the price of those before.
    cross join lateral (
      select
        case t.purpose when 'cycle' then count(*) else 1 end as months,
        case t.purpose when 'cycle' then count(*) filter (where e.ended_at is null or n.starts_at < e.ended_at) else 1 end as months_sold
      from private.slices(t.period_starts_at, t.ends_at, t.billing_interval) as n
    ) as k
    cross join lateral (
      select case
        when t.purpose = 'cycle' then t.units
        when m.ends_at > t.paid_at then private.upgrade_units(t.units, t.paid_at, m.starts_at, m.ends_at, t.share_paid, t.share_asked)
        else 0
      end as amount
    ) as n
    where
      t.purpose in ('cycle', 'upgrade') and (e.ended_at is null or m.starts_at < e.ended_at)
      -- A later month of an upgrade is there if its plan, or a better one, is in force when the month begins.
      and (
        t.purpose = 'cycle' or m.starts_at <= t.paid_at
        or private.rank_in_force(
          s.provider, s.provider_subscription_id, m.starts_at, t.terms,
          array(select c from unnest(v_charges) as c where c.subscription_id = t.subscription_id)
        ) >= t.rank
      )
    union all
    select
      a.grant_key, '{}', a.source, a.units, a.priority, a.awarded_at, a.expires_at, a.reference,
      coalesce(a.description, initcap(a.source) || ' credits'), 1, 1,
      null, null, null, null, null, null, null, null, 1, null, null, null, 1, 1, 1, null, null, null, null
    from private.credit_awards as a where a.user_id = p_user_id and a.units > 0
  ),
  worth as (
    select
      l.*,
      private.share_of(l.amount, l.not_refunded, l.price, l.months, l.months_sold) as after_refunds,
      private.share_of(l.amount, l.kept, l.price, l.months, l.months_sold) as worth,
      private.share_of(l.amount, l.undisputed, l.price, l.months, l.months_sold) as undisputed_worth
    from lots as l
    where l.amount > 0
  )
  select
    w.grant_key, w.other_keys, w.source, w.amount, w.amount - w.after_refunds, w.after_refunds - w.worth, w.worth - w.undisputed_worth,
    w.priority, w.starts_at, w.expires_at, w.reference, w.description, coalesce(r.gone, '[]'), coalesce(r.open, '[]'), 0, 0, 0
  from worth as w
  left join lateral (
    -- Each refund and dispute took what the lot had less of after it than before it.
    select
      jsonb_agg(jsonb_build_array(n.cause, n.units) order by n.place) filter (where not n.is_open and n.units > 0) as gone,
      jsonb_agg(jsonb_build_array(n.cause, n.units) order by n.place) filter (where n.is_open and n.units > 0) as open
    from (
      select
        m.place, m.cause, m.is_open,
        private.share_of(w.amount, m.kept_before, w.price, w.months, w.months_sold)
          - private.share_of(w.amount, m.kept_after, w.price, w.months, w.months_sold) as units
      from private.money_back(w.provider, w.payments) as m
    ) as n
  ) as r on w.undisputed_worth < w.amount
  left join private.closed_accounts as x on x.user_id = p_user_id
  -- Nothing begins in an account that is closed.
  where x.closed_at is null or w.starts_at < x.closed_at;
end
$$;
comment on function private.expected_lots(uuid, timestamptz) is
  'The lots of an account, also those of paid months that are yet to begin, with what each is worth now.';

create function private.money_back(p_provider text, p_references text[])
returns table (place bigint, cause text, is_open boolean, kept_before numeric, kept_after numeric)
language sql
stable
set search_path = ''
as $$
  with moves as (
    select
      p.id as payment_id, p.amount as paid, 1 as stage, f.processed_at as at, 'refund ' || f.provider_refund_id as cause, f.amount
    from public.payments as p
    inner join private.payment_refunds as f
      on f.provider = p.provider and f.provider_payment_id = p.provider_payment_id and f.currency = p.currency and f.status = 'processed'
    where p.provider = p_provider and p.provider_reference = any(p_references)
    union all
    select
      p.id, p.amount, case f.status when 'lost' then 2 else 3 end, case f.status when 'lost' then f.lost_at else f.told_at end,
      'dispute ' || f.provider_dispute_id, f.amount
    from public.payments as p
    inner join private.payment_disputes as f
      on f.provider = p.provider and f.provider_payment_id = p.provider_payment_id and f.currency = p.currency and f.status in ('open', 'lost')
    where p.provider = p_provider and p.provider_reference = any(p_references)
  ),
  -- Of no payment more goes back than was paid.
  parts as (
    select m.*, least(m.paid, sum(m.amount) over so_far) - least(m.paid, sum(m.amount) over so_far - m.amount) as part
    from moves as m
    window so_far as (partition by m.payment_id order by m.stage, m.at, m.cause)
  )
  select
    row_number() over so_far, m.cause, m.stage = 3, t.paid - sum(m.part) over so_far + m.part, t.paid - sum(m.part) over so_far
  from parts as m
  cross join (
    select sum(p.amount) as paid from public.payments as p where p.provider = p_provider and p.provider_reference = any(p_references)
  ) as t
  window so_far as (order by m.stage, m.at, m.cause)
$$;
comment on function private.money_back(text, text[]) is
  'What was kept of all payments for one thing before and after each refund, lost dispute and open dispute, in this order and each in the provider''s time.';

create function private.upgrade_of(p_charge private.charge, p_cycles private.charge[], p_upgrades private.charge[])
returns private.charge
language plpgsql
stable
set search_path = ''
as $$
declare
  v_cycle private.charge;
  v_before private.charge;
  v_earlier private.charge;
  v_seen private.provider_prices;
  v_target private.provider_prices;
  v_seconds numeric;
  v_reduction bigint;
begin
  select c.* into v_cycle from unnest(p_cycles) as c
  where c.subscription_id = p_charge.subscription_id and c.starts_at <= p_charge.paid_at and p_charge.paid_at < c.ends_at
    -- What begins where a period ends is not part of it, also if it was paid a moment before.
    and (p_charge.starts_at is null or p_charge.starts_at < c.ends_at)
  order by c.starts_at desc, c.ends_at desc, c.paid_at, c.reference limit 1;
  if v_cycle.reference is null then
    return p_charge;
  end if;
  -- P1 is what is paid for by now: the cycle's plan, then each earlier upgrade's.
  v_before := v_cycle;
  foreach v_earlier in array p_upgrades loop
    if v_earlier.subscription_id = p_charge.subscription_id and v_earlier.cycle = v_cycle.reference and v_earlier.rank > v_cycle.rank then
      v_before := v_earlier;
    end if;
  end loop;
  -- A state between the two charges may show that an earlier upgrade was set back, but never below the cycle's plan.
  if v_before.purpose = 'upgrade' then
    select r.* into v_seen
    from private.subscription_states as t
    inner join public.subscriptions as s on s.provider = t.provider and s.provider_subscription_id = t.provider_subscription_id
    inner join private.provider_prices as r on r.provider = t.provider and r.provider_price_id = t.price_id
    where s.id = p_charge.subscription_id and t.state_at > v_before.paid_at and t.state_at < p_charge.paid_at
    order by private.plan_term(p_charge.terms, r.plan, 'rank')
    limit 1;
    if private.plan_term(p_charge.terms, v_seen.plan, 'rank') <= v_cycle.rank then
      v_before := v_cycle;
    elsif private.plan_term(p_charge.terms, v_seen.plan, 'rank') < v_before.rank then
      v_before.plan := v_seen.plan;
      v_before.price := v_seen.amount;
    end if;
  end if;
  -- P2 is the plan that the charge names, else the first above P1 that the subscription is seen on from then on.
  select r.* into v_target
  from private.provider_prices as r
  inner join public.payments as p on p.id = p_charge.payment_id and r.provider = p.provider and r.provider_price_id = p.upgrade_price_id;
  if v_target.plan is null and p_charge.provider = 'razorpay' then
    select r.* into v_target
    from public.subscriptions as s
    inner join private.subscription_states as t
      on t.provider = s.provider and t.provider_subscription_id = s.provider_subscription_id and t.state_at >= p_charge.paid_at and t.state_at < v_cycle.ends_at
    inner join private.provider_prices as r on r.provider = t.provider and r.provider_price_id = t.price_id
    where s.id = p_charge.subscription_id
      and private.plan_term(p_charge.terms, r.plan, 'rank') > private.plan_term(p_charge.terms, v_before.plan, 'rank')
    order by t.state_at, private.plan_term(p_charge.terms, r.plan, 'rank'), t.state_key
    limit 1;
  end if;
  if v_target.plan is null
    or private.plan_term(p_charge.terms, v_target.plan, 'rank') <= private.plan_term(p_charge.terms, v_before.plan, 'rank')
  then
    return p_charge;
  end if;
  p_charge.purpose := 'upgrade';
  p_charge.problem := nullif(p_charge.problem, 'unplaced_upgrade');
  p_charge.plan := v_target.plan;
  p_charge.from_plan := v_before.plan;
  p_charge.price := v_target.amount;
  p_charge.billing_interval := v_cycle.billing_interval;
  p_charge.cycle := v_cycle.reference;
  p_charge.starts_at := v_cycle.starts_at;
  p_charge.ends_at := v_cycle.ends_at;
  p_charge.rank := private.plan_term(p_charge.terms, v_target.plan, 'rank');
  p_charge.units := greatest(
    0, private.plan_term(p_charge.terms, v_target.plan, 'units') - private.plan_term(p_charge.terms, v_before.plan, 'units')
  );
  -- Asked: the difference of the prices, less what a coupon for both plans takes off it, for the whole days that are left.
  -- All of it is paid by one unit of money less.
  v_seconds := extract(epoch from v_cycle.ends_at - v_cycle.starts_at);
  select case
    when o.coupon_terms ->> 'duration' = 'forever' and n.entered > 0 and n.left_behind > 0 then n.entered - n.left_behind else 0
  end into v_reduction
  from private.billing_orders as o
  cross join lateral (
    select private.reduction(o, v_target.plan, v_target.amount) as entered, private.reduction(o, v_before.plan, v_before.price) as left_behind
  ) as n
  where o.id = p_charge.order_id;
  p_charge.share_asked := greatest(0, v_target.amount - v_before.price - coalesce(v_reduction, 0))
    * div(extract(epoch from v_cycle.ends_at - p_charge.paid_at), 86400) * 86400;
  p_charge.share_paid := p_charge.amount * v_seconds;
  if p_charge.share_paid >= p_charge.share_asked - v_seconds then
    p_charge.share_paid := 1;
    p_charge.share_asked := 1;
  end if;
  return p_charge;
end
$$;
comment on function private.upgrade_of(private.charge, private.charge[], private.charge[]) is
  'Reads a charge as that of an upgrade within a paid period: from which plan, to which, and how much of the difference was paid. Unchanged where that is not known.';

create function private.same_thing(p_charge private.charge, p_all private.charge[])
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_other private.charge;
  v_first private.charge := p_charge;
  v_moved boolean := true;
begin
  if p_charge.purpose = 'pack' then
    return p_charge.order_id::text;
  elsif p_charge.purpose <> 'cycle' then
    return p_charge.reference;
  end if;
  -- Two charges of one subscription whose periods end less than a day apart pay for the same period.
  while v_moved loop
    v_moved := false;
    foreach v_other in array p_all loop
      if v_other.purpose = 'cycle' and v_other.subscription_id = v_first.subscription_id
        and v_other.ends_at > v_first.ends_at - interval '1 day' and v_other.ends_at < v_first.ends_at + interval '1 day'
        and (v_other.ends_at, v_other.reference) < (v_first.ends_at, v_first.reference)
      then
        v_first := v_other;
        v_moved := true;
      end if;
    end loop;
  end loop;
  return v_first.reference;
end
$$;
comment on function private.same_thing(private.charge, private.charge[]) is 'What a charge paid for, by a name that all charges for the same thing share.';

create function private.month_key(p_provider text, p_reference text, p_starts_at timestamptz)
returns text
language sql
stable
set search_path = ''
as $$ select format('subscription:%s:%s:%s', p_provider, left(p_reference, 200), to_char(p_starts_at at time zone 'UTC', 'YYYY-MM')) $$;
comment on function private.month_key(text, text, timestamptz) is 'Key of the lot of a month that a payment paid for.';

create function private.slices(p_period_start timestamptz, p_period_end timestamptz, p_interval text)
returns table (starts_at timestamptz, ends_at timestamptz, counted_at timestamptz)
language sql
immutable
set search_path = ''
as $$
  select
    case when n.left_over = m.months then p_period_start else private.months_before(p_period_end, n.left_over) end,
    private.months_before(p_period_end, n.left_over - 1), private.months_before(p_period_end, n.left_over)
  from (select case p_interval when 'year' then 12 else 1 end as months) as m
  cross join lateral generate_series(1, m.months) as n (left_over)
$$;
comment on function private.slices(timestamptz, timestamptz, text) is 'The months of a paid period, counted back from its end in UTC. The first begins with the period.';

create function private.share_of(p_units integer, p_kept numeric, p_price bigint, p_months bigint, p_months_sold bigint)
returns integer
language sql
immutable
set search_path = ''
as $$
  select div(p_units * least(least(p_kept, p_price) * p_months, n.sold_for) + n.sold_for - 1, n.sold_for)::integer
  from (select p_price::numeric * p_months_sold as sold_for) as n
$$;
comment on function private.share_of(integer, numeric, bigint, bigint, bigint) is
  'What is left of a lot when so much of its price was kept: rounded up, never more than it was. Of a period''s months only some were sold where it was ended early.';

create function private.upgrade_units(
  p_units integer, p_at timestamptz, p_starts_at timestamptz, p_ends_at timestamptz, p_share_paid numeric, p_share_asked numeric
)
returns integer
language sql
immutable
set search_path = ''
as $$
  -- Rounded half up, in whole numbers: x / y + 1 / 2 = (2x + y) / 2y.
  select div(2 * n.x + n.y, 2 * n.y)::integer
  from (
    select
      p_units * extract(epoch from p_ends_at - greatest(p_starts_at, p_at)) * p_share_paid as x,
      extract(epoch from p_ends_at - p_starts_at) * p_share_asked as y
  ) as n
$$;
comment on function private.upgrade_units(integer, timestamptz, timestamptz, timestamptz, numeric, numeric) is
  'Units of an upgrade in one month: the difference, for the part of the month that is left, for the part of the price that was paid.';

create function private.rank_in_force(
  p_provider text, p_subscription_id text, p_at timestamptz, p_terms jsonb, p_charges private.charge[]
)
returns integer
language sql
stable
set search_path = ''
as $$
  -- A charge tells, too, which plan it entered or paid for: a state of the same second comes after a cycle's charge and
  -- before an upgrade's.
  select n.rank
  from (
    (
      select private.plan_term(p_terms, r.plan, 'rank') as rank, t.state_at as at, 1 as place
      from private.subscription_states as t
      inner join private.provider_prices as r on r.provider = t.provider and r.provider_price_id = t.price_id
      where t.provider = p_provider and t.provider_subscription_id = p_subscription_id and t.state_at <= p_at
      order by t.state_at desc, array_position(array['fetch', 'command', 'event'], t.source), t.state_key desc
      limit 1
    )
    union all
    select c.rank, c.paid_at, case c.purpose when 'upgrade' then 2 else 0 end
    from unnest(p_charges) as c where c.paid_at <= p_at
  ) as n
  order by n.at desc, n.place desc, n.rank desc
  limit 1
$$;
comment on function private.rank_in_force(text, text, timestamptz, jsonb, private.charge[]) is
  'Rank of the plan that a subscription was on at a moment, by its newest state or charge up to then.';
