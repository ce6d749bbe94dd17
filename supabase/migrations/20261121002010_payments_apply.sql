-- Applying: facts are merged so that neither their order nor their repetition matters. A subscription's row is its
-- newest state; payments only ever gain (failed, authorised, paid); refunds and disputes are kept under their own ids.
-- Plan, receipts and credits are then derived from what is there (20261121002020).

-- tables ------------------------------------------------------------------------------------------------------
create table private.subscription_periods (
  subscription_id uuid not null references public.subscriptions (id) on delete cascade,
  -- First day of the UTC month in which the period begins.
  month date not null,
  plan text not null references public.plans (slug),
  billing_interval text not null check (billing_interval in ('month', 'year')),
  period_end timestamptz not null,
  -- From when on the provider had the subscription active on this plan in this period.
  since timestamptz not null,
  primary key (subscription_id, month, plan, billing_interval)
);
comment on table private.subscription_periods is
  'Plans on which a subscription was seen active, per period. Also older states leave their mark here, so that an upgrade counts whichever event comes first.';

create sequence private.receipt_numbers;
comment on sequence private.receipt_numbers is 'Numbers of receipts: ascending, with gaps where a transaction was undone.';

-- indexes -----------------------------------------------------------------------------------------------------
create index subscription_periods_plan_idx on private.subscription_periods (plan);

-- row level security ------------------------------------------------------------------------------------------
alter table private.subscription_periods enable row level security;

-- triggers ----------------------------------------------------------------------------------------------------
create function private.number_receipt()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.status = 'paid' and new.user_id is not null and new.receipt_number is null then
    new.receipt_number := format(
      'R-%s-%s', to_char(coalesce(new.paid_at, private.now()) at time zone 'UTC', 'YYYY'),
      lpad(nextval('private.receipt_numbers')::text, 6, '0')
    );
  end if;
  return new;
end
$$;
comment on function private.number_receipt() is 'Before insert or update: a payment that is paid and somebody''s is a receipt and gets its number.';

create trigger payments_number_receipt before insert or update on public.payments
for each row execute function private.number_receipt();

-- functions ---------------------------------------------------------------------------------------------------
create function private.period_month(p_period_end timestamptz, p_interval text)
returns date
language sql
immutable
set search_path = ''
as $$
  -- From the end, which providers keep exact; an upgrade's or a late charge's start lies somewhere in the period.
  select date_trunc('month', (p_period_end at time zone 'UTC') - case p_interval when 'year' then interval '1 year' else interval '1 month' end)::date
$$;
comment on function private.period_month(timestamptz, text) is 'First day of the UTC month in which a period that ends then began.';

create function private.lock_objects(p_provider text, p_facts jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_key bigint;
begin
  -- Rows that do not exist yet cannot be locked, ids can; in one order, so that two events never wait for each other.
  for v_key in
    select distinct hashtextextended(p_provider || ':' || i.id, 0) as key
    from (
      select s ->> 'id' from jsonb_array_elements(p_facts -> 'subscriptions') as s
      union all
      select v.value from jsonb_array_elements(p_facts -> 'payments') as p,
        unnest(array[p ->> 'reference', p ->> 'payment_id', p ->> 'subscription_id', p ->> 'order_id']) as v (value)
      union all
      select r ->> 'payment_id' from jsonb_array_elements(p_facts -> 'refunds') as r
      union all
      select d ->> 'payment_id' from jsonb_array_elements(p_facts -> 'disputes') as d
      union all
      select v.value from jsonb_array_elements(p_facts -> 'checkouts') as c, unnest(array[c ->> 'id', c ->> 'subscription_id']) as v (value)
    ) as i (id)
    where i.id is not null
    order by key
  loop
    perform pg_advisory_xact_lock(v_key);
  end loop;
end
$$;
comment on function private.lock_objects(text, jsonb) is 'Makes events about the same provider objects apply one after the other.';

create function private.owner_of(p_provider text, p_subscription_id text, p_customer_id text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select s.user_id from public.subscriptions as s where s.provider = p_provider and s.provider_subscription_id = p_subscription_id),
    (select o.user_id from private.billing_orders as o where o.provider = p_provider and o.provider_subscription_id = p_subscription_id),
    -- Razorpay gives people with one phone number one customer; and every subscription there has an order of ours.
    (select c.user_id from public.billing_customers as c
     where p_provider = 'stripe' and c.provider = p_provider and c.provider_customer_id = p_customer_id)
  )
