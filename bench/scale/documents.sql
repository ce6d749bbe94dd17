-- Jobs, analyses, résumés and their versions, with the search vectors that the triggers would create.
insert into public.jobs (
  id, user_id, title, company, description, extracted_data, location, salary_range, employment_type, source_url, status, search,
  created_at, updated_at, deleted_at
)
select
  j.id, u.id, p.title, p.company, p.description, p.extracted_data, p.location, p.salary_range, p.employment_type, p.source_url,
  j.status, p.search, t.saved, t.saved + (now() - t.saved) * pg_temp.share(j.n, 10),
  case when j.binned then now() - pg_temp.share(j.n, 11) * 29 * interval '1 day' end
from scale_jobs as j
inner join scale_users as u on u.n = j.user_n
inner join (
  select s.*, to_tsvector('english', concat_ws(e'\n', s.title, s.company, s.location, s.description)) as search
  from scale_postings as s
  offset 0 -- once per advertisement, not once per job
) as p on p.n = j.posting_n
cross join lateral (select now() - j.age * u.age * interval '1 day') as t (saved);

create temp table scale_user_jobs on commit drop as
select
  j.user_n, j.id, j.posting_n, (row_number() over owned)::integer - 1 as k, (count(*) over (partition by j.user_n))::integer as jobs
from scale_jobs as j
window owned as (partition by j.user_n order by j.n);
create index on scale_user_jobs (user_n, k);
analyze scale_user_jobs;

create temp table scale_analyses on commit drop as
select
  a.n, md5('analysis ' || z.seed || ' ' || a.n)::uuid as id, md5('event ' || z.seed || ' ' || a.n)::uuid as event_id,
  r.n as resume_n, r.id as resume_id, r.user_n, r.versions, j.id as job_id, j.posting_n,
  (array['ats_score', 'ats_score', 'keyword_match', 'full_analysis', 'optimization'])[1 + pg_temp.pick(a.n, 21, 5)] as analysis_type,
  30 + pg_temp.pick(a.n, 22, 66) as score,
  pg_temp.pick(a.n, 23, 33) > 0 as completed,
  now() - least(r.age, 85) * pg_temp.share(a.n, 24) * interval '1 day' as at
from (select seed, analyses, resumes from scale_size) as z
cross join lateral generate_series(1, z.analyses) as a (n)
inner join scale_resumes as r on r.n = pg_temp.pick(a.n, 20, z.resumes)
left join lateral (select max(c.jobs) as jobs from scale_user_jobs as c where c.user_n = r.user_n and c.k = 0) as c on true
left join scale_user_jobs as j on j.user_n = r.user_n and j.k = pg_temp.pick(a.n, 25, c.jobs);
create index on scale_analyses (resume_n);
analyze scale_analyses;

insert into public.resumes (
  id, user_id, title, template_id, content, status, is_draft, extracted_text, search, ats_score, optimization_score, version,
  last_edited, last_accessed_at, created_at, updated_at, deleted_at
)
select
  r.id, u.id, r.title, x.ids[1 + pg_temp.pick(r.n, 30, cardinality(x.ids))], r.content, r.status, r.status = 'draft', e.extracted,
  to_tsvector('english', r.title || e'\n' || coalesce(e.extracted, '')),
  (
    select a.score from scale_analyses as a
    where a.resume_n = r.n and a.completed and a.analysis_type in ('ats_score', 'full_analysis') order by a.at desc limit 1
  ),
  (
    select a.score from scale_analyses as a
    where a.resume_n = r.n and a.completed and a.analysis_type = 'optimization' order by a.at desc limit 1
  ),
  r.versions, t.edited, now() - pg_temp.share(r.n, 31) * (now() - t.edited), t.made, t.edited,
  case when r.binned then now() - pg_temp.share(r.n, 32) * least(29, extract(epoch from now() - t.edited) / 86400) * interval '1 day' end
