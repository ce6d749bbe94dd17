-- Analyses of résumés, and the documents written for jobs.

-- tables ------------------------------------------------------------------------------------------------------
create table public.analyses (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  -- An analysis outlives its résumé and its job.
  resume_id uuid,
  resume_version integer check (resume_version >= 1),
  job_id uuid,
  analysis_type text not null check (analysis_type in ('ats_score', 'keyword_match', 'full_analysis', 'optimization')),
  -- The analysed job description. Needed if no job was saved, or after the job is deleted.
  job_title text check (char_length(job_title) <= 255),
  company text check (char_length(company) <= 255),
  job_description text check (char_length(job_description) <= 100000),
  -- Null means unknown, which is neither 0 nor 100.
  score integer check (score between 0 and 100),
  keywords_matched integer check (keywords_matched >= 0),
  keywords_missing integer check (keywords_missing >= 0),
  keywords_total integer check (keywords_total = keywords_matched + keywords_missing),
  issues jsonb not null default '[]' check (private.json_within(issues, 'array', 65536)),
  suggestions jsonb not null default '[]' check (private.string_list(suggestions, 200)),
  results jsonb not null default '{}' check (private.json_within(results, 'object', 262144)),
  ai_provider text check (char_length(ai_provider) <= 50),
  model_used text check (char_length(model_used) <= 100),
  tokens_used integer check (tokens_used >= 0),
  credits_used integer check (credits_used >= 0),
  estimated_cost numeric(10, 6) check (estimated_cost >= 0),
  processing_time_ms integer check (processing_time_ms >= 0),
  usage_id uuid,
  status text not null default 'pending' check (status in ('pending', 'processing', 'completed', 'failed')),
  error_message text check (char_length(error_message) <= 1000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete set null (resume_id),
  foreign key (job_id, user_id) references public.jobs (id, user_id) on delete set null (job_id)
);
comment on table public.analyses is 'Scores, keyword matches and advice for a résumé, with or without a job.';
comment on column public.analyses.credits_used is 'Copied from the receipt, for the history list. usage_events and credit_transactions are authoritative.';

create table public.generated_documents (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  document_type text not null check (document_type in ('cover_letter', 'answer', 'outreach')),
  title text check (char_length(title) <= 255),
  -- The application question of an answer, or the recipient of an outreach message.
  prompt text check (char_length(prompt) <= 5000),
  content text not null check (char_length(content) <= 50000),
  job_id uuid,
  resume_id uuid,
  resume_version integer check (resume_version >= 1),
  ai_provider text check (char_length(ai_provider) <= 50),
  model_used text check (char_length(model_used) <= 100),
  usage_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, user_id),
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete set null (resume_id),
  foreign key (job_id, user_id) references public.jobs (id, user_id) on delete set null (job_id)
);
comment on table public.generated_documents is 'Cover letters, answers to application questions and outreach messages, bound to a job and a résumé version.';

-- indexes -----------------------------------------------------------------------------------------------------
create index analyses_dashboard_idx on public.analyses (user_id, created_at desc);
create index analyses_resume_id_idx on public.analyses (resume_id, user_id);
create index analyses_job_id_idx on public.analyses (job_id, user_id);
create index analyses_open_idx on public.analyses (updated_at) where status in ('pending', 'processing');
create index analyses_created_at_idx on public.analyses (created_at);
create index generated_documents_dashboard_idx on public.generated_documents (user_id, created_at desc);
create index generated_documents_resume_id_idx on public.generated_documents (resume_id, user_id);
create index generated_documents_job_id_idx on public.generated_documents (job_id, user_id);

-- row level security and policies -----------------------------------------------------------------------------
alter table public.analyses enable row level security;
alter table public.generated_documents enable row level security;

create policy "Users read their own analyses" on public.analyses
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users delete their own analyses" on public.analyses
for delete to authenticated using (user_id = (select private.active_user()));

create policy "Users read their own documents" on public.generated_documents
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users update their own documents" on public.generated_documents
for update to authenticated using (user_id = (select private.active_user())) with check (user_id = (select private.active_user()));
create policy "Users delete their own documents" on public.generated_documents
for delete to authenticated using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create function private.analyses_before_write()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.completed_at := case
    when new.status not in ('completed', 'failed') then null
    when tg_op = 'UPDATE' and old.status = new.status then old.completed_at
    else private.now()
  end;
  return new;
end
$$;
comment on function private.analyses_before_write() is 'Before insert or update: sets the end time of an analysis.';

create function private.analyses_after_write()
returns trigger
language plpgsql
security definer -- clients may not write the scores of a résumé
set search_path = ''
as $$
begin
  if new.status = 'completed' and new.score is not null and new.resume_id is not null then
    if new.analysis_type in ('ats_score', 'full_analysis') then
      update public.resumes as r set ats_score = new.score where r.id = new.resume_id and r.user_id = new.user_id;
    elsif new.analysis_type in ('keyword_match', 'optimization') then
      update public.resumes as r set optimization_score = new.score where r.id = new.resume_id and r.user_id = new.user_id;
    end if;
  end if;
  return null;
end
$$;
comment on function private.analyses_after_write() is 'After an analysis is completed: copies its score to the résumé.';

create trigger analyses_before_write before insert or update on public.analyses
for each row when (not private.is_restoring()) execute function private.analyses_before_write();
create trigger analyses_stamp before insert or update on public.analyses
for each row execute function private.stamp_times();
create trigger analyses_transition before update of status on public.analyses
for each row execute function private.guard_transition(
  'status', 'pending>processing', 'pending>completed', 'pending>failed', 'processing>completed', 'processing>failed', 'failed>pending'
);
create trigger analyses_inserted after insert on public.analyses
for each row when (not private.is_restoring()) execute function private.analyses_after_write();
create trigger analyses_completed after update of status on public.analyses
for each row when (old.status <> new.status) execute function private.analyses_after_write();
create trigger generated_documents_stamp before insert or update on public.generated_documents
for each row execute function private.stamp_times();

-- grants ------------------------------------------------------------------------------------------------------
-- Only the function that ran and charged the work writes its result, with the secret key. A user edits the text of a letter.
grant select, delete on public.analyses, public.generated_documents to authenticated;
grant update (title, content) on public.generated_documents to authenticated;
