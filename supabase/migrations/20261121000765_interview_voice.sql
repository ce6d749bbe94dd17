-- Recorded answers of voice interviews. Writing one down is an operation that costs nothing, as the other steps; what bounds
-- it is that each question has room for two, and a day for so many that nobody has paid for.

-- functions ---------------------------------------------------------------------------------------------------
create function private.free_recordings_left(p_user_id uuid, p_at timestamptz)
returns bigint
language sql
stable
set search_path = ''
as $$
  -- Operations outlive an interview that is deleted: starting and deleting writes nothing down for free.
  select 10 + 40 * count(*) filter (where e.operation_type = 'interview' and e.status = 'committed')
    - count(*) filter (where e.operation_type = 'interview_audio' and e.status in ('reserved', 'committed'))
  from public.usage_events as e
  where e.user_id = p_user_id and e.operation_type in ('interview', 'interview_audio')
    and e.funding not in ('offline', 'own_key') and e.reserved_at >= date_trunc('day', p_at, 'UTC')
$$;
comment on function private.free_recordings_left(uuid, timestamptz) is
  'How many more recordings of interviews that are not charged may be written down on a day.';

create function private.assert_recording(p_user_id uuid, p_session_id uuid, p_question integer)
returns void
language plpgsql
volatile -- what the holder of the lock before wrote is seen
set search_path = ''
as $$
declare
  v_now constant timestamptz := private.now();
  v_question record;
begin
  select t.transcriptions, e.status <> 'committed' and e.funding <> 'own_key' as is_free into v_question
  from public.interview_sessions as s
  inner join public.interview_turns as t
    on t.session_id = s.id and t.user_id = s.user_id and t.speaker = 'ai' and t.question_number = p_question
  left join public.usage_events as e on e.id = s.usage_id
  where s.id = p_session_id and s.user_id = p_user_id;
  if not found then
    perform private.raise_problem(404, 'session_not_found');
  elsif v_question.is_free and private.free_recordings_left(p_user_id, v_now) <= 0 then
    perform private.raise_problem(
      409, 'transcription_limit_reached', 'No more recordings of interviews that are not paid for today. Type the first answer.'
    );
  -- A hold does not say which question it is for: each that is under way may be for this one.
  elsif v_question.transcriptions + (
    select count(*) from public.usage_events as e
    where e.user_id = p_user_id and e.operation_type = 'interview_audio' and e.status = 'reserved' and e.expires_at > v_now
      and e.reserved_at > v_now - interval '1 day'
  ) >= 2 then
    perform private.raise_problem(
      409, 'transcription_limit_reached',
      case when v_question.transcriptions < 2 then 'Other recordings are being written down. Wait for them.' end
    );
  end if;
end
$$;
comment on function private.assert_recording(uuid, uuid, integer) is
  'Refuses to write another recording down: 409 transcription_limit_reached if the question has two, those under way included, or if the day''s free ones are used up. The caller holds the account''s lock.';

create function private.effect_interview_transcript(p_event public.usage_events, p_effect jsonb, p_at timestamptz)
returns jsonb
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
  end if;
  update public.interview_turns as t
  set transcriptions = t.transcriptions + 1
  where t.session_id = v_session.id and t.user_id = v_session.user_id and t.speaker = 'ai'
    and t.question_number = (p_effect ->> 'question_number')::integer and t.transcriptions < 2;
  if not found then
    perform private.raise_problem(409, 'transcription_limit_reached');
  end if;
  insert into public.interview_transcripts (
    id, user_id, session_id, question_number, audio_path, transcript_text, confidence_score, duration_seconds, processing_time_ms,
    created_at
  )
  select
    e.id, v_session.user_id, v_session.id, e.question_number, case when e.keeps_recording then e.audio_path end, e.transcript_text, e.confidence_score, e.duration_seconds,
    e.processing_time_ms, p_at
  from jsonb_to_record(p_effect) as e (
    id uuid, question_number integer, audio_path text, keeps_recording boolean, transcript_text text, confidence_score numeric, duration_seconds integer,
    processing_time_ms integer
  );
  perform private.assert_room(p_event.user_id, 'interview_transcripts');
  if not (p_effect ->> 'keeps_recording')::boolean then
    perform private.outbox_put('file', 'audio/' || (p_effect ->> 'audio_path'));
  end if;
  return jsonb_build_object('id', p_effect -> 'id');
end
$$;
comment on function private.effect_interview_transcript(public.usage_events, jsonb, timestamptz) is
  'Keeps what was said in a recorded answer; 409 transcription_limit_reached: two recordings of the question were written down.';
