-- Subscriptions between events: the mirror in profiles, the months of yearly plans, and reconciliation with what the
-- providers say when they are asked.

-- triggers ----------------------------------------------------------------------------------------------------
create function private.mirror_entitlement(p_user_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update public.profiles as p set plan = e.plan, subscription_status = e.status
  from private.entitlement(p_user_id, private.now()) as e
  where p.id = p_user_id and e.plan is not null and (p.plan, p.subscription_status) is distinct from (e.plan, e.status);
  return found;
end
$$;
comment on function private.mirror_entitlement(uuid) is 'Shows a user''s plan and its status in their profile; true where it was another before.';

create function private.on_subscription_changed()
returns trigger
language plpgsql
security definer -- the secret key may change a subscription by hand; the mirror follows all the same
set search_path = ''
as $$
begin
  if tg_op <> 'INSERT' then
    perform private.mirror_entitlement(old.user_id);
  end if;
  if tg_op <> 'DELETE' then
    perform private.mirror_entitlement(new.user_id);
  end if;
  return null;
end
$$;
comment on function private.on_subscription_changed() is 'After any change of a subscription: mirrors its user''s plan.';

create trigger subscriptions_mirror after insert or update or delete on public.subscriptions
for each row execute function private.on_subscription_changed();

-- functions ---------------------------------------------------------------------------------------------------
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

create function public.subscriptions_sweep(p_limit integer default 500)
returns jsonb
language plpgsql
security definer -- nobody may write the ledger directly, not even the secret key
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_row record;
  v_now timestamptz := private.now();
  v_effects text[] := '{}';
  v_settled integer := 0;
  v_mirrored integer := 0;
begin
  v_settled := private.settle_waiting(p_limit);
  -- Paid months that have begun. Who is locked is being settled already: so nobody waits, and two cannot block each other.
  for v_row in
    select c.user_id from public.user_credits as c
    where c.wake_at <= v_now and c.next_lot_at <= v_now
    order by c.user_id
    limit greatest(0, p_limit)
  loop
    continue when not private.try_lock_account(v_row.user_id);
    v_effects := v_effects || private.settle_account(v_row.user_id);
    v_settled := v_settled + 1;
  end loop;
  -- A period that ran out is no event: the mirror still shows what was.
  for v_row in
    select distinct s.user_id
    from public.subscriptions as s
    inner join public.profiles as p on p.id = s.user_id and p.subscription_status in ('trialing', 'active', 'past_due')
    where s.status in ('trialing', 'active', 'past_due') and s.paid_until <= v_now
    union
    select distinct s.user_id
    from public.subscriptions as s
    inner join public.profiles as p on p.id = s.user_id and p.subscription_status in ('trialing', 'active', 'past_due')
    where s.status in ('trialing', 'active', 'past_due') and s.current_period_end <= v_now
    order by 1
    limit greatest(0, p_limit)
  loop
    v_mirrored := v_mirrored + private.mirror_entitlement(v_row.user_id)::integer;
  end loop;
  -- That an account came back, or that time passed, settles nothing.
  perform private.forget_notes(n.user_id)
  from (select distinct c.user_id from private.payment_review_notes as c where c.code in ('erasure_waits', 'returned_upgrade') or c.user_id is null) as n;
  return jsonb_build_object('settled', v_settled, 'mirrored', v_mirrored, 'effects', to_jsonb(v_effects));
end
$$;
comment on function public.subscriptions_sweep(integer) is
  'Clean-up: derives accounts of which a paid month has begun or whose facts had waited for their order, shows plans that ran out in profiles. Returns {settled, mirrored, effects}.';

create function public.reconcile_due(p_limit integer default 100, p_is_urgent boolean default false, p_user_id uuid default null)
returns jsonb
language sql
security definer -- orders are private
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('provider', d.provider, 'kind', d.kind, 'id', d.id, 'why', d.why)), '[]')
  from (
    select d.*
    -- The clock is read once: a volatile function in a condition keeps an index from being a bound.
    from (select private.now() as now offset 0) as n
    cross join lateral (
      select s.provider, 'subscription' as kind, s.provider_subscription_id as id, s.state_at as since,
        case
          when s.needs_refetch then 'two states in one second'
          when s.status in ('past_due', 'unpaid', 'halted') then 'unpaid'
          else 'period over, no event'
        end as why
      from public.subscriptions as s
      where
        s.provider <> 'manual'
        and (
          s.needs_refetch
          or (s.status in ('trialing', 'active') and s.current_period_end < n.now - interval '1 hour')
          or (s.status in ('past_due', 'unpaid', 'halted') and s.state_at > n.now - interval '90 days')
          -- It runs, but nobody told of a charge for its period.
          or (
            s.status = 'active' and s.current_period_start < n.now - interval '1 hour'
            and coalesce(s.paid_until, s.current_period_start) < s.current_period_end - interval '1 day'
          )
        )
        and (s.needs_refetch or s.refetched_at is null or s.refetched_at < n.now - interval '6 hours')
      union all
      select o.provider, 'order', o.provider_order_id, o.created_at, 'order still open'
      from private.billing_orders as o
      where
        -- A pack that its provider cannot close may have been paid in its last minute.
        (o.status = 'open' or (o.status in ('expired', 'superseded') and not o.can_be_closed)) and o.provider_order_id is not null
        and o.created_at between n.now - interval '3 days' and n.now - interval '15 minutes'
      union all
      select o.provider, 'subscription', o.provider_subscription_id, o.created_at, 'order still open'
      from private.billing_orders as o
      where
        o.status = 'open' and o.provider_order_id is null and o.provider_subscription_id is not null
        and o.created_at between n.now - interval '3 days' and n.now - interval '15 minutes'
      union all
      -- Accepted, but no state of the subscription was told.
      select o.provider, case when o.provider_subscription_id is null then 'order' else 'subscription' end,
        coalesce(o.provider_subscription_id, o.provider_order_id), o.created_at, 'accepted, no state'
      from private.billing_orders as o
      where o.paid_at between n.now - interval '30 days' and n.now - interval '15 minutes' and private.is_without_state(o)
      union all
      -- Its charge has come and waits for a state.
      select p.provider, 'subscription', p.provider_subscription_id, p.created_at, 'paid, no state'
      from public.payments as p
      where
        p.status = 'paid' and p.kind = 'subscription' and p.subscription_id is null and p.user_id is not null
        and p.created_at between n.now - interval '30 days' and n.now - interval '15 minutes'
      union all
      select p.provider, 'payment', p.provider_payment_id, p.created_at, 'authorised, not captured'
      from public.payments as p
      where
        p.status = 'authorized' and p.provider_payment_id is not null
        and p.created_at between n.now - interval '6 days' and n.now - interval '1 hour'
      union all
      select p.provider, 'payment', coalesce(p.provider_payment_id, p.provider_reference), p.contradicted_at, 'two amounts'
      from public.payments as p
      where p.contradicted_at > coalesce(p.fetched_at, '-infinity')
      union all
      select r.provider, 'payment', r.provider_payment_id, r.state_at,
        case when r.contradicted_at > coalesce(r.fetched_at, '-infinity') then 'two amounts of a refund' else 'two states of a refund in one second' end
      from private.payment_refunds as r where r.needs_refetch
      union all
      select d.provider, 'dispute', d.provider_dispute_id, d.state_at,
        case when d.needs_refetch then 'two states in one second' else 'open dispute' end
      from private.payment_disputes as d
      where d.needs_refetch or (d.status = 'open' and d.state_at between n.now - interval '180 days' and n.now - interval '1 day')
    ) as d
    where p_user_id is null and (not p_is_urgent or d.why like 'two states%')
    union all
    select s.provider, 'subscription', s.provider_subscription_id, s.state_at, 'asked for'
    from public.subscriptions as s where s.user_id = p_user_id and s.provider <> 'manual'
    union all
    select o.provider, 'order', o.provider_order_id, o.created_at, 'asked for'
    from private.billing_orders as o where o.user_id = p_user_id and o.provider_order_id is not null and o.status <> 'paid'
    union all
    select o.provider, 'subscription', o.provider_subscription_id, o.created_at, 'asked for'
    from private.billing_orders as o
    where o.user_id = p_user_id and o.provider_subscription_id is not null and not exists (
      select from public.subscriptions as s where s.provider = o.provider and s.provider_subscription_id = o.provider_subscription_id
    )
    union all
    select d.provider, 'dispute', d.provider_dispute_id, d.state_at, 'asked for'
    from public.payments as p
    inner join private.payment_disputes as d on d.provider = p.provider and d.provider_payment_id = p.provider_payment_id
    where p.user_id = p_user_id
    union all
    select p.provider, 'payment', p.provider_payment_id, p.created_at, 'asked for'
    from public.payments as p where p.user_id = p_user_id and p.provider_payment_id is not null
    order by since
    limit greatest(0, p_limit)
  ) as d
