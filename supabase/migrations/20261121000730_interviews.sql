-- Interviews: interviewer characters, sessions with their turns, and transcribed audio.
--
-- Users pay for a session and get its turns. Clients read and delete them. Only the interview function
-- writes them, with the secret key, for the user of a verified token.

-- tables ------------------------------------------------------------------------------------------------------
create table public.interviewers (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$') check (char_length(slug) <= 60),
  name text not null check (char_length(name) between 1 and 255),
  title text check (char_length(title) <= 255),
  company text check (char_length(company) <= 255),
  avatar_path text check (char_length(avatar_path) <= 500),
  experience text check (char_length(experience) <= 50),
  specialty text check (char_length(specialty) <= 255),
  description text check (char_length(description) <= 2000),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.interviewers is 'The characters who conduct interviews.';

create table public.interview_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete cascade,
  session_type text not null check (session_type in ('voice', 'chat', 'resume_analyzer')),
  interviewer_id uuid references public.interviewers (id) on delete set null,
  role_type text check (char_length(role_type) <= 255),
  job_title text check (char_length(job_title) <= 255),
  job_description text check (char_length(job_description) <= 100000),
  job_id uuid,
  resume_id uuid,
  resume_version integer check (resume_version >= 1),
  language text not null default 'en' check (language ~ '^[a-z]{2}$'),
  -- The metered operation that pays for the session.
  usage_id uuid unique,
  credits_used integer check (credits_used >= 0),
  turns_count integer not null default 0,
  max_turns integer not null default 60 check (max_turns between 2 and 400),
  questions_answered integer not null default 0 check (questions_answered >= 0),
  total_questions integer check (total_questions >= 0),
  score integer check (score between 0 and 100),
  strengths jsonb not null default '[]' check (private.string_list(strengths, 50)),
  improvements jsonb not null default '[]' check (private.string_list(improvements, 50)),
  feedback text check (char_length(feedback) <= 20000),
  session_data jsonb not null default '{}' check (private.json_within(session_data, 'object', 262144)),
  duration_seconds integer check (duration_seconds >= 0),
  duration_minutes integer generated always as ((duration_seconds + 59) / 60) stored,
  status text not null default 'active' check (status in ('active', 'completed', 'abandoned', 'cancelled')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  unique (id, user_id),
  check (turns_count between 0 and max_turns),
  foreign key (job_id, user_id) references public.jobs (id, user_id) on delete set null (job_id),
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete set null (resume_id)
);
comment on table public.interview_sessions is 'One interview: its job, interviewer, progress and score.';

create table public.interview_turns (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null,
  user_id uuid not null,
  speaker text not null check (speaker in ('user', 'ai')),
  message text not null check (char_length(message) <= 20000),
  -- Set by the trigger: 1, 2, 3 …
  turn_number integer not null default 0,
  -- The question that is asked or answered: an answer that is given again has the number of the first one.
  question_number integer check (question_number between 1 and 200),
  -- Of a question: kind and origin. Of an answer: what was measured and scored.
  details jsonb not null default '{}' check (private.json_within(details, 'object', 65536)),
  audio_path text check (private.own_path(audio_path, user_id)),
  -- Of a question: how often a recorded answer to it was written down. Each costs us money, and deleting it does not bring one back.
  transcriptions integer not null default 0 check (transcriptions between 0 and 2),
  processing_time_ms integer check (processing_time_ms >= 0),
  created_at timestamptz not null default now(),
  unique (session_id, turn_number),
  foreign key (session_id, user_id) references public.interview_sessions (id, user_id) on delete cascade
);
comment on table public.interview_turns is 'The questions and answers of an interview, in order.';

create table public.interview_transcripts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete cascade,
  session_id uuid,
  question_number integer check (question_number between 1 and 200),
  -- Null once the recording is deleted.
  audio_path text check (private.own_path(audio_path, user_id)),
  transcript_text text not null check (char_length(transcript_text) <= 50000),
  -- Null where the provider gives none.
  confidence_score numeric(3, 2) check (confidence_score between 0 and 1),
  duration_seconds integer check (duration_seconds >= 0),
  processing_time_ms integer check (processing_time_ms >= 0),
  created_at timestamptz not null default now(),
  foreign key (session_id, user_id) references public.interview_sessions (id, user_id) on delete cascade
);
comment on table public.interview_transcripts is 'Recorded answers as text, which their users may correct before they answer with it.';

alter table public.resume_bullets
add constraint resume_bullets_session_id_fkey foreign key (session_id, user_id)
references public.interview_sessions (id, user_id) on delete set null (session_id);

