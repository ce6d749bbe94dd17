-- Statements by mean time, slowest first. Needs the extension pg_stat_statements, which Supabase enables.
select
  s.calls,
  round(s.mean_exec_time::numeric, 2) as mean_ms,
  round(s.total_exec_time::numeric, 2) as total_ms,
  s.rows,
  left(s.query, 300) as query
from pg_stat_statements as s
order by s.mean_exec_time desc
limit 10;