$$;
comment on function private.owner_of(text, text, text) is 'Whose a provider''s subscription is, by our own rows alone: the subscription, the order it came from, the customer.';

create function private.state_key(p_fact jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  -- Of two states of the same second the later stage of a subscription's life wins, then any fixed order.
  select array_position(
    array['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'halted', 'expired', 'canceled'], p_fact ->> 'status'
  )::text || ':' || md5((p_fact - 'customer_id')::text)
$$;
comment on function private.state_key(jsonb) is 'Second part of the order over states of a subscription, after their time.';

create function private.merge_subscription(p_provider text, p_at timestamptz, p_source text, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_new record;
  v_price private.provider_prices;
  v_user uuid;
  v_old public.subscriptions;
  v_row public.subscriptions;
  v_key text := private.state_key(p_fact);
  v_news boolean := true;
begin
  select * into v_new from jsonb_to_record(p_fact) as f (
    id text, customer_id text, price_id text, status text, period_start timestamptz, period_end timestamptz, trial_end timestamptz,
    cancel_at_period_end boolean, cancelled_at timestamptz, ended_at timestamptz, scheduled_change boolean
  );
  -- A checkout in progress is nothing yet.
  if v_new.status = 'incomplete' then
    return null;
  end if;
  v_user := private.owner_of(p_provider, v_new.id, v_new.customer_id);
  if v_user is null then
    perform private.raise_problem(404, 'unknown_subscription', 'No order, subscription or customer of ours has this id.');
  end if;
  select p.* into v_price from private.provider_prices as p where p.provider = p_provider and p.provider_price_id = v_new.price_id;
  if not found then
    perform private.raise_problem(422, 'unknown_price', 'The subscription is for a price that was never ours.');
  end if;
  if v_new.customer_id is not null then
    insert into public.billing_customers (user_id, provider, provider_customer_id) values (v_user, p_provider, v_new.customer_id)
    on conflict do nothing;
  end if;

  select s.* into v_old from public.subscriptions as s
  where s.provider = p_provider and s.provider_subscription_id = v_new.id for update;
  if v_old.id is null then
    insert into public.subscriptions (
      user_id, provider, provider_subscription_id, provider_customer_id, plan, billing_interval, currency, status,
      current_period_start, current_period_end, cancel_at_period_end, cancelled_at, ended_at, trial_end, state_at, state_key
    )
    values (
      v_user, p_provider, v_new.id, v_new.customer_id, v_price.plan, v_price.billing_interval, v_price.currency, v_new.status,
      v_new.period_start, v_new.period_end, coalesce(v_new.cancel_at_period_end, false), v_new.cancelled_at, v_new.ended_at,
      v_new.trial_end, p_at, v_key
    )
    returning * into v_row;
  elsif (p_at, v_key) > (v_old.state_at, v_old.state_key) or (p_source = 'fetch' and p_at = v_old.state_at) or p_source = 'command' then
    update public.subscriptions as s
    set
      plan = v_price.plan, billing_interval = v_price.billing_interval, currency = v_price.currency, status = v_new.status,
      provider_customer_id = coalesce(v_new.customer_id, s.provider_customer_id),
      current_period_start = v_new.period_start, current_period_end = v_new.period_end,
      -- A provider that does not tell whether it will end leaves standing what we asked for, within that period.
      cancel_at_period_end = coalesce(
        v_new.cancel_at_period_end, s.cancel_at_period_end and s.current_period_end is not distinct from v_new.period_end
      ),
      scheduled_plan = case
        when v_new.scheduled_change is false or s.scheduled_plan = v_price.plan then null else s.scheduled_plan
      end,
      cancelled_at = v_new.cancelled_at, ended_at = v_new.ended_at, trial_end = v_new.trial_end,
      -- The answer to a command of ours comes after all that we knew of that second, and before the next one.
      state_at = case p_source
        when 'command' then greatest(p_at, date_trunc('second', v_old.state_at) + interval '0.5 seconds') else p_at
      end,
      state_key = v_key,
      -- The same second told two ways: the order above is a guess, and the provider has to be asked.
      needs_refetch = (p_source = 'command' or (p_at = v_old.state_at and v_key <> v_old.state_key)),
      refetched_at = case when p_source = 'fetch' then private.now() else s.refetched_at end
    where s.id = v_old.id returning s.* into v_row;
  else
    v_row := v_old;
    v_news := p_at = v_old.state_at and v_key <> v_old.state_key and not v_old.needs_refetch;
    if v_news then
      update public.subscriptions as s set needs_refetch = true where s.id = v_old.id;
    end if;
  end if;

  if v_new.status = 'active' and v_new.period_end is not null then
    insert into private.subscription_periods as t (subscription_id, month, plan, billing_interval, period_end, since)
    values (
      v_row.id, private.period_month(v_new.period_end, v_price.billing_interval), v_price.plan, v_price.billing_interval,
      v_new.period_end, p_at
    )
    on conflict (subscription_id, month, plan, billing_interval)
    do update set since = least(t.since, excluded.since), period_end = greatest(t.period_end, excluded.period_end)
    where excluded.since < t.since or excluded.period_end > t.period_end;
    v_news := v_news or found;
  end if;
  if not v_news then
    return null;
  end if;
  update public.payments as p set subscription_id = v_row.id, user_id = v_user, kind = 'subscription'
  where p.provider = p_provider and p.provider_subscription_id = v_new.id and p.subscription_id is null;
  -- A subscription that got this far was bought: its order is done, whatever the checkout's own event says later.
  if v_new.status = 'trialing' then
    perform private.claim_benefit(v_user, 'trial');
  end if;
  if v_new.status in ('trialing', 'active') then
    update private.billing_orders as o set status = 'paid', paid_at = coalesce(o.paid_at, p_at)
    where o.provider = p_provider and o.provider_subscription_id = v_new.id and o.status <> 'paid';
  end if;
  return format('subscription %s %s', v_row.id, v_row.status);
end
$$;
comment on function private.merge_subscription(text, timestamptz, text, jsonb) is
  'Takes a state of a subscription: the newest wins, a tie is flagged for fetching, and any state leaves its mark in subscription_periods. Null: nothing new.';

create function private.price_payment(p_payment public.payments)
returns public.payments
language plpgsql
set search_path = ''
as $$
declare
  v_price private.provider_prices;
begin
  if p_payment.provider_subscription_id is null or p_payment.covers_period then
    return p_payment;
  end if;
  if p_payment.provider_price_id is not null then
    select p.* into v_price from private.provider_prices as p
    where p.provider = p_payment.provider and p.provider_price_id = p_payment.provider_price_id;
    if not found then
      perform private.raise_problem(422, 'unknown_price', 'The payment is for a price that was never ours.');
    elsif v_price.currency <> p_payment.currency then
      perform private.raise_problem(422, 'currency_mismatch', 'The payment is in another currency than its price.');
    end if;
  end if;
  p_payment.plan := v_price.plan;
  -- Razorpay's invoice names no plan, but its period has a length.
  p_payment.billing_interval := coalesce(
    v_price.billing_interval,
    case
      when p_payment.period_end - p_payment.period_start > interval '60 days' then 'year'
      when p_payment.period_end is not null then 'month'
    end
  );
  p_payment.period_month := private.period_month(p_payment.period_end, p_payment.billing_interval);
  p_payment.covers_period := p_payment.period_end is not null and p_payment.amount > 0 and coalesce(
    private.is_asked(p_payment, v_price), false
  );
  return p_payment;
end
$$;
comment on function private.price_payment(public.payments) is
  'Compares a subscription''s payment with the price it is for: which plan, and whether it pays for a period. Without a price that is left to resolve_plan.';

create function private.is_asked(p_payment public.payments, p_price private.provider_prices)
returns boolean
language sql
stable
set search_path = ''
as $$
  -- Less than that (an upgrade's difference, a price tampered with) is a payment, and pays for no period.
  select p_payment.list_amount = p_price.amount or exists (
    select from private.billing_orders as o
    where o.provider = p_payment.provider and o.provider_subscription_id = p_payment.provider_subscription_id
      and o.price = p_price.price and o.amount = p_payment.list_amount
  )
$$;
comment on function private.is_asked(public.payments, private.provider_prices) is
  'Whether a payment is of what a price asks, in full or at the reduction that was ordered.';

create function private.resolve_plan(p_payment public.payments)
returns public.payments
language plpgsql
set search_path = ''
as $$
declare
  v_plan text;
begin
  if p_payment.covers_period or p_payment.provider_price_id is not null or p_payment.period_end is null or p_payment.amount = 0 then
    return p_payment;
  end if;
  -- The plan on which the subscription was active in this period, where that is what it costs.
  select t.plan into v_plan
  from private.subscription_periods as t
  inner join public.plans as l on l.slug = t.plan
  inner join private.provider_prices as r
    on r.provider = p_payment.provider and r.plan = t.plan and r.billing_interval = t.billing_interval and r.currency = p_payment.currency
  where
    t.subscription_id = p_payment.subscription_id and t.month = p_payment.period_month
    and t.billing_interval = p_payment.billing_interval and private.is_asked(p_payment, r)
  order by l.rank limit 1;
  if v_plan is not null then
    update public.payments as p set plan = v_plan, covers_period = true where p.id = p_payment.id returning p.* into p_payment;
  end if;
  return p_payment;
end
$$;
comment on function private.resolve_plan(public.payments) is
  'Finds the plan that a payment without a price paid for, once the subscription was seen on it.';

create function private.merge_payment(p_provider text, p_account text, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_new public.payments;
  v_old public.payments;
  v_known public.payments;
  v_created boolean := false;
  v_order private.billing_orders;
  v_rank constant text[] := array['pending', 'failed', 'authorized', 'paid'];
begin
  select
    p_fact ->> 'reference', p_fact ->> 'payment_id', p_fact ->> 'invoice_id', p_fact ->> 'order_id', p_fact ->> 'subscription_id',
    p_fact ->> 'price_id', (p_fact ->> 'amount')::bigint, p_fact ->> 'currency', (p_fact ->> 'list_amount')::bigint, p_fact ->> 'status',
    p_fact ->> 'method', p_fact ->> 'error_code', p_fact ->> 'error_description', (p_fact ->> 'period_start')::timestamptz,
    (p_fact ->> 'period_end')::timestamptz, (p_fact ->> 'paid_at')::timestamptz, p_fact ->> 'receipt_url'
  into
    v_new.provider_reference, v_new.provider_payment_id, v_new.provider_invoice_id, v_new.provider_order_id,
    v_new.provider_subscription_id, v_new.provider_price_id, v_new.amount, v_new.currency, v_new.list_amount, v_new.status,
    v_new.method, v_new.error_code, v_new.error_description, v_new.period_start, v_new.period_end, v_new.paid_at, v_new.receipt_url;

  select o.* into v_order from private.billing_orders as o
  where o.provider = p_provider and o.provider_order_id = v_new.provider_order_id and o.kind = 'pack' for update;
  if found then
    if v_order.provider_account is distinct from p_account and v_order.provider_account is not null then
      perform private.raise_problem(422, 'account_mismatch', 'The payment was made to another account than the order''s.');
    elsif v_order.amount <> v_new.amount then
      perform private.raise_problem(422, 'amount_mismatch', 'The payment is not of the order''s amount.');
    elsif v_order.currency <> v_new.currency then
      perform private.raise_problem(422, 'currency_mismatch', 'The payment is in another currency than the order.');
    end if;
    v_new.user_id := v_order.user_id;
    v_new.kind := 'pack';
    v_new.order_id := v_order.id;
  end if;

  select p.* into v_old from public.payments as p
  where p.provider = p_provider and p.provider_reference = v_new.provider_reference for update;
  if v_old.id is null then
    -- Nobody else is about to insert it: its reference is locked.
    v_created := true;
    v_old.id := gen_random_uuid();
    v_old.provider := p_provider;
    v_old.provider_reference := v_new.provider_reference;
    v_old.currency := v_new.currency;
    v_old.status := v_new.status;
    v_old.covers_period := false;
    v_old.amount_refunded := 0;
    v_old.dispute_status := 'none';
    v_old.created_at := private.now();
    v_old.updated_at := v_old.created_at;
  elsif v_old.currency <> v_new.currency then
    perform private.raise_problem(422, 'currency_mismatch', 'The payment was reported in another currency before.');
  end if;

  v_known := v_old;
  -- Status only rises; what comes with a lower one adds what was not known and changes nothing.
  if array_position(v_rank, v_new.status) >= array_position(v_rank, v_old.status) then
    v_old.amount := v_new.amount;
    v_old.status := v_new.status;
  end if;
  v_old.user_id := coalesce(v_old.user_id, v_new.user_id);
  v_old.kind := coalesce(v_old.kind, v_new.kind);
  v_old.order_id := coalesce(v_old.order_id, v_new.order_id);
  v_old.provider_payment_id := coalesce(v_old.provider_payment_id, v_new.provider_payment_id);
  v_old.provider_invoice_id := coalesce(v_old.provider_invoice_id, v_new.provider_invoice_id);
  v_old.provider_order_id := coalesce(v_old.provider_order_id, v_new.provider_order_id);
  v_old.provider_subscription_id := coalesce(v_old.provider_subscription_id, v_new.provider_subscription_id);
  v_old.provider_price_id := coalesce(v_old.provider_price_id, v_new.provider_price_id);
  v_old.list_amount := coalesce(v_old.list_amount, v_new.list_amount);
  v_old.method := coalesce(v_old.method, v_new.method);
  v_old.error_code := coalesce(v_old.error_code, v_new.error_code);
  v_old.error_description := coalesce(v_old.error_description, v_new.error_description);
  v_old.period_start := coalesce(v_old.period_start, v_new.period_start);
  v_old.period_end := coalesce(v_old.period_end, v_new.period_end);
  v_old.paid_at := least(v_old.paid_at, v_new.paid_at);
  v_old.receipt_url := coalesce(v_old.receipt_url, v_new.receipt_url);
  if v_old.provider_subscription_id is not null then
    select s.id into v_old.subscription_id from public.subscriptions as s
    where s.provider = p_provider and s.provider_subscription_id = v_old.provider_subscription_id;
    v_old.user_id := coalesce(v_old.user_id, private.owner_of(p_provider, v_old.provider_subscription_id, p_fact ->> 'customer_id'));
    v_old.kind := 'subscription';
  end if;
  v_old := private.price_payment(v_old);
  if v_old.status = 'paid' then
    v_old.error_code := null;
    v_old.error_description := null;
  end if;

  if v_created then
    insert into public.payments select v_old.*;
  elsif v_old is not distinct from v_known then
    return null;
  else
    update public.payments as p
    set
      user_id = v_old.user_id, kind = v_old.kind, order_id = v_old.order_id, subscription_id = v_old.subscription_id,
      provider_payment_id = v_old.provider_payment_id, provider_invoice_id = v_old.provider_invoice_id,
      provider_order_id = v_old.provider_order_id, provider_subscription_id = v_old.provider_subscription_id,
      provider_price_id = v_old.provider_price_id, plan = v_old.plan, billing_interval = v_old.billing_interval,
      list_amount = v_old.list_amount, covers_period = v_old.covers_period, amount = v_old.amount, status = v_old.status,
      method = v_old.method, error_code = v_old.error_code, error_description = v_old.error_description,
      period_start = v_old.period_start, period_end = v_old.period_end, period_month = v_old.period_month,
      paid_at = v_old.paid_at, receipt_url = v_old.receipt_url
    where p.id = v_old.id;
  end if;
  if v_order.status <> 'paid' and v_old.status = 'paid' then
    update private.billing_orders as o set status = 'paid', paid_at = v_old.paid_at where o.id = v_order.id;
  end if;
  return format('payment %s %s', v_old.id, case when v_old.user_id is null then 'waits for its owner' else v_old.status end);
end
$$;
comment on function private.merge_payment(text, text, jsonb) is
  'Takes what was told of a payment. One for an order of ours must be of its account, amount and currency; else nothing of the event is applied. Null: nothing new.';

create function private.merge_checkout(p_provider text, p_at timestamptz, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_order private.billing_orders;
begin
  update private.billing_orders as o
  set
    provider_subscription_id = coalesce(o.provider_subscription_id, p_fact ->> 'subscription_id'),
    status = case
      when o.status = 'paid' or p_fact ->> 'status' = 'open' then o.status
      -- A pack is paid by a payment of its amount (merge_payment); that its checkout is complete is not enough.
      when p_fact ->> 'status' = 'paid' and o.kind = 'pack' then o.status
      else p_fact ->> 'status'
    end,
    paid_at = case when p_fact ->> 'status' = 'paid' and o.kind = 'subscription' then coalesce(o.paid_at, p_at) else o.paid_at end
  where o.provider = p_provider and o.provider_order_id = p_fact ->> 'id'
  returning o.* into v_order;
  return case when v_order.id is null then 'checkout of somebody else' else format('order %s %s', v_order.id, v_order.status) end;
end
$$;
comment on function private.merge_checkout(text, timestamptz, jsonb) is
  'Takes the end of a checkout: which subscription came of it, or that nothing did. Paid is final.';

create function private.merge_money_back(p_provider text, p_at timestamptz, p_facts jsonb)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  v_refunds text[];
  v_disputes text[];
begin
  -- Both move from open to an end and never back; among ends the newest wins (a bank may return a processed refund).
  with told as (
    insert into private.payment_refunds as r (provider, provider_refund_id, provider_payment_id, amount, currency, status, state_at)
    select p_provider, f.id, f.payment_id, f.amount, f.currency, f.status, p_at
    from jsonb_to_recordset(coalesce(p_facts -> 'refunds', '[]')) as f (id text, payment_id text, amount bigint, currency text, status text)
    on conflict (provider, provider_refund_id) do update set status = excluded.status, state_at = excluded.state_at
    where (excluded.status <> 'pending', excluded.state_at, excluded.status) > (r.status <> 'pending', r.state_at, r.status)
    returning r.provider_refund_id as id, r.status
  )
  select array_agg(format('refund %s %s', t.id, t.status)) into v_refunds from told as t;
  with told as (
    insert into private.payment_disputes as d (
      provider, provider_dispute_id, provider_payment_id, amount, currency, status, reason, state_at
    )
    select p_provider, f.id, f.payment_id, f.amount, f.currency, f.status, f.reason, p_at
    from jsonb_to_recordset(coalesce(p_facts -> 'disputes', '[]')) as f (
      id text, payment_id text, amount bigint, currency text, status text, reason text
    )
    on conflict (provider, provider_dispute_id)
    do update set status = excluded.status, amount = excluded.amount, reason = excluded.reason, state_at = excluded.state_at
    where (excluded.status <> 'open', excluded.state_at, excluded.status) > (d.status <> 'open', d.state_at, d.status)
    returning d.provider_dispute_id as id, d.status
  )
  select array_agg(format('dispute %s %s', t.id, t.status)) into v_disputes from told as t;
  return coalesce(v_refunds, '{}') || coalesce(v_disputes, '{}');
end
$$;
comment on function private.merge_money_back(text, timestamptz, jsonb) is 'Takes what was told of refunds and disputes, each under its own id.';

create function private.apply_facts(p_provider text, p_account text, p_at timestamptz, p_source text, p_facts jsonb)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  v_fact jsonb;
  v_effect text;
  v_effects text[] := '{}';
  -- What has changed: references of payments, ids of given-back payments, states of subscriptions.
  v_references text[] := '{}';
  v_reversed text[] := '{}';
  v_states jsonb := '[]';
  v_payments uuid[];
  v_user uuid;
begin
  perform private.lock_objects(p_provider, p_facts);
  -- Checkouts first: they tell whose a subscription is.
  for v_fact in select * from jsonb_array_elements(p_facts -> 'checkouts') loop
    v_effects := array_append(v_effects, private.merge_checkout(p_provider, p_at, v_fact));
  end loop;
  for v_fact in select * from jsonb_array_elements(p_facts -> 'subscriptions') loop
    v_effect := private.merge_subscription(p_provider, p_at, p_source, v_fact);
    if v_effect is not null then
      v_effects := v_effects || v_effect;
      v_states := v_states || v_fact;
    end if;
  end loop;
  for v_fact in select * from jsonb_array_elements(p_facts -> 'payments') loop
    v_effect := private.merge_payment(p_provider, p_account, v_fact);
    if v_effect is not null then
      v_effects := v_effects || v_effect;
      v_references := v_references || (v_fact ->> 'reference');
    end if;
  end loop;
  if p_facts -> 'refunds' <> '[]' or p_facts -> 'disputes' <> '[]' then
    v_effects := v_effects || private.merge_money_back(p_provider, p_at, p_facts);
    v_reversed := array(
      select f ->> 'payment_id' from jsonb_array_elements((p_facts -> 'refunds') || (p_facts -> 'disputes')) as f
    );
  end if;
  if v_effects = '{}' then
    -- Told before, and settled then.
    return v_effects;
  end if;

  -- The paid payments that this touches: changed themselves, given back, or of a period whose plan is seen now.
  v_payments := array(
    select p.id from public.payments as p where p.provider = p_provider and p.provider_reference = any(v_references) and p.status = 'paid'
    union
    select p.id from public.payments as p where p.provider = p_provider and p.provider_payment_id = any(v_reversed) and p.status = 'paid'
    union
    select p.id
    from jsonb_array_elements(v_states) as f
    inner join public.subscriptions as s on s.provider = p_provider and s.provider_subscription_id = f ->> 'id'
    inner join private.provider_prices as r on r.provider = p_provider and r.provider_price_id = f ->> 'price_id'
    inner join public.payments as p
      on p.subscription_id = s.id and p.status = 'paid'
      and p.period_month = private.period_month((f ->> 'period_end')::timestamptz, r.billing_interval)
    where f ->> 'status' = 'active'
    order by 1
  );
  if v_payments <> '{}' then
    perform from public.payments as p where p.id = any(v_payments) order by p.id for update;
    for v_user in select distinct p.user_id from public.payments as p where p.id = any(v_payments) and p.user_id is not null order by 1 loop
      v_effects := v_effects || private.settle_payments(v_user, v_payments);
    end loop;
  end if;
  return array_remove(v_effects, null);
end
$$;
comment on function private.apply_facts(text, text, timestamptz, text, jsonb) is
  'Merges everything that an event (source event), a look at the provider (fetch) or its answer to a change (command) told at a moment, and derives receipts and credits. Any order and repetition of calls ends in the same rows.';
