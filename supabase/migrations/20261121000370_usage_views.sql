-- Looking at credits and usage: what a client asks for its billing page, and the names that clients of the five
-- products know. All of it runs with the caller's rights: users see themselves, the secret key all.

-- functions ---------------------------------------------------------------------------------------------------
create function private.account_now(p_user_id uuid, p_at timestamptz, out balance integer, out reserved integer, out debt integer)
language plpgsql
stable
security definer -- what an account is worth follows from payments' facts, which no client reads
set search_path = ''
as $$
declare
  v_wake_at timestamptz;
begin
  if private.is_foreign_account(p_user_id) then
    return;
  end if;
  select c.balance, c.reserved, c.debt, c.wake_at into balance, reserved, debt, v_wake_at
  from public.user_credits as c where c.user_id = p_user_id;
  if v_wake_at <= p_at then
    -- Something ran out or began since, and nobody has swept: what a reservation would find.
    select d.balance, d.reserved, d.debt into balance, reserved, debt from private.derive_account(p_user_id, p_at, true) as d;
  end if;
end
$$;
comment on function private.account_now(uuid, timestamptz) is
  'Credits that a user could spend at a moment, those held and those owed, also where what ran out was not swept yet. Nulls for a client who asks about somebody else.';

create function private.is_foreign_account(p_user_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' in ('anon', 'authenticated')
    and p_user_id is distinct from private.active_user()
$$;
comment on function private.is_foreign_account(uuid) is 'Whether a client asks about an account that is not theirs.';

create function private.remaining(p_user_id uuid, p_quota_group text, p_at timestamptz)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_entitled private.entitlement := private.entitlement(p_user_id, p_at);
begin
  if exists (select from public.admin_users as a where a.user_id = p_user_id) then
    return -1;
  end if;
  return (
    select case
      when count(*) = 0 then 0
      when count(*) filter (where a.allowed >= 0) = 0 then -1
      else min(greatest(0, a.allowed - a.used - a.held)) filter (where a.allowed >= 0)
    end
    from private.allowance(p_user_id, array[p_quota_group], v_entitled.plan, v_entitled.custom_limits, p_at) as a
  );
end
$$;
comment on function private.remaining(uuid, text, timestamptz) is
  'How many operations of a group a user''s plan still pays for; -1 is any number. Administrators have any number.';

create function public.entitlements(p_user_id uuid default auth.uid())
returns jsonb
language plpgsql
volatile -- reads the clock, which moves
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_now timestamptz := private.now();
  v_entitled private.entitlement := private.entitlement(p_user_id, v_now);
  v_account record;
  v_plan public.plans;
begin
  perform private.require_active();
  if not exists (select from public.user_credits as c where c.user_id = p_user_id) then
    perform private.raise_problem(404, 'user_not_found');
  end if;
  select a.* into v_account from private.account_now(p_user_id, v_now) as a;
  select p.* into v_plan from public.plans as p where p.slug = v_entitled.plan;
  return jsonb_build_object(
    'plan', v_plan.slug,
    'plan_name', v_plan.name,
    'status', v_entitled.status,
    'subscription_id', v_entitled.subscription_id,
    'entitled_until', v_entitled.entitled_until,
    'is_admin', exists (select from public.admin_users as a where a.user_id = p_user_id),
    'balance', v_account.balance,
    'reserved', v_account.reserved,
    'debt', v_account.debt,
    'next_expiry', (
      select jsonb_build_object('expires_at', g.expires_at, 'credits', sum(g.remaining))
      from public.credit_grants as g
      where g.user_id = p_user_id and g.remaining > 0 and g.expires_at > v_now
      group by g.expires_at
      order by g.expires_at
      limit 1
    ),
    'max_resumes', coalesce(private.custom_limit(v_entitled.custom_limits, 'maxResumes'), v_plan.max_resumes),
    'premium_templates', v_plan.premium_templates,
    'limits', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'quota_group', g.slug, 'name', g.name, 'period', a.period_type, 'limit', a.allowed, 'used', a.used, 'held', a.held,
        'remaining', case when a.allowed < 0 then -1 else greatest(0, a.allowed - a.used - a.held) end, 'resets_at', a.resets_at
      ) order by g.slug, a.resets_at), '[]')
      from private.allowance(
        p_user_id, array(select q.slug from public.quota_groups as q), v_entitled.plan, v_entitled.custom_limits, v_now
      ) as a
      inner join public.quota_groups as g on g.slug = a.quota_group
    ),
    'operations', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'operation', o.slug, 'name', o.name, 'quota_group', o.quota_group, 'cost', coalesce(l.cost, o.default_cost)
      ) order by o.slug), '[]')
      from public.operations as o
      left join public.plan_limits as l on l.plan = v_plan.slug and l.quota_group = o.quota_group
      where o.is_active and o.quota_group is not null
    ),
    'timezone', 'UTC'
  );
end
$$;
comment on function public.entitlements(uuid) is
  'Everything a billing page shows of a user''s plan: balance, limits with what is used and held of them, prices of operations in credits. Periods are UTC; -1 is unlimited.';

