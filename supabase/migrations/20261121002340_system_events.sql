-- Who writes system events: failures that nobody was told about, in the transaction in which they became final
-- (docs/admin.md). What a client was answered is in the logs.

-- functions ---------------------------------------------------------------------------------------------------
create function private.note_event(p_event_type text, p_severity text, p_data jsonb, p_user_id uuid default null)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.system_events (event_type, severity, event_data, user_id, created_at)
  values (p_event_type, p_severity, jsonb_strip_nulls(p_data), p_user_id, private.now())
$$;
comment on function private.note_event(text, text, jsonb, uuid) is 'Writes a system event. Its data names rows, never what a person typed.';

create function private.note_failed_task()
returns trigger
language plpgsql
security definer -- whoever ends a task may not write events
set search_path = ''
as $$
begin
  perform private.note_event(
    'task_failed', 'warning',
    jsonb_build_object('task_id', new.id, 'function', new.function_name, 'operation', new.operation, 'code', new.error_code), new.user_id
  );
  return null;
end
$$;
comment on function private.note_failed_task() is 'After a task failed: writes a system event, unless its user cancelled it.';

create function private.note_given_up_event()
returns trigger
language plpgsql
security definer -- whoever delivers an event may not write system events
set search_path = ''
as $$
begin
  perform private.note_event(
    'webhook_given_up', 'error',
    jsonb_build_object('id', new.id, 'provider', new.provider, 'type', new.event_type, 'code', new.error_code, 'attempts', new.attempts)
  );
  return null;
end
$$;
comment on function private.note_given_up_event() is 'After a payment event is not tried again by itself: writes a system event.';

create function private.note_clean_up()
returns trigger
language plpgsql
security definer -- the secret key's role may not reach private tables
set search_path = ''
as $$
declare
  v_task record;
begin
  for v_task in
    select t.key as name, t.value as report from jsonb_each(new.tasks) as t
    where tg_op = 'INSERT' or old.tasks -> t.key is distinct from t.value
  loop
    if v_task.report ->> 'error' is not null then
      perform private.note_event(
        'cleanup_failed', 'error', jsonb_build_object('run_id', new.id, 'task', v_task.name, 'code', left(v_task.report ->> 'error', 200))
      );
    elsif v_task.name = 'checks' and (v_task.report ->> 'done')::integer > 0 then
      perform private.note_event('invariant_breach', 'error', jsonb_build_object('run_id', new.id, 'violations', v_task.report -> 'done'));
    end if;
  end loop;
  return null;
end
$$;
comment on function private.note_clean_up() is 'After a task of the clean-up ended: writes a system event if it failed, or if an invariant does not hold.';

create function private.respect_data_analytics()
returns trigger
language plpgsql
security definer -- reads the settings of whoever the row is about
set search_path = ''
as $$
begin
  if exists (select from public.user_settings as s where s.user_id = new.user_id and not s.data_analytics) then
    if tg_table_name = 'usage_events' then
      new.session_data := null;
    else
      return null;
    end if;
  end if;
  return new;
end
$$;
comment on function private.respect_data_analytics() is
  'Before insert or update: of users who turned data_analytics off, keeps no session data and no event that is not about a failure.';

-- triggers ----------------------------------------------------------------------------------------------------
create trigger resume_generations_note_failure after update of status on public.resume_generations
for each row when (old.status <> 'failed' and new.status = 'failed' and new.error_code is distinct from 'cancelled')
execute function private.note_failed_task();
create trigger webhook_events_note_given_up after insert or update of status on private.webhook_events
for each row when (new.status = 'failed' and new.next_attempt_at is null) execute function private.note_given_up_event();
create trigger cleanup_runs_note_failure after insert or update of tasks on private.cleanup_runs
for each row execute function private.note_clean_up();
create trigger usage_events_analytics before insert or update of session_data on public.usage_events
for each row when (new.session_data is not null) execute function private.respect_data_analytics();
-- Failures are for security and operation, and the end of an erasure is proof of it.
create trigger system_events_analytics before insert on public.system_events
for each row when (new.severity = 'info' and new.user_id is not null and new.event_type <> 'account_erased')
execute function private.respect_data_analytics();
