-- Foundation: default privileges, the clock, and helpers that every later migration uses.
--
-- Supabase and a bare Postgres have different defaults: Supabase grants every new table and function in public to
-- anon and authenticated. This migration makes both equal: a client role has no privilege until a migration grants
-- it; the secret key (service_role) may use the tables of public but no function without a grant.

create schema private;
comment on schema private is 'Objects that no client may see. PostgREST does not expose them; triggers, policies and definer functions use them.';

-- defaults ----------------------------------------------------------------------------------------------------
-- The built-in "execute to public" is a global default: a revoke for a schema would not remove it.
alter default privileges revoke execute on functions from public;

alter default privileges in schema public revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from public, anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from public, anon, authenticated, service_role;
alter default privileges in schema private revoke all on tables from public, anon, authenticated, service_role;
alter default privileges in schema private revoke all on sequences from public, anon, authenticated, service_role;
alter default privileges in schema private revoke all on functions from public, anon, authenticated, service_role;

-- service_role bypasses row level security, not privileges. Append-only tables revoke the write privileges again.
alter default privileges in schema public grant select, insert, update, delete on tables to service_role;
alter default privileges in schema public grant usage, select on sequences to service_role;

-- functions ---------------------------------------------------------------------------------------------------
create function private.now()
returns timestamptz
language plpgsql -- called everywhere, and several times cheaper than a sql function that cannot be inlined
volatile
set search_path = ''
as $$ begin return pg_catalog.clock_timestamp(); end $$;
comment on function private.now() is
  'The clock of every business rule. It advances within a transaction, and tests set another time here.';

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
  'True while archived rows are restored. They passed the checks when they were created and are restored unchanged.';

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
  'Raises an error with an HTTP status, a stable machine-readable code and, as detail, JSON or a sentence.';

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
comment on function private.touch_updated_at() is 'Before update: sets updated_at, even if the statement sets it.';

create function private.stamp_times()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- now() here, not private.now(): these columns record when a row was really written, and no rule depends on created_at.
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
  'Before update, delete or truncate of an append-only table: refuses the statement, even for the table''s owner.';

-- grants ------------------------------------------------------------------------------------------------------
grant usage on schema public to anon, authenticated, service_role;
-- Policies, triggers and checks need usage to call functions in private. No table there is granted to anyone.
grant usage on schema private to anon, authenticated, service_role;
grant execute on function private.now() to anon, authenticated, service_role;
grant execute on function private.is_restoring() to anon, authenticated, service_role;
grant execute on function private.is_client() to anon, authenticated, service_role;
grant execute on function private.raise_problem(integer, text, text, text) to anon, authenticated, service_role;
