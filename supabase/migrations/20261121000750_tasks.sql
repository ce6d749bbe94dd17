-- Tasks: work that answers 202. The row of resume_generations is the truth and the outbox; a message is only its id.
-- Open, claim, progress, and one end: with the commit or the release of its hold, or by one of the functions below.

-- table -------------------------------------------------------------------------------------------------------
create table private.task_inputs (
  task_id uuid primary key references public.resume_generations (id) on delete cascade,
  input jsonb not null check (private.json_within(input, 'object', 1048576)),
  -- The rule-based writer does it, as decided when it was opened.
  is_offline boolean not null default false,
  created_at timestamptz not null default now()
);
comment on table private.task_inputs is 'What a task that has not ended is about.';

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
comment on function private.forget_task_input() is 'After update: an ended task needs its input no more.';

create trigger resume_generations_ended after update of status on public.resume_generations
for each row when (new.status in ('completed', 'failed')) execute function private.forget_task_input();

-- functions ---------------------------------------------------------------------------------------------------
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
  elsif p_task.result is null then
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
    select e.* from public.usage_events as e
    where e.user_id = p_task.user_id and e.status = 'reserved'
      -- The key of the task, or of its parts.
      and e.idempotency_key = any (p_task.idempotency_key || array(select p_task.idempotency_key || ':' || n from generate_series(1, 20) as n))
    order by e.id
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
  p_offline boolean default false,
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

  begin
    -- Reserve for real, all parts one after the other, and roll back: what a task would be refused for, its request is.
    for v_part in select * from jsonb_array_elements(p_parts) loop
      v_turn := public.usage_reserve(
        p_user_id, v_part ->> 'operation', p_idempotency_key || coalesce(v_part ->> 'suffix', ''),
        p_request_hash || coalesce(v_part ->> 'suffix', ''), (v_part ->> 'resume_id')::uuid, (v_part ->> 'job_id')::uuid, false, p_offline
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
  insert into private.task_inputs (task_id, input, is_offline) values (v_task.id, p_input, p_offline);
  return private.task_answer(v_task) || '{"state": "opened"}';
end
$$;
comment on function public.task_open(uuid, text, text, text, text, jsonb, jsonb, text, uuid, boolean, boolean, uuid) is
  'Opens a task, or returns the one of the same key: open or completed, not failed. p_parts: what it will reserve, [{operation, suffix?, resume_id?, job_id?}], decided for real and rolled back. 429 too_many_tasks: 20 are open.';

create function public.task_claim(p_task_id uuid)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly
set search_path = ''
as $$
declare
  c_most_attempts constant integer := 3;
  v_task public.resume_generations := private.lock_task(p_task_id);
  v_now timestamptz := private.now();
  v_operation public.operations;
  v_input private.task_inputs;
begin
  if v_task.id is null or v_task.status in ('completed', 'failed') or v_task.lease_until > v_now then
    return null;
  elsif v_task.attempts >= c_most_attempts then
    perform private.abort_task(v_task, 'task_failed', v_now);
    return null;
  elsif v_task.status = 'processing' then
    perform private.release_task(v_task, 'its consumer died', v_now);
  end if;
  select o.* into v_operation from public.operations as o where o.slug = v_task.operation;
  select i.* into v_input from private.task_inputs as i where i.task_id = p_task_id;
  update public.resume_generations as g
  set
    status = 'processing', attempts = g.attempts + 1,
    lease_until = v_now + make_interval(secs => coalesce(v_operation.max_runtime_seconds, 120))
  where g.id = p_task_id
  returning g.* into v_task;
  return jsonb_build_object(
    'id', v_task.id, 'attempt', v_task.attempts, 'user_id', v_task.user_id, 'function', v_task.function_name, 'operation', v_task.operation,
    'idempotency_key', v_task.idempotency_key, 'request_hash', v_task.request_hash, 'request_id', v_task.request_id,
    'runtime', extract(epoch from v_task.lease_until - v_now), 'input', v_input.input, 'offline', v_input.is_offline
  );
end
$$;
comment on function public.task_claim(uuid) is
  'Claims a task for as long as its operation may run, and returns it with its input. Null: it has ended, or another consumer''s claim holds. A claim that ran out is taken over, twice; then the task fails.';

create function public.task_progress(p_task_id uuid, p_attempt integer, p_progress integer)
returns boolean
language plpgsql
security definer -- nobody may write these tables directly
set search_path = ''
as $$
begin
  -- Each write is sent to whoever follows the row: at most one a second.
  update public.resume_generations as g set progress = greatest(g.progress, least(99, p_progress))
  where g.id = p_task_id and g.status = 'processing' and g.attempts = p_attempt
    and g.updated_at <= private.now() - interval '1 second';
  return found or exists (
    select from public.resume_generations as g where g.id = p_task_id and g.status = 'processing' and g.attempts = p_attempt
  );
end
$$;
comment on function public.task_progress(uuid, integer, integer) is
  'Writes how far a task is, unless something was written within a second. False: it has ended, or is another consumer''s by now.';

create function public.task_end(
  p_task_id uuid, p_attempt integer, p_usage_id uuid default null, p_result text default null, p_code text default null,
  p_message text default null
)
returns boolean
language sql
security definer -- nobody may write these tables directly
set search_path = ''
as $$ select private.end_task(p_task_id, p_attempt, p_usage_id, p_result::jsonb, p_code, p_message) $$;
comment on function public.task_end(uuid, integer, uuid, text, text, text) is
  'Ends a task that holds nothing: it is not metered, or was refused. Any other ends with its commit or its release.';

create function public.task_read(p_user_id uuid, p_function text, p_task_id uuid)
returns jsonb
language plpgsql
stable
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_task public.resume_generations;
begin
  select g.* into v_task from public.resume_generations as g
  where g.id = p_task_id and g.user_id = p_user_id and g.function_name = p_function;
  if v_task.id is null then
    perform private.raise_problem(404, 'task_not_found');
  end if;
  return private.task_answer(v_task);
end
$$;
comment on function public.task_read(uuid, text, uuid) is 'A user''s task of a function, with its result.';

create function public.task_cancel(p_user_id uuid, p_function text, p_task_id uuid)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly
set search_path = ''
as $$
declare
  v_task public.resume_generations := private.lock_task(p_task_id);
begin
  if v_task.id is null or v_task.user_id <> p_user_id or v_task.function_name is distinct from p_function then
    perform private.raise_problem(404, 'task_not_found');
  elsif v_task.status in ('waiting', 'processing') then
    v_task := private.abort_task(v_task, 'cancelled', private.now());
  end if;
  return private.task_answer(v_task);
end
$$;
comment on function public.task_cancel(uuid, text, uuid) is 'Ends a user''s task as cancelled and gives back what it holds; one that has ended stays as it is.';

create function public.task_give_up(p_task_id uuid)
returns boolean
language plpgsql
security definer -- nobody may write these tables directly
set search_path = ''
as $$
declare
  v_task public.resume_generations := private.lock_task(p_task_id);
  v_now timestamptz := private.now();
begin
  if v_task.id is null or v_task.status in ('completed', 'failed') or v_task.lease_until > v_now then
    return false;
  end if;
  perform private.abort_task(v_task, 'task_failed', v_now);
  return true;
end
$$;
comment on function public.task_give_up(uuid) is 'Ends a task whose message could not be delivered, unless a consumer is at it.';

create function public.tasks_due(p_limit integer default 100)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly
set search_path = ''
as $$
declare
  v_now constant timestamptz := private.now();
  v_task record;
  v_due jsonb := '[]';
begin
  for v_task in
    select g.id, g.function_name, g.created_at, g.lease_until from public.resume_generations as g
    where g.status in ('waiting', 'processing') and g.updated_at <= v_now - interval '2 minutes'
      and g.function_name is not null and (g.lease_until is null or g.lease_until <= v_now)
    order by g.updated_at, g.id
    limit greatest(1, least(p_limit, 1000))
  loop
    if v_task.created_at <= v_now - interval '2 hours' then
      perform public.task_give_up(v_task.id);
    else
      update public.resume_generations as g set updated_at = v_now where g.id = v_task.id;
      v_due := v_due || jsonb_build_object('id', v_task.id, 'function', v_task.function_name);
    end if;
  end loop;
  return v_due;
end
$$;
comment on function public.tasks_due(integer) is
  'Clean-up: tasks whose message or consumer was lost, to be sent again: [{id, function}], each again after two minutes. After two hours they fail.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.task_open(uuid, text, text, text, text, jsonb, jsonb, text, uuid, boolean, boolean, uuid), public.task_claim(uuid),
public.task_progress(uuid, integer, integer), public.task_end(uuid, integer, uuid, text, text, text),
public.task_read(uuid, text, uuid), public.task_cancel(uuid, text, uuid), public.task_give_up(uuid), public.tasks_due(integer)
to service_role;
