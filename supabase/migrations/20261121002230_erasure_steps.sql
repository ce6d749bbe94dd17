-- The steps of an erasure, which the clean-up takes one after the other, each again if it was killed in the middle; the
-- keys that archived rows are encrypted with; and what a restored backup must erase once more.

-- tables ----------------------------------------------------------------------------------------------------------
create table private.erasures (
  user_id uuid primary key,
  -- Steps that are done, of private.erasure_steps().
  done text[] not null default '{}' check (pg_column_size(done) <= 1024),
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
comment on table private.erasures is 'Erasures under way and done, by the bare id. Who is here does not come back.';

create table private.archive_keys (
  user_id uuid primary key references public.profiles (id) on delete cascade,
  -- AES-256-SIV.
  key bytea not null check (octet_length(key) = 64),
  created_at timestamptz not null default now()
);
comment on table private.archive_keys is
  'The keys of archived rows, one per user. A key goes with its user, and with it what no erasure can reach: rows in an archive that is never rewritten.';

-- indexes ---------------------------------------------------------------------------------------------------------
create index erasures_open_idx on private.erasures (started_at) where finished_at is null;

-- row level security ----------------------------------------------------------------------------------------------
alter table private.erasures enable row level security;
alter table private.archive_keys enable row level security;

-- triggers --------------------------------------------------------------------------------------------------------
create function private.erase_after_user()
returns trigger
language plpgsql
security definer -- runs as whoever deletes the user: the clean-up, the auth service, an operator
set search_path = ''
as $$
begin
  -- Deleting the rows has left traces of its own, in the outbox and in the audit log.
  perform private.erase_traces(old.id, '{delete,anonymise}');
  -- Whoever deleted the user did it without the first steps: the clean-up takes them afterwards.
  insert into private.erasures as e (user_id, done, started_at) values (old.id, '{begin,files,user}', private.now())
  on conflict (user_id) do update set done = e.done || '{user}';
  return null;
end
$$;
comment on function private.erase_after_user() is 'After delete on auth.users: deletes or anonymises what outlives the user, and notes the step.';

-- Its name sorts behind those of the foreign keys, whose rows are gone when it runs.
create trigger resumebase_user_traces after delete on auth.users
for each row execute function private.erase_after_user();

-- functions -------------------------------------------------------------------------------------------------------
create function private.erasure_steps()
returns text[]
language sql
immutable
set search_path = ''
as $$ select '{begin,list,files,user,confirm}'::text[] $$;
comment on function private.erasure_steps() is
  'In this order. begin: no way back. list: the id is in the archive. files: storage is empty. user: all rows in one transaction. confirm: somebody may be told.';

create function private.next_erasure_step(p_done text[])
returns text
language sql
immutable
set search_path = ''
as $$ select s.step from unnest(private.erasure_steps()) with ordinality as s (step, place) where s.step <> all(p_done) order by s.place limit 1 $$;
comment on function private.next_erasure_step(text[]) is 'The first step that is not done; null when all are.';

create function public.accounts_due(p_limit integer default 20, p_skip integer default 0)
returns jsonb
language sql
stable
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('user_id', d.user_id, 'step', d.step) order by d.since, d.user_id), '[]')
  from (
    select a.user_id, a.since, a.step
    from (
      select p.id as user_id, p.deleted_at as since, private.next_erasure_step(coalesce(e.done, '{}')) as step
      from private.retention_policies as r
      inner join public.profiles as p on p.deleted_at < (select private.now()) - r.keep and not private.has_running_subscription(p.id)
      left join private.erasures as e on e.user_id = p.id
      where r.data_type = 'deleted_accounts'
      union all
      select e.user_id, e.started_at, private.next_erasure_step(e.done)
      from private.erasures as e
      where e.finished_at is null and exists (select from private.closed_accounts as c where c.user_id = e.user_id)
    ) as a
    order by a.since, a.user_id
    limit greatest(1, least(p_limit, 200)) offset greatest(0, p_skip)
  ) as d
$$;
comment on function public.accounts_due(integer, integer) is
  'Deleted accounts whose time to come back is over and whose subscriptions have ended, and erasures that are not finished, with the next step of each: [{user_id, step}].';

