-- Tasks: work that answers 202. The row of resume_generations is the truth and the outbox; a message is only its id.
-- It ends once: with the commit or the release of its hold, or by one of the functions of 755.

-- table -------------------------------------------------------------------------------------------------------
create table private.task_inputs (
  task_id uuid primary key references public.resume_generations (id) on delete cascade,
  input jsonb not null check (private.json_within(input, 'object', 2097152)),
  created_at timestamptz not null default now()
);
comment on table private.task_inputs is 'What a task is about, until it is completed or cancelled. That of a failed one stays for a while, to be repeated.';
create index task_inputs_created_at_idx on private.task_inputs (created_at);

-- row level security ------------------------------------------------------------------------------------------
alter table private.task_inputs enable row level security;

-- triggers ----------------------------------------------------------------------------------------------------
create function private.forget_task_input()
returns trigger
language plpgsql
security definer -- whoever may end a task may not write its input
set search_path = ''
as $$
begin
  delete from private.task_inputs as i where i.task_id = new.id;
  return null;
end
$$;
comment on function private.forget_task_input() is 'After update: a task that is completed or cancelled needs its input no more.';

create trigger resume_generations_ended after update of status on public.resume_generations
for each row when (new.status = 'completed' or (new.status = 'failed' and new.error_code = 'cancelled'))
execute function private.forget_task_input();

-- functions ---------------------------------------------------------------------------------------------------
create function private.usage_of_task(p_task public.resume_generations)
returns setof public.usage_events
language sql
stable
set search_path = ''
begin atomic
  select e.* from public.usage_events as e
  where e.user_id = p_task.user_id
    and e.idempotency_key = any (p_task.idempotency_key || array(select p_task.idempotency_key || ':' || n from generate_series(1, 20) as n));
end;
comment on function private.usage_of_task(public.resume_generations) is 'The operations with the key of a task, or of its parts.';

create function private.task_answer(p_task public.resume_generations)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_answer jsonb := jsonb_build_object('result', p_task.result::text, 'receipt', null);
begin
  if p_task.status <> 'completed' then
    v_answer := '{"result": null, "receipt": null}';
  elsif p_task.usage_id is not null then
    v_answer := private.replay(
      p_task.usage_id, (select (c.value ->> 'replay_hours')::integer from public.global_config as c where c.key = 'metering'), private.now()
    );
  elsif p_task.result is null or exists (
    select from private.usage_of_task(p_task) as e
    where e.resume_id is not null and not exists (select from public.resumes as r where r.id = e.resume_id and r.deleted_at is null)
  ) then
    perform private.raise_problem(410, 'replay_gone', 'The result of this task is no longer kept.');
  end if;
  return jsonb_build_object(
    'id', p_task.id, 'status', p_task.status, 'progress', p_task.progress, 'result', v_answer -> 'result',
    'receipt', v_answer -> 'receipt', 'error_code', p_task.error_code, 'error_message', p_task.error_message
  );
end
$$;
comment on function private.task_answer(public.resume_generations) is
  'What a client is told of a task; 410 when its result is no longer kept (private.replay).';

