-- What the function `admin` changes. private.admin_call has checked the permission, the reason and the key; `key` and
-- `reason` are in the input. An account that only the answer names (`user_id`) is checked after it.

-- data --------------------------------------------------------------------------------------------------------
insert into private.retention_policies (data_type, table_name, age_column, keep, archive, reason) values
('task_inputs', 'private.task_inputs', 'created_at', interval '7 days', false, 'Time to repeat a failed task; an open one ends within hours');

-- functions ---------------------------------------------------------------------------------------------------
create function private.admin_adjust_credits(p_admin_id uuid, p_input jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select public.credits_adjust(
    p_admin_id, (p_input ->> 'user_id')::uuid, (p_input ->> 'amount')::integer, p_input ->> 'reason',
    -- Two administrators may use the same key. The user sees it in the ledger, so it does not say whose it is.
    encode(sha256(convert_to(format('%s:%s', p_admin_id, p_input ->> 'key'), 'UTF8')), 'hex')
  )
$$;
comment on function private.admin_adjust_credits(uuid, jsonb) is 'Gives or takes credits ({user_id, amount}).';

create function private.admin_override_plan(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_user_id constant uuid := (p_input ->> 'user_id')::uuid;
  v_plan constant text := p_input ->> 'plan';
  v_until constant timestamptz := (p_input ->> 'until')::timestamptz;
  v_now timestamptz;
begin
  perform private.lock_account(v_user_id);
  v_now := private.now();
  if v_plan is null then
    update public.subscriptions as s
    set status = 'canceled', cancelled_at = v_now, ended_at = v_now, state_at = v_now
    where s.provider = 'manual' and s.provider_subscription_id = 'override-' || v_user_id and s.status = 'active';
  elsif not exists (select from public.plans as p where p.slug = v_plan and p.is_active) then
    perform private.raise_problem(404, 'plan_not_found');
  elsif v_until <= v_now or v_until > v_now + interval '50 years' then
    perform private.raise_problem(422, 'invalid_period', '{"field": "until", "detail": "The plan ends within 50 years, or with no date."}');
  else
    insert into public.subscriptions as s (
      user_id, provider, provider_subscription_id, plan, status, current_period_start, current_period_end, cancel_at_period_end, state_at
    )
    values (v_user_id, 'manual', 'override-' || v_user_id, v_plan, 'active', v_now, v_until, v_until is not null, v_now)
    on conflict (provider_subscription_id, provider) do update
    set
      plan = excluded.plan, status = 'active', current_period_start = v_now, current_period_end = excluded.current_period_end,
      cancel_at_period_end = excluded.cancel_at_period_end, cancelled_at = null, ended_at = null, state_at = v_now;
  end if;
  return (
    select jsonb_build_object('plan', e.plan, 'status', e.status, 'entitled_until', e.entitled_until)
    from private.entitlement(v_user_id, v_now) as e
  );
end
$$;
comment on function private.admin_override_plan(uuid, jsonb) is
  'Gives a plan for nothing until a moment or for good ({user_id, plan, until}), or ends that (plan null). Of several plans of an account the highest counts, so this takes none away. Returns the entitlement that results.';

create function private.admin_suspend(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_user_id constant uuid := (p_input ->> 'user_id')::uuid;
  v_is_active constant boolean := not (p_input ->> 'suspended')::boolean;
begin
  update public.profiles as p set is_active = v_is_active where p.id = v_user_id;
  if not found then
    perform private.raise_problem(404, 'user_not_found');
  end if;
  return jsonb_build_object('is_active', v_is_active);
end
$$;
comment on function private.admin_suspend(uuid, jsonb) is 'Suspends an account, or ends that ({user_id, suspended}).';

create function private.admin_replay_webhook(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_event private.webhook_events;
  v_owners uuid[];
begin
  update private.webhook_events as e set attempts = e.attempts + 1
  where e.id = (p_input ->> 'id')::bigint and e.status = 'failed' and e.facts is not null;
  if not found then
    perform private.raise_problem(409, 'event_not_replayable', 'There is no such event that failed and could be read.');
  end if;
  v_event := private.process_event((p_input ->> 'id')::bigint);
  select array_agg(distinct private.owner_of_payment(v_event.provider, coalesce(f ->> 'payment_id', f ->> 'reference'))) into v_owners
  from jsonb_array_elements(
    coalesce(v_event.facts -> 'payments', '[]') || coalesce(v_event.facts -> 'refunds', '[]') || coalesce(v_event.facts -> 'disputes', '[]')
  ) as f;
  if p_admin_id = any (v_owners) then
    perform private.refuse_own_account(p_admin_id, p_admin_id);
  end if;
  return jsonb_build_object('state', v_event.status, 'error', v_event.error_code, 'effects', v_event.effects, 'user_id', v_owners[1]);
end
$$;
comment on function private.admin_replay_webhook(uuid, jsonb) is 'Tries a failed payment event again at once ({id}), also one that is tried no more by itself.';

create function private.admin_close_review(p_admin_id uuid, p_input jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$ select public.payment_review_close(p_admin_id, p_input ->> 'code', p_input ->> 'subject', p_input ->> 'reason') $$;
comment on function private.admin_close_review(uuid, jsonb) is 'Closes an entry of the payments that wait for a person ({code, subject}); the reason is its note.';

create function private.admin_retry_task(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_task public.resume_generations := private.lock_task((p_input ->> 'task_id')::uuid);
  v_input private.task_inputs;
  v_answer jsonb;
begin
  select i.* into v_input from private.task_inputs as i where i.task_id = v_task.id;
  if v_task.id is null then
    perform private.raise_problem(404, 'task_not_found');
  elsif v_task.status <> 'failed' or v_input.task_id is null then
    perform private.raise_problem(409, 'task_not_retryable', 'A task is repeated once, within seven days after it failed.');
  end if;
  v_answer := public.task_open(
    v_task.user_id, v_task.function_name, v_task.operation, v_task.idempotency_key, v_task.request_hash, v_input.input, '[]',
    p_request_id => v_task.request_id, p_resume_id => v_task.resume_id, p_retry_of => v_task.id
  );
  delete from private.task_inputs as i where i.task_id = v_task.id;
  return jsonb_build_object('id', v_answer -> 'id', 'state', v_answer -> 'state', 'function', v_task.function_name, 'user_id', v_task.user_id);
end
$$;
comment on function private.admin_retry_task(uuid, jsonb) is
  'Opens a failed task anew, with its key and input ({task_id}). The user pays as before: nothing for the failure, the price if it succeeds. State known: they have repeated it themselves.';

create function private.admin_sweep_holds(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_user_id constant uuid := (p_input ->> 'user_id')::uuid;
begin
  perform private.lock_account(v_user_id);
  perform private.sweep_account(v_user_id, private.now());
  return (
    select jsonb_build_object('balance', c.balance, 'reserved', c.reserved, 'debt', c.debt)
    from public.user_credits as c where c.user_id = v_user_id
  );
end
$$;
comment on function private.admin_sweep_holds(uuid, jsonb) is 'Gives back what an account holds beyond its time ({user_id}).';
