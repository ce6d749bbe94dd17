-- Exports of everything about a user: the archives in the bucket account-exports, and the pages they are written from.

-- table -----------------------------------------------------------------------------------------------------------
create table private.account_exports (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete cascade,
  task_id uuid not null unique,
  -- [{path, size, sha256}], in the bucket account-exports.
  parts jsonb not null check (private.json_within(parts, 'array', 65536)),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
comment on table private.account_exports is 'Exports that can be downloaded. One that is revoked or has expired has no row, and its files go through the outbox.';

-- indexes ---------------------------------------------------------------------------------------------------------
create index account_exports_user_id_idx on private.account_exports (user_id);
create index account_exports_expires_at_idx on private.account_exports (expires_at);
-- One export at a time.
create unique index resume_generations_one_export_idx on public.resume_generations (user_id)
where operation = 'account_export' and status in ('waiting', 'processing');

-- row level security ----------------------------------------------------------------------------------------------
alter table private.account_exports enable row level security;

-- data ------------------------------------------------------------------------------------------------------------
-- Below the upload limit of a project (50 MB by default), which overrides that of a bucket. No policy: clients get links.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('account-exports', 'account-exports', false, 47185920, array['application/zip'])
on conflict (id) do update set
  public = excluded.public, file_size_limit = excluded.file_size_limit, allowed_mime_types = excluded.allowed_mime_types;

insert into public.operations (slug, name, quota_group, default_cost, max_runtime_seconds, aliases, answers, asks_model)
values ('account_export', 'Export an account', null, 0, 120, '{}', 'task', false);

-- triggers --------------------------------------------------------------------------------------------------------
create function private.forget_export_files()
returns trigger
language plpgsql
security definer -- whoever may delete a user may not write the outbox
set search_path = ''
as $$
begin
  perform private.outbox_put('file', 'account-exports/' || (p.part ->> 'path')) from jsonb_array_elements(old.parts) as p (part);
  return null;
end
$$;
comment on function private.forget_export_files() is 'After delete: puts the files of an export into the outbox.';

create trigger account_exports_files after delete on private.account_exports
for each row execute function private.forget_export_files();

create function private.one_export_at_a_time()
returns trigger
language plpgsql
security definer -- reads what no client may
set search_path = ''
as $$
begin
  -- task_open holds the account's lock; the unique index is for whoever does not.
  if exists (
    select from public.resume_generations as g
    where g.user_id = new.user_id and g.operation = 'account_export' and g.status in ('waiting', 'processing')
  ) then
    perform private.raise_problem(409, 'export_running');
  end if;
  return new;
end
$$;
comment on function private.one_export_at_a_time() is 'Before insert: a user has one export under way.';

create trigger resume_generations_one_export before insert on public.resume_generations
for each row when (new.operation = 'account_export') execute function private.one_export_at_a_time();

-- functions -------------------------------------------------------------------------------------------------------
create function public.account_export_tables(p_user_id uuid)
returns jsonb
language plpgsql
stable
security definer -- reads private
set search_path = ''
as $$
begin
  perform private.assert_active(p_user_id);
  return (
    select jsonb_agg(jsonb_build_object('table', d.table_name, 'about', d.about) order by d.about)
    from private.personal_data as d where d.about is not null and to_regclass(d.table_name) is not null
  );
end
$$;
comment on function public.account_export_tables(uuid) is 'The tables of an export, from the register of personal data: [{table, about}].';

create function public.account_export_page(p_user_id uuid, p_table text, p_after jsonb default null)
returns jsonb
language plpgsql
stable
security definer -- reads every table, and of each only the user's rows
set search_path = ''
set timezone = 'UTC'
as $$
declare
  c_rows constant integer := 100;
  c_bytes constant integer := 2000000;
  v_entry private.personal_data;
  v_keys text[];
  v_page jsonb;
begin
  perform private.assert_active(p_user_id);
  select d.* into v_entry from private.personal_data as d
  where d.table_name = p_table and d.about is not null and to_regclass(d.table_name) is not null;
  if v_entry.table_name is null then
    perform private.raise_problem(404, 'not_found', 'No such table is exported.');
  end if;
  select array_agg(quote_ident(a.attname) order by k.place) into v_keys
  from pg_catalog.pg_index as i
  cross join unnest(i.indkey) with ordinality as k (attnum, place)
  inner join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indrelid = p_table::regclass and i.indisprimary;
  execute format(
    'with page as materialized (select t.* from %1$s as t where (%2$s) %3$s order by %4$s limit %5$s), '
    || 'lines as (select to_jsonb(t) - $2 as line, jsonb_build_object(%6$s) as key, row_number() over (order by %4$s) as n from page as t), '
    || 'sized as (select l.*, sum(octet_length(l.line::text)) over (order by l.n) as bytes from lines as l), '
    || 'kept as (select s.* from sized as s where s.n = 1 or s.bytes <= %7$s) '
    || 'select jsonb_build_object(''rows'', coalesce(jsonb_agg(k.line order by k.n), ''[]''), ''next'', '
    || 'case when count(*) = %5$s or count(*) < (select count(*) from page) then (array_agg(k.key order by k.n desc))[1] end) from kept as k',
    p_table,
    coalesce(v_entry.exported_where, v_entry.owner),
    case when p_after is not null then format(
      'and (%s) > (select %s from jsonb_populate_record(null::%s, $3) as k)',
      (select string_agg('t.' || k, ', ') from unnest(v_keys) as k), (select string_agg('k.' || k, ', ') from unnest(v_keys) as k), p_table
    ) end,
    (select string_agg('t.' || k, ', ') from unnest(v_keys) as k),
    c_rows,
    (select string_agg(format('%L, t.%s', k, k), ', ') from unnest(v_keys) as k),
    c_bytes
  ) into v_page using p_user_id, v_entry.hidden, p_after;
  return v_page;
end
$$;
comment on function public.account_export_page(uuid, text, jsonb) is
  'The next rows of an active user in a table, up to 100 or some 2 MB: {rows, next}; next is null at the end. Without the columns that the register hides.';

create function public.account_export_keep(p_user_id uuid, p_task_id uuid, p_attempt integer, p_parts jsonb, p_days integer default 7)
returns jsonb
language plpgsql
security definer -- nobody may write this table directly
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_export private.account_exports;
begin
  perform private.lock_accounts(array[p_user_id]);
  perform private.assert_active(p_user_id);
  perform from public.resume_generations as g
  where g.id = p_task_id and g.user_id = p_user_id and g.status = 'processing' and g.attempts = p_attempt for update;
  if not found then
    perform private.raise_problem(409, 'task_lost');
  end if;
  -- The new one has everything that the earlier ones have.
  delete from private.account_exports as x where x.user_id = p_user_id;
  insert into private.account_exports as x (user_id, task_id, parts, created_at, expires_at)
  values (p_user_id, p_task_id, p_parts, v_now, v_now + make_interval(days => p_days))
  returning x.* into v_export;
  return jsonb_build_object('id', v_export.id, 'created_at', v_export.created_at, 'expires_at', v_export.expires_at);
end
$$;
comment on function public.account_export_keep(uuid, uuid, integer, jsonb, integer) is
  'Keeps an export that is in storage, for the consumer whose task it is, and revokes earlier ones: {id, created_at, expires_at}.';

create function public.account_exports(p_user_id uuid)
returns jsonb
language plpgsql
stable
security definer -- reads private
set search_path = ''
as $$
begin
  perform private.assert_active(p_user_id);
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', x.id, 'created_at', x.created_at, 'expires_at', x.expires_at, 'parts', x.parts,
      'seconds_left', floor(extract(epoch from x.expires_at - (select private.now())))
    ) order by x.created_at desc), '[]')
    from private.account_exports as x where x.user_id = p_user_id and x.expires_at > (select private.now())
  );