create function private.release_task(p_task public.resume_generations, p_reason text, p_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_event public.usage_events;
  v_is_plain boolean := true;
begin
  for v_event in
    select e.* from private.usage_of_task(p_task) as e where e.status = 'reserved' order by e.id
  loop
    v_is_plain := private.give_back(v_event, 'released', p_reason, p_at) and v_is_plain;
  end loop;
  if not v_is_plain then
    perform private.settle_account(p_task.user_id, p_at);
  end if;
end
$$;
comment on function private.release_task(public.resume_generations, text, timestamptz) is
  'Gives back what a task or its parts hold, so that a consumer that is still at it can no longer charge. The caller holds the account''s lock.';

create function private.abort_task(p_task public.resume_generations, p_code text, p_at timestamptz)
returns public.resume_generations
language plpgsql
set search_path = ''
as $$
begin
  perform private.release_task(p_task, p_code, p_at);
  update public.resume_generations as g set status = 'failed', error_code = p_code where g.id = p_task.id returning g.* into p_task;
  return p_task;
end
$$;
comment on function private.abort_task(public.resume_generations, text, timestamptz) is
  'Ends an open task as failed and gives back what it holds. The caller has it locked (private.lock_task).';

create function private.lock_task(p_task_id uuid)
returns public.resume_generations
language plpgsql
set search_path = ''
as $$
declare
  v_task public.resume_generations;
begin
  perform private.lock_accounts(array(select g.user_id from public.resume_generations as g where g.id = p_task_id));
  select g.* into v_task from public.resume_generations as g where g.id = p_task_id for update;
  return v_task;
end
$$;
comment on function private.lock_task(uuid) is 'Locks a task''s account and then its row, as a commit does.';

create function private.end_task(
  p_task_id uuid, p_attempt integer, p_usage_id uuid default null, p_result jsonb default null, p_code text default null,
  p_message text default null
)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  update public.resume_generations as g
  set
    status = case when p_code is null then 'completed' else 'failed' end, usage_id = p_usage_id, result = p_result,
    error_code = left(p_code, 100), error_message = left(p_message, 1000)
  where g.id = p_task_id and g.status = 'processing' and g.attempts = p_attempt;
  return found;
end
$$;
comment on function private.end_task(uuid, integer, uuid, jsonb, text, text) is
  'Ends a task for the consumer whose claim it is; false if it has ended or is another''s by now.';

create function private.assert_active(p_user_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if private.active_user(p_user_id) is null then
    perform private.raise_problem(403, 'account_inactive');
  end if;
end
$$;
comment on function private.assert_active(uuid) is 'Refuses a suspended or deleted account.';

create function private.effect_task_part(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  perform from public.resume_generations as g
  where g.id = (p_effect ->> 'id')::uuid and g.user_id = p_event.user_id and g.status = 'processing'
    and g.attempts = (p_effect ->> 'attempt')::integer;
  if not found then
    perform private.raise_problem(409, 'task_lost');
  end if;
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_task_part(public.usage_events, jsonb, timestamptz) is
  'Lets a part of a task be charged only while the task is under way for the consumer that did it: not after it was cancelled or taken over.';

create function private.effect_task_end(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  -- A charge for a task that was cancelled or taken over meanwhile is none; what is given back is given back all the same.
  if not private.end_task(
    (p_effect ->> 'id')::uuid, (p_effect ->> 'attempt')::integer, p_event.id, null, p_effect ->> 'code', p_effect ->> 'message'
  ) and p_event.status = 'committed' then
    perform private.raise_problem(409, 'task_lost');
  end if;
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_task_end(public.usage_events, jsonb, timestamptz) is
  'Ends the task that an operation was done for, with the charge or with giving it back.';

create function public.task_open(
  p_user_id uuid,
  p_function text,
  p_operation text,
  p_idempotency_key text,
  p_request_hash text,
  p_input jsonb,
  p_parts jsonb,
  p_request_id text default null,
  p_resume_id uuid default null,
  p_dry_run boolean default false,
  p_retry_of uuid default null
)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly
set search_path = ''
set timezone = 'UTC'
as $$
declare
  c_most_open constant integer := 20;
  v_operation public.operations;
  v_task public.resume_generations;
  v_part jsonb;
  v_turn jsonb;
  v_receipt jsonb;
begin
  select o.* into v_operation from public.operations as o where o.slug = p_operation and o.is_active and o.answers <> 'now';
  if v_operation.slug is null then
    perform private.raise_problem(422, 'unknown_operation', 'There is no such operation that runs as a task.');
  elsif p_idempotency_key is null or char_length(p_idempotency_key) not between 1 and 250 or p_idempotency_key ~ '[^[:print:]]' then
    perform private.raise_problem(422, 'invalid_idempotency_key', 'The key of a task is 1 to 250 printable characters.');
  end if;
  perform private.lock_accounts(array[p_user_id]);
  perform private.assert_active(p_user_id);

  select g.* into v_task from public.resume_generations as g
  where g.user_id = p_user_id and g.idempotency_key = p_idempotency_key and g.status <> 'failed';
  if v_task.id is not null then
    if v_task.request_hash is distinct from p_request_hash then
      perform private.raise_problem(409, 'idempotency_conflict', 'This key was used for another request.');
    end if;
    return private.task_answer(v_task) || '{"state": "known"}';
  end if;
  if not p_dry_run
    and (select count(*) from public.resume_generations as g where g.user_id = p_user_id and g.status in ('waiting', 'processing')) >= c_most_open
  then
    perform private.raise_problem(429, 'too_many_tasks', jsonb_build_object('limit', c_most_open)::text);
  end if;

  -- Also what is rolled back costs time under the account's lock.
  v_turn := public.rate_limit_hit(
    format('ratelimit:%s:task_open', p_user_id),
    (select (c.value ->> 'dry_runs_per_minute')::integer from public.global_config as c where c.key = 'metering'), 60
  );
  if not (v_turn ->> 'allowed')::boolean then
    perform private.raise_problem(429, 'rate_limited', (v_turn || '{"policy": "task_open", "window": 60}')::text);
  end if;

  begin
    -- Reserve for real, all parts one after the other, and roll back: what a task would be refused for, its request is.
    for v_part in select * from jsonb_array_elements(p_parts) loop
      v_turn := public.usage_reserve(
        p_user_id, v_part ->> 'operation', p_idempotency_key || coalesce(v_part ->> 'suffix', ''),
        p_request_hash || coalesce(v_part ->> 'suffix', ''), (v_part ->> 'resume_id')::uuid, (v_part ->> 'job_id')::uuid, false,
        v_part ->> 'funding', p_new_resume => coalesce((v_part ->> 'new_resume')::boolean, false),
        p_needs_consent => coalesce((v_part ->> 'needs_consent')::boolean, false), p_needs => nullif(v_part -> 'needs', 'null')
      );
      v_receipt := jsonb_build_object(
        'usage_id', null, 'operation', v_operation.slug,
        'charged', coalesce((v_receipt ->> 'charged')::integer, 0) + case when v_turn ->> 'state' = 'replay' then 0 else (v_turn ->> 'cost')::integer end,
        'funding', case when v_receipt ->> 'funding' = 'credits' then 'credits' else v_turn ->> 'funding' end,
        'balance', v_turn -> 'balance', 'resets_at', v_turn -> 'resets_at'
      );
    end loop;
    raise exception using errcode = 'RBDRY', message = 'dry run';
  exception when sqlstate 'RBDRY' then
    null;
  end;
  if v_turn ->> 'state' = 'replay' and v_operation.quota_group is not null then
    -- The same request was answered without a task.
    return jsonb_build_object('id', null, 'status', 'completed', 'progress', 100, 'state', 'known')
      || jsonb_build_object('result', v_turn -> 'result', 'receipt', v_turn -> 'receipt');
  elsif p_dry_run then
    return jsonb_build_object('state', 'dry_run', 'receipt', v_receipt);
  end if;

  insert into public.resume_generations as g (
    user_id, operation, function_name, idempotency_key, request_hash, request_id, resume_id, retry_of, created_at, updated_at
  )
  values (
    p_user_id, v_operation.slug, p_function, p_idempotency_key, p_request_hash, p_request_id, p_resume_id, p_retry_of,
    private.now(), private.now()
  )
  returning g.* into v_task;
  insert into private.task_inputs (task_id, input) values (v_task.id, p_input);
  return private.task_answer(v_task) || '{"state": "opened"}';
end
$$;
comment on function public.task_open(uuid, text, text, text, text, jsonb, jsonb, text, uuid, boolean, uuid) is
  'Opens a task, or returns the one of the same key: open or completed, not failed. p_parts: what it will reserve, [{operation, suffix?, resume_id?, job_id?, funding?, new_resume?, needs_consent?, needs?}], decided for real and rolled back. 429 too_many_tasks: 20 are open.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.task_open(uuid, text, text, text, text, jsonb, jsonb, text, uuid, boolean, uuid)
to service_role;
