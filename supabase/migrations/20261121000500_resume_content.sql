-- The résumé document: what shape the database insists on, and what it reads out of it.
--
-- Clients write content directly, so the shape is checked here and not only by the functions. Known keys must have
-- their type; unknown keys are let through, because an imported JSON Resume has more fields than ours and loses none.

-- shape -------------------------------------------------------------------------------------------------------
create function private.entries_problem(p_entries jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(p_entries) = 'null' then null
    when jsonb_typeof(p_entries) <> 'array' then 'must be a list'
    when jsonb_array_length(p_entries) > 200 then 'must not have more than 200 entries'
    when jsonb_path_exists(p_entries, 'strict $[*] ? (@.type() != "object")') then 'must be a list of objects'
    else (
      select format('[].%s must be %s', f.key, k.wanted)
      from jsonb_array_elements(p_entries) as e (entry)
      cross join jsonb_each(e.entry) as f (key, value)
      inner join (
        values
          ('a string', '{id,name,title,company,role,position,organization,institution,school,degree,field,area,gpa,
            location,startDate,endDate,date,issuer,awarder,publisher,language,fluency,proficiency,url,summary,
            credentialId,reference}'::text[]),
          ('a list of strings', '{bullets,highlights,achievements,responsibilities,technologies,keywords,courses,roles}')
      ) as k (wanted, keys) on f.key = any (k.keys)
      where case k.wanted
        when 'a string' then jsonb_typeof(f.value) not in ('string', 'null')
        else jsonb_typeof(f.value) not in ('array', 'null')
          or jsonb_typeof(f.value) = 'array' and jsonb_path_exists(f.value, 'strict $[*] ? (@.type() != "string")')
      end
      limit 1
    )
  end
$$;
comment on function private.entries_problem(jsonb) is
  'What is wrong with a list of résumé entries, as the end of a sentence that begins with its key; null when nothing is.';

create function private.content_problem(p_content jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_key text;
  v_problem text;
begin
  if p_content is null or jsonb_typeof(p_content) <> 'object' then
    return 'content must be an object';
  end if;
  if octet_length(p_content::text) > 262144 then
    return 'content must not be larger than 256 KiB';
  end if;
  if jsonb_typeof(coalesce(p_content -> 'summary', 'null')) not in ('string', 'null') then
    return 'summary must be a string';
  end if;
  foreach v_key in array '{personalInfo,skills}'::text[] loop
    if jsonb_typeof(coalesce(p_content -> v_key, '{}')) <> 'object' then
      return v_key || ' must be an object';
    end if;
  end loop;
  select e.key into v_key
  from jsonb_each(coalesce(p_content -> 'personalInfo', '{}')) as e
  where e.key in ('name', 'title', 'label', 'email', 'phone', 'location', 'city', 'linkedin', 'github', 'website')
    and jsonb_typeof(e.value) not in ('string', 'null')
  limit 1;
  if found then
    return format('personalInfo.%s must be a string', v_key);
  end if;
  select e.key into v_key
  from jsonb_each(coalesce(p_content -> 'skills', '{}')) as e
  where e.key in ('technical', 'soft')
    and case when jsonb_typeof(e.value) = 'array'
      then jsonb_array_length(e.value) > 500 or jsonb_path_exists(e.value, 'strict $[*] ? (@.type() != "string")')
      else true
    end
  limit 1;
  if found then
    return format('skills.%s must be a list of at most 500 strings', v_key);
  end if;
  foreach v_key in array '{experience,education,projects,certifications,languages,awards,volunteer,publications,references}'::text[]
  loop
    v_problem := private.entries_problem(coalesce(p_content -> v_key, 'null'));
    if v_problem is not null then
      return v_key || case when v_problem like '[%' then '' else ' ' end || v_problem;
    end if;
  end loop;
  return null;
end
$$;
comment on function private.content_problem(jsonb) is 'What is wrong with a résumé''s content, as a sentence; null when nothing is.';

create function private.valid_content(p_content jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_problem constant text := private.content_problem(p_content);
begin
  -- Refuses by itself, because a failed check would quote the whole résumé at the client and not say what is wrong.
  if v_problem is not null then
    perform private.raise_problem(422, 'invalid_content', v_problem);
  end if;
  return true;
end
$$;
comment on function private.valid_content(jsonb) is 'For check constraints: true, or the refusal invalid_content with the reason.';

create function private.valid_layout(p_layout jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select jsonb_typeof(p_layout) = 'object'
    and octet_length(p_layout::text) <= 16384
    and (
      not p_layout ? 'sectionOrder'
      or jsonb_typeof(p_layout -> 'sectionOrder') = 'array'
      and not jsonb_path_exists(p_layout, 'strict $.sectionOrder[*] ? (@.type() != "string")')
    )
    and (
      not p_layout ? 'hidden'
      or jsonb_typeof(p_layout -> 'hidden') = 'array'
      and not jsonb_path_exists(p_layout, 'strict $.hidden[*] ? (@.type() != "string")')
    )
$$;
comment on function private.valid_layout(jsonb) is
  'True for a layout: {"sectionOrder": [section keys], "hidden": [section keys]}, both optional, up to 16 KiB.';

-- reading -----------------------------------------------------------------------------------------------------
create function private.section_keys()
returns text[]
language sql
immutable
set search_path = ''
as $$
  select '{personalInfo,summary,experience,education,skills,projects,certifications,languages,awards,volunteer,publications,references}'::text[]
$$;
comment on function private.section_keys() is 'The sections of a résumé in the order they have where no layout says otherwise.';

create function private.content_text(p_content jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  -- Strict, because the lax mode unwraps arrays and so finds the strings in them twice.
  select string_agg(t.value #>> '{}', e'\n' order by s.position, t.position)
  from unnest(private.section_keys()) with ordinality as s (key, position)
  cross join lateral jsonb_path_query(p_content -> s.key, 'strict $.** ? (@.type() == "string")') with ordinality as t (value, position)
  where t.value <> '""'
$$;
comment on function private.content_text(jsonb) is 'Every text of the résumé''s sections, one a line, in section order: what is searched and analysed.';

create function private.content_sections(p_content jsonb, p_layout jsonb)
returns table (section_key text, section_type text, section_order integer, is_visible boolean, content jsonb)
language sql
immutable
set search_path = ''
as $$
  with ordered as (
    select o.key, min(o.position) as position
    from (
      select l.key, l.position
      from jsonb_array_elements_text(coalesce(p_layout -> 'sectionOrder', '[]')) with ordinality as l (key, position)
      union all
      select k.key, 1000 + k.position from unnest(private.section_keys()) with ordinality as k (key, position)
    ) as o
    where p_content ? o.key
    group by o.key
  )
  select
    o.key,
    case o.key when 'personalInfo' then 'personal' else o.key end,
    (row_number() over (order by o.position))::integer,
    not coalesce(p_layout -> 'hidden', '[]') ? o.key,
    p_content -> o.key
  from ordered as o
  order by o.position
$$;
comment on function private.content_sections(jsonb, jsonb) is
  'The sections that a résumé has, in the order of its layout (those it does not name follow in the usual order).';

-- grants ------------------------------------------------------------------------------------------------------
-- Checks, triggers and security_invoker views run with the rights of whoever writes or reads.
grant execute on function
  private.entries_problem(jsonb), private.content_problem(jsonb), private.valid_content(jsonb), private.valid_layout(jsonb),
  private.section_keys(), private.content_text(jsonb), private.content_sections(jsonb, jsonb)
to authenticated, service_role;
