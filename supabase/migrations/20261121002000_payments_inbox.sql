-- The inbox: every verified webhook event is kept and applied in one call. What cannot be applied stays, as failed,
-- and is tried again; a provider that got no 2xx for a day would switch the webhook off.
--
-- An event's own row is locked before what it is about (20261121002010), and one transaction handles one event, so that
-- two of them never wait for each other. Raw bodies hold personal data: they are emptied after a while, and when their
-- account is erased; id, type, state and hash stay, and what was read from the body (facts).

-- type --------------------------------------------------------------------------------------------------------
create function private.body_objects(p_body text)
returns text[]
language sql
immutable
set search_path = ''
as $$
  -- Ids are a short prefix and a part with at least one digit or capital: error_description is none.
  select array_agg(distinct m.id[1])
  from regexp_matches(p_body, '"([a-z]{2,8}(?:_test|_live)?_(?=[A-Za-z0-9]*[A-Z0-9])[A-Za-z0-9]{4,255})"', 'g') as m (id)
$$;
comment on function private.body_objects(text) is 'Providers'' ids that a raw event names: whose personal data may be in it follows from them.';

create type private.applied as (effects text[], error_code text, error_detail text);
comment on type private.applied is 'What came of applying facts: effects, or why nothing was changed.';

-- table -------------------------------------------------------------------------------------------------------
create table private.webhook_events (
  id bigint generated always as identity primary key,
  provider text not null check (provider in ('razorpay', 'stripe')),
  event_id text not null check (length(event_id) between 1 and 320),
  body_hash bytea not null check (octet_length(body_hash) = 32),
  event_type text not null check (char_length(event_type) <= 255),
  account text check (char_length(account) <= 255),
  -- The provider's clock.
  occurred_at timestamptz not null,
  -- As it was signed. Holds personal data; null once it was emptied.
  body text check (octet_length(body) <= 4194304),
  objects text[] generated always as (private.body_objects(body)) stored,
  -- What it says in our vocabulary (functions/_shared/domain/payments.py); null where it could not be read.
  facts jsonb check (pg_column_size(facts) <= 4194304),
  -- processed: applied, now or before; ignored: nothing of ours; failed: to be tried again, or looked at.
  status text not null check (status in ('processed', 'ignored', 'failed')),
  effects text[] not null default '{}' check (pg_column_size(effects) <= 1048576),
  error_code text check (char_length(error_code) <= 100),
  error_detail text check (char_length(error_detail) <= 1000),
  attempts integer not null default 1,
  next_attempt_at timestamptz,
  deliveries integer not null default 1,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  unique (event_id, provider),
  unique (body_hash, provider)
);
comment on table private.webhook_events is 'Inbox of the payment providers'' events: each once, with what became of it.';

-- indexes -----------------------------------------------------------------------------------------------------
create index webhook_events_due_idx on private.webhook_events (next_attempt_at) where status = 'failed' and next_attempt_at is not null;
create index webhook_events_given_up_idx on private.webhook_events (received_at) where status = 'failed' and next_attempt_at is null;
create index webhook_events_received_at_idx on private.webhook_events using brin (received_at);
create index webhook_events_body_idx on private.webhook_events (received_at) where body is not null;
create index webhook_events_objects_idx on private.webhook_events using gin (objects);

-- row level security ------------------------------------------------------------------------------------------
alter table private.webhook_events enable row level security;

-- data --------------------------------------------------------------------------------------------------------
insert into private.retention_policies (data_type, table_name, age_column, keep, only_where, empties, reason) values
(
  'webhook_bodies', 'private.webhook_events', 'received_at', interval '90 days', $$status <> 'failed' or next_attempt_at is null$$, 'body',
  'Disputes are answered within it; a failed event keeps its body until it is processed or given up'
);

-- functions ---------------------------------------------------------------------------------------------------
create function public.webhook_receive(
  p_provider text,
  p_event_id text,
  p_id_is_signed boolean,
  p_event_type text,
  p_account text,
  p_occurred_at timestamptz,
  p_body text,
  p_facts jsonb,
  p_problem text default null
)
returns jsonb
language plpgsql
security definer -- the inbox is private
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_hash bytea := sha256(convert_to(p_body, 'UTF8'));
  v_event private.webhook_events;
  v_done private.applied;
  v_now timestamptz := private.now();
