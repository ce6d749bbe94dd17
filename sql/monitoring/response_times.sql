-- Response times of the models over the last day, by provider, model and feature.
select
  u.feature,
  u.provider,
  u.model,
  count(*) as calls,
  count(*) filter (where u.was_cached) as cached,
  round(avg(u.response_time_ms)) as mean_ms,
  percentile_disc(0.95) within group (order by u.response_time_ms) as p95_ms
from public.ai_usage as u
where u.created_at >= now() - interval '1 day'
group by u.feature, u.provider, u.model
order by calls desc;
