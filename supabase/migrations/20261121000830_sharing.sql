-- Public résumé pages: the fields that an anonymous reader may see, and the optional password.
--
-- No table has a policy for anonymous readers. The share function reads with the secret key, by slug.

-- table -------------------------------------------------------------------------------------------------------
create table private.share_passwords (
  resume_id uuid primary key references public.resumes (id) on delete cascade,
  -- PBKDF2-HMAC-SHA-256.
  salt bytea not null check (octet_length(salt) = 32),
  rounds integer not null check (rounds between 1000 and 1000000),
  hash bytea not null check (octet_length(hash) = 32),
  updated_at timestamptz not null default now()
);
comment on table private.share_passwords is 'Password hashes of shared résumés. Not in resumes, because clients can read that table''s columns.';
alter table private.share_passwords enable row level security;

-- functions ---------------------------------------------------------------------------------------------------
create function private.hashed_password(p_password text, p_salt bytea, p_rounds integer)
returns bytea
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- The same letters may be typed in several encodings.
  v_key bytea := convert_to(normalize(p_password, nfc), 'UTF8');
  v_inner bytea := decode(repeat('36', 64), 'hex');
  v_outer bytea := decode(repeat('5c', 64), 'hex');
  v_block bytea := p_salt || '\x00000001'::bytea;
  v_hash bit(256) := repeat('0', 256)::bit(256);
