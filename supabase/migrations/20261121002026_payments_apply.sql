-- Applying an event: lock whose accounts it concerns, merge what it tells, derive each account once. Money that went
-- back, the end of checkouts, and facts whose owner is not known yet.

-- type --------------------------------------------------------------------------------------------------------
create type private.told as (
  payment_id text, amount bigint, currency text, status text, reason text,
  state_at timestamptz, fetched_at timestamptz, told_at timestamptz, taken_at timestamptz,
  needs_refetch boolean, contradicted_at timestamptz
);
comment on type private.told is 'What is known of a refund or dispute, as in private.payment_refunds and private.payment_disputes. taken_at: when it was first told that it took money.';

-- functions ---------------------------------------------------------------------------------------------------
create function private.apply_facts(p_provider text, p_account text, p_at timestamptz, p_source text, p_facts jsonb)
returns text[]
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_fact jsonb;
  v_name text;
  v_user uuid;
  v_locked uuid[] := private.owners_of(p_provider, p_facts);
  v_owners uuid[];
  v_effects text[];
begin
  loop
    begin
      v_effects := '{}';
      perform private.lock_accounts(v_locked);
      perform private.lock_objects(p_provider, p_facts);
      -- Checkouts first: they tell whose a subscription is.
      for v_fact in select * from jsonb_array_elements(p_facts -> 'checkouts') loop
        v_effects := v_effects || private.merge_checkout(p_provider, p_at, p_source, v_fact);
      end loop;
      for v_fact in select * from jsonb_array_elements(p_facts -> 'subscriptions') loop
        v_effects := v_effects || private.merge_state(p_provider, p_at, p_source, v_fact);
      end loop;
      for v_fact in select * from jsonb_array_elements(p_facts -> 'payments') loop
        v_effects := v_effects || private.merge_payment(p_provider, p_account, p_at, p_source <> 'event', v_fact);
      end loop;
      v_effects := v_effects || private.merge_money_back(p_provider, p_at, p_source, p_facts);
      v_effects := array_remove(v_effects, null);
      if v_effects = '{}' then
        -- Told before, and settled then.
        return v_effects;
      end if;
      for v_name in select n from private.subscriptions_in(p_facts) as n order by 1 loop
        if private.show_subscription(p_provider, v_name) is null then
          v_effects := v_effects || format('subscription %s waits for its owner', v_name);
        end if;
      end loop;
      -- What was merged may have told of another owner, and who erased their account may have an heir by now. A lock that is
      -- taken late is out of order: let go of all, and begin again with it.
      v_owners := private.owners_of(p_provider, p_facts);
      if not array_remove(v_owners, null) <@ v_locked then
        v_locked := v_locked || v_owners;
        raise exception using errcode = 'RBOWN', message = 'another owner';
      end if;
      foreach v_user in array v_owners loop
        v_effects := v_effects || private.settle_account(v_user);
      end loop;
      return v_effects;
    exception when sqlstate 'RBOWN' then
      null; -- its locks are gone with it
    end;
  end loop;
end
$$;
comment on function private.apply_facts(text, text, timestamptz, text, jsonb) is
  'Merges everything that an event (source event), a look at the provider (fetch) or its answer to a change (command) told at a moment, and derives the accounts concerned. Any order and repetition of calls ends in the same rows.';

create function private.subscriptions_in(p_facts jsonb)
returns setof text
language sql
immutable
set search_path = ''
as $$
  select f ->> 'id' from jsonb_array_elements(p_facts -> 'subscriptions') as f
  where f ->> 'status' <> 'incomplete' or f ->> 'accepted_at' is not null
  union
  select f ->> 'subscription_id' from jsonb_array_elements((p_facts -> 'payments') || (p_facts -> 'checkouts')) as f
  where f ->> 'subscription_id' is not null
$$;
comment on function private.subscriptions_in(jsonb) is 'The subscriptions that facts are about.';

