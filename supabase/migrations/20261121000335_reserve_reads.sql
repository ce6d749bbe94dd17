-- What a reservation reads along for the work, so that the work needs no round trip of its own.

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
