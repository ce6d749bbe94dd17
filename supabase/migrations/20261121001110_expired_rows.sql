-- Rows past their retention period: read for the archive, deleted or emptied, and put back from the archive.

-- functions -------------------------------------------------------------------------------------------------------
create function public.retention_purge(p_data_type text, p_limit integer default 500)
returns integer
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_expired record;
  v_count integer;
begin
  if (select p.archive from private.retention_policies as p where p.data_type = p_data_type) then
    perform private.raise_problem(409, 'archive_first', p_data_type || ' is archived before it is deleted.');
  end if;
  select e.* into v_expired from private.expired_rows(p_data_type) as e;
  execute format(
    '%s where t.ctid = any(array(select t.ctid from %s as t where %s limit %s for update skip locked))',
    case
      when v_expired.emptied is null then format('delete from %s as t', v_expired.source)
      else format('update %s as t set %I = %L', v_expired.source, v_expired.emptied, v_expired.becomes)
    end,
    v_expired.source, v_expired.clause, greatest(1, least(p_limit, 5000))
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.retention_purge(text, integer) is
  'Deletes, or empties as the policy says, one batch of what a policy no longer keeps and does not archive; returns how many.';

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
  if not (select p.archive from private.retention_policies as p where p.data_type = p_data_type) then
    perform private.raise_problem(409, 'not_archived', p_data_type || ' is not archived: see retention_purge().');
  end if;
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

create function private.expired_rows(
  p_data_type text, out source regclass, out clause text, out columns text, out emptied text, out becomes text
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_policy private.retention_policies;
  v_before timestamptz;
  v_is_period boolean;
begin
  select p.* into v_policy from private.retention_policies as p where p.data_type = p_data_type and p.keep is not null;
  if not found then
    perform private.raise_problem(404, 'policy_not_found', p_data_type || ' has no retention period.');
  end if;
  source := v_policy.table_name::regclass;
  -- Whatever the policy is called: no batch erases accounts.
  if source in ('public.profiles'::regclass, 'auth.users'::regclass) then
    perform private.raise_problem(409, 'erase_accounts', 'Accounts are erased one by one, with their files: see account_erase().');
  end if;
  emptied := v_policy.empties;
  becomes := v_policy.becomes;
  -- The moment is written into the statement: the planner has to know it to use the index on age.
  v_before := private.now() - v_policy.keep;
  -- A column of text holds the names of periods: a day goes with its month.
  select t.typcategory = 'S' into v_is_period
  from pg_catalog.pg_attribute as a inner join pg_catalog.pg_type as t on t.oid = a.atttypid
  where a.attrelid = source and a.attname = v_policy.age_column;
  clause := format(
    't.%I < %L', v_policy.age_column, case when v_is_period then private.period_key('monthly', v_before) else v_before::text end
  )
    || case when emptied is null then '' else format(' and t.%I is distinct from %L', emptied, becomes) end
    || coalesce(' and (' || v_policy.only_where || ')', '');
  columns := quote_ident(v_policy.age_column);
end
$$;
comment on function private.expired_rows(text) is
  'Table, condition, age column and column to empty or set of what a policy no longer keeps; refuses accounts. Operators write the policies, so their text is trusted.';

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

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function
public.retention_batch(text, integer), public.retention_delete(text, uuid[], text[]), public.retention_purge(text, integer),
public.archive_restore(text, jsonb)
to service_role;
