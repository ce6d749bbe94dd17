-- Active sessions, longest first, with their wait events. Shows whether the pool is busy or stuck.
select
  a.pid,
  a.usename,
  a.application_name,
  a.state,
  a.wait_event_type,
  a.wait_event,
  now() - a.query_start as running_for,
  left(a.query, 200) as query
from pg_stat_activity as a
where a.state is distinct from 'idle' and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
order by a.query_start nulls last;
