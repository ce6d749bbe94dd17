-- Sources of a résumé: auto-saved drafts, uploaded files, a user's experiences, bullets from interviews.

-- tables ------------------------------------------------------------------------------------------------------
create table public.resume_drafts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  resume_id uuid,
  template_id uuid references public.resume_templates (id) on delete set null,
  -- Not checked against the résumé shape: a form may be saved half filled in.
  content jsonb not null default '{}' check (private.json_within(content, 'object', 262144)),
  last_saved timestamptz not null default now(),
  created_at timestamptz not null default now(),
  -- One draft per résumé, and one for a résumé that does not exist yet.
  unique nulls not distinct (user_id, resume_id),
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete cascade
);
comment on table public.resume_drafts is 'Auto-saved form data: one row per résumé, and one for a résumé that does not exist yet.';

create table public.resume_uploads (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  file_name text not null check (char_length(file_name) between 1 and 255),
  -- {user_id}/{uuid}.pdf in the bucket resumes
  path text not null check (
    private.own_path(path, user_id)
    and path ~ '^[^/]+/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(pdf|docx|json|zip|txt)$'
  ),
  file_size_bytes integer check (file_size_bytes between 0 and 52428800),
  parsed_data jsonb check (private.json_within(parsed_data, 'object', 524288)),
  parse_status text not null default 'pending' check (parse_status in ('pending', 'completed', 'failed')),
  confidence numeric(3, 2) check (confidence between 0 and 1),
  error_message text check (char_length(error_message) <= 1000),
  resume_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (path),
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete set null (resume_id)
);
comment on table public.resume_uploads is 'Files that users uploaded, and what the importer read from them.';
comment on column public.resume_uploads.confidence is 'The importer''s confidence in the result, 0 to 1. Low confidence is not an error.';

create table public.user_experiences (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  company text not null check (char_length(company) between 1 and 255),
  position text not null check (char_length(position) between 1 and 255),
  location text check (char_length(location) <= 255),
  start_date date,
  end_date date,
  is_current boolean not null default false,
  description text check (char_length(description) <= 10000),
  technologies jsonb not null default '[]' check (private.string_list(technologies, 200)),
  achievements jsonb not null default '[]' check (private.string_list(achievements, 200)),
  responsibilities jsonb not null default '[]' check (private.string_list(responsibilities, 200)),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (end_date >= start_date),
  check (not (is_current and end_date is not null))
);
comment on table public.user_experiences is 'A user''s career, independent of any résumé. Résumés are filled from it.';

create table public.resume_bullets (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  -- Null: nobody asked. Empty transcript: written from the résumé alone.
  question text check (char_length(question) between 1 and 2000),
  transcript text not null check (char_length(transcript) <= 50000),
  bullets jsonb not null check (private.string_list(bullets, 50)),
  role text check (char_length(role) <= 255),
  experience text check (char_length(experience) <= 255),
  session_id uuid,
  usage_id uuid,
  created_at timestamptz not null default now()
);
comment on table public.resume_bullets is 'Bullet points with what they were written from: a user''s answer to a question, notes, or an entry of a résumé.';

-- indexes -----------------------------------------------------------------------------------------------------
create index resume_drafts_resume_id_idx on public.resume_drafts (resume_id, user_id);
create index resume_drafts_template_id_idx on public.resume_drafts (template_id);
create index resume_drafts_last_saved_idx on public.resume_drafts (last_saved);
create index resume_uploads_dashboard_idx on public.resume_uploads (user_id, created_at desc);
create index resume_uploads_resume_id_idx on public.resume_uploads (resume_id, user_id);
create index resume_uploads_open_idx on public.resume_uploads (updated_at) where parse_status in ('pending', 'failed');
create index user_experiences_user_id_idx on public.user_experiences (user_id, start_date desc);
create index resume_bullets_dashboard_idx on public.resume_bullets (user_id, created_at desc);
create index resume_bullets_role_idx on public.resume_bullets (role);
create index resume_bullets_bullets_idx on public.resume_bullets using gin (bullets);

-- row level security and policies -----------------------------------------------------------------------------
alter table public.resume_drafts enable row level security;
alter table public.resume_uploads enable row level security;
alter table public.user_experiences enable row level security;
alter table public.resume_bullets enable row level security;

