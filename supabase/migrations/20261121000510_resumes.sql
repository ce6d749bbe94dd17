-- Résumés: the table, its guards, its optimistic lock, and its derived columns.

-- table -------------------------------------------------------------------------------------------------------
create function private.own_path(p_path text, p_user_id uuid)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select p_path is null
    or starts_with(p_path, p_user_id::text || '/') and char_length(p_path) <= 1024 and p_path !~ '(^|/)\.{1,2}(/|$)|//|[[:cntrl:]]'
$$;
comment on function private.own_path(text, uuid) is 'True for null or a storage path inside the user''s own folder.';

create table public.resumes (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  title text not null default 'Untitled Resume' check (char_length(title) between 1 and 255),
  template_id uuid default private.default_template() references public.resume_templates (id) on delete set null,
  content jsonb not null default '{}',
  layout jsonb not null default '{}',
  status text not null default 'draft' check (status in ('draft', 'published', 'archived')),
  is_draft boolean,
  is_active boolean not null default true,
  is_public boolean not null default false,
  share_slug text unique check (char_length(share_slug) <= 64),
  share_contact boolean not null default false,
  share_indexable boolean not null default false,
  share_pdf boolean not null default false,
  share_expires_at timestamptz,
  extracted_text text check (octet_length(extracted_text) <= 524288),
  search tsvector,
  ats_score integer check (ats_score between 0 and 100),
  optimization_score integer check (optimization_score between 0 and 100),
  ai_optimized_for_job_id uuid,
  parent_resume_id uuid,
  parent_version integer check (parent_version >= 1),
  version integer not null default 1 check (version >= 1),
  thumbnail_path text,
  original_file_path text,
  exported_pdf_path text,
  photo_path text,
  show_photo boolean not null default true,
  share_photo boolean not null default false,
  last_edited timestamptz not null default now(),
  last_accessed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (id, user_id),
  -- References between a user's rows include the user id, so that no row can reference another user's.
  foreign key (parent_resume_id, user_id) references public.resumes (id, user_id) on delete set null (parent_resume_id),
  constraint resumes_content_shape check (private.valid_content(content)),
  constraint resumes_layout_shape check (private.valid_layout(layout)),
  constraint resumes_public_is_published check (not is_public or status = 'published' and deleted_at is null),
  constraint resumes_public_has_slug check (is_public = (share_slug is not null)),
  constraint resumes_own_paths check (
    private.own_path(thumbnail_path, user_id)
    and private.own_path(original_file_path, user_id)
    and private.own_path(exported_pdf_path, user_id)
    and private.own_path(photo_path, user_id)
  )
);
comment on table public.resumes is 'A user''s résumés: content is one document, so that saving and loading touch one row.';
comment on column public.resumes.content is
  'The document: personalInfo, summary, experience[], education[], skills{technical,soft}, projects[], certifications[], languages[], awards[], volunteer[], publications[], references[].';
comment on column public.resumes.layout is 'Differences from the template: {"sectionOrder": [], "hidden": []}.';
comment on column public.resumes.version is 'Increases with every change of title, content, layout or template. An update that sends an older version is refused.';
comment on column public.resumes.photo_path is
  'In the bucket photos. Shown by templates with a place for it if show_photo, on the shared page only if share_photo, too.';
comment on column public.resumes.parent_version is 'The version of the parent that a variant was made from.';
comment on column public.resumes.share_slug is '128 random bits, set while the résumé is public. Publishing again creates a new slug.';
comment on column public.resumes.search is 'Derived from title and content; for textSearch() and resume_search().';
comment on column public.resumes.ats_score is 'The score of the latest completed analysis.';

alter table public.profiles
add constraint profiles_active_resume_id_fkey foreign key (active_resume_id, id)
references public.resumes (id, user_id) on delete set null (active_resume_id);
alter table public.resume_templates
add constraint resume_templates_demo_resume_id_fkey foreign key (demo_resume_id)
references public.resumes (id) on delete set null;

-- indexes -----------------------------------------------------------------------------------------------------
create index resumes_dashboard_idx on public.resumes (user_id, updated_at desc) where deleted_at is null;
create index resumes_user_created_idx on public.resumes (user_id, created_at desc) where deleted_at is null;
create index resumes_user_id_idx on public.resumes (user_id);
create index resumes_template_id_idx on public.resumes (template_id);
create index resumes_parent_resume_id_idx on public.resumes (parent_resume_id, user_id);
create index resumes_job_idx on public.resumes (ai_optimized_for_job_id, user_id);
create index resumes_status_idx on public.resumes (status) where deleted_at is null;
create index resumes_deleted_at_idx on public.resumes (deleted_at) where deleted_at is not null;
create index profiles_active_resume_id_idx on public.profiles (active_resume_id, id);

