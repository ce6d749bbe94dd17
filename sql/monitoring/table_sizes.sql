-- Tables by size, including indexes and TOAST; partitions count towards their table.
select
  coalesce(parent.oid, c.oid)::regclass::text as table_name,
  pg_size_pretty(sum(pg_total_relation_size(c.oid))) as size,
  sum(pg_total_relation_size(c.oid))::bigint as bytes,
  sum(greatest(c.reltuples, 0))::bigint as estimated_rows
from pg_class as c
left join pg_inherits as i on i.inhrelid = c.oid
left join pg_class as parent on parent.oid = i.inhparent
where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
group by 1
order by bytes desc;
