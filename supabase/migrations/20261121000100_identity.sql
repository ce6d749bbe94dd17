-- Identity: who a user is, what they prefer, and who administers.
--
-- auth.users stays the source of truth of the address, its confirmation and the phone number; profiles follows it
-- (20261121000110).

-- tables ------------------------------------------------------------------------------------------------------
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  -- Nullable and not unique: phone and anonymous users have none, single sign-on may share one with a password user.
  email text check (char_length(email) <= 320),
  email_verified boolean not null default false,
  full_name text check (char_length(full_name) <= 255),
  first_name text check (char_length(first_name) <= 100),
  last_name text check (char_length(last_name) <= 100),
  avatar_url text check (char_length(avatar_url) <= 2048),
  phone text check (char_length(phone) <= 50),
  bio text check (char_length(bio) <= 5000),
  location text check (char_length(location) <= 255),
  website text check (char_length(website) <= 2048),
  linkedin text check (char_length(linkedin) <= 2048),
  github text check (char_length(github) <= 2048),
  job_title text check (char_length(job_title) <= 255),
  company text check (char_length(company) <= 255),
  active_resume_id uuid,
  preferred_ai_provider text check (preferred_ai_provider in ('gemini', 'openai', 'anthropic')),
  plan text not null default 'free' check (char_length(plan) <= 40),
  subscription_status text not null default 'none' check (char_length(subscription_status) <= 20),
  is_active boolean not null default true,
  last_login_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
comment on table public.profiles is 'One row per user: contact data they edit, and account state that only the server writes.';
comment on column public.profiles.plan is 'Mirror of the entitlement, for display: what a user may do is decided when an operation is reserved.';
comment on column public.profiles.subscription_status is 'Mirror of the ranking subscription''s status; none without one.';
comment on column public.profiles.deleted_at is 'Soft deletion of the account; erased when its recovery period is over.';

