-- Plans by the number of current subscriptions.
select s.plan, p.name, count(*) as subscribers
from public.subscriptions as s
inner join public.plans as p on p.slug = s.plan
where s.status in ('trialing', 'active', 'past_due')
group by s.plan, p.name
order by subscribers desc, s.plan;
