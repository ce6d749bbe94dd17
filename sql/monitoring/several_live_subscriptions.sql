-- Users with several live subscriptions, for example at two providers. The highest plan counts; contact these users.
select
  s.user_id,
  count(*) as live_subscriptions,
  array_agg(s.provider || ' ' || s.plan || ' ' || s.status order by s.created_at) as subscriptions
from public.subscriptions as s
where s.status in ('trialing', 'active', 'past_due')
group by s.user_id
having count(*) > 1
order by live_subscriptions desc;
