-- Users with a metered operation in this UTC month.
select count(distinct t.user_id) as active_users
from public.usage_tracking as t
where t.period_type = 'monthly' and t.period_key = to_char(now() at time zone 'UTC', 'YYYY-MM') and t.used > 0;
