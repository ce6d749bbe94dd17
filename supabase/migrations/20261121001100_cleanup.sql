-- Clean-up: the record of its runs, trials that end by themselves, and the checks it runs. What it archives, erases and
-- sends is in the migrations that follow. Each function does one bounded batch, and may be called again or beside itself.

-- table -----------------------------------------------------------------------------------------------------------
create table private.cleanup_runs (
  id uuid primary key,
  tasks jsonb not null default '{}' check (jsonb_typeof(tasks) = 'object') check (pg_column_size(tasks) <= 1048576),
  complete boolean not null default false,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table private.cleanup_runs is 'What each run of the clean-up has done so far, per task.';
create index cleanup_runs_started_at_idx on private.cleanup_runs (started_at desc);
alter table private.cleanup_runs enable row level security;

-- data ------------------------------------------------------------------------------------------------------------
insert into private.retention_policies (data_type, table_name, age_column, keep, archive, reason) values
('resume_drafts', 'public.resume_drafts', 'last_saved', interval '90 days', false, 'An auto-save that nobody came back to'),
('usage_results', 'private.usage_results', 'created_at', interval '2 days', false, 'Longer than a paid answer can be had again'),
('cleanup_runs', 'private.cleanup_runs', 'started_at', interval '90 days', false, 'Debugging');

-- functions -------------------------------------------------------------------------------------------------------
create function public.cleanup_note(p_run_id uuid, p_task text, p_result jsonb, p_complete boolean default false)
returns void
language sql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
  insert into private.cleanup_runs as r (id, tasks, complete, started_at, updated_at)
  values (p_run_id, case when p_task is null then '{}' else jsonb_build_object(p_task, p_result) end, p_complete, private.now(), private.now())
  on conflict (id) do update set tasks = r.tasks || excluded.tasks, complete = excluded.complete, updated_at = excluded.updated_at
$$;
comment on function public.cleanup_note(uuid, text, jsonb, boolean) is 'Keeps what a run has done so far.';

create function public.trials_end(p_limit integer default 500)
returns integer
language plpgsql
security definer -- nobody may write subscriptions directly
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_count integer;
begin
  update public.subscriptions as s
  set status = 'expired', ended_at = s.trial_end, state_at = v_now
  where s.id in (
    select t.id from public.subscriptions as t
    where t.provider = 'manual' and t.status = 'trialing' and t.trial_end <= v_now
    order by t.trial_end limit greatest(0, least(p_limit, 5000))
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.trials_end(integer) is 'Ends trials without a provider whose days are over; returns how many. A provider ends its own.';

create function public.checks_list()
returns text[]
language sql
stable
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
  select coalesce(array_agg(substr(c.relname::text, 7) order by c.relname), '{}')
  from pg_catalog.pg_class as c
  where c.relnamespace = 'private'::regnamespace and c.relkind = 'v' and c.relname like 'check\_%'
$$;
comment on function public.checks_list() is 'Names of the invariants: views private.check_*, which find what must not be.';

create function public.check_run(p_name text)
returns jsonb
language plpgsql
stable
security definer -- checks read everything
set search_path = ''
-- They read whole tables, and hold up nobody. PostgREST takes this over before it begins.
set statement_timeout = '5min'
as $$
declare
  v_answer jsonb;
begin
  if p_name <> all(public.checks_list()) then
    perform private.raise_problem(404, 'check_not_found', 'There is no check ' || p_name || '.');
  end if;
  execute format(
    'select jsonb_build_object(''violations'', count(*), ''sample'', coalesce(jsonb_agg(to_jsonb(x)) filter (where x.n <= 5), ''[]'')) '
    || 'from (select row_number() over () as n, c.* from private.%I as c) as x',
    'check_' || p_name
  ) into v_answer;
  return v_answer;
end
$$;
comment on function public.check_run(text) is 'Runs one invariant: {violations, sample}; no violations when all is well.';

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function
public.cleanup_note(uuid, text, jsonb, boolean), public.trials_end(integer), public.checks_list(), public.check_run(text)
to service_role;
