-- Identity: who a user is, what they prefer, who administers, and the trigger that makes it so on sign-up.
--
-- auth.users stays the source of truth of the address, its confirmation and the phone number; profiles follows it.

-- tables ------------------------------------------------------------------------------------------------------
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  -- Nullable and not unique: phone and anonymous users have none, single sign-on may share one with a password user.
  email text,
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
  plan text not null default 'free',
  subscription_status text not null default 'none',
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
comment on table public.user_setting_pairs is 'Free preferences of a client application: any key, any json of up to 16 KiB, 200 keys per user.';

create table public.admin_users (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null unique references auth.users (id) on delete cascade,
  email text not null unique,
  role text not null default 'admin' check (role in ('admin', 'super_admin')),
  permissions jsonb not null default '{}' check (jsonb_typeof(permissions) = 'object'),
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
create index profiles_email_idx on public.profiles (lower(email));
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

create function private.is_admin()
returns boolean
language sql
stable
security definer -- a client may not read admin_users to find out
set search_path = ''
as $$ select exists (select from public.admin_users as a where a.user_id = (select auth.uid())) $$;
comment on function private.is_admin() is 'True when the caller''s verified token belongs to an administrator.';
grant execute on function private.is_admin() to authenticated;

-- policies ----------------------------------------------------------------------------------------------------
create policy "Users read their own profile, administrators all" on public.profiles
for select to authenticated
using (id = (select auth.uid()) or (select private.is_admin()));

create policy "Users insert their own profile" on public.profiles
for insert to authenticated
with check (id = (select auth.uid()));

create policy "Users update their own profile" on public.profiles
for update to authenticated
using (id = (select auth.uid()))
with check (id = (select auth.uid()));

create policy "Users read their own settings, administrators all" on public.user_settings
for select to authenticated
using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "Users insert their own settings" on public.user_settings
for insert to authenticated
with check (user_id = (select auth.uid()));

create policy "Users update their own settings" on public.user_settings
for update to authenticated
using (user_id = (select auth.uid()))
with check (user_id = (select auth.uid()));

create policy "Users read their own preferences, administrators all" on public.user_setting_pairs
for select to authenticated
using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "Users insert their own preferences" on public.user_setting_pairs
for insert to authenticated
with check (user_id = (select auth.uid()));

create policy "Users update their own preferences" on public.user_setting_pairs
for update to authenticated
using (user_id = (select auth.uid()))
with check (user_id = (select auth.uid()));

create policy "Users delete their own preferences" on public.user_setting_pairs
for delete to authenticated
using (user_id = (select auth.uid()));

create policy "Administrators read the administrators" on public.admin_users
for select to authenticated
using ((select private.is_admin()));

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

create function private.limit_setting_pairs()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- After the insert, because an upsert of a key that exists already runs the before triggers of both.
  if (select count(*) from public.user_setting_pairs as p where p.user_id = new.user_id) > 200 then
    perform private.raise_problem(422, 'too_many_settings', 'A user keeps at most 200 preferences.');
  end if;
  return null;
end
$$;
comment on function private.limit_setting_pairs() is 'After insert: at most 200 free preferences per user.';

create trigger user_setting_pairs_limit after insert on public.user_setting_pairs
for each row execute function private.limit_setting_pairs();

-- sign-up -----------------------------------------------------------------------------------------------------
create function private.metadata_text(p_metadata jsonb, p_keys text[], p_max integer)
returns text
language sql
immutable
set search_path = ''
as $$
  -- The metadata is what the client sent at sign-up: any json at all, of any length.
  select left(btrim(p_metadata ->> k.key), p_max)
  from unnest(p_keys) with ordinality as k (key, position)
  where jsonb_typeof(p_metadata) = 'object'
    and jsonb_typeof(p_metadata -> k.key) = 'string'
    and btrim(p_metadata ->> k.key) <> ''
  order by k.position
  limit 1
$$;
comment on function private.metadata_text(jsonb, text[], integer) is
  'First of the named keys that holds a non-empty string, cut to a length; null for anything else.';

create function private.metadata_profile(p_metadata jsonb)
returns table (full_name text, first_name text, last_name text, avatar_url text, phone text, locale text)
language sql
immutable
set search_path = ''
as $$
  select
    coalesce(
      private.metadata_text(p_metadata, '{full_name,name,display_name}', 255),
      nullif(left(concat_ws(
        ' ',
        private.metadata_text(p_metadata, '{first_name,given_name}', 100),
        private.metadata_text(p_metadata, '{last_name,family_name}', 100)
      ), 255), '')
    ),
    private.metadata_text(p_metadata, '{first_name,given_name}', 100),
    private.metadata_text(p_metadata, '{last_name,family_name}', 100),
    -- A cut address is a broken one, and an image address is one of the web.
    (select a.url from private.metadata_text(p_metadata, '{avatar_url,picture}', 2049) as a (url)
     where a.url ~* '^https?://' and char_length(a.url) <= 2048),
    private.metadata_text(p_metadata, '{phone}', 50),
    (select l.code from private.metadata_text(p_metadata, '{locale,language}', 40) as l (code)
     where l.code ~ '^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$')
$$;
comment on function private.metadata_profile(jsonb) is 'What the sign-up metadata says about a person, made fit for the columns of profiles.';

create function private.provision_user(p_user_id uuid)
returns boolean
language plpgsql
security definer -- the auth service owns auth.users and has no rights in public
set search_path = ''
as $$
declare
  v_user record;
  v_meta record;
begin
  select u.id, u.email, u.phone, u.email_confirmed_at, u.last_sign_in_at, u.raw_user_meta_data
  into v_user from auth.users as u where u.id = p_user_id;
  if not found then
    return false;
  end if;
  select * into v_meta from private.metadata_profile(v_user.raw_user_meta_data);
  insert into public.profiles (id, email, email_verified, full_name, first_name, last_name, avatar_url, phone, last_login_at)
  values (
    v_user.id, nullif(v_user.email, ''), v_user.email_confirmed_at is not null, v_meta.full_name, v_meta.first_name,
    v_meta.last_name, v_meta.avatar_url, coalesce(nullif(left(v_user.phone, 50), ''), v_meta.phone), v_user.last_sign_in_at
  )
  on conflict (id) do nothing;
  insert into public.user_settings (user_id, locale) values (v_user.id, v_meta.locale)
  on conflict (user_id) do nothing;
  return true;
end
$$;
comment on function private.provision_user(uuid) is 'Gives a user their profile and settings where they are missing. Running it again changes nothing.';

create function private.on_user_created()
returns trigger
language plpgsql
security definer -- runs as the auth service, which has no rights in public
set search_path = ''
as $$
begin
  perform private.provision_user(new.id);
  return null;
exception when others then
  -- A sign-up is worth more than its profile row: users_provision_missing() makes up for it.
  raise warning 'provisioning of user % failed: % %', new.id, sqlstate, sqlerrm;
  return null;
end
$$;
comment on function private.on_user_created() is 'After insert on auth.users: provisions the user, and never fails the sign-up.';

create function private.on_user_changed()
returns trigger
language plpgsql
security definer -- runs as the auth service, which has no rights in public
set search_path = ''
as $$
declare
  v_old record;
  v_new record;
begin
  select * into v_old from private.metadata_profile(old.raw_user_meta_data);
  select * into v_new from private.metadata_profile(new.raw_user_meta_data);
  -- Only what changed over there is taken over: a provider repeats its metadata at every sign-in, and repeating it
  -- must not undo what the user wrote into their profile.
  update public.profiles as p
  set
    email = nullif(new.email, ''),
    email_verified = new.email_confirmed_at is not null,
    last_login_at = coalesce(new.last_sign_in_at, p.last_login_at),
    phone = case
      when new.phone is distinct from old.phone then nullif(left(new.phone, 50), '')
      when v_new.phone is distinct from v_old.phone and v_new.phone is not null then v_new.phone
      else p.phone
    end,
    full_name = case when v_new.full_name is distinct from v_old.full_name then coalesce(v_new.full_name, p.full_name) else p.full_name end,
    first_name = case when v_new.first_name is distinct from v_old.first_name then coalesce(v_new.first_name, p.first_name) else p.first_name end,
    last_name = case when v_new.last_name is distinct from v_old.last_name then coalesce(v_new.last_name, p.last_name) else p.last_name end,
    avatar_url = case when v_new.avatar_url is distinct from v_old.avatar_url then coalesce(v_new.avatar_url, p.avatar_url) else p.avatar_url end
  where p.id = new.id;
  return null;
exception when others then
  raise warning 'profile of user % did not follow: % %', new.id, sqlstate, sqlerrm;
  return null;
end
$$;
comment on function private.on_user_changed() is
  'After update on auth.users: takes over address, confirmation, phone, sign-in time and changed metadata, and never fails the sign-in.';

create trigger resumebase_user_created after insert on auth.users
for each row execute function private.on_user_created();

create trigger resumebase_user_changed after update on auth.users
for each row
when (
  old.email is distinct from new.email
  or old.email_confirmed_at is distinct from new.email_confirmed_at
  or old.phone is distinct from new.phone
  or old.last_sign_in_at is distinct from new.last_sign_in_at
  or old.raw_user_meta_data is distinct from new.raw_user_meta_data
)
execute function private.on_user_changed();

create function public.users_provision_missing(p_limit integer default 500)
returns integer
language sql
security definer -- reads auth.users, which the secret key's role may not
set search_path = ''
as $$
  with missing as (
    select u.id
    from auth.users as u
    left join public.profiles as p on p.id = u.id
    left join public.user_settings as s on s.user_id = u.id
    where p.id is null or s.user_id is null
    order by u.created_at
    limit greatest(0, least(p_limit, 10000))
  )
  select count(*)::integer from missing as m where private.provision_user(m.id)
$$;
comment on function public.users_provision_missing(integer) is 'Sweep: provisions users whose trigger did not run or failed; returns how many.';

-- fingerprints ------------------------------------------------------------------------------------------------
create function private.normalised_email(p_email text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when e.domain in ('gmail.com', 'googlemail.com') then replace(split_part(e.local, '+', 1), '.', '') || '@gmail.com'
    else split_part(e.local, '+', 1) || '@' || e.domain
  end
  from (
    select
      lower(btrim(substring(p_email from '^(.*)@[^@]*$'))) as local,
      lower(btrim(substring(p_email from '@([^@]*)$'))) as domain
  ) as e
$$;
comment on function private.normalised_email(text) is
  'The mailbox behind an address: lower case, without a +tag, and for Gmail without dots. Null for what is no address.';

create function private.email_fingerprint(p_email text)
returns bytea
language sql
stable
security definer -- the key is readable by nobody
set search_path = ''
as $$
  -- Nested, so that a hash cannot be extended into that of a longer address.
  select sha256(k.key || sha256(k.key || convert_to(private.normalised_email(p_email), 'UTF8')))
  from private.fingerprint_key as k
$$;
comment on function private.email_fingerprint(text) is 'Keyed hash of the normalised address (32 bytes), null where there is no address.';

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
grant execute on function public.users_provision_missing(integer) to service_role;
