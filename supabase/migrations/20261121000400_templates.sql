-- Résumé templates: a template is data (its design), used by every output format.

-- table -------------------------------------------------------------------------------------------------------
create function private.valid_design(p_design jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select jsonb_typeof(p_design) = 'object'
    and octet_length(p_design::text) <= 32768
    and p_design ->> 'layout' in ('single-column', 'two-column')
    and jsonb_typeof(p_design -> 'sectionOrder') = 'array'
    and jsonb_array_length(p_design -> 'sectionOrder') between 1 and 40
    and not jsonb_path_exists(p_design, 'strict $.sectionOrder[*] ? (@.type() != "string")')
    and jsonb_typeof(p_design -> 'fonts' -> 'heading') = 'string'
    and jsonb_typeof(p_design -> 'fonts' -> 'body') = 'string'
    and jsonb_typeof(p_design -> 'colors') = 'object'
    -- Colours are copied into stylesheets and typesetting source, so only six hex digits are allowed.
    and not jsonb_path_exists(p_design, 'strict $.colors.* ? (!(@.type() == "string" && @ like_regex "^#[0-9a-fA-F]{6}$"))')
    and p_design -> 'colors' ? 'primary'
    and jsonb_typeof(p_design -> 'spacing') = 'object'
$$;
comment on function private.valid_design(jsonb) is
  'True for a design with layout, fonts, colours (#rrggbb), section order and spacing, up to 32 KiB.';

create table public.resume_templates (
  id uuid primary key default gen_random_uuid(),
  slug text unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 60),
  name text not null check (char_length(name) between 1 and 100),
  type text not null default 'custom' check (type in ('built-in', 'extracted', 'custom')),
  user_id uuid default auth.uid() references public.profiles (id) on delete cascade,
  category text check (char_length(category) <= 50),
  description text check (char_length(description) <= 2000),
  design jsonb not null check (private.valid_design(design)),
  -- Derived, so that neither can contradict the design.
  layout text not null generated always as (design ->> 'layout') stored,
  sections integer not null generated always as (
    case when jsonb_typeof(design -> 'sectionOrder') = 'array' then jsonb_array_length(design -> 'sectionOrder') else 0 end
  ) stored,
  preview_path text check (char_length(preview_path) <= 1024),
  demo_resume_id uuid,
  is_premium boolean not null default false,
  ats_score integer check (ats_score between 0 and 100),
  usage_count integer not null default 0 check (usage_count >= 0),
  is_active boolean not null default true,
  is_public boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint resume_templates_owner check ((type = 'built-in') = (user_id is null)),
  constraint resume_templates_slug check ((type = 'built-in') = (slug is not null)),
  -- A user's own template is neither offered to others nor sold.
  constraint resume_templates_private check (type = 'built-in' or not (is_public or is_premium))
);
comment on table public.resume_templates is 'Designs: built-in ones that all users see, and users'' own, created by hand or extracted from a file.';
comment on column public.resume_templates.usage_count is 'Number of résumés that use the template, counted nightly.';
comment on column public.resume_templates.is_active is 'False withdraws the template. Résumés that use it keep it.';

-- indexes -----------------------------------------------------------------------------------------------------
create unique index resume_templates_builtin_name_idx on public.resume_templates (lower(name)) where user_id is null;
create index resume_templates_user_id_idx on public.resume_templates (user_id);
create index resume_templates_demo_resume_id_idx on public.resume_templates (demo_resume_id);
create index resume_templates_category_idx on public.resume_templates (category) where is_active;
create index resume_templates_usage_count_idx on public.resume_templates (usage_count desc) where is_active;

-- row level security and policies -----------------------------------------------------------------------------
alter table public.resume_templates enable row level security;

create policy "Visitors read the public templates" on public.resume_templates
for select to anon
using (is_public);

-- Both arms are conditions of the index on user_id: a public template is nobody's.
create policy "Users read public templates and their own" on public.resume_templates
for select to authenticated
using ((user_id is null and is_public) or user_id = (select private.active_user()));

create policy "Users insert their own templates" on public.resume_templates
for insert to authenticated
with check (user_id = (select private.active_user()));

create policy "Users update their own templates" on public.resume_templates
for update to authenticated
using (user_id = (select private.active_user()))
with check (user_id = (select private.active_user()));

create policy "Users delete their own templates" on public.resume_templates
for delete to authenticated
using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create trigger resume_templates_stamp before insert or update on public.resume_templates
for each row execute function private.stamp_times();

-- functions ---------------------------------------------------------------------------------------------------
create function private.default_template()
returns uuid
language sql
stable
security definer -- a default must not depend on what the inserting role may read
set search_path = ''
as $$ select t.id from public.resume_templates as t where t.slug = 'modern-1' $$;
comment on function private.default_template() is 'The template of a résumé that does not name one: modern-1, or null if the catalogue is not loaded.';

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.resume_templates to anon, authenticated;
grant
  insert (id, user_id, name, type, category, description, design, preview_path, is_active),
  update (id, user_id, name, type, category, description, design, preview_path, is_active)
on public.resume_templates to authenticated;
grant delete on public.resume_templates to authenticated;
grant execute on function private.valid_design(jsonb) to authenticated, service_role;
grant execute on function private.default_template() to authenticated, service_role;
