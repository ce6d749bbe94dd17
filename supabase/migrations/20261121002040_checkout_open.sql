-- Opening a checkout: the price is ours, the coupon is data, and an order of ours exists before the provider hears of
-- it. Whether something is sold is decided anew at every attempt, also when an Idempotency-Key comes again.
--
-- Whatever can refuse comes first. Then the order takes what it needs (a redemption, a trial), then what must not run
-- beside it ends at its provider, and only then is the order opened there.
--
-- Locks: the account first, then its orders, then the mailbox of a trial, then the coupon.

-- types -------------------------------------------------------------------------------------------------------
create type private.quote as (
  pack text, credits integer, plan text, price text, billing_interval text, trial_days integer, coupon text,
  list_amount bigint, amount bigint, currency text
);
comment on type private.quote is 'What a checkout sells now, at which price.';

-- functions ---------------------------------------------------------------------------------------------------
create function public.checkout_open(
  p_user_id uuid,
  p_provider text,
  p_account text,
  p_kind text,
  p_item text,
  p_interval text,
  p_currency text,
  p_coupon text,
  p_trial boolean,
  p_idempotency_key text,
  p_request_hash text
)
returns jsonb
language plpgsql
security definer -- orders and coupons are private
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_now timestamptz;
  v_order private.billing_orders;
  v_profile public.profiles;
  v_quote private.quote;
  v_first jsonb;
  v_reason text;
  v_attempt integer := 2;
begin
  perform private.lock_account(p_user_id);
  v_now := private.now();
  perform public.account_require_active(p_user_id);
  select p.* into v_profile from public.profiles as p where p.id = p_user_id;

  select o.* into v_order from private.billing_orders as o
  where o.user_id = p_user_id and o.idempotency_key = p_idempotency_key for update;
  if v_order.request_hash <> p_request_hash then
    perform private.raise_problem(409, 'idempotency_conflict', 'This key was used for another request.');
  elsif v_order.status = 'paid' then
    return private.replay_order(v_order);
  elsif v_order.id is not null and not private.order_can_be_paid(v_order, v_now) then
    return private.withdraw_order(v_order, v_now, 'offer_over');
  end if;

  begin
    v_quote := private.quote(p_user_id, p_provider, p_kind, p_item, p_interval, p_currency, p_coupon, p_trial, v_now);
    perform private.take_redemption(v_quote.coupon, p_kind, p_user_id, v_order.id, v_now);
  exception when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' then
    if v_order.id is null then
      raise;
    end if;
    get stacked diagnostics v_reason = message_text;
    return private.withdraw_order(v_order, v_now, v_reason);
  end;

  if v_order.id is null then
    insert into private.billing_orders (
      user_id, kind, pack, credits, plan, price, billing_interval, trial_days, trial_mailbox, coupon, list_amount, amount,
      currency, provider, provider_account, idempotency_key, request_hash, created_at
    )
    values (
      p_user_id, p_kind, v_quote.pack, v_quote.credits, v_quote.plan, v_quote.price, v_quote.billing_interval, v_quote.trial_days,
      case when v_quote.trial_days > 0 then private.email_fingerprint(v_profile.email) end, v_quote.coupon, v_quote.list_amount,
      v_quote.amount, v_quote.currency, p_provider, p_account, p_idempotency_key, p_request_hash, v_now
    )
    returning * into v_order;
    v_attempt := 1;
  elsif not private.is_quoted(v_order, v_quote) or (v_order.provider, v_order.provider_account) is distinct from (p_provider, p_account) then
    return private.withdraw_order(v_order, v_now, 'price_changed');
  elsif v_order.response is null and v_order.offer_ends_at < v_now + interval '31 minutes' then
    -- Stripe keeps a session open for half an hour at least, which is longer than this offer lasts.
    return private.withdraw_order(v_order, v_now, 'offer_over');
  end if;

  if p_kind = 'subscription' then
    v_first := private.to_end_first(p_user_id, v_order.id);
    if v_first is not null then
      return v_first;
    end if;
  end if;
  if v_order.response is not null then
    return private.replay_order(v_order);
  end if;
  if p_kind = 'subscription' then
    -- What is left of the earlier ones was never answered to the customer.
    perform private.end_offer(o.id, v_now, false, 'superseded')
    from private.billing_orders as o
    where o.user_id = p_user_id and private.gives_way(o, p_user_id, v_order.id);
  end if;
  return private.open_order(v_order, v_profile, v_attempt);
