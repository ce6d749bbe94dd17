-- Index scans since the statistics were last reset, least used indexes first. A large index that stays at the top on
-- every replica for a month can probably be dropped, unless it belongs to a constraint.
select
  s.schemaname,
  s.relname as table_name,
  s.indexrelname as index_name,
  s.idx_scan,
  s.idx_tup_read,
  s.idx_tup_fetch,
  pg_size_pretty(pg_relation_size(s.indexrelid)) as size,
  x.indisunique as keeps_a_constraint
from pg_stat_user_indexes as s
inner join pg_index as x on x.indexrelid = s.indexrelid
where s.schemaname in ('public', 'private')
order by s.idx_scan, pg_relation_size(s.indexrelid) desc;
