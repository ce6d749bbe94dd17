-- Receipts and their numbers, and the ledger page by page.

-- tables ------------------------------------------------------------------------------------------------------
create table private.receipt_counter (
  is_only boolean primary key default true check (is_only),
  last_number bigint not null default 0
);
comment on table private.receipt_counter is
  'The last receipt number. A row, not a sequence: what is rolled back uses up no number, so there are no gaps.';

-- row level security ------------------------------------------------------------------------------------------
alter table private.receipt_counter enable row level security;

-- data --------------------------------------------------------------------------------------------------------
insert into private.receipt_counter default values;

-- triggers ----------------------------------------------------------------------------------------------------
create function private.number_receipt()
returns trigger
language plpgsql
security definer -- whoever commits a payment may not write the counter
set search_path = ''
as $$
declare
  v_number bigint;
begin
  if exists (select from public.payments as p where p.id = new.id and p.status = 'paid' and p.receipt_number is null) then
    update private.receipt_counter as c set last_number = c.last_number + 1 returning c.last_number into v_number;
    update public.payments as p
    set receipt_number = format('R-%s-%s', to_char(coalesce(p.paid_at, private.now()) at time zone 'UTC', 'YYYY'), lpad(v_number::text, 6, '0'))
    where p.id = new.id;
  end if;
  return null;
end
$$;
comment on function private.number_receipt() is
  'At commit: a payment that is paid and somebody''s is a receipt and gets the next number. The counter is the last lock of a transaction, and is held only while it commits.';

create constraint trigger payments_number_receipt after insert or update on public.payments
deferrable initially deferred
for each row when (new.status = 'paid' and new.user_id is not null and new.receipt_number is null)
execute function private.number_receipt();

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
      'item', case p.kind when 'pack' then o.item_name when 'subscription' then coalesce(p.terms -> coalesce(p.plan, o.plan) ->> 'name', l.name) end,
      'credits', o.credits, 'plan', p.plan, 'billing_interval', p.billing_interval,
      'bought', case
        when p.problem is not null then 'nothing'
        when exists (
          select from public.payments as n
          where n.status = 'paid' and n.problem is null and n.amount > n.amount_refunded + n.amount_lost
            and (n.paid_at, n.provider_reference) < (p.paid_at, p.provider_reference)
            and case p.kind
              when 'pack' then n.order_id = p.order_id
              else p.covers_period and n.covers_period and n.subscription_id = p.subscription_id
                and n.period_end > p.period_end - interval '1 day' and n.period_end < p.period_end + interval '1 day'
            end
        ) then 'nothing_more'
        when p.kind = 'pack' then 'pack'
        -- A charge that waits for the first state of its subscription is that of a period.
        when p.covers_period or p.subscription_id is null then 'period'
        when p.plan is not null then 'plan_change'
        else 'nothing'
      end,
      'period_start', p.period_start, 'period_end', p.period_end,
      'amount', p.amount, 'currency', p.currency,
      'list_amount', n.list_amount, 'coupon', case when p.amount < n.list_amount then o.coupon end, 'amount_refunded', p.amount_refunded, 'amount_lost', p.amount_lost, 'dispute_status', p.dispute_status,
      'provider', p.provider, 'provider_payment_id', coalesce(p.provider_payment_id, p.provider_reference),
      'method', p.method, 'provider_url', p.receipt_url,
      'buyer', jsonb_build_object('name', u.full_name, 'email', u.email),
      'refunds', (
        select coalesce(jsonb_agg(jsonb_build_object('amount', f.amount, 'at', f.processed_at) order by f.processed_at, f.provider_refund_id), '[]')
        from private.payment_refunds as f
        where f.provider = p.provider and f.provider_payment_id = p.provider_payment_id and f.status = 'processed'
          and f.currency = p.currency
      )
    ) as receipt
    from public.payments as p
    left join lateral private.order_of(p) as o on true
    left join public.plans as l on l.slug = coalesce(p.plan, o.plan)
    left join public.profiles as u on u.id = p.user_id
    cross join lateral (
      select case
        when p.problem is not null then p.amount
        when p.kind = 'pack' then o.list_amount
        else coalesce(p.list_amount, p.amount)
      end as list_amount
    ) as n
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

create function public.subscriptions_of(p_user_id uuid)
returns setof public.subscriptions
language sql
stable
set search_path = ''
as $$ select * from public.subscriptions as s where s.user_id = p_user_id order by s.created_at desc, s.id desc $$;
comment on function public.subscriptions_of(uuid) is
  'A user''s subscriptions, newest first, also those of a suspended or deleted account, which still ends what it pays for.';

create function public.credit_history(p_before bigint default null, p_limit integer default 50, p_user_id uuid default auth.uid())
returns jsonb
language sql
stable
set search_path = ''
set timezone = 'UTC'
as $$
  select private.require_active();
  select coalesce(jsonb_agg(jsonb_build_object(
    'seq', t.seq, 'at', t.created_at, 'kind', t.kind, 'amount', t.amount, 'balance_after', t.balance_after,
    'operation', t.operation_type, 'reference', coalesce(t.reference, t.usage_id::text),
    'description', coalesce(t.description, (select o.name from public.operations as o where o.slug = t.operation_type)),
    'receipt', (
      select p.receipt_number
      from public.credit_grants as g
      inner join public.payments as p on p.user_id = g.user_id and (p.order_id::text = g.reference or p.provider_reference = g.reference)
      where g.id = t.grant_id and g.source in ('pack', 'subscription') and p.receipt_number is not null and p.status = 'paid' and p.problem is null
      order by p.paid_at, p.provider_reference
      limit 1
    )
  ) order by t.seq desc), '[]')
  from (
    select * from public.credit_transactions as n
    where n.user_id = p_user_id and (p_before is null or n.seq < p_before)
    order by n.seq desc
    limit greatest(1, least(p_limit, 200))
  ) as t
$$;
comment on function public.credit_history(bigint, integer, uuid) is
  'A user''s ledger, newest first, the page before a row''s seq, with the receipt that the credits came with. Runs with the caller''s rights: a client sees their own.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.receipts(uuid, uuid, uuid, integer), public.subscriptions_of(uuid) to service_role;
grant execute on function public.credit_history(bigint, integer, uuid) to authenticated, service_role;
