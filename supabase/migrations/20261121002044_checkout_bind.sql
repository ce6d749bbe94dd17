-- What the provider knows a thing of ours as: orders, prices, customers. And the end of a checkout at the provider.

-- functions ---------------------------------------------------------------------------------------------------
create function public.checkout_bind(
  p_user_id uuid, p_order_id uuid, p_provider_order_id text, p_provider_subscription_id text, p_response jsonb
)
returns jsonb
language plpgsql
security definer -- orders are private
set search_path = ''
as $$
declare
  v_order private.billing_orders;
begin
  perform private.lock_account(p_user_id);
  select o.* into v_order from private.billing_orders as o where o.id = p_order_id and o.user_id = p_user_id for update;
  if v_order.id is null then
    perform private.raise_problem(404, 'order_not_found');
  elsif v_order.response is null then
    update private.billing_orders as o
    set
      provider_order_id = p_provider_order_id, provider_subscription_id = p_provider_subscription_id, response = p_response,
      status = case o.status when 'created' then 'open' else o.status end,
      -- Whoever looked for it there before came too early.
      closed_at = null
    where o.id = p_order_id
    returning o.* into v_order;
  end if;
  if v_order.status = 'paid' or private.order_can_be_paid(v_order, private.now()) then
    return jsonb_build_object('state', 'open', 'response', v_order.response);
  end if;
  -- Ended while the provider was being called: it has to be closed there, and the customer is not told of it.
  return jsonb_build_object(
    'state', 'ended', 'superseded', case when private.is_unclosed(v_order) then jsonb_build_array(private.checkout_ids(v_order)) else '[]' end
  );
end
$$;
comment on function public.checkout_bind(uuid, uuid, text, text, jsonb) is
  'Notes under which ids the provider has an order, and what the client is told: {state: open, response} with what the first to get here said, or {state: ended, superseded} where the order''s offer has ended meanwhile.';

create function public.checkout_closed(p_order_id uuid, p_is_superseded boolean default false)
returns boolean
language plpgsql
security definer -- orders are private
set search_path = ''
as $$
begin
  return private.end_offer(p_order_id, private.now(), true, case when p_is_superseded then 'superseded' else 'expired' end);
end
$$;
comment on function public.checkout_closed(uuid, boolean) is
  'Notes that the provider has closed a checkout, for another one of the customer (p_is_superseded) or otherwise: nobody can pay the order any more, and what it held is free. False: nothing new.';

create function public.checkouts_to_close(p_limit integer default 100)
returns jsonb
language plpgsql
security definer -- orders are private
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_now timestamptz := private.now();
  v_due jsonb;
begin
  perform private.end_offer(n.id, least(v_now, n.offer_ends_at), false)
  from (
    select o.id, o.offer_ends_at
    from private.billing_orders as o left join public.profiles as p on p.id = o.user_id
    where
      o.status in ('created', 'open')
      and (o.offer_ends_at < v_now or p.id is null or not p.is_active or p.deleted_at is not null)
    order by o.created_at
    limit greatest(0, p_limit)
    for update of o skip locked
  ) as n;
  -- What came of it too late has ended: nothing is left to be paid.
  perform private.end_offer(o.id, coalesce(s.ended_at, v_now), true)
  from private.billing_orders as o
  inner join public.subscriptions as s on s.provider = o.provider and s.provider_subscription_id = o.provider_subscription_id
  where o.status in ('expired', 'superseded') and o.closed_at is null and o.can_be_closed and s.status in ('canceled', 'expired');
  with due as (
    select o.id
    from private.billing_orders as o
    where
      o.status in ('expired', 'superseded') and o.closed_at is null and o.can_be_closed and not private.is_over(o)
      -- The provider may have opened it without our knowledge. Its answer is under way for half a minute at most.
      and (private.is_unclosed(o) or private.offer_end(o) < v_now - interval '5 minutes')
      and (o.close_asked_at is null or o.close_asked_at < v_now - interval '1 hour')
    order by o.close_asked_at nulls first, o.created_at
    limit greatest(0, p_limit)
    for update skip locked
  ),
  asked as (
    update private.billing_orders as o set close_asked_at = v_now from due as d where o.id = d.id returning o
  )
  select coalesce(jsonb_agg(
    private.checkout_ids(a.o) || case when private.is_unclosed(a.o) then '{}' else jsonb_build_object(
      'lost', jsonb_build_object('user_id', (a.o).user_id, 'created_at', (a.o).created_at, 'customer_id', (
        select c.provider_customer_id from public.billing_customers as c
        where c.user_id = (a.o).user_id and c.provider = (a.o).provider
      ))
    ) end
    order by (a.o).created_at
  ), '[]')
  into v_due from asked as a;
  return v_due;