create policy "Users read their own drafts" on public.resume_drafts
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users insert their own drafts" on public.resume_drafts
for insert to authenticated with check (user_id = (select private.active_user()));
create policy "Users update their own drafts" on public.resume_drafts
for update to authenticated using (user_id = (select private.active_user())) with check (user_id = (select private.active_user()));
create policy "Users delete their own drafts" on public.resume_drafts
for delete to authenticated using (user_id = (select private.active_user()));

create policy "Users read their own uploads" on public.resume_uploads
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users insert their own uploads" on public.resume_uploads
for insert to authenticated with check (user_id = (select private.active_user()));
create policy "Users update their own uploads" on public.resume_uploads
for update to authenticated using (user_id = (select private.active_user())) with check (user_id = (select private.active_user()));
create policy "Users delete their own uploads" on public.resume_uploads
for delete to authenticated using (user_id = (select private.active_user()));

create policy "Users read their own experiences" on public.user_experiences
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users insert their own experiences" on public.user_experiences
for insert to authenticated with check (user_id = (select private.active_user()));
create policy "Users update their own experiences" on public.user_experiences
for update to authenticated using (user_id = (select private.active_user())) with check (user_id = (select private.active_user()));
create policy "Users delete their own experiences" on public.user_experiences
for delete to authenticated using (user_id = (select private.active_user()));

create policy "Users read their own bullets" on public.resume_bullets
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users update their own bullets" on public.resume_bullets
for update to authenticated using (user_id = (select private.active_user())) with check (user_id = (select private.active_user()));
create policy "Users delete their own bullets" on public.resume_bullets
for delete to authenticated using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create function private.drafts_before_write()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.last_saved := private.now();
  if tg_op = 'UPDATE' then
    new.created_at := old.created_at;
    -- An upsert on (user_id, resume_id) sends a new default id.
    new.id := old.id;
  elsif private.is_client() then
    new.created_at := now();
  end if;
  return new;
end
$$;
comment on function private.drafts_before_write() is 'Before insert or update: stamps last_saved; id and created_at never change.';

create function private.drafts_after_write()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.template_id is not null and (tg_op = 'INSERT' or new.template_id is distinct from old.template_id) then
    perform private.assert_template_usable(new.user_id, new.template_id);
  end if;
  return null;
end
$$;
comment on function private.drafts_after_write() is 'After insert or update: checks the template as for a résumé.';

create trigger resume_drafts_before_write before insert or update on public.resume_drafts
for each row execute function private.drafts_before_write();
create trigger resume_drafts_after_write after insert or update on public.resume_drafts
for each row execute function private.drafts_after_write();

create trigger resume_uploads_stamp before insert or update on public.resume_uploads
for each row execute function private.stamp_times();
create trigger resume_uploads_transition before update of parse_status on public.resume_uploads
for each row execute function private.guard_transition('parse_status', 'pending>completed', 'pending>failed', 'failed>pending', 'failed>completed');

create trigger user_experiences_stamp before insert or update on public.user_experiences
for each row execute function private.stamp_times();

-- functions ---------------------------------------------------------------------------------------------------
create function private.month_of(p_date text, p_month text)
returns date
language sql
immutable
set search_path = ''
as $$
  select case
    when p_date ~ '^(19|20)\d\d-(0[1-9]|1[0-2])' then (left(p_date, 7) || '-01')::date
    when p_date ~ '^(19|20)\d\d$' then (p_date || p_month)::date
  end
$$;
comment on function private.month_of(text, text) is 'The first day of the month of a date in a résumé; a year alone gets the given month. Null for other texts.';

create function public.experiences_from_resume(id uuid)
returns setof public.user_experiences
language plpgsql
set search_path = ''
as $$
declare
  v_content jsonb;
begin
  perform private.require_active();
  select r.content into v_content from public.resumes as r where r.id = experiences_from_resume.id;
  if not found then
    perform private.raise_problem(404, 'resume_not_found', 'There is no such résumé.');
  end if;
  return query
  insert into public.user_experiences as x (
    company, position, location, start_date, end_date, is_current, description, technologies, achievements
  )
  select
    j.company, j.position, nullif(left(j.entry ->> 'location', 255), ''), j.start_date,
    case when j.end_date >= j.start_date then j.end_date end, j.start_date is not null and j.is_current,
    left(j.entry ->> 'description', 10000), coalesce(j.entry -> 'technologies', '[]'), coalesce(j.entry -> 'bullets', '[]')
  from (
    select
      e.entry, e.place, left(coalesce(e.entry ->> 'company', e.entry ->> 'employer'), 255) as company,
      left(coalesce(e.entry ->> 'role', e.entry ->> 'title', e.entry ->> 'position', e.entry ->> 'jobTitle'), 255) as position,
      private.month_of(e.entry ->> 'startDate', '-01-01') as start_date, private.month_of(e.entry ->> 'endDate', '-12-01') as end_date,
      coalesce(nullif(lower(e.entry ->> 'endDate'), ''), 'present') = 'present' as is_current
    from jsonb_array_elements(coalesce(v_content -> 'experience', '[]')) with ordinality as e (entry, place)
  ) as j
  where
    j.company <> '' and j.position <> ''
    and not exists (
      select from public.user_experiences as k
      where
        k.user_id = (select auth.uid()) and lower(k.company) = lower(j.company) and lower(k.position) = lower(j.position)
        and k.start_date is not distinct from j.start_date
    )
  order by j.place
  returning x.*;
