-- Credits: an account per user, the lots it is made of, and the ledger that says why it is what it is.
--
-- For every user sum(ledger.amount) = balance + reserved - debt. The paid path (20261121000340, 000350) moves lots and
-- account by what one operation holds; everything else is derived from the facts of the account and booked as the
-- difference (private.settle_account, 20261121002022). So the lots here are a result, and no row tells how they came.
--
-- Lock order of all money paths:
--   1. the accounts concerned, by user id: advisory locks of their ids (private.lock_accounts), which also the account
--      of an erased user has. Whoever writes accounts, lots, counters, operations or the ledger holds it;
--   2. advisory locks of provider objects that have no row yet (private.lock_objects), sorted;
--   3. orders, subscriptions, payments, refunds and disputes, lots, each by id;
--   4. at commit, the counter of receipt numbers (private.number_receipt).
-- Owners of an event are found by reading; then they are locked; then everything is read again.

-- types -------------------------------------------------------------------------------------------------------
-- The tables of the paid path are checked through domains: Postgres parses a table's check constraints again for
-- every statement that writes to it (a third of the work of a reservation), a domain's once per session.
create domain private.unit_count as integer check (value >= 0);
comment on domain private.unit_count is 'A number of credits, operations, tokens or milliseconds.';
create domain private.grant_source as text check (value in ('welcome', 'trial', 'subscription', 'pack', 'promo', 'adjustment'));
comment on domain private.grant_source is 'Where a lot of credits came from.';
create domain private.entry_kind as text
check (value in ('grant', 'usage', 'expiry', 'refund', 'dispute', 'adjustment', 'debt'));
comment on domain private.entry_kind is 'Why a ledger row is there.';
create domain private.label as text check (char_length(value) <= 50);
comment on domain private.label is 'Slug of an operation, a quota group, a plan or a provider, or the key of a period.';
create domain private.short_text as text check (char_length(value) <= 500);
comment on domain private.short_text is 'A sentence or two.';
create domain private.reference_key as text check (char_length(value) between 1 and 255 and value !~ '[^[:print:]]');
comment on domain private.reference_key is 'A key from outside or made of one: 1 to 255 printable characters.';

-- tables ------------------------------------------------------------------------------------------------------
create table public.user_credits (
  user_id uuid primary key references public.profiles (id) on delete cascade,
  -- To spend now; held by operations under way; owed for refunded credits that were already spent.
  balance private.unit_count not null default 0,
  reserved private.unit_count not null default 0,
  debt private.unit_count not null default 0,
  -- How many rows the ledger has for this user: the last seq.
  entries bigint not null default 0,
  -- Nothing of this account runs out or begins before: no hold, no lot. May be too early, is never too late.
  wake_at timestamptz,
  -- No hold that is open was reserved before; null: none is open. May be too early, is never too late.
  holds_since timestamptz,
  -- The moment as of which the account was last derived, and when its next paid month begins.
  settled_at timestamptz,
  next_lot_at timestamptz,
  -- Attempts given back (failed or run out) on the UTC day released_on.
  released_on date,
  released_count private.unit_count not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
)
-- Two updates per paid operation, hardly one of an indexed column: room on the page keeps them there.
with (fillfactor = 60);
comment on table public.user_credits is 'A user''s credit account. private.lock_accounts locks everything metered for that user.';

create table private.credit_awards (
  user_id uuid not null,
  -- What makes giving it twice impossible.
  grant_key private.reference_key primary key,
  source private.grant_source not null,
  -- Below zero: an administrator's deduction, which is a spend.
  units integer not null check (units > 0 or (units < 0 and source = 'adjustment')),
  awarded_at timestamptz not null,
  expires_at timestamptz,
  priority smallint not null,
  reference private.reference_key,
  description private.short_text,
  actor_id uuid,
  created_at timestamptz not null default now()
);
comment on table private.credit_awards is
  'Facts: credits given, or taken by an administrator, without a payment. Kept when the account is erased, as all facts are.';

