-- Reserve: decide who pays for an operation and hold it, in one round trip. Everything metered for a user happens
-- under the lock of their account (private.lock_accounts), and the clock is read after it is had: who waited decides on what is true then.

-- functions ---------------------------------------------------------------------------------------------------
create function private.replay(p_usage_id uuid, p_hours integer, p_at timestamptz)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_event public.usage_events;
  v_kept private.usage_results;
begin
  select * into v_event from public.usage_events as e where e.id = p_usage_id;
  if v_event.settled_at > p_at - make_interval(hours => p_hours)
    and (
      v_event.resume_id is null
      or exists (select from public.resumes as r where r.id = v_event.resume_id and r.deleted_at is null)
    )
  then
    select * into v_kept from private.usage_results as r where r.usage_id = p_usage_id;
  end if;
  if v_kept.usage_id is null then
    perform private.raise_problem(410, 'replay_gone', 'This key was used for an answer that is no longer kept; use a fresh key.');
  end if;
  return jsonb_build_object(
    'state', 'replay', 'usage_id', v_event.id, 'attempt', v_event.attempt, 'operation', v_event.operation_type,
    'funding', v_event.funding, 'cost', v_event.cost, 'balance', v_kept.receipt -> 'balance',
    'resets_at', v_kept.receipt -> 'resets_at', 'expires_at', null, 'resume', null, 'job', null,
    'result', v_kept.result, 'receipt', v_kept.receipt
  );
end
$$;
comment on function private.replay(uuid, integer, timestamptz) is
  'The stored answer of a committed operation, for replay_hours or until its résumé is gone, then 410.';

create function private.hold_lots(p_user_id uuid, p_cost integer, out lots uuid[], out units integer[])
language plpgsql
set search_path = ''
as $$
declare
  v_lot record;
  v_missing integer := p_cost;
  v_take integer;
begin
  -- Nearly always the lot whose turn it is holds enough.
  update public.credit_grants as g
  set remaining = g.remaining - p_cost
  where
    g.id = (
      select f.id from public.credit_grants as f
      where f.user_id = p_user_id and f.remaining > 0
      order by f.priority, f.expires_at nulls last, f.starts_at, f.grant_key
      limit 1
    )
    and g.remaining >= p_cost
  returning array[g.id], array[p_cost] into lots, units;
  if found then
    return;
  end if;
  for v_lot in
    select g.id, g.remaining
    from public.credit_grants as g
    where g.user_id = p_user_id and g.remaining > 0
    order by g.priority, g.expires_at nulls last, g.starts_at, g.grant_key
  loop
    v_take := least(v_lot.remaining, v_missing);
    update public.credit_grants as g
    set remaining = g.remaining - v_take
    where g.id = v_lot.id;
    lots := lots || v_lot.id;
    units := units || v_take;
    v_missing := v_missing - v_take;
    exit when v_missing = 0;
  end loop;
  if v_missing > 0 then
    raise exception 'the lots of % hold fewer credits than their balance', p_user_id;
  end if;
end
$$;
comment on function private.hold_lots(uuid, integer) is
  'Holds credits in lots, burning by lower priority number, then earliest expiry, then earliest start. The caller holds the account''s lock and knows that the balance suffices.';

create function private.hold_allowance(p_user_id uuid, p_quota_group text, p_units integer, p_types text[], p_keys text[], p_at timestamptz)
returns void
language sql
set search_path = ''
as $$
  insert into public.usage_tracking as t (user_id, quota_group, period_type, period_key, held, updated_at)
  select p_user_id, p_quota_group, n.type, n.key, p_units, p_at from unnest(p_types, p_keys) as n (type, key)
  on conflict (user_id, quota_group, period_key) do update set held = t.held + p_units, updated_at = p_at
$$;
comment on function private.hold_allowance(uuid, text, integer, text[], text[], timestamptz) is 'Counts an operation as held in the given periods, as often as it has units.';

create type private.funding as (
  source text, plan text, cost integer, balance integer, resets_at timestamptz, period_types text[], period_keys text[], lots uuid[], units integer[],
  rate jsonb
);
comment on type private.funding is 'Who pays for an operation, what it costs, what was held for it, and how many more may begin.';

create function private.fund(
  p_account public.user_credits, p_operation public.operations, p_units integer, p_per_minute integer, p_at timestamptz
)
returns private.funding
language plpgsql
set search_path = ''
as $$
declare
  v_funding private.funding;
  v_entitled private.entitlement := private.entitlement(p_account.user_id, p_at);
  v_held record;
  v_included record;
  v_period record;
  v_limit integer;
  v_used integer;
  v_retry_at timestamptz;
  v_full boolean := false;
