-- Retention: how long what is kept, as data, and the months of partitioned tables that are over.

-- table -------------------------------------------------------------------------------------------------------
create table private.retention_policies (
  data_type text primary key check (data_type ~ '^[a-z][a-z_]{1,59}$'),
  -- The table and the column that tells the age: a time, or the name of a period. A partitioned table loses whole months.
  table_name text not null check (char_length(table_name) <= 127),
  age_column text not null check (char_length(age_column) <= 63),
  -- Null: as long as the account lives.
  keep interval check (keep > interval '0'),
  -- Further condition on the rows, as SQL over the table's own columns.
  only_where text check (char_length(only_where) <= 1000),
  archive boolean not null default false,
  -- The column that is emptied; null: the row is deleted.
  empties text check (char_length(empties) <= 63),
  -- The value that it gets instead, such as failed; null: none.
  becomes text check (char_length(becomes) <= 100),
  reason text not null check (char_length(reason) <= 1000),
  updated_at timestamptz not null default now(),
  constraint archived_rows_are_deleted check (not archive or empties is null),
  constraint a_value_has_a_column check (becomes is null or empties is not null)
);
comment on table private.retention_policies is 'How long each kind of data is kept. Read by the clean-up; changed here, without a deployment.';
alter table private.retention_policies enable row level security;

create trigger retention_policies_touch before update on private.retention_policies
for each row execute function private.touch_updated_at();

-- data --------------------------------------------------------------------------------------------------------
insert into private.retention_policies (data_type, table_name, age_column, keep, only_where, archive, reason)
values
('active_accounts', 'public.profiles', 'created_at', null, 'deleted_at is null', false, 'The user owns the data; kept until the account is deleted'),
('deleted_accounts', 'public.profiles', 'deleted_at', interval '30 days', 'deleted_at is not null', false, 'Time to come back after deleting the account'),
('deleted_resumes', 'public.resumes', 'deleted_at', interval '30 days', 'deleted_at is not null', false, 'Time to take a résumé out of the bin'),
('deleted_jobs', 'public.jobs', 'deleted_at', interval '30 days', 'deleted_at is not null', false, 'Time to take a job out of the bin'),
('analyses', 'public.analyses', 'created_at', interval '90 days', $$status in ('completed', 'failed')$$, true, 'Historical reference'),
('interviews', 'public.interview_sessions', 'created_at', interval '2 years', $$status <> 'active'$$, true, 'Practice history'),
('usage_events', 'public.usage_events', 'created_at', interval '1 year', $$status <> 'reserved'$$, true, 'Usage data'),
('usage_counters', 'public.usage_tracking', 'period_key', interval '1 year', $$period_type <> 'lifetime'$$, false, 'Usage data'),
('ai_usage', 'public.ai_usage', 'created_at', interval '1 year', null, true, 'Cost tracking'),
('audit_logs', 'public.audit_logs', 'created_at', interval '1 year', null, true, 'Compliance'),
('system_events', 'public.system_events', 'created_at', interval '90 days', null, false, 'Debugging'),
('ai_cache', 'private.ai_cache', 'expires_at', interval '1 second', null, false, 'A cached answer lives for its own time only'),
('rate_limits', 'private.rate_limits', 'window_start', interval '1 day', null, false, 'Counters of past windows');

-- functions ---------------------------------------------------------------------------------------------------
create function public.retention_policies()
returns table (
  data_type text, table_name text, age_column text, keep_seconds bigint, only_where text, archive boolean, empties text,
  partitioned boolean, reason text
)
language sql
stable
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
  select
    p.data_type, p.table_name, p.age_column, extract(epoch from p.keep)::bigint, p.only_where, p.archive, p.empties,
    exists (select from pg_catalog.pg_partitioned_table as t where t.partrelid = to_regclass(p.table_name)), p.reason
  from private.retention_policies as p
  order by p.data_type
$$;
comment on function public.retention_policies() is 'The retention periods, for the clean-up and for the privacy page; null keep_seconds is as long as the account.';

create function public.partitions_ahead(p_months integer default 6)
returns integer
language plpgsql
security definer -- makes tables
set search_path = ''
as $$
begin
  return (
    select coalesce(sum(private.create_month_partitions(t.relname::text, ((select private.now()) at time zone 'UTC')::date, greatest(1, least(p_months, 36)))), 0)::integer
    from pg_catalog.pg_class as t
    inner join pg_catalog.pg_partitioned_table as p on p.partrelid = t.oid
    where t.relnamespace = 'public'::regnamespace
  );
exception when lock_not_available then
  perform private.raise_problem(503, 'partition_busy', 'A longer transaction uses the table; try again later.');
end
$$;
comment on function public.partitions_ahead(integer) is
  'Makes the monthly partitions of this month and the next ones; returns how many were new. 503 partition_busy where a longer transaction uses the table.';

create function public.partitions_expired()
returns table (table_name text, partition text, month date)
language sql
stable
security definer -- reads partitions in private
set search_path = ''
as $$
  select p.table_name, c.relname::text, to_date(right(c.relname, 7), 'YYYY_MM')
  from private.retention_policies as p
  inner join pg_catalog.pg_inherits as i on i.inhparent = to_regclass(p.table_name)
  inner join pg_catalog.pg_class as c on c.oid = i.inhrelid
  where c.relname ~ '_\d{4}_\d{2}$'
    -- The whole month is past its time.
    and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' <= (select private.now()) - p.keep
  order by 1, 2
$$;
comment on function public.partitions_expired() is 'Months whose youngest possible row is past its retention period.';

create function public.partition_drop(p_partition text)
returns void
language plpgsql
security definer -- drops a table
set search_path = ''
-- It needs the whole table for itself. Whoever writes to the table queues behind this while it waits.
set lock_timeout = '200ms'
as $$
begin
  -- Only what partitions_expired() names: this is no way to drop anything else.
  if not exists (select from public.partitions_expired() as e where e.partition = p_partition) then
    perform private.raise_problem(409, 'partition_not_expired', p_partition || ' is not a month past its retention period.');
  end if;
  if exists (
    select from public.partitions_expired() as e
    inner join private.retention_policies as p on p.table_name = e.table_name and p.archive
    where e.partition = p_partition
      and not exists (select from private.partition_archives as a where a.partition = p_partition and a.complete)
  ) then
    perform private.raise_problem(409, 'archive_first', p_partition || ' is archived before it is dropped.');
  end if;
  execute format('drop table private.%I', p_partition);
  delete from private.partition_archives as a where a.partition = p_partition;
exception when lock_not_available then
  perform private.raise_problem(503, 'partition_busy', 'A longer transaction uses the table; try again later.');
end
$$;
comment on function public.partition_drop(text) is
  'Drops one expired month, in the same time however many rows it has. Archive it first where its policy says so. 503 partition_busy where a longer transaction uses the table.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.retention_policies(), public.partitions_ahead(integer), public.partitions_expired(), public.partition_drop(text)
to service_role;