create table private.mailbox_confirmations (
  user_id uuid not null,
  -- See private.email_fingerprint.
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  confirmed_at timestamptz not null,
  primary key (user_id, fingerprint)
);
comment on table private.mailbox_confirmations is
  'Facts: which account confirmed which mailboxes when, kept when it is erased. Who has one of an erased account''s mailboxes, or confirms it next, carries its debt.';

create table public.credit_grants (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.user_credits (user_id) on delete cascade,
  source private.grant_source not null,
  -- What it is for: order:<id>, subscription:<provider>:<payment>:<month>, welcome:<user> …
  grant_key private.reference_key not null unique,
  amount private.unit_count not null,
  -- Gone with money that went back: by refunds, by lost disputes.
  taken private.unit_count not null default 0,
  lost private.unit_count not null default 0,
  -- Out of reach while a dispute is open, whichever units stand for it.
  frozen private.unit_count not null default 0,
  -- Which refunds and disputes these units went with: [["refund rfnd_1", 7], ["dispute disp_1", 3]].
  returned jsonb not null default '[]',
  -- Run out unspent.
  expired private.unit_count not null default 0,
  -- Free to be held. What is in none of these was spent or is held.
  remaining private.unit_count not null,
  -- Lower burns first, then the earliest expiry, then the earliest start, then the key.
  priority smallint not null default 50,
  starts_at timestamptz not null default now(),
  expires_at timestamptz,
  reference private.reference_key,
  created_at timestamptz not null default now(),
  constraint no_unit_is_twice check (remaining + expired + taken + lost + frozen <= amount)
)
with (fillfactor = 60);
comment on table public.credit_grants is 'Lots: credits that came together, with what became of them. Derived from the facts, except that the paid path moves remaining.';

create table public.credit_transactions (
  user_id uuid not null,
  -- Gapless per user, given under the account's lock.
  seq bigint not null,
  id uuid not null default gen_random_uuid(),
  amount integer not null,
  -- balance + reserved - debt of the account after this row.
  balance_after integer not null,
  kind private.entry_kind not null,
  operation_type private.label,
  usage_id uuid,
  grant_id uuid,
  -- Of a use: when it was reserved. That is when it was spent, whenever it was committed.
  spent_at timestamptz,
  -- Outside document: an order, a payment, a refund, a dispute; of an expiry the key of the lot.
  reference private.reference_key,
  description private.short_text,
  created_at timestamptz not null default now(),
  primary key (user_id, seq)
);
comment on table public.credit_transactions is
  'The append-only ledger. Holds write no row. No foreign key to the user: erasing an account does not erase the books.';

-- indexes -----------------------------------------------------------------------------------------------------
create index user_credits_wake_at_idx on public.user_credits (wake_at) where wake_at is not null;
-- A user's lots in the order in which they burn.
create index credit_grants_user_id_idx on public.credit_grants (user_id, priority, expires_at, starts_at, grant_key);
-- What an account carries of an earlier one of its mailbox.
create index credit_transactions_debt_idx on public.credit_transactions (user_id) where kind = 'debt';
create index credit_awards_user_id_idx on private.credit_awards (user_id);
create index mailbox_confirmations_fingerprint_idx on private.mailbox_confirmations (fingerprint, confirmed_at);
-- Rows arrive in order of time, so a few bytes per page range do for reports over all users.
create index credit_transactions_created_at_idx on public.credit_transactions using brin (created_at);

-- row level security ------------------------------------------------------------------------------------------
alter table public.user_credits enable row level security;
alter table private.credit_awards enable row level security;
alter table private.mailbox_confirmations enable row level security;
alter table public.credit_grants enable row level security;
alter table public.credit_transactions enable row level security;

create policy "Users read their own credit account" on public.user_credits
for select to authenticated
using (user_id = (select private.active_user()));

create policy "Users read their own credit lots" on public.credit_grants
for select to authenticated
using (user_id = (select private.active_user()));

create policy "Users read their own ledger" on public.credit_transactions
for select to authenticated
using (user_id = (select private.active_user()));