end
$$;
comment on function public.checkout_open(uuid, text, text, text, text, text, text, text, boolean, text, text) is
  'Makes an order at the catalogue''s price less a coupon, or finds the one of the same key: {state: open | replay | ended | cancel_first, order, …}. ended (answer 409 offer_ended): this key''s order is not sold any more, and `superseded` lists what to close at the provider. cancel_first: the order waits until the `subscriptions` and `superseded` checkouts listed have ended at their providers; until then the customer may pay them. Refuses a second live subscription (409).';

create function private.quote(
  p_user_id uuid, p_provider text, p_kind text, p_item text, p_interval text, p_currency text, p_coupon text, p_trial boolean,
  p_at timestamptz
)
returns private.quote
language plpgsql
set search_path = ''
as $$
declare
  v_quote private.quote;
  v_currency text := upper(p_currency);
  -- Without a wish: the currency of the provider's home, else any that it is sold in.
  v_home text := case p_provider when 'razorpay' then 'INR' else 'USD' end;
  v_offered integer;
  v_live public.subscriptions;
begin
  if p_kind = 'pack' then
    select k.slug, k.credits, r.amount, r.currency into v_quote.pack, v_quote.credits, v_quote.list_amount, v_quote.currency
    from public.credit_packs as k inner join public.credit_pack_prices as r on r.pack = k.slug
    where k.slug = p_item and k.is_active and (v_currency is null or r.currency = v_currency)
    order by r.currency = v_home desc, r.currency limit 1;
  elsif p_kind = 'subscription' then
    select l.slug, l.trial_days, r.slug, r.billing_interval, r.amount, r.currency
    into v_quote.plan, v_offered, v_quote.price, v_quote.billing_interval, v_quote.list_amount, v_quote.currency
    from public.plans as l inner join public.plan_prices as r on r.plan = l.slug
    where l.slug = p_item and l.is_active and not l.is_default and r.is_active
      and r.billing_interval = coalesce(p_interval, 'month') and (v_currency is null or r.currency = v_currency)
    order by r.currency = v_home desc, r.currency limit 1;
  else
    perform private.raise_problem(422, 'unknown_kind', 'What is sold is a pack or a subscription.');
  end if;
  if v_quote.list_amount is null then
    perform private.raise_problem(404, 'price_not_found', 'This is not for sale, or not for this interval and currency.');
  end if;

  v_quote.trial_days := case when p_trial and p_kind = 'subscription' then v_offered else 0 end;
  if p_kind = 'subscription' then
    v_live := private.live_subscription(p_user_id, p_at);
    if v_live.id is not null then
      perform private.raise_problem(409, 'subscription_exists', jsonb_build_object(
        'detail', case
          when v_live.status = 'active' and not v_live.cancel_at_period_end and v_live.paid_until > p_at
            then 'There is a subscription already: change its plan instead.'
          else 'There is a subscription already. Cancel it now, or wait for its end, before you begin another.'
        end,
        'subscription_id', v_live.id, 'plan', v_live.plan, 'subscription_status', v_live.status
      )::text);
    elsif private.is_starting(p_user_id, p_at) then
      perform private.raise_problem(409, 'subscription_exists', 'A subscription was accepted and waits for its first payment.');
    elsif p_trial and (v_offered = 0 or p_coupon is not null) then
      perform private.raise_problem(422, 'trial_not_offered', 'This plan has no trial, or not together with a code.');
    elsif p_trial and private.trial_left(p_user_id, p_at) is not true then
      perform private.raise_problem(409, 'trial_used', 'A trial is for confirmed addresses, once.');
    end if;
  end if;
  v_quote.coupon := upper(p_coupon);
  v_quote.amount := v_quote.list_amount
    - private.discount(v_quote.coupon, p_provider, p_kind, p_item, v_quote.list_amount, v_quote.currency, p_at);
  return v_quote;
