-- How much an account may store: rows and bytes per table, by plan, and files. And the end of every state that waits for
-- somebody: a policy fails or abandons what nobody finished.

-- table -------------------------------------------------------------------------------------------------------
create table public.storage_limits (
  id uuid primary key default gen_random_uuid(),
  -- A table of public, or files: the objects in storage.
  kind text not null check (kind ~ '^[a-z][a-z_]{1,39}$'),
  -- Null: every plan without a figure of its own.
  plan text references public.plans (slug) on delete cascade,
  max_rows integer not null check (max_rows >= 0),
  -- As stored, that is compressed.
  max_bytes bigint not null check (max_bytes >= 0),
  unique nulls not distinct (kind, plan)
);
comment on table public.storage_limits is
  'How many rows and bytes an account may have, per table and plan, the bin included. A table without a figure has no limit.';

-- indexes -----------------------------------------------------------------------------------------------------
create index storage_limits_plan_idx on public.storage_limits (plan);

-- row level security and policies -----------------------------------------------------------------------------
alter table public.storage_limits enable row level security;

create policy "Anyone reads the storage limits" on public.storage_limits
for select to anon, authenticated using (true);

-- data --------------------------------------------------------------------------------------------------------
insert into public.storage_limits (kind, max_rows, max_bytes) values
('resumes', 1000, 104857600),
('jobs', 1000, 52428800),
('resume_drafts', 1000, 52428800),
('resume_uploads', 500, 52428800),
('user_experiences', 300, 10485760),
('resume_templates', 100, 2097152),
('user_setting_pairs', 200, 2097152),
('feedback', 200, 1048576),
('analyses', 1000, 52428800),
('generated_documents', 1000, 20971520),
('resume_bullets', 1000, 20971520),
('resume_downloads', 1000, 1073741824),
('resume_versions', 30000, 419430400),
('interview_sessions', 1000, 104857600),
('interview_turns', 20000, 104857600),
('interview_transcripts', 5000, 20971520),
('files', 1000, 1073741824);

insert into private.retention_policies (data_type, table_name, age_column, keep, only_where, empties, becomes, reason) values
('open_uploads', 'public.resume_uploads', 'updated_at', interval '1 day', $$parse_status = 'pending'$$, 'parse_status', 'failed', 'No import takes a day'),
('open_analyses', 'public.analyses', 'updated_at', interval '1 day', $$status in ('pending', 'processing')$$, 'status', 'failed', 'No analysis takes a day'),
('open_generations', 'public.resume_generations', 'updated_at', interval '1 day', $$status in ('waiting', 'processing')$$, 'status', 'failed', 'No work of the queue takes a day'),
('generation_results', 'public.resume_generations', 'updated_at', interval '1 day', $$status = 'completed' and result is not null$$, 'result', null, 'As long as any answer can be had again'),
('recordings', 'public.interview_transcripts', 'created_at', interval '30 days', 'audio_path is not null', 'audio_path', null, 'Time to listen to an answer again; its text stays'),
('answered_recordings', 'public.interview_turns', 'created_at', interval '30 days', 'audio_path is not null', 'audio_path', null, 'The same recordings, as answers'),
('open_interviews', 'public.interview_sessions', 'updated_at', interval '7 days', $$status = 'active'$$, 'status', 'abandoned', 'Time to come back to an interview');
insert into private.retention_policies (data_type, table_name, age_column, keep, only_where, reason) values
('failed_uploads', 'public.resume_uploads', 'updated_at', interval '30 days', $$parse_status = 'failed'$$, 'Time to try again; the file goes with it'),
('failed_generations', 'public.resume_generations', 'updated_at', interval '30 days', $$status = 'failed'$$, 'Debugging'),
('exported_files', 'public.resume_downloads', 'created_at', interval '90 days', 'file_path is not null', 'An export can be made again; the file goes with it');

