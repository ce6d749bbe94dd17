-- Number and share of failures in the last day, by kind of work.
select
  w.work,
  count(*) as total,
  count(*) filter (where w.failed) as failed,
  round(100.0 * count(*) filter (where w.failed) / count(*), 2) as failed_percent
from (
  select 'operation ' || e.operation_type as work, e.status in ('released', 'expired') as failed
  from public.usage_events as e
  where e.created_at >= now() - interval '1 day' and e.status <> 'reserved'
  union all
  select 'long work ' || g.operation, g.status = 'failed'
  from public.resume_generations as g
  where g.created_at >= now() - interval '1 day' and g.status in ('completed', 'failed')
  union all
  select 'analysis ' || a.analysis_type, a.status = 'failed'
  from public.analyses as a
  where a.created_at >= now() - interval '1 day' and a.status in ('completed', 'failed')
) as w
group by w.work
order by failed_percent desc, total desc;