create function public.account_erasure_step(p_user_id uuid, p_step text)
returns jsonb
language plpgsql
security definer -- writes what nobody may write directly
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_is_closed boolean := exists (select from private.closed_accounts as c where c.user_id = p_user_id);
  v_done text[];
  v_next text;
begin
  if p_step <> all(private.erasure_steps()) then
    perform private.raise_problem(422, 'validation_failed', 'An erasure has no such step.');
  elsif p_step = 'begin' and not v_is_closed then
    if not private.lock_due_account(p_user_id) then
      return null;
    end if;
    insert into private.erasures (user_id, started_at) values (p_user_id, v_now) on conflict do nothing;
  end if;
  if p_step = 'user' and not v_is_closed and not public.account_erase(p_user_id) then
    return null;
  end if;
  select e.done into v_done from private.erasures as e where e.user_id = p_user_id for update;
  if not found then
    return null;
  end if;
  if p_step <> all(v_done) then
    if p_step = 'files' and exists (select from private.files_of(p_user_id)) then
      perform private.raise_problem(409, 'files_left', 'Delete the account''s files before you erase it.');
    elsif p_step = 'confirm' then
      insert into public.system_events (event_type, user_id, created_at) values ('account_erased', p_user_id, v_now);
    end if;
    v_done := v_done || p_step;
  end if;
  v_next := private.next_erasure_step(v_done);
  update private.erasures as e set done = v_done, finished_at = case when v_next is null then coalesce(e.finished_at, v_now) end
  where e.user_id = p_user_id;
  return jsonb_build_object('next', v_next, 'files', case when v_next = 'files' then (
    select coalesce(jsonb_agg(jsonb_build_object('bucket', f.bucket, 'path', f.path)), '[]') from private.files_of(p_user_id) as f
  ) else '[]' end);
end
$$;
comment on function public.account_erasure_step(uuid, text) is
  'Takes a step of an erasure, once: {next, files}, with the files to delete through the storage API if that is next. Before list, the caller has put the id into the archive. Null: the account is not to be erased.';

create function public.erasures_replay(p_user_ids uuid[])
returns integer
language plpgsql
security definer -- writes what nobody may write directly
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_before timestamptz := v_now - (select r.keep from private.retention_policies as r where r.data_type = 'deleted_accounts');
  v_user_id uuid;
  v_count integer := 0;
begin
  for v_user_id in
    select distinct u.id from unnest(p_user_ids) as u (id)
    where not exists (select from private.closed_accounts as c where c.user_id = u.id) order by u.id
  loop
    if exists (select from auth.users as u where u.id = v_user_id) then
      perform private.provision_user(v_user_id);
      update public.profiles as p set deleted_at = least(p.deleted_at, v_before - interval '1 day') where p.id = v_user_id;
      insert into private.erasures (user_id, done, started_at) values (v_user_id, '{begin,list}', v_now) on conflict do nothing;
      v_count := v_count + 1;
    else
      -- The backup is older than the account: only its id must not come back.
      insert into private.closed_accounts (user_id, closed_at) values (v_user_id, v_now) on conflict do nothing;
      insert into private.erasures (user_id, done, started_at, finished_at)
      values (v_user_id, private.erasure_steps(), v_now, v_now) on conflict do nothing;
    end if;
  end loop;
  return v_count;
end
$$;
comment on function public.erasures_replay(uuid[]) is
  'After a backup was restored: marks the accounts on the erasure list that it brought back, for the clean-up to erase again; returns how many.';

create function public.archive_keys(p_user_ids uuid[])
returns jsonb
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
begin
  insert into private.archive_keys (user_id, key)
  select
    p.id,
    sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
    || sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  from public.profiles as p
  where p.id = any(p_user_ids)
  on conflict do nothing;
  return (
    select coalesce(jsonb_object_agg(k.user_id, encode(k.key, 'base64')), '{}') from private.archive_keys as k where k.user_id = any(p_user_ids)
  );
end
$$;
comment on function public.archive_keys(uuid[]) is
  'The keys to encrypt and decrypt the archived rows of these users, made where missing: {user_id: base64}. Who was erased has none.';

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function
public.accounts_due(integer, integer), public.account_erasure_step(uuid, text), public.erasures_replay(uuid[]), public.archive_keys(uuid[])
to service_role;
