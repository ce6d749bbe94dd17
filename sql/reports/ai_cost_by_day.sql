-- Model calls of the last 30 days per UTC day, feature, model and payer (service: us; user: their own key): tokens and cost in US dollars.
select
  u.date,
  u.feature,
  u.provider,
  u.model,
  u.payer,
  count(*) as calls,
  sum(coalesce(u.input_tokens, 0) + coalesce(u.output_tokens, 0)) as tokens,
  sum(u.estimated_cost) as cost
from public.ai_usage as u
where u.created_at >= now() - interval '30 days'
group by u.date, u.feature, u.provider, u.model, u.payer
order by u.date desc, cost desc nulls last;
