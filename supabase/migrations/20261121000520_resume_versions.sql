-- Résumé versions: snapshots, saving on a base version, restoring, and the bin.

-- table -------------------------------------------------------------------------------------------------------
create table public.resume_versions (
  id uuid primary key default gen_random_uuid(),
  resume_id uuid not null,
  user_id uuid not null,
  version_number integer not null check (version_number >= 1),
  title text not null check (char_length(title) <= 255),
  content jsonb not null check (pg_column_size(content) <= 4194304),
  layout jsonb not null default '{}' check (pg_column_size(layout) <= 65536),
  change_summary text check (char_length(change_summary) <= 500),
  change_type text not null default 'manual'
  check (change_type in ('manual', 'ai_optimized', 'template_change', 'import', 'restore')),
  changed_by uuid references public.profiles (id) on delete set null,
  created_at timestamptz not null default now(),
  unique (resume_id, version_number),
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete cascade
);
comment on table public.resume_versions is
  'Snapshots of résumés, at most 30 each and as many per account as its plan stores. Direct saves create one every two minutes at most; every other change creates one.';

-- indexes -----------------------------------------------------------------------------------------------------
create index resume_versions_resume_id_idx on public.resume_versions (resume_id, user_id);
create index resume_versions_user_id_idx on public.resume_versions (user_id, created_at desc);
create index resume_versions_changed_by_idx on public.resume_versions (changed_by);

-- row level security and policies -----------------------------------------------------------------------------
alter table public.resume_versions enable row level security;

create policy "Users read versions of their own résumés" on public.resume_versions
for select to authenticated
using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create function private.resumes_snapshot()
returns trigger
language plpgsql
security definer -- only this trigger writes versions
set search_path = ''
as $$
declare
  c_throttle constant interval := interval '2 minutes';
  c_kept constant integer := 30;
  v_type text := coalesce(nullif(current_setting('resumebase.change_type', true), ''), 'manual');
  v_summary text := nullif(current_setting('resumebase.change_summary', true), '');
  v_latest timestamptz;
begin
  if tg_op = 'UPDATE' then
    if new.version = old.version then
      return null;
    end if;
    if v_type = 'manual' and new.template_id is distinct from old.template_id then
      v_type := 'template_change';
      v_summary := coalesce(v_summary, (select left('Template: ' || t.name, 500) from public.resume_templates as t where t.id = new.template_id));
    end if;
    if v_type = 'manual' then
      select max(v.created_at) into v_latest from public.resume_versions as v where v.resume_id = new.id;
      if v_latest > private.now() - c_throttle then
        return null;
      end if;
    end if;
    -- The replaced state may not have been stored because of the throttle. Store it before it is lost.
    insert into public.resume_versions (resume_id, user_id, version_number, title, content, layout, changed_by, created_at)
    values (old.id, old.user_id, old.version, old.title, old.content, old.layout, old.user_id, old.last_edited)
    on conflict (resume_id, version_number) do nothing;
  end if;

  insert into public.resume_versions
    (resume_id, user_id, version_number, title, content, layout, change_summary, change_type, changed_by, created_at)
  values (
    new.id, new.user_id, new.version, new.title, new.content, new.layout, v_summary, v_type,
    (select p.id from public.profiles as p where p.id = (select auth.uid())), private.now()
  );
  delete from public.resume_versions as v
  where v.resume_id = new.id
    and v.version_number <= (
      select k.version_number from public.resume_versions as k
      where k.resume_id = new.id order by k.version_number desc offset c_kept limit 1
    );
  perform private.trim_versions(new.user_id, new.id, new.version);
  return null;
end
$$;
comment on function private.resumes_snapshot() is
  'After insert or update: stores the new state as a version. Stores the replaced state first if the throttle skipped it.';

create trigger resumes_snapshot after insert or update on public.resumes
for each row execute function private.resumes_snapshot();

-- functions ---------------------------------------------------------------------------------------------------
create function public.resume_save(
  id uuid, base_version integer, content jsonb, change_type text default 'manual', summary text default null
)
returns public.resumes
language plpgsql
set search_path = ''
as $$
declare
  v_resume public.resumes;
begin
  perform private.require_active();
  if base_version is null then
    perform private.raise_problem(422, 'base_version_required', 'Send the version that the change was made on.');
  end if;
  if change_type is null or change_type not in ('manual', 'ai_optimized', 'template_change', 'import', 'restore') then
    perform private.raise_problem(422, 'unknown_change_type', 'manual, ai_optimized, template_change, import or restore');
  end if;
  perform set_config('resumebase.change_type', change_type, true);
  perform set_config('resumebase.change_summary', left(coalesce(summary, ''), 500), true);
  update public.resumes as r
  set content = resume_save.content, version = resume_save.base_version
  where r.id = resume_save.id
  returning r.* into v_resume;
  if not found then
    perform private.raise_problem(404, 'resume_not_found', 'There is no such résumé.');
  end if;
  perform set_config('resumebase.change_type', '', true);
  perform set_config('resumebase.change_summary', '', true);
  return v_resume;
end
$$;
comment on function public.resume_save(uuid, integer, jsonb, text, text) is
  'Saves content based on base_version and stores a version of the given type. Raises version_conflict with the current version if another save came first.';

create function public.resume_restore(id uuid, version_number integer, base_version integer default null)
returns public.resumes
language plpgsql
set search_path = ''
as $$
declare
  v_version public.resume_versions;
  v_resume public.resumes;
