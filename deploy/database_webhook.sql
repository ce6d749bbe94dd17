-- Tells the function `signup` about new and changed profiles, as a database webhook of the dashboard would, but with the
-- secret in Vault. `make deploy` runs this file and stores both values. pg_net sends after the transaction; a message that
-- is lost does no harm, because the clean-up works off private.signup_progress.
create extension if not exists pg_net;

create or replace function private.keep_in_vault(p_name text, p_value text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid := (select s.id from vault.decrypted_secrets as s where s.name = p_name);
begin
  if v_id is null then
    perform vault.create_secret(p_value, p_name);
  else
    perform vault.update_secret(v_id, p_value);
  end if;
end
$$;
comment on function private.keep_in_vault(text, text) is 'Stores a value in Vault under a name, or replaces it. For deployments.';
revoke execute on function private.keep_in_vault(text, text) from public, anon, authenticated, service_role;

create or replace function private.announce_profile()
returns trigger
language plpgsql
security definer -- nobody else may read Vault
set search_path = ''
as $$
declare
  v_url text := (select s.decrypted_secret from vault.decrypted_secrets as s where s.name = 'signup_url');
  v_secret text := (select s.decrypted_secret from vault.decrypted_secrets as s where s.name = 'signup_secret');
begin
  if v_url is not null and v_secret is not null then
    perform net.http_post(
      url := v_url,
      body := jsonb_build_object(
        'type', tg_op, 'table', tg_table_name, 'schema', tg_table_schema, 'record', to_jsonb(new), 'old_record', to_jsonb(old)
      ),
      headers := jsonb_build_object('content-type', 'application/json', 'authorization', 'Bearer ' || v_secret),
      timeout_milliseconds := 5000
    );
  end if;
  return null;
exception
  when others then
    raise warning 'a new profile could not be announced: %', sqlerrm;
    return null;
end
$$;
comment on function private.announce_profile() is 'Tells the function signup about a new or changed profile. Never fails the change itself.';
revoke execute on function private.announce_profile() from public, anon, authenticated, service_role;

create or replace trigger announce_profile
after insert or update on public.profiles
for each row execute function private.announce_profile();
