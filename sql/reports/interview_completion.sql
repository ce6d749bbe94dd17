-- Interviews of the last 30 days by type, and how many were completed.
select
  s.session_type,
  count(*) as total_sessions,
  count(*) filter (where s.status = 'completed') as completed_sessions,
  round(100.0 * count(*) filter (where s.status = 'completed') / count(*), 2) as completion_rate
from public.interview_sessions as s
where s.created_at >= now() - interval '30 days'
group by s.session_type
order by s.session_type;
