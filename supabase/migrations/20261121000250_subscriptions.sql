-- Subscriptions, payments (receipts, refunds, disputes) and the provider's customers.
--
-- Rows are written by the payment functions alone. None of them has a foreign key to auth.users: erasing a user
-- must not delete the books. A row is a fact under the provider's own id; which report of it wins does not depend on
-- the order of delivery. Columns marked "derived" follow from the facts: private.settle_account writes them.
--
-- Keys begin with the provider's id, not with the provider: no plan, however old its statistics, then reads all of one
-- provider's rows.

-- tables ------------------------------------------------------------------------------------------------------
create table public.billing_customers (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  provider text not null check (provider in ('razorpay', 'stripe')),
  provider_customer_id text not null check (length(provider_customer_id) between 1 and 255),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_customer_id, provider),
  unique (user_id, provider)
);
comment on table public.billing_customers is 'Which user a provider''s customer is: the way from an event to our user.';

create table public.subscriptions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  -- manual: given by an administrator, no provider behind it, so its own id stands for the provider's.
  provider text not null check (provider in ('razorpay', 'stripe', 'manual')),
  provider_subscription_id text not null default gen_random_uuid()::text
  check (length(provider_subscription_id) between 1 and 255),
  provider_customer_id text check (length(provider_customer_id) <= 255),
  plan text not null references public.plans (slug),
  billing_interval text check (billing_interval in ('month', 'year')),
  currency text check (currency ~ '^[A-Z]{3}$'),
  status text not null check (
    status in ('trialing', 'active', 'past_due', 'unpaid', 'paused', 'halted', 'canceled', 'expired')
  ),
  current_period_start timestamptz,
  current_period_end timestamptz,
  cancel_at_period_end boolean not null default false,
  cancelled_at timestamptz,
  ended_at timestamptz,
  trial_end timestamptz,
  -- Derived. Until when it is paid: the latest end of a paid period whose money stayed with us, or of its trial.
  paid_until timestamptz,
  -- Derived. Paid periods whose money went back in full: inside one there is no grace.
  returned_periods tstzmultirange not null default '{}',
  -- Derived. The customer accepted after the offer had ended: it entitles to nothing.
  accepted_late boolean not null default false,
  -- Derived. Until a period is paid: the plan that was ordered, where the provider shows one that ranks higher.
  trial_plan text check (char_length(trial_plan) <= 40),
  -- A downgrade that the provider carries out at the end of the period.
  scheduled_plan text references public.plans (slug),
  -- Per quota group {"day": n, "month": n, "lifetime": n}; overrides plan_limits, never written by an event.
  custom_limits jsonb check (jsonb_typeof(custom_limits) = 'object') check (pg_column_size(custom_limits) <= 16384),
  -- When the provider was in the state above (its clock), and the rest of the total order over states.
  state_at timestamptz not null default now(),
  state_key text not null default '' check (char_length(state_key) <= 1000),
  -- The provider said two different things about the same second: its state has to be fetched.
  needs_refetch boolean not null default false,
  refetched_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_subscription_id, provider),
  check (current_period_end is null or current_period_start is null or current_period_end >= current_period_start)
);
comment on table public.subscriptions is
  'One row per subscription at a provider. Takes any transition the provider reports, guarded by time (state_at), not by a transition trigger.';

