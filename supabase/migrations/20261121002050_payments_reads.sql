-- Reading: receipts, and the ledger page by page.

-- functions ---------------------------------------------------------------------------------------------------
create function public.receipts(
  p_user_id uuid, p_receipt_id uuid default null, p_before uuid default null, p_limit integer default 50
)
returns jsonb
language sql
stable
security definer -- orders and refunds are private
set search_path = ''
set timezone = 'UTC'
as $$
  select coalesce(jsonb_agg(r.receipt order by r.paid_at desc, r.created_at desc, r.id desc), '[]')
  from (
    select p.id, p.paid_at, p.created_at, jsonb_build_object(
      'id', p.id, 'number', p.receipt_number, 'kind', p.kind, 'paid_at', p.paid_at,
      'item', case p.kind when 'pack' then k.name when 'subscription' then l.name end,
      'credits', o.credits, 'plan', p.plan, 'billing_interval', p.billing_interval,
      -- A subscription's charge that pays for no period is the difference after a change of plan.
      'is_plan_change', p.kind = 'subscription' and not p.covers_period,
      'period_start', p.period_start, 'period_end', p.period_end,
      'amount', p.amount, 'currency', p.currency,
      'list_amount', case when p.kind = 'pack' then o.list_amount else coalesce(p.list_amount, p.amount) end,
      'coupon', o.coupon, 'amount_refunded', p.amount_refunded, 'amount_lost', p.amount_lost, 'dispute_status', p.dispute_status,
      'provider', p.provider, 'provider_payment_id', coalesce(p.provider_payment_id, p.provider_reference),
      'method', p.method, 'provider_url', p.receipt_url,
      'buyer', jsonb_build_object('name', u.full_name, 'email', u.email),
      'refunds', (
        select coalesce(jsonb_agg(jsonb_build_object('amount', f.amount, 'at', f.state_at) order by f.state_at, f.provider_refund_id), '[]')
        from private.payment_refunds as f
        where f.provider = p.provider and f.provider_payment_id = p.provider_payment_id and f.status = 'processed'
          and f.currency = p.currency
      )
    ) as receipt
    from public.payments as p
    left join private.billing_orders as o
      on o.id = p.order_id or (o.provider = p.provider and o.provider_subscription_id = p.provider_subscription_id)
    left join public.credit_packs as k on k.slug = o.pack
    left join public.plans as l on l.slug = coalesce(p.plan, o.plan)
    left join public.profiles as u on u.id = p.user_id
    where
      p.user_id = p_user_id and p.status = 'paid' and p.receipt_number is not null
      and (p_receipt_id is null or p.id = p_receipt_id) and (
        p_before is null
        -- The whole order, not its moment alone: two may be of one second.
        or (p.paid_at, p.created_at, p.id) < (
          select b.paid_at, b.created_at, b.id from public.payments as b where b.id = p_before and b.user_id = p_user_id
        )
      )
    order by p.paid_at desc, p.created_at desc, p.id desc
    limit greatest(1, least(p_limit, 200))
  ) as r
$$;
comment on function public.receipts(uuid, uuid, uuid, integer) is
  'A user''s receipts, newest first, or those that come after one of them: what was bought, what it cost, what was given back.';

create function public.credit_history(p_before bigint default null, p_limit integer default 50, p_user_id uuid default auth.uid())
returns jsonb
language sql
stable
set search_path = ''
set timezone = 'UTC'
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'seq', t.seq, 'at', t.created_at, 'kind', t.kind, 'amount', t.amount, 'balance_after', t.balance_after,
    'operation', t.operation_type, 'reference', t.reference, 'description', t.description
  ) order by t.seq desc), '[]')
  from (
    select * from public.credit_transactions as n
    where n.user_id = p_user_id and (p_before is null or n.seq < p_before)
    order by n.seq desc
    limit greatest(1, least(p_limit, 200))
  ) as t
$$;
comment on function public.credit_history(bigint, integer, uuid) is
  'A user''s ledger, newest first, the page before a row''s seq. Runs with the caller''s rights: a client sees their own.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.receipts(uuid, uuid, uuid, integer) to service_role;
grant execute on function public.credit_history(bigint, integer, uuid) to authenticated, service_role;
