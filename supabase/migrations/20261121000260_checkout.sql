-- What is sold besides plans (credit packs), at what reductions (coupons), and our own orders: the rows against which
-- every payment is checked, and from which its user is known.

-- tables ------------------------------------------------------------------------------------------------------
create table public.credit_packs (
  slug text primary key check (slug ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text not null check (length(name) between 1 and 100),
  credits integer not null check (credits > 0),
  position integer not null default 0,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.credit_packs is 'Credits sold one-off. They never expire.';

create table public.credit_pack_prices (
  pack text not null references public.credit_packs (slug) on delete cascade,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Smallest unit of the currency (paise, cents).
  amount bigint not null check (amount > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (pack, currency)
);
comment on table public.credit_pack_prices is 'What a credit pack costs, per currency.';

create table private.coupons (
  code text primary key check (code ~ '^[A-Z0-9][A-Z0-9_-]{2,39}$'),
  -- One of the two. Never the whole price: providers refuse to charge nothing.
  percent_off integer check (percent_off between 1 and 95),
  amount_off bigint check (amount_off > 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  applies_to text not null default 'any' check (applies_to in ('any', 'pack', 'subscription')),
  -- Slugs of plans or packs; null for all of them.
  only_for text[] check (pg_column_size(only_for) <= 16384),
  -- Of a subscription: the first charge, or every one.
  duration text not null default 'once' check (duration in ('once', 'forever')),
  max_redemptions integer check (max_redemptions > 0),
  valid_from timestamptz not null default now(),
  valid_until timestamptz,
  is_active boolean not null default true,
  -- Razorpay's reductions on subscriptions (offers) are made in its dashboard.
  razorpay_offer_id text check (char_length(razorpay_offer_id) <= 255),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((percent_off is null) <> (amount_off is null)),
  check ((amount_off is null) = (currency is null))
);
comment on table private.coupons is 'Discount codes as data. Private: who knows a code may use it, nobody may list them.';

create table private.billing_orders (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  kind text not null check (kind in ('pack', 'subscription')),
  pack text references public.credit_packs (slug),
  -- Units of the pack when it was ordered: what was sold is what is given.
  credits integer check (credits > 0),
  plan text references public.plans (slug),
  -- The name of the pack or plan when it was ordered: a receipt does not change with the catalogue.
  item_name text check (char_length(item_name) <= 255),
  price text references public.plan_prices (slug),
  billing_interval text check (billing_interval in ('month', 'year')),
  trial_days integer not null default 0 check (trial_days >= 0),
  -- Keyed hash of the mailbox whose one trial this order holds.
  trial_mailbox bytea check (octet_length(trial_mailbox) = 32),
  coupon text references private.coupons (code),
  -- The coupon as it was when it was ordered with: what is asked does not change with the coupon.
  coupon_terms jsonb check (jsonb_typeof(coupon_terms) = 'object') check (pg_column_size(coupon_terms) <= 16384),
  list_amount bigint not null check (list_amount > 0),
  amount bigint not null check (amount > 0 and amount <= list_amount),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  provider text not null check (provider in ('razorpay', 'stripe')),
  provider_account text check (char_length(provider_account) <= 255),
  provider_order_id text check (char_length(provider_order_id) <= 255),
  provider_subscription_id text check (char_length(provider_subscription_id) <= 255),
  -- created: ours alone; open: the provider has it; the rest are ends (see end_offer).
  status text not null default 'created' check (status in ('created', 'open', 'paid', 'failed', 'expired', 'superseded')),
  -- Until when the order may be paid. The trigger date_offer sets it.
  offer_ends_at timestamptz not null,
  -- When the offer ended before that: superseded, withdrawn, or ended by the provider.
  offer_ended_at timestamptz,
  -- Razorpay closes no order of a pack: another attempt may pay it, whatever became of the ones before.
  can_be_closed boolean not null generated always as (provider <> 'razorpay' or kind <> 'pack') stored,
  -- When the provider confirmed that nobody can pay the order any more.
  closed_at timestamptz check (closed_at is null or can_be_closed),
  -- When the clean-up was last given this order to close.
  close_asked_at timestamptz,
  idempotency_key text not null check (length(idempotency_key) between 1 and 255),
  request_hash text not null check (char_length(request_hash) <= 1000),
  -- What the client was answered, for the same key again.
  response jsonb check (pg_column_size(response) <= 65536),
  paid_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, idempotency_key),
  unique (provider_order_id, provider),
  unique (provider_subscription_id, provider),
  check (status <> 'failed' or can_be_closed),
  check (case kind when 'pack' then pack is not null and credits is not null else plan is not null and price is not null end)
);
comment on table private.billing_orders is
  'Our own orders. A payment is matched by the provider''s ids in here and checked for account, amount and currency. Without a foreign key on the user: books outlive accounts.';

create table private.provider_prices (
  provider text not null check (provider in ('razorpay', 'stripe')),
  provider_price_id text not null check (char_length(provider_price_id) <= 255),
  price text not null check (char_length(price) <= 60),
  plan text not null references public.plans (slug),
  billing_interval text not null check (char_length(billing_interval) <= 5),
  currency text not null check (char_length(currency) <= 3),
  amount bigint not null,
  created_at timestamptz not null default now(),
  primary key (provider_price_id, provider)
);
comment on table private.provider_prices is
  'Every provider price that was ever ours, with plan and amount: a subscriber stays on the price of their day when the catalogue moves on.';

-- indexes -----------------------------------------------------------------------------------------------------
create index billing_orders_pack_idx on private.billing_orders (pack) where pack is not null;
create index billing_orders_plan_idx on private.billing_orders (plan) where plan is not null;
create index billing_orders_price_idx on private.billing_orders (price) where price is not null;
create index billing_orders_coupon_idx on private.billing_orders (coupon) where coupon is not null;
create index billing_orders_open_idx on private.billing_orders (created_at) where status in ('created', 'open');
create index billing_orders_trial_mailbox_idx on private.billing_orders (trial_mailbox) where trial_mailbox is not null;
create index billing_orders_to_close_idx on private.billing_orders (close_asked_at nulls first, created_at)
where
  status in ('expired', 'superseded') and closed_at is null and can_be_closed;
create index provider_prices_plan_idx on private.provider_prices (plan);

-- row level security ------------------------------------------------------------------------------------------
alter table public.credit_packs enable row level security;
alter table public.credit_pack_prices enable row level security;
alter table private.coupons enable row level security;
alter table private.billing_orders enable row level security;
alter table private.provider_prices enable row level security;

create policy "Anyone reads the credit packs" on public.credit_packs
for select to anon, authenticated using (true);

create policy "Anyone reads the credit pack prices" on public.credit_pack_prices
for select to anon, authenticated using (true);

-- triggers ----------------------------------------------------------------------------------------------------
create trigger credit_packs_touch before update on public.credit_packs
for each row execute function private.touch_updated_at();
create trigger credit_pack_prices_touch before update on public.credit_pack_prices
for each row execute function private.touch_updated_at();
create trigger coupons_touch before update on private.coupons
for each row execute function private.touch_updated_at();
create trigger billing_orders_touch before update on private.billing_orders
for each row execute function private.touch_updated_at();

create function private.date_offer()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- As long as Stripe keeps a checkout session open, at the most.
  new.offer_ends_at := coalesce(new.offer_ends_at, new.created_at + interval '24 hours');
  return new;
end
$$;
comment on function private.date_offer() is 'Before insert of an order: it may be paid for 24 hours from its opening.';

create trigger billing_orders_date_offer before insert on private.billing_orders
for each row execute function private.date_offer();

create function private.keep_terms()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.item_name := coalesce(
    (select k.name from public.credit_packs as k where k.slug = new.pack), (select l.name from public.plans as l where l.slug = new.plan)
  );
  new.coupon_terms := (select to_jsonb(c) from private.coupons as c where c.code = new.coupon);
  return new;
end
$$;
comment on function private.keep_terms() is 'Before insert of an order: notes what is sold by what name, and the terms of its coupon.';

create trigger billing_orders_keep_terms before insert on private.billing_orders
for each row execute function private.keep_terms();

create function private.unbind_price()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Providers' prices cannot change: another amount needs another one, which the next checkout makes.
  if (new.amount, new.currency, new.billing_interval, new.plan) is distinct from (old.amount, old.currency, old.billing_interval, old.plan) then
    if new.razorpay_plan_id is not distinct from old.razorpay_plan_id then
      new.razorpay_plan_id := null;
    end if;
    if new.stripe_price_id is not distinct from old.stripe_price_id then
      new.stripe_price_id := null;
    end if;
  end if;
  return new;
end
$$;
comment on function private.unbind_price() is 'Before update of a price: forgets the provider ids that stand for what it was.';

create trigger plan_prices_unbind before update on public.plan_prices
for each row execute function private.unbind_price();

create function private.register_price()
returns trigger
language plpgsql
security definer -- whoever edits the catalogue has no rights on the register
set search_path = ''
as $$
begin
  insert into private.provider_prices (provider, provider_price_id, price, plan, billing_interval, currency, amount)
  select n.provider, n.id, new.slug, new.plan, new.billing_interval, new.currency, new.amount
  from (values ('razorpay', new.razorpay_plan_id), ('stripe', new.stripe_price_id)) as n (provider, id)
  where n.id is not null
  on conflict (provider, provider_price_id) do nothing;
  return null;
end
$$;
comment on function private.register_price() is 'After insert or update of a price: remembers its provider ids for good.';

create trigger plan_prices_register after insert or update on public.plan_prices
for each row execute function private.register_price();

-- functions ---------------------------------------------------------------------------------------------------
create function private.is_coupon_for(p_coupon private.coupons, p_kind text, p_item text)
returns boolean
language sql
immutable
set search_path = ''
as $$ select p_coupon.applies_to in ('any', p_kind) and (p_coupon.only_for is null or p_item = any(p_coupon.only_for)) $$;
comment on function private.is_coupon_for(private.coupons, text, text) is 'Whether a coupon is for a plan or a pack.';

create function private.taken_off(p_coupon private.coupons, p_amount bigint)
returns bigint
language sql
immutable
set search_path = ''
as $$ select coalesce(p_coupon.amount_off, p_amount * p_coupon.percent_off / 100) $$;
comment on function private.taken_off(private.coupons, bigint) is 'What a coupon takes off an amount, rounded down.';

create function private.reduction(p_order private.billing_orders, p_plan text, p_amount bigint)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select private.taken_off(c, p_amount)
    from jsonb_populate_record(null::private.coupons, p_order.coupon_terms) as c
    where p_order.coupon_terms is not null and private.is_coupon_for(c, 'subscription', p_plan)
  ), 0)
$$;
comment on function private.reduction(private.billing_orders, text, bigint) is
  'What the coupon of an order, as it was then, takes off a price of a plan in the order''s currency; 0 if it is not for that plan.';

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.credit_packs, public.credit_pack_prices to anon, authenticated;