create table public.user_settings (
  user_id uuid primary key default auth.uid() references public.profiles (id) on delete cascade,
  email_notifications boolean not null default true,
  resume_tips boolean not null default true,
  job_alerts boolean not null default false,
  profile_visibility boolean not null default false,
  data_analytics boolean not null default true,
  theme text not null default 'light' check (theme in ('light', 'dark', 'system')),
  -- When the user agreed that language models get their texts; null: not, or no longer.
  ai_consent_at timestamptz,
  locale text check (locale ~ '^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.user_settings is 'The switches that the product itself reads, one row per user.';

create table public.user_setting_pairs (
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  setting_key text not null check (setting_key ~ '^[A-Za-z0-9_.:-]{1,100}$'),
  setting_value jsonb check (octet_length(setting_value::text) <= 16384),
  updated_at timestamptz not null default now(),
  primary key (user_id, setting_key)
);
comment on table public.user_setting_pairs is 'Free preferences of a client application: any key, any json of up to 16 KiB, as many as storage_limits says.';

create table public.admin_users (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references auth.users (id) on delete cascade,
  email text not null unique check (char_length(email) <= 320),
  role text not null default 'admin' check (role in ('admin', 'super_admin')),
  permissions jsonb not null default '{}' check (jsonb_typeof(permissions) = 'object') check (pg_column_size(permissions) <= 16384),
  created_at timestamptz not null default now()
);
comment on table public.admin_users is 'Who administers. Written with the secret key or by an operator, never by a client.';

-- Survives the account on purpose: a user who leaves and returns has had the welcome grant and the trial already.
create table private.signup_fingerprints (
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  benefit text not null check (benefit in ('welcome', 'trial')),
  granted_at timestamptz not null default now(),
  primary key (fingerprint, benefit)
);
comment on table private.signup_fingerprints is 'Which one-time benefit went to which address, as a keyed hash that does not give the address away.';

create table private.fingerprint_key (
  id boolean primary key default true check (id),
  key bytea not null check (octet_length(key) = 32)
);
comment on table private.fingerprint_key is 'The key of the address fingerprints, made in this database. Losing it lets every address have its welcome again.';
insert into private.fingerprint_key (key)
values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- indexes -----------------------------------------------------------------------------------------------------
-- By bytes, so that it serves the beginning of an address, too.
create index profiles_email_idx on public.profiles (lower(email) text_pattern_ops);
create index profiles_created_at_idx on public.profiles (created_at desc);
create index profiles_plan_idx on public.profiles (plan) where deleted_at is null;
create index profiles_deleted_at_idx on public.profiles (deleted_at) where deleted_at is not null;

-- row level security ------------------------------------------------------------------------------------------
alter table public.profiles enable row level security;
alter table public.user_settings enable row level security;
alter table public.user_setting_pairs enable row level security;
alter table public.admin_users enable row level security;
alter table private.signup_fingerprints enable row level security;
alter table private.fingerprint_key enable row level security;

create function private.active_user(p_user_id uuid default auth.uid())
returns uuid
language sql
stable
security definer -- the caller's state must not depend on what they may read
set search_path = ''
as $$ select p.id from public.profiles as p where p.id = p_user_id and p.is_active and p.deleted_at is null $$;
comment on function private.active_user(uuid) is
  'The caller (or another user), or null when the account is suspended or deleted. Owner policies compare with it and with nothing else, so that one index condition decides ownership and state.';
grant execute on function private.active_user(uuid) to authenticated, service_role;

create function private.require_active()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_user_id uuid := private.active_user();
begin
  if v_user_id is null and nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' in ('anon', 'authenticated') then
    perform private.raise_problem(403, 'account_inactive');
  end if;
  return v_user_id;
end
$$;
comment on function private.require_active() is
  'The caller, for functions that clients call; refuses (403) a suspended or deleted account. Null for the secret key, which is no user.';
grant execute on function private.require_active() to authenticated, service_role;

create function private.is_admin(p_user_id uuid default auth.uid())
returns boolean
language sql
stable
security definer -- a client may not read admin_users to find out
set search_path = ''
as $$ select exists (select from public.admin_users as a where a.user_id = private.active_user(p_user_id)) $$;
comment on function private.is_admin(uuid) is
  'Whether the caller, or another user, administers: not when their account is suspended or deleted.';
grant execute on function private.is_admin(uuid) to authenticated;

create function private.require_admin(p_reason text, p_permission text default null, p_user_id uuid default auth.uid())
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not private.is_admin(p_user_id) then
    perform private.raise_problem(403, 'not_an_administrator');
  elsif p_permission is not null and not private.admin_may(p_user_id, p_permission) then
    perform private.raise_problem(403, 'permission_missing', jsonb_build_object('permission', p_permission)::text);
  end if;
  if p_user_id = (select auth.uid()) then
    perform private.require_assurance(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'aal');
  end if;
  perform private.require_reason(p_reason);
end
$$;
comment on function private.require_admin(text, text, uuid) is
  'Refuses whoever is no administrator, and an administrator without the permission, a reason or, as the caller, the second factor.';

-- policies ----------------------------------------------------------------------------------------------------
-- The only two policies that ask for the caller and not for an active one: a suspended or deleted account reads its state
-- here, and a user without a profile can create it. A deleted account has one, so it cannot come back this way.
create policy "Users read their own profile" on public.profiles
for select to authenticated
using (id = (select auth.uid()));

create policy "Users insert their own profile" on public.profiles
for insert to authenticated
with check (id = (select auth.uid()));

create policy "Users update their own profile" on public.profiles
for update to authenticated
using (id = (select private.active_user()))
with check (id = (select private.active_user()));

create policy "Users read their own settings" on public.user_settings
for select to authenticated
using (user_id = (select private.active_user()));

create policy "Users insert their own settings" on public.user_settings
for insert to authenticated
with check (user_id = (select private.active_user()));

create policy "Users update their own settings" on public.user_settings
for update to authenticated
using (user_id = (select private.active_user()))
with check (user_id = (select private.active_user()));

create policy "Users read their own preferences" on public.user_setting_pairs
for select to authenticated
using (user_id = (select private.active_user()));

create policy "Users insert their own preferences" on public.user_setting_pairs
for insert to authenticated
with check (user_id = (select private.active_user()));

create policy "Users update their own preferences" on public.user_setting_pairs
for update to authenticated
using (user_id = (select private.active_user()))
with check (user_id = (select private.active_user()));

create policy "Users delete their own preferences" on public.user_setting_pairs
for delete to authenticated
using (user_id = (select private.active_user()));

create policy "Administrators read their own entry" on public.admin_users
for select to authenticated
using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create function private.normalise_profile()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.preferred_ai_provider = 'claude' then
    new.preferred_ai_provider := 'anthropic';
  end if;
  return new;
end
$$;
comment on function private.normalise_profile() is 'Before insert or update: takes claude as another name of anthropic.';

create trigger profiles_normalise before insert or update on public.profiles
for each row execute function private.normalise_profile();

create trigger profiles_stamp before insert or update on public.profiles
for each row execute function private.stamp_times();

create trigger user_settings_stamp before insert or update on public.user_settings
for each row execute function private.stamp_times();

create trigger user_setting_pairs_touch before insert or update on public.user_setting_pairs
for each row execute function private.touch_updated_at();

-- grants ------------------------------------------------------------------------------------------------------
-- Insert and id are granted because the stock client's upsert needs both; what the server owns is not.
grant select on public.profiles, public.user_settings, public.user_setting_pairs, public.admin_users to authenticated;
grant
  insert (
    id, full_name, first_name, last_name, avatar_url, phone, bio, location, website, linkedin, github, job_title, company,
    active_resume_id, preferred_ai_provider
  ),
  update (
    id, full_name, first_name, last_name, avatar_url, phone, bio, location, website, linkedin, github, job_title, company,
    active_resume_id, preferred_ai_provider
  )
on public.profiles to authenticated;
grant insert, update on public.user_settings to authenticated;
grant insert, update, delete on public.user_setting_pairs to authenticated;
