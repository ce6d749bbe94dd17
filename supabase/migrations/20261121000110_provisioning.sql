-- Provisioning: profile and settings of a new user, what changes with auth.users, the hash by which a mailbox is known,
-- and what is kept of a closed account.

-- table -----------------------------------------------------------------------------------------------------------
-- Survives the account on purpose: its debt follows the mailbox, and money that comes later finds nobody.
create table private.closed_accounts (
  user_id uuid primary key,
  closed_at timestamptz not null
);
comment on table private.closed_accounts is 'Accounts that were erased, and when. Their mailboxes are in mailbox_confirmations.';

-- row level security ----------------------------------------------------------------------------------------------
alter table private.closed_accounts enable row level security;

-- triggers --------------------------------------------------------------------------------------------------------
create function private.refuse_erased_id()
returns trigger
language plpgsql
security definer -- runs as the auth service, which has no rights in private
set search_path = ''
as $$
begin
  -- Books end once. Who comes back has a new id, and is known by the mailbox.
  if exists (select from private.closed_accounts as x where x.user_id = new.id) then
    perform private.raise_problem(409, 'account_erased', 'The account with this id was erased. Create the user with a new id.');
  end if;
  return new;
end
$$;
comment on function private.refuse_erased_id() is 'Before insert on auth.users: the id of an erased account is not used again.';

create trigger resumebase_user_id before insert on auth.users
for each row execute function private.refuse_erased_id();

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

create trigger resumebase_user_created after insert on auth.users
for each row execute function private.on_user_created();

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
  if (new.email, new.email_confirmed_at) is distinct from (old.email, old.email_confirmed_at) then
    -- Accounts before the profile, as payments lock them: a confirmation gives credits, and carries over debt.
    perform private.lock_accounts(private.mailbox_accounts(new.id, new.email));
  end if;
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

-- functions -------------------------------------------------------------------------------------------------------
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
  -- The account before its profile, as payments lock them: a confirmation gives credits.
  perform private.lock_accounts(array[p_user_id]);
  select * into v_meta from private.metadata_profile(v_user.raw_user_meta_data);
  insert into public.profiles as p (
    id, email, email_verified, full_name, first_name, last_name, avatar_url, phone, last_login_at
  )
  values (
    v_user.id, nullif(v_user.email, ''), v_user.email_confirmed_at is not null, v_meta.full_name, v_meta.first_name,
    v_meta.last_name, v_meta.avatar_url, coalesce(nullif(left(v_user.phone, 50), ''), v_meta.phone), v_user.last_sign_in_at
  )
  -- A profile that the client made first, or that could not follow, knows no address: it is completed. What the user
  -- wrote into it stays.
  on conflict (id) do update set
    email = excluded.email, email_verified = excluded.email_verified,
    full_name = coalesce(p.full_name, excluded.full_name), first_name = coalesce(p.first_name, excluded.first_name),
    last_name = coalesce(p.last_name, excluded.last_name), avatar_url = coalesce(p.avatar_url, excluded.avatar_url),
    phone = coalesce(p.phone, excluded.phone), last_login_at = coalesce(p.last_login_at, excluded.last_login_at)
  where (p.email, p.email_verified) is distinct from (excluded.email, excluded.email_verified);
  insert into public.user_settings (user_id, locale) values (v_user.id, v_meta.locale)
  on conflict (user_id) do nothing;
  return true;
end
$$;
comment on function private.provision_user(uuid) is
  'Gives a user their profile and settings where they are missing, and completes a profile without the address. Running it again changes nothing.';

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
    where p.id is null or s.user_id is null or p.email is distinct from nullif(u.email, '')
      or p.email_verified <> (u.email_confirmed_at is not null)
    order by u.created_at
    limit greatest(0, least(p_limit, 10000))
  )
  select count(*)::integer from missing as m where private.provision_user(m.id)
$$;
comment on function public.users_provision_missing(integer) is 'Sweep: provisions users whose trigger did not run or failed, and completes profiles without the address; returns how many.';

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

-- fingerprints ----------------------------------------------------------------------------------------------------
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

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function public.users_provision_missing(integer) to service_role;
