-- Jobs: one row is both a tracker entry and a job description.

-- table -------------------------------------------------------------------------------------------------------
create table public.jobs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  title text not null check (char_length(title) between 1 and 255),
  company text check (char_length(company) <= 255),
  description text check (char_length(description) <= 100000),
  extracted_data jsonb check (jsonb_typeof(extracted_data) = 'object' and octet_length(extracted_data::text) <= 65536),
  location text check (char_length(location) <= 255),
  salary_range text check (char_length(salary_range) <= 100),
  employment_type text check (char_length(employment_type) <= 50),
  source_url text check (source_url ~* '^https?://' and char_length(source_url) <= 2048),
  status text not null default 'saved'
  check (status in ('saved', 'applied', 'interviewing', 'offered', 'rejected', 'accepted')),
  notes text check (char_length(notes) <= 20000),
  interview_at timestamptz,
  -- The résumé that was sent, and two columns that the trigger derives.
  resume_id uuid,
  resume_version integer,
  furthest_step text not null default 'saved'
  check (furthest_step in ('saved', 'applied', 'interviewing', 'offered', 'accepted')),
  search tsvector,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (id, user_id),
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete set null (resume_id)
);
comment on table public.jobs is 'Jobs that a user follows, with their descriptions: the tracker, and the target of analyses and letters.';
comment on column public.jobs.extracted_data is
  'Data extracted from the description: requiredSkills, preferredSkills, requiredExperience, education, responsibilities, keywords.';
comment on column public.jobs.interview_at is 'When the next interview is.';
comment on column public.jobs.resume_version is 'Derived: the version of the résumé when the job left saved, or when another résumé was named.';
comment on column public.jobs.furthest_step is 'Derived: how far an application has come, also if it was rejected after that.';
comment on column public.jobs.search is 'Derived from title, company and description; for textSearch() and job_search().';

alter table public.resumes
add constraint resumes_ai_optimized_for_job_id_fkey foreign key (ai_optimized_for_job_id, user_id)
references public.jobs (id, user_id) on delete set null (ai_optimized_for_job_id);

-- indexes -----------------------------------------------------------------------------------------------------
create index jobs_dashboard_idx on public.jobs (user_id, updated_at desc) where deleted_at is null;
create index jobs_user_created_idx on public.jobs (user_id, created_at desc) where deleted_at is null;
create index jobs_user_status_idx on public.jobs (user_id, status) where deleted_at is null;
create index jobs_user_id_idx on public.jobs (user_id);
create index jobs_resume_id_idx on public.jobs (resume_id, user_id);
create index jobs_deleted_at_idx on public.jobs (deleted_at) where deleted_at is not null;
create index jobs_search_idx on public.jobs using gin (search) where deleted_at is null;

-- row level security and policies -----------------------------------------------------------------------------
alter table public.jobs enable row level security;

create policy "Users read their own jobs outside the bin" on public.jobs
for select to authenticated
using (deleted_at is null and user_id = (select private.active_user()));

create policy "Users insert their own jobs" on public.jobs
for insert to authenticated
with check (user_id = (select private.active_user()));

create policy "Users update their own jobs" on public.jobs
for update to authenticated
using (user_id = (select private.active_user()) and deleted_at is null)
with check (user_id = (select private.active_user()));

create policy "Users delete their own jobs" on public.jobs
for delete to authenticated
using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create function private.jobs_before_write()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_steps constant text[] := '{saved,applied,interviewing,offered,accepted}';
  v_stored timestamptz;
begin
  if tg_op = 'UPDATE' then
    v_stored := old.deleted_at;
    if private.is_client() then
      new.id := old.id;
    end if;
  end if;
  if private.is_client() and new.deleted_at is distinct from v_stored then
    perform private.raise_problem(422, 'read_only_column', 'deleted_at', 'Call job_delete or job_undelete.');
  end if;
  new.search := to_tsvector('english', concat_ws(e'\n', new.title, new.company, new.location, new.description));
  if new.status = 'saved' then
    new.furthest_step := 'saved';
  else
    -- A rejection answers an application.
    new.furthest_step := v_steps[greatest(
      array_position(v_steps, case when tg_op = 'UPDATE' then old.furthest_step end),
      array_position(v_steps, new.status), 2
    )];
  end if;
  if new.status = 'saved' or new.resume_id is null then
    new.resume_version := null;
  elsif tg_op = 'INSERT' or old.status = 'saved' or old.resume_id is distinct from new.resume_id then
    new.resume_version := (select r.version from public.resumes as r where r.id = new.resume_id and r.user_id = new.user_id);
  else
    new.resume_version := old.resume_version;
  end if;
  return new;
