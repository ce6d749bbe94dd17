-- Partitions live in private, where no client reaches around the policies of their table; this and the next month are there.
select i.inhrelid::regclass::text as problem
from pg_inherits as i
inner join pg_class as parent on parent.oid = i.inhparent and parent.relkind = 'p'
inner join pg_class as child on child.oid = i.inhrelid
where parent.relnamespace = 'public'::regnamespace and child.relnamespace <> 'private'::regnamespace
union all
select format('%s has no partition for %s', c.relname, to_char(m.month, 'YYYY-MM'))
from pg_class as c
cross join (values (now() at time zone 'UTC'), ((now() at time zone 'UTC') + interval '1 month')) as m (month)
where
  c.relkind = 'p' and c.relnamespace = 'public'::regnamespace
  and to_regclass(format('private.%I', c.relname || '_' || to_char(m.month, 'YYYY_MM'))) is null;
