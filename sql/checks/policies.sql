-- Policies name one operation and their roles, and ask who the caller is once per statement instead of once per row.
select
  p.schemaname || '.' || p.tablename as table_name,
  p.policyname,
  case
    when p.cmd = 'ALL' then 'covers all operations'
    when 'public' = any(p.roles) then 'names no role'
    else 'asks per row'
  end as problem
from pg_policies as p
where
  p.schemaname in ('public', 'private', 'storage')
  and (
    p.cmd = 'ALL'
    or 'public' = any(p.roles)
    or regexp_replace(
      coalesce(p.qual, '') || ' ' || coalesce(p.with_check, ''), 'SELECT (auth\.(uid|jwt|role)|private\.is_admin)\(\)', '', 'g'
    ) ~ '(auth\.(uid|jwt|role)|private\.is_admin)\(\)'
  );
