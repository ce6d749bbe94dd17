-- Settling: derive the account, compare with what is booked, book the difference. Nothing else in the product writes
-- lots, except that the paid path moves units between free and held.

-- functions ---------------------------------------------------------------------------------------------------
create function private.settle_account(p_user_id uuid, p_at timestamptz default null)
returns text[]
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_at timestamptz;
  v_effects text[];
begin
  perform private.lock_accounts(array[p_user_id]);
  v_at := coalesce(p_at, private.now());
  perform private.note_charges(p_user_id);
  perform private.note_subscriptions(p_user_id);
  perform private.forget_notes(p_user_id);
  if exists (select from public.user_credits as c where c.user_id = p_user_id) then
    v_effects := private.book_account(p_user_id, private.derive_account(p_user_id, v_at), v_at);
  else
    v_effects := private.book_closed_account(p_user_id, v_at);
  end if;
  return v_effects;
end
$$;
comment on function private.settle_account(uuid, timestamptz) is
  'Derives an account from its facts and books the difference to what is booked: payments, orders, subscriptions, lots, ledger. Running it again changes nothing. Works for erased accounts, too.';

create function private.note_charges(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_charges private.charge[] := array(select c from private.charges(p_user_id) as c);
begin
  update public.payments as p
  set
    amount_refunded = m.refunded, amount_lost = m.lost, amount_disputed = m.disputed, dispute_status = m.dispute_status,
    plan = c.plan, billing_interval = c.billing_interval, covers_period = coalesce(c.purpose = 'cycle', false), problem = c.problem
  from private.payment_money as m
  left join unnest(v_charges) as c on c.payment_id = m.payment_id
  where p.user_id = p_user_id and m.payment_id = p.id
    and (
      p.amount_refunded, p.amount_lost, p.amount_disputed, p.dispute_status, p.plan, p.billing_interval, p.covers_period, p.problem
    ) is distinct from (
      m.refunded, m.lost, m.disputed, m.dispute_status, c.plan, c.billing_interval, coalesce(c.purpose = 'cycle', false), c.problem
    );
  -- An order is paid by a payment that counts, from the earliest on.
  update private.billing_orders as o
  set status = n.status, paid_at = n.paid_at
  from (
    select
      b.id, coalesce(k.paid_at, a.accepted_at) as paid_at,
      case
        when coalesce(k.paid_at, a.accepted_at) is not null then 'paid'
        when b.status <> 'paid' then b.status
        when private.offer_end(b) < b.offer_ends_at then 'expired'
        else 'open'
      end as status
    from private.billing_orders as b
    left join lateral (
      select min(c.paid_at) as paid_at from unnest(v_charges) as c where c.purpose = 'pack' and c.order_id = b.id and c.problem is null
    ) as k on b.kind = 'pack'
    left join lateral (
      select e.at as accepted_at
      from (select private.accepted_at(b.provider, b.provider_subscription_id) as at) as e
      where e.at < private.offer_end(b)
    ) as a on b.kind = 'subscription'
    where b.user_id = p_user_id
  ) as n
  where o.id = n.id and (o.status, o.paid_at) is distinct from (n.status, n.paid_at);
end
$$;
comment on function private.note_charges(uuid) is 'Shows in an account''s payments what they were for and what went back of them, and in its orders which are paid.';

create function private.note_subscriptions(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.subscriptions as s
  set paid_until = n.paid_until, returned_periods = n.returned_periods, accepted_late = n.accepted_late, trial_plan = n.trial_plan
  from private.subscription_rights(p_user_id) as n
  where s.id = n.subscription_id
    and (s.paid_until, s.returned_periods, s.accepted_late, s.trial_plan)
    is distinct from (n.paid_until, n.returned_periods, n.accepted_late, n.trial_plan);
end
$$;
comment on function private.note_subscriptions(uuid) is 'Shows in an account''s subscriptions until when they are paid, which is what entitlement is asked by.';

create function private.subscription_rights(p_user_id uuid)
returns table (subscription_id uuid, paid_until timestamptz, returned_periods tstzmultirange, accepted_late boolean, trial_plan text)
language sql
stable
set search_path = ''
as $$
  select
    s.id,
    greatest(s.trial_end, max(p.period_end) filter (where p.is_kept)),
    coalesce(range_agg(tstzrange(p.starts_at, p.period_end)) filter (where not p.is_kept and p.starts_at < p.period_end), '{}'),
    coalesce(private.accepted_at(s.provider, s.provider_subscription_id) >= private.offer_end(o), false),
    case when s.status = 'trialing' or not coalesce(bool_or(p.is_kept), false) then t.plan end
  from public.subscriptions as s
  left join private.billing_orders as o on o.provider = s.provider and o.provider_subscription_id = s.provider_subscription_id
  left join lateral (
    select
      p.period_end,
      -- A period that was charged twice is returned when both charges are.
      exists (
        select from public.payments as n
        where n.subscription_id = p.subscription_id and n.status = 'paid' and n.covers_period and n.problem is null
          and n.amount > n.amount_refunded + n.amount_lost
          and n.period_end > p.period_end - interval '1 day' and n.period_end < p.period_end + interval '1 day'
      ) as is_kept,
      coalesce(p.period_start, private.months_before(p.period_end, case p.billing_interval when 'year' then 12 else 1 end)) as starts_at
    from public.payments as p
    where p.subscription_id = s.id and p.user_id = s.user_id and p.status = 'paid' and p.covers_period and p.problem is null
  ) as p on true
  left join lateral (
    -- What was ordered, or first seen, where it ranks lower than what the provider shows now.
    select l.slug as plan
    from public.plans as l
    inner join public.plans as shown on shown.slug = s.plan and shown.rank > l.rank
    where l.slug = coalesce(o.plan, (
      select r.plan from private.subscription_states as b
      inner join private.provider_prices as r on r.provider = b.provider and r.provider_price_id = b.price_id
      where b.provider = s.provider and b.provider_subscription_id = s.provider_subscription_id and b.status = 'trialing'
      order by b.state_at, b.state_key limit 1
    ))
  ) as t on true
  where s.user_id = p_user_id and s.provider <> 'manual'
  group by s.id, o.id, o.offer_ends_at, o.offer_ended_at, t.plan
$$;
comment on function private.subscription_rights(uuid) is 'What follows from the payments of a user''s subscriptions: until when each is paid, and which paid periods went back in full.';

create function private.book_account(p_user_id uuid, p_derived private.derived, p_at timestamptz)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  v_account public.user_credits;
  v_rows jsonb;
  v_changed boolean;
  v_sum integer;
begin
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  -- A lot that was there under the key of another payment for the same thing is still that lot.
  update public.credit_grants as g set grant_key = l.grant_key
  from unnest(p_derived.lots) as l
  where g.user_id = p_user_id and g.grant_key = any(l.other_keys)
    and not exists (select from public.credit_grants as k where k.grant_key = l.grant_key);
  v_rows := private.differences(p_user_id, p_derived);
  select coalesce(sum((r ->> 'amount')::integer), 0) into v_sum from jsonb_array_elements(v_rows) as r;
  if v_account.balance + v_account.reserved - v_account.debt + v_sum <> p_derived.balance + p_derived.reserved - p_derived.debt then
    raise exception 'the books of % do not add up: % and rows % are not %', p_user_id,
      v_account.balance + v_account.reserved - v_account.debt, v_rows, p_derived;
  end if;

  delete from public.credit_grants as g
  where g.user_id = p_user_id and not exists (select from unnest(p_derived.lots) as l where l.grant_key = g.grant_key);
  v_changed := found;
  insert into public.credit_grants as g (
    user_id, source, grant_key, amount, taken, lost, frozen, returned, expired, remaining, priority, starts_at, expires_at, reference, created_at
  )
  select
    p_user_id, l.source, l.grant_key, l.amount, l.taken, l.lost, l.frozen, l.returned, l.expired, l.remaining, l.priority, l.starts_at,
    l.expires_at, l.reference, p_at
  from unnest(p_derived.lots) as l
  on conflict (grant_key) do update
  set
    amount = excluded.amount, taken = excluded.taken, lost = excluded.lost, frozen = excluded.frozen, returned = excluded.returned,
    expired = excluded.expired, remaining = excluded.remaining, starts_at = excluded.starts_at, expires_at = excluded.expires_at,
    reference = excluded.reference
  where
    (g.amount, g.taken, g.lost, g.frozen, g.returned, g.expired, g.remaining, g.starts_at, g.expires_at, g.reference) is distinct from
    (
      excluded.amount, excluded.taken, excluded.lost, excluded.frozen, excluded.returned, excluded.expired, excluded.remaining,
      excluded.starts_at, excluded.expires_at, excluded.reference
    );
  -- A dispute of units that are all held, and a debt that waits for them, show in no row.
  v_changed := v_changed or found or p_derived.debt > 0 or exists (select from unnest(p_derived.lots) as l where l.disputed > 0);
  if v_changed then
    -- Where the units of open holds are is not known any more: the account is derived again when they come back.
    update public.usage_events as e set hold_lots = '{}', hold_units = '{}'
    where e.user_id = p_user_id and e.status = 'reserved' and e.hold_lots <> '{}'
      and e.reserved_at >= v_account.holds_since;
  end if;
  perform private.post_rows(p_user_id, v_rows, v_account.entries, v_account.balance + v_account.reserved - v_account.debt, p_at);
  update public.user_credits as c
  set
    balance = p_derived.balance, reserved = p_derived.reserved, debt = p_derived.debt, entries = c.entries + jsonb_array_length(v_rows),
    settled_at = greatest(c.settled_at, p_at), next_lot_at = p_derived.next_lot_at, updated_at = p_at,
    wake_at = least(
      p_derived.next_lot_at,
      (
        select min(e.expires_at) from public.usage_events as e
        where e.user_id = p_user_id and e.status = 'reserved'
          and e.reserved_at >= v_account.holds_since
      ),
      -- Also of empty lots: units may come back to them.
      (select min(l.expires_at) from unnest(p_derived.lots) as l where l.expires_at > p_at)
    )
  where c.user_id = p_user_id;
  return array(
    select format('%s %s for %s', r ->> 'kind', r ->> 'amount', coalesce(r ->> 'key', 'the account')) from jsonb_array_elements(v_rows) as r
  );
end
$$;
comment on function private.book_account(uuid, private.derived, timestamptz) is
  'Brings lots and account to what was derived and writes the ledger rows of the difference. The caller holds the account''s lock.';

create function private.entry_text(p_kind text, p_amount integer, p_lot text)
returns text
language sql
immutable
set search_path = ''
as $$
  select left(case p_kind
    when 'grant' then case when p_amount > 0 then p_lot else 'No longer granted: ' || p_lot end
    when 'adjustment' then p_lot
    when 'refund' then case when p_amount < 0 then 'Payment refunded: ' else 'A refund failed or was corrected: ' end || p_lot
    when 'dispute' then case when p_amount < 0 then 'Withheld for a disputed payment: ' else 'Available again after a dispute: ' end || p_lot
    when 'expiry' then case when p_amount < 0 then 'Expired unused: ' else 'Expiry corrected: ' end || p_lot
    when 'debt' then case
      when p_amount < 0 then 'Owed by an earlier account with this email address'
      else 'No longer owed by an earlier account with this email address'
    end
  end, 500)
$$;
comment on function private.entry_text(text, integer, text) is 'What a ledger row says to the customer: what happened, and to which credits.';

create function private.differences(p_user_id uuid, p_derived private.derived)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with pairs as (
    select
      coalesce(l.grant_key, g.grant_key) as key, g.id as grant_id, coalesce(l.source, g.source) as source,
      coalesce(l.starts_at, g.starts_at) as starts_at, coalesce(l.reference, g.reference) as reference,
      coalesce(l.description, initcap(g.source) || ' credits') as description,
      coalesce(l.amount, 0) - coalesce(g.amount, 0) as amount,
      coalesce(l.expired, 0) - coalesce(g.expired, 0) as expired,
      coalesce(l.returned, '[]') as returned, coalesce(g.returned, '[]') as booked
    from unnest(p_derived.lots) as l
    full join (select * from public.credit_grants as g where g.user_id = p_user_id) as g on g.grant_key = l.grant_key
  ),
  rows as (
    select p.starts_at, p.key, p.grant_id, n.place, n.kind, n.amount, n.reference, p.description
    from pairs as p
    cross join lateral (
      select 1 as place, case p.source when 'adjustment' then 'adjustment' else 'grant' end as kind, p.amount, p.reference
      union all
      select 2 + c.place, c.kind, -c.units, c.reference from private.more_returned(p.returned, p.booked) as c
      union all
      -- What was there before expires before anything is granted.
      select case when p.grant_id is not null then 0 end, 'expiry', -p.expired, p.key
    ) as n
    where n.amount <> 0
    union all
    select null, null, null, null, 'debt', -(p_derived.carried - d.booked), null, null
    from (
      select coalesce(-sum(t.amount), 0)::integer as booked
      from public.credit_transactions as t where t.user_id = p_user_id and t.kind = 'debt'
    ) as d
    where p_derived.carried <> d.booked
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'key', r.key, 'grant_id', r.grant_id, 'kind', r.kind, 'amount', r.amount, 'reference', r.reference,
    'description', private.entry_text(r.kind, r.amount, r.description)
  ) order by r.place nulls last, r.kind desc, r.starts_at, r.key), '[]')
  from rows as r
