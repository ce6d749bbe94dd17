-- Views show a caller what the caller may see.
select c.oid::regclass::text as view_name
from pg_class as c
where
  c.relkind = 'v' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on'];
