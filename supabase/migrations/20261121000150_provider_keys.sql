-- Keys of users for model providers. Python encrypts them (AES-256-GCM, with a key that this database does not have), and
-- only the function that uses one reads it back. A client is shown the last four characters, through a function.

-- tables ------------------------------------------------------------------------------------------------------
create table private.provider_keys (
  user_id uuid not null references public.profiles (id) on delete cascade,
  provider text not null check (provider in ('gemini', 'openai', 'anthropic', 'openrouter')),
  -- Bound to user and provider: in another row it does not decrypt.
  ciphertext bytea not null check (octet_length(ciphertext) between 17 and 1024),
  nonce bytea not null check (octet_length(nonce) = 12),
  -- Which secret encrypted it, so that the secret can be rotated.
  key_id text not null check (key_id ~ '^[0-9a-f]{16}$'),
  -- The last four characters, for the owner to recognise it.
  hint text not null check (char_length(hint) between 1 and 4),
  created_at timestamptz not null default now(),
  -- When the provider last accepted it.
  tested_at timestamptz,
  primary key (user_id, provider)
);
comment on table private.provider_keys is 'Encrypted API keys of users for model providers: operations with them cost no credits (funding own_key).';

-- row level security ------------------------------------------------------------------------------------------
alter table private.provider_keys enable row level security;

-- functions ---------------------------------------------------------------------------------------------------
create function public.provider_key_put(
  p_user_id uuid, p_provider text, p_ciphertext text, p_nonce text, p_key_id text, p_hint text, p_tested boolean default false
)
returns jsonb
language sql
security definer -- the secret key's role has no access to private
set search_path = ''
as $$
  insert into private.provider_keys as k (user_id, provider, ciphertext, nonce, key_id, hint, created_at, tested_at)
  values (
    p_user_id, p_provider, decode(p_ciphertext, 'base64'), decode(p_nonce, 'base64'), p_key_id, p_hint, private.now(),
    case when p_tested then private.now() end
  )
  on conflict (user_id, provider) do update set
    ciphertext = excluded.ciphertext, nonce = excluded.nonce, key_id = excluded.key_id, hint = excluded.hint,
    created_at = excluded.created_at, tested_at = excluded.tested_at
  returning jsonb_build_object('provider', k.provider, 'hint', k.hint, 'created_at', k.created_at, 'tested_at', k.tested_at)
$$;
comment on function public.provider_key_put(uuid, text, text, text, text, text, boolean) is
  'Stores a user''s encrypted key (ciphertext and nonce in base64) in place of an earlier one for the provider.';

create function public.provider_key_reseal(p_user_id uuid, p_provider text, p_ciphertext text, p_nonce text, p_key_id text, p_old_key_id text)
returns void
language sql
security definer -- the secret key's role has no access to private
set search_path = ''
as $$
  update private.provider_keys as k
  set ciphertext = decode(p_ciphertext, 'base64'), nonce = decode(p_nonce, 'base64'), key_id = p_key_id
  -- Not if it was replaced since.
  where k.user_id = p_user_id and k.provider = p_provider and k.key_id = p_old_key_id
$$;
comment on function public.provider_key_reseal(uuid, text, text, text, text, text) is
  'Puts the same key in, encrypted with the current secret, after a rotation.';

create function public.provider_keys_read(p_user_id uuid)
returns jsonb
language sql
stable
security definer -- the secret key's role has no access to private
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'provider', k.provider, 'ciphertext', encode(k.ciphertext, 'base64'), 'nonce', encode(k.nonce, 'base64'), 'key_id', k.key_id
  ) order by k.provider), '[]')
  from private.provider_keys as k where k.user_id = p_user_id
$$;
comment on function public.provider_keys_read(uuid) is 'A user''s encrypted keys, for the function that uses them.';

create function public.provider_keys_list(p_user_id uuid)
returns jsonb
language sql
stable
security definer -- the secret key's role has no access to private
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'provider', k.provider, 'hint', k.hint, 'created_at', k.created_at, 'tested_at', k.tested_at
  ) order by k.provider), '[]')
  from private.provider_keys as k where k.user_id = p_user_id
$$;
comment on function public.provider_keys_list(uuid) is 'For which providers a user has keys, and how each ends.';

create function public.provider_key_delete(p_user_id uuid, p_provider text)
returns boolean
language sql
security definer -- the secret key's role has no access to private
set search_path = ''
as $$
  with gone as (
    delete from private.provider_keys as k where k.user_id = p_user_id and k.provider = p_provider returning k.user_id
  )
  select exists (select from gone)
$$;
comment on function public.provider_key_delete(uuid, text) is 'Deletes a user''s key for a provider; false if there was none.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.provider_key_put(uuid, text, text, text, text, text, boolean),
public.provider_key_reseal(uuid, text, text, text, text, text),
public.provider_keys_read(uuid), public.provider_keys_list(uuid), public.provider_key_delete(uuid, text)
to service_role;
