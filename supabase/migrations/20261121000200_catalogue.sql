-- The catalogue: operations, plans, prices and limits. All of them are data; a product is one set of rows
-- (supabase/seeds/catalogues).

-- tables ------------------------------------------------------------------------------------------------------
create table public.quota_groups (
  slug text primary key check (slug ~ '^[a-z][a-z_]{1,39}$'),
  name text not null check (char_length(name) <= 100),
  -- First half of the keys that override a limit for one subscriber: analyses -> analysesPerDay.
  limit_key text not null unique check (limit_key ~ '^[a-z][A-Za-z]{1,39}$'),
  created_at timestamptz not null default now()
);
comment on table public.quota_groups is 'Operations that share one allowance.';

create table public.operations (
  slug text primary key check (slug ~ '^[a-z][a-z_]{1,39}$'),
  name text not null check (char_length(name) <= 100),
  -- Null: a task that is not metered itself, but whose parts are.
  quota_group text references public.quota_groups (slug),
  -- Credits for one operation that the plan does not cover. Null: not sold for credits.
  default_cost integer check (default_cost >= 0),
  -- Longest time from reserve to commit. The hold outlives it by the margin in global_config.
  max_runtime_seconds integer not null check (max_runtime_seconds between 1 and 86400),
  -- How a function answers: now (200), with a task (202), or with either, as the client prefers (docs/tasks.md).
  answers text not null default 'now' check (answers in ('now', 'task', 'either')),
  -- Other names that clients use for the operation.
  aliases text[] not null default '{}' check (pg_column_size(aliases) <= 4096),
  -- The table that keeps its results. If the user's plan stores no more rows there, the operation is refused before it begins.
  kept_in text check (kept_in in ('analyses', 'generated_documents', 'interview_transcripts', 'interview_turns', 'resume_bullets', 'resume_downloads', 'resume_uploads')),
  -- Whether it sends what the user wrote to a language model, so that consent may be due.
  asks_model boolean not null default true,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.operations is 'The one registry of operations.';

create table public.plans (
  slug text primary key check (slug ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text not null check (char_length(name) <= 100),
  description text not null default '' check (char_length(description) <= 2000),
  -- If a user has several live subscriptions, the plan with the highest rank counts.
  rank integer not null check (rank >= 0),
  -- The plan of users without a live subscription.
  is_default boolean not null default false,
  is_active boolean not null default true,
  monthly_credits integer not null default 0 check (monthly_credits >= 0),
  -- -1: unlimited.
  max_resumes integer not null default -1 check (max_resumes >= -1),
  premium_templates boolean not null default false,
  trial_days integer not null default 0 check (trial_days between 0 and 90),
  -- How long a subscription stays valid after its period ends, so that a late webhook does not lock out a paying user.
  grace_days integer not null default 3 check (grace_days between 0 and 30),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.plans is 'Plans for sale, and the plan of users who have bought none (is_default).';

create table public.plan_prices (
  -- Name of the price, such as pro_monthly.
  slug text primary key check (slug ~ '^[a-z][a-z0-9_-]{1,59}$'),
  plan text not null references public.plans (slug),
  billing_interval text not null check (billing_interval in ('month', 'year')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Smallest unit of the currency (paise, cents).
  amount bigint not null check (amount > 0),
  razorpay_plan_id text unique check (char_length(razorpay_plan_id) <= 255),
  stripe_price_id text unique check (char_length(stripe_price_id) <= 255),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.plan_prices is 'A plan''s price per interval and currency, with its ids at the providers.';

create table public.plan_limits (
  plan text not null references public.plans (slug) on delete cascade,
  quota_group text not null references public.quota_groups (slug),
  -- Null: this period sets no limit. -1: unlimited. With all three null the plan covers nothing and credits pay.
  per_day integer check (per_day >= -1),
  per_month integer check (per_month >= -1),
  per_lifetime integer check (per_lifetime >= -1),
  -- Operations of the group that may begin within 60 seconds, whoever pays; null: paid_per_minute in global_config.
  per_minute integer check (per_minute between 1 and 10000),
  -- Credits for one operation of the group on this plan; null: each operation's own default.
  cost integer check (cost >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (plan, quota_group)
);
comment on table public.plan_limits is 'How many operations of a group a plan includes per UTC day, UTC month and lifetime, and the cost of further ones.';

create table public.global_config (
  key text primary key check (key ~ '^[a-z][a-z0-9_.]{0,99}$'),
  value jsonb not null check (pg_column_size(value) <= 262144),
  description text check (char_length(description) <= 1000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint metering_is_complete check (
    key <> 'metering'
    or (
      jsonb_typeof(value -> 'welcome_credits') = 'number'
      and jsonb_typeof(value -> 'released_attempts_per_day') = 'number'
      and jsonb_typeof(value -> 'free_per_hour') = 'number'
      and (value ->> 'free_per_hour')::integer >= 1
      and jsonb_typeof(value -> 'own_key_per_hour') = 'number'
      and (value ->> 'own_key_per_hour')::integer >= 1
      and jsonb_typeof(value -> 'paid_per_minute') in ('number', 'null')
      and coalesce((value ->> 'paid_per_minute')::integer, 1) between 1 and 10000
      and jsonb_typeof(value -> 'dry_runs_per_minute') = 'number'
      and (value ->> 'dry_runs_per_minute')::integer >= 1
      and jsonb_typeof(value -> 'replay_hours') = 'number'
      and jsonb_typeof(value -> 'hold_margin_seconds') = 'number'
      and (value ->> 'hold_margin_seconds')::integer between 0 and 86400
      and jsonb_typeof(value -> 'daily_spend_ceiling') in ('number', 'null')
    ) is true
  )
);
comment on table public.global_config is 'Settings that operators change without a deployment. Not readable by clients.';

-- indexes -----------------------------------------------------------------------------------------------------
create index operations_quota_group_idx on public.operations (quota_group);
create unique index plans_one_default_idx on public.plans (is_default) where is_default;
create unique index plans_one_rank_idx on public.plans (rank) where is_active;
create unique index plan_prices_one_active_idx on public.plan_prices (plan, billing_interval, currency) where is_active;
create index plan_limits_quota_group_idx on public.plan_limits (quota_group);

-- row level security ------------------------------------------------------------------------------------------
alter table public.quota_groups enable row level security;
alter table public.operations enable row level security;
alter table public.plans enable row level security;
alter table public.plan_prices enable row level security;
alter table public.plan_limits enable row level security;
alter table public.global_config enable row level security;

create policy "Anyone reads the quota groups" on public.quota_groups
for select to anon, authenticated using (true);

create policy "Anyone reads the operations" on public.operations
for select to anon, authenticated using (true);

-- Retired plans stay readable, because users may still be subscribed to them.
create policy "Anyone reads the plans" on public.plans
for select to anon, authenticated using (true);

create policy "Anyone reads the prices" on public.plan_prices
for select to anon, authenticated using (true);

create policy "Anyone reads the limits" on public.plan_limits
for select to anon, authenticated using (true);

-- triggers ----------------------------------------------------------------------------------------------------
create trigger touch_updated_at before update on public.operations
for each row execute function private.touch_updated_at();
create trigger touch_updated_at before update on public.plans
for each row execute function private.touch_updated_at();
create trigger touch_updated_at before update on public.plan_prices
for each row execute function private.touch_updated_at();
create trigger touch_updated_at before update on public.plan_limits
for each row execute function private.touch_updated_at();
create trigger touch_updated_at before update on public.global_config
for each row execute function private.touch_updated_at();

-- views -------------------------------------------------------------------------------------------------------
create view public.tier_limits with (security_invoker = true) as
select
  'tier_limits'::text as key,
  jsonb_object_agg(p.slug, p.limits) as value,
  'Limits of every plan on sale, per quota group'::text as description,
  min(p.created_at) as created_at,
  max(p.updated_at) as updated_at
from (
  select
    plans.slug,
    plans.created_at,
    greatest(plans.updated_at, max(l.updated_at)) as updated_at,
    coalesce(
      jsonb_object_agg(
        l.quota_group,
        jsonb_strip_nulls(jsonb_build_object('daily', l.per_day, 'monthly', l.per_month, 'lifetime', l.per_lifetime))
      ) filter (where l.quota_group is not null),
      '{}'
    ) as limits
  from public.plans
  left join public.plan_limits as l on l.plan = plans.slug
  where plans.is_active
  group by plans.slug
) as p;
comment on view public.tier_limits is 'The limits as one row with a key and a JSON value, like a row of global_config.';

-- functions ---------------------------------------------------------------------------------------------------
create function private.load_catalogue(p_catalogue jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_plan jsonb;
  v_pack jsonb;
  v_slug text;
  v_unknown text;
begin
  select k into v_unknown from jsonb_object_keys(p_catalogue) as k
  where k not in ('name', 'welcome_credits', 'costs', 'plans', 'packs') limit 1;
  if found then
    perform private.raise_problem(422, 'invalid_catalogue', 'unknown key ' || v_unknown);
  end if;

  insert into public.global_config as c (key, value, description)
  values ('catalogue', p_catalogue -> 'name', 'Which catalogue was loaded last')
  on conflict (key) do update set value = excluded.value;
  update public.global_config as c
  set value = c.value || jsonb_build_object('welcome_credits', (p_catalogue ->> 'welcome_credits')::integer)
  where c.key = 'metering';
  update public.operations as o
  set default_cost = n.cost::integer
  from jsonb_each_text(coalesce(p_catalogue -> 'costs', '{}')) as n (slug, cost)
  where o.slug = n.slug;

  -- Plans and packs of another catalogue are retired, not deleted, because users may be subscribed to them.
  update public.plans as p set is_active = false, is_default = false where p.is_active or p.is_default;
  update public.plan_prices as p set is_active = false where p.is_active;
  update public.credit_packs as k set is_active = false where k.is_active;

  for v_plan in select * from jsonb_array_elements(p_catalogue -> 'plans') loop
    v_slug := v_plan ->> 'slug';
    insert into public.plans as p (
      slug, name, description, rank, is_default, is_active, monthly_credits, max_resumes, premium_templates, trial_days, grace_days
    )
    values (
      v_slug, v_plan ->> 'name', coalesce(v_plan ->> 'description', ''), (v_plan ->> 'rank')::integer,
      coalesce((v_plan ->> 'is_default')::boolean, false), true, coalesce((v_plan ->> 'monthly_credits')::integer, 0),
      coalesce((v_plan ->> 'max_resumes')::integer, -1), coalesce((v_plan ->> 'premium_templates')::boolean, false),
      coalesce((v_plan ->> 'trial_days')::integer, 0), coalesce((v_plan ->> 'grace_days')::integer, 3)
    )
    on conflict (slug) do update set
      name = excluded.name, description = excluded.description, rank = excluded.rank, is_default = excluded.is_default,
      is_active = true, monthly_credits = excluded.monthly_credits, max_resumes = excluded.max_resumes,
      premium_templates = excluded.premium_templates, trial_days = excluded.trial_days, grace_days = excluded.grace_days;

    delete from public.plan_limits as l where l.plan = v_slug;
    insert into public.plan_limits (plan, quota_group, per_day, per_month, per_lifetime, per_minute, cost)
    select v_slug, l.key, r.per_day, r.per_month, r.per_lifetime, r.per_minute, r.cost
    from jsonb_each(coalesce(v_plan -> 'limits', '{}')) as l,
      jsonb_to_record(l.value) as r (per_day integer, per_month integer, per_lifetime integer, per_minute integer, cost integer);

    delete from public.storage_limits as l where l.plan = v_slug;
    insert into public.storage_limits (kind, plan, max_rows, max_bytes)
    select l.key, v_slug, r.rows, r.bytes
    from jsonb_each(coalesce(v_plan -> 'storage', '{}')) as l,
      jsonb_to_record(l.value) as r (rows integer, bytes bigint);

    insert into public.plan_prices as p (slug, plan, billing_interval, currency, amount, is_active)
    select r.slug, v_slug, r.billing_interval, r.currency, r.amount, true
    from jsonb_to_recordset(coalesce(v_plan -> 'prices', '[]')) as r (slug text, billing_interval text, currency text, amount bigint)
    on conflict (slug) do update set
      plan = excluded.plan, billing_interval = excluded.billing_interval, currency = excluded.currency,
      amount = excluded.amount, is_active = true;
  end loop;

  for v_pack in select * from jsonb_array_elements(coalesce(p_catalogue -> 'packs', '[]')) loop
    insert into public.credit_packs as k (slug, name, credits, position, is_active)
    values (v_pack ->> 'slug', v_pack ->> 'name', (v_pack ->> 'credits')::integer, (v_pack ->> 'credits')::integer, true)
    on conflict (slug) do update set
      name = excluded.name, credits = excluded.credits, position = excluded.position, is_active = true;
    delete from public.credit_pack_prices as r where r.pack = v_pack ->> 'slug';
    insert into public.credit_pack_prices (pack, currency, amount)
    select v_pack ->> 'slug', r.currency, r.amount::bigint from jsonb_each_text(v_pack -> 'prices') as r (currency, amount);
  end loop;
end
$$;
comment on function private.load_catalogue(jsonb) is
  'Makes a catalogue (plans with limits and prices, credit packs, operation costs, welcome credits) the one on sale. Loading it again changes nothing.';

-- data --------------------------------------------------------------------------------------------------------
-- The functions refer to these operations by name, so they belong to the schema. Each catalogue sets their costs.
insert into public.quota_groups (slug, name, limit_key) values
('writing', 'AI writing', 'aiGenerations'),
('optimization', 'Tailoring to a job', 'aiOptimizations'),
('analysis', 'ATS scans and job matches', 'analyses'),
('cover_letter', 'Cover letters', 'coverLetters'),
('answer', 'Application answers', 'answers'),
('outreach', 'Outreach messages', 'outreachMessages'),
('resume_import', 'Résumé imports', 'resumeImports'),
('interview', 'Interviews', 'interviews'),
('interview_step', 'Steps of interviews', 'interviewSteps');

insert into public.operations (slug, name, quota_group, default_cost, max_runtime_seconds, aliases) values
('summary', 'Write a summary', 'writing', 1, 60, '{GENERATE_SUMMARY}'),
('bullets', 'Write bullet points', 'writing', 1, 60, '{GENERATE_BULLETS}'),
('improve', 'Improve a text', 'writing', 1, 60, '{IMPROVE_BULLET}'),
('skills', 'Suggest skills', 'writing', 1, 60, '{}'),
('tailor', 'Tailor to a job', 'optimization', 2, 120, '{optimization}'),
('translate', 'Translate a résumé', 'writing', 2, 120, '{}'),
('full_resume', 'Write a résumé', 'writing', 3, 120, '{}'),
('cover_letter', 'Write a cover letter', 'cover_letter', 2, 60, '{}'),
('answer', 'Answer an application question', 'answer', 1, 60, '{}'),
('outreach', 'Write an outreach message', 'outreach', 1, 60, '{}'),
('job_extract', 'Read a job advertisement', 'writing', 1, 60, '{}'),
('resume_import', 'Import a résumé', 'resume_import', 1, 120, '{resume_parse}'),
('match', 'Say how a résumé fits a job', 'analysis', 2, 60, '{}'),
('full_analysis', 'Advise on a résumé for a job', 'analysis', 3, 60, '{}'),
('ats_scan', 'Scan for an applicant tracking system', 'analysis', 2, 120, '{resume_scan,analysis,ats_score,keyword_match}'),
-- Priced per 20 pairs of a résumé and a job; keeps no rows of its own.
('ats_matrix', 'Compare résumés with jobs', 'analysis', 2, 120, '{}'),
-- From the first question to the first accepted answer.
('interview', 'Practice interview', 'interview', 5, 3600, '{interview_prep}'),
-- Paid with the interview.
('interview_turn', 'Answer in an interview', 'interview_step', 0, 60, '{}'),
('interview_score', 'Score of an interview', 'interview_step', 0, 60, '{}'),
('interview_audio', 'Transcript of an answer', 'interview_step', 0, 120, '{}'),
('batch', 'Write several texts', null, 0, 120, '{}'),
('resume_export', 'Export a résumé', null, 0, 120, '{}');

update public.operations set answers = 'either'
where slug in ('summary', 'bullets', 'improve', 'resume_import', 'resume_export', 'cover_letter', 'answer', 'outreach', 'tailor', 'skills', 'job_extract', 'translate', 'match', 'full_analysis', 'interview_audio');
update public.operations set answers = 'task' where slug in ('batch', 'full_resume');
update public.operations set asks_model = false
where slug in ('resume_import', 'ats_scan', 'ats_matrix', 'interview', 'batch', 'resume_export');

insert into public.global_config (key, value, description) values
(
  'metering',
  '{"welcome_credits": 5, "released_attempts_per_day": 50, "free_per_hour": 60, "own_key_per_hour": 60, "paid_per_minute": 120, "dry_runs_per_minute": 120, "replay_hours": 24, "hold_margin_seconds": 60, "daily_spend_ceiling": 100}',
  'Welcome credits on a confirmed address; failed attempts a user may have per UTC day; free operations (funding offline) and operations with own keys (funding own_key) a user may have per hour; operations of a quota group (null: any; plan_limits.per_minute overrides it) and dry runs a user may have per minute; hours a paid answer can be had again; seconds a hold outlives its operation''s runtime; US dollars that models may cost per UTC day (null: any)'
);

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.quota_groups, public.operations, public.plans, public.plan_prices, public.plan_limits to anon, authenticated;
