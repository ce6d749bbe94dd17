-- Grants, refunds, disputes and adjustments: every way in which credits come and go other than by being used.

-- tables ------------------------------------------------------------------------------------------------------
create table private.credit_reversals (
  -- The refund's or dispute's own id: what makes taking it back twice impossible.
  reversal_key text primary key check (char_length(reversal_key) between 1 and 255),
  user_id uuid not null references public.user_credits (user_id) on delete cascade,
  -- Not a foreign key: a refund may be reported before the payment that it refunds.
  grant_key text not null check (char_length(grant_key) between 1 and 255),
  kind text not null check (kind in ('refund', 'dispute')),
  -- open: frozen; won: ours again; applied: taken back. The last two are final.
  state text not null check (state in ('open', 'won', 'applied')),
  -- Null: all of the lot.
  units integer check (units >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table private.credit_reversals is 'Refunds and disputes of lots. What a lot must give up follows from its rows here, in whatever order they came.';

-- indexes -----------------------------------------------------------------------------------------------------
create index credit_reversals_grant_key_idx on private.credit_reversals (grant_key);
create index credit_reversals_user_id_idx on private.credit_reversals (user_id);

-- row level security ------------------------------------------------------------------------------------------
alter table private.credit_reversals enable row level security;

-- functions ---------------------------------------------------------------------------------------------------
create function private.lock_account(p_user_id uuid)
returns public.user_credits
language plpgsql
set search_path = ''
as $$
declare
  v_account public.user_credits;
begin
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id for no key update;
  if not found then
    perform private.raise_problem(404, 'user_not_found');
  end if;
  return v_account;
end
$$;
comment on function private.lock_account(uuid) is 'Locks a user''s credit account; 404 without one.';

create function private.settle_reversals(p_grant_id uuid, p_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lot public.credit_grants;
  v_kind text;
  v_reference text;
  v_due bigint;
  v_open boolean;
  v_used integer;
  v_part integer;
begin
  select g.* into v_lot from public.credit_grants as g where g.id = p_grant_id;
  select
    coalesce(sum(coalesce(r.units, v_lot.amount)) filter (where r.state = 'applied'), 0),
    coalesce(bool_or(r.state = 'open'), false),
    (array_agg(r.kind order by r.updated_at desc, r.reversal_key))[1],
    (array_agg(r.reversal_key order by r.updated_at desc, r.reversal_key))[1]
  into v_due, v_open, v_kind, v_reference
  from private.credit_reversals as r where r.grant_key = v_lot.grant_key;
  if v_kind is null then
    return;
  end if;

  -- Units that were under way when they were called back, and came back unused, pay the debt that stood in for them.
  v_used := v_lot.amount - v_lot.remaining - v_lot.expired - v_lot.taken - v_lot.frozen;
  v_part := least(
    v_lot.debted - v_used, v_lot.remaining,
    (select c.debt from public.user_credits as c where c.user_id = v_lot.user_id)
  );
  if v_part > 0 then
    update public.credit_grants as g
    set remaining = g.remaining - v_part, taken = g.taken + v_part, debted = g.debted - v_part
    where g.id = p_grant_id returning g.* into v_lot;
    update public.user_credits as c
    set balance = c.balance - v_part, debt = c.debt - v_part, updated_at = p_at
    where c.user_id = v_lot.user_id;
  end if;

  -- What must go: frozen units first (they left the balance when the dispute was opened), then unspent ones, and
  -- what was spent becomes debt. Units that expired unused are owed by nobody.
  v_due := least(v_due, v_lot.amount - v_lot.expired) - v_lot.taken - v_lot.debted;
  v_part := least(v_due, v_lot.frozen);
  if v_part > 0 then
    update public.credit_grants as g set frozen = g.frozen - v_part, taken = g.taken + v_part
    where g.id = p_grant_id returning g.* into v_lot;
    v_due := v_due - v_part;
  end if;
  v_part := least(v_due, v_lot.remaining);
  if v_part > 0 then
    update public.credit_grants as g set remaining = g.remaining - v_part, taken = g.taken + v_part
    where g.id = p_grant_id returning g.* into v_lot;
    perform private.post_entry(
      v_lot.user_id, v_kind, -v_part, 0, 0, p_at, p_grant_id => p_grant_id, p_reference => v_reference
    );
    v_due := v_due - v_part;
  end if;
  if v_due > 0 then
    update public.credit_grants as g set debted = g.debted + v_due where g.id = p_grant_id returning g.* into v_lot;
    perform private.post_entry(
      v_lot.user_id, 'debt', 0, 0, v_due::integer, p_at,
      p_grant_id => p_grant_id, p_reference => v_reference, p_description => 'Refunded credits that were already spent'
    );
  end if;

  v_part := case when v_open then v_lot.remaining else -v_lot.frozen end;
  if v_part <> 0 then
    update public.credit_grants as g set remaining = g.remaining - v_part, frozen = g.frozen + v_part where g.id = p_grant_id;
    perform private.post_entry(
      v_lot.user_id, 'dispute', -v_part, 0, 0, p_at, p_grant_id => p_grant_id, p_reference => v_reference,
      p_description => case when v_part > 0 then 'Frozen while a dispute is open' else 'Dispute closed' end
    );
  end if;
end
$$;
comment on function private.settle_reversals(uuid, timestamptz) is
  'Brings a lot to what its refunds and disputes ask for: takes, owes, freezes or thaws the difference. Running it again changes nothing. The caller holds the account''s lock.';

create function private.grant_credits(
  p_user_id uuid,
  p_source text,
  p_amount integer,
  p_key text,
  p_expires_at timestamptz default null,
  p_priority integer default null,
  p_reference text default null,
  p_description text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_account public.user_credits := private.lock_account(p_user_id);
  v_now timestamptz := private.now();
  v_lot public.credit_grants;
  v_paid integer;
  v_created boolean := false;
begin
  select g.* into v_lot from public.credit_grants as g where g.grant_key = p_key;
  if not found then
    v_created := true;
    v_paid := least(v_account.debt, p_amount);
    -- Burn order where the caller has no opinion: what comes back every month first, what was bought for good last.
    insert into public.credit_grants (user_id, source, grant_key, amount, remaining, priority, expires_at, reference, created_at)
    values (
      p_user_id, p_source, p_key, p_amount, p_amount - v_paid,
      coalesce(p_priority, case p_source when 'subscription' then 10 when 'trial' then 20 when 'promo' then 20 when 'welcome' then 30 else 50 end),
      p_expires_at, p_reference, v_now
    )
    returning * into v_lot;
    perform private.post_entry(
      p_user_id, case p_source when 'adjustment' then 'adjustment' else 'grant' end, p_amount - v_paid, 0, -v_paid, v_now,
      p_grant_id => v_lot.id, p_reference => p_reference, p_actor_id => p_actor_id,
      p_description => coalesce(p_description, case when v_paid > 0 then format('%s of them paid a debt', v_paid) end)
    );
    update public.user_credits as c set wake_at = least(c.wake_at, p_expires_at) where c.user_id = p_user_id and p_expires_at is not null;
    perform private.settle_reversals(v_lot.id, v_now);
    perform private.expire_lots(p_user_id, v_now);
  elsif v_lot.user_id <> p_user_id then
    perform private.raise_problem(409, 'grant_conflict', 'This grant key belongs to another account.');
  end if;
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  return jsonb_build_object(
    'grant_id', v_lot.id, 'created', v_created, 'amount', v_lot.amount, 'paid_debt', coalesce(v_paid, 0),
    'balance', v_account.balance, 'debt', v_account.debt
  );
end
$$;
comment on function private.grant_credits(uuid, text, integer, text, timestamptz, integer, text, text, uuid) is
  'Gives a lot once per key: pays debt first, then meets refunds that came before it.';

create function public.credits_grant(
  p_user_id uuid,
  p_source text,
  p_amount integer,
  p_key text,
  p_expires_at timestamptz default null,
  p_priority integer default null,
  p_reference text default null,
  p_description text default null
)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
as $$
begin
  if p_amount is null or p_amount <= 0 then
    perform private.raise_problem(422, 'invalid_amount', 'A grant is a positive number of credits.');
  end if;
  return private.grant_credits(p_user_id, p_source, p_amount, p_key, p_expires_at, p_priority, p_reference, p_description);
end
$$;
comment on function public.credits_grant(uuid, text, integer, text, timestamptz, integer, text, text) is
  'Gives credits once per key, paying debt first. Lower priority burns earlier; null takes the source''s. Returns {grant_id, created, amount, paid_debt, balance, debt}.';

create function private.reverse_credits(
  p_user_id uuid, p_grant_key text, p_reversal_key text, p_kind text, p_state text, p_units integer
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_account public.user_credits := private.lock_account(p_user_id);
  v_now timestamptz := private.now();
  v_lot public.credit_grants;
begin
  if p_units < 0 then
    perform private.raise_problem(422, 'invalid_amount', 'Credits taken back are not negative.');
  end if;
  insert into private.credit_reversals as r (reversal_key, user_id, grant_key, kind, state, units, created_at, updated_at)
  values (p_reversal_key, p_user_id, p_grant_key, p_kind, p_state, p_units, v_now, v_now)
  on conflict (reversal_key) do update set state = excluded.state, units = coalesce(excluded.units, r.units), updated_at = v_now
  where r.state = 'open' and excluded.state <> 'open';

  select g.* into v_lot from public.credit_grants as g where g.grant_key = p_grant_key and g.user_id = p_user_id;
  if found then
    perform private.settle_reversals(v_lot.id, v_now);
    perform private.expire_lots(p_user_id, v_now);
    select g.* into v_lot from public.credit_grants as g where g.id = v_lot.id;
  end if;
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  return jsonb_build_object(
    'grant_id', v_lot.id, 'taken', v_lot.taken, 'debted', v_lot.debted, 'frozen', v_lot.frozen,
    'balance', v_account.balance, 'debt', v_account.debt
  );
end
$$;
comment on function private.reverse_credits(uuid, text, text, text, text, integer) is
  'Records a refund or dispute of a lot under its own id and settles the lot; one whose lot is not there yet waits for it (grant_id null).';

create function public.credits_refund(p_user_id uuid, p_grant_key text, p_refund_key text, p_units integer default null)
returns jsonb
language sql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
as $$ select private.reverse_credits(p_user_id, p_grant_key, p_refund_key, 'refund', 'applied', p_units) $$;
comment on function public.credits_refund(uuid, text, text, integer) is
  'Takes a refunded lot back once per refund: unspent units go, spent ones become debt that later grants pay. p_units null: all of it.';

create function public.credits_dispute(
  p_user_id uuid, p_grant_key text, p_dispute_key text, p_state text, p_units integer default null
)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
as $$
begin
  if p_state is null or p_state not in ('open', 'won', 'lost') then
    perform private.raise_problem(422, 'invalid_dispute_state', 'A dispute is open, won or lost.');
  end if;
  return private.reverse_credits(
    p_user_id, p_grant_key, p_dispute_key, 'dispute', case p_state when 'lost' then 'applied' else p_state end, p_units
  );
end
$$;
comment on function public.credits_dispute(uuid, text, text, text, integer) is
  'Follows a dispute of a lot: open freezes it, won thaws it, lost takes p_units back (null: all). Won and lost are final, in whatever order they are told.';

create function private.take_credits(p_user_id uuid, p_amount integer, p_reference text, p_description text, p_actor_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_account public.user_credits := private.lock_account(p_user_id);
  v_now timestamptz := private.now();
  v_missing integer := p_amount;
  v_lot record;
  v_part integer;
begin
  if v_account.balance < p_amount then
    perform private.raise_problem(422, 'adjustment_exceeds_balance', jsonb_build_object('balance', v_account.balance)::text);
  end if;
  for v_lot in
    select g.id, g.remaining from public.credit_grants as g
    where g.user_id = p_user_id and g.remaining > 0
    order by g.priority, g.expires_at nulls last, g.created_at, g.id
  loop
    v_part := least(v_lot.remaining, v_missing);
    update public.credit_grants as g set remaining = g.remaining - v_part, taken = g.taken + v_part where g.id = v_lot.id;
    perform private.post_entry(
      p_user_id, 'adjustment', -v_part, 0, 0, v_now,
      p_grant_id => v_lot.id, p_reference => p_reference, p_description => p_description, p_actor_id => p_actor_id
    );
    v_missing := v_missing - v_part;
    exit when v_missing = 0;
  end loop;
end
$$;
comment on function private.take_credits(uuid, integer, text, text, uuid) is 'Takes unspent credits in burn order; 422 where there are not as many.';

create function public.credits_adjust(p_admin_id uuid, p_user_id uuid, p_amount integer, p_reason text, p_key text)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
as $$
declare
  v_account public.user_credits;
begin
  if not exists (select from public.admin_users as a where a.user_id = p_admin_id) then
    perform private.raise_problem(403, 'not_an_administrator');
  end if;
  if coalesce(p_amount, 0) = 0 then
    perform private.raise_problem(422, 'invalid_amount', 'An adjustment gives or takes at least one credit.');
  end if;
  if coalesce(char_length(btrim(p_reason)), 0) < 3 or char_length(p_reason) > 500 then
    perform private.raise_problem(422, 'reason_required', 'An adjustment says why, in 3 to 500 characters.');
  end if;
  perform private.lock_account(p_user_id);
  perform private.sweep_account(p_user_id, private.now());
  -- One row or several, an adjustment is in the ledger under its key.
  if not exists (
    select from public.credit_transactions as t
    where t.user_id = p_user_id and t.kind = 'adjustment' and t.reference = p_key
  ) then
    if p_amount > 0 then
      perform private.grant_credits(
        p_user_id, 'adjustment', p_amount, 'adjustment:' || p_key, p_reference => p_key, p_description => p_reason, p_actor_id => p_admin_id
      );
    else
      perform private.take_credits(p_user_id, -p_amount, p_key, p_reason, p_admin_id);
    end if;
  end if;
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  return jsonb_build_object('balance', v_account.balance, 'reserved', v_account.reserved, 'debt', v_account.debt);
end
$$;
comment on function public.credits_adjust(uuid, uuid, integer, text, text) is
  'An administrator gives (positive) or takes (negative) credits, once per key. Who and why stay in the ledger.';

create function private.claim_benefit(p_user_id uuid, p_benefit text)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_email text;
begin
  select p.email into v_email from public.profiles as p where p.id = p_user_id and p.email_verified and p.email <> '';
  if not found then
    return false;
  end if;
  insert into private.signup_fingerprints (fingerprint, benefit, granted_at)
  values (private.email_fingerprint(v_email), p_benefit, private.now())
  on conflict do nothing;
  return found;
end
$$;
comment on function private.claim_benefit(uuid, text) is
  'True once per confirmed mailbox and benefit (welcome, trial), also across deleted accounts and other spellings of the address.';

create function private.grant_welcome(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_credits integer;
begin
  select (c.value ->> 'welcome_credits')::integer into v_credits from public.global_config as c where c.key = 'metering';
  if v_credits > 0
    and not exists (select from public.credit_grants as g where g.grant_key = 'welcome:' || p_user_id)
    and private.claim_benefit(p_user_id, 'welcome')
  then
    perform private.grant_credits(p_user_id, 'welcome', v_credits, 'welcome:' || p_user_id, p_description => 'Welcome');
  end if;
end
$$;
comment on function private.grant_welcome(uuid) is 'The welcome credits of a user with a confirmed address, once per mailbox.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.credits_grant(uuid, text, integer, text, timestamptz, integer, text, text), public.credits_refund(uuid, text, text, integer),
public.credits_dispute(uuid, text, text, text, integer), public.credits_adjust(uuid, uuid, integer, text, text)
to service_role;
