-- Conversion: the share of users of the last 30 days who subscribe. Churn: the share of subscriptions live 30 days ago
-- that have ended since.
select
  (select count(*) from public.profiles as p where p.created_at >= now() - interval '30 days') as new_users,
  (
    select count(distinct p.id)
    from public.profiles as p
    inner join public.subscriptions as s on s.user_id = p.id and s.status in ('active', 'past_due')
    where p.created_at >= now() - interval '30 days'
  ) as new_subscribers,
  (
    select count(*) from public.subscriptions as s
    where s.created_at < now() - interval '30 days' and (s.status not in ('canceled', 'expired') or coalesce(s.ended_at, s.state_at) >= now() - interval '30 days')
  ) as live_30_days_ago,
  (
    select count(*) from public.subscriptions as s
    where s.created_at < now() - interval '30 days' and s.status in ('canceled', 'expired')
      and coalesce(s.ended_at, s.state_at) >= now() - interval '30 days'
  ) as ended_since;
