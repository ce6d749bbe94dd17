-- Foundation: who may touch what by default, the clock, and the helpers that every later migration uses.
--
-- Supabase and a bare Postgres start from different defaults (Supabase hands every new table and function in
-- public to anon and authenticated). Both are brought to the same one here: a client role has nothing until a
-- migration grants it, and the secret key (service_role) has the rows of public but no function by itself.

create schema private;
comment on schema private is 'What no client may see. PostgREST does not expose it; reached through triggers, policies and definer functions.';

-- defaults ----------------------------------------------------------------------------------------------------
-- The built-in "execute to public" is a global default: a revoke that names a schema would not take it away.
alter default privileges revoke execute on functions from public;

alter default privileges in schema public revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from public, anon, authenticated, service_role;
alter default privileges in schema private revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema private revoke all on sequences from public, anon, authenticated, service_role;
alter default privileges in schema private revoke all on functions from public, anon, authenticated, service_role;

-- service_role bypasses row level security, not privileges. Append-only tables take the writes away again.
alter default privileges in schema public grant select, insert, update, delete on tables to service_role;
alter default privileges in schema public grant usage, select on sequences to service_role;

-- functions ---------------------------------------------------------------------------------------------------
create function private.now()
returns timestamptz
language plpgsql -- several times cheaper to call than sql that cannot be inlined, and called everywhere
volatile
set search_path = ''
as $$ begin return pg_catalog.clock_timestamp(); end $$;
comment on function private.now() is
  'The clock of every business rule: moves within a transaction, and is the one place where a test puts another time.';

create function private.is_client()
returns boolean
language sql
stable
set search_path = ''
as $$ select current_user in ('anon', 'authenticated') $$;
comment on function private.is_client() is
  'True when the statement runs with a client''s role. False inside definer functions and for the secret key, so that guards bind clients only.';

create function private.is_restoring()
returns boolean
language sql
stable
set search_path = ''
as $$ select coalesce(current_setting('resumebase.restoring', true) = 'on', false) and not private.is_client() $$;
comment on function private.is_restoring() is
  'True while archived rows are put back: they were checked when they were new, and come back as they were.';

create function private.raise_problem(p_status integer, p_code text, p_detail text default null, p_hint text default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- PTxyz is the SQLSTATE that the API answers as HTTP status xyz; the message is the machine-readable code.
  raise exception using
    errcode = 'PT' || p_status,
    message = p_code,
    detail = coalesce(p_detail, ''),
    hint = coalesce(p_hint, '');
end
$$;
comment on function private.raise_problem(integer, text, text, text) is
  'Refuses the statement with an HTTP status, a stable machine-readable code and, as detail, json or a sentence.';

create function private.touch_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := private.now();
  return new;
end
$$;
comment on function private.touch_updated_at() is 'Before update: stamps updated_at, whatever the statement says.';

create function private.stamp_times()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- now() here, not private.now(): these two tell when a row was really written, and no rule hangs on created_at.
  if tg_op = 'INSERT' then
    if private.is_client() then
      new.created_at := now();
      new.updated_at := now();
    end if;
  else
    new.created_at := old.created_at;
    new.updated_at := private.now();
  end if;
  return new;
end
$$;
comment on function private.stamp_times() is
  'Before insert or update: created_at never changes, updated_at always does, and a client sets neither.';

create function private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT403',
    message = 'append_only',
    detail = tg_table_schema || '.' || tg_table_name || ' takes new rows only';
end
$$;
comment on function private.refuse_change() is
  'Before update, delete or truncate of an append-only table: refuses, also to the table''s owner.';

-- grants ------------------------------------------------------------------------------------------------------
grant usage on schema public to anon, authenticated, service_role;
-- Usage only lets a policy, a trigger or a check name a function in private; no table there is granted to anybody.
grant usage on schema private to anon, authenticated, service_role;
grant execute on function private.now() to anon, authenticated, service_role;
grant execute on function private.is_restoring() to anon, authenticated, service_role;
grant execute on function private.is_client() to anon, authenticated, service_role;
grant execute on function private.raise_problem(integer, text, text, text) to anon, authenticated, service_role;
