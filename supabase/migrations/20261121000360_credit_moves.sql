-- Credits that come or go without a payment: grants, adjustments by an administrator, the welcome of a mailbox. Each is a
-- fact under its key; what becomes of the account is derived.

-- functions ---------------------------------------------------------------------------------------------------
create function private.lock_accounts(p_user_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_user uuid;
begin
  for v_user in select distinct u from unnest(p_user_ids) as u where u is not null order by u loop
    perform pg_advisory_xact_lock(uuid_hash_extended(v_user, 0));
  end loop;
end
$$;
comment on function private.lock_accounts(uuid[]) is
  'Locks accounts, always in the same order: the first lock of every money path. Not by their rows: all who wait for a row wake up at each change of it, a lock of its own wakes one, and costs no write.';

create function private.try_lock_account(p_user_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$ begin return pg_try_advisory_xact_lock(uuid_hash_extended(p_user_id, 0)); end $$;
comment on function private.try_lock_account(uuid) is 'Locks an account unless somebody else has it: whoever has it sweeps it as well.';

create function private.lock_account(p_user_id uuid)
returns public.user_credits
language plpgsql
set search_path = ''
as $$
declare
  v_account public.user_credits;
begin
  perform private.lock_accounts(array[p_user_id]);
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  if not found then
    perform private.raise_problem(404, 'user_not_found');
  end if;
  return v_account;
end
$$;
comment on function private.lock_account(uuid) is 'Locks a user''s credit account; 404 without one.';

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
  v_debt integer := v_account.debt;
  v_award private.credit_awards;
  v_created boolean := false;
begin
  select a.* into v_award from private.credit_awards as a where a.grant_key = p_key;
  if not found then
    v_created := true;
    insert into private.credit_awards (
      user_id, source, grant_key, units, awarded_at, expires_at, priority, reference, description, actor_id, created_at
    )
    values (
      p_user_id, p_source, p_key, p_amount, v_now, p_expires_at,
      -- Burn order where the caller has no opinion: what comes back every month first, what was bought for good last.
      coalesce(p_priority, case p_source when 'subscription' then 10 when 'trial' then 20 when 'promo' then 20 when 'welcome' then 30 else 50 end),
      p_reference, p_description, p_actor_id, v_now
    )
    returning * into v_award;
    perform private.settle_account(p_user_id, v_now);
  elsif v_award.user_id <> p_user_id then
    perform private.raise_problem(409, 'grant_conflict', 'This grant key belongs to another account.');
  end if;
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  return jsonb_build_object(
    'grant_id', (select g.id from public.credit_grants as g where g.grant_key = p_key), 'created', v_created, 'amount', v_award.units,
    'paid_debt', greatest(0, v_debt - v_account.debt), 'balance', v_account.balance, 'debt', v_account.debt
  );
end
$$;
comment on function private.grant_credits(uuid, text, integer, text, timestamptz, integer, text, text, uuid) is
  'Gives a lot once per key; what the account owes is paid of it.';

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

create function public.credits_adjust(p_admin_id uuid, p_user_id uuid, p_amount integer, p_reason text, p_key text)
returns jsonb
language plpgsql
security definer -- nobody may write these tables directly, not even the secret key
set search_path = ''
as $$
declare
  v_key constant text := format('adjustment:%s:%s', p_user_id, p_key);
  v_now timestamptz;
  v_account public.user_credits;
  v_known private.credit_awards;
begin
  perform private.require_admin(p_reason, p_user_id => p_admin_id);
  if p_admin_id = p_user_id then
    perform private.raise_problem(403, 'own_account', 'You cannot adjust your own account.');
  end if;
  if coalesce(p_amount, 0) = 0 then
    perform private.raise_problem(422, 'invalid_amount', 'An adjustment gives or takes at least one credit.');
  end if;
  perform private.lock_account(p_user_id);
  v_now := private.now();
  perform private.sweep_account(p_user_id, v_now);
  select a.* into v_known from private.credit_awards as a where a.grant_key = v_key;
  if (v_known.units, v_known.description) is distinct from (p_amount, p_reason) and v_known.grant_key is not null then
    perform private.raise_problem(409, 'idempotency_conflict', 'This key was used for another adjustment.');
  elsif v_known.grant_key is null and p_amount > 0 then
    perform private.grant_credits(
      p_user_id, 'adjustment', p_amount, v_key, p_reference => p_key, p_description => p_reason, p_actor_id => p_admin_id
    );
  elsif v_known.grant_key is null then
    perform private.take_credits(p_user_id, -p_amount, v_key, p_key, p_reason, p_admin_id, v_now);
  end if;
  select c.* into v_account from public.user_credits as c where c.user_id = p_user_id;
  return jsonb_build_object('balance', v_account.balance, 'reserved', v_account.reserved, 'debt', v_account.debt);
end
$$;
comment on function public.credits_adjust(uuid, uuid, integer, text, text) is
  'An active administrator gives (positive) or takes (negative) credits of another account, once per account and key. The ledger, which the user reads, says why; private.credit_awards and the audit log say who.';

create function private.take_credits(
  p_user_id uuid, p_amount integer, p_grant_key text, p_key text, p_reason text, p_actor_id uuid, p_at timestamptz
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_balance integer := (select c.balance from public.user_credits as c where c.user_id = p_user_id);
begin
  if v_balance < p_amount then
    perform private.raise_problem(422, 'adjustment_exceeds_balance', jsonb_build_object('balance', v_balance)::text);
  end if;
  insert into private.credit_awards (
    user_id, source, grant_key, units, awarded_at, priority, reference, description, actor_id, created_at
  )
  values (p_user_id, 'adjustment', p_grant_key, -p_amount, p_at, 50, p_key, p_reason, p_actor_id, p_at);
  perform private.post_entry(
    p_user_id, 'adjustment', -p_amount, 0, 0, p_at, p_reference => p_key, p_description => p_reason
  );
  perform private.settle_account(p_user_id, p_at);
end
$$;
comment on function private.take_credits(uuid, integer, text, text, text, uuid, timestamptz) is
  'Spends credits for a deduction; 422 where there are not as many. The caller holds the account''s lock.';

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

create function private.confirm_mailbox(p_user_id uuid, p_email text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_fingerprint bytea := private.email_fingerprint(p_email);
  v_is_new boolean;
  v_is_settled boolean;
begin
  if p_email is null or p_email = '' or v_fingerprint is null then
    return;
  end if;
  -- With the other accounts of this mailbox: a refund or an erasure of theirs that comes now waits, and finds the heir.
  perform private.lock_accounts(private.mailbox_accounts(p_user_id, p_email));
  insert into private.mailbox_confirmations (user_id, fingerprint, confirmed_at)
  values (p_user_id, v_fingerprint, private.now())
  on conflict do nothing;
  v_is_new := found;
  -- Granting the welcome settles the account.
  v_is_settled := private.grant_welcome(p_user_id);
  if v_is_new and not v_is_settled then
    perform private.settle_account(p_user_id);
  end if;
end
$$;
comment on function private.confirm_mailbox(uuid, text) is
  'What follows when an account confirms its mailbox: the welcome, once per mailbox, and the debt of an erased account of it.';

create function private.mailbox_accounts(p_user_id uuid, p_email text default null)
returns uuid[]
language sql
stable
set search_path = ''
as $$
  select array(
    select p_user_id
    union
    select n.user_id
    from (
      select m.fingerprint from private.mailbox_confirmations as m where m.user_id = p_user_id
      union
      select private.email_fingerprint(p_email)
    ) as m
    inner join private.mailbox_confirmations as n on n.fingerprint = m.fingerprint
  )
$$;
comment on function private.mailbox_accounts(uuid, text) is
  'The accounts of one customer: an account, and all others, erased or not, that confirmed one of its mailboxes (or that of an address which it is about to confirm).';

create function private.grant_welcome(p_user_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_credits integer;
begin
  select (c.value ->> 'welcome_credits')::integer into v_credits from public.global_config as c where c.key = 'metering';
  if v_credits > 0
    and not exists (select from private.credit_awards as a where a.grant_key = 'welcome:' || p_user_id)
    and private.claim_benefit(p_user_id, 'welcome')
  then
    perform private.grant_credits(p_user_id, 'welcome', v_credits, 'welcome:' || p_user_id, p_description => 'Welcome credits');
    return true;
  end if;
  return false;
end
$$;
comment on function private.grant_welcome(uuid) is 'The welcome credits of a user with a confirmed address, once per mailbox. True if they were granted now.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
public.credits_grant(uuid, text, integer, text, timestamptz, integer, text, text), public.credits_adjust(uuid, uuid, integer, text, text)
to service_role;
