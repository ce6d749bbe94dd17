-- Every table, view and function of ours says what it is for.
select c.oid::regclass::text as object_name
from pg_class as c
where
  c.relkind in ('r', 'p', 'v') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and obj_description(c.oid, 'pg_class') is null
union all
select p.oid::regprocedure::text
from pg_proc as p
where
  p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and obj_description(p.oid, 'pg_proc') is null
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e');