-- functions ---------------------------------------------------------------------------------------------------
create function private.storage_exceeded(p_user_id uuid, p_kind text, p_rows bigint, p_bytes bigint)
returns text
language plpgsql
security definer -- reads plans
set search_path = ''
as $$
declare
  v_limit public.storage_limits;
begin
  -- Nearly everybody is below the lowest figure, whatever their plan.
  if not exists (select from public.storage_limits as l where l.kind = p_kind and (l.max_rows < p_rows or l.max_bytes < p_bytes)) then
    return null;
  end if;
  select l.* into v_limit from public.storage_limits as l
  where l.kind = p_kind and (l.plan is null or l.plan = private.entitled_plan(p_user_id))
  order by l.plan nulls last limit 1;
  if v_limit.max_rows < p_rows or v_limit.max_bytes < p_bytes then
    return jsonb_build_object('kind', p_kind, 'max_rows', v_limit.max_rows, 'max_bytes', v_limit.max_bytes);
  end if;
  return null;
end
$$;
comment on function private.storage_exceeded(uuid, text, bigint, bigint) is
  'The limit, as JSON, that so many rows or bytes of a kind exceed on the user''s plan; null if they do not.';

create function private.refuse_storage(p_limit text)
returns void
language sql
set search_path = ''
as $$
  select private.raise_problem(
    413, 'storage_limit_reached', p_limit, 'Delete something for good, empty the bin, or choose a larger plan.'
  )
$$;
comment on function private.refuse_storage(text) is 'Raises storage_limit_reached.';

create function private.limit_storage()
returns trigger
language plpgsql
security definer -- counts what is in the bin, too, and locks the profile
set search_path = ''
as $$
declare
  v_user uuid;
  v_columns constant text := (
    select string_agg(format('coalesce(pg_column_size(t.%I), 0)', a), ' + ') from unnest(tg_argv) as a
  );
  v_rows bigint;
  v_bytes bigint;
  v_limit text;
  v_grown boolean := true;
begin
  for v_user in select distinct c.user_id from changed as c where c.user_id is not null order by 1 loop
    -- Two concurrent inserts must not both use the last free place (see assert_resume_count).
    perform from public.profiles as p where p.id = v_user for no key update;
    execute format(
      'select count(*), coalesce(sum(%s), 0) from %I.%I as t where t.user_id = $1',
      v_columns, tg_table_schema, tg_table_name
    ) into v_rows, v_bytes using v_user;
    -- An update adds no row. What exists stays editable after a downgrade, if it does not grow.
    v_limit := private.storage_exceeded(v_user, tg_table_name, case tg_op when 'INSERT' then v_rows else 0 end, v_bytes);
    if v_limit is not null and tg_op = 'UPDATE' then
      execute format(
        'select (select sum(%1$s) from changed as t where t.user_id = $1) > (select sum(%1$s) from replaced as t where t.user_id = $1)',
        (select string_agg(format('coalesce(octet_length(t.%I::text), 0)', a), ' + ') from unnest(tg_argv) as a)
      ) into v_grown using v_user;
    end if;
    if v_limit is not null and v_grown then
      perform private.refuse_storage(v_limit);
    end if;
  end loop;
  return null;
end
$$;
comment on function private.limit_storage() is
  'After a client''s insert or update, once per statement, with the large columns as arguments: refuses what is beyond the plan''s rows and bytes.';