-- indexes -----------------------------------------------------------------------------------------------------
create index interview_sessions_dashboard_idx on public.interview_sessions (user_id, created_at desc);
create index interview_sessions_created_at_idx on public.interview_sessions (created_at);
create index interview_sessions_open_idx on public.interview_sessions (updated_at) where status = 'active';
create index interview_sessions_interviewer_id_idx on public.interview_sessions (interviewer_id);
create index interview_sessions_job_id_idx on public.interview_sessions (job_id, user_id);
create index interview_sessions_resume_id_idx on public.interview_sessions (resume_id, user_id);
create index interview_turns_session_id_idx on public.interview_turns (session_id, user_id);
create index interview_turns_user_id_idx on public.interview_turns (user_id);
create index interview_transcripts_session_id_idx on public.interview_transcripts (session_id, user_id);
create index interview_transcripts_user_id_idx on public.interview_transcripts (user_id, created_at desc);
create index resume_bullets_session_id_idx on public.resume_bullets (session_id, user_id);

-- row level security and policies -----------------------------------------------------------------------------
alter table public.interviewers enable row level security;
alter table public.interview_sessions enable row level security;
alter table public.interview_turns enable row level security;
alter table public.interview_transcripts enable row level security;

create policy "Anyone reads the interviewers" on public.interviewers
for select to anon, authenticated using (true);
create policy "Users read their own interview sessions" on public.interview_sessions
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users delete their own interview sessions" on public.interview_sessions
for delete to authenticated using (user_id = (select private.active_user()));
create policy "Users read their own interview turns" on public.interview_turns
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users read their own transcripts" on public.interview_transcripts
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users correct their own transcripts" on public.interview_transcripts
for update to authenticated using (user_id = (select private.active_user())) with check (user_id = (select private.active_user()));
create policy "Users delete their own transcripts" on public.interview_transcripts
for delete to authenticated using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create function private.number_turn()
returns trigger
language plpgsql
security definer -- updates the session's count, no matter which role adds the turn
set search_path = ''
as $$
declare
  v_session record;
begin
  -- The lock serialises the turns of one session.
  select s.status, s.turns_count, s.max_turns into v_session
  from public.interview_sessions as s where s.id = new.session_id and s.user_id = new.user_id for update;
  if not found then
    perform private.raise_problem(404, 'session_not_found', 'There is no such interview.');
  elsif v_session.status <> 'active' then
    perform private.raise_problem(409, 'session_not_active', 'The interview is ' || v_session.status || '.');
  elsif v_session.turns_count >= v_session.max_turns then
    perform private.raise_problem(409, 'turn_limit_reached', jsonb_build_object('max_turns', v_session.max_turns)::text);
  end if;
  new.turn_number := v_session.turns_count + 1;
  update public.interview_sessions as s
  set
    turns_count = new.turn_number,
    questions_answered = s.questions_answered + (
      new.speaker = 'user' and not exists (
        select from public.interview_turns as t
        where t.session_id = s.id and t.speaker = 'user' and t.question_number = new.question_number
      )
    )::integer
  where s.id = new.session_id;
  return new;
end
$$;
comment on function private.number_turn() is 'Before insert: numbers the turn, increases its session''s count, and refuses it if the session is over or full.';

create function private.sessions_before_update()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.status = 'active' and new.status <> 'active' then
    new.completed_at := private.now();
    new.duration_seconds := coalesce(
      new.duration_seconds, greatest(0, extract(epoch from new.completed_at - new.created_at))::integer
    );
  end if;
  return new;
end
$$;
comment on function private.sessions_before_update() is 'Before update: sets the end and the duration of a session.';

create trigger interviewers_touch before update on public.interviewers
for each row execute function private.touch_updated_at();
create trigger interview_sessions_before_update before update on public.interview_sessions
for each row execute function private.sessions_before_update();
create trigger interview_sessions_stamp before insert or update on public.interview_sessions
for each row execute function private.stamp_times();
create trigger interview_sessions_transition before update of status on public.interview_sessions
for each row execute function private.guard_transition('status', 'active>completed', 'active>abandoned', 'active>cancelled');
create trigger interview_turns_number before insert on public.interview_turns
for each row when (not private.is_restoring()) execute function private.number_turn();

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.interviewers to anon, authenticated;
grant select, delete on public.interview_sessions, public.interview_transcripts to authenticated;
grant update (transcript_text) on public.interview_transcripts to authenticated;
grant select on public.interview_turns to authenticated;
-- A delete gives back what an interview holds, so it is the client's, who locks their account before the row.
revoke delete on public.interview_sessions from service_role;
