-- No function of ours is for everybody, and none that runs with its owner's rights is for visitors.
select p.oid::regprocedure::text as function_name, case when a.grantee = 0 then 'public' else a.grantee::regrole::text end as role
from pg_proc as p
cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
where
  p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
  and (a.grantee = 0 or (p.prosecdef and a.grantee = 'anon'::regrole))
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e');
