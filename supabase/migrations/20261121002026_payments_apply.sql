-- Applying an event: lock whose accounts it concerns, merge what it tells, derive each account once. Money that went
-- back, the end of checkouts, and facts whose owner is not known yet.

-- functions ---------------------------------------------------------------------------------------------------
create function private.apply_facts(p_provider text, p_account text, p_at timestamptz, p_source text, p_facts jsonb)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
  v_fact jsonb;
  v_name text;
  v_user uuid;
  v_owners uuid[];
  v_effects text[] := '{}';
begin
  perform private.lock_accounts(private.owners_of(p_provider, p_facts));
  perform private.lock_objects(p_provider, p_facts);
  -- Checkouts first: they tell whose a subscription is.
  for v_fact in select * from jsonb_array_elements(p_facts -> 'checkouts') loop
    v_effects := v_effects || private.merge_checkout(p_provider, p_at, v_fact);
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
  -- What was merged may have told of another owner, and who erased their account may have an heir by now.
  v_owners := private.owners_of(p_provider, p_facts);
  perform private.lock_accounts(v_owners);
  foreach v_user in array v_owners loop
    v_effects := v_effects || private.settle_account(v_user);
  end loop;
  return v_effects;
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
  select f ->> 'id' from jsonb_array_elements(p_facts -> 'subscriptions') as f where f ->> 'status' <> 'incomplete'
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
      select h from concerned as c cross join lateral private.heirs(c.user_id) as h
    )
    select c.user_id from concerned as c order by c.user_id
  );
end
$$;
comment on function private.owners_of(text, jsonb) is 'Whose accounts facts concern, by rows of ours alone.';

create function private.merge_checkout(p_provider text, p_at timestamptz, p_fact jsonb)
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
  elsif v_status = 'paid' and v_order.kind = 'subscription' then
    -- A pack is paid by a payment of its amount; that its checkout is complete is not enough.
    update private.billing_orders as o set accepted_at = least(o.accepted_at, p_at) where o.id = v_order.id;
  end if;
  return format('order %s: checkout %s', v_order.id, v_status);
end
$$;
comment on function private.merge_checkout(text, timestamptz, jsonb) is
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