end
$$;
comment on function public.account_exports(uuid) is 'A user''s exports that can be downloaded: [{id, created_at, expires_at, seconds_left, parts}].';

create function public.account_export_revoke(p_user_id uuid, p_id uuid)
returns jsonb
language plpgsql
security definer -- nobody may write this table directly
set search_path = ''
as $$
declare
  v_parts jsonb;
begin
  perform private.assert_active(p_user_id);
  delete from private.account_exports as x where x.id = p_id and x.user_id = p_user_id returning x.parts into v_parts;
  if not found then
    perform private.raise_problem(404, 'export_not_found');
  end if;
  return v_parts;
end
$$;
comment on function public.account_export_revoke(uuid, uuid) is 'Revokes an export and returns its parts, whose files the caller deletes, or else the clean-up.';

create function public.account_exports_sweep(p_limit integer default 500)
returns integer
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_count integer;
  v_orphans integer;
begin
  delete from private.account_exports as x where x.id in (
    select o.id from private.account_exports as o where o.expires_at <= v_now
    order by o.expires_at limit greatest(1, least(p_limit, 1000)) for update skip locked
  );
  get diagnostics v_count = row_count;
  -- Parts of exports that nobody finished.
  with orphans as (
    select o.name from storage.objects as o
    where o.bucket_id = 'account-exports' and o.created_at < v_now - interval '1 day'
      and not exists (
        select from private.account_exports as x
        where x.user_id = split_part(o.name, '/', 1)::uuid and x.parts @> jsonb_build_array(jsonb_build_object('path', o.name))
      )
      and not exists (select from private.outbox as b where b.kind = 'file' and b.object = 'account-exports/' || o.name)
    order by o.name limit greatest(1, least(p_limit, 1000))
  ),
  put as (select private.outbox_put('file', 'account-exports/' || o.name) from orphans as o)
  select count(*) into v_orphans from put;
  return v_count + v_orphans;
end
$$;
comment on function public.account_exports_sweep(integer) is 'Ends exports past their date, and puts the files of unfinished ones into the outbox; returns how many.';

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function
public.account_export_tables(uuid), public.account_export_page(uuid, text, jsonb),
public.account_export_keep(uuid, uuid, integer, jsonb, integer), public.account_exports(uuid), public.account_export_revoke(uuid, uuid),
public.account_exports_sweep(integer)
to service_role;
