-- Shared pages in use: how often each is looked at, and pages that an administrator took down.

-- tables ------------------------------------------------------------------------------------------------------
create table private.share_views (
  resume_id uuid not null references public.resumes (id) on delete cascade,
  -- In UTC. A count and nothing else: not who looked, from where, or when.
  day date not null,
  views integer not null default 0 check (views >= 0),
  primary key (resume_id, day)
);
comment on table private.share_views is 'How often a shared page was read, per day.';

create table private.share_takedowns (
  resume_id uuid primary key references public.resumes (id) on delete cascade,
  reason text not null check (char_length(reason) between 3 and 500),
  -- Without a foreign key: the record outlives the administrator.
  admin_id uuid not null,
  created_at timestamptz not null default now()
);
comment on table private.share_takedowns is 'Résumés that may not be shared, and why. Their owners see the reason when they try.';

-- indexes -----------------------------------------------------------------------------------------------------
create index share_views_day_idx on private.share_views (day);

-- row level security ------------------------------------------------------------------------------------------
alter table private.share_views enable row level security;
alter table private.share_takedowns enable row level security;

-- data --------------------------------------------------------------------------------------------------------
insert into private.retention_policies (data_type, table_name, age_column, keep, reason) values
('share_views', 'private.share_views', 'day', interval '1 year', 'A year of views shows how a page does');

-- triggers ----------------------------------------------------------------------------------------------------
create function private.refuse_taken_down()
returns trigger
language plpgsql
security definer -- owners cannot read private
set search_path = ''
as $$
declare
  v_reason text := (select t.reason from private.share_takedowns as t where t.resume_id = new.id);
begin
  if v_reason is not null then
    perform private.raise_problem(403, 'share_taken_down', v_reason, 'Ask the support to look at it again.');
  end if;
  return null;
end
$$;
comment on function private.refuse_taken_down() is 'After publishing: refuses a résumé that an administrator took down, with the reason.';

create trigger resumes_taken_down after update on public.resumes
for each row when (new.is_public and not old.is_public) execute function private.refuse_taken_down();

-- functions ---------------------------------------------------------------------------------------------------
create function private.count_view(p_resume_id uuid, p_at timestamptz)
returns void
language sql
set search_path = ''
as $$
  insert into private.share_views as v (resume_id, day, views) values (p_resume_id, (p_at at time zone 'UTC')::date, 1)
  on conflict (resume_id, day) do update set views = v.views + 1
$$;
comment on function private.count_view(uuid, timestamptz) is 'Counts that a shared page was read.';

create function public.resume_share_views(id uuid, days integer default 90)
returns table (day date, views integer)
language plpgsql
stable
security definer -- the counts are in a table that clients cannot write
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id constant uuid := private.require_active();
  v_today constant date := (private.now() at time zone 'UTC')::date;
begin
  return query
  select v.day, v.views
  from private.share_views as v
  inner join public.resumes as r on r.id = v.resume_id
  where v.resume_id = resume_share_views.id and r.user_id = v_user_id
    and v.day > v_today - greatest(1, least(resume_share_views.days, 366))
  order by v.day;
end
$$;
comment on function public.resume_share_views(uuid, integer) is
  'How often the caller''s shared résumé was read on each of the last days, in UTC; days without a view are left out.';

create function public.share_take_down(slug text, reason text)
returns uuid
language plpgsql
security definer -- no policy shows an administrator other people's rows
set search_path = ''
as $$
declare
  v_resume record;
begin
  perform private.require_admin(reason, 'shares.moderate');
  select r.id, r.user_id into v_resume from public.resumes as r where r.share_slug = slug for no key update;
  if v_resume.id is null then
    perform private.raise_problem(404, 'share_not_found');
  end if;
  insert into private.share_takedowns as t (resume_id, reason, admin_id, created_at)
  values (v_resume.id, share_take_down.reason, (select auth.uid()), private.now())
  on conflict (resume_id) do update set reason = excluded.reason, admin_id = excluded.admin_id, created_at = excluded.created_at;
  update public.resumes as r set is_public = false where r.id = v_resume.id;
  perform private.audit(v_resume.user_id, 'share_taken_down', 'resume', v_resume.id, jsonb_build_object('reason', reason));
  return v_resume.id;
end
$$;
comment on function public.share_take_down(text, text) is
  'For administrators: ends the sharing of a page and keeps its résumé from being shared again. Returns the résumé''s id. Audited.';

create function public.share_allow(id uuid, reason text)
returns void
language plpgsql
security definer -- no policy shows an administrator other people's rows
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  perform private.require_admin(reason, 'shares.moderate');
  delete from private.share_takedowns as t where t.resume_id = share_allow.id;
  if not found then
    perform private.raise_problem(404, 'share_not_found');
  end if;
  select r.user_id into v_user_id from public.resumes as r where r.id = share_allow.id;
  perform private.audit(v_user_id, 'share_allowed', 'resume', share_allow.id, jsonb_build_object('reason', reason));
end
$$;
comment on function public.share_allow(uuid, text) is 'For administrators: lets a résumé that was taken down be shared again. Its owner publishes it, under a new slug. Audited.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.resume_share_views(uuid, integer), public.share_take_down(text, text), public.share_allow(uuid, text)
to authenticated;
