-- Usage: one event per metered operation, the counters of plan allowances, and what a paid answer said.

-- types -------------------------------------------------------------------------------------------------------
create domain private.usage_status as text check (value in ('reserved', 'committed', 'released', 'expired'));
comment on domain private.usage_status is 'docs/state-machines.md';
create domain private.funding_source as text check (value in ('plan', 'credits', 'unlimited', 'offline', 'own_key'));
comment on domain private.funding_source is 'Who pays for an operation. Nobody: unlimited, an administrator asked; offline, the rule-based writer did it; own_key, models that the user pays did it.';
create domain private.period_type as text check (value in ('daily', 'monthly', 'lifetime'));
comment on domain private.period_type is 'UTC day, UTC month, or ever.';
create domain private.period_keys as text[] check (pg_column_size(value) <= 2048);
comment on domain private.period_keys is 'Keys of the periods that count an operation.';
create domain private.small_document as jsonb check (pg_column_size(value) <= 65536);
comment on domain private.small_document is 'JSON of at most 64 KiB.';
create domain private.answer as text check (octet_length(value) <= 1048576);
comment on domain private.answer is 'A body of at most 1 MiB.';

-- tables ------------------------------------------------------------------------------------------------------
create table public.usage_events (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.user_credits (user_id) on delete cascade,
  operation_type private.label not null,
  quota_group private.label not null,
  idempotency_key private.reference_key not null,
  -- Of function and body: the same key with another request is a conflict.
  request_hash private.reference_key not null,
  attempt private.unit_count not null default 1,
  status private.usage_status not null default 'reserved',
  funding private.funding_source not null,
  plan private.label,
  -- How often its price is due and its allowance counts: a matrix of 50 pairs is three operations in one.
  units private.unit_count not null default 1 check (units > 0),
  -- Credits decided at reserve, and credits charged (0 until committed).
  cost private.unit_count not null default 0,
  credits_used private.unit_count not null default 0,
  -- The period under which it is reported: the longest that counts it, else its month.
  period_type private.period_type not null,
  period_key private.label not null,
  -- period_keys of the counters that count it; empty unless the plan pays.
  counters private.period_keys not null default '{}',
  -- When the shortest of those periods that has a limit is over.
  resets_at timestamptz,
  -- Where the held credits are: units per lot. Empty: the account was derived since, and is again when they come back.
  hold_lots uuid[] not null default '{}',
  hold_units integer[] not null default '{}',
  -- No foreign keys: what was used stays known when the résumé or the job is gone.
  resume_id uuid,
  job_id uuid,
  ai_provider private.label,
  session_data private.small_document,
  release_reason private.short_text,
  -- Attempts that were given back and whose model calls are booked: each counts once, however often it is told.
  costed_attempts integer[] not null default '{}',
  reserved_at timestamptz not null default now(),
  -- End of the hold: a commit after it is refused.
  expires_at timestamptz not null,
  settled_at timestamptz,
  created_at timestamptz not null default now(),
  unique (user_id, idempotency_key)
)
with (fillfactor = 80);
comment on table public.usage_events is 'One row per metered operation: reserved, then committed, released or expired (docs/state-machines.md).';

create table public.usage_tracking (
  user_id uuid not null references public.user_credits (user_id) on delete cascade,
  quota_group text not null references public.quota_groups (slug),
  period_type private.period_type not null,
  -- 2026-11-21, 2026-11 or lifetime, in UTC.
  period_key private.label not null,
  used private.unit_count not null default 0,
  held private.unit_count not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, quota_group, period_key)
)
with (fillfactor = 60);
comment on table public.usage_tracking is 'How much of a plan''s allowance is used and held, per quota group and period.';

create table private.usage_results (
  -- Of usage_events. Without a foreign key: its one writer has just written the event, and looking it up again would
  -- cost a twentieth of the commit. Erasing an account takes its answers along (private.close_account).
  usage_id uuid primary key,
  -- The answer as it was sent, so that a repeated request gets it byte for byte.
  result private.answer not null,
  receipt private.small_document not null,
  created_at timestamptz not null default now()
);
comment on table private.usage_results is 'Paid answers, kept for replay_hours for a client that lost the connection.';

create table private.model_spend (
  day date not null,
  -- Spread over many rows: one row would make every commit in the system wait for the one before it.
  shard smallint not null,
  cost numeric(14, 6) not null default 0,
  primary key (day, shard)
)
with (fillfactor = 50);
comment on table private.model_spend is 'US dollars that models cost us per UTC day, for the daily ceiling. Calls with a user''s own key are not in it.';

-- indexes -----------------------------------------------------------------------------------------------------
-- None on status: settling an event then changes no indexed column, and its new version stays on its page.
create index usage_events_user_reserved_idx on public.usage_events (user_id, reserved_at desc);
create index usage_events_created_at_idx on public.usage_events (created_at);
create index usage_tracking_period_idx on public.usage_tracking (period_key);
create index usage_tracking_quota_group_idx on public.usage_tracking (quota_group);
create index usage_results_created_at_idx on private.usage_results (created_at);

-- row level security ------------------------------------------------------------------------------------------
alter table public.usage_events enable row level security;
alter table public.usage_tracking enable row level security;
alter table private.usage_results enable row level security;
alter table private.model_spend enable row level security;

create policy "Users read their own usage" on public.usage_events
for select to authenticated
using (user_id = (select private.active_user()));

create policy "Users read their own usage counters" on public.usage_tracking
for select to authenticated
using (user_id = (select private.active_user()));

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