begin
  v_funding.balance := p_account.balance;
  v_funding.plan := v_entitled.plan;
  select l.cost, l.per_minute, num_nonnulls(l.per_day, l.per_month, l.per_lifetime) > 0 as is_limited into v_included
  from public.plan_limits as l where l.plan = v_entitled.plan and l.quota_group = p_operation.quota_group;

  if coalesce(v_included.per_minute, p_per_minute) is not null then
    v_funding.rate := private.turn(
      p_account.user_id, p_operation.quota_group, coalesce(v_included.per_minute, p_per_minute), p_at
    );
  end if;

  -- The plan pays while every period that it limits has room for what is used and what is held.
  if v_included.is_limited or v_entitled.custom_limits <> '{}' then
    for v_period in
      select a.* from private.allowance(p_account.user_id, array[p_operation.quota_group], v_entitled.plan, v_entitled.custom_limits, p_at) as a
    loop
      v_funding.period_types := v_funding.period_types || v_period.period_type;
      v_funding.period_keys := v_funding.period_keys || v_period.period_key;
      if v_period.allowed >= 0 then
        v_funding.resets_at := v_period.resets_at;
        if v_period.used + v_period.held + p_units > v_period.allowed and not v_full then
          -- The longest full period says when there will be room again.
          v_full := true;
          v_limit := v_period.allowed;
          v_used := v_period.used + v_period.held;
          v_retry_at := v_period.resets_at;
        end if;
      end if;
    end loop;
    if v_funding.period_keys is not null and not v_full then
      v_funding.source := 'plan';
      v_funding.cost := 0;
      perform private.hold_allowance(
        p_account.user_id, p_operation.quota_group, p_units, v_funding.period_types, v_funding.period_keys, p_at
      );
      return v_funding;
    end if;
    v_funding.resets_at := null;
    v_funding.period_types := null;
    v_funding.period_keys := null;
  end if;

  v_funding.source := 'credits';
  v_funding.cost := p_units * coalesce(v_included.cost, p_operation.default_cost);
  if v_funding.cost is null or v_funding.cost > p_account.balance then
    perform private.raise_problem(402, 'insufficient_credits', jsonb_build_object(
      'operation', p_operation.slug, 'cost', v_funding.cost, 'balance', p_account.balance,
      'limit', v_limit, 'used', v_used, 'resets_at', v_retry_at
    )::text);
  elsif v_funding.cost > 0 then
    v_held := private.hold_lots(p_account.user_id, v_funding.cost);
    v_funding.lots := v_held.lots;
    v_funding.units := v_held.units;
    v_funding.balance := p_account.balance - v_funding.cost;
  end if;
  return v_funding;
end
$$;
comment on function private.fund(public.user_credits, public.operations, integer, integer, timestamptz) is
  'Looks at the rate, then decides on used + held who pays, the plan or else credits, and holds allowance or lots, or refuses with 402. The caller holds the account''s lock and moves its balance.';

create function public.usage_reserve(
  p_user_id uuid,
  p_operation text,
  p_idempotency_key text,
  p_request_hash text,
  p_resume_id uuid default null,
  p_job_id uuid default null,
  p_dry_run boolean default false,
  p_funding text default null,
  p_units integer default 1,
  p_new_resume boolean default false,
  p_needs_consent boolean default false,
  p_needs jsonb default null
)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
set timezone = 'UTC'
set plan_cache_mode = force_generic_plan -- every plan here is the same lookup by key; planning again would cost more than running
as $$
declare
  v_now timestamptz;
  v_expires_at timestamptz;
  v_operation public.operations;
  v_account public.user_credits;
  v_person record;
  v_config jsonb;
  v_known_id uuid;
  v_known_hash text;
  v_status text;
  v_spent numeric;
  v_usage_id uuid;
  v_attempt integer;
  v_resume jsonb;
  v_job jsonb;
  v_found jsonb;
  v_funding private.funding;
  v_answer jsonb;
  v_turn jsonb;
  v_done text; -- assigned instead of performed: an expression costs less than a query
