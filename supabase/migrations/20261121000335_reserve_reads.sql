-- What a reservation reads: how many operations began lately, and the rows for the work, which then needs no round trip of its own.

-- functions ---------------------------------------------------------------------------------------------------
create function private.own_resume(p_user_id uuid, p_resume_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_resume jsonb;
begin
  select jsonb_build_object(
    'id', r.id, 'version', r.version, 'title', r.title, 'content', r.content, 'layout', r.layout, 'template_id', r.template_id
  ) into v_resume
  from public.resumes as r where r.id = p_resume_id and r.user_id = p_user_id and r.deleted_at is null;
  if not found then
    perform private.raise_problem(404, 'resume_not_found');
  end if;
  return v_resume;
end
$$;
comment on function private.own_resume(uuid, uuid) is 'A user''s own résumé, read with the reservation to save a round trip; 404 for a foreign, deleted or missing one.';

create function private.own_job(p_user_id uuid, p_job_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_job jsonb;
begin
  select jsonb_build_object(
    'id', j.id, 'title', j.title, 'company', j.company, 'description', j.description, 'extracted_data', j.extracted_data
  ) into v_job
  from public.jobs as j where j.id = p_job_id and j.user_id = p_user_id and j.deleted_at is null;
  if not found then
    perform private.raise_problem(404, 'job_not_found');
  end if;
  return v_job;
end
$$;
comment on function private.own_job(uuid, uuid) is 'A user''s own job, likewise.';

create function private.own_file_scan(p_user_id uuid, p_resume_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object('id', a.id, 'resume_version', a.resume_version, 'score', a.score, 'created_at', a.created_at, 'issues', a.issues)
    from public.analyses as a
    where a.resume_id = p_resume_id and a.user_id = p_user_id and a.analysis_type = 'ats_score' and a.status = 'completed'
    order by a.created_at desc, a.id limit 1
  );
end
$$;
comment on function private.own_file_scan(uuid, uuid) is 'The last scan of a file of a user''s résumé; null if none was scanned.';

create function private.meet_needs(p_user_id uuid, p_needs jsonb, p_resume jsonb)
returns jsonb
language plpgsql
volatile -- what the holder of the lock before wrote is seen
set search_path = ''
as $$
begin
  if p_needs ? 'room' then
    perform private.assert_room(p_user_id, p_needs ->> 'room', 1);
  end if;
  if p_needs ? 'recording' then
    perform private.assert_recording(
      p_user_id, (p_needs #>> '{recording,session_id}')::uuid, (p_needs #>> '{recording,question}')::integer
    );
  end if;
  return jsonb_build_object(
    'career', case when p_needs ? 'career' then private.own_career(p_user_id, p_needs -> 'career', p_resume) end,
    'file_scan', case when p_needs ? 'file_scan' then private.own_file_scan(p_user_id, (p_resume ->> 'id')::uuid) end
  );
end
$$;
comment on function private.meet_needs(uuid, jsonb, jsonb) is
  'What else an operation needs. room: a table, refused with 413 if it has none for another row. recording, {session_id, question}: refused beyond what may be written down (private.assert_recording). Read are career, {session_id?, template_id?} (private.own_career), and file_scan.';

create function private.turn(p_user_id uuid, p_quota_group text, p_limit integer, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_window constant interval := interval '60 seconds';
  v_count integer;
  v_oldest timestamptz;
  v_reset integer;
begin
  -- Operations are their own log: nothing is written for the rate, and the window slides exactly.
  select count(*), min(e.reserved_at) into v_count, v_oldest
  from (
    select u.reserved_at from public.usage_events as u
    where
      u.user_id = p_user_id and u.reserved_at > p_at - v_window and u.quota_group = p_quota_group
      and u.funding in ('plan', 'credits')
    order by u.reserved_at desc
    limit p_limit
  ) as e;
  v_reset := ceil(extract(epoch from coalesce(v_oldest, p_at) + v_window - p_at));
  if v_count >= p_limit then
    perform private.raise_problem(429, 'rate_limited', jsonb_build_object(
      'policy', p_quota_group, 'limit', p_limit, 'window', 60, 'remaining', 0, 'retry_after', greatest(1, v_reset)
    )::text);
  end if;
  return jsonb_build_object(
    'policy', p_quota_group, 'limit', p_limit, 'window', 60, 'remaining', p_limit - v_count - 1, 'reset', v_reset
  );
end
$$;
comment on function private.turn(uuid, text, integer, timestamptz) is
  'Refuses an operation with 429 if as many of its quota group began within 60 seconds; else says how many more may. The caller holds the account''s lock.';
