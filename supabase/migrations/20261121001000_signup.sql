-- Sign-up: who may, asked by the auth service before a user is made, and what the trigger of identity leaves to do
-- afterwards: a starter résumé and a trial, once each, with a sweep for those whom nobody told us about.

-- tables ------------------------------------------------------------------------------------------------------
create table private.signup_rules (
  -- The domain and everything below it; the longest matching one decides.
  domain text primary key check (domain ~ '^[a-z0-9-]+(\.[a-z0-9-]+)*$' and char_length(domain) <= 253),
  verdict text not null check (verdict in ('allow', 'refuse', 'disposable')),
  note text check (char_length(note) <= 255),
  created_at timestamptz not null default now()
);
comment on table private.signup_rules is 'Which mail domains may sign up. Operators write it; the list of throw-away domains is a seed.';

create table private.signup_attempts (
  -- Id of the auth service's message: its retries are the same attempt.
  id text primary key check (char_length(id) between 1 and 255),
  answer jsonb not null check (pg_column_size(answer) <= 16384),
  created_at timestamptz not null default now()
);
comment on table private.signup_attempts is 'What each attempt was answered, so that a repeated question is no further attempt.';

create table private.signup_progress (
  user_id uuid primary key references public.profiles (id) on delete cascade,
  starter_resume_at timestamptz,
  trial_at timestamptz,
  -- When the sweep looks at this user; null: nothing is owed until something happens to them.
  due_at timestamptz default now(),
  -- What went wrong the last time.
  error text check (char_length(error) <= 200),
  created_at timestamptz not null default now()
);
comment on table private.signup_progress is
  'What a user was given after sign-up (a starter résumé thrown away does not come back), and the queue of those who are owed something.';

-- indexes -----------------------------------------------------------------------------------------------------
create index signup_attempts_created_at_idx on private.signup_attempts (created_at);
create index signup_progress_due_idx on private.signup_progress (due_at) where due_at is not null;

-- row level security ------------------------------------------------------------------------------------------
alter table private.signup_rules enable row level security;
alter table private.signup_attempts enable row level security;
alter table private.signup_progress enable row level security;

-- data --------------------------------------------------------------------------------------------------------
insert into public.global_config (key, value, description) values
(
  'signup',
  '{"listed_domains_only": false, "per_address": 20, "window_seconds": 3600, "starter_resume": true, "starter_title": "My résumé", "starter_template": "modern-1", "trial_plan": null}',
  'Only domains with the rule allow; sign-ups per network address and window (seconds); whether a new user finds a résumé, its title and template; plan of the trial that a confirmed address gets once (null: none)'
);
insert into private.retention_policies (data_type, table_name, age_column, keep, archive, reason) values
('signup_attempts', 'private.signup_attempts', 'created_at', interval '1 day', false, 'Longer than the auth service repeats a question');

insert into private.signup_progress (user_id) select p.id from public.profiles as p;

-- triggers ----------------------------------------------------------------------------------------------------
create function private.on_profile_owed()
returns trigger
language plpgsql
security definer -- runs as the auth service, which has no rights in private
set search_path = ''
as $$
begin
  insert into private.signup_progress (user_id, due_at) values (new.id, private.now())
  on conflict (user_id) do update set due_at = excluded.due_at;
  return null;
end
$$;
comment on function private.on_profile_owed() is 'A user who comes, is confirmed or returns may be owed something: the queue knows it, whether a message arrives or not.';

create trigger profiles_owed_new after insert on public.profiles
for each row execute function private.on_profile_owed();
create trigger profiles_owed_changed after update of email_verified, deleted_at on public.profiles
for each row
when (new.deleted_at is null and ((new.email_verified and not old.email_verified) or old.deleted_at is not null))
execute function private.on_profile_owed();

-- functions: before -------------------------------------------------------------------------------------------
create function private.domain_rule(p_domain text)
returns text
language sql
stable
set search_path = ''
as $$
  select r.verdict
  from private.signup_rules as r
  where r.domain in (
    select array_to_string(p.labels[n:], '.')
    from (select string_to_array(rtrim(lower(p_domain), '.'), '.') as labels) as p, generate_series(1, cardinality(p.labels)) as n
  )
  order by char_length(r.domain) desc
  limit 1
$$;
comment on function private.domain_rule(text) is 'The rule for a mail domain or the nearest domain above it; null without one.';