end
$$;
comment on function public.experiences_from_resume(uuid) is
  'Adds the jobs of the caller''s résumé to their experiences and returns those that were new: another employer, position or start. A job without employer or position is left out.';

create function private.experience_entries(p_user_id uuid, p_jobs jsonb, p_ids uuid[] default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(n.entry order by n.start_date desc nulls last, n.company), '[]')
  from (
    select
      x.start_date, x.company,
      jsonb_strip_nulls(jsonb_build_object(
        'company', x.company, 'role', x.position, 'location', x.location, 'startDate', to_char(x.start_date, 'YYYY-MM'),
        'endDate', case when x.is_current then 'Present' else to_char(x.end_date, 'YYYY-MM') end,
        'description', x.description, 'bullets', x.achievements || x.responsibilities, 'technologies', x.technologies
      )) as entry
    from public.user_experiences as x
    where x.user_id = p_user_id and (p_ids is null or x.id = any(p_ids))
  ) as n
  where not exists (
    select from jsonb_array_elements(p_jobs) as j
    where
      lower(coalesce(j ->> 'company', j ->> 'employer')) = lower(n.company)
      and lower(coalesce(j ->> 'role', j ->> 'title', j ->> 'position', j ->> 'jobTitle')) = lower(n.entry ->> 'role')
      and private.month_of(j ->> 'startDate', '-01-01') is not distinct from n.start_date
  )
$$;
comment on function private.experience_entries(uuid, jsonb, uuid[]) is
  'A user''s experiences, all or those named, as jobs of a résumé, the newest first, without those that its jobs have already.';

create function public.resume_add_experiences(id uuid, base_version integer, experience_ids uuid[] default null)
returns public.resumes
language plpgsql
set search_path = ''
as $$
declare
  v_content jsonb;
  v_jobs jsonb;
begin
  perform private.require_active();
  select r.content, coalesce(r.content -> 'experience', '[]') into v_content, v_jobs
  from public.resumes as r where r.id = resume_add_experiences.id;
  if not found then
    perform private.raise_problem(404, 'resume_not_found', 'There is no such résumé.');
  end if;
  if (select count(*) from public.user_experiences as x where x.id = any(experience_ids)) < cardinality(experience_ids) then
    perform private.raise_problem(404, 'experience_not_found', 'There is no such experience.');
  end if;
  return public.resume_save(
    resume_add_experiences.id, base_version,
    jsonb_set(v_content, '{experience}', private.experience_entries(auth.uid(), v_jobs, experience_ids) || v_jobs), 'manual', 'Added experiences'
  );
end
$$;
comment on function public.resume_add_experiences(uuid, integer, uuid[]) is
  'Puts the caller''s experiences, all or those named, before the jobs of their résumé, the newest first, and saves it as resume_save does. What the résumé has already is not added again.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
private.month_of(text, text), private.experience_entries(uuid, jsonb, uuid[]), public.experiences_from_resume(uuid), public.resume_add_experiences(uuid, integer, uuid[])
to authenticated;
grant select, insert, update, delete on public.resume_drafts, public.user_experiences to authenticated;
-- What the importer read and what a model wrote come from the function that ran it. Users rename a file and edit their bullets.
grant select, delete on public.resume_uploads, public.resume_bullets to authenticated;
grant insert (id, user_id, file_name, path, file_size_bytes), update (file_name) on public.resume_uploads to authenticated;
grant update (bullets, role, experience) on public.resume_bullets to authenticated;
-- Drafts are written with the user's rights, so the trigger calls a definer function that can read all templates.
grant execute on function private.assert_template_usable(uuid, uuid) to authenticated, service_role;
