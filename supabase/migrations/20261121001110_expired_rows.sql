-- Expired rows: read in batches, archived by the clean-up, and deleted if they have not changed since.

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

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
  public.retention_batch(text, integer),
  public.retention_delete(text, uuid[], text[]),
  public.retention_purge(text, integer)
to service_role;
