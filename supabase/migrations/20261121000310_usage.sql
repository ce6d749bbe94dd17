-- Usage: one event per metered operation, the counters of plan allowances, and what a paid answer said.

-- tables ------------------------------------------------------------------------------------------------------
create table public.usage_events (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.user_credits (user_id) on delete cascade,
  operation_type text not null,
  quota_group text not null,
  idempotency_key text not null check (idempotency_key ~ '^[[:print:]]{1,255}$'),
  -- Of function and body: the same key with another request is a conflict.
  request_hash text not null check (char_length(request_hash) between 1 and 255),
  attempt integer not null default 1 check (attempt > 0),
  status text not null default 'reserved' check (status in ('reserved', 'committed', 'released', 'expired')),
  funding text not null check (funding in ('plan', 'credits', 'unlimited')),
  plan text,
  -- Credits decided at reserve, and credits charged (0 until committed).
  cost integer not null default 0 check (cost >= 0),
  credits_used integer not null default 0 check (credits_used in (0, cost)),
  -- The period under which it is reported: the longest that counts it, else its month.
  period_type text not null check (period_type in ('daily', 'monthly', 'lifetime')),
  period_key text not null,
  -- period_keys of the counters that count it; empty unless the plan pays.
  counters text[] not null default '{}',
  -- When the shortest of those periods that has a limit is over.
  resets_at timestamptz,
  -- Where the held credits are: units per lot.
  hold_lots uuid[] not null default '{}',
  hold_units integer[] not null default '{}' check (cardinality(hold_units) = cardinality(hold_lots)),
  -- No foreign keys: what was used stays known when the résumé or the job is gone.
  resume_id uuid,
  job_id uuid,
  ai_provider text,
  session_data jsonb,
  release_reason text check (char_length(release_reason) <= 200),
  reserved_at timestamptz not null default now(),
  -- End of the hold: a commit after it is refused.
  expires_at timestamptz not null,
  settled_at timestamptz,
  created_at timestamptz not null default now(),
  unique (user_id, idempotency_key),
  constraint settled_once_over check ((status = 'reserved') = (settled_at is null))
)
with (fillfactor = 80);
comment on table public.usage_events is 'One row per metered operation: reserved, then committed, released or expired (docs/state-machines.md).';

create table public.usage_tracking (
  user_id uuid not null references public.user_credits (user_id) on delete cascade,
  quota_group text not null references public.quota_groups (slug),
  period_type text not null check (period_type in ('daily', 'monthly', 'lifetime')),
  -- 2026-11-21, 2026-11 or lifetime, in UTC.
  period_key text not null,
  used integer not null default 0 check (used >= 0),
  held integer not null default 0 check (held >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, quota_group, period_key)
)
with (fillfactor = 60);
comment on table public.usage_tracking is 'How much of a plan''s allowance is used and held, per quota group and period.';

create table private.usage_results (
  usage_id uuid primary key references public.usage_events (id) on delete cascade,
  -- The answer as it was sent, so that a repeated request gets it byte for byte.
  result text not null,
  receipt jsonb not null,
  created_at timestamptz not null default now()
);
comment on table private.usage_results is 'Paid answers, kept for replay_hours for a client that lost the connection.';

create table private.model_spend (
  day date not null,
  -- Spread over many rows: one row would make every commit in the system wait for the one before it.
  shard smallint not null check (shard between 0 and 63),
  cost numeric(14, 6) not null default 0 check (cost >= 0),
  primary key (day, shard)
)
with (fillfactor = 50);
comment on table private.model_spend is 'US dollars that models cost per UTC day, for the daily ceiling.';

-- indexes -----------------------------------------------------------------------------------------------------
create index usage_events_user_created_idx on public.usage_events (user_id, created_at desc);
create index usage_events_open_holds_idx on public.usage_events (user_id, expires_at) where status = 'reserved';
create index usage_events_created_at_idx on public.usage_events using brin (created_at);
create index usage_tracking_period_idx on public.usage_tracking (period_key);
create index usage_tracking_quota_group_idx on public.usage_tracking (quota_group);
create index usage_results_created_at_idx on private.usage_results (created_at);

-- row level security ------------------------------------------------------------------------------------------
alter table public.usage_events enable row level security;
alter table public.usage_tracking enable row level security;
alter table private.usage_results enable row level security;
alter table private.model_spend enable row level security;

create policy "Owners and admins read usage" on public.usage_events
for select to authenticated
using (user_id = (select auth.uid()) or (select private.is_admin()));

create policy "Owners and admins read usage counters" on public.usage_tracking
for select to authenticated
using (user_id = (select auth.uid()) or (select private.is_admin()));

-- functions ---------------------------------------------------------------------------------------------------
create function private.period_key(p_type text, p_at timestamptz)
returns text
language sql
immutable
set search_path = ''
as $$
  select case p_type
    when 'daily' then to_char(p_at at time zone 'UTC', 'YYYY-MM-DD')
    when 'monthly' then to_char(p_at at time zone 'UTC', 'YYYY-MM')
    when 'lifetime' then 'lifetime'
  end
$$;
comment on function private.period_key(text, timestamptz) is 'Name of the UTC period of a type that a moment lies in.';

create function private.period_end(p_type text, p_at timestamptz)
returns timestamptz
language sql
immutable
set search_path = ''
as $$
  select case p_type
    when 'daily' then (date_trunc('day', p_at at time zone 'UTC') + interval '1 day') at time zone 'UTC'
    when 'monthly' then (date_trunc('month', p_at at time zone 'UTC') + interval '1 month') at time zone 'UTC'
  end
$$;
comment on function private.period_end(text, timestamptz) is 'When the UTC period of a type that a moment lies in is over; null for lifetime.';

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.usage_events, public.usage_tracking to authenticated;
grant execute on function private.period_key(text, timestamptz), private.period_end(text, timestamptz) to authenticated, service_role;
revoke insert, update, delete, truncate on public.usage_events, public.usage_tracking from service_role;
