-- Operations charged in the last 30 days: how many, by how many users, and how they were funded.
select
  e.operation_type,
  count(*) as operations,
  count(distinct e.user_id) as users,
  sum(e.credits_used) as credits,
  count(*) filter (where e.funding = 'plan') as paid_by_plan,
  count(*) filter (where e.funding = 'credits') as paid_by_credits
from public.usage_events as e
where e.status = 'committed' and e.created_at >= now() - interval '30 days'
group by e.operation_type
order by operations desc;
