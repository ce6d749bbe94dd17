-- The résumé document: the shape that the database enforces, and the text and sections that it derives.
--
-- Clients write content directly, so the database checks the shape, not only the functions. Known keys must have
-- their type. Unknown keys are accepted: an imported JSON Resume has more fields than ours and must lose none.

-- shape -------------------------------------------------------------------------------------------------------
create function private.content_rules()
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select '{
    "limits": {"bytes": 262144, "depth": 24, "items": 100, "lines": 100, "skills": 300, "id": 100, "short": 500, "line": 2000, "long": 10000, "url": 2048},
    "date": "^([12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?|[Pp]resent|)$",
    "objects": {
      "resume": {
        "extra": "any object", "personalInfo": "object:personalInfo", "summary": "long",
        "experience": "list:experience", "education": "list:education", "skills": "object:skills",
        "projects": "list:projects", "certifications": "list:certifications", "languages": "list:languages",
        "awards": "list:awards", "volunteer": "list:volunteer", "publications": "list:publications",
        "interests": "list:interests", "references": "list:references"
      },
      "personalInfo": {
        "extra": "any object", "name": "short", "fullName": "short", "headline": "short", "label": "short",
        "jobTitle": "short", "email": "short", "phone": "short", "location": "short", "city": "short",
        "address": "object:address", "website": "url", "linkedin": "url", "github": "url", "image": "url",
        "profiles": "list:profiles"
      },
      "address": {
        "extra": "any object", "address": "short", "postalCode": "short", "city": "short",
        "countryCode": "short", "region": "short"
      },
      "profiles": {
        "extra": "any object", "network": "short", "username": "short", "url": "url"
      },
      "experience": {
        "extra": "any object", "id": "id", "startDate": "date", "endDate": "date", "company": "short",
        "employer": "short", "role": "short", "title": "short", "position": "short", "jobTitle": "short",
        "location": "short", "description": "long", "companyDescription": "long", "url": "url",
        "bullets": "lines", "technologies": "shorts"
      },
      "education": {
        "extra": "any object", "id": "id", "startDate": "date", "endDate": "date", "institution": "short",
        "school": "short", "university": "short", "degree": "short", "studyType": "short", "area": "short",
        "field": "short", "fieldOfStudy": "short", "major": "short", "location": "short", "score": "short",
        "gpa": "short", "grade": "short", "url": "url", "courses": "shorts"
      },
      "skills": {
        "extra": "any object", "technical": "skills", "soft": "skills", "groups": "list:groups"
      },
      "groups": {
        "extra": "any object", "id": "id", "name": "short", "level": "short", "keywords": "shorts"
      },
      "projects": {
        "extra": "any object", "id": "id", "startDate": "date", "endDate": "date", "name": "short",
        "title": "short", "description": "long", "bullets": "lines", "technologies": "shorts",
        "roles": "shorts", "entity": "short", "type": "short", "url": "url"
      },
      "certifications": {
        "extra": "any object", "id": "id", "name": "short", "title": "short", "issuer": "short",
        "date": "date", "url": "url"
      },
      "languages": {
        "extra": "any object", "id": "id", "language": "short", "name": "short", "fluency": "short",
        "level": "short", "proficiency": "short"
      },
      "awards": {
        "extra": "any object", "id": "id", "title": "short", "name": "short", "awarder": "short",
        "issuer": "short", "date": "date", "summary": "long"
      },
      "volunteer": {
        "extra": "any object", "id": "id", "startDate": "date", "endDate": "date", "organization": "short",
        "organisation": "short", "company": "short", "role": "short", "title": "short", "position": "short",
        "location": "short", "description": "long", "bullets": "lines", "url": "url"
      },
      "publications": {
        "extra": "any object", "id": "id", "name": "short", "title": "short", "publisher": "short",
        "date": "date", "url": "url", "summary": "long"
      },
      "interests": {
        "extra": "any object", "id": "id", "name": "short", "keywords": "shorts"
      },
      "references": {
        "extra": "any object", "id": "id", "name": "short", "reference": "long"
      }
    }
  }'::jsonb
$$;
comment on function private.content_rules() is
  'The shape of a résumé as data: object, key and kind, and the limit of each kind. The functions'' models define the same shape, and a test compares them.';

