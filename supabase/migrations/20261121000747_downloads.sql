-- Files that were made from résumés and letters: one row per file, so that the same one in the same form is made once.

-- indexes -----------------------------------------------------------------------------------------------------
create unique index resume_downloads_file_idx on public.resume_downloads (user_id, file_path);

-- functions ---------------------------------------------------------------------------------------------------
create function public.download_keep(
  p_user_id uuid, p_resume_id uuid, p_resume_version integer, p_format text, p_path text, p_size integer, p_details jsonb,
  p_document_id uuid default null
)
returns uuid
language plpgsql
security definer -- clients may not write these rows
set search_path = ''
as $$
declare
  v_now constant timestamptz := private.now();
  v_id uuid;
begin
  perform private.lock_accounts(array[p_user_id]);
  if p_document_id is null then
    perform from public.resumes as r where r.id = p_resume_id and r.user_id = p_user_id and r.deleted_at is null;
    if not found then
      perform private.raise_problem(404, 'resume_not_found');
    end if;
  elsif not exists (select from public.generated_documents as g where g.id = p_document_id and g.user_id = p_user_id) then
    perform private.raise_problem(404, 'letter_not_found');
  end if;
  insert into public.resume_downloads as d (
    user_id, resume_id, resume_version, document_id, format, file_path, file_size_bytes, details, created_at
  )
  values (p_user_id, p_resume_id, p_resume_version, p_document_id, p_format, p_path, p_size, p_details, v_now)
  on conflict (user_id, file_path) do update set created_at = excluded.created_at
  returning d.id into v_id;
  perform private.assert_room(p_user_id, 'resume_downloads');
  update public.resumes as r
  set exported_pdf_path = case when p_format = 'pdf' then p_path else r.exported_pdf_path end, last_accessed_at = v_now
  where r.id = p_resume_id;
  return v_id;
end
$$;
comment on function public.download_keep(uuid, uuid, integer, text, text, integer, jsonb, uuid) is
  'Keeps a file that was made from a user''s résumé, or from their letter instead, and returns its id: once per path, however often it is made. 413: the plan stores no more.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.download_keep(uuid, uuid, integer, text, text, integer, jsonb, uuid) to service_role;
