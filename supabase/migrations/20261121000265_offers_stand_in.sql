-- Stand-in: the end of an order's offer, until the checkout's own migration brings it. Goes away as a file.
alter table private.billing_orders add column offer_ends_at timestamptz not null default (now() + interval '24 hours');
alter table private.billing_orders add column offer_ended_at timestamptz;
alter table private.billing_orders add column closed_at timestamptz;

create table private.closed_accounts (
  user_id uuid primary key,
  fingerprint bytea,
  closed_at timestamptz not null
);
comment on table private.closed_accounts is 'Erased accounts, known by the keyed hash of their mailbox.';
create index closed_accounts_fingerprint_idx on private.closed_accounts (fingerprint) where fingerprint is not null;
alter table private.closed_accounts enable row level security;

create function private.offer_end(o private.billing_orders)
returns timestamptz
language sql
immutable
set search_path = ''
as $$ select least(o.offer_ends_at, o.offer_ended_at) $$;
comment on function private.offer_end(private.billing_orders) is 'Until when an order may be paid.';

create function private.end_offer(p_order_id uuid, p_at timestamptz, p_is_closed boolean)
returns void
language sql
set search_path = ''
as $$
  update private.billing_orders as o
  set
    offer_ended_at = least(o.offer_ended_at, p_at), closed_at = case when p_is_closed then least(o.closed_at, p_at) else o.closed_at end,
    status = case when o.status in ('created', 'open') then 'expired' else o.status end
  where o.id = p_order_id
$$;
comment on function private.end_offer(uuid, timestamptz, boolean) is 'Notes that an order ended, at the earliest moment that was told.';
