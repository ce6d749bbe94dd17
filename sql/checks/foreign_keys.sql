-- Every foreign key has an index that begins with its columns: without one, deleting a parent reads the whole child.
select k.conrelid::regclass::text as table_name, k.conname
from pg_constraint as k
where
  k.contype = 'f' and k.connamespace in ('public'::regnamespace, 'private'::regnamespace) and k.conparentid = 0
  and not exists (
    select from pg_index as x
    where x.indrelid = k.conrelid
      and (string_to_array(x.indkey::text, ' ')::smallint[])[1:cardinality(k.conkey)] @> k.conkey
  );