-- row level security and policies -----------------------------------------------------------------------------
alter table public.resumes enable row level security;

create policy "Users read their own résumés outside the bin" on public.resumes
for select to authenticated
using (deleted_at is null and user_id = (select private.active_user()));

create policy "Users insert their own résumés" on public.resumes
for insert to authenticated
with check (user_id = (select private.active_user()));

create policy "Users update their own résumés" on public.resumes
for update to authenticated
using (user_id = (select private.active_user()) and deleted_at is null)
with check (user_id = (select private.active_user()));

create policy "Users delete their own résumés" on public.resumes
for delete to authenticated
using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create function private.random_slug()
returns text
language sql
volatile
set search_path = ''
as $$
  -- A random uuid has 122 random bits; hashing two of them fills 128.
  select rtrim(translate(encode(substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) from 1 for 16), 'base64'), '+/', '-_'), '=')
$$;
comment on function private.random_slug() is 'An unguessable slug: 128 random bits as 22 characters that need no escaping in a URL.';

create function private.resumes_before_write()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_insert constant boolean := tg_op = 'INSERT';
  v_client constant boolean := private.is_client();
  v_text boolean := v_insert;
  v_now constant timestamptz := private.now();
begin
  if v_insert then
    if v_client then
      if new.deleted_at is not null then
        perform private.raise_problem(422, 'read_only_column', 'deleted_at', 'Call resume_delete.');
      end if;
      new.ats_score := null;
      new.optimization_score := null;
      new.last_edited := private.now();
    end if;
    -- An upsert of an existing résumé comes through here, too: its version is compared below.
    if not exists (select from public.resumes as r where r.id = new.id) then
      new.version := 1;
    end if;
    new.share_slug := null;
    -- is_draft is another way to set the status. If a statement sets both, the status wins unless it is the default.
    if new.is_draft is not null and new.status in ('draft', 'published') then
      new.status := case when new.is_draft and new.status = 'draft' then 'draft' else 'published' end;
    end if;
    if new.is_public then
      new.status := 'published';
    end if;
  else
    if v_client then
      if new.deleted_at is distinct from old.deleted_at then
        perform private.raise_problem(422, 'read_only_column', 'deleted_at', 'Call resume_delete or resume_undelete.');
      end if;
      -- The stock client's upsert sends whole rows, so columns that it may not change keep their value instead of failing.
      new.id := old.id;
      new.ats_score := old.ats_score;
      new.optimization_score := old.optimization_score;
      new.last_edited := old.last_edited;
    end if;
    if new.version <> old.version then
      perform private.raise_problem(
        409, 'version_conflict',
        jsonb_build_object('current_version', old.version, 'sent_version', new.version)::text,
        'Load the résumé again, or send the change without a version.'
      );
    end if;
    -- An address that has ended stays dead, also if its end is moved.
    if old.share_expires_at > v_now or old.share_expires_at is null or new.share_expires_at <= v_now then
      new.share_slug := old.share_slug;
    else
      new.share_slug := null;
    end if;
    if new.status is not distinct from old.status and new.is_draft is distinct from old.is_draft and new.is_draft is not null then
      new.status := case when new.is_draft then 'draft' else 'published' end;
    end if;
    if new.is_public and not old.is_public then
      new.status := 'published';
    elsif new.status <> 'published' or new.deleted_at is not null then
      new.is_public := false;
    end if;
    v_text := new.content is distinct from old.content or new.title is distinct from old.title;
    if v_text or new.layout is distinct from old.layout or new.template_id is distinct from old.template_id then
      new.version := old.version + 1;
      new.last_edited := private.now();
    end if;
  end if;

  new.is_draft := new.status = 'draft';
  new.share_slug := case when new.is_public then coalesce(new.share_slug, private.random_slug()) end;
  if v_text then
    new.extracted_text := private.content_text(new.content);
    new.search := to_tsvector('english', new.title || e'\n' || coalesce(new.extracted_text, ''));
  else
    new.extracted_text := old.extracted_text;
    new.search := old.search;
  end if;
  return new;
end
$$;
comment on function private.resumes_before_write() is
  'Before insert or update: the optimistic lock, consistent status and publication, derived columns, and columns that a client may not set.';