-- triggers ----------------------------------------------------------------------------------------------------
create trigger credit_transactions_append_only before update or delete on public.credit_transactions
-- Except for what it says in words, when the account is erased (private.erase_traces).
for each row when (coalesce(current_setting('resumebase.erasing', true), '') <> old.user_id::text)
execute function private.refuse_change();
create trigger credit_transactions_no_truncate before truncate on public.credit_transactions
for each statement execute function private.refuse_change();

-- functions ---------------------------------------------------------------------------------------------------
create function private.post_entry(
  p_user_id uuid,
  p_kind text,
  p_balance integer,
  p_reserved integer,
  p_debt integer,
  p_at timestamptz,
  p_grant_id uuid default null,
  p_usage_id uuid default null,
  p_operation text default null,
  p_reference text default null,
  p_description text default null,
  p_spent_at timestamptz default null
)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_balance integer;
  v_worth integer;
  v_entry bigint;
begin
  -- Account and ledger change here alone and by the same numbers, so they cannot come to disagree.
  update public.user_credits as c
  set
    balance = c.balance + p_balance, reserved = c.reserved + p_reserved, debt = c.debt + p_debt,
    entries = c.entries + 1, updated_at = p_at
  where c.user_id = p_user_id
  returning c.balance, c.balance + c.reserved - c.debt, c.entries into strict v_balance, v_worth, v_entry;
  insert into public.credit_transactions (
    user_id, seq, amount, balance_after, kind, operation_type, usage_id, grant_id, reference, description,
    spent_at, created_at
  )
  values (
    p_user_id, v_entry, p_balance + p_reserved - p_debt, v_worth, p_kind, p_operation, p_usage_id, p_grant_id, p_reference,
    p_description, p_spent_at, p_at
  );
  return v_balance;
end
$$;
comment on function private.post_entry(
  uuid, text, integer, integer, integer, timestamptz, uuid, uuid, text, text, text, timestamptz
) is
  'Moves an account by what is given for balance, reserved and debt, and writes the ledger row for it; returns the new balance. The caller holds the account''s lock.';

create function private.forget_answers()
returns trigger
language plpgsql
security definer -- whoever may delete a user may not write answers
set search_path = ''
as $$
begin
  if not exists (select from private.closed_accounts as x where x.user_id = old.user_id) then
    perform private.raise_problem(409, 'erase_accounts', 'A credit account goes with its user: see account_erase().');
  end if;
  delete from private.usage_results as r using public.usage_events as e where e.id = r.usage_id and e.user_id = old.user_id;
  return old;
end
$$;
comment on function private.forget_answers() is 'Before delete, while the operations are known: only as part of an erasure; forgets the account''s answers.';

create trigger user_credits_forget before delete on public.user_credits
for each row execute function private.forget_answers();

create function private.close_account()
returns trigger
language plpgsql
security definer -- whoever may delete a user may not write the ledger
set search_path = ''
as $$
begin
  perform private.close_account_books(old.user_id, private.now());
  return null;
end
$$;
comment on function private.close_account() is
  'After delete: closes the books of an erased account, which is derived as one that is gone, also where money came in the second of its end.';

create trigger user_credits_close after delete on public.user_credits
for each row execute function private.close_account();

create function private.open_account(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.user_credits (user_id) values (p_user_id) on conflict (user_id) do nothing;
end
$$;
comment on function private.open_account(uuid) is 'Makes a user''s credit account where it is missing.';

create function private.provision_credits()
returns trigger
language plpgsql
security definer -- runs as whoever creates the profile, who may not write accounts
set search_path = ''
as $$
begin
  perform private.open_account(new.id);
  if new.email_verified then
    perform private.confirm_mailbox(new.id, new.email);
  end if;
  return null;
end
$$;
comment on function private.provision_credits() is
  'After insert of a profile, and when its address is confirmed: opens the account, gives the welcome credits, takes over the mailbox''s debt.';

create trigger profiles_provision_credits after insert or update of email, email_verified on public.profiles
for each row execute function private.provision_credits();

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.user_credits, public.credit_grants, public.credit_transactions to authenticated;
-- Also the secret key only reads: money moves through the functions below, which keep the books in step.
revoke insert, update, delete, truncate on public.user_credits, public.credit_grants, public.credit_transactions from service_role;
