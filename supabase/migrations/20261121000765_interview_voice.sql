-- Recorded answers of voice interviews. Writing one down is an operation that costs nothing, as the other steps; what bounds
-- it is that each question has room for two.

-- functions ---------------------------------------------------------------------------------------------------
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
