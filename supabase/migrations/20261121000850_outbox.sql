-- The outbox: what rows leave to be done outside the database. A row is written in the transaction that calls for it, and
-- removed by the clean-up when it is done, so that neither a crash nor a roll-back loses or invents work.

-- table -------------------------------------------------------------------------------------------------------
create table private.outbox (
  -- Another one each time the same is asked for again: what is asked for while it is being done is done once more.
  id uuid primary key default gen_random_uuid(),
  -- file: an object of storage to delete, as bucket/path. thumbnail: a résumé to draw, by its id.
  kind text not null check (kind ~ '^[a-z][a-z_]{1,39}$'),
  object text not null check (char_length(object) between 1 and 1200),
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  unique (kind, object)
);
comment on table private.outbox is 'Work outside the database that rows have left to be done, each once: files of deleted rows, pictures of saved résumés.';

-- indexes -----------------------------------------------------------------------------------------------------
create index outbox_due_idx on private.outbox (kind, next_attempt_at);

-- row level security ------------------------------------------------------------------------------------------
alter table private.outbox enable row level security;

-- triggers ----------------------------------------------------------------------------------------------------
create function private.outbox_files()
returns trigger
language plpgsql
security definer -- whoever may delete the row may not write the outbox
set search_path = ''
as $$
declare
  v_row jsonb := to_jsonb(old);
  v_left jsonb := to_jsonb(new);
  v_path text;
begin
  -- Arguments: bucket, column, bucket, column …
  for v_number in 0 .. tg_nargs - 1 by 2 loop
    v_path := v_row ->> tg_argv[v_number + 1];
    continue when v_left ->> tg_argv[v_number + 1] = v_path;
    -- A path that is not in the owner's folder is not theirs to have deleted.
    if v_path <> '' and private.own_path(v_path, old.user_id) then
      perform private.outbox_put('file', tg_argv[v_number] || '/' || v_path);
    end if;
  end loop;
  return null;
end
$$;
comment on function private.outbox_files() is 'After delete or update: puts the files that the row named, and names no more, into the outbox.';

create trigger resumes_files after delete on public.resumes
for each row when (coalesce(old.thumbnail_path, old.original_file_path, old.exported_pdf_path, old.photo_path) is not null)
execute function private.outbox_files(
  'exports', 'thumbnail_path', 'resumes', 'original_file_path', 'exports', 'exported_pdf_path', 'photos', 'photo_path'
);
create trigger resume_uploads_files after delete on public.resume_uploads
for each row execute function private.outbox_files('resumes', 'path');
create trigger resume_downloads_files after delete on public.resume_downloads
for each row when (old.file_path is not null) execute function private.outbox_files('exports', 'file_path');
create trigger resume_templates_files after delete on public.resume_templates
for each row when (old.preview_path is not null) execute function private.outbox_files('exports', 'preview_path');
create trigger interview_turns_files after delete on public.interview_turns
for each row when (old.audio_path is not null) execute function private.outbox_files('audio', 'audio_path');
create trigger interview_transcripts_files after delete on public.interview_transcripts
for each row execute function private.outbox_files('audio', 'audio_path');

create trigger resumes_replaced_files after update of thumbnail_path, original_file_path, exported_pdf_path, photo_path on public.resumes
for each row when (
  (old.thumbnail_path, old.original_file_path, old.exported_pdf_path, old.photo_path)
  is distinct from (new.thumbnail_path, new.original_file_path, new.exported_pdf_path, new.photo_path)
)
execute function private.outbox_files(
  'exports', 'thumbnail_path', 'resumes', 'original_file_path', 'exports', 'exported_pdf_path', 'photos', 'photo_path'
);
create trigger resume_uploads_replaced_files after update of path on public.resume_uploads
for each row when (old.path is distinct from new.path) execute function private.outbox_files('resumes', 'path');
create trigger resume_downloads_replaced_files after update of file_path on public.resume_downloads
for each row when (old.file_path is distinct from new.file_path) execute function private.outbox_files('exports', 'file_path');
create trigger resume_templates_replaced_files after update of preview_path on public.resume_templates
for each row when (old.preview_path is distinct from new.preview_path) execute function private.outbox_files('exports', 'preview_path');
create trigger interview_turns_replaced_files after update of audio_path on public.interview_turns
for each row when (old.audio_path is distinct from new.audio_path) execute function private.outbox_files('audio', 'audio_path');
create trigger interview_transcripts_replaced_files after update of audio_path on public.interview_transcripts
for each row when (old.audio_path is distinct from new.audio_path) execute function private.outbox_files('audio', 'audio_path');