end
$$;
comment on function private.jobs_before_write() is 'Before insert or update: sets the search vector, the furthest step and the version that was sent, and guards columns that a client may not set.';

create trigger jobs_before_write before insert or update on public.jobs
for each row execute function private.jobs_before_write();

create trigger jobs_stamp before insert or update on public.jobs
for each row execute function private.stamp_times();

-- functions ---------------------------------------------------------------------------------------------------
create function public.job_delete(id uuid, permanently boolean default false)
returns void
language plpgsql
security definer -- clients cannot see rows in the bin, not even as the result of their own update
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_active();
begin
  if permanently then
    delete from public.jobs as j where j.id = job_delete.id and j.user_id = v_user_id;
  else
    update public.jobs as j set deleted_at = private.now()
    where j.id = job_delete.id and j.user_id = v_user_id and j.deleted_at is null;
  end if;
  if not found then
    perform private.raise_problem(404, 'job_not_found', 'There is no such job.');
  end if;
end
$$;
comment on function public.job_delete(uuid, boolean) is 'Moves the caller''s job to the bin, or erases it, whether it is in the bin or not.';

create function public.job_undelete(id uuid)
returns public.jobs
language plpgsql
security definer -- clients cannot see rows in the bin
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_active();
  v_job public.jobs;
begin
  update public.jobs as j set deleted_at = null
  where j.id = job_undelete.id and j.user_id = v_user_id and j.deleted_at is not null
  returning j.* into v_job;
  if not found then
    perform private.raise_problem(404, 'job_not_found', 'There is no such job in the bin.');
  end if;
  return v_job;
end
$$;
comment on function public.job_undelete(uuid) is 'Restores the caller''s job from the bin.';

create function public.bin_list()
returns table (kind text, id uuid, title text, deleted_at timestamptz)
language sql
stable
security definer -- clients cannot see rows in the bin
set search_path = ''
as $$
  select 'resume', r.id, r.title, r.deleted_at from public.resumes as r
  where r.user_id = (select private.require_active()) and r.deleted_at is not null
  union all
  select 'job', j.id, j.title, j.deleted_at from public.jobs as j
  where j.user_id = (select private.require_active()) and j.deleted_at is not null
  order by 4 desc
$$;
comment on function public.bin_list() is 'The caller''s résumés and jobs in the bin.';

create function public.job_search(query text, max_results integer default 20)
returns table (id uuid, title text, company text, status text, updated_at timestamptz, rank real, headline text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  -- Before any row is read: a search that is too long is refused even if there is nothing to find.
  v_query constant tsquery := private.search_query(job_search.query);
begin
  return query
  select h.id, h.title, h.company, h.status, h.updated_at, h.rank, private.search_headline(h.description, v_query)
  from (
    select j.*, ts_rank(j.search, v_query) as rank
    from public.jobs as j
    where j.user_id = (select private.require_active()) and j.deleted_at is null and j.search @@ v_query
    order by ts_rank(j.search, v_query) desc, j.updated_at desc
    limit greatest(0, least(job_search.max_results, 100))
  ) as h
  order by h.rank desc, h.updated_at desc;
end
$$;
comment on function public.job_search(text, integer) is 'The caller''s jobs that match a web-style query, best match first, with matching passages.';

create function public.resume_outcomes()
returns table (
  resume_id uuid, title text, resume_version integer, applications bigint, waiting bigint, interviews bigint, offers bigint, rejections bigint,
  last_change timestamptz
)
language sql
stable
set search_path = ''
as $$
  select
    j.resume_id, r.title, j.resume_version, count(*), count(*) filter (where j.status = 'applied'),
    count(*) filter (where j.furthest_step in ('interviewing', 'offered', 'accepted')),
    count(*) filter (where j.furthest_step in ('offered', 'accepted')), count(*) filter (where j.status = 'rejected'), max(j.updated_at)
  from public.jobs as j
  inner join public.resumes as r on r.id = j.resume_id
  where j.user_id = (select private.require_active()) and j.deleted_at is null and j.status <> 'saved'
  group by j.resume_id, r.title, j.resume_version
  order by 6 desc, 4 desc, 1, 3
$$;
comment on function public.resume_outcomes() is
  'What became of the caller''s applications, for each version of a résumé that was sent: how many wait, led to an interview, to an offer, were rejected.';

-- grants ------------------------------------------------------------------------------------------------------
grant select, insert, update, delete on public.jobs to authenticated;
grant execute on function
  public.job_delete(uuid, boolean), public.job_undelete(uuid), public.bin_list(), public.job_search(text, integer), public.resume_outcomes()
to authenticated;
