-- The API's roles have select, insert, update and delete at most; visitors only select; nobody has anything in private.
select c.oid::regclass::text as table_name, case when a.grantee = 0 then 'public' else a.grantee::regrole::text end as role, a.privilege_type
from pg_class as c
cross join lateral aclexplode(c.relacl) as a
where
  c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and c.relkind in ('r', 'p', 'v', 'm')
  and a.grantee <> c.relowner
  and (
    a.grantee = 0
    or c.relnamespace = 'private'::regnamespace
    or a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    or (a.grantee = 'anon'::regrole and a.privilege_type <> 'SELECT')
  );