end
$$;
comment on function private.quote(uuid, text, text, text, text, text, text, boolean, timestamptz) is
  'What this customer would be sold now; refuses (404, 409, 422) what is not sold to them. Whether a redemption of the coupon is left is asked by take_redemption.';

create function private.is_quoted(p_order private.billing_orders, p_quote private.quote)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select (
    p_order.pack, p_order.credits, p_order.plan, p_order.price, p_order.billing_interval, p_order.trial_days, p_order.coupon,
    p_order.list_amount, p_order.amount, p_order.currency
  ) is not distinct from (
    p_quote.pack, p_quote.credits, p_quote.plan, p_quote.price, p_quote.billing_interval, p_quote.trial_days, p_quote.coupon,
    p_quote.list_amount, p_quote.amount, p_quote.currency
  )
$$;
comment on function private.is_quoted(private.billing_orders, private.quote) is 'Whether an order is still what is sold, at the same price.';

create function private.open_order(p_order private.billing_orders, p_profile public.profiles, p_attempt integer)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'state', 'open', 'order', private.order_view(p_order), 'attempt', p_attempt,
    'name', coalesce(
      (select k.name from public.credit_packs as k where k.slug = p_order.pack),
      (select l.name from public.plans as l where l.slug = p_order.plan)
    ),
    'price', p_order.price,
    'provider_price_id', (
      select case p_order.provider when 'razorpay' then r.razorpay_plan_id else r.stripe_price_id end
      from public.plan_prices as r where r.slug = p_order.price
    ),
    'customer_id', (
      select c.provider_customer_id from public.billing_customers as c
      where c.user_id = p_order.user_id and c.provider = p_order.provider
    ),
    'email', p_profile.email, 'full_name', p_profile.full_name,
    'coupon', (
      select jsonb_build_object(
        'code', c.code, 'percent_off', c.percent_off, 'amount_off', c.amount_off, 'currency', c.currency,
        'duration', c.duration, 'razorpay_offer_id', c.razorpay_offer_id
      )
      from private.coupons as c where c.code = p_order.coupon
    ),
    'superseded', '[]'::jsonb
  );
end
$$;
comment on function private.open_order(private.billing_orders, public.profiles, integer) is
  'The answer for an order that the provider is to be told of, with what it is to be told.';

create function private.replay_order(p_order private.billing_orders)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object('state', 'replay', 'order', private.order_view(p_order), 'response', coalesce(p_order.response, '{}'));
end
$$;
comment on function private.replay_order(private.billing_orders) is 'The same answer again.';

create function private.withdraw_order(p_order private.billing_orders, p_at timestamptz, p_reason text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  perform private.end_offer(p_order.id, least(p_at, p_order.offer_ends_at), false);
  -- Not raised: that would undo the end.
  return (
    select jsonb_build_object(
      'state', 'ended', 'reason', p_reason, 'order', private.order_view(o),
      'superseded', case when private.is_unclosed(o) then jsonb_build_array(private.checkout_ids(o)) else '[]' end
    )
    from private.billing_orders as o where o.id = p_order.id
  );
end
$$;
comment on function private.withdraw_order(private.billing_orders, timestamptz, text) is
  'Ends the offer of an order, for a reason (the code of the check that failed, price_changed or offer_over).';

create function private.order_view(p_order private.billing_orders)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.checkout_ids(p_order) || jsonb_build_object(
    'kind', p_order.kind, 'status', p_order.status, 'pack', p_order.pack, 'credits', p_order.credits, 'plan', p_order.plan,
    'billing_interval', p_order.billing_interval, 'trial_days', p_order.trial_days, 'coupon', p_order.coupon,
    'list_amount', p_order.list_amount, 'amount', p_order.amount, 'currency', p_order.currency, 'created_at', p_order.created_at,
    'offer_ends_at', least(p_order.offer_ends_at, p_order.offer_ended_at), 'paid_at', p_order.paid_at
  )
$$;
comment on function private.order_view(private.billing_orders) is 'An order as its buyer may see it.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.checkout_open(uuid, text, text, text, text, text, text, text, boolean, text, text) to service_role;
