-- New users per UTC day over the last 30 days, including days without any, with a running total.
select
  d.day::date as day,
  count(p.id) as new_users,
  (select count(*) from public.profiles as b where b.created_at < d.day) + sum(count(p.id)) over (order by d.day) as users
from generate_series(
  date_trunc('day', now() at time zone 'UTC') - interval '29 days', date_trunc('day', now() at time zone 'UTC'), interval '1 day'
) as d (day)
left join public.profiles as p
  on p.created_at >= d.day at time zone 'UTC' and p.created_at < (d.day + interval '1 day') at time zone 'UTC'
group by d.day
order by d.day;
