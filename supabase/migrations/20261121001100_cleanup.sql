-- Clean-up: what the scheduled job calls. Each function does one bounded batch in one statement of a client, may be
-- called again at any moment, and may run beside itself.

-- table -------------------------------------------------------------------------------------------------------
create table private.cleanup_runs (
  id uuid primary key,
  tasks jsonb not null default '{}' check (jsonb_typeof(tasks) = 'object'),
  complete boolean not null default false,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table private.cleanup_runs is 'What each run of the clean-up has done so far, per task.';
create index cleanup_runs_started_at_idx on private.cleanup_runs (started_at desc);
alter table private.cleanup_runs enable row level security;

create table private.partition_archives (
  partition text primary key check (char_length(partition) <= 63),
  -- Key of the last row that is in the archive; null: none is.
  archived_to jsonb check (jsonb_typeof(archived_to) = 'object'),
  lines bigint not null default 0 check (lines >= 0),
  -- As many rows are in the archive as in the month: it may go.
  complete boolean not null default false,
  updated_at timestamptz not null default now()
);
comment on table private.partition_archives is 'How far each expired month is archived, so that a run goes on where the last one stopped.';
alter table private.partition_archives enable row level security;

-- data --------------------------------------------------------------------------------------------------------
insert into private.retention_policies (data_type, table_name, age_column, keep, archive, reason) values
('resume_drafts', 'public.resume_drafts', 'last_saved', interval '90 days', false, 'An auto-save that nobody came back to'),
('usage_results', 'private.usage_results', 'created_at', interval '2 days', false, 'Longer than a paid answer can be had again'),
('cleanup_runs', 'private.cleanup_runs', 'started_at', interval '90 days', false, 'Debugging');

-- functions ---------------------------------------------------------------------------------------------------
create function private.expired_rows(p_data_type text, out source regclass, out clause text, out columns text)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_policy private.retention_policies;
begin
  select p.* into v_policy from private.retention_policies as p where p.data_type = p_data_type and p.keep is not null;
  if not found then
    perform private.raise_problem(404, 'policy_not_found', p_data_type || ' has no retention period.');
  end if;
  source := v_policy.table_name::regclass;
  -- The moment is written into the statement: the planner has to know it to use the index on age.
  clause := format('t.%I < %L::timestamptz', v_policy.age_column, private.now() - v_policy.keep)
    || coalesce(' and (' || v_policy.only_where || ')', '');
  columns := quote_ident(v_policy.age_column);
end
$$;
comment on function private.expired_rows(text) is 'Table, condition and age column of what a policy no longer keeps. The policies are written by operators, so their text is trusted.';

create function private.children_of(p_source regclass)
returns table (child regclass, child_column name, parent_column name)
language sql
stable
set search_path = ''
as $$
  select c.conrelid::regclass, a.attname, f.attname
  from pg_catalog.pg_constraint as c
  inner join pg_catalog.pg_class as t on t.oid = c.conrelid and t.relnamespace = 'public'::regnamespace
  inner join pg_catalog.pg_attribute as a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  inner join pg_catalog.pg_attribute as f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
  where c.confrelid = p_source and c.contype = 'f' and c.confdeltype = 'c'
$$;
comment on function private.children_of(regclass) is 'Tables of public whose rows go when a row of this one goes.';

create function public.retention_batch(p_data_type text, p_limit integer default 500)
returns jsonb
language plpgsql
stable
security definer -- private is not reachable with the secret key's role
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_source regclass;
  v_clause text;
  v_age text;
  v_children text;
  v_rows jsonb;
  v_limit integer := greatest(1, least(p_limit, 5000));
begin
  select e.source, e.clause, e.columns into v_source, v_clause, v_age from private.expired_rows(p_data_type) as e;
  select string_agg(
    format(
      '%L, (select coalesce(jsonb_agg(to_jsonb(c) order by to_jsonb(c)::text), ''[]'') from %s as c where c.%I = t.%I)',
      k.child::text, k.child, k.child_column, k.parent_column
    ), ', ' order by k.child::text
  ) into v_children
  from private.children_of(v_source) as k;
  execute format(
    'select coalesce(jsonb_agg(jsonb_build_object(''row'', to_jsonb(t), ''children'', jsonb_build_object(%s), ''seen'', x.seen) order by x.age, x.id), ''[]'') '
    -- The rows are chosen before they are made into documents.
    || 'from (select t.id, t.%I as age, t.xmin::text as seen from %s as t where %s order by t.%I limit %s) as x '
    || 'inner join %s as t on t.id = x.id',
    coalesce(v_children, ''), v_age, v_source, v_clause, v_age, v_limit, v_source
  ) into v_rows;
  return v_rows;
end
$$;
comment on function public.retention_batch(text, integer) is
  'The oldest rows that a policy no longer keeps, each with the rows that would go with it: [{row, children: {table: [row]}, seen}]; seen is the state of the row, for retention_delete().';

create function public.retention_delete(p_data_type text, p_ids uuid[], p_seen text[])
returns integer
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_source regclass;
  v_clause text;
  v_count integer;
begin
  select e.source, e.clause into v_source, v_clause from private.expired_rows(p_data_type) as e;
  -- A row that is another than the archived one, no longer past its period, or in somebody's hands, is left alone.
  execute format(
    'delete from %s as t where t.id in (select t.id from %s as t inner join unnest($1, $2) as a (id, seen) on a.id = t.id '
    || 'where t.xmin::text = a.seen and %s for update of t skip locked)',
    v_source, v_source, v_clause
  ) using p_ids, p_seen;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.retention_delete(text, uuid[], text[]) is 'Deletes rows that were archived, by id and state; returns how many.';

create function public.retention_purge(p_data_type text, p_limit integer default 500)
returns integer
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_source regclass;
  v_clause text;
  v_count integer;
begin
  if (select p.archive from private.retention_policies as p where p.data_type = p_data_type) then
    perform private.raise_problem(409, 'archive_first', p_data_type || ' is archived before it is deleted.');
  end if;
  if p_data_type = 'deleted_accounts' then
    perform private.raise_problem(409, 'erase_accounts', 'Accounts are erased one by one, with their files.');
  end if;
  select e.source, e.clause into v_source, v_clause from private.expired_rows(p_data_type) as e;
  execute format(
    'delete from %s as t where t.ctid = any(array(select t.ctid from %s as t where %s limit %s for update skip locked))',
    v_source, v_source, v_clause, greatest(1, least(p_limit, 5000))
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.retention_purge(text, integer) is 'Deletes one batch of what a policy no longer keeps and does not archive; returns how many.';

create function public.partition_page(p_partition text, p_limit integer default 1000)
returns jsonb
language plpgsql
stable
security definer -- reads a partition in private
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_from jsonb := (select a.archived_to from private.partition_archives as a where a.partition = p_partition);
  v_rows jsonb;
begin
  if not exists (select from public.partitions_expired() as e where e.partition = p_partition) then
    perform private.raise_problem(409, 'partition_not_expired', p_partition || ' is not a month past its retention period.');
  end if;
  execute format(
    'select coalesce(jsonb_agg(to_jsonb(x) order by x.id, x.created_at), ''[]'') from (select t.* from private.%1$I as t %2$s '
    || 'order by t.id, t.created_at limit %3$s) as x',
    p_partition,
    case when v_from is not null then format(
      'where (t.id, t.created_at) > (select k.id, k.created_at from jsonb_populate_record(null::private.%I, $1) as k)', p_partition
    ) end,
    greatest(1, least(p_limit, 5000))
  ) into v_rows using v_from;
  return jsonb_build_object(
    'rows', v_rows, 'from', v_from,
    'to', jsonb_build_object('id', v_rows -> -1 -> 'id', 'created_at', v_rows -> -1 -> 'created_at')
  );
end
$$;
comment on function public.partition_page(text, integer) is
  'The next rows of an expired month that are not in the archive: {rows, from, to}; no rows at the end. Tell partition_note() when they are.';

create function public.partition_note(p_partition text, p_from jsonb, p_to jsonb, p_lines integer)
returns boolean
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
begin
  insert into private.partition_archives as a (partition, updated_at) values (p_partition, private.now()) on conflict do nothing;
  update private.partition_archives as a set archived_to = p_to, lines = a.lines + p_lines, updated_at = private.now()
  where a.partition = p_partition and a.archived_to is not distinct from nullif(p_from, 'null');
  return found;
end
$$;
comment on function public.partition_note(text, jsonb, jsonb, integer) is
  'Notes that a page is in the archive; false where another run noted it already.';

create function public.partition_close(p_partition text)
returns boolean
language plpgsql
security definer -- reads a partition in private
set search_path = ''
as $$
declare
  v_rows bigint;
begin
  if not exists (select from public.partitions_expired() as e where e.partition = p_partition) then
    perform private.raise_problem(409, 'partition_not_expired', p_partition || ' is not a month past its retention period.');
  end if;
  execute format('select count(*) from private.%I', p_partition) into v_rows;
  insert into private.partition_archives as a (partition) values (p_partition) on conflict do nothing;
  update private.partition_archives as a set complete = true, updated_at = private.now()
  where a.partition = p_partition and a.lines = v_rows;
  if not found then
    -- Something came into the month meanwhile: the next run archives it from its beginning.
    delete from private.partition_archives as a where a.partition = p_partition;
    return false;
  end if;
  return true;
end
$$;
comment on function public.partition_close(text) is
  'Says whether the archive has as many rows as the month; where it has not, archiving it begins anew.';

create function private.reference_holds(p_constraint pg_catalog.pg_constraint)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'exists (select from %s as k where %s)', p_constraint.confrelid::regclass,
    string_agg(format('k.%I = r.%I', f.attname, a.attname), ' and ')
  )
  from unnest(p_constraint.conkey, p_constraint.confkey) as n (here, there)
  inner join pg_catalog.pg_attribute as a on a.attrelid = p_constraint.conrelid and a.attnum = n.here
  inner join pg_catalog.pg_attribute as f on f.attrelid = p_constraint.confrelid and f.attnum = n.there
$$;
comment on function private.reference_holds(pg_catalog.pg_constraint) is 'Condition, as SQL over a row r, that what a foreign key points at is there.';

create function private.restore_statement(p_table regclass, p_rows text)
returns text
language sql
stable
set search_path = ''
as $$
  with keys as (
    select c as con, c.confdeltype, coalesce(c.confdelsetcols, c.conkey) as emptied
    from pg_catalog.pg_constraint as c where c.conrelid = p_table and c.contype = 'f'
  ),
  targets as (
    select
      a.attnum, quote_ident(a.attname) as name,
      -- What was there then and is not now is pointed at no more, as when it had been deleted.
      coalesce(
        (
          select format('case when %s then r.%I end', private.reference_holds(k.con), a.attname)
          from keys as k where k.confdeltype = 'n' and a.attnum = any(k.emptied) limit 1
        ),
        format('r.%I', a.attname)
      ) as value
    from pg_catalog.pg_attribute as a
    where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  )
  select format(
    'insert into %s (%s) select %s from %s, jsonb_populate_record(null::%s, x.line) as r%s on conflict do nothing', p_table,
    (select string_agg(t.name, ', ' order by t.attnum) from targets as t),
    (select string_agg(t.value, ', ' order by t.attnum) from targets as t),
    p_rows, p_table,
    -- A row without its owner stays in the archive.
    (
      select coalesce(' where ' || string_agg(private.reference_holds(k.con), ' and '), '')
      from keys as k where k.confdeltype = 'c'
    )
  )
$$;
comment on function private.restore_statement(regclass, text) is
  'Insert for archived rows (json, as x.line) that leaves out computed columns, rows whose owner is gone, and references to what is gone.';

create function public.archive_restore(p_table text, p_lines jsonb)
returns integer
language plpgsql
security definer -- writes tables that nobody may write directly
set search_path = ''
as $$
declare
  v_table regclass;
  v_count integer;
  v_total integer;
begin
  -- Only what a policy archives can come back, and what is there already stays as it is.
  if not exists (select from private.retention_policies as p where p.archive and p.table_name = p_table) then
    perform private.raise_problem(422, 'not_archived', p_table || ' is not archived.');
  end if;
  perform set_config('resumebase.restoring', 'on', true);
  execute private.restore_statement(
    p_table::regclass, '(select l.line -> ''row'' as line from jsonb_array_elements($1) as l (line)) as x'
  ) using p_lines;
  get diagnostics v_total = row_count;
  for v_table in select k.child from private.children_of(p_table::regclass) as k order by 1 loop
    execute private.restore_statement(
      v_table,
      format('(select c.line from jsonb_array_elements($1) as l (line), jsonb_array_elements(l.line -> ''children'' -> %L) as c (line)) as x', v_table)
    ) using p_lines;
    get diagnostics v_count = row_count;
    v_total := v_total + v_count;
  end loop;
  perform set_config('resumebase.restoring', '', true);
  return v_total;
end
$$;
comment on function public.archive_restore(text, jsonb) is
  'Puts archived rows and their children back as they were; returns how many were missing. Users who are gone do not come back with them.';

create function private.files_of(p_user_id uuid)
returns table (bucket text, path text)
language sql
stable
set search_path = ''
as $$
  select o.bucket_id, o.name from storage.objects as o
  -- Byte order is the order of the index on names that Supabase's storage has; 0 comes after /.
  where o.name ~>=~ (p_user_id::text || '/') and o.name ~<~ (p_user_id::text || '0')
  order by 1, 2
$$;
comment on function private.files_of(uuid) is 'Stored objects in a user''s folders of all buckets.';

create function public.accounts_due(p_limit integer default 20, p_skip integer default 0)
returns jsonb
language sql
stable
security definer -- reads storage.objects of others
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'user_id', p.id,
    'files', (select coalesce(jsonb_agg(jsonb_build_object('bucket', f.bucket, 'path', f.path)), '[]') from private.files_of(p.id) as f)
  ) order by p.deleted_at, p.id), '[]')
  from (
    select p.id, p.deleted_at
    from public.profiles as p
    where p.deleted_at < private.now() - (select r.keep from private.retention_policies as r where r.data_type = 'deleted_accounts')
    order by p.deleted_at, p.id
    limit greatest(1, least(p_limit, 200)) offset greatest(0, p_skip)
  ) as p
