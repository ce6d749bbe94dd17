-- Every function of ours runs with an empty search_path, so that nobody can put another object in a name's place.
select p.oid::regprocedure::text as function_name
from pg_proc as p
where
  p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
  and not coalesce(p.proconfig, '{}') @> array['search_path=""']
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e');
