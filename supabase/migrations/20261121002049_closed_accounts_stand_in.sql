-- Stand-in until the migration of erasure brings this table: delete this file then.
create table if not exists private.closed_accounts (
  user_id uuid primary key,
  fingerprint bytea,
  closed_at timestamptz not null default now()
);
comment on table private.closed_accounts is 'Mailboxes (keyed hash) of accounts that were erased.';
create index if not exists closed_accounts_fingerprint_idx on private.closed_accounts (fingerprint);
alter table private.closed_accounts enable row level security;
