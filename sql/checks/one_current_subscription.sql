-- However many subscriptions a user has, exactly one plan is current: the best of the live ones, else the default.
select u.user_id, (u.current).plan, u.best
from (
  select
    b.user_id,
    private.entitlement(b.user_id, m.now) as current,
    coalesce(
      (
        array_agg(b.plan order by p.rank desc) filter (
          where b.status in ('trialing', 'active', 'past_due')
            and coalesce(b.current_period_end + make_interval(days => p.grace_days), 'infinity') > m.now
        )
      )[1],
      (select d.slug from public.plans as d where d.is_default)
    ) as best
  from public.subscriptions as b
  inner join public.plans as p on p.slug = b.plan
  cross join (select private.now() as now offset 0) as m
  group by b.user_id, m.now
) as u
where (u.current).plan is null or (u.current).plan <> u.best;