create function private.owners_of(p_provider text, p_facts jsonb)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_subscriptions constant text[] := array(select n from private.subscriptions_in(p_facts) as n);
  v_payments constant text[] := array(
    select v.value from jsonb_array_elements((p_facts -> 'payments') || (p_facts -> 'refunds') || (p_facts -> 'disputes')) as f,
      unnest(array[f ->> 'reference', f ->> 'payment_id']) as v (value)
  );
  v_orders constant text[] := array(
    select v.value from jsonb_array_elements((p_facts -> 'payments') || (p_facts -> 'checkouts')) as f,
      unnest(array[f ->> 'order_id', f ->> 'id']) as v (value)
  );
  v_customers constant text[] := array(
    select f ->> 'customer_id' from jsonb_array_elements((p_facts -> 'subscriptions') || (p_facts -> 'payments')) as f
    where p_provider = 'stripe'
  );
  v_owners constant uuid[] := array(
    select s.user_id from public.subscriptions as s
    where s.provider = p_provider and s.provider_subscription_id = any(v_subscriptions)
    union
    select o.user_id from private.billing_orders as o
    where o.provider = p_provider and o.provider_subscription_id = any(v_subscriptions)
    union
    select o.user_id from private.billing_orders as o
    where o.provider = p_provider and o.provider_order_id = any(v_orders)
    union
    select p.user_id from public.payments as p
    where p.provider = p_provider and p.provider_reference = any(v_payments)
    union
    select p.user_id from public.payments as p
    where p.provider = p_provider and p.provider_payment_id = any(v_payments)
    union
    select c.user_id from public.billing_customers as c
    where c.provider = p_provider and c.provider_customer_id = any(v_customers)
  );
begin
  return array(
    with recursive concerned (user_id) as (
      select o from unnest(v_owners) as o where o is not null
      union
      -- Whoever carries the debt of an erased account is concerned by what becomes of its money.
      select h.user_id from concerned as c cross join lateral private.heir(c.user_id) as h
    )
    select c.user_id from concerned as c order by c.user_id
  );
end
$$;
comment on function private.owners_of(text, jsonb) is 'Whose accounts facts concern, by rows of ours alone.';

