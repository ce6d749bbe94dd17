-- Months of partitioned tables past their retention period: archived page by page, then dropped (20261121000810).

-- table -----------------------------------------------------------------------------------------------------------
create table private.partition_archives (
  partition text primary key check (char_length(partition) <= 63),
  -- Key of the last row that is in the archive; null: none is.
  archived_to jsonb check (jsonb_typeof(archived_to) = 'object') check (pg_column_size(archived_to) <= 65536),
  lines bigint not null default 0 check (lines >= 0),
  -- As many rows are in the archive as in the month: it may go.
  complete boolean not null default false,
  updated_at timestamptz not null default now()
);
comment on table private.partition_archives is 'How far each expired month is archived, so that a run goes on where the last one stopped.';
alter table private.partition_archives enable row level security;

-- functions -------------------------------------------------------------------------------------------------------
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

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function
public.partition_page(text, integer), public.partition_note(text, jsonb, jsonb, integer), public.partition_close(text)
to service_role;