create function private.outbox_thumbnail()
returns trigger
language plpgsql
security definer -- whoever may save the row may not write the outbox
set search_path = ''
as $$
begin
  perform private.outbox_put('thumbnail', new.id::text);
  return null;
end
$$;
comment on function private.outbox_thumbnail() is 'After insert or update: asks for a picture of a saved résumé, once however often it is saved until then.';

create trigger resumes_thumbnail_insert after insert on public.resumes
for each row when (new.deleted_at is null) execute function private.outbox_thumbnail();
create trigger resumes_thumbnail_update after update on public.resumes
for each row when (
  new.deleted_at is null and (
    new.version <> old.version or old.deleted_at is not null
    or (new.photo_path, new.show_photo) is distinct from (old.photo_path, old.show_photo)
  )
)
execute function private.outbox_thumbnail();

-- functions ---------------------------------------------------------------------------------------------------
create function private.outbox_put(p_kind text, p_object text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
begin
  insert into private.outbox as o (kind, object, next_attempt_at, created_at) values (p_kind, p_object, v_now, v_now)
  on conflict (kind, object) do update set id = excluded.id, attempts = 0, next_attempt_at = excluded.next_attempt_at;
end
$$;
comment on function private.outbox_put(text, text) is 'Asks for work outside the database, once until it is done.';

create function public.files_due(p_limit integer default 100)
returns jsonb
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_files jsonb;
begin
  with due as (
    select o.id, split_part(o.object, '/', 1) as bucket, substr(o.object, strpos(o.object, '/') + 1) as path, o.next_attempt_at
    from private.outbox as o
    where o.kind = 'file' and o.next_attempt_at <= v_now
    order by o.next_attempt_at, o.id
    limit greatest(1, least(p_limit, 1000))
    for update skip locked
  ),
  kept as (
    delete from private.outbox as o using due as d
    where o.id = d.id and private.file_in_use(d.path)
    returning o.id
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'bucket', d.bucket, 'path', d.path) order by d.next_attempt_at, d.id), '[]')
  into v_files
  from due as d where d.id not in (select k.id from kept as k);
  return v_files;
end
$$;
comment on function public.files_due(integer) is
  'Files of deleted rows, to be deleted through the storage API: [{id, bucket, path}]. Those that another row names stay, and leave the outbox. Tell outbox_done() or outbox_failed().';

