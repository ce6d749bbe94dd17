-- Entitlement: which plan a user has at a moment. Evaluated when it is asked for, from the newest state of each
-- subscription and from what was paid and kept, so that a lost webhook is no eternal plan and a late one no lock-out.

-- types -------------------------------------------------------------------------------------------------------
create type private.entitlement as (
  plan text, subscription_id uuid, status text, custom_limits jsonb, entitled_until timestamptz
);
comment on type private.entitlement is 'What a user is entitled to, by which subscription (null: none, the default plan) and until when.';

-- functions ---------------------------------------------------------------------------------------------------
create function private.entitlement(p_user_id uuid, p_at timestamptz)
returns private.entitlement
language plpgsql
stable
set search_path = ''
as $$
declare
  v_found private.entitlement;
begin
  -- Nearly everybody: a look into one index.
  if not exists (select from public.subscriptions as s where s.user_id = p_user_id and s.status in ('trialing', 'active', 'past_due')) then
    select d.slug, null, 'none', '{}', null into v_found from public.plans as d where d.is_default;
    return v_found;
  end if;
  select coalesce(n.plan, d.slug), n.id, coalesce(n.status, 'none'), coalesce(n.custom_limits, '{}'), n.entitled_until
  into v_found
  from public.plans as d
  left join lateral (
    select p.slug as plan, s.id, s.status, s.custom_limits, u.until + make_interval(days => p.grace_days) as entitled_until
    from public.subscriptions as s
    inner join public.plans as p on p.slug = coalesce(s.trial_plan, s.plan)
    cross join lateral (
      select case
        when s.status = 'trialing' then coalesce(s.trial_end, s.current_period_end)
        -- Given by an administrator: nobody pays for it.
        when s.provider = 'manual' then s.current_period_end
        -- Grace waits for money that is late, not for money that went back.
        when s.paid_until <= p_at and s.returned_periods @> p_at then '-infinity'
        else coalesce(s.paid_until, '-infinity')
      end as until
    ) as u
    where
      s.user_id = p_user_id
      and s.status in ('trialing', 'active', 'past_due')
      and not s.accepted_late
      and p_at < coalesce(u.until + make_interval(days => p.grace_days), 'infinity')
    order by p.rank desc, u.until desc nulls first, s.id
    limit 1
  ) as n on true
  where d.is_default;
  return v_found;
end
$$;
comment on function private.entitlement(uuid, timestamptz) is
  'The plan a user has at a moment: of the subscriptions that run (trialing until the trial''s end, active and past_due until the end of what is paid, each with its grace) the one with the highest rank, else the default plan. Runs with the caller''s rights: a client sees their own.';

create function private.entitled_plan(p_user uuid)
returns text
language sql
stable
set search_path = ''
as $$ select (private.entitlement(p_user, private.now())).plan $$;
comment on function private.entitled_plan(uuid) is 'Slug of the plan a user has now; null only where no catalogue is loaded.';

create function private.custom_limit(p_custom jsonb, p_key text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case when jsonb_typeof(p_custom -> p_key) = 'number' then greatest(-1, least((p_custom ->> p_key)::numeric, 2000000000))::integer end
$$;
comment on function private.custom_limit(jsonb, text) is 'A limit that a subscription overrides (subscriptions.custom_limits), null where it does not.';

create function private.max_resumes(p_user uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(private.custom_limit(e.custom_limits, 'maxResumes'), p.max_resumes)
  from private.entitlement(p_user, private.now()) as e
  inner join public.plans as p on p.slug = e.plan
$$;
comment on function private.max_resumes(uuid) is 'How many résumés a user may have: -1 for any number, null where no catalogue is loaded.';

create function private.allowance(p_user_id uuid, p_quota_groups text[], p_plan text, p_custom jsonb, p_at timestamptz)
returns table (
  quota_group text, period_type text, period_key text, allowed integer, used integer, held integer, resets_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Longest period first: the first row names the period under which an operation is reported.
  return query
  select g.slug, n.type, k.key, n.allowed, coalesce(t.used, 0), coalesce(t.held, 0), private.period_end(n.type, p_at)
  from public.quota_groups as g
  left join public.plan_limits as l on l.quota_group = g.slug and l.plan = p_plan
  cross join lateral (
    values
    ('lifetime', coalesce(private.custom_limit(p_custom, g.limit_key || 'Lifetime'), l.per_lifetime)),
    ('monthly', coalesce(private.custom_limit(p_custom, g.limit_key || 'PerMonth'), l.per_month)),
    ('daily', coalesce(private.custom_limit(p_custom, g.limit_key || 'PerDay'), l.per_day))
  ) as n (type, allowed)
  cross join lateral (select private.period_key(n.type, p_at) as key) as k
  left join public.usage_tracking as t on t.user_id = p_user_id and t.quota_group = g.slug and t.period_key = k.key
  where g.slug = any(p_quota_groups) and n.allowed is not null;
end
$$;
comment on function private.allowance(uuid, text[], text, jsonb, timestamptz) is
  'The periods in which a plan limits quota groups, with what is used and held of each; -1 is unlimited. No row of a group: the plan does not cover it.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
private.entitlement(uuid, timestamptz), private.entitled_plan(uuid), private.custom_limit(jsonb, text), private.max_resumes(uuid),
private.allowance(uuid, text[], text, jsonb, timestamptz)
to authenticated, service_role;