create function private.network_of(p_address text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- One subscriber line has a whole /64 of IPv6: its single addresses are no limit to anybody.
  return case family(p_address::inet) when 6 then host(network(set_masklen(p_address::inet, 64))) else host(p_address::inet) end;
exception when others then
  return null;
end
$$;
comment on function private.network_of(text) is 'What a rate limit counts: the IPv4 address, the /64 of an IPv6 one; null for what is neither.';

create function public.signup_check(p_attempt text, p_email text, p_address text)
returns jsonb
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_config jsonb := (select c.value from public.global_config as c where c.key = 'signup');
  v_network text := private.network_of(p_address);
  v_domain text := nullif(substring(btrim(p_email) from '@([^@]*)$'), '');
  v_rule text := private.domain_rule(v_domain);
  v_limit jsonb;
  v_answer jsonb;
begin
  -- Two copies of one question at once: the second waits here and gets the answer of the first.
  perform pg_advisory_xact_lock(hashtextextended('signup ' || p_attempt, 0));
  select a.answer into v_answer from private.signup_attempts as a where a.id = p_attempt;
  if found then
    return v_answer;
  end if;

  if v_rule = 'disposable' then
    v_answer := '{"allowed": false, "reason": "disposable_email"}';
  elsif v_rule = 'refuse' then
    v_answer := '{"allowed": false, "reason": "email_domain_refused"}';
  elsif v_rule is null and v_domain is not null and (v_config ->> 'listed_domains_only')::boolean then
    v_answer := '{"allowed": false, "reason": "email_domain_not_listed"}';
  end if;
  -- Refused attempts count, too: trying out domains is what a limit is for.
  if v_network is not null then
    v_limit := public.rate_limit_hit(
      'signup:' || v_network, (v_config ->> 'per_address')::integer, (v_config ->> 'window_seconds')::integer
    );
    if not (v_limit ->> 'allowed')::boolean then
      v_answer := jsonb_build_object('allowed', false, 'reason', 'too_many_signups', 'retry_after', v_limit -> 'retry_after');
    end if;
  end if;
  v_answer := coalesce(v_answer, '{"allowed": true, "reason": null}');
  insert into private.signup_attempts (id, answer, created_at) values (p_attempt, v_answer, private.now());
  return v_answer;
end
$$;
comment on function public.signup_check(text, text, text) is
  'May this address sign up from there? {allowed, reason, retry_after}. The same attempt gets the same answer.';

-- functions: after --------------------------------------------------------------------------------------------
create function private.give_starter_resume(p_user_id uuid, p_config jsonb)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  if not (p_config ->> 'starter_resume')::boolean
    or exists (select from public.resumes as r where r.user_id = p_user_id)
  then
    return false;
  end if;
  insert into public.resumes (user_id, title, template_id, content)
  select
    p.id, p_config ->> 'starter_title',
    (select t.id from public.resume_templates as t where t.slug = p_config ->> 'starter_template' and t.is_active and t.is_public limit 1),
    jsonb_build_object('personalInfo', jsonb_strip_nulls(jsonb_build_object('name', p.full_name, 'email', p.email, 'phone', p.phone)))
  from public.profiles as p where p.id = p_user_id;
  return true;
end
$$;
comment on function private.give_starter_resume(uuid, jsonb) is
  'A first résumé that holds what sign-up told us, unless the user made one already.';

create function private.give_trial(p_user_id uuid, p_config jsonb)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_plan public.plans;
  v_now timestamptz := private.now();
begin
  select p.* into v_plan from public.plans as p where p.slug = p_config ->> 'trial_plan' and p.is_active and p.trial_days > 0;
  if not found or not private.claim_benefit(p_user_id, 'trial') then
    return false;
  end if;
  insert into public.subscriptions (
    user_id, provider, provider_subscription_id, plan, status, current_period_start, current_period_end, trial_end,
    cancel_at_period_end, state_at
  )
  values (
    p_user_id, 'manual', 'trial-' || p_user_id, v_plan.slug, 'trialing', v_now, v_now + make_interval(days => v_plan.trial_days),
    v_now + make_interval(days => v_plan.trial_days), true, v_now
  )
  on conflict (provider, provider_subscription_id) do nothing;
  return found;
end
$$;
comment on function private.give_trial(uuid, jsonb) is
  'The trial of a confirmed address, once for all accounts that this mailbox ever has: a subscription without a provider that ends by itself.';

create function public.signup_provision(p_user_id uuid)
returns jsonb
language plpgsql
security definer -- reads auth.users and writes for a user who is not there
set search_path = ''
as $$
declare
  v_config jsonb := (select c.value from public.global_config as c where c.key = 'signup');
  v_now timestamptz := private.now();
  v_progress private.signup_progress;
  v_verified boolean;
  v_given text[] := '{}';
begin
  if not private.provision_user(p_user_id) then
    perform private.raise_problem(404, 'user_not_found');
  end if;
  insert into private.signup_progress (user_id, created_at) values (p_user_id, v_now) on conflict (user_id) do nothing;
  -- Deliveries of the same news wait for each other here.
  select p.* into v_progress from private.signup_progress as p where p.user_id = p_user_id for update;
  if v_progress.due_at is null then
    return jsonb_build_object('user_id', p_user_id, 'given', v_given);
  end if;
  select p.email_verified into v_verified from public.profiles as p where p.id = p_user_id and p.deleted_at is null;
  if not found then
    update private.signup_progress as p set due_at = null where p.user_id = p_user_id;
    return jsonb_build_object('user_id', p_user_id, 'given', v_given);
  end if;

  perform private.open_account(p_user_id);
  if v_progress.starter_resume_at is null then
    if private.give_starter_resume(p_user_id, v_config) then
      v_given := v_given || 'starter_resume'::text;
    end if;
    v_progress.starter_resume_at := v_now;
  end if;
  if v_verified then
    -- Also given by the trigger that sees the confirmation; by its key it is given once.
    perform private.grant_welcome(p_user_id);
    if v_progress.trial_at is null then
      if private.give_trial(p_user_id, v_config) then
        v_given := v_given || 'trial'::text;
      end if;
      v_progress.trial_at := v_now;
    end if;
  end if;
  update private.signup_progress as p
  set starter_resume_at = v_progress.starter_resume_at, trial_at = v_progress.trial_at, due_at = null, error = null
  where p.user_id = p_user_id;
  return jsonb_build_object('user_id', p_user_id, 'given', v_given);
end
$$;
comment on function public.signup_provision(uuid) is
  'Gives a user what their sign-up is still owed and says what that was; running it again gives nothing twice. Benefits of a confirmed address wait for the confirmation.';

create function public.signup_sweep(p_limit integer default 200)
returns integer
language plpgsql
security definer -- writes for users who are not there
set search_path = ''
as $$
declare
  v_user uuid;
  v_now timestamptz := private.now();
  v_count integer := 0;
begin
  for v_user in
    with due as (
      select s.user_id
      from private.signup_progress as s
      where s.due_at <= v_now
      order by s.due_at
      limit greatest(0, least(p_limit, 10000))
      for update skip locked
    )
    -- Accounts are locked by id, like everywhere.
    select d.user_id from due as d order by d.user_id
  loop
    begin
      perform public.signup_provision(v_user);
    exception when others then
      -- One user's trouble is not the others': they are looked at again in an hour.
      update private.signup_progress as s set due_at = v_now + interval '1 hour', error = left(sqlerrm, 200)
      where s.user_id = v_user;
    end;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function public.signup_sweep(integer) is 'Provisions users of whose sign-up or confirmation no message arrived; returns how many it looked at.';

create function public.signup_backfill(p_after uuid default null, p_limit integer default 5000)
returns jsonb
language sql
security definer -- reads auth.users
set search_path = ''
as $$
  with slice as (
    select u.id, nullif(u.email, '') as email, u.email_confirmed_at is not null as confirmed
    from auth.users as u where p_after is null or u.id > p_after order by u.id limit greatest(1, least(p_limit, 50000))
  ),
  -- Materialised: nobody is provisioned before it is known that they have to be. One look at an index per user: a join
  -- would read all profiles for each slice.
  missing as materialized (
    select s.id
    from slice as s
    where
      -- Also a profile without the address, which the client made or which could not follow.
      (select p.id from public.profiles as p where p.id = s.id and p.email is not distinct from s.email and p.email_verified = s.confirmed) is null
      or (select t.user_id from public.user_settings as t where t.user_id = s.id) is null
  )
  select jsonb_build_object(
    'provisioned', (select count(*) from missing as m where private.provision_user(m.id)),
    'last', (select s.id from slice as s order by s.id desc limit 1)
  )
$$;
comment on function public.signup_backfill(uuid, integer) is
  'Provisions users without profile or settings, or with a profile that lacks the address, in one slice of all users after an id: {provisioned, last}; last is null at the end.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
  public.signup_check(text, text, text), public.signup_provision(uuid), public.signup_sweep(integer), public.signup_backfill(uuid, integer)
to service_role;