begin
  if p_dry_run then
    -- Decide for real and roll back, so that a dry run can never decide otherwise than the real one.
    begin
      v_answer := public.usage_reserve(p_user_id, p_operation, p_idempotency_key, p_request_hash, p_resume_id, p_job_id, false, p_funding, p_units, p_new_resume, p_needs_consent => p_needs_consent, p_needs => p_needs);
      raise exception using errcode = 'RBDRY', message = 'dry run';
    exception when sqlstate 'RBDRY' then
      if v_answer ->> 'state' = 'reserved' then
        v_turn := public.rate_limit_hit(
          format('ratelimit:%s:dry_run', p_user_id),
          (select (c.value ->> 'dry_runs_per_minute')::integer from public.global_config as c where c.key = 'metering'), 60
        );
        if not (v_turn ->> 'allowed')::boolean then
          perform private.raise_problem(429, 'rate_limited', (v_turn || '{"policy": "dry_run", "window": 60}')::text);
        end if;
        v_answer := v_answer || '{"state": "dry_run", "usage_id": null, "attempt": null, "expires_at": null}';
      end if;
    end;
    return v_answer;
  end if;

  if p_idempotency_key is null or char_length(p_idempotency_key) not between 1 and 255 or p_idempotency_key ~ '[^[:print:]]' then
    perform private.raise_problem(422, 'invalid_idempotency_key', 'An idempotency key is 1 to 255 printable characters.');
  end if;
  select o.* into v_operation from public.operations as o where o.slug = p_operation and o.is_active;
  if not found then
    select o.* into v_operation from public.operations as o where p_operation = any(o.aliases) and o.is_active;
  end if;
  if v_operation.slug is null then
    perform private.raise_problem(422, 'unknown_operation', 'There is no operation of this name.');
  end if;

  -- What private.lock_accounts does for one, as an expression.
  v_done := pg_advisory_xact_lock(uuid_hash_extended(p_user_id, 0));
  v_now := private.now();
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  if not found then
    perform private.raise_problem(404, 'user_not_found');
  end if;
  select
    p.is_active and p.deleted_at is null as is_active, p.preferred_ai_provider,
    exists (select from public.admin_users as a where a.user_id = p_user_id) as is_admin
  into v_person
  from public.profiles as p where p.id = p_user_id;
  if v_person.is_active is not true then
    perform private.raise_problem(403, 'account_inactive');
  end if;
  if v_account.wake_at <= v_now then
    perform private.sweep_account(p_user_id, v_now);
    select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  end if;
  select
    c.value, (select sum(s.cost) from private.model_spend as s where s.day = v_now::date), e.id, e.status, e.request_hash, e.expires_at
  into v_config, v_spent, v_known_id, v_status, v_known_hash, v_expires_at
  from public.global_config as c
  left join public.usage_events as e on e.user_id = p_user_id and e.idempotency_key = p_idempotency_key
  where c.key = 'metering';
  if v_known_id is not null then
    if v_known_hash is distinct from p_request_hash then
      perform private.raise_problem(409, 'idempotency_conflict', 'This key was used for another request.');
    elsif v_status = 'committed' then
      return private.replay(v_known_id, (v_config ->> 'replay_hours')::integer, v_now);
    elsif v_status = 'reserved' then
      perform private.raise_problem(409, 'in_progress', jsonb_build_object('expires_at', v_expires_at)::text);
    end if;
  end if;

  if p_needs_consent and v_operation.asks_model and p_funding is distinct from 'offline'
    and not exists (select from public.user_settings as s where s.user_id = p_user_id and s.ai_consent_at is not null)
  then
    perform private.raise_problem(403, 'consent_required');
  end if;
  if p_funding is not null then
    if p_funding = 'own_key' and not exists (select from private.provider_keys as k where k.user_id = p_user_id) then
      perform private.raise_problem(409, 'no_provider_key');
    elsif p_funding not in ('offline', 'own_key') then
      perform private.raise_problem(500, 'funding_mismatch');
    end if;
    -- Costs us nothing, so neither money nor failures bound it, but its rate.
    v_turn := public.rate_limit_hit(
      format('ratelimit:%s:%s', p_user_id, p_funding),
      (v_config ->> case p_funding when 'offline' then 'free_per_hour' else 'own_key_per_hour' end)::integer, 3600
    );
    if not (v_turn ->> 'allowed')::boolean then
      perform private.raise_problem(429, 'rate_limited', (v_turn || jsonb_build_object('policy', p_funding, 'window', 3600))::text);
    end if;
    v_funding.rate := v_turn || jsonb_build_object('policy', p_funding, 'window', 3600);
  -- Two guards that hold for everybody, administrators included. A null ceiling never refuses.
  elsif coalesce(v_spent, 0) >= (v_config ->> 'daily_spend_ceiling')::numeric then
    perform private.raise_problem(
      503, 'spend_ceiling_reached', jsonb_build_object('resets_at', private.period_end('daily', v_now))::text
    );
  elsif v_account.released_on = v_now::date
    and v_account.released_count >= (v_config ->> 'released_attempts_per_day')::integer
    and v_account.released_count >= private.releases_allowed(
      p_user_id, v_operation.slug, (v_config ->> 'released_attempts_per_day')::integer
    )
  then
    perform private.raise_problem(
      429, 'too_many_releases', jsonb_build_object('resets_at', private.period_end('daily', v_now))::text
    );
  end if;

  if p_resume_id is not null then
    v_resume := private.own_resume(p_user_id, p_resume_id);
  end if;
  if p_job_id is not null then
    v_job := private.own_job(p_user_id, p_job_id);
  end if;
  v_found := case when p_needs is not null then private.meet_needs(p_user_id, p_needs, v_resume) end;
  if p_new_resume then
    perform private.assert_resume_count(p_user_id, 1);
    perform private.assert_room(p_user_id, 'resumes', 1);
  end if;
  if v_operation.kept_in is not null then
    perform private.assert_room(p_user_id, v_operation.kept_in, 1);
  end if;
  if p_funding is not null or v_person.is_admin then
    v_funding.source := coalesce(p_funding, 'unlimited');
    v_funding.cost := 0;
    v_funding.balance := v_account.balance;
  else
    v_funding := private.fund(v_account, v_operation, p_units, (v_config ->> 'paid_per_minute')::integer, v_now);
  end if;

  -- A hold that a crash of the server forgets was never there: nothing was charged, and its commit answers hold_lost.
  -- So nobody waits for the disk with the account locked. The commit that charges does wait.
  v_done := set_config('synchronous_commit', 'off', true);
  v_expires_at := v_now
    + make_interval(secs => v_operation.max_runtime_seconds + (v_config ->> 'hold_margin_seconds')::integer);
  if v_funding.cost > 0 or v_account.holds_since is null or v_account.holds_since > v_now or v_account.wake_at is null or v_account.wake_at > v_expires_at then
    update public.user_credits as c
    set
      balance = c.balance - v_funding.cost, reserved = c.reserved + v_funding.cost, wake_at = least(c.wake_at, v_expires_at),
      holds_since = least(c.holds_since, v_now), updated_at = v_now
    where c.user_id = p_user_id;
  end if;
  if v_known_id is null then
    insert into public.usage_events as e (
      user_id, operation_type, quota_group, idempotency_key, request_hash, funding, plan, units, cost, period_type, period_key,
      counters, resets_at, hold_lots, hold_units, resume_id, job_id, reserved_at, expires_at, created_at
    )
    values (
      p_user_id, v_operation.slug, v_operation.quota_group, p_idempotency_key, p_request_hash, v_funding.source, v_funding.plan,
      p_units, v_funding.cost, coalesce(v_funding.period_types[1], 'monthly'), coalesce(v_funding.period_keys[1], to_char(v_now, 'YYYY-MM')),
      coalesce(v_funding.period_keys, '{}'), v_funding.resets_at, coalesce(v_funding.lots, '{}'), coalesce(v_funding.units, '{}'),
      p_resume_id, p_job_id, v_now, v_expires_at, v_now
    )
    returning e.id, e.attempt into v_usage_id, v_attempt;
  else
    -- A released or expired key starts over in its own row.
    update public.usage_events as e
    set
      operation_type = v_operation.slug, quota_group = v_operation.quota_group, attempt = e.attempt + 1, status = 'reserved',
      funding = v_funding.source, plan = v_funding.plan, units = p_units, cost = v_funding.cost,
      period_type = coalesce(v_funding.period_types[1], 'monthly'),
      period_key = coalesce(v_funding.period_keys[1], to_char(v_now, 'YYYY-MM')),
      counters = coalesce(v_funding.period_keys, '{}'), resets_at = v_funding.resets_at,
      hold_lots = coalesce(v_funding.lots, '{}'), hold_units = coalesce(v_funding.units, '{}'), resume_id = p_resume_id,
      job_id = p_job_id, release_reason = null, reserved_at = v_now, expires_at = v_expires_at, settled_at = null,
      created_at = v_now -- What reports and retention go by: the row is about this attempt now.
    where e.id = v_known_id
    returning e.id, e.attempt into v_usage_id, v_attempt;
  end if;

  return jsonb_build_object(
    'state', 'reserved', 'usage_id', v_usage_id, 'attempt', v_attempt, 'operation', v_operation.slug,
    'funding', v_funding.source, 'cost', v_funding.cost, 'balance', v_funding.balance, 'resets_at', v_funding.resets_at,
    'expires_at', v_expires_at, 'resume', v_resume, 'job', v_job, 'preferred_ai_provider', v_person.preferred_ai_provider,
    'result', null, 'receipt', null, 'rate', v_funding.rate, 'found', v_found
  );
end
$$;
comment on function public.usage_reserve(uuid, text, text, text, uuid, uuid, boolean, text, integer, boolean, boolean, jsonb) is
  'Holds a plan allowance or credits for one operation, or answers what the same key was answered before. p_dry_run decides and changes nothing. p_funding: offline, the rule-based writer does it; own_key, models that the user pays do it. Both are free and limited by rate. p_units: how often its price is due. p_new_resume: it makes a résumé, so the plan must allow one more. p_needs_consent: a model may only see the texts of users who agreed. p_needs: what else the work needs (private.meet_needs).';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.usage_reserve(uuid, text, text, text, uuid, uuid, boolean, text, integer, boolean, boolean, jsonb) to service_role;
