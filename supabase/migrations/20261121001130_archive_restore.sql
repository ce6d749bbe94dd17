-- Restoring: archived rows and their children are put back if their users still exist.

-- functions ---------------------------------------------------------------------------------------------------
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

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
  public.archive_restore(text, jsonb)
to service_role;
