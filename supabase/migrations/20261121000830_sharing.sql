-- Public résumé pages: the fields that an anonymous reader may see, and the optional password.
--
-- No table has a policy for anonymous readers. The share function reads with the secret key, by slug.

-- table -------------------------------------------------------------------------------------------------------
create table private.share_passwords (
  resume_id uuid primary key references public.resumes (id) on delete cascade,
  -- Created and checked by the share function (scrypt); never sent to a client.
  password_hash text not null check (char_length(password_hash) between 20 and 500),
  updated_at timestamptz not null default now()
);
comment on table private.share_passwords is 'Password hashes of shared résumés. Not in resumes, because clients can read that table''s columns.';
alter table private.share_passwords enable row level security;

-- functions ---------------------------------------------------------------------------------------------------
create function private.without_extra(p_value jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case jsonb_typeof(p_value)
    when 'object' then (
      select coalesce(jsonb_object_agg(e.key, private.without_extra(e.value)), '{}') from jsonb_each(p_value) as e where e.key <> 'extra'
    )
    when 'array' then (
      select coalesce(jsonb_agg(private.without_extra(e.value) order by e.position), '[]')
      from jsonb_array_elements(p_value) with ordinality as e (value, position)
    )
    else p_value
  end;
end
$$;
comment on function private.without_extra(jsonb) is 'The document without the data of other formats (the key extra, at any depth).';

create function public.share_read(p_slug text)
returns jsonb
language sql
stable
security definer -- reads any user's résumé by slug, and returns only published fields
set search_path = ''
as $$
  select jsonb_build_object(
    'title', r.title,
    'content', (
      -- Only known sections that the owner has not hidden.
      select coalesce(jsonb_object_agg(
        s.section_key,
        case
          when s.section_key = 'personalInfo' and not r.share_contact
            then private.without_extra(s.content) - '{email,phone,address}'::text[]
          else private.without_extra(s.content)
        end
      ), '{}')
      from private.content_sections(r.content, r.layout) as s
      where s.is_visible
    ),
    'section_order', (
      select coalesce(jsonb_agg(s.section_key order by s.section_order), '[]')
      from private.content_sections(r.content, r.layout) as s
      where s.is_visible
    ),
    'template', (select jsonb_build_object('slug', t.slug, 'design', t.design) from public.resume_templates as t where t.id = r.template_id),
    'indexable', r.share_indexable,
    'updated_at', r.last_edited,
    'expires_at', r.share_expires_at,
    'password_hash', (select p.password_hash from private.share_passwords as p where p.resume_id = r.id)
  )
  from public.resumes as r
  inner join public.profiles as o on o.id = r.user_id and o.is_active and o.deleted_at is null
  where r.share_slug = p_slug and r.is_public and r.status = 'published' and r.deleted_at is null
    and (r.share_expires_at is null or r.share_expires_at > (select private.now()))
$$;
comment on function public.share_read(text) is
  'A shared résumé by its slug, or null: allow-listed fields of a published, undeleted, unexpired résumé; password_hash is for the share function only.';

create function public.resume_share_password(id uuid, password_hash text default null)
returns void
language plpgsql
security definer -- the hash is in a table that clients cannot read
set search_path = ''
as $$
begin
  if not exists (
    select from public.resumes as r
    where r.id = resume_share_password.id and r.user_id = (select auth.uid()) and r.deleted_at is null
  ) then
    perform private.raise_problem(404, 'resume_not_found', 'There is no such résumé.');
  end if;
  if password_hash is null then
    delete from private.share_passwords as p where p.resume_id = resume_share_password.id;
  else
    insert into private.share_passwords as p (resume_id, password_hash)
    values (resume_share_password.id, resume_share_password.password_hash)
    on conflict (resume_id) do update set password_hash = excluded.password_hash, updated_at = private.now();
  end if;
end
$$;
comment on function public.resume_share_password(uuid, text) is 'Sets the password of the caller''s shared résumé, as a hash from the share function; null removes it.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.share_read(text) to service_role;
grant execute on function public.resume_share_password(uuid, text) to authenticated;