create function private.assert_template_usable(p_user_id uuid, p_template_id uuid)
returns void
language plpgsql
security definer -- reads plans and other users' templates to refuse them
set search_path = ''
as $$
declare
  v_template record;
begin
  select t.user_id, t.is_premium or t.based_on is not null as is_premium, t.is_active into v_template from public.resume_templates as t where t.id = p_template_id;
  if v_template.user_id is distinct from p_user_id and (v_template.user_id is not null or v_template.is_active is not true) then
    perform private.raise_problem(422, 'template_unavailable', 'There is no such template to choose.');
  end if;
  if v_template.is_premium and not private.has_premium_templates(p_user_id) then
    perform private.raise_problem(403, 'premium_template', 'This template comes with a paid plan.');
  end if;
end
$$;
comment on function private.assert_template_usable(uuid, uuid) is
  'Refuses a template that belongs to another user, is withdrawn, or is premium, or the copy of a premium one, while the user''s plan is not.';

create function private.assert_resume_count(p_user_id uuid, p_more integer default 0)
returns void
language plpgsql
security definer -- reads plans and locks the profile
set search_path = ''
as $$
declare
  v_max integer;
begin
  -- Two concurrent inserts must not both use the last free place.
  perform from public.profiles as p where p.id = p_user_id for no key update;
  v_max := private.max_resumes(p_user_id);
  if v_max >= 0
    and (select count(*) from public.resumes as r where r.user_id = p_user_id and r.deleted_at is null) + p_more > v_max
    and not exists (select from public.admin_users as a where a.user_id = p_user_id)
  then
    perform private.raise_problem(
      403, 'resume_limit_reached', jsonb_build_object('limit', v_max)::text, 'Delete a résumé or choose a larger plan.'
    );
  end if;
end
$$;
comment on function private.assert_resume_count(uuid, integer) is
  'Refuses when the user has more résumés outside the bin than their plan allows (-1: no limit), or would have with p_more new ones.';

create function private.resumes_after_write()
returns trigger
language plpgsql
security definer -- the guards read rows that the user cannot
set search_path = ''
as $$
begin
  -- After the write, because an upsert of an existing résumé runs the before-insert triggers too, and existing résumés
  -- stay editable after a downgrade.
  if new.template_id is not null and (tg_op = 'INSERT' or new.template_id is distinct from old.template_id) then
    perform private.assert_template_usable(new.user_id, new.template_id);
  end if;
  if new.deleted_at is null and (tg_op = 'INSERT' or old.deleted_at is not null) then
    perform private.assert_resume_count(new.user_id);
  end if;
  return null;
end
$$;
comment on function private.resumes_after_write() is 'After insert or update: checks that the template may be used and that the plan allows one more résumé.';

create trigger resumes_before_write before insert or update on public.resumes
for each row execute function private.resumes_before_write();

-- A thumbnail, an export or a look at a résumé is no edit of it.
create trigger resumes_stamp before insert or update of
id, user_id, title, template_id, content, layout, status, is_draft, is_active, is_public, share_slug, share_contact, share_indexable,
share_pdf, share_expires_at, extracted_text, search, ats_score, optimization_score, ai_optimized_for_job_id, parent_resume_id, version,
original_file_path, photo_path, show_photo, share_photo, last_edited, created_at, updated_at, deleted_at
on public.resumes
for each row execute function private.stamp_times();

create trigger resumes_after_write after insert or update on public.resumes
for each row execute function private.resumes_after_write();

-- view --------------------------------------------------------------------------------------------------------
create view public.resume_sections with (security_invoker = true) as
select
  md5(r.id::text || s.section_key)::uuid as id,
  r.id as resume_id,
  r.user_id,
  s.section_type,
  s.section_order,
  s.is_visible,
  s.content,
  r.created_at,
  r.updated_at
from public.resumes as r
cross join lateral private.content_sections(r.content, r.layout) as s;
comment on view public.resume_sections is 'Read-only: the sections of every résumé in order, derived from content and layout.';

-- grants ------------------------------------------------------------------------------------------------------
-- All columns, because the stock client's upsert sends rows as it read them. The trigger guards the server's columns.
grant select, insert, update, delete on public.resumes to authenticated;
grant select on public.resume_sections to authenticated;
revoke insert, update, delete on public.resume_sections from service_role;
grant execute on function private.random_slug(), private.own_path(text, uuid) to authenticated, service_role;
