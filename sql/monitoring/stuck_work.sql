-- Work that should have ended: generations, analyses and uploads without a change for an hour, interviews for a day.
select 'generation' as kind, g.id, g.user_id, g.status, g.updated_at
from public.resume_generations as g
where g.status in ('waiting', 'processing') and g.updated_at < now() - interval '1 hour'
union all
select 'analysis', a.id, a.user_id, a.status, a.updated_at
from public.analyses as a
where a.status in ('pending', 'processing') and a.updated_at < now() - interval '1 hour'
union all
select 'upload', u.id, u.user_id, u.parse_status, u.updated_at
from public.resume_uploads as u
where u.parse_status = 'pending' and u.updated_at < now() - interval '1 hour'
union all
select 'interview', s.id, s.user_id, s.status, s.updated_at
from public.interview_sessions as s
where s.status = 'active' and s.updated_at < now() - interval '1 day'
order by updated_at;
