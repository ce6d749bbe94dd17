-- Effects: the rows that an operation leaves behind, written in the transaction that settles it. So nobody pays for a letter
-- that was lost, and nobody keeps one that was given back.
--
-- An effect is an object with `kind` and what private.effect_<kind> reads. The operation's user, résumé and job come from
-- its usage event, so an effect can name no row of another user.

-- functions ---------------------------------------------------------------------------------------------------
create function private.stored_results(p_user_id uuid, p_table text, out n bigint, out bytes bigint)
language plpgsql
stable
set search_path = ''
as $$
begin
  case p_table
    when 'analyses' then
      select count(*), sum(pg_column_size(t.results) + pg_column_size(t.issues) + coalesce(pg_column_size(t.job_description), 0))
      into n, bytes from public.analyses as t where t.user_id = p_user_id;
    when 'generated_documents' then
      select count(*), sum(pg_column_size(t.content)) into n, bytes from public.generated_documents as t where t.user_id = p_user_id;
    when 'resume_bullets' then
      select count(*), sum(pg_column_size(t.transcript) + pg_column_size(t.bullets))
      into n, bytes from public.resume_bullets as t where t.user_id = p_user_id;
    when 'resume_downloads' then
      select count(*), sum(t.file_size_bytes) into n, bytes from public.resume_downloads as t where t.user_id = p_user_id;
    when 'resumes' then
      select count(*), sum(pg_column_size(t.content) + pg_column_size(t.layout)) into n, bytes from public.resumes as t where t.user_id = p_user_id;
    when 'resume_versions' then
      select count(*), sum(pg_column_size(t.content) + pg_column_size(t.layout))
      into n, bytes from public.resume_versions as t where t.user_id = p_user_id;
    when 'interview_sessions' then
      select count(*), sum(pg_column_size(t.session_data) + coalesce(pg_column_size(t.job_description), 0) + coalesce(pg_column_size(t.feedback), 0))
      into n, bytes from public.interview_sessions as t where t.user_id = p_user_id;
    when 'interview_turns' then
      select count(*), sum(pg_column_size(t.message) + pg_column_size(t.details))
      into n, bytes from public.interview_turns as t where t.user_id = p_user_id;
    when 'interview_transcripts' then
      select count(*), sum(pg_column_size(t.transcript_text)) into n, bytes from public.interview_transcripts as t where t.user_id = p_user_id;
    when 'resume_uploads' then
      select count(*), sum(pg_column_size(t.parsed_data)) into n, bytes from public.resume_uploads as t where t.user_id = p_user_id;
  end case;
end
$$;
comment on function private.stored_results(uuid, text) is 'How many rows of a table of results a user has, and the bytes of their large columns.';

create function private.assert_room(p_user_id uuid, p_table text, p_more integer default 0)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_stored constant record := private.stored_results(p_user_id, p_table);
  v_limit constant text := private.storage_exceeded(p_user_id, p_table, v_stored.n + p_more, coalesce(v_stored.bytes, 0));
begin
  if v_limit is not null then
    perform private.refuse_storage(v_limit);
  end if;
end
$$;
comment on function private.assert_room(uuid, text, integer) is
  'Refuses with 413 what a user''s plan does not store: before the work with one row more, after it as it is. The caller holds the account''s lock.';

