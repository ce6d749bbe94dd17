-- The rules of checkout_open: an active account, one live subscription, one trial per mailbox, a coupon as often as it
-- may be used.

-- functions ---------------------------------------------------------------------------------------------------
create function public.account_require_active(p_user_id uuid)
returns void
language plpgsql
security definer -- one rule for whatever starts or continues a charge
stable
set search_path = ''
as $$
begin
  if private.active_user(p_user_id) is null then
    perform private.raise_problem(403, 'account_inactive');
  end if;
end
$$;
comment on function public.account_require_active(uuid) is
  'Refuses (403) a suspended or deleted account what would start or continue a charge: checkout, resuming, a change of plan, the portal.';

create function private.gives_way(p_order private.billing_orders, p_user_id uuid, p_order_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select
    p_order.user_id = p_user_id and p_order.kind = 'subscription' and p_order.id is distinct from p_order_id
    and (p_order.status in ('created', 'open') or private.is_unclosed(p_order))
    -- Completed, it is a subscription by now, and ends as such.
    and not exists (
      select from public.subscriptions as s
      where s.provider = p_order.provider and s.provider_subscription_id = p_order.provider_subscription_id
    )
$$;
comment on function private.gives_way(private.billing_orders, uuid, uuid) is
  'Whether an order is an earlier subscription checkout of a customer that ends before a later one (p_order_id) is opened.';

create function private.must_end(p_subscription public.subscriptions)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_subscription.accepted_late
    or exists (select from private.returned_subscriptions as r where r.subscription_id = p_subscription.id);
end
$$;
comment on function private.must_end(public.subscriptions) is
  'Whether a subscription entitles to nothing while it runs: it was accepted after its offer had ended, or the money of its last period went back.';

create function private.to_end_first(p_user_id uuid, p_order_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_subscriptions jsonb;
  v_superseded jsonb;
begin
  select jsonb_agg(private.checkout_ids(o) order by o.created_at, o.id) into v_superseded
  from private.billing_orders as o
  where o.user_id = p_user_id and private.gives_way(o, p_user_id, p_order_id) and private.is_unclosed(o);

  select
    jsonb_agg(jsonb_build_object(
      'subscription_id', s.id, 'provider', s.provider, 'provider_subscription_id', s.provider_subscription_id, 'status', s.status,
      'action', case when s.status in ('unpaid', 'halted') or private.must_end(s) then 'cancel' else 'look_up' end
    ) order by s.id)
  into v_subscriptions
  from public.subscriptions as s
  where s.user_id = p_user_id and s.provider <> 'manual'
    and s.status in ('trialing', 'active', 'past_due', 'paused', 'unpaid', 'halted');

  if coalesce(v_superseded, v_subscriptions) is null then
    return null;
  end if;
  return jsonb_build_object(
    'state', 'cancel_first', 'subscriptions', coalesce(v_subscriptions, '[]'), 'superseded', coalesce(v_superseded, '[]')
  );
end
$$;
comment on function private.to_end_first(uuid, uuid) is
  'What could make a second subscription of the one to be sold, and must end at its provider first: subscriptions that may come alive again or entitle to nothing (cancel), those whose period is over without a word from the provider (look_up), and checkouts that are still open there. Null: nothing. Ends nothing itself.';

create function private.live_subscription(p_user_id uuid, p_at timestamptz)
returns public.subscriptions
language sql
stable
set search_path = ''
as $$
  -- One whose period is over is not believed before the provider was asked: its cancellation may have been lost.
  select s.*
  from public.subscriptions as s inner join public.plans as p on p.slug = s.plan
  where
    s.user_id = p_user_id and s.provider <> 'manual' and s.status in ('trialing', 'active', 'past_due', 'paused')
    and (
      s.status = 'paused' or coalesce(s.current_period_end + make_interval(days => p.grace_days) > p_at, true)
      or s.refetched_at > p_at - interval '5 minutes'
    )
    and not private.must_end(s)
  order by p.rank desc, s.id limit 1
$$;
comment on function private.live_subscription(uuid, timestamptz) is 'The subscription that makes a second one a mistake, if there is one.';

create function private.is_starting(p_user_id uuid, p_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  -- A bank has a week to confirm a mandate.
  select exists (
    select from private.billing_orders as o
    where o.user_id = p_user_id and o.paid_at > p_at - interval '7 days' and private.is_without_state(o)
  )
$$;
comment on function private.is_starting(uuid, timestamptz) is
  'Whether a user accepted a subscription of which the provider has reported no state yet: a bank has to confirm its mandate.';

create function private.trial_left(p_user_id uuid, p_at timestamptz)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_mailbox bytea := (
    select private.email_fingerprint(p.email) from public.profiles as p where p.id = p_user_id and p.email_verified
  );
begin
  if v_mailbox is null then
    return false;
  end if;
  -- Two accounts may share a mailbox (asha+1@, asha+2@): only one of them at a time.
  perform pg_advisory_xact_lock(hashtextextended('trial ' || encode(v_mailbox, 'hex'), 0));
  return
    not exists (select from private.signup_fingerprints as f where f.fingerprint = v_mailbox and f.benefit = 'trial')
    and not exists (select from public.subscriptions as s where s.user_id = p_user_id and s.trial_end is not null)
    -- This account's other open checkouts do not count: they are closed before this one is opened.
    and not exists (
      select from private.billing_orders as o
      where o.trial_mailbox = v_mailbox and (o.status = 'paid' or (o.user_id <> p_user_id and private.is_held(o, p_at)))
    )
    and not exists (
      select from private.billing_orders as o where o.user_id = p_user_id and o.trial_days > 0 and o.status = 'paid'
    );
end
$$;
comment on function private.trial_left(uuid, timestamptz) is
  'Whether a user may have a trial: once per confirmed mailbox, counted from the open order on.';

create function private.discount(p_code text, p_provider text, p_kind text, p_item text, p_amount bigint, p_currency text, p_at timestamptz)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  v_coupon private.coupons;
begin
  if p_code is null then
    return 0;
  end if;
  select c.* into v_coupon from private.coupons as c where c.code = p_code;
  if v_coupon.code is null or not v_coupon.is_active or p_at < v_coupon.valid_from or p_at >= v_coupon.valid_until then
    perform private.raise_problem(422, 'coupon_invalid', 'This code is not valid, or not any more.');
  elsif not private.is_coupon_for(v_coupon, p_kind, p_item) or v_coupon.currency <> p_currency then
    perform private.raise_problem(422, 'coupon_not_applicable', 'This code is for something else.');
  elsif p_provider = 'razorpay' and p_kind = 'subscription' and v_coupon.razorpay_offer_id is null then
    perform private.raise_problem(422, 'coupon_not_applicable', 'This code is not for subscriptions paid through Razorpay.');
  elsif v_coupon.amount_off >= p_amount then
    perform private.raise_problem(422, 'coupon_not_applicable', 'This code is worth more than the price.');
  end if;
  return private.taken_off(v_coupon, p_amount);
end
$$;
comment on function private.discount(text, text, text, text, bigint, text, timestamptz) is
  'What a coupon takes off an amount (rounded down); 422 where it does not apply. Without a code: 0.';

create function private.take_redemption(p_code text, p_kind text, p_user_id uuid, p_order_id uuid, p_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_limit integer;
begin
  if p_code is null then
    return;
  end if;
  -- Locked until the order is there, so that two checkouts cannot both take the last one.
  select c.max_redemptions into v_limit from private.coupons as c where c.code = p_code for update;
  if exists (
    select from private.billing_orders as o
    where o.coupon = p_code and o.user_id = any(private.mailbox_accounts(p_user_id)) and o.id is distinct from p_order_id
      and private.is_held(o, p_at) and not (p_kind = 'subscription' and private.gives_way(o, p_user_id, p_order_id))
  ) then
    perform private.raise_problem(422, 'coupon_used_up', 'You have used this code, or have a checkout open with it.');
  elsif v_limit <= (
    select count(*) from private.billing_orders as o
    where v_limit is not null and o.coupon = p_code and o.id is distinct from p_order_id and private.is_held(o, p_at)
      and not (p_kind = 'subscription' and private.gives_way(o, p_user_id, p_order_id))
  ) then
    perform private.raise_problem(422, 'coupon_used_up', 'This code has been used as often as it may be.');
  end if;
end
$$;
comment on function private.take_redemption(text, text, uuid, uuid, timestamptz) is
  'Refuses (422) a coupon without a redemption left: every order that is paid or can still be paid holds one, each customer''s own too. The order to be made holds the next; it is not counted against itself, nor are checkouts that end before it is opened.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.account_require_active(uuid) to service_role;