begin
  -- One delivery of an event at a time. Those that waited find it.
  perform pg_advisory_xact_lock(n.key)
  from (
    select distinct hashtextextended(k.name, 1) as key
    from (values (p_provider || ' ' || p_event_id), (p_provider || ' ' || encode(v_hash, 'hex'))) as k (name) order by 1
  ) as n;
  -- Seen before: the same document, or (where the signature covers it) the same id.
  update private.webhook_events as e set deliveries = e.deliveries + 1
  where e.id in (
    select n.id from private.webhook_events as n where n.provider = p_provider and n.body_hash = v_hash
    union all
    select n.id from private.webhook_events as n where p_id_is_signed and n.provider = p_provider and n.event_id = p_event_id
    limit 1
  )
  returning e.* into v_event;
  if found then
    v_event := private.process_event(v_event.id);
    return jsonb_build_object(
      'state', 'duplicate', 'id', v_event.id, 'error', v_event.error_code, 'effects', to_jsonb(v_event.effects)
    );
  end if;

  v_done := row('{}'::text[], p_problem, null)::private.applied;
  if p_facts <> '{}' then
    v_done := private.try_facts(p_provider, p_account, p_occurred_at, p_facts);
  end if;
  insert into private.webhook_events (
    provider, event_id, body_hash, event_type, account, occurred_at, body, facts, status, effects, error_code, error_detail,
    next_attempt_at, received_at, processed_at
  )
  values (
    p_provider,
    -- Another document under an id that anybody on the way could have written: both are kept.
    case
      when exists (select from private.webhook_events as n where n.provider = p_provider and n.event_id = p_event_id)
        then left(p_event_id, 255) || '/' || left(encode(v_hash, 'hex'), 32)
      else p_event_id
    end,
    v_hash, p_event_type, p_account, p_occurred_at, p_body, p_facts,
    case when v_done.error_code is not null or p_facts is null then 'failed' when p_facts = '{}' then 'ignored' else 'processed' end,
    v_done.effects, v_done.error_code, v_done.error_detail,
    case when v_done.error_code is not null and p_facts is not null then private.next_attempt(1) end,
    v_now, case when v_done.error_code is null then v_now end
  )
  returning * into v_event;
  perform private.strip_event(v_event.id);
  return jsonb_build_object(
    'state', v_event.status, 'id', v_event.id, 'error', v_event.error_code, 'effects', to_jsonb(v_event.effects)
  );
end
$$;
comment on function public.webhook_receive(text, text, boolean, text, text, timestamptz, text, jsonb, text) is
  'Keeps a verified event and applies it, in one transaction. Facts {}: nothing of ours; null: could not be read (p_problem says why). Returns {state: processed | ignored | failed | duplicate, id, error, effects}.';

create function public.webhooks_due(p_limit integer default 100)
returns jsonb
language plpgsql
stable
security definer -- the inbox is private
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
begin
  return jsonb_build_object(
    'ids', (
      select coalesce(jsonb_agg(d.id order by d.next_attempt_at, d.id), '[]')
      from (
        select e.id, e.next_attempt_at from private.webhook_events as e
        where e.status = 'failed' and e.next_attempt_at <= v_now
        order by e.next_attempt_at, e.id
        limit greatest(0, least(p_limit, 1000))
      ) as d
    ),
    'given_up', (select count(*) from private.webhook_events as e where e.status = 'failed' and e.next_attempt_at is null)
  );
end
$$;
comment on function public.webhooks_due(integer) is
  'Failed events to try again now, for webhook_retry(), and how many wait for a person: {ids, given_up}.';

create function public.webhook_retry(p_id bigint)
returns jsonb
language plpgsql
security definer -- the inbox is private
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_now timestamptz := private.now();
  v_event private.webhook_events;
begin
  update private.webhook_events as e set attempts = e.attempts + 1
  where e.id = (
    select n.id from private.webhook_events as n
    where n.id = p_id and n.status = 'failed' and n.next_attempt_at <= v_now
    for update skip locked
  );
  if not found then
    return jsonb_build_object('state', 'skipped', 'error', null);
  end if;
  v_event := private.process_event(p_id);
  return jsonb_build_object('state', v_event.status, 'error', v_event.error_code);
end
$$;
comment on function public.webhook_retry(bigint) is
  'Clean-up: tries one failed event again that is due, in a transaction of its own. Returns {state: processed | failed | skipped, error}; skipped: not due, or in somebody''s hands.';

create function private.process_event(p_event_id bigint)
returns private.webhook_events
language plpgsql
set search_path = ''
as $$
declare
  v_event private.webhook_events;
  v_done private.applied;
  v_now timestamptz := private.now();
