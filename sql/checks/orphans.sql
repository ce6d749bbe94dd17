-- Rows whose owner is gone: users without profile or settings, profiles without user, children that no constraint ties.
select 'auth.users without profile' as problem, u.id::text as id
from auth.users as u left join public.profiles as p on p.id = u.id
where p.id is null
union all
select 'profile without auth.users', p.id::text
from public.profiles as p left join auth.users as u on u.id = p.id
where u.id is null
union all
select 'profile without settings', p.id::text
from public.profiles as p left join public.user_settings as s on s.user_id = p.id
where s.user_id is null
union all
select 'cached answer without profile', c.user_id::text
from private.ai_cache as c left join public.profiles as p on p.id = c.user_id
where p.id is null;