$$;
comment on function private.differences(uuid, private.derived) is
  'What is to be written into the ledger: per lot and cause the difference between what is derived and what is booked.';

create function private.post_rows(p_user_id uuid, p_rows jsonb, p_entries bigint, p_worth integer, p_at timestamptz)
returns void
language sql
set search_path = ''
as $$
  insert into public.credit_transactions (
    user_id, seq, amount, balance_after, kind, grant_id, reference, description, created_at
  )
  select
    p_user_id, p_entries + r.place, (r.row ->> 'amount')::integer,
    p_worth + sum((r.row ->> 'amount')::integer) over (order by r.place), r.row ->> 'kind',
    -- A lot that is new has its id by now; one that is gone had one.
    coalesce(g.id, (r.row ->> 'grant_id')::uuid), r.row ->> 'reference',
    r.row ->> 'description', p_at
  from jsonb_array_elements(p_rows) with ordinality as r (row, place)
  left join public.credit_grants as g on g.grant_key = r.row ->> 'key'
$$;
comment on function private.post_rows(uuid, jsonb, bigint, integer, timestamptz) is 'Writes ledger rows after the last one.';

create function private.book_closed_account(p_user_id uuid, p_at timestamptz)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  v_derived private.derived;
  v_entries bigint;
  v_worth integer;
  v_rows jsonb;
