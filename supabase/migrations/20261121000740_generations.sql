-- Long-running work with its progress, and the files that it creates.

-- tables ------------------------------------------------------------------------------------------------------
create table public.resume_generations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete cascade,
  -- The kind of work: the slug of an operation, or import, export, …
  operation text not null default 'generation' check (char_length(operation) between 1 and 60),
  session_id uuid,
  resume_id uuid,
  template_name text check (char_length(template_name) <= 100),
  role_type text check (char_length(role_type) <= 255),
  resume_data jsonb check (private.json_within(resume_data, 'object', 262144)),
  latex_content text check (char_length(latex_content) <= 500000),
  -- Of a task that is not metered itself; a metered one has its answer in private.usage_results.
  result jsonb check (private.json_within(result, 'object', 1048576)),
  usage_id uuid,
  -- The request: which function takes the task (by its name in URLs), its key and hash as in usage_events, its id in logs.
  function_name private.label,
  idempotency_key private.reference_key,
  request_hash private.reference_key,
  request_id private.reference_key,
  -- The failed task that an administrator has repeated with this one.
  retry_of uuid,
  status text not null default 'waiting' check (status in ('waiting', 'processing', 'completed', 'failed')),
  progress integer not null default 0 check (progress between 0 and 100),
  -- How often a consumer has claimed it, and until when the last claim holds.
  attempts integer not null default 0 check (attempts >= 0),
  lease_until timestamptz,
  error_code text check (char_length(error_code) <= 100),
  error_message text check (char_length(error_message) <= 1000),
  processing_time_ms integer check (processing_time_ms >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz,
  unique (id, user_id),
  foreign key (session_id, user_id) references public.interview_sessions (id, user_id) on delete set null (session_id),
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete set null (resume_id),
  foreign key (retry_of, user_id) references public.resume_generations (id, user_id) on delete set null (retry_of)
);
comment on table public.resume_generations is
  'Work that takes longer than a request: the queue''s functions write it, clients follow it, also through Realtime.';

create table public.resume_downloads (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  generation_id uuid,
  resume_id uuid,
  resume_version integer check (resume_version >= 1),
  -- Of the file of a letter, instead of the résumé.
  document_id uuid,
  format text not null check (format in ('pdf', 'docx', 'latex', 'overleaf', 'html', 'markdown', 'text', 'json', 'png')),
  -- In the bucket exports. Overleaf opens a link instead.
  file_path text check (private.own_path(file_path, user_id)),
  file_size_bytes integer check (file_size_bytes >= 0),
  -- What was done to make it: pages, how it was fitted, what could not be shown.
  details jsonb not null default '{}' check (private.json_within(details, 'object', 8192)),
  download_count integer not null default 0 check (download_count >= 0),
  last_downloaded_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (generation_id, user_id) references public.resume_generations (id, user_id) on delete cascade,
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete cascade,
  foreign key (document_id, user_id) references public.generated_documents (id, user_id) on delete cascade
);
comment on table public.resume_downloads is 'Files created from résumés and letters, by format, and how often each was downloaded.';

-- indexes -----------------------------------------------------------------------------------------------------
create index resume_generations_dashboard_idx on public.resume_generations (user_id, created_at desc);
create index resume_generations_session_id_idx on public.resume_generations (session_id, user_id);
create index resume_generations_resume_id_idx on public.resume_generations (resume_id, user_id);
create index resume_generations_open_idx on public.resume_generations (updated_at) where status in ('waiting', 'processing', 'failed');
create index resume_generations_result_idx on public.resume_generations (updated_at) where result is not null;
-- One task per key, until it fails.
create unique index resume_generations_key_idx on public.resume_generations (user_id, idempotency_key) where status <> 'failed';
create index resume_generations_retry_of_idx on public.resume_generations (retry_of, user_id) where retry_of is not null;
create index resume_generations_created_at_idx on public.resume_generations (created_at);
create index resume_downloads_user_created_idx on public.resume_downloads (user_id, created_at desc);
create index resume_downloads_generation_id_idx on public.resume_downloads (generation_id, user_id);
create index resume_downloads_resume_id_idx on public.resume_downloads (resume_id, user_id);
create index resume_downloads_document_id_idx on public.resume_downloads (document_id, user_id);
create index resume_downloads_format_idx on public.resume_downloads (format);

-- row level security and policies -----------------------------------------------------------------------------
alter table public.resume_generations enable row level security;
alter table public.resume_downloads enable row level security;

create policy "Users read their own generations" on public.resume_generations
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users delete their own generations that have ended" on public.resume_generations
for delete to authenticated using (user_id = (select private.active_user()) and status in ('completed', 'failed'));
create policy "Users read their own downloads" on public.resume_downloads
for select to authenticated using (user_id = (select private.active_user()));
create policy "Users delete their own downloads" on public.resume_downloads
for delete to authenticated using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create function private.generations_before_write()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and old.resume_id is not null and new.resume_id is null then
    new.resume_data := null;
  end if;
  if tg_op = 'UPDATE' and old.status <> new.status or tg_op = 'INSERT' then
    if new.status = 'processing' then
      new.started_at := private.now();
    end if;
    new.completed_at := case when new.status in ('completed', 'failed') then private.now() end;
    new.progress := case new.status when 'completed' then 100 when 'waiting' then 0 else new.progress end;
    if new.completed_at is not null then
      new.processing_time_ms := coalesce(
        new.processing_time_ms,
        least(2147483647, extract(epoch from new.completed_at - coalesce(new.started_at, new.completed_at)) * 1000)::integer
      );
    end if;
  end if;
  return new;
end
$$;
comment on function private.generations_before_write() is 'Before insert or update: start, end and progress follow the status, and the data of a résumé go with it.';

create function private.downloads_before_write()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.format = 'word' then
    new.format := 'docx';
  end if;
  return new;
end
$$;
comment on function private.downloads_before_write() is 'Before insert: accepts word as another name for docx.';

create trigger resume_generations_before_write before insert or update on public.resume_generations
for each row execute function private.generations_before_write();
create trigger resume_generations_stamp before insert or update on public.resume_generations
for each row execute function private.stamp_times();
create trigger resume_generations_transition before update of status on public.resume_generations
for each row execute function private.guard_transition(
  'status', 'waiting>processing', 'waiting>failed', 'processing>completed', 'processing>failed'
);
create trigger resume_downloads_before_write before insert on public.resume_downloads
for each row execute function private.downloads_before_write();

-- functions ---------------------------------------------------------------------------------------------------
create function public.resume_download_hit(id uuid)
returns integer
language plpgsql
security definer -- clients may increase the count but not set it
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_active();
  v_count integer;
begin
  update public.resume_downloads as d
  set download_count = d.download_count + 1, last_downloaded_at = private.now()
  where d.id = resume_download_hit.id and d.user_id = v_user_id
  returning d.download_count into v_count;
  if not found then
    perform private.raise_problem(404, 'download_not_found', 'There is no such file.');
  end if;
  return v_count;
end
$$;
comment on function public.resume_download_hit(uuid) is 'Counts a download of the caller''s file; returns the new count.';

-- grants ------------------------------------------------------------------------------------------------------
grant select, delete on public.resume_generations, public.resume_downloads to authenticated;
grant execute on function public.resume_download_hit(uuid) to authenticated;

-- Realtime: clients follow this table live. A plain Postgres has no such publication.
do $$
begin
  if exists (select from pg_catalog.pg_publication where pubname = 'supabase_realtime' and not puballtables) then
    alter publication supabase_realtime add table public.resume_generations;
  end if;
end
$$;