create table public.payments (
  id uuid primary key default gen_random_uuid(),
  -- Null until the event that names its order or subscription has arrived.
  user_id uuid,
  provider text not null check (provider in ('razorpay', 'stripe')),
  -- The id under which the provider sells it: Razorpay's payment, Stripe's invoice or (credit pack) payment intent.
  provider_reference text not null check (length(provider_reference) between 1 and 255),
  provider_payment_id text check (length(provider_payment_id) <= 255),
  provider_invoice_id text check (length(provider_invoice_id) <= 255),
  provider_order_id text check (length(provider_order_id) <= 255),
  provider_subscription_id text check (length(provider_subscription_id) <= 255),
  order_id uuid,
  subscription_id uuid,
  provider_account text check (length(provider_account) <= 255),
  provider_customer_id text check (length(provider_customer_id) <= 255),
  kind text check (kind in ('pack', 'subscription')),
  -- The price of a cycle's charge, and the price that an upgrade's charge names as the one entered.
  provider_price_id text check (length(provider_price_id) <= 255),
  upgrade_price_id text check (length(upgrade_price_id) <= 255),
  -- What the price asks before discounts; null for a pack and for an upgrade's difference.
  list_amount bigint check (list_amount >= 0),
  -- What the plans gave when it was first told: {plan: {"units": a month, "rank": n}}. A later catalogue changes no lot.
  terms jsonb not null default '{}' check (jsonb_typeof(terms) = 'object') check (pg_column_size(terms) <= 65536),
  -- Derived. The plan it paid for (an upgrade's: the plan entered), and whether it paid for a period.
  plan text references public.plans (slug),
  billing_interval text check (billing_interval in ('month', 'year')),
  covers_period boolean not null default false,
  -- Derived. Why it is worth nothing (private.payment_reviews); null: it is worth what was kept of it.
  problem text check (char_length(problem) <= 100),
  -- When the provider first told its amount, and when it last told its status. Two reports of the same standing that told
  -- different amounts or currencies: the earlier by the provider's clock stands.
  told_at timestamptz,
  status_at timestamptz,
  -- The latest moment at which the provider was asked: its answer beats everything told up to then.
  fetched_at timestamptz,
  -- When the provider last told another amount or currency than the one that stands. Settled by an answer from then on.
  contradicted_at timestamptz,
  -- Smallest unit of the currency (paise, cents).
  amount bigint not null check (amount >= 0),
  -- Derived. Sums of its processed refunds, its lost disputes and its open disputes.
  amount_refunded bigint not null default 0 check (amount_refunded >= 0),
  amount_lost bigint not null default 0 check (amount_lost >= 0),
  amount_disputed bigint not null default 0 check (amount_disputed >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (status in ('pending', 'failed', 'authorized', 'paid')),
  -- Derived. none: never disputed; open: its share of the credits is frozen; lost: taken.
  dispute_status text not null default 'none' check (dispute_status in ('none', 'open', 'won', 'lost', 'closed')),
  method text check (length(method) <= 50),
  error_code text check (length(error_code) <= 100),
  error_description text check (length(error_description) <= 500),
  period_start timestamptz,
  period_end timestamptz,
  -- When the customer acted, as far as a report tells; it decides whether the offer was still open. Money may come later.
  acted_at timestamptz,
  paid_at timestamptz,
  receipt_number text unique check (char_length(receipt_number) <= 50),
  receipt_url text check (receipt_url ~ '^https://' and length(receipt_url) <= 1000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_reference, provider)
);
comment on table public.payments is
  'One row per payment at a provider, and the receipt for it. Without a foreign key on the user: books outlive accounts.';

create table private.subscription_states (
  provider text not null check (provider in ('razorpay', 'stripe')),
  provider_subscription_id text not null check (length(provider_subscription_id) between 1 and 255),
  -- The provider's clock; of a fetch the moment of asking.
  state_at timestamptz not null,
  -- event: told; fetch: asked for; command: the answer to a change of ours.
  source text not null check (source in ('event', 'fetch', 'command')),
  -- Among states of one second the later stage of a subscription's life counts, then any fixed order.
  state_key text not null check (char_length(state_key) <= 1000),
  customer_id text check (char_length(customer_id) <= 255),
  price_id text not null check (char_length(price_id) <= 255),
  status text not null check (char_length(status) <= 20),
  period_start timestamptz,
  period_end timestamptz,
  trial_end timestamptz,
  cancel_at_period_end boolean,
  cancelled_at timestamptz,
  ended_at timestamptz,
  scheduled_change boolean,
  created_at timestamptz not null default now(),
  primary key (provider_subscription_id, provider, state_at, source, state_key)
);
comment on table private.subscription_states is
  'Every state in which a provider reported a subscription, also late and whoever''s it is. The newest makes the row in subscriptions; each tells from when on a plan was in force.';

create table private.subscription_acceptances (
  provider text not null check (provider in ('razorpay', 'stripe')),
  provider_subscription_id text not null check (length(provider_subscription_id) between 1 and 255),
  accepted_at timestamptz not null,
  primary key (provider_subscription_id, provider)
);
comment on table private.subscription_acceptances is
  'When a customer accepted a subscription, where a report tells it: of several moments the earliest.';

create table private.payment_refunds (
  provider text not null check (char_length(provider) <= 20),
  provider_refund_id text not null check (char_length(provider_refund_id) <= 255),
  provider_payment_id text not null check (char_length(provider_payment_id) <= 255),
  -- Smallest unit of the currency.
  amount bigint not null check (amount > 0),
  currency text not null check (char_length(currency) <= 3),
  -- pending < processed, failed: a refund that failed took nothing.
  status text not null check (status in ('pending', 'processed', 'failed')),
  state_at timestamptz not null,
  -- When the provider first told that it was processed: the money left in that month.
  processed_at timestamptz,
  -- The latest moment at which the provider was asked: its answer beats everything told up to then.
  fetched_at timestamptz,
  -- Two different reports of one second: the provider has to be asked.
  needs_refetch boolean not null default false,
  -- When the provider first told the amount that stands: of two amounts the earlier by its clock.
  told_at timestamptz not null,
  -- When it last told another one. Settled by an answer from then on.
  contradicted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (provider_refund_id, provider),
  check (status <> 'processed' or processed_at is not null)
);
comment on table private.payment_refunds is
  'Every refund a provider reported, under its own id. May arrive before its payment: joined by provider_payment_id.';

create table private.payment_disputes (
  provider text not null check (char_length(provider) <= 20),
  provider_dispute_id text not null check (char_length(provider_dispute_id) <= 255),
  provider_payment_id text not null check (char_length(provider_payment_id) <= 255),
  amount bigint not null check (amount >= 0),
  currency text not null check (char_length(currency) <= 3),
  status text not null check (status in ('open', 'won', 'lost', 'closed')),
  reason text check (char_length(reason) <= 100),
  state_at timestamptz not null,
  -- When the provider first told that it was lost: the money is gone from that month on.
  lost_at timestamptz,
  fetched_at timestamptz,
  needs_refetch boolean not null default false,
  -- When the provider first told the amount that stands: of two amounts the earlier by its clock.
  told_at timestamptz not null,
  -- When it last told another one. Settled by an answer from then on.
  contradicted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (provider_dispute_id, provider),
  check (status <> 'lost' or lost_at is not null)
);
comment on table private.payment_disputes is
  'Every dispute (chargeback) a provider reported, under its own id. Open ones freeze credits, lost ones take them.';

-- indexes -----------------------------------------------------------------------------------------------------
create index subscriptions_user_id_idx on public.subscriptions (user_id, status);
create index subscriptions_plan_idx on public.subscriptions (plan);
create index subscriptions_scheduled_plan_idx on public.subscriptions (scheduled_plan) where scheduled_plan is not null;
create index subscriptions_customer_idx on public.subscriptions (provider_customer_id, provider);
create index subscriptions_refetch_idx on public.subscriptions (state_at) where needs_refetch;
create index subscriptions_live_period_end_idx on public.subscriptions (current_period_end)
where status in ('trialing', 'active', 'past_due');
create index subscriptions_live_paid_until_idx on public.subscriptions (paid_until)
where status in ('trialing', 'active', 'past_due');
create index payments_user_id_idx on public.payments (user_id, created_at desc);
create index payments_provider_payment_idx on public.payments (provider_payment_id, provider);
create index payments_plan_idx on public.payments (plan) where plan is not null;
create index payments_order_idx on public.payments (order_id) where order_id is not null;
create index payments_subscription_idx on public.payments (subscription_id, period_end) where subscription_id is not null;
create index payments_contradicted_idx on public.payments (contradicted_at) where contradicted_at is not null;
create index payments_waiting_idx on public.payments (created_at) where user_id is null;
create index payments_provider_subscription_idx on public.payments (provider_subscription_id, provider)
where provider_subscription_id is not null;
create index payment_refunds_payment_idx on private.payment_refunds (provider_payment_id, provider);
create index payment_refunds_refetch_idx on private.payment_refunds (state_at) where needs_refetch;
create index payment_disputes_open_idx on private.payment_disputes (state_at) where status = 'open' or needs_refetch;
create index payment_disputes_payment_idx on private.payment_disputes (provider_payment_id, provider);

-- row level security ------------------------------------------------------------------------------------------
alter table public.billing_customers enable row level security;
alter table public.subscriptions enable row level security;
alter table public.payments enable row level security;
alter table private.subscription_states enable row level security;
alter table private.subscription_acceptances enable row level security;
alter table private.payment_refunds enable row level security;
alter table private.payment_disputes enable row level security;

create policy "Users read their own customer ids" on public.billing_customers
for select to authenticated
using (user_id = (select private.active_user()));

create policy "Users read their own subscriptions" on public.subscriptions
for select to authenticated
using (user_id = (select private.active_user()));

create policy "Users read their own payments" on public.payments
for select to authenticated
using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create trigger billing_customers_touch before update on public.billing_customers
for each row execute function private.touch_updated_at();
create trigger subscriptions_touch before update on public.subscriptions
for each row execute function private.touch_updated_at();
create trigger payments_touch before update on public.payments
for each row execute function private.touch_updated_at();
create trigger payment_refunds_touch before update on private.payment_refunds
for each row execute function private.touch_updated_at();
create trigger payment_disputes_touch before update on private.payment_disputes
for each row execute function private.touch_updated_at();

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.billing_customers to authenticated;
grant select on public.subscriptions to authenticated;
grant select on public.payments to authenticated;