create function private.effect_bullets(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  insert into public.resume_bullets (id, user_id, usage_id, session_id, question, transcript, bullets, role, experience, created_at)
  select
    e.id, p_event.user_id, p_event.id,
    -- None, if the interview is gone or another user's.
    (select s.id from public.interview_sessions as s where s.id = e.session_id and s.user_id = p_event.user_id),
    e.question, coalesce(e.transcript, ''), e.bullets, e.role, e.experience, p_at
  from jsonb_to_record(p_effect) as e (
    id uuid, session_id uuid, question text, transcript text, bullets jsonb, role text, experience text
  );
  perform private.assert_room(p_event.user_id, 'resume_bullets');
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_bullets(public.usage_events, jsonb, timestamptz) is 'Keeps bullets with the words they were written from.';

create function private.effect_document(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  insert into public.generated_documents (
    id, user_id, usage_id, document_type, title, prompt, content, resume_id, resume_version, job_id, ai_provider, model_used,
    created_at, updated_at
  )
  select
    e.id, p_event.user_id, p_event.id, e.document_type, e.title, e.prompt, e.content,
    private.resume_if_kept(p_event), e.resume_version, private.job_if_kept(p_event), e.ai_provider, e.model_used, p_at, p_at
  from jsonb_to_record(p_effect) as e (
    id uuid, document_type text, title text, prompt text, content text, resume_version integer, ai_provider text, model_used text
  );
  perform private.assert_room(p_event.user_id, 'generated_documents');
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_document(public.usage_events, jsonb, timestamptz) is 'Keeps a cover letter, an answer or an outreach message.';

create function private.effect_analysis(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  insert into public.analyses (
    id, user_id, usage_id, analysis_type, resume_id, resume_version, job_id, job_title, company, job_description, score,
    keywords_matched, keywords_missing, keywords_total, issues, suggestions, results, ai_provider, model_used, tokens_used,
    credits_used, estimated_cost, processing_time_ms, status, created_at, updated_at
  )
  select
    e.id, p_event.user_id, p_event.id, e.analysis_type, private.resume_if_kept(p_event), e.resume_version,
    private.job_if_kept(p_event), e.job_title, e.company, e.job_description, e.score, e.keywords_matched, e.keywords_missing,
    e.keywords_matched + e.keywords_missing, coalesce(e.issues, '[]'), coalesce(e.suggestions, '[]'), coalesce(e.results, '{}'),
    e.ai_provider, e.model_used, e.tokens_used, p_event.cost, e.estimated_cost, e.processing_time_ms, 'completed', p_at, p_at
  from jsonb_to_record(p_effect) as e (
    id uuid, analysis_type text, resume_version integer, job_title text, company text, job_description text, score integer,
    keywords_matched integer, keywords_missing integer, issues jsonb, suggestions jsonb, results jsonb, ai_provider text,
    model_used text, tokens_used integer, estimated_cost numeric, processing_time_ms integer
  );
  perform private.assert_room(p_event.user_id, 'analyses');
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_analysis(public.usage_events, jsonb, timestamptz) is 'Keeps a completed analysis; its score goes to the résumé.';

create function private.effect_job_data(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  update public.jobs as j
  set extracted_data = p_effect -> 'extracted_data', updated_at = p_at
  where j.id = p_event.job_id and j.user_id = p_event.user_id;
  return jsonb_build_object('id', p_event.job_id);
end
$$;
comment on function private.effect_job_data(public.usage_events, jsonb, timestamptz) is
  'Keeps what the advertisement of the operation''s job states, on the job, unless it was deleted since.';

create function private.effect_download(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  insert into public.resume_downloads (
    id, user_id, generation_id, resume_id, resume_version, format, file_path, file_size_bytes, created_at
  )
  select
    e.id, p_event.user_id, e.generation_id, private.resume_if_kept(p_event), e.resume_version, e.format, e.file_path,
    e.file_size_bytes, p_at
  from jsonb_to_record(p_effect) as e (
    id uuid, generation_id uuid, resume_version integer, format text, file_path text, file_size_bytes integer
  );
  perform private.assert_room(p_event.user_id, 'resume_downloads');
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_download(public.usage_events, jsonb, timestamptz) is 'Keeps a file that was made from a résumé.';

create function private.template_for_copy(p_user_id uuid, p_template_id uuid)
returns uuid
language plpgsql
set search_path = ''
as $$
begin
  if p_template_id is not null then
    perform private.assert_template_usable(p_user_id, p_template_id);
  end if;
  return coalesce(p_template_id, private.default_template());
exception
when sqlstate 'PT403' or sqlstate 'PT422' then
  return private.default_template();
end
$$;
comment on function private.template_for_copy(uuid, uuid) is
  'The template of a copied résumé: the same, unless the user may no longer choose it. What was paid for is not lost over its looks.';

create function private.effect_resume(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_done text := set_config('resumebase.change_type', p_effect ->> 'change_type', true);
begin
  v_done := set_config('resumebase.change_summary', coalesce(p_effect ->> 'change_summary', ''), true);
  insert into public.resumes (
    id, user_id, title, content, layout, template_id, parent_resume_id, parent_version, ai_optimized_for_job_id, last_edited
  )
  select
    e.id, p_event.user_id, e.title, e.content, coalesce(e.layout, '{}'), private.template_for_copy(p_event.user_id, e.template_id),
    case when e.parent_version is not null then private.resume_if_kept(p_event) end, e.parent_version,
    case when e.for_job then private.job_if_kept(p_event) end, p_at
  from jsonb_to_record(p_effect) as e (
    id uuid, title text, content jsonb, layout jsonb, template_id uuid, parent_version integer, for_job boolean
  );
  v_done := set_config('resumebase.change_type', '', true);
  v_done := set_config('resumebase.change_summary', '', true);
  perform private.assert_room(p_event.user_id, 'resumes');
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_resume(public.usage_events, jsonb, timestamptz) is
  'Makes a new résumé, a draft, within the number and the bytes that the plan allows. With parent_version it is a variant of the operation''s résumé, with for_job it was written for its job.';

create function private.effect_generation(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  update public.resume_generations as g
  set
    session_id = (
      select s.id from public.interview_sessions as s
      where s.id = (p_effect ->> 'session_id')::uuid and s.user_id = g.user_id for key share
    ),
    resume_id = r.id, template_name = t.name, role_type = p_effect ->> 'role_type', resume_data = r.content
  from public.resumes as r
  left join public.resume_templates as t on t.id = r.template_id
  where r.id = (p_effect ->> 'id')::uuid and r.user_id = p_event.user_id and g.user_id = p_event.user_id
    and g.idempotency_key = p_event.idempotency_key and g.status = 'processing';
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_generation(public.usage_events, jsonb, timestamptz) is
  'Notes on the operation''s task which résumé it made, an effect before this one: its template, its role and its content. A part of a batch has no task of its own.';

create function private.effect_upload(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if (p_effect ->> 'is_new')::boolean then
    insert into public.resume_uploads (
      id, user_id, file_name, path, file_size_bytes, parsed_data, parse_status, confidence, resume_id, created_at, updated_at
    )
    select
      e.id, p_event.user_id, e.file_name, e.path, e.file_size_bytes, e.parsed_data, 'completed', e.confidence, e.resume_id, p_at, p_at
    from jsonb_to_record(p_effect) as e (
      id uuid, file_name text, path text, file_size_bytes integer, parsed_data jsonb, confidence numeric, resume_id uuid
    );
  else
    update public.resume_uploads as u
    set
      file_size_bytes = e.file_size_bytes, parsed_data = e.parsed_data, parse_status = 'completed', confidence = e.confidence,
      error_message = null, resume_id = coalesce(e.resume_id, u.resume_id)
    from jsonb_to_record(p_effect) as e (
      id uuid, path text, file_size_bytes integer, parsed_data jsonb, confidence numeric, resume_id uuid
    )
    where u.id = e.id and u.user_id = p_event.user_id and u.path = e.path;
  end if;
  if not found then
    perform private.raise_problem(404, 'upload_not_found');
  end if;
  perform private.assert_room(p_event.user_id, 'resume_uploads');
  update public.resumes as r set original_file_path = p_effect ->> 'path'
  where r.id = (p_effect ->> 'resume_id')::uuid and r.user_id = p_event.user_id and r.original_file_path is null;
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_upload(public.usage_events, jsonb, timestamptz) is
  'Keeps what was read from a file, on the row of its upload or on a new one.';

create function private.effect_upload_failed(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  update public.resume_uploads as u
  set parse_status = 'failed', error_message = left(p_effect ->> 'message', 1000)
  where u.id = (p_effect ->> 'id')::uuid and u.user_id = p_event.user_id and u.parse_status = 'pending';
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_upload_failed(public.usage_events, jsonb, timestamptz) is
  'Says on the row of an upload why its file was not read. A file that was read before stays so.';

create function private.resume_if_kept(p_event public.usage_events)
returns uuid
language sql
set search_path = ''
as $$
  select r.id from public.resumes as r where r.id = p_event.resume_id and r.user_id = p_event.user_id for key share
$$;
comment on function private.resume_if_kept(public.usage_events) is
  'The operation''s résumé; null if it was deleted for good since. Its result is kept all the same, as one is when a résumé goes later.';

create function private.job_if_kept(p_event public.usage_events)
returns uuid
language sql
set search_path = ''
as $$
  select j.id from public.jobs as j where j.id = p_event.job_id and j.user_id = p_event.user_id for key share
$$;
comment on function private.job_if_kept(public.usage_events) is 'The operation''s job, likewise.';

create function private.apply_effects(p_event public.usage_events, p_effects jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  -- What may be written when nothing is charged.
  v_of_a_release constant text[] := '{task_end, upload_failed}';
  v_effect jsonb;
  v_kind text;
  v_written jsonb := '[]';
begin
  for v_effect in select e from jsonb_array_elements(p_effects) as e loop
    v_kind := v_effect ->> 'kind';
    if p_event.status = 'released' and v_kind <> all(v_of_a_release) then
      v_kind := null;
    end if;
    case v_kind
      when 'analysis' then v_written := v_written || private.effect_analysis(p_event, v_effect, p_at);
      when 'bullets' then v_written := v_written || private.effect_bullets(p_event, v_effect, p_at);
      when 'document' then v_written := v_written || private.effect_document(p_event, v_effect, p_at);
      when 'download' then v_written := v_written || private.effect_download(p_event, v_effect, p_at);
      when 'job_data' then v_written := v_written || private.effect_job_data(p_event, v_effect, p_at);
      when 'resume' then v_written := v_written || private.effect_resume(p_event, v_effect, p_at);
      when 'generation' then v_written := v_written || private.effect_generation(p_event, v_effect, p_at);
      when 'upload' then v_written := v_written || private.effect_upload(p_event, v_effect, p_at);
      when 'upload_failed' then v_written := v_written || private.effect_upload_failed(p_event, v_effect, p_at);
      when 'interview_turn' then v_written := v_written || private.effect_interview_turn(p_event, v_effect, p_at);
      when 'interview_transcript' then v_written := v_written || private.effect_interview_transcript(p_event, v_effect, p_at);
      when 'interview_score' then v_written := v_written || private.effect_interview_score(p_event, v_effect, p_at);
      when 'task_part' then v_written := v_written || private.effect_task_part(p_event, v_effect, p_at);
      when 'task_end' then v_written := v_written || private.effect_task_end(p_event, v_effect, p_at);
      else perform private.raise_problem(500, 'unknown_effect');
    end case;
  end loop;
  return v_written;
end
$$;
comment on function private.apply_effects(public.usage_events, jsonb, timestamptz) is
  'Writes the effects of an operation that is being settled; returns what each wrote, in their order. 500 unknown_effect: no such kind, or none that a release may have. The caller holds the account''s lock.';

-- data --------------------------------------------------------------------------------------------------------
update public.operations as o
set kept_in = k.kept_in
from (values
  ('bullets', 'resume_bullets'), ('cover_letter', 'generated_documents'), ('answer', 'generated_documents'),
  ('outreach', 'generated_documents'), ('ats_scan', 'analyses'), ('full_analysis', 'analyses'), ('tailor', 'analyses'),
  ('interview_turn', 'interview_turns'), ('interview_audio', 'interview_transcripts')
) as k (slug, kept_in)
where o.slug = k.slug;