create function private.content_problem(p_object jsonb, p_kind text, p_pointer text, p_rules jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_limits constant jsonb := p_rules -> 'limits';
  v_known constant jsonb := p_rules -> 'objects' -> p_kind;
  v_field record;
  v_item record;
  v_pointer text;
  v_limit integer;
  v_problem text;
  v_found jsonb;
begin
  if jsonb_typeof(p_object) <> 'object' then
    return jsonb_build_object('pointer', p_pointer, 'message', 'Must be an object');
  end if;
  -- Unknown keys are not checked: they hold data of other formats.
  for v_field in
    select f.key, f.value, jsonb_typeof(f.value) as type, v_known ->> f.key as kind
    from jsonb_each(p_object) as f
    where v_known ? f.key
  loop
    v_pointer := p_pointer || '/' || v_field.key;
    v_problem := case
      when v_field.type = 'null' and v_field.kind not in ('lines', 'shorts', 'skills', 'object:personalInfo', 'object:skills')
        and v_field.kind not like 'list:%' then null
      when v_field.kind like 'object:%' then null
      when v_field.kind = 'any object' then case when v_field.type <> 'object' then 'Must be an object' end
      when v_field.kind in ('lines', 'shorts', 'skills') or v_field.kind like 'list:%' then
        case when v_field.type <> 'array' then 'Must be a list' end
      when v_field.type <> 'string' then 'Must be text'
      when v_field.kind = 'date' then
        case when v_field.value #>> '{}' !~ (p_rules ->> 'date') then 'Must be YYYY, YYYY-MM, YYYY-MM-DD or Present' end
      when char_length(v_field.value #>> '{}') > (v_limits ->> v_field.kind)::integer then
        format('Must not have more than %s characters', v_limits ->> v_field.kind)
    end;
    if v_problem is null and v_field.type = 'array' and v_field.kind not like '%object%' then
      v_limit := v_limits ->> case when v_field.kind like 'list:%' then 'items' when v_field.kind = 'skills' then 'skills' else 'lines' end;
      if jsonb_array_length(v_field.value) > v_limit then
        v_problem := format('Must not have more than %s entries', v_limit);
      elsif v_field.kind like 'list:%' then
        for v_item in select i.value, i.position - 1 as index from jsonb_array_elements(v_field.value) with ordinality as i (value, position)
        loop
          v_found := private.content_problem(v_item.value, substr(v_field.kind, 6), v_pointer || '/' || v_item.index, p_rules);
          exit when v_found is not null;
        end loop;
      else
        v_limit := v_limits ->> case v_field.kind when 'lines' then 'line' else 'short' end;
        if exists (
          select from jsonb_array_elements(v_field.value) as i
          where jsonb_typeof(i) <> 'string' or char_length(i #>> '{}') > v_limit
        ) then
          v_problem := format('Must hold texts of at most %s characters', v_limit);
        end if;
      end if;
    elsif v_problem is null and v_field.kind like 'object:%' and (v_field.type <> 'null' or v_field.kind <> 'object:address') then
      v_found := private.content_problem(v_field.value, substr(v_field.kind, 8), v_pointer, p_rules);
    end if;
    if v_problem is not null then
      v_found := jsonb_build_object('pointer', v_pointer, 'message', v_problem);
    end if;
    if v_found is not null then
      return v_found;
    end if;
  end loop;
  return null;
end
$$;
comment on function private.content_problem(jsonb, text, text, jsonb) is
  'The first violation of the rules for an object of this kind, as JSON Pointer and message; null if there is none.';

create function private.valid_content(p_content jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
  c_rules constant jsonb := private.content_rules();
  v_limits constant jsonb := c_rules -> 'limits';
  v_problem jsonb;
begin
  v_problem := case
    when octet_length(p_content::text) > (v_limits ->> 'bytes')::integer then
      jsonb_build_object('pointer', '', 'message', format('Must not be larger than %s bytes', v_limits ->> 'bytes'))
    when jsonb_path_exists(p_content, format('strict $.**{%s}', (v_limits ->> 'depth')::integer + 1)::jsonpath) then
      jsonb_build_object('pointer', '', 'message', format('Must not be deeper than %s levels', v_limits ->> 'depth'))
    else private.content_problem(p_content, 'resume', '', c_rules)
  end;
  -- Raises the error here, because a failed check constraint would return the whole résumé and no reason.
  if v_problem is not null then
    perform private.raise_problem(422, 'content_invalid', jsonb_build_object('errors', jsonb_build_array(v_problem))::text);
  end if;
  return true;
end
$$;
comment on function private.valid_content(jsonb) is 'For check constraints: returns true, or raises content_invalid with JSON Pointer and message.';

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
  select array[
    'personalInfo', 'summary', 'experience', 'education', 'skills', 'projects', 'certifications', 'languages', 'awards',
    'volunteer', 'publications', 'interests', 'references'
  ]
$$;
comment on function private.section_keys() is 'The sections of a résumé in their default order.';

create function private.content_text(p_content jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select string_agg(t.value #>> '{}', e'\n' order by s.position, e.position, t.position)
  from unnest(private.section_keys()) with ordinality as s (key, position)
  cross join lateral jsonb_array_elements(
    case jsonb_typeof(p_content -> s.key) when 'array' then p_content -> s.key else jsonb_build_array(p_content -> s.key) end
  ) with ordinality as e (entry, position)
  -- Strict, because lax mode unwraps arrays and finds their strings twice. Skips data of other formats (extra).
  cross join lateral jsonb_path_query(
    case jsonb_typeof(e.entry) when 'object' then e.entry - '{id,extra}'::text[] else e.entry end, 'strict $.** ? (@.type() == "string")'
  ) with ordinality as t (value, position)
  where p_content ? s.key and t.value <> '""'
$$;
comment on function private.content_text(jsonb) is 'The text of all sections, one value per line, in section order, for search and analysis.';

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
      where l.key = any (private.section_keys())
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
  'The sections of a résumé in the order of its layout. Sections that the layout does not name follow in the default order.';

-- grants ------------------------------------------------------------------------------------------------------
-- Checks, triggers and security_invoker views run with the rights of the current user.
grant execute on function
  private.content_rules(), private.content_problem(jsonb, text, text, jsonb), private.valid_content(jsonb),
  private.valid_layout(jsonb), private.section_keys(), private.content_text(jsonb), private.content_sections(jsonb, jsonb)
to authenticated, service_role;