begin
  if octet_length(v_key) > 64 then
    v_key := sha256(v_key);
  end if;
  for v_at in 0 .. octet_length(v_key) - 1 loop
    v_inner := set_byte(v_inner, v_at, get_byte(v_key, v_at) # 54);
    v_outer := set_byte(v_outer, v_at, get_byte(v_key, v_at) # 92);
  end loop;
  for v_round in 1 .. p_rounds loop
    v_block := sha256(v_outer || sha256(v_inner || v_block));
    v_hash := v_hash # ('x' || encode(v_block, 'hex'))::bit(256);
  end loop;
  return (
    select decode(string_agg(lpad(to_hex(substring(v_hash from 64 * n + 1 for 64)::bigint), 16, '0'), '' order by n), 'hex')
    from generate_series(0, 3) as n
  );
end
$$;
comment on function private.hashed_password(text, bytea, integer) is
  'PBKDF2-HMAC-SHA-256 of a password in NFC, with 32 bytes. In SQL, because the local Postgres has no pgcrypto.';

create function private.plain_address(p_text text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  c_unseen constant text :=
    '[\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]';
  v_text text := normalize(regexp_replace(p_text, c_unseen, '', 'g'), nfkc);
begin
  -- What was encoded three times is no address to anybody.
  for v_round in 1 .. 3 loop
    exit when v_text !~ '%[0-9A-Fa-f]{2}';
    select string_agg(
      case
        when m.part[1] ~ '^%[2-7][0-9A-Fa-f]$' then chr(('x' || substr(m.part[1], 2))::bit(8)::integer)
        when m.part[1] !~ '^%[0-9A-Fa-f]{2}$' then m.part[1]
      end, '' order by m.position
    ) into v_text
    from regexp_matches(v_text, '%[0-9A-Fa-f]{2}|[^%]+|%', 'g') with ordinality as m (part, position);
    v_text := regexp_replace(v_text, c_unseen, '', 'g');
  end loop;
  return lower(coalesce(v_text, ''));
end
$$;
comment on function private.plain_address(text) is
  'An address as it acts: percent escapes of ASCII decoded, other escapes, spaces and invisible characters dropped, NFKC, lower case.';

create function private.is_contact(p_text text, p_is_link boolean)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select
    a.address ~ '[^@/]@[^@/]+\.[^@/]'
    or a.address ~ '^(mailto|tel|sms|callto|sip|skype|whatsapp|facetime|viber|xmpp|tg|live):'
    or p_is_link and (
      a.address ~ '^(?!https?://)[a-z][a-z0-9+-]*:'
      or a.address ~ '^(https?:)?/*(www\.)?(wa\.me|(api|web|chat|call)\.whatsapp\.com|t\.me|telegram\.(me|dog)|signal\.(me|group)|m\.me|line\.me|viber\.(me|com)|join\.skype\.com)([/:?#]|$)'
      or a.address ~ '^(https?:)?/*\(?(\+|00[1-9]|0[1-9])[0-9()./-]{5,}$'
      or a.address ~ '^(https?:)?/*\(?[1-9][0-9]*[)./-][0-9()./-]{5,}$'
    )
  from (select private.plain_address(p_text) as address) as a
$$;
comment on function private.is_contact(text, boolean) is
  'Whether a text is or holds an email address, or the address of a telephone or messenger; as a link, also a number, or anything but http and https.';

create function private.place_of(p_location text)
returns text
language sql
immutable
set search_path = ''
as $$
  -- "14 Elm Row, Manchester M14 5AB" is Manchester. A short number is of a house; a long one, or one with letters, of a town.
  select string_agg(s.town, ', ' order by s.position)
  from (
    select p.position, btrim(regexp_replace(p.segment, '[^[:space:]]*[0-9][^[:space:]]*', '', 'g'), E' \t-') as town, p.segment
    from regexp_split_to_table(p_location, '[,;|\n]') with ordinality as p (segment, position)
  ) as s
  where s.town <> '' and s.segment !~ '(^|[[:space:]#.])[0-9]{1,3}[a-zA-Z]?([[:space:]]|$)'
    and not (s.segment ~ '^[[:space:]]*[0-9]{4,}[[:space:]]' and s.town ~ '[[:space:]].*[[:space:]]')
$$;
comment on function private.place_of(text) is 'Of a place that may be a whole address, what has no street and no postcode; null if nothing is left.';

create function private.published(p_object jsonb, p_kind text, p_contact boolean, p_rules jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- Of personalInfo, what is no contact detail.
  c_public constant text[] := array[
    'name', 'fullName', 'headline', 'label', 'jobTitle', 'location', 'city', 'website', 'linkedin', 'github', 'image', 'profiles'
  ];
  c_messengers constant text :=
    '(mail|phone|telefon|mobil|whatsapp|skype|telegram|signal|viber|wechat|weixin|threema|messenger|imessage|facetime|kakao|jabber)|^(tel|cell|sms|fax|handy|line|qq|icq|xmpp|sip|discord|teams|zoom)\.?$';
  v_person constant boolean := p_kind in ('personalInfo', 'profiles', 'address');
begin
  return (
    select coalesce(jsonb_object_agg(f.key, f.value), '{}')
    from (
      select
        e.key,
        case
          when jsonb_typeof(e.value) = 'null' then e.value
          when k.kind like 'object:%' then private.published(e.value, substr(k.kind, 8), p_contact, p_rules)
          when k.kind like 'list:%' then (
            select coalesce(jsonb_agg(private.published(i.entry, substr(k.kind, 6), p_contact, p_rules) order by i.position), '[]')
            from jsonb_array_elements(e.value) with ordinality as i (entry, position)
            -- Of an account at a messenger, nothing is left.
            where p_contact or k.kind <> 'list:profiles' or not (
              coalesce(private.plain_address(i.entry ->> 'network') ~ c_messengers, false)
              or exists (select from jsonb_each_text(i.entry - 'extra') as t where private.is_contact(t.value, t.key <> 'network'))
            )
          )
          when not p_contact and p_kind = 'personalInfo' and e.key in ('location', 'city') and jsonb_typeof(e.value) = 'string'
            then to_jsonb(coalesce(private.place_of(e.value #>> '{}'), ''))
          else e.value
        end as value
      from jsonb_each(p_object) as e
      cross join lateral (select p_rules -> 'objects' -> p_kind ->> e.key as kind) as k
      where k.kind <> 'any object'
        -- References name other people, who have not agreed.
        and not (p_kind = 'resume' and e.key = 'references')
        and (p_contact or p_kind <> 'personalInfo' or e.key = any (c_public))
        and (
          p_contact or jsonb_typeof(e.value) <> 'string' or not (v_person or k.kind = 'url')
          or not private.is_contact(e.value #>> '{}', k.kind = 'url')
        )
    ) as f
  );
end
$$;
comment on function private.published(jsonb, text, boolean, jsonb) is
  'The known fields of a résumé (content_rules), at every level; without consent, personalInfo has no contact details, and no link is one.';

create function private.other_shares(p_resume public.resumes, p_at timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('slug', o.share_slug, 'headline', o.headline) order by o.last_edited desc, o.id), '[]')
  from (
    select
      r.id, r.share_slug, r.last_edited,
      case when not coalesce(r.layout -> 'hidden' ? 'personalInfo', false) then
        private.published(r.content, 'resume', r.share_contact, private.content_rules()) #>> '{personalInfo,headline}'
      end as headline
    from public.resumes as r
    where
      r.user_id = p_resume.user_id and r.id <> p_resume.id and r.is_public and r.status = 'published' and r.deleted_at is null
      and (r.share_expires_at is null or r.share_expires_at > p_at)
      and not exists (select from private.share_passwords as l where l.resume_id = r.id)
      and exists (select from public.user_settings as s where s.user_id = p_resume.user_id and s.profile_visibility)
    order by r.last_edited desc, r.id
    limit 10
  ) as o
$$;
comment on function private.other_shares(public.resumes, timestamptz) is
  'What a shared page may link: up to ten other shared résumés of its owner, if their profile_visibility is on, without those that need a password or have expired.';

create function public.share_read(
  p_slug text, p_password text default null, p_address text default null, p_count boolean default false
)
returns jsonb
language plpgsql
security definer -- reads any user's résumé by slug, and returns only published fields
set search_path = ''
as $$
declare
  c_window constant integer := 600;
  v_now timestamptz := private.now();
  v_network constant text := private.network_of(p_address);
  v_content jsonb;
  v_resume public.resumes;
  v_lock private.share_passwords;
  v_turn jsonb;
  -- Hashes of a random value and each hash are compared, so that the time it takes tells nothing about either.
  v_nonce constant bytea := uuid_send(gen_random_uuid());
begin
  select r.* into v_resume
  from public.resumes as r
  inner join public.profiles as o on o.id = r.user_id and o.is_active and o.deleted_at is null
  where r.share_slug = p_slug and r.is_public and r.status = 'published' and r.deleted_at is null
    and (r.share_expires_at is null or r.share_expires_at > v_now);
  if not found then
    return null;
  end if;
  select p.* into v_lock from private.share_passwords as p where p.resume_id = v_resume.id;
  if found then
    if p_password is null then
      return jsonb_build_object('refused', 'password_required', 'with_pdf', v_resume.share_pdf);
    end if;
    -- An answer, not an error: an error would take the count back.
    if v_network is not null then
      v_turn := public.rate_limit_hit(format('share:%s:%s', v_resume.id, v_network), 10, c_window);
    end if;
    if coalesce((v_turn ->> 'allowed')::boolean, true) then
      v_turn := public.rate_limit_hit(format('share:%s', v_resume.id), 100, c_window);
    end if;
    if not (v_turn ->> 'allowed')::boolean then
      return jsonb_build_object('refused', 'too_many_attempts', 'retry_after', v_turn -> 'retry_after');
    end if;
    if char_length(p_password) > 128
      or sha256(v_nonce || private.hashed_password(p_password, v_lock.salt, v_lock.rounds)) <> sha256(v_nonce || v_lock.hash)
    then
      return jsonb_build_object('refused', 'wrong_password', 'with_pdf', v_resume.share_pdf);
    end if;
  end if;

  if p_count then
    perform private.count_view(v_resume.id, v_now);
  end if;
  v_content := private.published(v_resume.content, 'resume', v_resume.share_contact, private.content_rules());
  return jsonb_build_object(
    'content', (
      -- Only sections that the owner has not hidden.
      select coalesce(jsonb_object_agg(s.section_key, s.content), '{}')
      from private.content_sections(v_content, v_resume.layout) as s where s.is_visible
    ),
    'section_order', (
      select coalesce(jsonb_agg(s.section_key order by s.section_order), '[]')
      from private.content_sections(v_content, v_resume.layout) as s where s.is_visible
    ),
    'design', private.design_of(v_resume.template_id),
    'indexable', v_resume.share_indexable and v_lock.resume_id is null,
    'is_protected', v_lock.resume_id is not null,
    'with_pdf', v_resume.share_pdf,
    'photo_path', case
      when v_resume.share_photo and v_resume.show_photo and not coalesce(v_resume.layout -> 'hidden' ? 'personalInfo', false)
        then v_resume.photo_path
    end,
    'updated_at', v_resume.last_edited,
    'others', private.other_shares(v_resume, v_now)
  );
end
$$;
comment on function public.share_read(text, text, text, boolean) is
  'A shared résumé by its slug: allow-listed fields of a published, undeleted, unexpired résumé; null if there is none; {refused, retry_after} while a password is missing, wrong or tried too often. p_address is the reader''s; p_count counts a view.';

create function public.resume_share_password(id uuid, password text default null)
returns void
language plpgsql
security definer -- the hash is in a table that clients cannot read
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_active();
  c_rounds constant integer := 10000;
  c_per_minute constant integer := 10;
  v_turn jsonb;
  v_salt bytea;
begin
  if not exists (
    select from public.resumes as r
    where r.id = resume_share_password.id and r.user_id = v_user_id and r.deleted_at is null
  ) then
    perform private.raise_problem(404, 'resume_not_found', 'There is no such résumé.');
  end if;
  if password is null then
    delete from private.share_passwords as p where p.resume_id = resume_share_password.id;
    return;
  end if;
  if char_length(password) > 128 or char_length(normalize(password, nfc)) < 8 then
    perform private.raise_problem(422, 'share_password_length', 'A password has 8 to 128 characters.');
  end if;
  -- Each hash keeps the database busy.
  v_turn := public.rate_limit_hit(format('ratelimit:%s:share_password', v_user_id), c_per_minute, 60);
  if not (v_turn ->> 'allowed')::boolean then
    perform private.raise_problem(429, 'rate_limited', (v_turn || '{"policy": "share_password", "window": 60}')::text);
  end if;
  v_salt := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
  insert into private.share_passwords as p (resume_id, salt, rounds, hash)
  values (resume_share_password.id, v_salt, c_rounds, private.hashed_password(password, v_salt, c_rounds))
  on conflict (resume_id) do update
  set salt = excluded.salt, rounds = excluded.rounds, hash = excluded.hash, updated_at = private.now();
end
$$;
comment on function public.resume_share_password(uuid, text) is
  'Sets the password of the caller''s shared résumé, 8 to 128 characters, kept as a hash; null removes it. Ten a minute.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.share_read(text, text, text, boolean) to service_role;
grant execute on function public.resume_share_password(uuid, text) to authenticated;