begin
  if not exists (select from private.closed_accounts as x where x.user_id = p_user_id) then
    return array['no account: nothing granted'];
  end if;
  v_derived := private.derive_account(p_user_id, p_at);
  select t.seq, t.balance_after into v_entries, v_worth
  from public.credit_transactions as t where t.user_id = p_user_id order by t.seq desc limit 1;
  -- Its lots are gone as rows, so the causes are compared in sum.
  with derived as (
    select case l.source when 'adjustment' then 'adjustment' else 'grant' end as kind, null as reference, sum(l.amount) as amount
    from unnest(v_derived.lots) as l group by 1
    union all
    select 'adjustment', null, sum(a.units) from private.credit_awards as a where a.user_id = p_user_id and a.units < 0
    union all
    select c.kind, c.reference, -c.units
    from unnest(v_derived.lots) as l cross join lateral private.more_returned(l.returned, '[]') as c
    union all
    select 'expiry', null, -sum(l.expired) from unnest(v_derived.lots) as l
    union all
    select 'debt', null, -v_derived.carried
    union all
    select t.kind, case when t.kind in ('refund', 'dispute') then t.reference end, -sum(t.amount)
    from public.credit_transactions as t where t.user_id = p_user_id and t.kind <> 'usage' group by 1, 2
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'kind', d.kind, 'amount', d.amount, 'reference', d.reference, 'description', private.entry_text(d.kind, d.amount, 'closed account')
  ) order by d.kind, d.reference), '[]') into v_rows
  from (
    select n.kind, n.reference, sum(n.amount)::integer as amount from derived as n group by n.kind, n.reference having sum(n.amount) <> 0
  ) as d;
  perform private.post_rows(p_user_id, v_rows, coalesce(v_entries, 0), coalesce(v_worth, 0), p_at);
  return array(select format('%s %s for the closed account', r ->> 'kind', r ->> 'amount') from jsonb_array_elements(v_rows) as r);
end
$$;
comment on function private.book_closed_account(uuid, timestamptz) is
  'Keeps the books of an erased account: all of it has expired, and its ledger stands at what it owes.';

create function private.close_account_books(p_user_id uuid, p_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.book_closed_account(p_user_id, p_at);
  perform private.settle_account(h.user_id) from private.heir(p_user_id) as h;
end
$$;
comment on function private.close_account_books(uuid, timestamptz) is
  'Closes an account: every lot expires, holds are given back, what it owes stays owed. The facts stay, and so do payments, refunds and ledger.';