create function private.merge_refund(p_provider text, p_at timestamptz, p_is_fetched boolean, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_stages constant text[] := array['pending', 'processed', 'failed'];
  v_status constant text := p_fact ->> 'status';
  v_old private.payment_refunds;
begin
  select r.* into v_old from private.payment_refunds as r
  where r.provider = p_provider and r.provider_refund_id = p_fact ->> 'id' for update;
  if not found then
    insert into private.payment_refunds (
      provider, provider_refund_id, provider_payment_id, amount, currency, status, state_at, told_at, fetched_at
    )
    values (
      p_provider, p_fact ->> 'id', p_fact ->> 'payment_id', (p_fact ->> 'amount')::bigint, p_fact ->> 'currency', v_status, p_at, p_at,
      case when p_is_fetched then p_at end
    );
  elsif (v_old.amount, v_old.currency, v_old.provider_payment_id)
    is distinct from ((p_fact ->> 'amount')::bigint, p_fact ->> 'currency', p_fact ->> 'payment_id')
  then
    -- Of two amounts the one that the provider told earlier stands, and it is asked how things are.
    update private.payment_refunds as r
    set
      is_contradicted = true, needs_refetch = r.needs_refetch or n.is_earlier,
      amount = case when n.is_earlier then (p_fact ->> 'amount')::bigint else r.amount end,
      currency = case when n.is_earlier then p_fact ->> 'currency' else r.currency end,
      provider_payment_id = case when n.is_earlier then p_fact ->> 'payment_id' else r.provider_payment_id end,
      status = case when n.is_earlier then v_status else r.status end,
      state_at = case when n.is_earlier then p_at else r.state_at end,
      fetched_at = case when n.is_earlier then case when p_is_fetched then p_at end else r.fetched_at end,
      told_at = least(r.told_at, p_at)
    from (select (p_at, (p_fact ->> 'amount')::bigint, p_fact ->> 'currency') < (v_old.told_at, v_old.amount, v_old.currency) as is_earlier) as n
    where r.provider = p_provider and r.provider_refund_id = v_old.provider_refund_id and (n.is_earlier or not r.is_contradicted);
  else
    update private.payment_refunds as r
    set
      status = n.status, state_at = n.state_at, told_at = least(r.told_at, p_at),
      fetched_at = case when p_is_fetched then greatest(r.fetched_at, p_at) else r.fetched_at end,
      needs_refetch = case
        when p_is_fetched then r.needs_refetch and r.state_at > p_at
        else (r.needs_refetch and r.state_at >= p_at) or (r.state_at = p_at and r.status <> v_status)
      end
    from (
      select
        case when w.wins then v_status else v_old.status end as status, case when w.wins then p_at else v_old.state_at end as state_at
      from (
        select private.is_later_word(v_stages, p_at, v_status, p_is_fetched, v_old.state_at, v_old.status, v_old.fetched_at) as wins
      ) as w
    ) as n
    where r.provider = p_provider and r.provider_refund_id = v_old.provider_refund_id
      and (
        (n.status, n.state_at) <> (r.status, r.state_at) or p_at < r.told_at
        or (p_is_fetched and (r.fetched_at is null or r.fetched_at < p_at))
        or (not p_is_fetched and r.state_at = p_at and r.status <> v_status and not r.needs_refetch)
      );
  end if;
  return case when found then format('refund %s %s', p_fact ->> 'id', v_status) end;
end
$$;
comment on function private.merge_refund(text, timestamptz, boolean, jsonb) is 'Takes what was told of a refund. Null: nothing new.';

create function private.merge_dispute(p_provider text, p_at timestamptz, p_is_fetched boolean, p_fact jsonb)
returns text
language plpgsql
set search_path = ''
as $$
declare
  -- Won and closed are one stage: neither took anything.
  v_stages constant text[] := array['open', 'won', 'lost'];
  v_status constant text := p_fact ->> 'status';
  v_old private.payment_disputes;
begin
  select d.* into v_old from private.payment_disputes as d
  where d.provider = p_provider and d.provider_dispute_id = p_fact ->> 'id' for update;
  if not found then
    insert into private.payment_disputes (
      provider, provider_dispute_id, provider_payment_id, amount, currency, status, reason, state_at, told_at, fetched_at
    )
    values (
      p_provider, p_fact ->> 'id', p_fact ->> 'payment_id', (p_fact ->> 'amount')::bigint, p_fact ->> 'currency', v_status,
      p_fact ->> 'reason', p_at, p_at, case when p_is_fetched then p_at end
    );
  elsif (v_old.currency, v_old.provider_payment_id) is distinct from (p_fact ->> 'currency', p_fact ->> 'payment_id') then
    update private.payment_disputes as d
    set
      is_contradicted = true, needs_refetch = d.needs_refetch or n.is_earlier,
      amount = case when n.is_earlier then (p_fact ->> 'amount')::bigint else d.amount end,
      currency = case when n.is_earlier then p_fact ->> 'currency' else d.currency end,
      provider_payment_id = case when n.is_earlier then p_fact ->> 'payment_id' else d.provider_payment_id end,
      status = case when n.is_earlier then v_status else d.status end,
      state_at = case when n.is_earlier then p_at else d.state_at end,
      fetched_at = case when n.is_earlier then case when p_is_fetched then p_at end else d.fetched_at end,
      told_at = least(d.told_at, p_at)
    from (select (p_at, p_fact ->> 'currency') < (v_old.told_at, v_old.currency) as is_earlier) as n
    where d.provider = p_provider and d.provider_dispute_id = v_old.provider_dispute_id and (n.is_earlier or not d.is_contradicted);
  else
    update private.payment_disputes as d
    set
      status = n.status, state_at = n.state_at, amount = n.amount, reason = n.reason, told_at = least(d.told_at, p_at),
      fetched_at = case when p_is_fetched then greatest(d.fetched_at, p_at) else d.fetched_at end,
      needs_refetch = case
        when p_is_fetched then d.needs_refetch and d.state_at > p_at
        else (d.needs_refetch and d.state_at >= p_at) or (d.state_at = p_at and d.status <> v_status)
      end
    from (
      select
        case when w.wins then v_status else v_old.status end as status,
        case when w.wins then p_at else v_old.state_at end as state_at,
        case when w.wins then (p_fact ->> 'amount')::bigint else v_old.amount end as amount,
        case when w.wins then p_fact ->> 'reason' else v_old.reason end as reason
      from (
        select private.is_later_word(
          v_stages, p_at, replace(v_status, 'closed', 'won'), p_is_fetched, v_old.state_at, replace(v_old.status, 'closed', 'won'),
          v_old.fetched_at
        ) as wins
      ) as w
    ) as n
    where d.provider = p_provider and d.provider_dispute_id = v_old.provider_dispute_id
      and (
        (n.status, n.state_at, n.amount) is distinct from (d.status, d.state_at, d.amount) or p_at < d.told_at
        or (p_is_fetched and (d.fetched_at is null or d.fetched_at < p_at))
        or (not p_is_fetched and d.state_at = p_at and d.status <> v_status and not d.needs_refetch)
      );
  end if;
  return case when found then format('dispute %s %s', p_fact ->> 'id', v_status) end;
end
$$;
comment on function private.merge_dispute(text, timestamptz, boolean, jsonb) is 'Takes what was told of a dispute. Null: nothing new.';

create function private.settle_waiting(p_limit integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_row record;
  v_count integer := 0;
begin
  -- Accounts first, one after the other, as everywhere.
  for v_row in
    select n.user_id, n.provider, array_remove(array_agg(distinct n.payment), null) as payments,
      array_remove(array_agg(distinct n.subscription), null) as subscriptions
    from (
      select o.user_id, o.provider, p.provider_reference as payment, null as subscription
      from public.payments as p
      inner join private.billing_orders as o on o.provider = p.provider and o.provider_order_id = p.provider_order_id and o.kind = 'pack'
      where p.user_id is null
      union all
      select o.user_id, o.provider, null, o.provider_subscription_id
      from private.billing_orders as o
      where (o.status in ('created', 'open') or (o.status in ('expired', 'superseded') and o.closed_at is null and o.can_be_closed)) and (
        exists (
          select from private.subscription_states as t
          where t.provider = o.provider and t.provider_subscription_id = o.provider_subscription_id
        )
        or exists (
          select from public.payments as p
          where p.provider = o.provider and p.provider_subscription_id = o.provider_subscription_id and p.user_id is null
        )
      ) and not exists (
        select from public.subscriptions as s
        where s.provider = o.provider and s.provider_subscription_id = o.provider_subscription_id
      )
    ) as n
    group by n.user_id, n.provider order by n.user_id limit greatest(0, p_limit)
  loop
    perform private.lock_accounts(array[v_row.user_id]);
    update public.payments as p set user_id = o.user_id, kind = 'pack', order_id = o.id
    from private.billing_orders as o
    where p.provider = v_row.provider and p.provider_reference = any(v_row.payments) and p.user_id is null
      and o.provider = p.provider and o.provider_order_id = p.provider_order_id and o.kind = 'pack';
    perform private.show_subscription(v_row.provider, n) from unnest(v_row.subscriptions) as n;
    perform private.settle_account(v_row.user_id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function private.settle_waiting(integer) is 'Gives facts that came before their order to whom they belong by now.';

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
