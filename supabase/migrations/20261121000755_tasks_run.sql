-- Tasks under way: claimed by a consumer, followed or cancelled by their user, and what becomes of lost ones.

-- functions ---------------------------------------------------------------------------------------------------
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
    'runtime', extract(epoch from v_task.lease_until - v_now), 'input', v_input.input
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
declare
  v_now constant timestamptz := private.now();
begin
  -- Each write is sent to whoever follows the row: at most one a second.
  update public.resume_generations as g set progress = greatest(g.progress, least(99, p_progress))
  where g.id = p_task_id and g.status = 'processing' and g.attempts = p_attempt
    and g.updated_at <= v_now - interval '1 second';
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
  perform private.assert_active(p_user_id);
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
  perform private.assert_active(p_user_id);
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

-- triggers ----------------------------------------------------------------------------------------------------
create function private.forget_resume_answers()
returns trigger
language plpgsql
security definer -- clients have no right to stored answers
set search_path = ''
as $$
declare
  v_since constant timestamptz := greatest(old.created_at, private.now() - interval '3 days'); -- The clean-up deletes what is older.
begin
  if exists (select from private.closed_accounts as c where c.user_id = old.user_id) then
    return null; -- Its answers go with its books.
  end if;
  delete from private.usage_results as r
  using public.usage_events as e
  where e.user_id = old.user_id and e.reserved_at >= v_since - interval '1 day' and r.usage_id = e.id
    and strpos(r.result, old.id::text) > 0;
  update public.resume_generations as g
  set result = null
  where g.user_id = old.user_id and g.created_at >= v_since - interval '1 day' and g.result is not null
    and strpos(g.result::text, old.id::text) > 0;
  return null;
end
$$;
comment on function private.forget_resume_answers() is
  'After a résumé is deleted, also into the bin: the stored answers with which it was made are gone, and so are those of tasks.';

create trigger resumes_forget_deleted after delete on public.resumes
for each row execute function private.forget_resume_answers();
create trigger resumes_forget_binned after update of deleted_at on public.resumes
for each row when (old.deleted_at is null and new.deleted_at is not null)
execute function private.forget_resume_answers();

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.task_claim(uuid), public.task_progress(uuid, integer, integer), public.task_end(uuid, integer, uuid, text, text, text),
public.task_read(uuid, text, uuid), public.task_cancel(uuid, text, uuid), public.task_give_up(uuid), public.tasks_due(integer)
to service_role;