end
$$;
comment on function public.checkouts_to_close(integer) is
  'Clean-up: ends offers that ran out or whose account is not active, and lists checkouts to be closed at their providers: [{order_id, provider, provider_order_id, provider_subscription_id, lost}]. lost, {user_id, customer_id, created_at}: never bound, it is looked for at the provider first. Each is given again after an hour until checkout_closed confirms it.';

create function public.price_bind(p_price text, p_provider text, p_provider_price_id text)
returns text
language plpgsql
security definer -- the register of prices is private
set search_path = ''
as $$
declare
  v_id text;
begin
  update public.plan_prices as r
  set
    razorpay_plan_id = case p_provider when 'razorpay' then coalesce(r.razorpay_plan_id, p_provider_price_id) else r.razorpay_plan_id end,
    stripe_price_id = case p_provider when 'stripe' then coalesce(r.stripe_price_id, p_provider_price_id) else r.stripe_price_id end
  where r.slug = p_price
  returning case p_provider when 'razorpay' then r.razorpay_plan_id else r.stripe_price_id end into v_id;
  if v_id is null then
    perform private.raise_problem(404, 'price_not_found');
  end if;
  return v_id;
end
$$;
comment on function public.price_bind(text, text, text) is 'Notes a provider''s id of a price, unless another was faster; returns the one that counts.';

create function public.customer_bind(p_user_id uuid, p_provider text, p_provider_customer_id text)
returns text
language plpgsql
security definer -- one rule for who a customer is, whoever asks
set search_path = ''
as $$
declare
  v_id text;
begin
  insert into public.billing_customers as c (user_id, provider, provider_customer_id)
  values (p_user_id, p_provider, p_provider_customer_id)
  on conflict (user_id, provider) do nothing;
  select c.provider_customer_id into v_id from public.billing_customers as c where c.user_id = p_user_id and c.provider = p_provider;
  return v_id;
end
$$;
comment on function public.customer_bind(uuid, text, text) is 'Notes which customer a user is at a provider, unless that is known; returns the one that counts.';

create function public.order_get(p_user_id uuid, p_order_id uuid default null, p_provider text default null, p_provider_id text default null)
returns jsonb
language plpgsql
security definer -- orders are private
stable
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_order private.billing_orders;
begin
  select o.* into v_order from private.billing_orders as o
  where o.user_id = p_user_id and (
    o.id = p_order_id
    or (o.provider = p_provider and (o.provider_order_id = p_provider_id or o.provider_subscription_id = p_provider_id))
  );
  if v_order.id is null then
    perform private.raise_problem(404, 'order_not_found');
  end if;
  return private.order_view(v_order);
end
$$;
comment on function public.order_get(uuid, uuid, text, text) is 'A user''s own order, by our id or by the provider''s; 404 for anybody else''s.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.checkout_bind(uuid, uuid, text, text, jsonb), public.checkout_closed(uuid, boolean), public.checkouts_to_close(integer),
public.price_bind(text, text, text), public.customer_bind(uuid, text, text), public.order_get(uuid, uuid, text, text)
to service_role;
