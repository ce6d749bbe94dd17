-- Payment events that could not be applied, by reason, with the newest one and the number that need a person.
select
  e.provider, e.event_type, e.error_code, count(*) as events, count(*) filter (where e.next_attempt_at is null) as given_up,
  max(e.received_at) as newest, (array_agg(e.id order by e.received_at desc))[1] as newest_id
from private.webhook_events as e
where e.status = 'failed'
group by e.provider, e.event_type, e.error_code
order by events desc, e.provider, e.event_type;
