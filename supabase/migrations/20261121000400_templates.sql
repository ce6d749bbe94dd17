-- Résumé templates: a template is data (its design), used by every output format.

-- table -------------------------------------------------------------------------------------------------------
create function private.valid_design(p_design jsonb)
returns boolean
language sql
immutable
strict
set search_path = ''
as $$
  -- A part that is missing makes a condition unknown, which a check would pass.
  select coalesce(
    jsonb_typeof(p_design) = 'object'
    and octet_length(p_design::text) <= 32768
    and p_design ->> 'layout' in ('single-column', 'two-column')
    and jsonb_typeof(p_design -> 'sectionOrder') = 'array'
    and jsonb_array_length(p_design -> 'sectionOrder') between 1 and 40
    and not jsonb_path_exists(p_design, 'strict $.sectionOrder[*] ? (@.type() != "string")', silent => true)
    and jsonb_typeof(p_design -> 'fonts' -> 'heading') = 'string'
    and jsonb_typeof(p_design -> 'fonts' -> 'body') = 'string'
    and jsonb_typeof(p_design -> 'colors') = 'object'
    -- Colours are copied into stylesheets and typesetting source, so only six hex digits are allowed.
    and not jsonb_path_exists(p_design, 'strict $.colors.* ? (!(@.type() == "string" && @ like_regex "^#[0-9a-fA-F]{6}$"))', silent => true)
    and p_design -> 'colors' ? 'primary'
    and jsonb_typeof(p_design -> 'spacing') = 'object',
    false
  )
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
  -- Null: premium, in premium_designs.
  design jsonb check (private.valid_design(design)),
  -- Derived, so that neither can contradict the design.
  layout text generated always as (design ->> 'layout') stored,
  sections integer generated always as (
    case when jsonb_typeof(design -> 'sectionOrder') = 'array' then jsonb_array_length(design -> 'sectionOrder') end
  ) stored,
  preview_path text check (char_length(preview_path) <= 1024),
  demo_resume_id uuid,
  based_on uuid references public.resume_templates (id) on delete set null,
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
  constraint resume_templates_private check (type = 'built-in' or not (is_public or is_premium)),
  constraint resume_templates_premium check ((design is null) = is_premium)
);
comment on table public.resume_templates is 'Designs: built-in ones that all users see, and users'' own, created by hand or extracted from a file.';
comment on column public.resume_templates.usage_count is 'Number of résumés that use the template, counted nightly.';
comment on column public.resume_templates.based_on is 'The premium template that a user''s own design was copied from. Set by the server; the copy is used on the same terms.';
comment on column public.resume_templates.is_active is 'False withdraws the template. Résumés that use it keep it.';

-- A table of its own, because row level security hides rows, not columns.
create table public.premium_designs (
  template_id uuid primary key references public.resume_templates (id) on delete cascade,
  design jsonb not null check (private.valid_design(design))
);
comment on table public.premium_designs is 'The designs of premium templates, for users whose plan includes them.';

-- indexes -----------------------------------------------------------------------------------------------------
create unique index resume_templates_builtin_name_idx on public.resume_templates (lower(name)) where user_id is null;
create index resume_templates_user_id_idx on public.resume_templates (user_id);
create index resume_templates_demo_resume_id_idx on public.resume_templates (demo_resume_id);
create index resume_templates_based_on_idx on public.resume_templates (based_on);
create index resume_templates_category_idx on public.resume_templates (category) where is_active;
create index resume_templates_usage_count_idx on public.resume_templates (usage_count desc) where is_active;

-- row level security and policies -----------------------------------------------------------------------------
alter table public.resume_templates enable row level security;
alter table public.premium_designs enable row level security;

create function private.has_premium_templates(p_user_id uuid)
returns boolean
language sql
stable
security definer -- reads plans
set search_path = ''
as $$
  select private.is_admin(p_user_id) or (
    private.active_user(p_user_id) is not null
    and exists (select from public.plans as p where p.slug = private.entitled_plan(p_user_id) and p.premium_templates)
  )
$$;
comment on function private.has_premium_templates(uuid) is
  'True for an account in good standing whose plan includes premium templates, and for administrators.';

create policy "Users whose plan includes them read premium designs" on public.premium_designs
for select to authenticated
using ((select private.has_premium_templates((select private.active_user()))));

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
create function private.design_values(p_design jsonb)
returns table (key text, value jsonb)
language sql
immutable
set search_path = ''
as $$
  -- In lower case, as colours are the same in either.
  select concat_ws('.', part.key, inner_part.key), lower(coalesce(inner_part.value, part.value)::text)::jsonb
  from jsonb_each(p_design) as part
  left join lateral jsonb_each(case when jsonb_typeof(part.value) = 'object' then part.value else '{}' end) as inner_part on true
$$;
comment on function private.design_values(jsonb) is 'The values of a design with their places: a list, such as the section order, is one value.';

create function private.copies_design(p_design jsonb, p_original jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select count(*) < 2 * count(d.key)
  from private.design_values(p_original) as o
  left join private.design_values(p_design) as d on d.key = o.key and d.value = o.value
$$;
comment on function private.copies_design(jsonb, jsonb) is
  'True when a design has more than half of the values of another: changing one here and there does not make it a new one.';

create function private.templates_before_write()
returns trigger
language plpgsql
security definer -- who may not read premium designs may not copy them either
set search_path = ''
as $$
begin
  new.based_on := coalesce(
    (select d.template_id from public.premium_designs as d where private.copies_design(new.design, d.design) limit 1),
    -- An edited copy stays one.
    case when tg_op = 'UPDATE' then old.based_on end
  );
  return new;
end
$$;
comment on function private.templates_before_write() is 'Before a user''s own design is written: notes the premium template that it was copied from.';

create function private.templates_after_write()
returns trigger
language plpgsql
security definer -- reads plans
set search_path = ''
as $$
begin
  perform private.assert_template_usable(new.user_id, new.id);
  return null;
end
$$;
comment on function private.templates_after_write() is
  'After a user''s own design is written: refuses the copy of a premium one by a user whose plan does not include it.';

create trigger resume_templates_before_write before insert or update of design on public.resume_templates
for each row when (new.user_id is not null) execute function private.templates_before_write();
-- After the write, because an upsert of an existing copy runs the before-insert trigger, too, and keeps its design.
create trigger resume_templates_inserted after insert on public.resume_templates
for each row when (new.based_on is not null) execute function private.templates_after_write();
create trigger resume_templates_updated after update of design on public.resume_templates
for each row when (new.based_on is not null and new.design is distinct from old.design) execute function private.templates_after_write();

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

create function private.design_of(p_template_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(t.design, d.design)
  from public.resume_templates as t left join public.premium_designs as d on d.template_id = t.id
  where t.id = coalesce(p_template_id, private.default_template())
$$;
comment on function private.design_of(uuid) is 'The design of a template, also of a premium one; of the default template for null. For what we draw ourselves.';

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.resume_templates to anon, authenticated;
grant select on public.premium_designs to authenticated;
grant execute on function private.has_premium_templates(uuid) to authenticated;
grant
  insert (id, user_id, name, type, category, description, design, preview_path, is_active),
  update (id, user_id, name, type, category, description, design, preview_path, is_active)
on public.resume_templates to authenticated;
grant delete on public.resume_templates to authenticated;
grant execute on function private.valid_design(jsonb) to authenticated, service_role;
grant execute on function private.default_template() to authenticated, service_role;