from scale_resumes as r
inner join scale_users as u on u.n = r.user_n
cross join lateral (
  select now() - r.age * interval '1 day', now() - case when r.versions = 1 then r.age else r.age * r.edited end * interval '1 day'
) as t (made, edited)
cross join lateral (select private.content_text(r.content) offset 0) as e (extracted)
cross join (
  select array_agg(s.id order by s.slug) as ids from public.resume_templates as s
  where s.user_id is null and s.is_active and not s.is_premium
) as x;

-- An older version contains less than the next one.
insert into public.resume_versions (
  id, resume_id, user_id, version_number, title, content, change_summary, change_type, changed_by, created_at
)
select
  md5(r.id::text || v.n)::uuid, r.id, u.id, v.n, r.title,
  case r.versions - v.n
    when 0 then r.content
    when 1 then r.content #- '{experience,0,bullets,-1}'
    when 2 then r.content #- '{projects,-1}'
    when 3 then r.content #- '{skills,technical,-1}' #- '{experience,1,bullets,-1}'
    else jsonb_set(r.content, '{summary}', to_jsonb(left(r.content ->> 'summary', 360 - 12 * (r.versions - v.n))))
  end,
  case c.type when 'ai_optimized' then 'Bullets rewritten for a job' when 'template_change' then 'Template: Classic' end,
  c.type, u.id,
  now() - (r.age - r.age * (1 - r.edited) * (v.n - 1) / greatest(1, r.versions - 1)) * interval '1 day'
from scale_resumes as r
inner join scale_users as u on u.n = r.user_n
cross join lateral generate_series(1, r.versions) as v (n)
cross join lateral (
  select case
    when v.n = 1 then 'manual'
    else (array['manual', 'manual', 'manual', 'manual', 'ai_optimized', 'ai_optimized', 'template_change'])[1 + pg_temp.pick(r.n, v.n, 7)]
  end
) as c (type);

insert into public.analyses (
  id, user_id, resume_id, resume_version, job_id, analysis_type, job_title, company, score, keywords_matched, keywords_missing,
  keywords_total, issues, suggestions, results, ai_provider, model_used, tokens_used, processing_time_ms, usage_id, status,
  error_message, created_at, updated_at, completed_at
)
select
  a.id, u.id, a.resume_id, a.versions, a.job_id, a.analysis_type, p.title, p.company, case when a.completed then a.score end,
  k.matched, k.total - k.matched, k.total,
  case when a.completed then jsonb_build_array(
    jsonb_build_object('code', 'dates', 'severity', 'minor', 'evidence', 'experience/1', 'text', 'The dates of this position overlap with those of the next one'),
    jsonb_build_object('code', 'length', 'severity', 'info', 'evidence', 'summary', 'text', 'Three lines are read, five are skipped')
  ) else '[]' end,
  case when a.completed then jsonb_build_array(
    'Put the figures of the second bullet first', 'Name ' || coalesce(p.extracted_data #>> '{requiredSkills,0}', 'the tools that you use') || ' where you have used it'
  ) else '[]' end,
  case when a.completed then jsonb_build_object('coverage', coalesce(p.extracted_data -> 'keywords', '[]'), 'sections', '{"experience": 82, "skills": 74, "education": 90}'::jsonb) else '{}' end,
  'gemini', 'gemini-2.5-flash', 2000 + pg_temp.pick(a.n, 41, 6000), 800 + pg_temp.pick(a.n, 42, 9000), a.event_id,
  case when a.completed then 'completed' else 'failed' end, case when not a.completed then 'The model did not answer in time' end,
  a.at, a.at + interval '8 seconds', a.at + interval '8 seconds'
from scale_analyses as a
inner join scale_users as u on u.n = a.user_n
left join scale_postings as p on p.n = a.posting_n
cross join lateral (select jsonb_array_length(p.extracted_data -> 'keywords')) as w (total)
cross join lateral (select w.total, pg_temp.pick(a.n, 43, w.total + 1)) as k (total, matched);