begin
  perform private.require_active();
  select v.* into v_version from public.resume_versions as v
  where v.resume_id = resume_restore.id and v.version_number = resume_restore.version_number;
  if not found then
    perform private.raise_problem(404, 'version_not_found', 'There is no such version of this résumé.');
  end if;
  perform set_config('resumebase.change_type', 'restore', true);
  perform set_config('resumebase.change_summary', format('Restored version %s', v_version.version_number), true);
  update public.resumes as r
  set
    title = v_version.title,
    content = v_version.content,
    layout = v_version.layout,
    version = coalesce(resume_restore.base_version, r.version)
  where r.id = resume_restore.id
  returning r.* into v_resume;
  if not found then
    perform private.raise_problem(404, 'resume_not_found', 'There is no such résumé.');
  end if;
  perform set_config('resumebase.change_type', '', true);
  perform set_config('resumebase.change_summary', '', true);
  return v_resume;
end
$$;
comment on function public.resume_restore(uuid, integer, integer) is
  'Restores a version as a new one. The replaced state is stored as a version too, so that a restore loses nothing.';

create function public.resume_delete(id uuid, permanently boolean default false)
returns void
language plpgsql
security definer -- clients cannot see rows in the bin, not even as the result of their own update
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_active();
begin
  if permanently then
    delete from public.resumes as r where r.id = resume_delete.id and r.user_id = v_user_id;
  else
    update public.resumes as r set deleted_at = private.now()
    where r.id = resume_delete.id and r.user_id = v_user_id and r.deleted_at is null;
  end if;
  if not found then
    perform private.raise_problem(404, 'resume_not_found', 'There is no such résumé.');
  end if;
  update public.profiles as p set active_resume_id = null
  where p.id = v_user_id and p.active_resume_id = resume_delete.id;
end
$$;
comment on function public.resume_delete(uuid, boolean) is 'Moves the caller''s résumé to the bin, or erases it, whether it is in the bin or not.';

create function public.resume_undelete(id uuid)
returns public.resumes
language plpgsql
security definer -- clients cannot see rows in the bin
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_active();
  v_resume public.resumes;
begin
  update public.resumes as r set deleted_at = null
  where r.id = resume_undelete.id and r.user_id = v_user_id and r.deleted_at is not null
  returning r.* into v_resume;
  if not found then
    perform private.raise_problem(404, 'resume_not_found', 'There is no such résumé in the bin.');
  end if;
  return v_resume;
end
$$;
comment on function public.resume_undelete(uuid) is 'Restores the caller''s résumé from the bin if their plan allows one more.';

create function private.search_query(p_text text)
returns tsquery
language plpgsql
stable
set search_path = ''
as $$
begin
  if char_length(p_text) > 200 then
    perform private.raise_problem(422, 'search_too_long', 'A search has at most 200 characters.');
  end if;
  return websearch_to_tsquery('english', p_text);
end
$$;
comment on function private.search_query(text) is 'A web-style query of bounded length: each word costs time in every text.';

create function private.search_headline(p_text text, p_query tsquery)
returns text
language sql
stable
set search_path = ''
as $$
  select ts_headline(
    'english', left(coalesce(p_text, ''), 10000), p_query, 'StartSel=**, StopSel=**, MaxFragments=2, MaxWords=20, MinWords=5'
  )
$$;
comment on function private.search_headline(text, tsquery) is 'Matching passages among the first 10,000 characters of a text, with the words between **.';

create function public.resume_search(query text, max_results integer default 20)
returns table (id uuid, title text, status text, updated_at timestamptz, rank real, headline text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  -- Before any row is read: a search that is too long is refused even if there is nothing to find.
  v_query constant tsquery := private.search_query(resume_search.query);
begin
  return query
  -- Headlines of the best only: they read the text again.
  select h.id, h.title, h.status, h.updated_at, h.rank, private.search_headline(h.extracted_text, v_query)
  from (
    select r.*, ts_rank(r.search, v_query) as rank
    from public.resumes as r
    where r.user_id = (select private.require_active()) and r.deleted_at is null and r.search @@ v_query
    order by ts_rank(r.search, v_query) desc, r.updated_at desc
    limit greatest(0, least(resume_search.max_results, 100))
  ) as h
  order by h.rank desc, h.updated_at desc;
end
$$;
comment on function public.resume_search(text, integer) is 'The caller''s résumés that match a web-style query, best match first, with matching passages.';

create function public.template_usage_refresh(p_limit integer default 500)
returns integer
language sql
set search_path = ''
as $$
  with used as (
    select t.id, count(r.id)::integer as uses
    from public.resume_templates as t
    left join public.resumes as r on r.template_id = t.id and r.deleted_at is null
    group by t.id
    having count(r.id) <> t.usage_count
    limit greatest(0, least(p_limit, 5000))
  ),
  changed as (
    update public.resume_templates as t set usage_count = u.uses
    from used as u
    where u.id = t.id
    returning t.id
  )
  select count(*)::integer from changed
$$;
comment on function public.template_usage_refresh(integer) is
  'Counts the résumés outside the bin of every template and corrects up to p_limit counts; returns how many. Called by the nightly clean-up.';

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.resume_versions to authenticated;
grant execute on function private.search_query(text), private.search_headline(text, tsquery) to authenticated;
grant execute on function
  public.resume_save(uuid, integer, jsonb, text, text), public.resume_restore(uuid, integer, integer),
  public.resume_delete(uuid, boolean), public.resume_undelete(uuid), public.resume_search(text, integer)
to authenticated;
grant execute on function public.template_usage_refresh(integer) to service_role;
