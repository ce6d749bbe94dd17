-- Rate limits and the cache of model answers, for deployments without Redis.

-- tables ------------------------------------------------------------------------------------------------------
-- Unlogged: writes are cheaper, and a crash only resets some counters and loses some cached answers.
create unlogged table private.rate_limits (
  -- ratelimit:{user or address}:{endpoint}
  key text not null check (char_length(key) between 1 and 300),
  window_start timestamptz not null,
  hits integer not null,
  primary key (key, window_start)
);
comment on table private.rate_limits is 'Hits per key and fixed window; two windows give a sliding one.';

create unlogged table private.ai_cache (
  -- Per user: an answer written from one user's data is never returned to another.
  user_id uuid not null,
  prompt_hash text not null check (char_length(prompt_hash) between 16 and 128),
  response text not null check (octet_length(response) <= 262144),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (user_id, prompt_hash)
);
comment on table private.ai_cache is 'Model answers by user and prompt hash.';

-- indexes -----------------------------------------------------------------------------------------------------
create index rate_limits_window_start_idx on private.rate_limits (window_start);
create index ai_cache_expires_at_idx on private.ai_cache (expires_at);

alter table private.rate_limits enable row level security;
alter table private.ai_cache enable row level security;

-- functions ---------------------------------------------------------------------------------------------------
create function public.rate_limit_hit(p_key text, p_limit integer, p_window_seconds integer)
returns jsonb
language plpgsql
security definer -- the secret key's role has no access to private
set search_path = ''
as $$
declare
  v_now timestamptz;
  v_window interval := make_interval(secs => p_window_seconds);
  v_start timestamptz;
  v_hits integer;
  v_before integer;
  v_share double precision;
  v_estimate double precision;
begin
  if p_limit < 1 or p_window_seconds not between 1 and 86400 then
    perform private.raise_problem(422, 'invalid_rate_limit', 'A limit of at least 1 in a window of 1 to 86400 seconds.');
  end if;
  v_now := private.now();
  v_start := to_timestamp(floor(extract(epoch from v_now) / p_window_seconds) * p_window_seconds);
  -- Locks the row, so that concurrent hits of one key are counted one by one.
  insert into private.rate_limits as r (key, window_start, hits) values (p_key, v_start, 0)
  on conflict (key, window_start) do update set hits = r.hits
  returning r.hits into v_hits;
  select coalesce(max(r.hits), 0) into v_before
  from private.rate_limits as r where r.key = p_key and r.window_start = v_start - v_window;
  -- The share of the previous window that still overlaps the sliding window.
  v_share := 1 - extract(epoch from v_now - v_start) / p_window_seconds;
  v_estimate := v_hits + v_before * v_share;
  -- A refused hit does not count, so a client that waits for retry_after succeeds.
  if v_estimate + 1 > p_limit then
    return jsonb_build_object(
      'allowed', false, 'limit', p_limit, 'remaining', 0,
      'retry_after', ceil(case
        when v_hits + 1 > p_limit then extract(epoch from v_start + v_window - v_now)
        else extract(epoch from v_window) * (v_estimate + 1 - p_limit) / v_before
      end)::integer
    );
  end if;
  update private.rate_limits as r set hits = r.hits + 1 where r.key = p_key and r.window_start = v_start;
  return jsonb_build_object('allowed', true, 'limit', p_limit, 'remaining', floor(p_limit - v_estimate - 1)::integer, 'retry_after', 0);
end
$$;
comment on function public.rate_limit_hit(text, integer, integer) is
  'Counts a hit against a limit per sliding window: {allowed, limit, remaining, retry_after (seconds)}.';

create function public.ai_cache_get(p_user_id uuid, p_prompt_hash text)
returns text
language sql
stable
security definer -- the secret key's role has no access to private
set search_path = ''
as $$
  select c.response from private.ai_cache as c
  where c.user_id = p_user_id and c.prompt_hash = p_prompt_hash and c.expires_at > (select private.now())
$$;
comment on function public.ai_cache_get(uuid, text) is 'A cached answer for this user, or null.';

create function public.ai_cache_put(p_user_id uuid, p_prompt_hash text, p_response text, p_seconds integer default 3600)
returns void
language sql
security definer -- the secret key's role has no access to private
set search_path = ''
as $$
  insert into private.ai_cache as c (user_id, prompt_hash, response, created_at, expires_at)
  values (p_user_id, p_prompt_hash, p_response, private.now(), private.now() + make_interval(secs => greatest(1, least(p_seconds, 86400))))
  on conflict (user_id, prompt_hash) do update
  set response = excluded.response, created_at = excluded.created_at, expires_at = excluded.expires_at
$$;
comment on function public.ai_cache_put(uuid, text, text, integer) is 'Stores an answer for this user, for an hour by default.';

create function private.forget_cached_answers()
returns trigger
language plpgsql
security definer -- the role that deletes a user has no access to private
set search_path = ''
as $$
begin
  delete from private.ai_cache as c where c.user_id = old.id;
  return null;
end
$$;
comment on function private.forget_cached_answers() is 'After a profile is deleted: deletes its cached answers.';

create trigger profiles_forget_cache after delete on public.profiles
for each row execute function private.forget_cached_answers();

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
  public.rate_limit_hit(text, integer, integer), public.ai_cache_get(uuid, text), public.ai_cache_put(uuid, text, text, integer)
to service_role;
