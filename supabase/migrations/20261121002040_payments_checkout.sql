-- Checkout: the price is ours, the coupon is data, and an order of ours exists before the provider hears of it.

-- functions ---------------------------------------------------------------------------------------------------
create function private.live_subscription(p_user_id uuid, p_at timestamptz)
returns public.subscriptions
language sql
stable
set search_path = ''
as $$
  -- One that would go on charging. Its time is looked at, so that a lost cancellation blocks nobody for good.
  select s.*
  from public.subscriptions as s inner join public.plans as p on p.slug = s.plan
  where
    s.user_id = p_user_id and s.provider <> 'manual' and s.status in ('trialing', 'active', 'past_due', 'paused')
    and (s.status = 'paused' or coalesce(s.current_period_end + make_interval(days => p.grace_days) > p_at, true))
  order by p.rank desc, s.id limit 1
$$;
comment on function private.live_subscription(uuid, timestamptz) is 'The subscription that makes a second one a mistake, if there is one.';

create function private.trial_left(p_user_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select
    p.email_verified
    and not exists (select from public.subscriptions as s where s.user_id = p.id and s.trial_end is not null)
    and not exists (
      select from private.signup_fingerprints as f where f.fingerprint = private.email_fingerprint(p.email) and f.benefit = 'trial'
    )
  from public.profiles as p where p.id = p_user_id
$$;
comment on function private.trial_left(uuid) is 'Whether a user may still have a trial: once per confirmed mailbox.';

create function private.discount(
  p_code text, p_user_id uuid, p_kind text, p_item text, p_amount bigint, p_currency text, p_at timestamptz
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  v_coupon private.coupons;
  v_used integer;
  v_own integer;
begin
  -- Locked, so that two checkouts cannot both take the last one.
  select c.* into v_coupon from private.coupons as c where c.code = p_code for update;
  if v_coupon.code is null or not v_coupon.is_active or p_at < v_coupon.valid_from or p_at >= v_coupon.valid_until then
    perform private.raise_problem(422, 'coupon_invalid', 'This code is not valid, or not any more.');
  elsif v_coupon.applies_to not in ('any', p_kind) or (v_coupon.only_for is not null and p_item <> all(v_coupon.only_for))
    or v_coupon.currency <> p_currency
  then
    perform private.raise_problem(422, 'coupon_not_applicable', 'This code is for something else.');
  end if;
  -- An open order holds its redemption for a day.
  select count(*), count(*) filter (where o.user_id = p_user_id and o.status = 'paid') into v_used, v_own
  from private.billing_orders as o
  where o.coupon = p_code and (o.status = 'paid' or (o.status in ('created', 'open') and o.created_at > p_at - interval '1 day' and o.user_id <> p_user_id));
  if v_own > 0 or v_used >= v_coupon.max_redemptions then
    perform private.raise_problem(422, 'coupon_used_up', 'This code has been used as often as it may be.');
  end if;
  if v_coupon.amount_off >= p_amount then
    perform private.raise_problem(422, 'coupon_not_applicable', 'This code is worth more than the price.');
  end if;
  return coalesce(v_coupon.amount_off, p_amount * v_coupon.percent_off / 100);
end
$$;
comment on function private.discount(text, uuid, text, text, bigint, text, timestamptz) is
  'What a coupon takes off an amount (rounded down); 422 where it does not apply. Each user once.';

create function private.order_view(p_order private.billing_orders)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'order_id', p_order.id, 'kind', p_order.kind, 'status', p_order.status, 'provider', p_order.provider,
    'pack', p_order.pack, 'credits', p_order.credits, 'plan', p_order.plan, 'billing_interval', p_order.billing_interval,
    'trial_days', p_order.trial_days, 'coupon', p_order.coupon, 'list_amount', p_order.list_amount, 'amount', p_order.amount,
    'currency', p_order.currency, 'provider_order_id', p_order.provider_order_id,
    'provider_subscription_id', p_order.provider_subscription_id, 'created_at', p_order.created_at, 'paid_at', p_order.paid_at
  )
$$;
comment on function private.order_view(private.billing_orders) is 'An order as its buyer may see it.';

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
  v_pack public.credit_packs;
  v_plan public.plans;
  v_price public.plan_prices;
  v_live public.subscriptions;
  v_currency text := upper(p_currency);
  v_amount bigint;
  v_off bigint := 0;
  v_attempt integer := 1;
  v_superseded jsonb := '[]';
begin
  perform private.lock_account(p_user_id);
  v_now := private.now();
  select p.* into v_profile from public.profiles as p where p.id = p_user_id;
  if not v_profile.is_active or v_profile.deleted_at is not null then
    perform private.raise_problem(403, 'account_inactive');
  end if;

  select o.* into v_order from private.billing_orders as o where o.user_id = p_user_id and o.idempotency_key = p_idempotency_key;
  if found then
    if v_order.request_hash <> p_request_hash then
      perform private.raise_problem(409, 'idempotency_conflict', 'This key was used for another request.');
    elsif v_order.response is not null then
      return jsonb_build_object('state', 'replay', 'order', private.order_view(v_order), 'response', v_order.response);
    end if;
    v_attempt := 2;
  elsif p_kind = 'pack' then
    select k.* into v_pack from public.credit_packs as k where k.slug = p_item and k.is_active;
    -- Without a wish: the currency of the provider's home, else any that it is sold in.
    select r.currency, r.amount into v_currency, v_amount from public.credit_pack_prices as r
    where r.pack = v_pack.slug and (v_currency is null or r.currency = v_currency)
    order by r.currency = case p_provider when 'razorpay' then 'INR' else 'USD' end desc, r.currency limit 1;
    if not found then
      perform private.raise_problem(404, 'price_not_found', 'There is no such pack, or not in this currency.');
    end if;
  elsif p_kind = 'subscription' then
    select l.* into v_plan from public.plans as l where l.slug = p_item and l.is_active and not l.is_default;
    select r.* into v_price from public.plan_prices as r
    where r.plan = v_plan.slug and r.is_active and r.billing_interval = coalesce(p_interval, 'month')
      and (v_currency is null or r.currency = v_currency)
    order by r.currency = case p_provider when 'razorpay' then 'INR' else 'USD' end desc, r.currency limit 1;
    if not found then
      perform private.raise_problem(404, 'price_not_found', 'There is no such plan, or not for this interval and currency.');
    end if;
    v_currency := v_price.currency;
    v_amount := v_price.amount;
    v_live := private.live_subscription(p_user_id, v_now);
    if v_live.id is not null then
      perform private.raise_problem(409, 'subscription_exists', jsonb_build_object(
        'detail', 'There is a subscription already: change its plan instead.',
        'subscription_id', v_live.id, 'plan', v_live.plan, 'subscription_status', v_live.status
      )::text);
    elsif p_trial and (v_plan.trial_days = 0 or p_coupon is not null) then
      perform private.raise_problem(422, 'trial_not_offered', 'This plan has no trial, or not together with a code.');
    elsif p_trial and private.trial_left(p_user_id) is not true then
      perform private.raise_problem(409, 'trial_used', 'A trial is for confirmed addresses, once.');
    end if;
    -- Whoever begins anew has given up what they began before. Should it be paid all the same, it counts.
    with given_up as (
      update private.billing_orders as o set status = 'expired'
      where o.user_id = p_user_id and o.kind = 'subscription' and o.status in ('created', 'open')
      returning o.provider, o.provider_order_id, o.provider_subscription_id
    )
    select coalesce(jsonb_agg(to_jsonb(g)), '[]') into v_superseded from given_up as g
    where coalesce(g.provider_order_id, g.provider_subscription_id) is not null;
  else
    perform private.raise_problem(422, 'unknown_kind', 'What is sold is a pack or a subscription.');
  end if;

  if v_order.id is null then
    if p_coupon is not null then
      v_off := private.discount(upper(p_coupon), p_user_id, p_kind, p_item, v_amount, v_currency, v_now);
    end if;
    insert into private.billing_orders (
      user_id, kind, pack, credits, plan, price, billing_interval, trial_days, coupon, list_amount, amount, currency, provider,
      provider_account, idempotency_key, request_hash, created_at
    )
    values (
      p_user_id, p_kind, v_pack.slug, v_pack.credits, v_plan.slug, v_price.slug, v_price.billing_interval,
      case when p_trial then v_plan.trial_days else 0 end, upper(p_coupon), v_amount, v_amount - v_off, v_currency, p_provider,
      p_account, p_idempotency_key, p_request_hash, v_now
    )
    returning * into v_order;
  end if;

  return jsonb_build_object(
    'state', 'open', 'order', private.order_view(v_order), 'attempt', v_attempt,
    'name', coalesce(
      (select k.name from public.credit_packs as k where k.slug = v_order.pack),
      (select l.name from public.plans as l where l.slug = v_order.plan)
    ),
    'price', v_order.price,
    'provider_price_id', (
      select case v_order.provider when 'razorpay' then r.razorpay_plan_id else r.stripe_price_id end
      from public.plan_prices as r where r.slug = v_order.price
    ),
    'customer_id', (
      select c.provider_customer_id from public.billing_customers as c where c.user_id = p_user_id and c.provider = v_order.provider
    ),
    'email', v_profile.email, 'full_name', v_profile.full_name,
    'coupon', (
      select jsonb_build_object(
        'code', c.code, 'percent_off', c.percent_off, 'amount_off', c.amount_off, 'currency', c.currency,
        'duration', c.duration, 'razorpay_offer_id', c.razorpay_offer_id
      )
      from private.coupons as c where c.code = v_order.coupon
    ),
    'superseded', v_superseded
  );
end
$$;
comment on function public.checkout_open(uuid, text, text, text, text, text, text, text, boolean, text, text) is
  'Makes an order at the catalogue''s price less a coupon, or finds the one of the same key: {state: open | replay, order, …}. Refuses a second live subscription (409).';

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
  update private.billing_orders as o
  set
    provider_order_id = p_provider_order_id, provider_subscription_id = p_provider_subscription_id, response = p_response,
    status = case o.status when 'created' then 'open' else o.status end
  where o.id = p_order_id and o.user_id = p_user_id and o.response is null
  returning o.* into v_order;
  if not found then
    select o.* into v_order from private.billing_orders as o where o.id = p_order_id and o.user_id = p_user_id;
  end if;
  if v_order.id is null then
    perform private.raise_problem(404, 'order_not_found');
  end if;
  return v_order.response;
end
$$;
comment on function public.checkout_bind(uuid, uuid, text, text, jsonb) is
  'Notes under which ids the provider has an order, and what the client is told; returns what the first to get here said.';

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

create function public.plan_change(p_user_id uuid, p_subscription_id uuid, p_plan text)
returns jsonb
language plpgsql
security definer -- one place decides what is up and what is down
stable
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_sub public.subscriptions;
  v_from public.plans;
  v_to public.plans;
  v_price public.plan_prices;
begin
  select s.* into v_sub from public.subscriptions as s where s.id = p_subscription_id and s.user_id = p_user_id and s.provider <> 'manual';
  if not found then
    perform private.raise_problem(404, 'subscription_not_found');
  elsif v_sub.status not in ('trialing', 'active') or v_sub.cancel_at_period_end then
    perform private.raise_problem(409, 'subscription_not_changeable', 'Only a subscription that runs on can change its plan.');
  elsif v_sub.plan = p_plan then
    perform private.raise_problem(409, 'plan_unchanged', 'The subscription is on this plan.');
  end if;
  select l.* into v_from from public.plans as l where l.slug = v_sub.plan;
  select l.* into v_to from public.plans as l where l.slug = p_plan and l.is_active and not l.is_default;
  -- Interval and currency stay: another interval begins with a new subscription when this one has ended.
  select r.* into v_price from public.plan_prices as r
  where r.plan = v_to.slug and r.is_active and r.billing_interval = v_sub.billing_interval and r.currency = v_sub.currency;
  if not found then
    perform private.raise_problem(404, 'price_not_found', 'There is no such plan for this interval and currency.');
  end if;
  return jsonb_build_object(
    'direction', case when v_to.rank > v_from.rank then 'upgrade' else 'downgrade' end,
    'subscription_id', v_sub.id, 'provider', v_sub.provider, 'provider_subscription_id', v_sub.provider_subscription_id,
    'plan', v_to.slug, 'name', v_to.name, 'price', v_price.slug, 'amount', v_price.amount, 'currency', v_price.currency,
    'billing_interval', v_price.billing_interval, 'current_period_end', v_sub.current_period_end,
    'provider_price_id', case v_sub.provider when 'razorpay' then v_price.razorpay_plan_id else v_price.stripe_price_id end
  );
end
$$;
comment on function public.plan_change(uuid, uuid, text) is
  'What changing a user''s own subscription to a plan would be: {direction: upgrade | downgrade, price, …}.';

create function public.subscription_intend(
  p_user_id uuid, p_subscription_id uuid, p_cancel_at_period_end boolean default null, p_scheduled_plan text default null, p_clear_plan boolean default false
)
returns void
language plpgsql
security definer -- the state is the provider's; only these wishes are ours to note
set search_path = ''
as $$
begin
  update public.subscriptions as s
  set
    cancel_at_period_end = coalesce(p_cancel_at_period_end, s.cancel_at_period_end),
    scheduled_plan = case when p_clear_plan then null else coalesce(p_scheduled_plan, s.scheduled_plan) end
  where s.id = p_subscription_id and s.user_id = p_user_id;
end
$$;
comment on function public.subscription_intend(uuid, uuid, boolean, text, boolean) is
  'Notes what the provider has agreed to do at the end of the period, for providers whose objects do not say so.';

create function public.billing_catalogue()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'plans', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'slug', p.slug, 'name', p.name, 'description', p.description, 'rank', p.rank, 'is_default', p.is_default,
        'monthly_credits', p.monthly_credits, 'max_resumes', p.max_resumes, 'premium_templates', p.premium_templates,
        'trial_days', p.trial_days,
        'prices', (
          select coalesce(jsonb_agg(jsonb_build_object(
            'billing_interval', r.billing_interval, 'currency', r.currency, 'amount', r.amount
          ) order by r.currency, r.amount), '[]')
          from public.plan_prices as r where r.plan = p.slug and r.is_active
        ),
        'limits', (
          select coalesce(jsonb_agg(jsonb_build_object(
            'quota_group', l.quota_group, 'per_day', l.per_day, 'per_month', l.per_month, 'per_lifetime', l.per_lifetime, 'cost', l.cost
          ) order by l.quota_group), '[]')
          from public.plan_limits as l where l.plan = p.slug
        )
      ) order by p.rank), '[]')
      from public.plans as p where p.is_active
    ),
    'packs', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'slug', k.slug, 'name', k.name, 'credits', k.credits,
        'prices', (
          select coalesce(jsonb_agg(jsonb_build_object('currency', r.currency, 'amount', r.amount) order by r.currency), '[]')
          from public.credit_pack_prices as r where r.pack = k.slug
        )
      ) order by k.position, k.slug), '[]')
      from public.credit_packs as k where k.is_active
    ),
    'operations', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'slug', o.slug, 'name', o.name, 'quota_group', o.quota_group, 'cost', o.default_cost
      ) order by o.slug), '[]')
      from public.operations as o where o.is_active
    )
  )
$$;
comment on function public.billing_catalogue() is 'Everything for sale: plans with prices and limits, credit packs, what operations cost. Public.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.billing_catalogue() to anon, authenticated, service_role;
grant execute on function
public.checkout_open(uuid, text, text, text, text, text, text, text, boolean, text, text),
public.checkout_bind(uuid, uuid, text, text, jsonb), public.price_bind(text, text, text), public.customer_bind(uuid, text, text),
public.order_get(uuid, uuid, text, text), public.plan_change(uuid, uuid, text),
public.subscription_intend(uuid, uuid, boolean, text, boolean)
to service_role;