$$;
comment on function public.reconcile_due(integer, boolean, uuid) is
  'What the providers should be asked about: [{provider, kind: subscription | order | payment | dispute, id, why}], longest waiting first. p_is_urgent: only what cannot be read without their answer; p_user_id: everything of one user, stale or not.';

create function private.picture(p_provider text, p_facts jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with rows as (
    select 'subscription ' || s.provider_subscription_id as name, s.user_id, jsonb_build_object(
      'plan', s.plan, 'status', s.status, 'current_period_end', s.current_period_end,
      'cancel_at_period_end', s.cancel_at_period_end, 'ended_at', s.ended_at, 'needs_refetch', s.needs_refetch
    ) as fields
    from public.subscriptions as s
    where s.provider = p_provider
      and s.provider_subscription_id in (select f ->> 'id' from jsonb_array_elements(p_facts -> 'subscriptions') as f)
    union all
    select 'payment ' || p.provider_reference, p.user_id, jsonb_build_object(
      'status', p.status, 'amount', p.amount, 'amount_refunded', p.amount_refunded, 'dispute_status', p.dispute_status,
      'user_id', p.user_id
    )
    from public.payments as p
    where p.provider = p_provider
      and p.provider_reference in (select f ->> 'reference' from jsonb_array_elements(p_facts -> 'payments') as f)
    union all
    select 'order ' || o.id, o.user_id, jsonb_build_object('status', o.status)
    from private.billing_orders as o
    where o.provider = p_provider and (
      o.provider_order_id in (
        select f ->> 'id' from jsonb_array_elements(p_facts -> 'checkouts') as f
        union all
        select f ->> 'order_id' from jsonb_array_elements(p_facts -> 'payments') as f
      )
      or o.provider_subscription_id in (select f ->> 'id' from jsonb_array_elements(p_facts -> 'subscriptions') as f)
    )
  )
  select coalesce(jsonb_object_agg(r.name, r.fields), '{}') || coalesce((
    select jsonb_object_agg('account ' || c.user_id, jsonb_build_object('balance', c.balance, 'debt', c.debt))
    from public.user_credits as c where c.user_id in (select r.user_id from rows as r)
  ), '{}')
  from rows as r
$$;
comment on function private.picture(text, jsonb) is 'What we have of the things that facts are about, to compare before and after.';

create function public.payments_reconcile(
  p_provider text,
  p_account text,
  p_fetched_at timestamptz,
  p_facts jsonb,
  p_dry_run boolean default false,
  p_is_answer boolean default false
)
returns jsonb
language plpgsql
security definer -- payments are written by no role
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_before jsonb := private.picture(p_provider, p_facts);
  v_after jsonb;
  v_effects text[];
  v_code text;
  v_detail text;
  v_changes jsonb;
begin
  begin
    v_effects := private.apply_facts(
      p_provider, p_account, p_fetched_at, case when p_is_answer then 'command' else 'fetch' end, p_facts
    );
    v_after := private.picture(p_provider, p_facts);
    if p_dry_run then
      raise exception using errcode = 'RBDRY', message = 'dry run';
    end if;
  exception
    when sqlstate 'RBDRY' then
      null;
    when others then
      get stacked diagnostics v_code = message_text, v_detail = pg_exception_detail;
      return jsonb_build_object(
        'state', 'failed', 'error', left(v_code, 200), 'detail', left(nullif(v_detail, ''), 500), 'changes', '[]'::jsonb, 'effects', '[]'::jsonb
      );
  end;
  select coalesce(jsonb_agg(jsonb_build_object(
    'what', n.name, 'field', f.field, 'before', v_before -> n.name -> f.field, 'after', v_after -> n.name -> f.field
  ) order by n.name, f.field), '[]')
  into v_changes
  from jsonb_object_keys(v_after) as n (name)
  cross join lateral jsonb_object_keys(v_after -> n.name) as f (field)
  where v_after -> n.name -> f.field is distinct from v_before -> n.name -> f.field;
  return jsonb_build_object(
    'state', case when p_dry_run then 'dry_run' else 'applied' end, 'changes', v_changes, 'effects', to_jsonb(v_effects)
  );
end
$$;
comment on function public.payments_reconcile(text, text, timestamptz, jsonb, boolean, boolean) is
  'Applies what a provider said when asked (p_is_answer: when it carried out a change for us), and tells what changed: {state: applied | dry_run | failed, changes: [{what, field, before, after}], effects}. A dry run changes nothing.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.subscriptions_sweep(integer), public.reconcile_due(integer, boolean, uuid),
public.payments_reconcile(text, text, timestamptz, jsonb, boolean, boolean)
to service_role;
