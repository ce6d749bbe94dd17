-- Erases résumés and jobs whose time in the bin is over, as the daily clean-up does.
with policy as (
  select r.data_type, private.now() - r.keep as before from private.retention_policies as r
),
resumes as (
  delete from public.resumes as d using policy as p
  where p.data_type = 'deleted_resumes' and d.deleted_at < p.before
  returning d.id
),
jobs as (
  delete from public.jobs as d using policy as p
  where p.data_type = 'deleted_jobs' and d.deleted_at < p.before
  returning d.id
)
select (select count(*) from resumes) as resumes, (select count(*) from jobs) as jobs;