begin
  select e.* into v_event from private.webhook_events as e where e.id = p_event_id for update;
  if v_event.status <> 'failed' or v_event.facts is null then
    perform private.strip_event(p_event_id);
    return v_event;
  end if;
  v_done := private.try_facts(v_event.provider, v_event.account, v_event.occurred_at, v_event.facts);
  update private.webhook_events as e
  set
    status = case when v_done.error_code is null then 'processed' else 'failed' end,
    effects = v_done.effects, error_code = v_done.error_code, error_detail = v_done.error_detail,
    next_attempt_at = case when v_done.error_code is not null then private.next_attempt(e.attempts) end,
    processed_at = case when v_done.error_code is null then v_now end
  where e.id = p_event_id returning e.* into v_event;
  perform private.strip_event(p_event_id);
  return v_event;
end
$$;
comment on function private.process_event(bigint) is 'Tries an event of the inbox again that could not be applied.';

create function private.try_facts(p_provider text, p_account text, p_at timestamptz, p_facts jsonb)
returns private.applied
language plpgsql
set search_path = ''
as $$
declare
  v_done private.applied;
  v_state text;
begin
  v_done.effects := '{}';
  begin
    -- All of an event or nothing of it: the exception below undoes everything between here and there.
    v_done.effects := private.apply_facts(p_provider, p_account, p_at, 'event', p_facts);
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate, v_done.error_code = message_text, v_done.error_detail = pg_exception_detail;
    if v_state !~ '^PT' then
      v_done.error_detail := v_done.error_code;
      v_done.error_code := 'sqlstate_' || v_state;
    end if;
    v_done.error_code := left(v_done.error_code, 100);
    v_done.error_detail := left(nullif(v_done.error_detail, ''), 1000);
  end;
  return v_done;
end
$$;
comment on function private.try_facts(text, text, timestamptz, jsonb) is 'Applies facts. What goes wrong is undone and told, never raised.';

create function private.next_attempt(p_attempts integer)
returns timestamptz
language sql
volatile
set search_path = ''
as $$
  -- 1, 2, 4 … minutes, at most a day, twenty times; then a person's business.
  select case
    when p_attempts < 20 then private.now() + least(interval '1 day', interval '1 minute' * power(2, p_attempts - 1))
  end
$$;
comment on function private.next_attempt(integer) is 'When an event that failed so often is tried again; null: not any more.';

create function private.strip_event(p_event_id bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update private.webhook_events as e set body = null
  where
    e.id = p_event_id and e.body is not null and (e.status <> 'failed' or e.next_attempt_at is null)
    and private.is_about_closed(e.provider, e.objects);
end
$$;
comment on function private.strip_event(bigint) is 'Empties the body of an event about an account that was erased, unless it is still to be applied.';

create function private.is_about_closed(p_provider text, p_objects text[])
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from private.closed_accounts) and exists (
    select from private.closed_accounts as c
    where c.user_id in (
      select o.user_id from private.billing_orders as o where o.provider = p_provider and o.provider_order_id = any(p_objects)
      union all
      select o.user_id from private.billing_orders as o where o.provider = p_provider and o.provider_subscription_id = any(p_objects)
      union all
      select s.user_id from public.subscriptions as s where s.provider = p_provider and s.provider_subscription_id = any(p_objects)
      union all
      select p.user_id from public.payments as p where p.provider = p_provider and p.provider_payment_id = any(p_objects)
      union all
      select p.user_id from public.payments as p where p.provider = p_provider and p.provider_reference = any(p_objects)
      union all
      select b.user_id from public.billing_customers as b where b.provider = p_provider and b.provider_customer_id = any(p_objects)
    )
  );
end
$$;
comment on function private.is_about_closed(text, text[]) is 'Whether an order, payment, subscription or customer among these ids was an erased account''s.';

create function private.strip_events(p_user_id uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_objects text[] := array(
    select o.provider_order_id from private.billing_orders as o where o.user_id = p_user_id
    union
    select o.provider_subscription_id from private.billing_orders as o where o.user_id = p_user_id
    union
    select s.provider_subscription_id from public.subscriptions as s where s.user_id = p_user_id and s.provider <> 'manual'
    union
    select unnest(array[p.provider_payment_id, p.provider_reference, p.provider_invoice_id]) from public.payments as p where p.user_id = p_user_id
    union
    select b.provider_customer_id from public.billing_customers as b where b.user_id = p_user_id
  );
  v_count integer;
begin
  -- One that is being tried again right now waits for this account, and is emptied by whoever tries it.
  update private.webhook_events as e set body = null
  where e.id in (
    select n.id from private.webhook_events as n
    where n.objects && array_remove(v_objects, null) and n.body is not null and (n.status <> 'failed' or n.next_attempt_at is null)
    for update skip locked
  );
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.strip_events(uuid) is 'Empties the bodies of the events about a user, at their erasure; returns how many.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.webhook_receive(text, text, boolean, text, text, timestamptz, text, jsonb, text), public.webhooks_due(integer),
public.webhook_retry(bigint)
to service_role;
