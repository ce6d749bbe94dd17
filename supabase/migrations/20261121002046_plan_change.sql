-- Changing the plan of a subscription, and what the provider agreed to do at the end of its period.

-- functions ---------------------------------------------------------------------------------------------------
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
  perform public.account_require_active(p_user_id);
  select s.* into v_sub from public.subscriptions as s where s.id = p_subscription_id and s.user_id = p_user_id and s.provider <> 'manual';
  if not found then
    perform private.raise_problem(404, 'subscription_not_found');
  elsif v_sub.status = 'trialing' then
    -- Else the trial of one plan would be a free trial of another, or end in a charge that nobody expects.
    perform private.raise_problem(409, 'subscription_not_changeable', 'The plan can change when the trial is over.');
  elsif v_sub.status <> 'active' or v_sub.cancel_at_period_end then
    perform private.raise_problem(409, 'subscription_not_changeable', 'Only a subscription that runs on can change its plan.');
  elsif private.must_end(v_sub) or v_sub.paid_until is null or v_sub.paid_until <= private.now() then
    -- A difference is sold only beside what is paid for and kept.
    perform private.raise_problem(409, 'subscription_not_changeable', 'The plan can change when the current period is paid.');
  elsif v_sub.plan = p_plan and v_sub.scheduled_plan is not null then
    return jsonb_build_object(
      'direction', 'stay', 'provider', v_sub.provider, 'provider_subscription_id', v_sub.provider_subscription_id
    );
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
    'drop_discount', exists (
      select from private.billing_orders as o inner join private.coupons as c on c.code = o.coupon
      where o.provider = v_sub.provider and o.provider_subscription_id = v_sub.provider_subscription_id
        -- Nor is a fixed amount that the new price does not exceed: its renewals would be free, and pay for no period.
        and (not private.is_coupon_for(c, 'subscription', v_to.slug) or c.amount_off >= v_price.amount)
    ),
    'provider_price_id', case v_sub.provider when 'razorpay' then v_price.razorpay_plan_id else v_price.stripe_price_id end
  );
end
$$;
comment on function public.plan_change(uuid, uuid, text) is
  'What changing a user''s own subscription to a plan would be: {direction: upgrade | downgrade, price, drop_discount, …}, or {direction: stay}: back to the plan that it is on, which withdraws the downgrade that is scheduled. drop_discount: the code it was bought with is not for this plan, so the provider''s discount ends with the change.';

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
    -- What the provider tells of this period stands.
    cancel_at_period_end = case
      when p_cancel_at_period_end is null or exists (
        select from private.subscription_states as t
        where t.provider = s.provider and t.provider_subscription_id = s.provider_subscription_id
          and t.cancel_at_period_end is not null and t.period_end is not distinct from s.current_period_end
      ) then s.cancel_at_period_end
      else p_cancel_at_period_end
    end,
    scheduled_plan = case when p_clear_plan then null else coalesce(p_scheduled_plan, s.scheduled_plan) end
  where s.id = p_subscription_id and s.user_id = p_user_id;
end
$$;
comment on function public.subscription_intend(uuid, uuid, boolean, text, boolean) is
  'Notes what the provider has agreed to do at the end of the period, for providers whose objects do not say so.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.plan_change(uuid, uuid, text), public.subscription_intend(uuid, uuid, boolean, text, boolean)
to service_role;
