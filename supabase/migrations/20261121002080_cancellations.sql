-- Subscriptions that must end at their provider without their owner asking for it. What is listed follows from the rows
-- alone, so that nothing has to be remembered: an entry goes when a state shows the end, or that it will come.

-- indexes -----------------------------------------------------------------------------------------------------
create index profiles_suspended_idx on public.profiles (id) where not is_active;
create index subscriptions_accepted_late_idx on public.subscriptions (id) where accepted_late and status not in ('canceled', 'expired');

-- views -------------------------------------------------------------------------------------------------------
create view private.subscription_cancellations with (security_invoker = true) as
select
  s.id as subscription_id, s.user_id, s.provider, s.provider_subscription_id, s.status, d.reason, h.at_period_end
from (
  select distinct on (c.subscription_id) c.subscription_id, c.reason, c.at_period_end
  from (
    -- Deleted: renewal stops at once, so that nobody pays for an account that they gave up; the rest of what is paid goes
    -- when the account is erased.
    select
      n.id as subscription_id, case when p.deleted_at < (select private.now()) - r.keep then 'erasure' else 'deleted' end as reason,
      p.deleted_at >= (select private.now()) - r.keep as at_period_end
    from public.profiles as p
    inner join public.subscriptions as n on n.user_id = p.id
    cross join private.retention_policies as r
    where p.deleted_at is not null and r.data_type = 'deleted_accounts'
    union all
    select n.id, 'suspended', true
    from public.profiles as p
    inner join public.subscriptions as n on n.user_id = p.id
    where not p.is_active
    union all
    -- One that began or came alive after its account was erased.
    select n.id, 'erasure', false
    from public.subscriptions as n
    inner join private.closed_accounts as c on c.user_id = n.user_id
    where n.provider <> 'manual' and n.status not in ('canceled', 'expired')
    union all
    select r.subscription_id, 'returned', false from private.returned_subscriptions as r
    union all
    -- Nobody may be charged for what entitles to nothing.
    select n.id, 'late', false from public.subscriptions as n where n.accepted_late and n.status not in ('canceled', 'expired')
  ) as c
  -- What ends now goes before what ends later.
  order by c.subscription_id, c.at_period_end, c.reason
) as d
inner join public.subscriptions as s on s.id = d.subscription_id
cross join lateral (
  select
    -- Where nothing paid runs there is no period to wait for; and Razorpay takes no wish before the first charge.
    d.at_period_end and s.status not in ('past_due', 'unpaid', 'halted') and not (s.provider = 'razorpay' and s.status = 'trialing') as at_period_end
) as h
where s.provider <> 'manual' and s.status not in ('canceled', 'expired') and not (h.at_period_end and s.cancel_at_period_end)
union all
-- Accepted, but no state was reported: there is only the order, and nothing paid to wait for.
select o.id, o.user_id, o.provider, o.provider_subscription_id, 'incomplete', case when p.is_active then 'deleted' else 'suspended' end, false
from private.billing_orders as o
inner join public.profiles as p on p.id = o.user_id and (not p.is_active or p.deleted_at is not null)
where private.is_without_state(o) and o.provider_subscription_id is not null
union all
select o.id, o.user_id, o.provider, o.provider_subscription_id, 'incomplete', 'erasure', false
from private.billing_orders as o
inner join private.closed_accounts as c on c.user_id = o.user_id
where private.is_without_state(o) and o.provider_subscription_id is not null;
comment on view private.subscription_cancellations is
  'Subscriptions to cancel at their provider, and why: erasure, returned, late (accepted after the offer had ended; now); deleted, suspended (at the end of what is paid).';

-- functions ---------------------------------------------------------------------------------------------------
create function public.subscriptions_to_cancel(p_limit integer default 20, p_skip integer default 0)
returns jsonb
language sql
security definer -- private is not reachable with the secret key's role
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(c) order by c.subscription_id), '[]')
  from (
    select v.subscription_id, v.user_id, v.provider, v.provider_subscription_id, v.reason, v.at_period_end
    from private.subscription_cancellations as v
    order by v.subscription_id
    limit greatest(0, least(p_limit, 1000)) offset greatest(0, p_skip)
  ) as c
$$;
comment on function public.subscriptions_to_cancel(integer, integer) is
  'What the clean-up cancels at the providers: [{subscription_id, user_id, provider, provider_subscription_id, reason, at_period_end}].';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.subscriptions_to_cancel(integer, integer) to service_role;
