-- The steps of an interview. Its operation is reserved when it starts and charged with the first accepted answer; later
-- answers and the score are operations of their own that cost nothing, so each can be repeated with its own key.

-- functions ---------------------------------------------------------------------------------------------------
create function public.interview_state(p_session_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.require_active();
  select to_jsonb(s) || jsonb_build_object(
    'interviewer', (
      select to_jsonb(i) from (
        select w.slug, w.name, w.title, w.company, w.specialty, w.description
        from public.interviewers as w where w.id = s.interviewer_id
      ) as i
    ),
    'payment', (
      select to_jsonb(e) from (
        select u.status, u.funding, u.cost, u.expires_at from public.usage_events as u where u.id = s.usage_id
      ) as e
    ),
    'turns', (
      select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' - 'session_id' order by t.turn_number), '[]')
      from public.interview_turns as t where t.session_id = s.id and t.user_id = s.user_id
    ),
    'transcripts', (
      select coalesce(jsonb_agg(to_jsonb(t) - 'user_id' - 'session_id' order by t.created_at, t.id), '[]')
      from public.interview_transcripts as t where t.session_id = s.id and t.user_id = s.user_id
    ),
    'with_tips', coalesce((select n.resume_tips from public.user_settings as n where n.user_id = s.user_id), true)
  )
  from public.interview_sessions as s where s.id = p_session_id
$$;
comment on function public.interview_state(uuid) is
  'An interview with its turns, its interviewer and who pays for it; null if the caller has none of this id.';

create function public.interview_list(p_status text default null, p_limit integer default 20)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.require_active();
  select coalesce(jsonb_agg(to_jsonb(n) order by n.created_at desc), '[]')
  from (
    select
      s.id, s.status, s.session_type, s.job_title, s.role_type, s.score, s.questions_answered, s.total_questions, s.created_at,
      s.completed_at
    from public.interview_sessions as s
    where s.user_id = (select auth.uid()) and (p_status is null or s.status = p_status)
    order by s.created_at desc
    limit p_limit
  ) as n
$$;
comment on function public.interview_list(text, integer) is 'The caller''s interviews, newest first, without their turns.';

create function public.interview_start(
  p_user_id uuid, p_idempotency_key text, p_request_hash text, p_session jsonb, p_question jsonb, p_dry_run boolean default false,
  p_funding text default null
)
returns jsonb
language plpgsql
security definer -- reserves, and writes for the user of a verified token
set search_path = ''
as $$
declare
  v_event public.usage_events;
  v_reserved jsonb;
  v_id uuid;
begin
  perform private.lock_accounts(array[p_user_id]);
  perform private.assert_active(p_user_id);
  select e.* into v_event from public.usage_events as e where e.user_id = p_user_id and e.idempotency_key = p_idempotency_key;
  select s.id into v_id from public.interview_sessions as s where s.usage_id = v_event.id;
  if found then
    if v_event.request_hash is distinct from p_request_hash then
      perform private.raise_problem(409, 'idempotency_conflict', 'This key was used for another request.');
    end if;
    return jsonb_build_object('state', 'known', 'usage_id', v_event.id, 'interview', public.interview_state(v_id), 'balance', (
      select c.balance from public.user_credits as c where c.user_id = p_user_id
    ));
  end if;
  perform private.assert_room(p_user_id, 'interview_sessions', 1);
  v_reserved := public.usage_reserve(
    p_user_id, 'interview', p_idempotency_key, p_request_hash, (p_session ->> 'resume_id')::uuid, (p_session ->> 'job_id')::uuid,
    p_dry_run, p_funding
  );
  if v_reserved ->> 'state' = 'reserved' then
    insert into public.interview_sessions (
      user_id, session_type, interviewer_id, role_type, job_title, job_description, job_id, resume_id, resume_version, language,
      usage_id, total_questions, max_turns, session_data
    )
    select
      p_user_id, n.session_type, n.interviewer_id, n.role_type, n.job_title, n.job_description, n.job_id, n.resume_id,
      n.resume_version, n.language, (v_reserved ->> 'usage_id')::uuid, n.total_questions, n.max_turns, n.session_data
    from jsonb_to_record(p_session) as n (
      session_type text, interviewer_id uuid, role_type text, job_title text, job_description text, job_id uuid, resume_id uuid,
      resume_version integer, language text, total_questions integer, max_turns integer, session_data jsonb
    )
    returning id into v_id;
    insert into public.interview_turns (session_id, user_id, speaker, message, question_number, details)
    values (v_id, p_user_id, 'ai', p_question ->> 'message', 1, p_question -> 'details');
  end if;
  return v_reserved - 'resume' - 'job' || jsonb_build_object('interview', public.interview_state(v_id));
end
$$;
comment on function public.interview_start(uuid, text, text, jsonb, jsonb, boolean, text) is
  'Reserves an interview and opens it with its first question, or returns the interview of the same key.';

create function private.lock_interview(p_user_id uuid, p_session_id uuid)
returns public.interview_sessions
language plpgsql
set search_path = ''
as $$
declare
  v_session public.interview_sessions;
begin
  perform private.lock_accounts(array[p_user_id]);
  perform private.assert_active(p_user_id);
  select s.* into v_session
  from public.interview_sessions as s where s.id = p_session_id and s.user_id = p_user_id for no key update;
  if not found then
    perform private.raise_problem(404, 'session_not_found');
  end if;
  return v_session;
end
$$;
comment on function private.lock_interview(uuid, uuid) is 'A user''s interview, locked, after their account; 404 session_not_found.';

create function public.interview_open(p_user_id uuid, p_session_id uuid, p_hold boolean, p_idempotency_key text)
returns jsonb
language plpgsql
security definer -- reserves for the user of a verified token
set search_path = ''
as $$
declare
  v_session constant public.interview_sessions := private.lock_interview(p_user_id, p_session_id);
  v_now constant timestamptz := private.now();
  v_event public.usage_events;
begin
  select e.* into v_event from public.usage_events as e where e.id = v_session.usage_id;
  if p_hold and v_session.status = 'active' and v_event.status <> 'committed'
    and (v_event.status <> 'reserved' or v_event.expires_at <= v_now)
  then
    perform public.usage_reserve(
      p_user_id, 'interview', v_event.idempotency_key, v_event.request_hash,
      p_funding => case when v_event.funding in ('offline', 'own_key') then v_event.funding end
    );
  end if;
  return public.interview_state(p_session_id) || jsonb_build_object(
    'is_repeated', exists (
      select from public.usage_events as e
      where e.user_id = p_user_id and e.idempotency_key = p_idempotency_key and e.status in ('reserved', 'committed')
    ),
    'free_recordings_left', private.free_recordings_left(p_user_id, v_now),
    'resume', (
      select r.content from public.resumes as r
      where r.id = v_session.resume_id and r.user_id = p_user_id and r.deleted_at is null
    ),
    'job', (
      select jsonb_build_object('title', j.title, 'company', j.company, 'description', j.description)
      from public.jobs as j where j.id = v_session.job_id and j.user_id = p_user_id and j.deleted_at is null
    )
  );
end
$$;
comment on function public.interview_open(uuid, uuid, boolean, text) is
  'An interview with its résumé and job, as far as they are still there. p_hold: if its hold ran out before an answer was accepted, it is reserved anew, or refused. is_repeated: the step of this key is done or under way. free_recordings_left: how many more recordings of interviews that are not charged may be written down today.';

create function private.interview_at_turn(p_event public.usage_events, p_effect jsonb)
returns public.interview_sessions
language plpgsql
set search_path = ''
as $$
declare
  v_session public.interview_sessions;
begin
  select s.* into v_session
  from public.interview_sessions as s
  where s.id = (p_effect ->> 'session_id')::uuid and s.user_id = p_event.user_id
  for update;
  if not found then
    perform private.raise_problem(404, 'session_not_found');
  elsif v_session.status <> 'active' then
    perform private.raise_problem(409, 'session_not_active', 'The interview is ' || v_session.status || '.');
  elsif v_session.turns_count <> (p_effect ->> 'after')::integer then
    perform private.raise_problem(409, 'turn_taken', jsonb_build_object('question', (
      select max(t.question_number) from public.interview_turns as t where t.session_id = v_session.id and t.user_id = v_session.user_id
    ))::text);
  end if;
  return v_session;
end
$$;
comment on function private.interview_at_turn(public.usage_events, jsonb) is
  'Locks an interview that is still where an operation found it; 409 turn_taken if another answer came first.';

create function private.effect_interview_turn(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_session constant public.interview_sessions := private.interview_at_turn(p_event, p_effect);
  v_paid public.usage_events;
begin
  select e.* into v_paid from public.usage_events as e where e.id = v_session.usage_id;
  if v_paid.status is distinct from 'committed' then
    -- The first accepted answer charges the interview, in this transaction.
    perform public.usage_commit(v_paid.id, v_paid.attempt, null);
    update public.interview_sessions as s set credits_used = v_paid.cost where s.id = v_session.id;
  end if;
  insert into public.interview_turns (
    id, session_id, user_id, speaker, message, question_number, details, audio_path, processing_time_ms, created_at
  )
  select
    e.id, v_session.id, v_session.user_id, 'user', e.answer, e.question_number, e.details,
    (select t.audio_path from public.interview_transcripts as t where t.id = e.transcript_id and t.session_id = v_session.id and t.user_id = v_session.user_id),
    e.processing_time_ms, p_at
  from jsonb_to_record(p_effect) as e (
    id uuid, answer text, question_number integer, details jsonb, transcript_id uuid, processing_time_ms integer
  );
  if p_effect ? 'next' then
    insert into public.interview_turns (session_id, user_id, speaker, message, question_number, details, created_at)
    select v_session.id, v_session.user_id, 'ai', n.message, (p_effect ->> 'question_number')::integer + 1, n.details, p_at
    from jsonb_to_record(p_effect -> 'next') as n (message text, details jsonb);
  end if;
  perform private.assert_room(p_event.user_id, 'interview_turns');
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_interview_turn(public.usage_events, jsonb, timestamptz) is
  'Keeps an answer and the next question; the first answer charges the interview.';

create function private.effect_interview_score(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_session constant public.interview_sessions := private.interview_at_turn(p_event, p_effect);
begin
  update public.interview_sessions as s
  set
    status = 'completed', score = e.score, strengths = e.strengths, improvements = e.improvements, feedback = e.feedback,
    duration_seconds = e.duration_seconds, session_data = s.session_data || jsonb_build_object('report', e.report)
  from jsonb_to_record(p_effect) as e (
    score integer, strengths jsonb, improvements jsonb, feedback text, duration_seconds integer, report jsonb
  )
  where s.id = v_session.id;
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_interview_score(public.usage_events, jsonb, timestamptz) is 'Completes an interview with its score and its report.';

create function public.interview_end(p_user_id uuid, p_session_id uuid, p_status text)
returns jsonb
language plpgsql
security definer -- gives back what the interview holds
set search_path = ''
as $$
declare
  v_session constant public.interview_sessions := private.lock_interview(p_user_id, p_session_id);
  v_event public.usage_events;
begin
  if v_session.status not in ('active', p_status) or p_status not in ('abandoned', 'cancelled') then
    perform private.raise_problem(409, 'session_not_active', 'The interview is ' || v_session.status || '.');
  elsif v_session.status = 'active' then
    update public.interview_sessions as s set status = p_status where s.id = p_session_id;
    select e.* into v_event from public.usage_events as e where e.id = v_session.usage_id;
    if v_event.status = 'reserved' then
      perform public.usage_release(v_event.id, v_event.attempt, 'interview ' || p_status);
    end if;
  end if;
  return public.interview_state(p_session_id);
end
$$;
comment on function public.interview_end(uuid, uuid, text) is
  'Abandons or cancels an interview; what it holds comes back if no answer was accepted. Repeating it changes nothing.';

create function private.releases_allowed(p_user_id uuid, p_operation text, p_usual integer)
returns integer
language sql
stable
set search_path = ''
as $$
  -- Twice as many, not any number: steps at the same time ask a model each, and one of them counts.
  select p_usual * case
    when p_operation in ('interview_turn', 'interview_score', 'interview_audio') and exists (
      select from public.interview_sessions as s
      inner join public.usage_events as e on e.id = s.usage_id
      where s.user_id = p_user_id and s.status = 'active' and e.status = 'committed'
    ) then 2
    else 1
  end
$$;
comment on function private.releases_allowed(uuid, text, integer) is
  'How many attempts of a day may be given back before an operation is refused: more for the steps of an interview that is paid for.';

-- triggers ----------------------------------------------------------------------------------------------------
create function private.lock_own_account()
returns trigger
language plpgsql
security definer -- clients have no right to lock accounts
set search_path = ''
as $$
begin
  perform private.lock_accounts(array[auth.uid()]);
  return null;
end
$$;
comment on function private.lock_own_account() is
  'Before a client''s delete, once for the statement: the account is locked before any row, as the steps do.';

create function private.forget_interview()
returns trigger
language plpgsql
security definer -- gives back what the interview holds
set search_path = ''
as $$
declare
  v_event public.usage_events;
  v_now timestamptz;
begin
  if exists (select from private.closed_accounts as c where c.user_id = old.user_id) then
    return null; -- Its books are being closed, and its answers go with them.
  end if;
  if exists (select from public.usage_events as e where e.id = old.usage_id and e.status = 'reserved') then
    -- A client's delete has it already, and what the clean-up deletes holds nothing: no account is locked after a row.
    perform private.lock_accounts(array[old.user_id]);
  end if;
  v_now := private.now();
  select e.* into v_event from public.usage_events as e where e.id = old.usage_id and e.status = 'reserved';
  if found and not private.give_back(v_event, 'released', 'interview deleted', v_now) then
    perform private.settle_account(old.user_id, v_now);
  end if;
  delete from private.usage_results as r
  using public.usage_events as e
  -- The clean-up deletes what is older.
  where e.user_id = old.user_id and e.reserved_at >= greatest(old.created_at, v_now - interval '3 days')
    and e.operation_type in ('interview_turn', 'interview_score', 'interview_audio') and r.usage_id = e.id
    and strpos(r.result, old.id::text) > 0;
  return null;
end
$$;
comment on function private.forget_interview() is
  'After delete: what the interview holds comes back, and the stored answers of its steps are gone.';

create trigger interview_sessions_lock before delete on public.interview_sessions
for each statement execute function private.lock_own_account();
create trigger interview_sessions_forget after delete on public.interview_sessions
for each row execute function private.forget_interview();

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.interview_state(uuid), public.interview_list(text, integer) to authenticated, service_role;
grant execute on function
public.interview_start(uuid, text, text, jsonb, jsonb, boolean, text), public.interview_open(uuid, uuid, boolean, text),
public.interview_end(uuid, uuid, text)
to service_role;
