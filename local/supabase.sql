-- The parts of a new hosted Supabase database that @supabase/lite does not create. Applied once to a new local cluster,
-- after lite's auth and storage schemas. It grants as much as hosted Supabase does: a migration that forgets to revoke
-- something fails here, too.

do $$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'authenticated', 'service_role'] loop
    if not exists (select from pg_roles where rolname = v_role) then
      execute format('create role %I nologin noinherit', v_role);
    end if;
  end loop;
end
$$;
alter role service_role bypassrls;
create role authenticator noinherit login;
grant anon, authenticated, service_role to authenticator;
create role supabase_auth_admin noinherit nologin;
create role supabase_storage_admin noinherit nologin;

create schema extensions;
grant usage on schema extensions to anon, authenticated, service_role;
grant usage on schema public, auth, storage to anon, authenticated, service_role;
alter database postgres set search_path = "$user", public, extensions;

alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;

-- Row level security alone controls access to storage.
grant all on storage.buckets, storage.objects to anon, authenticated, service_role;
grant all on schema storage to service_role;

create publication supabase_realtime;