create function private.trim_versions(p_user_id uuid, p_resume_id uuid, p_version integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_stored constant record := private.stored_results(p_user_id, 'resume_versions');
  v_limit constant jsonb := private.storage_exceeded(p_user_id, 'resume_versions', v_stored.n, v_stored.bytes);
begin
  if v_limit is null then
    return;
  end if;
  perform from public.profiles as p where p.id = p_user_id for no key update;
  delete from public.resume_versions as v
  using (
    select o.id, row_number() over newest as n, sum(pg_column_size(o.content) + pg_column_size(o.layout)) over newest as bytes
    from public.resume_versions as o where o.user_id = p_user_id
    window newest as (order by o.created_at desc, o.version_number desc)
  ) as k
  where v.id = k.id
    and (k.n > (v_limit ->> 'max_rows')::bigint or k.bytes > (v_limit ->> 'max_bytes')::bigint)
    and not (v.resume_id = p_resume_id and v.version_number >= p_version - 1);
end
$$;
comment on function private.trim_versions(uuid, uuid, integer) is
  'Deletes a user''s oldest versions, of whichever résumé, while they exceed the plan, but not the given one nor the one before: saving never fails for the sake of history.';

create function private.limit_files()
returns trigger
language plpgsql
security definer -- reads all of the user's objects and locks their profile
set search_path = ''
as $$
declare
  v_user constant uuid := split_part(new.name, '/', 1)::uuid;
  v_rows bigint;
  v_bytes bigint;
  v_limit text;
begin
  -- What exists may be replaced by something smaller after a downgrade.
  if tg_op = 'UPDATE' and private.file_bytes(new.metadata) <= private.file_bytes(old.metadata) then
    return null;
  end if;
  perform from public.profiles as p where p.id = v_user for no key update;
  select count(*), sum(private.file_bytes(o.metadata)) into v_rows, v_bytes
  from storage.objects as o
  where o.bucket_id in ('resumes', 'audio', 'photos') and o.name like v_user::text || '/%';
  v_limit := private.storage_exceeded(v_user, 'files', case tg_op when 'INSERT' then v_rows else 0 end, v_bytes);
  if v_limit is not null then
    -- Not PT413: of any error but this one, the storage API answers only the SQLSTATE, with status 500.
    raise exception using errcode = '42501', message = 'storage_limit_reached', detail = v_limit;
  end if;
  return null;
end
$$;
comment on function private.limit_files() is
  'After a file is stored, by whomever: refuses what is beyond the plan''s number and bytes. A policy would not do: the storage API asks it only before an upload begins.';

create function private.file_bytes(p_metadata jsonb)
returns bigint
language sql
immutable
set search_path = ''
as $$ select coalesce(p_metadata ->> 'size', p_metadata ->> 'contentLength', '0')::bigint $$;
comment on function private.file_bytes(jsonb) is 'The size of a stored object, or of one that is announced, by its metadata.';

-- triggers ----------------------------------------------------------------------------------------------------
-- Functions write with the secret key what was paid for.
do $$
declare
  v_table record;
  v_verb text;
begin
  for v_table in
    select * from (values
      ('resumes', array['content', 'layout']),
      ('jobs', array['description', 'extracted_data', 'notes']),
      ('resume_drafts', array['content']),
      ('resume_uploads', array['parsed_data']),
      ('user_experiences', array['description', 'technologies', 'achievements', 'responsibilities']),
      ('resume_templates', array['design', 'description']),
      ('user_setting_pairs', array['setting_value']),
      ('feedback', array['content', 'context'])
    ) as t (name, columns)
  loop
    foreach v_verb in array array['insert', 'update'] loop
      execute format(
        'create trigger %I after %s on public.%I referencing %s new table as changed for each statement '
        || 'when (private.is_client()) execute function private.limit_storage(%s)',
        v_table.name || '_storage_' || v_verb, v_verb, v_table.name, case v_verb when 'update' then 'old table as replaced' else '' end,
        (select string_agg(quote_literal(c), ', ') from unnest(v_table.columns) as c)
      );
    end loop;
  end loop;
end
$$;

-- Functions add transcripts, clients correct them.
create trigger interview_transcripts_storage_update after update on public.interview_transcripts
referencing old table as replaced new table as changed for each statement
when (private.is_client()) execute function private.limit_storage('transcript_text');

create trigger objects_storage after insert or update of metadata on storage.objects
for each row when (new.bucket_id in ('resumes', 'audio', 'photos') and new.name ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/')
execute function private.limit_files();

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.storage_limits to anon, authenticated;