$$;
comment on function public.accounts_due(integer, integer) is
  'Deleted accounts whose time to come back is over, with their files, which are deleted through the storage API: [{user_id, files}].';

create function public.account_erase(p_user_id uuid)
returns boolean
language plpgsql
security definer -- deletes from auth.users
set search_path = ''
as $$
begin
  if not exists (
    select from public.profiles as p, private.retention_policies as r
    where p.id = p_user_id and r.data_type = 'deleted_accounts' and p.deleted_at < private.now() - r.keep
  ) then
    return false;
  end if;
  if exists (select from private.files_of(p_user_id)) then
    perform private.raise_problem(409, 'files_left', 'The files of the account go first.');
  end if;
  delete from auth.users as u where u.id = p_user_id;
  return found;
end
$$;
comment on function public.account_erase(uuid) is
  'Erases an account whose recovery period is over and whose files are gone. The books keep their rows without a person behind them.';

create function public.trials_end(p_limit integer default 500)
returns integer
language sql
security definer -- nobody may write subscriptions directly
set search_path = ''
as $$
  with ended as (
    update public.subscriptions as s
    set status = 'expired', ended_at = s.trial_end, state_at = private.now()
    where s.id in (
      select t.id from public.subscriptions as t
      where t.provider = 'manual' and t.status = 'trialing' and t.trial_end <= private.now()
      order by t.trial_end limit greatest(0, least(p_limit, 5000))
      for update skip locked
    )
    returning s.id
  )
  select count(*)::integer from ended
$$;
comment on function public.trials_end(integer) is 'Ends trials without a provider whose days are over; returns how many. A provider ends its own.';

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

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
  public.retention_batch(text, integer), public.retention_delete(text, uuid[], text[]), public.retention_purge(text, integer),
  public.partition_page(text, integer), public.partition_note(text, jsonb, jsonb, integer), public.partition_close(text), public.archive_restore(text, jsonb), public.accounts_due(integer, integer),
  public.account_erase(uuid), public.trials_end(integer), public.cleanup_note(uuid, text, jsonb, boolean), public.checks_list(), public.check_run(text)
to service_role;
