-- The query plan for reading a user's counters of this month. It should use the primary key.
explain (analyze, buffers, costs off)
select t.quota_group, t.used, t.held
from public.usage_tracking as t
where
  t.user_id = (select a.id from public.profiles as a order by a.created_at limit 1)
  and t.period_key = to_char(now() at time zone 'UTC', 'YYYY-MM');
