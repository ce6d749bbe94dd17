-- Offers: until when an order may be paid, and what an order holds (a coupon's redemption, a mailbox's trial) until
-- it is certain that nobody will pay it.

-- functions ---------------------------------------------------------------------------------------------------
create function private.end_offer(p_order_id uuid, p_at timestamptz, p_is_closed boolean, p_status text default 'expired')
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  -- Of two ends the later in this list counts, whichever is reported first.
  v_rank constant text[] := array['created', 'open', 'expired', 'superseded', 'failed', 'paid'];
begin
  update private.billing_orders as o
  set
    offer_ended_at = least(o.offer_ended_at, p_at),
    closed_at = case when p_is_closed and o.can_be_closed then least(o.closed_at, p_at) else o.closed_at end,
    status = v_rank[greatest(array_position(v_rank, o.status), array_position(v_rank, p_status))]
  where
    o.id = p_order_id
    and (
      o.offer_ended_at is null or o.offer_ended_at > p_at or (p_is_closed and o.can_be_closed and (o.closed_at is null or o.closed_at > p_at))
      or array_position(v_rank, o.status) < array_position(v_rank, p_status)
    );
  return found;
end
$$;
comment on function private.end_offer(uuid, timestamptz, boolean, text) is
  'Ends an order''s offer at a moment, and notes whether the provider has closed it. The earliest moment counts, so the order of calls does not matter. A paid order stays paid. False: nothing new.';

create function private.offer_end(p_order private.billing_orders)
returns timestamptz
language sql
immutable
set search_path = ''
as $$ select least(p_order.offer_ends_at, p_order.offer_ended_at) $$;
comment on function private.offer_end(private.billing_orders) is 'When an order''s offer ends or ended. A customer who acts then or later is late.';

create function private.order_can_be_paid(p_order private.billing_orders, p_at timestamptz)
returns boolean
language sql
immutable
set search_path = ''
as $$ select p_order.status in ('created', 'open') and p_order.closed_at is null and p_at < least(p_order.offer_ends_at, p_order.offer_ended_at) $$;
comment on function private.order_can_be_paid(private.billing_orders, timestamptz) is 'Whether a customer may pay an order at a moment.';

create function private.is_over(p_order private.billing_orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.subscriptions as s
    where s.provider = p_order.provider and s.provider_subscription_id = p_order.provider_subscription_id and s.status in ('canceled', 'expired')
  )
$$;
comment on function private.is_over(private.billing_orders) is
  'Whether the subscription that came of an order has ended, also one that was accepted too late: nothing is left to close.';

create function private.is_refused_mandate(p_order private.billing_orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select p_order.kind = 'subscription' and p_order.trial_days = 0 and private.is_over(p_order) and not exists (
    select from public.payments as p
    where p.provider = p_order.provider and p.provider_subscription_id = p_order.provider_subscription_id and p.status = 'paid'
  )
$$;
comment on function private.is_refused_mandate(private.billing_orders) is
  'Whether an order was accepted, but its subscription ended before anything was paid: a bank refused the mandate.';

create function private.is_unclosed(p_order private.billing_orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select
    p_order.status not in ('paid', 'failed') and p_order.closed_at is null and p_order.can_be_closed
    and coalesce(p_order.provider_order_id, p_order.provider_subscription_id) is not null
    and not private.is_over(p_order)
$$;
comment on function private.is_unclosed(private.billing_orders) is
  'Whether the provider has a checkout for an order that it can close and has not. A Razorpay pack order cannot be closed.';

create function private.is_held(p_order private.billing_orders, p_at timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  select (p_order.status = 'paid' and not private.is_refused_mandate(p_order)) or (
    p_order.closed_at is null and not private.is_over(p_order) and (
      private.order_can_be_paid(p_order, p_at)
      -- Over for us, but the provider may still take the customer's money, or have it already.
      or private.is_unclosed(p_order)
      or (p_order.provider_order_id is not null and p_at < p_order.offer_ends_at)
      or exists (select from public.payments as p where p.order_id = p_order.id and p.status = 'authorized')
    )
  )
$$;
comment on function private.is_held(private.billing_orders, timestamptz) is
  'Whether an order counts as a redemption of its coupon and as its mailbox''s trial: it is paid (also if refunded since), or it can still be paid.';

create function private.is_without_state(p_order private.billing_orders)
returns boolean
language sql
stable
set search_path = ''
as $$
  select p_order.kind = 'subscription' and p_order.status = 'paid' and not exists (
    select from public.subscriptions as s
    where s.provider = p_order.provider and s.provider_subscription_id = p_order.provider_subscription_id
  )
$$;
comment on function private.is_without_state(private.billing_orders) is
  'Whether a subscription was accepted of which the provider has reported no state: a bank has to confirm its mandate, or the report was lost.';

create function private.checkout_ids(p_order private.billing_orders)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'order_id', p_order.id, 'provider', p_order.provider, 'provider_order_id', p_order.provider_order_id,
    'provider_subscription_id', p_order.provider_subscription_id
  )
$$;
comment on function private.checkout_ids(private.billing_orders) is 'An order by our id and the provider''s, for whoever closes it there.';