create function private.merge_checkout(p_provider text, p_at timestamptz, p_source text, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_order private.billing_orders;
  v_status text := p_fact ->> 'status';
begin
  select o.* into v_order from private.billing_orders as o
  where o.provider = p_provider and o.provider_order_id = p_fact ->> 'id' for update;
  if not found then
    return 'checkout of somebody else';
  end if;
  if v_order.provider_subscription_id is null and p_fact ->> 'subscription_id' is not null then
    update private.billing_orders as o set provider_subscription_id = p_fact ->> 'subscription_id' where o.id = v_order.id;
  end if;
  if v_status in ('failed', 'expired') and v_order.can_be_closed then
    perform private.end_offer(v_order.id, p_at, true, v_status);
  elsif v_status = 'paid' and v_order.kind = 'subscription' and p_source = 'event' then
    -- A pack is paid by a payment of its amount; that its checkout is complete is not enough.
    perform private.note_acceptance(p_provider, p_fact ->> 'subscription_id', p_at);
  end if;
  return format('order %s: checkout %s', v_order.id, v_status);
end
$$;
comment on function private.merge_checkout(text, timestamptz, text, jsonb) is
  'Takes the end of a checkout: which subscription came of it, or that nothing did.';

create function private.merge_money_back(p_provider text, p_at timestamptz, p_source text, p_facts jsonb)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  v_fact jsonb;
  v_effects text[] := '{}';
begin
  for v_fact in select * from jsonb_array_elements(p_facts -> 'refunds') loop
    v_effects := v_effects || private.merge_refund(p_provider, p_at, p_source <> 'event', v_fact);
  end loop;
  for v_fact in select * from jsonb_array_elements(p_facts -> 'disputes') loop
    v_effects := v_effects || private.merge_dispute(p_provider, p_at, p_source <> 'event', v_fact);
  end loop;
  return v_effects;
end
$$;
comment on function private.merge_money_back(text, timestamptz, text, jsonb) is 'Takes what was told of refunds and disputes, each under its own id.';

create function private.is_later_word(
  p_stages text[], p_at timestamptz, p_status text, p_is_fetched boolean, p_old_at timestamptz, p_old_status text, p_old_fetched_at timestamptz
)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select case
    -- What was told up to the moment of asking is beaten by the answer; the answer itself by what came later.
    when p_is_fetched and (p_old_at < p_at or (p_old_at = p_at and p_old_fetched_at is distinct from p_at)) then true
    when not p_is_fetched and p_at <= p_old_fetched_at then false
    -- Final beats open; of two of a kind the later; of one second the later stage.
    else (array_position(p_stages, p_status) > 1, p_at, array_position(p_stages, p_status))
      > (array_position(p_stages, p_old_status) > 1, p_old_at, array_position(p_stages, p_old_status))
  end
$$;
comment on function private.is_later_word(text[], timestamptz, text, boolean, timestamptz, text, timestamptz) is
  'Whether a report of a refund or dispute wins over the one that is there. The first stage is the open one.';

create function private.told_word(p_at timestamptz, p_is_fetched boolean, p_fact jsonb)
returns private.told
language sql
immutable
set search_path = ''
as $$
  select row(
    p_fact ->> 'payment_id', (p_fact ->> 'amount')::bigint, p_fact ->> 'currency', p_fact ->> 'status', p_fact ->> 'reason',
    p_at, case when p_is_fetched then p_at end, p_at, case when p_fact ->> 'status' in ('processed', 'lost') then p_at end, false, null
  )::private.told
$$;
comment on function private.told_word(timestamptz, boolean, jsonb) is 'A report of a refund or dispute as if it were the first.';

create function private.newer_word(
  p_old private.told, p_new private.told, p_is_fetched boolean, p_stages text[], p_amount_stays boolean
)
returns private.told
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_at constant timestamptz := p_new.state_at;
  v_wins boolean;
begin
  if p_old.status is null then
    return p_new;
  elsif (p_new.currency, p_new.payment_id) <> (p_old.currency, p_old.payment_id) or (p_amount_stays and p_new.amount <> p_old.amount) then
    -- Of two amounts the one that the provider told earlier stands, until it was asked: then its answer.
    v_wins := p_is_fetched or (v_at, case when p_amount_stays then p_new.amount else 0 end, p_new.currency)
      < (p_old.told_at, case when p_amount_stays then p_old.amount else 0 end, p_old.currency);
    -- Whichever stands: when it first took money does not change with what was told or asked later.
    p_old.taken_at := least(p_old.taken_at, p_new.taken_at);
    p_new.taken_at := p_old.taken_at;
    if v_at <= p_old.fetched_at or (not v_wins and v_at <= p_old.contradicted_at) then
      return p_old;
    end if;
    p_new.contradicted_at := case
      when p_is_fetched then p_old.contradicted_at else greatest(p_old.contradicted_at, case when v_wins then p_old.state_at else v_at end)
    end;
    p_new.fetched_at := coalesce(p_new.fetched_at, p_old.fetched_at);
    p_new.told_at := least(p_old.told_at, v_at);
    p_new.needs_refetch := not p_is_fetched;
    if v_wins then
      return p_new;
    end if;
    p_old.contradicted_at := p_new.contradicted_at;
    p_old.told_at := p_new.told_at;
    p_old.needs_refetch := true;
    return p_old;
  end if;
  -- Won and closed are one stage: neither took anything.
  v_wins := private.is_later_word(
    p_stages, v_at, replace(p_new.status, 'closed', 'won'), p_is_fetched, p_old.state_at, replace(p_old.status, 'closed', 'won'),
    p_old.fetched_at
  );
  p_old.needs_refetch := case
    when p_is_fetched then p_old.needs_refetch and p_old.state_at > v_at
    else (p_old.needs_refetch and not (v_wins and p_old.state_at < v_at)) or (p_old.state_at = v_at and p_old.status <> p_new.status)
  end;
  p_old.told_at := least(p_old.told_at, v_at);
  p_old.taken_at := least(p_old.taken_at, p_new.taken_at);
  p_old.fetched_at := greatest(p_old.fetched_at, p_new.fetched_at);
  if v_wins then
    select p_new.status, p_new.amount, p_new.reason, v_at into p_old.status, p_old.amount, p_old.reason, p_old.state_at;
  end if;
  return p_old;
end
$$;
comment on function private.newer_word(private.told, private.told, boolean, text[], boolean) is
  'What stands of a refund or dispute after one more report of it. A dispute''s amount may change, a refund''s stays.';

create function private.merge_refund(p_provider text, p_at timestamptz, p_is_fetched boolean, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_old private.told;
  v_new private.told;
begin
  select
    m.provider_payment_id, m.amount, m.currency, m.status, null, m.state_at, m.fetched_at, m.told_at, m.processed_at, m.needs_refetch,
    m.contradicted_at
  into v_old
  from private.payment_refunds as m where m.provider = p_provider and m.provider_refund_id = p_fact ->> 'id' for update;
  v_new := private.newer_word(v_old, private.told_word(p_at, p_is_fetched, p_fact), p_is_fetched, array['pending', 'processed', 'failed'], true);
  if v_new is not distinct from v_old then
    return null;
  end if;
  insert into private.payment_refunds (
    provider, provider_refund_id, provider_payment_id, amount, currency, status, state_at, fetched_at, told_at, processed_at, needs_refetch,
    contradicted_at
  )
  values (
    p_provider, p_fact ->> 'id', v_new.payment_id, v_new.amount, v_new.currency, v_new.status, v_new.state_at, v_new.fetched_at,
    v_new.told_at, v_new.taken_at, v_new.needs_refetch, v_new.contradicted_at
  )
  on conflict (provider, provider_refund_id) do update
  set
    provider_payment_id = excluded.provider_payment_id, amount = excluded.amount, currency = excluded.currency, status = excluded.status,
    state_at = excluded.state_at, fetched_at = excluded.fetched_at, told_at = excluded.told_at, processed_at = excluded.processed_at,
    needs_refetch = excluded.needs_refetch, contradicted_at = excluded.contradicted_at;
  return format('refund %s %s', p_fact ->> 'id', p_fact ->> 'status');
end
$$;
comment on function private.merge_refund(text, timestamptz, boolean, jsonb) is 'Takes what was told of a refund. Null: nothing new.';

create function private.merge_dispute(p_provider text, p_at timestamptz, p_is_fetched boolean, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_old private.told;
  v_new private.told;
begin
  select
    m.provider_payment_id, m.amount, m.currency, m.status, m.reason, m.state_at, m.fetched_at, m.told_at, m.lost_at, m.needs_refetch,
    m.contradicted_at
  into v_old
  from private.payment_disputes as m where m.provider = p_provider and m.provider_dispute_id = p_fact ->> 'id' for update;
  v_new := private.newer_word(v_old, private.told_word(p_at, p_is_fetched, p_fact), p_is_fetched, array['open', 'won', 'lost'], false);
  if v_new is not distinct from v_old then
    return null;
  end if;
  insert into private.payment_disputes (
    provider, provider_dispute_id, provider_payment_id, amount, currency, status, reason, state_at, fetched_at, told_at, lost_at, needs_refetch,
    contradicted_at
  )
  values (
    p_provider, p_fact ->> 'id', v_new.payment_id, v_new.amount, v_new.currency, v_new.status, v_new.reason, v_new.state_at, v_new.fetched_at,
    v_new.told_at, v_new.taken_at, v_new.needs_refetch, v_new.contradicted_at
  )
  on conflict (provider, provider_dispute_id) do update
  set
    provider_payment_id = excluded.provider_payment_id, amount = excluded.amount, currency = excluded.currency, status = excluded.status,
    reason = excluded.reason,
    state_at = excluded.state_at, fetched_at = excluded.fetched_at, told_at = excluded.told_at, lost_at = excluded.lost_at,
    needs_refetch = excluded.needs_refetch, contradicted_at = excluded.contradicted_at;
  return format('dispute %s %s', p_fact ->> 'id', p_fact ->> 'status');
end
$$;
comment on function private.merge_dispute(text, timestamptz, boolean, jsonb) is 'Takes what was told of a dispute. Null: nothing new.';

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