create function private.file_in_use(p_path text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  -- All of a user's paths begin with their id (private.own_path).
  v_owner uuid := split_part(p_path, '/', 1)::uuid;
begin
  return exists (
    select from public.resumes as r
    where r.user_id = v_owner and p_path in (r.thumbnail_path, r.original_file_path, r.exported_pdf_path, r.photo_path)
  )
  or exists (select from public.resume_uploads as u where u.path = p_path)
  or exists (select from public.resume_downloads as d where d.user_id = v_owner and d.file_path = p_path)
  or exists (select from public.resume_templates as t where t.user_id = v_owner and t.preview_path = p_path)
  or exists (select from public.interview_turns as i where i.user_id = v_owner and i.audio_path = p_path)
  or exists (select from public.interview_transcripts as i where i.user_id = v_owner and i.audio_path = p_path);
end
$$;
comment on function private.file_in_use(text) is 'True while a row names the file: a copy of a deleted one, for instance.';

create function public.outbox_done(p_ids uuid[])
returns integer
language sql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
  with done as (delete from private.outbox as o where o.id = any(p_ids) returning o.id)
  select count(*)::integer from done
$$;
comment on function public.outbox_done(uuid[]) is 'Takes what was done out of the outbox; returns how many. What was asked for again meanwhile stays.';

create function public.outbox_failed(p_ids uuid[])
returns integer
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_count integer;
begin
  update private.outbox as o
  set
    attempts = o.attempts + 1,
    -- 5, 10, 20 … minutes, at most a day.
    next_attempt_at = v_now + least(interval '1 day', interval '5 minutes' * power(2, least(o.attempts, 10)))
  where o.id = any(p_ids);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.outbox_failed(uuid[]) is 'Puts off what could not be done, longer each time; returns how many.';

create function public.thumbnails_due(p_limit integer default 100)
returns jsonb
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_ids jsonb;
begin
  with due as (
    select o.id from private.outbox as o
    where o.kind = 'thumbnail' and o.next_attempt_at <= v_now
    order by o.next_attempt_at, o.id
    limit greatest(1, least(p_limit, 1000))
    for update skip locked
  ),
  sent as (
    update private.outbox as o
    set
      attempts = o.attempts + 1,
      -- Long after its message has been tried three times: 2, 4, 8 … hours, at most a day.
      next_attempt_at = v_now + least(interval '1 day', interval '2 hours' * power(2, least(o.attempts, 10)))
    from due as d where o.id = d.id
    returning o.id
  )
  select coalesce(jsonb_agg(s.id), '[]') into v_ids from sent as s;
  return v_ids;
end
$$;
comment on function public.thumbnails_due(integer) is
  'Outbox entries of résumés to draw, for messages: [id]. Each comes again hours later, in case its message was lost.';

create function public.thumbnail_read(p_outbox_id uuid)
returns jsonb
language plpgsql
security definer -- reads any user's résumé
set search_path = ''
as $$
declare
  v_resume public.resumes;
begin
  select r.* into v_resume
  from private.outbox as o
  inner join public.resumes as r on r.id = o.object::uuid
  inner join public.profiles as p on p.id = r.user_id and p.is_active and p.deleted_at is null
  where o.id = p_outbox_id and o.kind = 'thumbnail' and r.deleted_at is null;
  if v_resume.id is null then
    delete from private.outbox as o where o.id = p_outbox_id and o.kind = 'thumbnail';
    return null;
  end if;
  return jsonb_build_object(
    'user_id', v_resume.user_id, 'content', v_resume.content, 'layout', v_resume.layout, 'design', private.design_of(v_resume.template_id),
    'photo_path', case when v_resume.show_photo then v_resume.photo_path end
  );
end
$$;
comment on function public.thumbnail_read(uuid) is
  'The résumé to draw for an outbox entry: {user_id, content, layout, design, photo_path}. Null, and the entry is gone: it was drawn, or it or its account is deleted.';

create function public.thumbnail_keep(p_outbox_id uuid, p_path text default null)
returns boolean
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_resume_id uuid;
begin
  -- First the résumé, as a save does.
  perform from public.resumes as r
  where r.id = (select o.object::uuid from private.outbox as o where o.id = p_outbox_id and o.kind = 'thumbnail')
  for no key update;
  delete from private.outbox as o where o.id = p_outbox_id and o.kind = 'thumbnail' returning o.object::uuid into v_resume_id;
  if p_path is null then
    return v_resume_id is not null;
  end if;
  update public.resumes as r set thumbnail_path = p_path where r.id = v_resume_id;
  if not found then
    -- Saved again, deleted or drawn by another consumer meanwhile: the file goes, unless it is that one's.
    perform private.outbox_put('file', 'exports/' || p_path);
    return false;
  end if;
  return true;
end
$$;
comment on function public.thumbnail_keep(uuid, text) is
  'Keeps the picture of an outbox entry''s résumé, and ends the entry; without a path, only ends it. False: there is no such entry any more.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.files_due(integer), public.outbox_done(uuid[]), public.outbox_failed(uuid[]), public.thumbnails_due(integer), public.thumbnail_read(uuid),
public.thumbnail_keep(uuid, text)
to service_role;
