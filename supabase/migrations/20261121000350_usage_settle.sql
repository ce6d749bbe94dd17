-- Settle: commit turns a hold into a charge, release gives it back, and what ran out is given back by whoever comes by.

-- functions ---------------------------------------------------------------------------------------------------
create function private.record_model_calls(
  p_user_id uuid, p_usage_id uuid, p_operation text, p_calls jsonb, p_at timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_day constant date := (p_at at time zone 'UTC')::date;
  v_call jsonb;
  v_spent numeric := 0;
begin
  for i in 0 .. jsonb_array_length(p_calls) - 1 loop
    v_call := p_calls -> i;
    if v_call ->> 'payer' is distinct from 'user' then
      v_spent := v_spent + coalesce((v_call ->> 'estimated_cost')::numeric, 0);
    end if;
    insert into public.ai_usage (
      user_id, usage_id, feature, provider, model, input_tokens, output_tokens, estimated_cost, payer, response_time_ms,
      was_cached, prompt_version, request_summary, response_summary, created_at, date
    )
    values (
      p_user_id, p_usage_id, left(coalesce(v_call ->> 'feature', p_operation), 100), left(v_call ->> 'provider', 100),
      left(v_call ->> 'model', 100), (v_call ->> 'input_tokens')::integer, (v_call ->> 'output_tokens')::integer,
      (v_call ->> 'estimated_cost')::numeric, coalesce(v_call ->> 'payer', 'service'), (v_call ->> 'response_time_ms')::integer,
      coalesce((v_call ->> 'was_cached')::boolean, false), left(v_call ->> 'prompt_version', 100),
      left(v_call ->> 'request_summary', 500), left(v_call ->> 'response_summary', 500), p_at, v_day
    );
  end loop;
  if v_spent > 0 then
    insert into private.model_spend as s (day, shard, cost) values (v_day, get_byte(uuid_send(p_user_id), 15) & 15, v_spent)
    on conflict (day, shard) do update set cost = s.cost + excluded.cost;
  end if;
end
$$;
comment on function private.record_model_calls(uuid, uuid, text, jsonb, timestamptz) is
  'Writes down what the models did for an operation and adds what we pay for it to the spend of the day.';

create function private.give_back(p_event public.usage_events, p_status text, p_reason text, p_at timestamptz)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_today date := (p_at at time zone 'UTC')::date;
  -- Money moved, or a lot ended, since the units were held: where they belong now follows from deriving the account.
  v_is_plain constant boolean := p_event.cost = 0 or (
    p_event.hold_lots <> '{}' and not exists (
      select from public.credit_grants as g
      where g.user_id = p_event.user_id and g.expires_at > p_event.reserved_at and g.expires_at <= p_at
    )
  );
begin
  if v_is_plain then
    update public.credit_grants as g
    set remaining = g.remaining + h.units
    from unnest(p_event.hold_lots, p_event.hold_units) as h (lot, units)
    where g.id = h.lot;
  end if;
  update public.user_credits as c
  set
    balance = c.balance + case when v_is_plain then p_event.cost else 0 end,
    reserved = c.reserved - case when v_is_plain then p_event.cost else 0 end,
    released_on = case when p_event.funding in ('offline', 'own_key') then c.released_on else v_today end,
    released_count = case
      when p_event.funding in ('offline', 'own_key') then c.released_count when c.released_on = v_today then c.released_count + 1 else 1
    end,
    updated_at = p_at
  where c.user_id = p_event.user_id;
  update public.usage_tracking as t
  set held = t.held - p_event.units, updated_at = p_at
  where t.user_id = p_event.user_id and t.quota_group = p_event.quota_group and t.period_key = any(p_event.counters);
  update public.usage_events as e
  set status = p_status, settled_at = p_at, release_reason = left(p_reason, 200), hold_lots = '{}', hold_units = '{}', counters = '{}'
  where e.id = p_event.id;
  return v_is_plain;
end
$$;
comment on function private.give_back(public.usage_events, text, text, timestamptz) is
  'Ends a hold without a charge: credits to their lots, allowance to its periods, one more given-back attempt of the day, unless it cost us nothing. False: the account is to be derived. The caller holds the account''s lock.';

create function private.sweep_account(p_user_id uuid, p_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_account public.user_credits;
  v_event public.usage_events;
  v_is_plain boolean := true;
begin
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  for v_event in
    select e.* from public.usage_events as e
    where e.user_id = p_user_id and e.reserved_at >= v_account.holds_since and e.status = 'reserved' and e.expires_at <= p_at
    order by e.expires_at, e.id
  loop
    v_is_plain := private.give_back(v_event, 'expired', 'not settled in time', p_at) and v_is_plain;
  end loop;
  if not v_is_plain or v_account.next_lot_at <= p_at
    or exists (select from public.credit_grants as g where g.user_id = p_user_id and g.remaining + g.frozen > 0 and g.expires_at <= p_at)
  then
    perform private.settle_account(p_user_id, p_at);
    return;
  end if;
  update public.user_credits as c
  set
    holds_since = h.since,
    wake_at = least(
      c.next_lot_at, h.until,
      -- Also of empty lots: units may come back to them.
      (select min(g.expires_at) from public.credit_grants as g where g.user_id = p_user_id and g.expires_at > p_at)
    )
  from (
    select min(e.reserved_at) as since, min(e.expires_at) as until from public.usage_events as e
    where e.user_id = p_user_id and e.reserved_at >= v_account.holds_since and e.status = 'reserved'
  ) as h
  where c.user_id = p_user_id;
end
$$;
comment on function private.sweep_account(uuid, timestamptz) is
  'Gives back a user''s holds that ran out, derives the account where a lot ends or begins, and says when to look again. The caller holds the account''s lock.';

create function private.charge(p_event public.usage_events, p_at timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
begin
  if p_event.funding = 'plan' then
    update public.usage_tracking as t
    set held = t.held - p_event.units, used = t.used + p_event.units, updated_at = p_at
    where t.user_id = p_event.user_id and t.quota_group = p_event.quota_group and t.period_key = any(p_event.counters);
  elsif p_event.cost > 0 then
    return private.post_entry(
      p_event.user_id, 'usage', 0, -p_event.cost, 0, p_at, p_usage_id => p_event.id, p_operation => p_event.operation_type,
      p_spent_at => p_event.reserved_at
    );
  end if;
  return (select c.balance from public.user_credits as c where c.user_id = p_event.user_id);
end
$$;
comment on function private.charge(public.usage_events, timestamptz) is
  'Takes what an operation holds, from the plan''s allowance or the reserved credits; returns the balance. The caller holds the account''s lock.';

create function public.usage_commit(
  p_usage_id uuid, p_attempt integer, p_result text, p_model_calls jsonb default '[]', p_effects jsonb default '[]'
)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
set timezone = 'UTC'
set plan_cache_mode = force_generic_plan -- every plan here is the same lookup by key; planning again would cost more than running
as $$
declare
  v_user_id uuid;
  v_funding text;
  v_now timestamptz;
  v_event public.usage_events;
  v_balance integer;
  v_receipt jsonb;
  v_written jsonb;
  v_done text; -- see usage_reserve
begin
  select e.user_id, case when e.attempt = p_attempt then e.funding end into v_user_id, v_funding
  from public.usage_events as e where e.id = p_usage_id;
  if (v_funding = 'offline' and p_model_calls @? '$[*] ? (@.provider != "offline")')
    or (v_funding <> 'offline' and p_model_calls @> '[{"provider": "offline"}]')
    or (v_funding = 'own_key' and p_model_calls @? '$[*] ? (!exists(@.payer) || @.payer != "user")')
    or (v_funding <> 'own_key' and p_model_calls @> '[{"payer": "user"}]')
  then
    perform private.raise_problem(500, 'funding_mismatch');
  end if;
  v_done := pg_advisory_xact_lock(uuid_hash_extended(v_user_id, 0));
  v_now := private.now();
  -- A process that comes late must not settle the hold of the attempt that took its place.
  update public.usage_events as e
  set status = 'committed', credits_used = e.cost, settled_at = v_now, ai_provider = p_model_calls -> -1 ->> 'provider'
  where
    e.id = p_usage_id and e.status = 'reserved' and e.attempt = p_attempt and e.expires_at > v_now
    and exists (select from public.profiles as p where p.id = e.user_id and p.deleted_at is null)
  returning e.* into v_event;
  if not found then
    if exists (select from public.profiles as p where p.id = v_user_id and p.deleted_at is not null) then
      perform private.raise_problem(403, 'account_inactive');
    end if;
    perform private.raise_problem(409, 'hold_lost', 'The hold ran out, was given back or belongs to a later attempt.');
  end if;

  v_balance := private.charge(v_event, v_now);
  v_receipt := jsonb_build_object(
    'usage_id', v_event.id, 'operation', v_event.operation_type, 'charged', v_event.cost, 'funding', v_event.funding,
    'balance', v_balance, 'resets_at', v_event.resets_at
  );
  if p_model_calls <> '[]' then
    perform private.record_model_calls(v_event.user_id, v_event.id, v_event.operation_type, p_model_calls, v_now);
  end if;
  if p_effects <> '[]' then
    v_written := jsonb_build_object('effects', private.apply_effects(v_event, p_effects, v_now));
  end if;
  if p_result is not null then
    insert into private.usage_results (usage_id, result, receipt, created_at) values (p_usage_id, p_result, v_receipt, v_now);
  end if;
  return case when v_written is null then v_receipt else v_receipt || v_written end;
end
$$;
comment on function public.usage_commit(uuid, integer, text, jsonb, jsonb) is
  'Charges a hold that is still open with its own attempt, keeps the answer for replay, records the model calls and writes the effects; 409 hold_lost otherwise, 403 account_inactive if the account was deleted meanwhile. 500 funding_mismatch: a call of a model is not free unless the user pays it, and one of the rule-based writer is not paid.';

create function public.usage_release(
  p_usage_id uuid, p_attempt integer, p_reason text, p_model_calls jsonb default '[]', p_effects jsonb default '[]'
)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_event public.usage_events;
  v_now timestamptz;
  v_ended boolean;
begin
  select e.user_id into v_event.user_id from public.usage_events as e where e.id = p_usage_id;
  perform private.lock_accounts(array[v_event.user_id]);
  v_now := private.now();
  select e.* into v_event from public.usage_events as e where e.id = p_usage_id;
  if v_event.id is null or p_attempt is null or p_attempt not between 1 and v_event.attempt
    or (v_event.attempt = p_attempt and v_event.status = 'committed')
  then
    perform private.raise_problem(409, 'hold_lost', 'There is no hold of this attempt to give back.');
  end if;
  -- The models were paid whether or not the hold is still there: once for each attempt, however often it is told.
  if p_model_calls <> '[]' and p_attempt <> all(v_event.costed_attempts) then
    perform private.record_model_calls(v_event.user_id, v_event.id, v_event.operation_type, p_model_calls, v_now);
    update public.usage_events as e set costed_attempts = e.costed_attempts || p_attempt where e.id = p_usage_id;
  end if;
  v_ended := v_event.attempt = p_attempt and v_event.status in ('reserved', 'expired');
  if v_event.attempt = p_attempt and v_event.status = 'reserved' then
    if not private.give_back(v_event, 'released', p_reason, v_now) then
      perform private.settle_account(v_event.user_id, v_now);
    end if;
  elsif v_event.attempt = p_attempt and v_event.status = 'expired' then
    update public.usage_events as e set status = 'released', release_reason = left(p_reason, 200) where e.id = p_usage_id;
  end if;
  -- Only with the call that ends the attempt: a repeated one finds them written, and a late one belongs to an attempt that another has replaced.
  if p_effects <> '[]' and v_ended then
    v_event.status := 'released';
    perform private.apply_effects(v_event, p_effects, v_now);
  end if;
  return jsonb_build_object(
    'usage_id', v_event.id, 'operation', v_event.operation_type, 'charged', 0, 'funding', v_event.funding,
    'balance', (select c.balance from public.user_credits as c where c.user_id = v_event.user_id),
    'resets_at', v_event.resets_at
  );
end
$$;
comment on function public.usage_release(uuid, integer, text, jsonb, jsonb) is
  'Gives a hold back without a charge, records what the models cost all the same and writes the effects that go with a failure. A hold that ran out meanwhile needs no giving back.';

create function public.usage_expire(p_limit integer default 500)
returns integer
language plpgsql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
as $$
declare
  v_user uuid;
  v_count integer := 0;
begin
  -- Who is locked is being swept already, by itself or by another of these. So nobody waits, and two cannot block each other.
  for v_user in
    select c.user_id from public.user_credits as c
    -- The clock is read once: a volatile function in a condition keeps the index from being a bound.
    where c.wake_at <= (select private.now())
    order by c.wake_at
    limit greatest(0, p_limit)
  loop
    continue when not private.try_lock_account(v_user);
    begin
      perform private.sweep_account(v_user, private.now());
      v_count := v_count + 1;
    exception
    when deadlock_detected or serialization_failure or lock_not_available then
      null; -- Another transaction was in the way: the account stays due.
    when others then
      -- Wrong books of one account hold up nobody else. The check of the books names it, and it comes again in an hour.
      raise warning 'account % could not be swept: %', v_user, sqlerrm;
      update public.user_credits as c set wake_at = private.now() + interval '1 hour' where c.user_id = v_user;
    end;
  end loop;
  return v_count;
end
$$;
comment on function public.usage_expire(integer) is
  'Clean-up: sweeps up to p_limit accounts of which something ran out; returns how many, 0 when none is left. An account whose books are wrong waits an hour.';

create function public.credits_expire(p_limit integer default 500)
returns integer
language sql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
as $$ select public.usage_expire(p_limit) $$;
comment on function public.credits_expire(integer) is
  'The same by the name of its other half: an account is swept as a whole, holds before lots.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.usage_commit(uuid, integer, text, jsonb, jsonb), public.usage_release(uuid, integer, text, jsonb, jsonb),
public.usage_expire(integer), public.credits_expire(integer)
to service_role;