create function public.usage_by_period(
  p_period_type text default 'monthly',
  p_from timestamptz default null,
  p_to timestamptz default null,
  p_user_id uuid default auth.uid()
)
returns table (
  period_type text, period_key text, operation_type text, operations bigint, paid_by_plan bigint, credits_used bigint
)
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_active();
  if p_period_type is null or p_period_type not in ('daily', 'monthly', 'lifetime') then
    perform private.raise_problem(422, 'invalid_period', 'A period is daily, monthly or lifetime.');
  end if;
  return query
  select
    p_period_type, private.period_key(p_period_type, e.reserved_at), e.operation_type::text, count(*),
    count(*) filter (where e.funding = 'plan'), sum(e.credits_used)
  from public.usage_events as e
  where
    e.user_id = p_user_id and e.status = 'committed'
    and e.reserved_at >= coalesce(p_from, '-infinity') and e.reserved_at < coalesce(p_to, 'infinity')
  group by 2, e.operation_type
  order by 2 desc, e.operation_type;
end
$$;
comment on function public.usage_by_period(text, timestamptz, timestamptz, uuid) is
  'What a user was charged for, per UTC day, UTC month or in all, and operation.';

create function public.get_user_subscription_status(p_user_id uuid)
returns table (plan_name text, status text, interviews_remaining integer, cover_letters_remaining integer, is_admin boolean)
language plpgsql
volatile -- reads the clock, which moves
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
begin
  perform private.require_active();
  return query
  select
    case
      when e.subscription_id is null then coalesce((select p.slug from public.plans as p where p.slug = 'starter' and p.is_active), e.plan)
      else e.plan
    end,
    e.status,
    private.remaining(p_user_id, 'interview', v_now),
    private.remaining(p_user_id, 'cover_letter', v_now),
    exists (select from public.admin_users as a where a.user_id = p_user_id)
  from private.entitlement(p_user_id, v_now) as e
  where exists (select from public.user_credits as c where c.user_id = p_user_id);
end
$$;
comment on function public.get_user_subscription_status(uuid) is
  'Plan and what is left of interviews and cover letters this month (-1: unlimited). No row for another user.';

create function public.increment_usage(
  p_user_id uuid, p_action text, p_month text default private.period_key('monthly', private.now())
)
returns void
language plpgsql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
as $$
declare
  v_durability constant text := current_setting('synchronous_commit');
  v_reserved jsonb;
begin
  if p_month is distinct from private.period_key('monthly', private.now()) then
    perform private.raise_problem(422, 'period_closed', 'Usage is counted in the current UTC month.');
  end if;
  v_reserved := public.usage_reserve(p_user_id, p_action, 'increment-' || gen_random_uuid(), 'increment_usage');
  perform public.usage_commit((v_reserved ->> 'usage_id')::uuid, (v_reserved ->> 'attempt')::integer, null);
  -- Here the charge is in the same transaction as the hold, so this one waits for the disk.
  perform set_config('synchronous_commit', v_durability, true);
end
$$;
comment on function public.increment_usage(uuid, text, text) is
  'Uses one operation at once: reserve and commit, refused where neither plan nor credits pay.';

-- views -------------------------------------------------------------------------------------------------------
create view public.credit_summary with (security_invoker = true) as
select
  c.user_id,
  c.balance + n.used as credits_total,
  n.used as credits_used,
  coalesce((select not p.is_default from public.plans as p where p.slug = private.entitled_plan(c.user_id)), false) as is_premium,
  c.updated_at
from public.user_credits as c
cross join lateral (
  -- What was used beyond the lots is owed.
  select c.debt + coalesce(sum(g.amount - g.remaining - g.expired - g.taken - g.lost - g.frozen), 0)::integer as used
  from public.credit_grants as g where g.user_id = c.user_id
) as n;
comment on view public.credit_summary is
  'A user''s credits as total and used; what is under way counts as used, what expired or was taken back as never had.';

create view public.token_balances with (security_invoker = true) as
select
  c.user_id as id,
  c.user_id,
  c.balance as current_balance,
  coalesce((select sum(g.amount) from public.credit_grants as g where g.user_id = c.user_id and g.source = 'pack'), 0)::integer as total_purchased,
  c.updated_at as last_updated
from public.user_credits as c;
comment on view public.token_balances is 'A user''s balance and how much they ever bought.';

create view public.token_transactions with (security_invoker = true) as
select
  t.id, t.user_id, t.amount, t.balance_after,
  case when t.amount > 0 then 'purchase' else 'usage' end as transaction_type,
  t.operation_type as feature_type,
  coalesce(t.description, t.kind) as description,
  'completed'::text as status,
  t.created_at
from public.credit_transactions as t
union all
-- Holds write no ledger row. A failed one took nothing, so there is no balance after it.
select
  e.id, e.user_id, -e.cost, case e.status when 'reserved' then c.balance - c.debt end, 'usage', e.operation_type,
  e.release_reason, case e.status when 'reserved' then 'pending' else 'failed' end, e.reserved_at
from public.usage_events as e
inner join public.user_credits as c on c.user_id = e.user_id
where e.status <> 'committed' and e.cost > 0;
comment on view public.token_transactions is
  'The ledger with the holds: completed is a ledger row, pending a hold, failed one that was given back.';

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.credit_summary, public.token_balances, public.token_transactions to authenticated;
grant execute on function
private.account_now(uuid, timestamptz), private.remaining(uuid, text, timestamptz), public.entitlements(uuid),
public.usage_by_period(text, timestamptz, timestamptz, uuid), public.get_user_subscription_status(uuid)
to authenticated, service_role;
grant execute on function public.increment_usage(uuid, text, text) to service_role;
-- Views over their tables: nothing to write.
revoke insert, update, delete on public.credit_summary, public.token_balances, public.token_transactions, public.tier_limits from service_role;
