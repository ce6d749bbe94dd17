-- The list for a person: money that granted nothing, and contradictions between the providers' facts and ours. An entry
-- stands while its condition holds; nothing on it has granted anything.

-- tables ------------------------------------------------------------------------------------------------------
create table private.payment_review_notes (
  code text not null check (char_length(code) <= 100),
  subject text not null check (length(subject) between 1 and 300),
  -- Null: an event or a refund that is nobody's yet.
  user_id uuid,
  -- What was at stake when it was closed: should that change, the entry is back.
  amount bigint not null,
  note private.short_text not null,
  closed_by uuid not null,
  closed_at timestamptz not null,
  primary key (code, subject, amount)
);
comment on table private.payment_review_notes is 'Entries of the list that a person closed, and why. Forgotten when what was listed ends, so that it is listed should it start again.';

-- indexes -----------------------------------------------------------------------------------------------------
create index payment_review_notes_user_id_idx on private.payment_review_notes (user_id);

-- row level security ------------------------------------------------------------------------------------------
alter table private.payment_review_notes enable row level security;

-- function that the views need --------------------------------------------------------------------------------
create function private.owner_of_payment(p_provider text, p_payment_id text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select p.user_id from public.payments as p
  where p.provider = p_provider and (p.provider_payment_id = p_payment_id or p.provider_reference = p_payment_id)
  order by p.created_at
  limit 1
$$;
comment on function private.owner_of_payment(text, text) is 'Whose a payment is, by the provider''s id of it; null while that is not known.';

-- views -------------------------------------------------------------------------------------------------------
create view private.returned_subscriptions with (security_invoker = true) as
select s.id as subscription_id, s.user_id, s.provider, s.provider_subscription_id, l.period_end, array(
    select coalesce(p.provider_payment_id, p.provider_reference) from public.payments as p
    where p.subscription_id = s.id and p.status = 'paid' and p.covers_period and p.problem is null and p.period_end > l.period_end - interval '1 day'
    order by p.paid_at, p.provider_reference
  ) as payment_ids
from public.subscriptions as s
cross join lateral (
  select p.period_end
  from public.payments as p
  where p.subscription_id = s.id and p.status = 'paid' and p.covers_period and p.problem is null
  order by p.period_end desc
  limit 1
) as l
where s.provider <> 'manual' and s.status not in ('canceled', 'expired')
  and not exists (
    select from public.payments as p
    where p.subscription_id = s.id and p.status = 'paid' and p.covers_period and p.problem is null
      and p.amount > p.amount_refunded + p.amount_lost and p.period_end > l.period_end - interval '1 day'
  );
comment on view private.returned_subscriptions is 'Subscriptions that run although the money of their last paid period went back: they are to be cancelled at the provider.';

create view private.surplus_payments with (security_invoker = true) as
with paid as (
  select
    p.order_id, p.subscription_id, p.user_id, p.provider, p.currency, p.paid_at, p.amount, p.provider_reference, p.period_end,
    coalesce(p.provider_payment_id, p.provider_reference) as payment_id,
    greatest(0, p.amount - p.amount_refunded - p.amount_lost) as kept,
    -- Charges whose periods end less than a day apart pay for the same period.
    case when p.kind = 'subscription' then sum(p.is_other) over (partition by p.subscription_id order by p.period_end, p.provider_reference) end as period
  from (
    select n.*, case
      when n.period_end - lag(n.period_end) over (partition by n.subscription_id order by n.period_end, n.provider_reference) < interval '1 day'
        then 0 else 1
    end as is_other
    from public.payments as n
    where n.status = 'paid' and n.problem is null and n.user_id is not null and (n.kind = 'pack' or n.covers_period)
  ) as p
)
select
  p.user_id,
  -- Named by the end of the period: a charge of an earlier period that is told late renames no other.
  coalesce('order ' || p.order_id, 'subscription ' || p.subscription_id || ' ' || (max(p.period_end) at time zone 'UTC')::date) as subject,
  min(p.provider) as provider, min(p.currency) as currency,
  array_agg(p.payment_id order by p.paid_at, p.provider_reference) as payment_ids,
  max(p.paid_at) as since, (sum(p.kept) - (array_agg(p.amount order by p.paid_at, p.provider_reference))[1])::bigint as amount
from paid as p
group by p.user_id, p.order_id, p.subscription_id, p.period
having count(*) > 1 and sum(p.kept) > (array_agg(p.amount order by p.paid_at, p.provider_reference))[1];
comment on view private.surplus_payments is 'What was paid beyond once for one thing, and is still with us.';

create view private.payment_findings with (security_invoker = true) as
  select p.problem as code, p.user_id, 'payment' as kind, 'payment ' || p.provider_reference as subject,
    p.amount - p.amount_refunded - p.amount_lost as amount, p.currency, p.paid_at as since, p.kind as detail,
    p.provider, array[coalesce(p.provider_payment_id, p.provider_reference)] as payment_ids
  from public.payments as p
  where p.status = 'paid' and p.problem is not null and p.amount > p.amount_refunded + p.amount_lost
    -- The state that shows which plan an upgrade entered may be under way; outside a paid period there is nothing to wait for.
    and (
      p.problem <> 'unplaced_upgrade' or p.paid_at <= (select private.now()) - interval '3 days' or not exists (
        select from public.payments as n
        where n.subscription_id = p.subscription_id and n.status = 'paid' and n.covers_period and n.problem is null and n.period_end > p.paid_at
          and coalesce(n.period_start, private.months_before(n.period_end, case n.billing_interval when 'year' then 12 else 1 end)) <= p.paid_at
      )
    )
  union all
  select 'surplus_payment', s.user_id, split_part(s.subject, ' ', 1), s.subject, s.amount, s.currency, s.since, 'paid more than once',
    s.provider, s.payment_ids
  from private.surplus_payments as s
  union all
  select 'over_returned', p.user_id, 'payment', 'payment ' || p.provider_reference, p.amount_refunded + p.amount_lost - p.amount, p.currency,
    p.paid_at, format('refunded %s, lost %s of %s', p.amount_refunded, p.amount_lost, p.amount),
    p.provider, array[coalesce(p.provider_payment_id, p.provider_reference)]
  from public.payments as p where p.status = 'paid' and p.amount_refunded + p.amount_lost > p.amount
  union all
  -- Each by its own id: to close one closes no other of the same payment.
  select 'refund_currency', p.user_id, r.kind, r.kind || ' ' || r.id, r.amount, r.currency, r.since, 'payment in ' || p.currency,
    r.provider, array[r.provider_payment_id]
  from (
    select f.provider, f.provider_payment_id, f.amount, f.currency, f.processed_at as since, 'refund' as kind, f.provider_refund_id as id
    from private.payment_refunds as f where f.status = 'processed'
    union all
    select f.provider, f.provider_payment_id, f.amount, f.currency, f.told_at, 'dispute', f.provider_dispute_id
    from private.payment_disputes as f where f.status in ('open', 'lost')
  ) as r
  inner join public.payments as p
    on p.provider = r.provider and p.provider_payment_id = r.provider_payment_id and p.currency <> r.currency
  union all
  select 'returned_and_running', r.user_id, 'subscription', 'subscription ' || r.provider_subscription_id, 0, null, r.period_end, 'no paid period is left',
    r.provider, r.payment_ids
  from private.returned_subscriptions as r
  union all
  select 'returned_upgrade', p.user_id, 'payment', 'payment ' || p.provider_reference, 0, p.currency, p.paid_at, s.plan,
    p.provider, array[coalesce(p.provider_payment_id, p.provider_reference)]
  from public.payments as p
  inner join public.subscriptions as s on s.id = p.subscription_id and s.plan = p.plan and s.status in ('trialing', 'active', 'past_due', 'paused')
  where p.status = 'paid' and p.kind = 'subscription' and not p.covers_period and p.problem is null and p.plan is not null
    and p.amount <= p.amount_refunded + p.amount_lost
    -- Within the period that it was for; the next one is paid at the plan's own price.
    and exists (
      select from public.payments as n
      where n.subscription_id = s.id and n.status = 'paid' and n.covers_period and n.problem is null
        and n.period_end > greatest(p.paid_at, (select private.now()))
        and coalesce(n.period_start, private.months_before(n.period_end, case n.billing_interval when 'year' then 12 else 1 end)) <= p.paid_at
    )
    -- Nor was the same upgrade paid again.
    and not exists (
      select from public.payments as n
      where n.subscription_id = s.id and n.id <> p.id and n.status = 'paid' and not n.covers_period and n.problem is null and n.plan = p.plan
        and n.paid_at >= p.paid_at and n.amount > n.amount_refunded + n.amount_lost
    )
  union all
  select 'two_live', s.user_id, 'account', 'account ' || s.user_id, 0, null, max(s.created_at),
    string_agg(format('%s %s (%s)', s.provider, s.provider_subscription_id, s.plan), ', ' order by s.created_at, s.provider_subscription_id),
    case when min(s.provider) = max(s.provider) then min(s.provider) end, null
  from public.subscriptions as s
  where s.provider <> 'manual' and s.status in ('trialing', 'active', 'past_due', 'paused')
  group by s.user_id having count(*) > 1
  union all
  select 'trial_mismatch', s.user_id, 'subscription', 'subscription ' || s.provider_subscription_id, 0, null, s.state_at,
    format('%s instead of %s', s.plan, s.trial_plan), s.provider, null
  from public.subscriptions as s where s.status = 'trialing' and s.trial_plan is not null
  union all
  select 'late_payment', s.user_id, 'subscription', 'subscription ' || s.provider_subscription_id, 0, null, s.state_at, s.status,
    s.provider, null
  from public.subscriptions as s
  where s.accepted_late and s.status not in ('canceled', 'expired')
    and not exists (
      select from public.payments as p
      where p.subscription_id = s.id and p.status = 'paid' and p.amount > p.amount_refunded + p.amount_lost
    )
  union all
  -- It was ended because its money went back; then the refund failed, or the dispute was won.
  select 'ended_though_paid', s.user_id, 'payment', 'payment ' || p.provider_reference, p.amount - p.amount_refunded - p.amount_lost,
    p.currency, p.period_end, 'paid until ' || (p.period_end at time zone 'UTC')::date, p.provider, array[coalesce(p.provider_payment_id, p.provider_reference)]
  from public.payments as p
  inner join public.subscriptions as s on s.id = p.subscription_id and s.status in ('canceled', 'expired')
  where p.status = 'paid' and p.covers_period and p.problem is null and p.amount > p.amount_refunded + p.amount_lost
    and p.period_end > (select private.now()) and coalesce(s.ended_at, s.state_at) < p.period_end
    and (
      exists (
        select from private.payment_refunds as f
        where f.provider = p.provider and f.provider_payment_id = p.provider_payment_id and f.status = 'failed'
      )
      or exists (
        select from private.payment_disputes as f
        where f.provider = p.provider and f.provider_payment_id = p.provider_payment_id and f.status in ('won', 'closed')
      )
    )
  union all
  select 'upgrade_of_returned_period', p.user_id, 'payment', 'payment ' || p.provider_reference, p.amount - p.amount_refunded - p.amount_lost,
    p.currency, p.paid_at, p.plan, p.provider, array[coalesce(p.provider_payment_id, p.provider_reference)]
  from public.payments as p
  where p.status = 'paid' and p.subscription_id is not null and not p.covers_period and p.problem is null and p.plan is not null
    and p.amount > p.amount_refunded + p.amount_lost
    and not exists (
      select from public.payments as n
      where n.subscription_id = p.subscription_id and n.status = 'paid' and n.covers_period and n.problem is null
        and n.amount > n.amount_refunded + n.amount_lost and n.period_end > p.paid_at
        and coalesce(n.period_start, private.months_before(n.period_end, case n.billing_interval when 'year' then 12 else 1 end)) <= p.paid_at
    )
  union all
  select 'erasure_waits', w.user_id, 'subscription', 'subscription ' || w.provider_subscription_id, 0, null, w.since, w.status,
    w.provider, null
  from private.accounts_waiting as w
  union all
  select 'contradiction', p.user_id, 'payment', 'payment ' || p.provider_reference, p.amount, p.currency, p.contradicted_at,
    'another amount or currency was told', p.provider, array[coalesce(p.provider_payment_id, p.provider_reference)]
  from public.payments as p
  where p.contradicted_at > coalesce(p.fetched_at, '-infinity')
  union all
  select 'contradiction', private.owner_of_payment(f.provider, f.provider_payment_id), f.kind, f.kind || ' ' || f.id, f.amount, f.currency,
    f.contradicted_at, 'another amount, currency or payment was told', f.provider, array[f.provider_payment_id]
  from (
    select 'refund' as kind, r.provider_refund_id as id, r.provider, r.provider_payment_id, r.amount, r.currency, r.contradicted_at, r.fetched_at
    from private.payment_refunds as r
    union all
    select 'dispute', d.provider_dispute_id, d.provider, d.provider_payment_id, d.amount, d.currency, d.contradicted_at, d.fetched_at
    from private.payment_disputes as d
  ) as f
  where f.contradicted_at > coalesce(f.fetched_at, '-infinity')
  union all
  select 'event_failed', private.owner_of_payment(e.provider, n.payment_ids[1]), 'event', 'event ' || e.id, 0, null, e.received_at,
    format('%s %s: %s', e.event_type, e.event_id, coalesce(e.error_code, 'could not be read')), e.provider, n.payment_ids
  from private.webhook_events as e
  cross join lateral (
    select array_agg(distinct coalesce(f ->> 'payment_id', f ->> 'reference')) as payment_ids
    from jsonb_array_elements((e.facts -> 'payments') || (e.facts -> 'refunds') || (e.facts -> 'disputes')) as f
  ) as n
  where e.status = 'failed' and e.next_attempt_at is null;
comment on view private.payment_findings is 'Everything that a person has or had to look at, derived from the facts: who, what, how much of the money is at stake, since when.';

create view private.payment_reviews with (security_invoker = true) as
select f.*, m.order_id, m.amount_paid, m.currency_paid, m.amount_expected, m.currency_expected
from private.payment_findings as f
left join lateral (
  select
    min(o.id::text)::uuid as order_id, sum(p.amount)::bigint as amount_paid, min(p.currency) as currency_paid,
    -- What an upgrade's difference should have been is not on the price list.
    min(coalesce(r.amount, o.amount)) filter (where f.code not in ('unplaced_upgrade', 'returned_upgrade', 'upgrade_of_returned_period')) as amount_expected,
    min(coalesce(r.currency, o.currency)) as currency_expected
  from public.payments as p
  left join lateral private.order_of(p) as o on true
  left join private.provider_prices as r
    on p.kind = 'subscription' and r.provider = p.provider and r.provider_price_id = p.provider_price_id
  where p.provider = f.provider and (p.provider_payment_id = any(f.payment_ids) or p.provider_reference = any(f.payment_ids))
) as m on true
where not exists (
  select from private.payment_review_notes as n where n.code = f.code and n.subject = f.subject and n.amount = f.amount
);
comment on view private.payment_reviews is 'What a person has to look at: findings that nobody closed, with what was paid and what was asked for.';

-- functions ---------------------------------------------------------------------------------------------------
create function public.payments_to_review(p_limit integer default 100, p_before jsonb default null)
returns jsonb
language sql
stable
security definer -- the list is private
set search_path = ''
set timezone = 'UTC'
as $$
  select coalesce(jsonb_agg(to_jsonb(r) order by r.since desc, r.code, r.subject), '[]')
  from (
    select v.* from private.payment_reviews as v
    where p_before is null
      or v.since < (p_before ->> 'since')::timestamptz
      or (v.since = (p_before ->> 'since')::timestamptz and (v.code, v.subject) > (p_before ->> 'code', p_before ->> 'subject'))
    order by v.since desc, v.code, v.subject
    limit greatest(1, least(p_limit, 500))
  ) as r
$$;
comment on function public.payments_to_review(integer, jsonb) is
  'What a person has to look at, newest first; p_before is the last entry of the page before. Codes: docs/payments.md.';

create function public.payment_review_close(p_admin_id uuid, p_code text, p_subject text, p_note text)
returns jsonb
language plpgsql
security definer -- the list is private
set search_path = ''
as $$
declare
  v_entry private.payment_reviews;
begin
  perform private.require_admin(p_note, p_user_id => p_admin_id);
  select r.* into v_entry from private.payment_reviews as r where r.code = p_code and r.subject = p_subject limit 1;
  if not found then
    perform private.raise_problem(404, 'review_not_found', 'There is no such entry on the list.');
  end if;
  insert into private.payment_review_notes (code, subject, user_id, amount, note, closed_by, closed_at)
  values (v_entry.code, v_entry.subject, v_entry.user_id, v_entry.amount, p_note, p_admin_id, private.now());
  return to_jsonb(v_entry);
end
$$;
comment on function public.payment_review_close(uuid, text, text, text) is
  'An active administrator closes an entry of the list with a note. It is back should another amount be at stake, or when what was listed ended and starts again.';

create function private.forget_notes(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (select from private.payment_review_notes as n where n.user_id is not distinct from p_user_id) then
    delete from private.payment_review_notes as n
    where n.user_id is not distinct from p_user_id and not exists (
      select from private.payment_findings as f
      where f.user_id is not distinct from p_user_id and f.code = n.code and f.subject = n.subject and f.amount = n.amount
    );
  end if;
end
$$;
comment on function private.forget_notes(uuid) is 'Forgets which entries of an account (null: of nobody) were closed once what they were about has ended.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.payments_to_review(integer, jsonb), public.payment_review_close(uuid, text, text, text)
to service_role;
