-- The weekly digest: what is open in the job search of users who want to be told.

-- functions -------------------------------------------------------------------------------------------------------
create function private.digest_of(p_user_id uuid, p_now timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with mine as (
    select j.* from public.jobs as j
    where j.user_id = p_user_id and j.deleted_at is null and j.status in ('saved', 'applied', 'interviewing')
  ),
  waiting as (
    select m.*, count(*) over () as n from mine as m
    where m.status = 'applied' and m.updated_at < p_now - interval '7 days' order by m.updated_at, m.id limit 10
  ),
  coming as (
    select m.*, count(*) over () as n from mine as m
    where m.interview_at >= p_now and m.interview_at < p_now + interval '8 days' order by m.interview_at, m.id limit 10
  )
  select nullif(
    jsonb_strip_nulls(jsonb_build_object(
      'waiting', (select jsonb_agg(jsonb_build_object('title', w.title, 'company', w.company, 'at', w.updated_at) order by w.updated_at, w.id) from waiting as w),
      'waiting_count', (select max(w.n) from waiting as w),
      'interviews', (select jsonb_agg(jsonb_build_object('title', c.title, 'company', c.company, 'at', c.interview_at) order by c.interview_at, c.id) from coming as c),
      'interviews_count', (select max(c.n) from coming as c)
    )), '{}'
  )
$$;
comment on function private.digest_of(uuid, timestamptz) is
  'What a weekly digest tells: applications without an answer for a week, and interviews of the next eight days, ten of each. Null: nothing.';

create function public.digests_put(p_limit integer default 100)
returns integer
language plpgsql
security definer -- reads everybody's jobs, writes the queue
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_week text := to_char(v_now at time zone 'UTC', 'IYYY-"W"IW');
  v_count integer;
begin
  insert into private.mails (kind, fact, user_id, next_attempt_at, created_at)
  select 'weekly_digest', s.user_id || ' ' || v_week, s.user_id, v_now, v_now
  from public.user_settings as s
  where
    s.job_alerts and s.email_notifications and private.active_user(s.user_id) is not null
    and not exists (select from private.mails as m where m.kind = 'weekly_digest' and m.fact = s.user_id || ' ' || v_week)
    and private.digest_of(s.user_id, v_now) is not null
  limit greatest(0, least(p_limit, 1000))
  on conflict do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.digests_put(integer) is
  'Puts the weekly digest of users who want one (job_alerts) and have something in it into the queue, once per ISO week; returns how many.';

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function public.digests_put(integer) to service_role;
