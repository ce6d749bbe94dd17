-- Every table of public and private has row level security, partitions included.
select c.oid::regclass::text as table_name
from pg_class as c
where
  c.relkind in ('r', 'p') and not c.relrowsecurity
  and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace);
