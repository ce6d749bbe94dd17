-- Merging: a report adds a fact or replaces one, by a rule that never looks at the order of delivery. Whose a fact is
-- follows from rows of ours alone; a report about something that is not known yet waits.

-- functions ---------------------------------------------------------------------------------------------------
create function private.state_key(p_fact jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  -- Of two states of the same second the later stage of a subscription's life wins, then any fixed order.
  select array_position(
    array['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'halted', 'expired', 'canceled'], p_fact ->> 'status'
  )::text || ':' || md5((p_fact - '{customer_id,accepted_at}'::text[])::text)
$$;
comment on function private.state_key(jsonb) is 'Second part of the order over states of a subscription, after their time.';

create function private.merge_state(p_provider text, p_at timestamptz, p_source text, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_new record;
  v_at timestamptz := p_at;
  v_is_news boolean;
begin
  select * into v_new from jsonb_to_record(p_fact) as f (
    id text, customer_id text, price_id text, status text, period_start timestamptz, period_end timestamptz, trial_end timestamptz,
    cancel_at_period_end boolean, cancelled_at timestamptz, ended_at timestamptz, scheduled_change boolean, accepted_at timestamptz
  );
  v_is_news := private.note_acceptance(p_provider, v_new.id, v_new.accepted_at);
  -- Until its first charge it is in no state yet.
  if v_new.status = 'incomplete' then
    return case when v_is_news then format('subscription %s accepted', v_new.id) end;
  end if;
  if not exists (select from private.provider_prices as r where r.provider = p_provider and r.provider_price_id = v_new.price_id) then
    perform private.raise_problem(404, 'price_not_found', 'The subscription is for a price that was never ours.');
  end if;
  if p_source = 'command' then
    -- The answer to a command of ours comes after all that we knew of that second, also after our command before it, and
    -- before the next second.
    select greatest(
      p_at, date_trunc('second', max(t.state_at)) + interval '0.5 seconds',
      max(t.state_at) filter (where t.source = 'command') + interval '1 microsecond'
    ) into v_at
    from private.subscription_states as t where t.provider = p_provider and t.provider_subscription_id = v_new.id;
  end if;
  insert into private.subscription_states (
    provider, provider_subscription_id, state_at, source, state_key, customer_id, price_id, status, period_start, period_end,
    trial_end, cancel_at_period_end, cancelled_at, ended_at, scheduled_change, created_at
  )
  values (
    p_provider, v_new.id, coalesce(v_at, p_at), p_source, private.state_key(p_fact), v_new.customer_id, v_new.price_id, v_new.status,
    v_new.period_start, v_new.period_end, v_new.trial_end, v_new.cancel_at_period_end, v_new.cancelled_at, v_new.ended_at,
    v_new.scheduled_change, private.now()
  )
  on conflict do nothing;
  return case when found or v_is_news then format('subscription %s %s', v_new.id, v_new.status) end;
end
$$;
comment on function private.merge_state(text, timestamptz, text, jsonb) is
  'Keeps a state of a subscription, also an older one. Null: told before, or a checkout in progress.';

create function private.note_acceptance(p_provider text, p_subscription_id text, p_at timestamptz)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  insert into private.subscription_acceptances as a (provider, provider_subscription_id, accepted_at)
  select p_provider, p_subscription_id, p_at where p_at is not null and p_subscription_id is not null
  on conflict (provider, provider_subscription_id) do update set accepted_at = excluded.accepted_at
  where excluded.accepted_at < a.accepted_at;
  return found;
end
$$;
comment on function private.note_acceptance(text, text, timestamptz) is 'Keeps when a customer accepted a subscription, if it is told; true if that is news.';

create function private.newest_state(p_provider text, p_subscription_id text)
returns private.subscription_states
language sql
stable
set search_path = ''
as $$
  -- A fetched answer beats everything told up to the moment of asking.
  select t.* from private.subscription_states as t
  where t.provider = p_provider and t.provider_subscription_id = p_subscription_id
  order by t.state_at desc, array_position(array['fetch', 'command', 'event'], t.source), t.state_key desc
  limit 1
$$;
comment on function private.newest_state(text, text) is 'The state that counts: the latest by the provider''s clock.';

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

create function private.show_subscription(p_provider text, p_subscription_id text)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_new private.subscription_states := private.newest_state(p_provider, p_subscription_id);
  v_price private.provider_prices;
  v_user uuid;
  v_customer text;
  v_id uuid;
  v_cancels boolean;
  v_trial_end timestamptz;
  v_refetch boolean;
  v_fetched timestamptz;
begin
  select max(n.customer_id) into v_customer
  from (
    select t.customer_id from private.subscription_states as t
    where t.provider = p_provider and t.provider_subscription_id = p_subscription_id
    union all
    select p.provider_customer_id from public.payments as p
    where p.provider = p_provider and p.provider_subscription_id = p_subscription_id
  ) as n;
  v_user := private.owner_of(p_provider, p_subscription_id, v_customer);
  if v_user is null then
    return null;
  end if;
  if v_customer is not null then
    insert into public.billing_customers (user_id, provider, provider_customer_id) values (v_user, p_provider, v_customer)
    on conflict do nothing;
  end if;
  perform private.end_offer(n.id, n.ended_at, true) from private.ended_before_accepted(p_provider, p_subscription_id) as n;
  if v_new.state_at is not null then
    select r.* into v_price from private.provider_prices as r
    where r.provider = p_provider and r.provider_price_id = v_new.price_id;
    select
      (array_agg(t.cancel_at_period_end order by t.state_at desc, array_position(array['fetch', 'command', 'event'], t.source), t.state_key desc)
        filter (where t.cancel_at_period_end is not null and t.period_end is not distinct from v_new.period_end))[1],
      (array_agg(t.trial_end order by t.state_at desc, array_position(array['fetch', 'command', 'event'], t.source), t.state_key desc)
        filter (where t.trial_end is not null))[1],
      -- One second told two ways, or a command's answer, which is no report: the provider has to be asked.
      v_new.source = 'command' or (v_new.source = 'event' and count(*) filter (where t.state_at = v_new.state_at) > 1),
      max(t.state_at) filter (where t.source = 'fetch')
    into v_cancels, v_trial_end, v_refetch, v_fetched
    from private.subscription_states as t
    where t.provider = p_provider and t.provider_subscription_id = p_subscription_id;
    insert into public.subscriptions as s (
      user_id, provider, provider_subscription_id, provider_customer_id, plan, billing_interval, currency, status,
      current_period_start, current_period_end, cancel_at_period_end, cancelled_at, ended_at, trial_end, state_at, state_key,
      needs_refetch, refetched_at
    )
    values (
      v_user, p_provider, p_subscription_id, v_customer, v_price.plan, v_price.billing_interval, v_price.currency, v_new.status,
      v_new.period_start, v_new.period_end, coalesce(v_cancels, false), v_new.cancelled_at, v_new.ended_at, v_trial_end,
      v_new.state_at, v_new.state_key, v_refetch, v_fetched
    )
    on conflict (provider, provider_subscription_id) do update
    set
      plan = excluded.plan, billing_interval = excluded.billing_interval, currency = excluded.currency, status = excluded.status,
      provider_customer_id = excluded.provider_customer_id,
      current_period_start = excluded.current_period_start, current_period_end = excluded.current_period_end,
      -- A provider that does not tell whether it will end leaves standing what we asked for, within that period.
      cancel_at_period_end = coalesce(
        v_cancels, s.cancel_at_period_end and s.current_period_end is not distinct from excluded.current_period_end
      ),
      scheduled_plan = case
        when (s.state_at, s.state_key) = (excluded.state_at, excluded.state_key) then s.scheduled_plan
        when v_new.scheduled_change is false or s.scheduled_plan = excluded.plan then null
        else s.scheduled_plan
      end,
      cancelled_at = excluded.cancelled_at, ended_at = excluded.ended_at, trial_end = excluded.trial_end,
      state_at = excluded.state_at, state_key = excluded.state_key, needs_refetch = excluded.needs_refetch,
      refetched_at = excluded.refetched_at;
    select s.id into v_id from public.subscriptions as s
    where s.provider = p_provider and s.provider_subscription_id = p_subscription_id;
    if exists (
      select from private.subscription_states as t
      where t.provider = p_provider and t.provider_subscription_id = p_subscription_id and t.status = 'trialing'
    ) then
      perform private.claim_benefit(v_user, 'trial');
    end if;
  end if;
  update public.payments as p
  set
    user_id = v_user, kind = 'subscription', subscription_id = coalesce(p.subscription_id, v_id),
    -- What the plans gave when the money came.
    terms = case when p.terms = '{}' then private.plan_terms() else p.terms end
  where p.provider = p_provider and p.provider_subscription_id = p_subscription_id
    and (p.user_id is null or (p.subscription_id is null and v_id is not null) or p.terms = '{}');
  return v_user;
end
$$;
comment on function private.show_subscription(text, text) is
  'Makes the row of a subscription from its newest state and gives its payments their owner. Null: whose it is, is not known yet.';

create function private.ended_before_accepted(p_provider text, p_subscription_id text)
returns table (id uuid, ended_at timestamptz)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select o.id, e.ended_at
  from private.billing_orders as o
  cross join lateral (
    select min(t.state_at) as ended_at from private.subscription_states as t
    where t.provider = o.provider and t.provider_subscription_id = o.provider_subscription_id and t.status in ('canceled', 'expired')
  ) as e
  -- At Stripe the checkout session reports its own end.
  where o.provider = 'razorpay' and o.provider = p_provider and o.provider_subscription_id = p_subscription_id
    and e.ended_at < coalesce(private.accepted_at(o.provider, o.provider_subscription_id), 'infinity');
end
$$;
comment on function private.ended_before_accepted(text, text) is
  'The order of a Razorpay subscription that ended before the customer accepted it: its checkout is closed from then on.';

create function private.plan_terms()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(l.slug, jsonb_build_object('units', l.monthly_credits, 'rank', l.rank, 'name', l.name)), '{}') from public.plans as l
$$;
comment on function private.plan_terms() is 'What the plans give now and what they are called, to be kept with a payment.';

create function private.merge_payment(p_provider text, p_account text, p_at timestamptz, p_is_fetched boolean, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_new record;
  v_old public.payments;
  v_known public.payments;
  v_rank constant text[] := array['pending', 'failed', 'authorized', 'paid'];
  v_order private.billing_orders;
  v_is_beaten boolean;
begin
  select * into v_new from jsonb_to_record(p_fact) as f (
    reference text, payment_id text, invoice_id text, order_id text, subscription_id text, customer_id text, price_id text,
    upgrade_price_id text, amount bigint, currency text, list_amount bigint, status text, method text, error_code text,
    error_description text, period_start timestamptz, period_end timestamptz, acted_at timestamptz, paid_at timestamptz, receipt_url text
  );
  select p.* into v_old from public.payments as p
  where p.provider = p_provider and p.provider_reference = v_new.reference for update;
  v_known := v_old;
  if v_old.id is null then
    -- Nobody else is about to insert it: its reference is locked.
    insert into public.payments (provider, provider_reference, amount, currency, status, told_at, status_at, created_at, updated_at)
    values (p_provider, v_new.reference, v_new.amount, v_new.currency, v_new.status, p_at, p_at, private.now(), private.now())
    returning * into v_old;
  elsif v_old.currency <> v_new.currency or (v_old.status = 'paid' and v_new.status = 'paid' and v_old.amount <> v_new.amount) then
    -- An answer stands against all that was told before it. Of two reports the earlier by the provider's clock stands, and
    -- a person looks at it until the provider was asked.
    if p_at <= v_old.fetched_at then
      return null;
    elsif not p_is_fetched and (p_at, v_new.amount, v_new.currency) > (v_old.told_at, v_old.amount, v_old.currency) then
      update public.payments as p set contradicted_at = p_at where p.id = v_old.id and p_at > coalesce(p.contradicted_at, '-infinity');
      return case when found then format('payment %s is contradicted', v_old.id) end;
    elsif not p_is_fetched then
      v_old.contradicted_at := greatest(v_old.contradicted_at, v_old.status_at);
    end if;
    v_old.amount := v_new.amount;
    v_old.currency := v_new.currency;
    v_old.status := v_new.status;
    v_old.status_at := p_at;
  end if;

  -- A fetched answer beats what was told up to then. Else status only rises; what comes with a lower one adds what was
  -- not known and changes nothing. Of two times the earliest.
  v_is_beaten := case
    when p_is_fetched and (v_old.status_at < p_at or (v_old.status_at = p_at and v_old.fetched_at is distinct from p_at)) then false
    when not p_is_fetched and p_at <= v_old.fetched_at then true
    else array_position(v_rank, v_new.status) < array_position(v_rank, v_old.status)
  end;
  if not v_is_beaten then
    v_old.amount := v_new.amount;
    v_old.status_at := case when v_old.status = v_new.status then greatest(v_old.status_at, p_at) else p_at end;
    v_old.status := v_new.status;
  end if;
  v_old.told_at := least(v_old.told_at, p_at);
  if p_is_fetched then
    v_old.fetched_at := greatest(v_old.fetched_at, p_at);
  end if;
  select o.* into v_order from private.billing_orders as o
  where o.provider = p_provider and o.provider_order_id = coalesce(v_old.provider_order_id, v_new.order_id) and o.kind = 'pack';
  if found then
    v_old.user_id := coalesce(v_old.user_id, v_order.user_id);
    v_old.kind := 'pack';
    v_old.order_id := v_order.id;
  end if;
  v_old.provider_account := coalesce(v_old.provider_account, p_account);
  v_old.provider_payment_id := coalesce(v_old.provider_payment_id, v_new.payment_id);
  v_old.provider_invoice_id := coalesce(v_old.provider_invoice_id, v_new.invoice_id);
  v_old.provider_order_id := coalesce(v_old.provider_order_id, v_new.order_id);
  v_old.provider_subscription_id := coalesce(v_old.provider_subscription_id, v_new.subscription_id);
  v_old.provider_customer_id := coalesce(v_old.provider_customer_id, v_new.customer_id);
  v_old.provider_price_id := least(v_old.provider_price_id, v_new.price_id);
  v_old.upgrade_price_id := least(v_old.upgrade_price_id, v_new.upgrade_price_id);
  v_old.list_amount := coalesce(v_old.list_amount, v_new.list_amount);
  v_old.method := coalesce(v_old.method, v_new.method);
  v_old.error_code := case when v_old.status <> 'paid' then coalesce(v_old.error_code, v_new.error_code) end;
  v_old.error_description := case when v_old.status <> 'paid' then coalesce(v_old.error_description, v_new.error_description) end;
  v_old.period_start := least(v_old.period_start, v_new.period_start);
  v_old.period_end := least(v_old.period_end, v_new.period_end);
  v_old.acted_at := least(v_old.acted_at, v_new.acted_at);
  -- A report without the time of the payment tells of it when it happens.
  v_old.paid_at := least(v_old.paid_at, coalesce(v_new.paid_at, case when v_new.status = 'paid' then p_at end));
  v_old.receipt_url := coalesce(v_old.receipt_url, v_new.receipt_url);
  if v_old.provider_subscription_id is not null then
    v_old.kind := 'subscription';
  end if;
  if v_old is not distinct from v_known then
    return null;
  end if;
  update public.payments as p
  set
    user_id = v_old.user_id, kind = v_old.kind, order_id = v_old.order_id, provider_account = v_old.provider_account,
    provider_payment_id = v_old.provider_payment_id, provider_invoice_id = v_old.provider_invoice_id,
    provider_order_id = v_old.provider_order_id, provider_subscription_id = v_old.provider_subscription_id,
    provider_customer_id = v_old.provider_customer_id, provider_price_id = v_old.provider_price_id,
    upgrade_price_id = v_old.upgrade_price_id, list_amount = v_old.list_amount, amount = v_old.amount, currency = v_old.currency,
    status = v_old.status, status_at = v_old.status_at, told_at = v_old.told_at, fetched_at = v_old.fetched_at,
    contradicted_at = v_old.contradicted_at,
    method = v_old.method, error_code = v_old.error_code, error_description = v_old.error_description,
    period_start = v_old.period_start, period_end = v_old.period_end, acted_at = v_old.acted_at, paid_at = v_old.paid_at,
    receipt_url = v_old.receipt_url
  where p.id = v_old.id;
  return format('payment %s %s', v_old.id, v_old.status);
end
$$;
comment on function private.merge_payment(text, text, timestamptz, boolean, jsonb) is
  'Takes what was told of a payment. Whether it counts is no matter here: see private.charges. Null: nothing new.';
