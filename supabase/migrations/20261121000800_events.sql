-- Feedback from users, system events, and the audit log of accounts.

-- tables ------------------------------------------------------------------------------------------------------
create table public.feedback (
  id uuid primary key default gen_random_uuid(),
  user_id uuid default auth.uid() references public.profiles (id) on delete cascade,
  content text not null check (char_length(content) between 10 and 5000),
  category text not null default 'general'
  check (category in ('bug', 'feature_request', 'general', 'praise', 'complaint')),
  context jsonb not null default '{}' check (private.json_within(context, 'object', 16384)),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.feedback is 'Users'' comments on the product, with their context (page_url, feature_used, …).';

create table public.system_events (
  id uuid not null default gen_random_uuid(),
  event_type text not null check (char_length(event_type) between 1 and 100),
  severity text not null default 'info' check (severity in ('info', 'warning', 'error')),
  event_data jsonb not null default '{}' check (private.json_within(event_data, 'object', 65536)),
  -- No foreign key: an event outlives its user.
  user_id uuid,
  ip_address inet,
  user_agent text check (char_length(user_agent) <= 1000),
  created_at timestamptz not null default now(),
  primary key (id, created_at)
) partition by range (created_at);
comment on table public.system_events is 'Events for operators: failures, refusals, scheduled runs. Written with the secret key.';

create table public.audit_logs (
  id uuid not null default gen_random_uuid(),
  -- The account concerned and the actor. No foreign keys: the log outlives both.
  user_id uuid,
  actor_id uuid,
  action text not null check (char_length(action) between 1 and 100),
  entity_type text check (char_length(entity_type) <= 50),
  entity_id uuid,
  ip_address inet,
  user_agent text check (char_length(user_agent) <= 1000),
  changes jsonb not null default '{}' check (private.json_within(changes, 'object', 65536)),
  created_at timestamptz not null default now(),
  primary key (id, created_at)
) partition by range (created_at);
comment on table public.audit_logs is
  'Append-only: sign-ins, résumés created, published and deleted, analyses, changes of plan, account state, administrators and settings of the service. Never the content of a résumé.';

-- Rows whose month has no partition yet are written here, so that no write fails.
create table private.system_events_default partition of public.system_events default;
comment on table private.system_events_default is 'Rows of months without a partition; private.create_month_partitions moves them.';
create table private.audit_logs_default partition of public.audit_logs default;
comment on table private.audit_logs_default is 'Rows of months without a partition; private.create_month_partitions moves them.';

-- indexes -----------------------------------------------------------------------------------------------------
create index feedback_user_created_idx on public.feedback (user_id, created_at desc);
create index feedback_category_idx on public.feedback (category, created_at desc);
create index system_events_type_idx on public.system_events (event_type, created_at desc);
create index system_events_user_id_idx on public.system_events (user_id, created_at desc);
create index system_events_created_at_idx on public.system_events (created_at);
create index audit_logs_actor_id_idx on public.audit_logs (actor_id) where actor_id <> user_id;
create index audit_logs_user_id_idx on public.audit_logs (user_id, created_at desc);
create index audit_logs_action_idx on public.audit_logs (action, created_at desc);
create index audit_logs_entity_idx on public.audit_logs (entity_type, entity_id);
create index audit_logs_created_at_idx on public.audit_logs (created_at desc);

-- row level security and policies -----------------------------------------------------------------------------
alter table public.feedback enable row level security;
alter table public.system_events enable row level security;
alter table public.audit_logs enable row level security;
alter table private.system_events_default enable row level security;
alter table private.audit_logs_default enable row level security;

create policy "Users read their own feedback" on public.feedback
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users insert their own feedback" on public.feedback
for insert to authenticated with check (user_id = (select private.active_user()));
create policy "Users update their own feedback" on public.feedback
for update to authenticated using (user_id = (select private.active_user())) with check (user_id = (select private.active_user()));
create policy "Users delete their own feedback" on public.feedback
for delete to authenticated using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create trigger feedback_stamp before insert or update on public.feedback
for each row execute function private.stamp_times();
create trigger audit_logs_append_only before update or delete on public.audit_logs
-- Except for the person whose account is being erased (private.erase_traces).
for each row when (coalesce(current_setting('resumebase.erasing', true), '') not in (coalesce(old.user_id::text, '-'), coalesce(old.actor_id::text, '-')))
execute function private.refuse_change();

create function private.request_ip()
returns inet
language plpgsql
stable
security definer -- clients may not read global_config
set search_path = ''
as $$
declare
  v_network constant jsonb := (select c.value from public.global_config as c where c.key = 'network');
begin
  -- PostgREST stores the request's headers in this setting. Each proxy appends the address that it saw, so only the last
  -- hops are ours: what comes before them is what the client wrote.
  return btrim(split_part(
    nullif(current_setting('request.headers', true), '')::json ->> (v_network ->> 'address_header'),
    ',', -(v_network ->> 'proxies')::integer
  ))::inet;
exception when others then
  return null;
end
$$;
comment on function private.request_ip() is
  'Client address of the current API request, as the outermost trusted proxy saw it (global_config, network); null if there is none or it is not an address.';

create function private.audit(
  p_user_id uuid, p_action text, p_entity_type text, p_entity_id uuid, p_changes jsonb default '{}'
)
returns void
language plpgsql
security definer -- no role may write the audit log directly
set search_path = ''
as $$
declare
  v_agent text;
  -- Set by admin_call: the person behind the function's own request.
  v_actor constant jsonb := nullif(current_setting('resumebase.actor', true), '');
  -- Rows that go with an erased user: the request is that of whoever erases, and the user's traces are gone already.
  v_erased constant boolean := p_user_id is not null and not exists (select from public.profiles as p where p.id = p_user_id);
begin
  begin
    v_agent := left(nullif(current_setting('request.headers', true), '')::json ->> 'user-agent', 1000);
  exception when others then
    v_agent := null;
  end;
  insert into public.audit_logs (user_id, actor_id, action, entity_type, entity_id, ip_address, user_agent, changes, created_at)
  values (
    p_user_id, coalesce((v_actor ->> 'user_id')::uuid, (select auth.uid())), p_action, p_entity_type, p_entity_id,
    case when v_erased then null when v_actor is null then private.request_ip() else (v_actor ->> 'address')::inet end,
    case when v_erased then null when v_actor is null then v_agent else left(v_actor ->> 'user_agent', 1000) end, p_changes, private.now()
  );
end
$$;
comment on function private.audit(uuid, text, text, uuid, jsonb) is 'Writes a row to the audit log about the current request.';

create function private.audit_resume()
returns trigger
language plpgsql
security definer -- clients may not write the audit log
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform private.audit(new.user_id, 'resume_created', 'resume', new.id);
  elsif tg_op = 'DELETE' then
    perform private.audit(old.user_id, 'resume_erased', 'resume', old.id);
  elsif old.deleted_at is distinct from new.deleted_at then
    perform private.audit(new.user_id, case when new.deleted_at is null then 'resume_restored' else 'resume_deleted' end, 'resume', new.id);
  elsif old.is_public <> new.is_public then
    perform private.audit(new.user_id, case when new.is_public then 'resume_published' else 'resume_unpublished' end, 'resume', new.id);
  end if;
  return null;
end
$$;
comment on function private.audit_resume() is 'After a résumé is created, published, deleted, restored or erased: writes to the audit log.';

create function private.audit_profile()
returns trigger
language plpgsql
security definer -- clients may not write the audit log
set search_path = ''
as $$
declare
  v_before jsonb;
  v_after jsonb;
begin
  if old.last_login_at is distinct from new.last_login_at then
    perform private.audit(new.id, 'user_login', 'user', new.id);
  end if;
  v_before := jsonb_build_object(
    'plan', old.plan, 'subscription_status', old.subscription_status, 'is_active', old.is_active, 'deleted_at', old.deleted_at
  );
  v_after := jsonb_build_object(
    'plan', new.plan, 'subscription_status', new.subscription_status, 'is_active', new.is_active, 'deleted_at', new.deleted_at
  );
  if v_before <> v_after then
    perform private.audit(
      new.id,
      case
        when old.deleted_at is null and new.deleted_at is not null then 'account_deleted'
        when old.deleted_at is not null and new.deleted_at is null then 'account_restored'
        when old.plan <> new.plan then 'plan_changed'
        else 'account_changed'
      end,
      'user', new.id, jsonb_build_object('before', v_before, 'after', v_after)
    );
  end if;
  return null;
end
$$;
comment on function private.audit_profile() is 'After a sign-in or a change of plan or account state: writes to the audit log.';

create function private.audit_admin()
returns trigger
language plpgsql
security definer -- no role may write the audit log directly
set search_path = ''
as $$
begin
  perform private.audit(
    coalesce(new.user_id, old.user_id), 'admin_' || lower(tg_op), 'admin', coalesce(new.id, old.id),
    jsonb_strip_nulls(jsonb_build_object(
      'before', case when tg_op <> 'INSERT' then jsonb_build_object('role', old.role, 'permissions', old.permissions) end,
      'after', case when tg_op <> 'DELETE' then jsonb_build_object('role', new.role, 'permissions', new.permissions) end
    ))
  );
  return null;
end
$$;
comment on function private.audit_admin() is 'After any change of administrators: writes to the audit log.';

create function private.audit_analysis()
returns trigger
language plpgsql
security definer -- clients may not write the audit log
set search_path = ''
as $$
begin
  perform private.audit(new.user_id, 'analysis_run', 'analysis', new.id, jsonb_build_object('type', new.analysis_type));
  return null;
end
$$;
comment on function private.audit_analysis() is 'After an analysis is completed: writes to the audit log.';

create function private.audit_config()
returns trigger
language plpgsql
security definer -- no role may write the audit log directly
set search_path = ''
as $$
begin
  perform private.audit(
    null, 'config_changed', 'config', null,
    jsonb_strip_nulls(jsonb_build_object('key', old.key, 'before', old.value, 'after', case when tg_op = 'UPDATE' then new.value end))
  );
  return null;
end
$$;
comment on function private.audit_config() is 'After a setting of the service is changed or deleted: writes to the audit log.';

create trigger resumes_audit after insert or delete on public.resumes
for each row execute function private.audit_resume();
create trigger resumes_audit_change after update of deleted_at, is_public, status on public.resumes
for each row when (old.deleted_at is distinct from new.deleted_at or old.is_public <> new.is_public)
execute function private.audit_resume();
create trigger profiles_audit after update on public.profiles
for each row
when (
  old.last_login_at is distinct from new.last_login_at or old.plan <> new.plan
  or old.subscription_status <> new.subscription_status or old.is_active <> new.is_active
  or old.deleted_at is distinct from new.deleted_at
)
execute function private.audit_profile();
create trigger admin_users_audit after insert or update or delete on public.admin_users
for each row execute function private.audit_admin();
create trigger global_config_audit after update of value on public.global_config
for each row when (old.value is distinct from new.value) execute function private.audit_config();
create trigger global_config_audit_delete after delete on public.global_config
for each row execute function private.audit_config();
create trigger analyses_audit_insert after insert on public.analyses
for each row when (new.status = 'completed') execute function private.audit_analysis();
create trigger analyses_audit_update after update of status on public.analyses
for each row when (old.status <> 'completed' and new.status = 'completed') execute function private.audit_analysis();

-- data --------------------------------------------------------------------------------------------------------
insert into public.global_config (key, value, description) values
(
  'network',
  '{"address_header": "x-forwarded-for", "proxies": 1}',
  'Header with the client''s address in requests to the Supabase API, and how many trusted proxies append to it. Hosted Supabase: cf-connecting-ip'
);
select private.create_month_partitions('system_events', (now() - interval '1 month')::date, 8);
select private.create_month_partitions('audit_logs', (now() - interval '1 month')::date, 8);

-- grants ------------------------------------------------------------------------------------------------------
grant select, insert, update, delete on public.feedback to authenticated;
revoke update, delete on public.system_events, public.audit_logs from service_role;
