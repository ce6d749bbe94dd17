-- Erasure: how an account ends for good. Whoever deletes the user, the same happens: it is refused while files are left or
-- a provider's subscription runs; then the books are closed, and what outlives the account loses the person.

-- indexes -----------------------------------------------------------------------------------------------------
create index subscriptions_not_ended_idx on public.subscriptions (user_id)
where provider <> 'manual' and status not in ('canceled', 'expired');

-- views -------------------------------------------------------------------------------------------------------
create view private.accounts_waiting with (security_invoker = true) as
select
  p.id as user_id, s.id as subscription_id, s.provider, s.provider_subscription_id, s.status, p.deleted_at + r.keep as since
from private.retention_policies as r
inner join public.profiles as p on p.deleted_at < (select private.now()) - r.keep
inner join public.subscriptions as s
  on s.user_id = p.id and s.provider <> 'manual' and s.status not in ('canceled', 'expired')
where r.data_type = 'deleted_accounts'
union all
select p.id, o.id, o.provider, o.provider_subscription_id, 'incomplete', p.deleted_at + r.keep
from private.retention_policies as r
inner join public.profiles as p on p.deleted_at < (select private.now()) - r.keep
inner join private.billing_orders as o on o.user_id = p.id and private.is_without_state(o)
where r.data_type = 'deleted_accounts';
comment on view private.accounts_waiting is
  'Accounts whose recovery period is over and that are not erased because a subscription has not ended at its provider: one row per subscription, with its order''s id while the provider has reported no state of it.';

-- triggers ----------------------------------------------------------------------------------------------------
create function private.close_account_of_user()
returns trigger
language plpgsql
security definer -- runs as whoever deletes the user: the clean-up, the auth service, an operator
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
begin
  -- Payments lock accounts first; the profile comes after them. Twice, because a mailbox may have been confirmed meanwhile.
  perform private.lock_accounts(private.mailbox_accounts(old.id));
  perform private.lock_accounts(private.mailbox_accounts(old.id));
  perform from public.user_credits as c where c.user_id = old.id for update;
  if private.has_running_subscription(old.id) then
    perform private.raise_problem(409, 'subscription_running', 'A subscription of this account is still running at its provider.');
  end if;
  if exists (select from private.files_of(old.id)) then
    perform private.raise_problem(409, 'files_left', 'Delete the account''s files before you erase it.');
  end if;
  insert into private.closed_accounts (user_id, closed_at) values (old.id, v_now);
  update public.subscriptions as s set status = 'canceled', ended_at = coalesce(s.ended_at, v_now), state_at = v_now
  where s.user_id = old.id and s.provider = 'manual' and s.status not in ('canceled', 'expired');
  perform private.strip_events(old.id);
  perform private.erase_traces(old.id, '{delete}');
  -- The delete reaches user_credits next, which closes the books.
  return old;
end
$$;
comment on function private.close_account_of_user() is
  'Before delete on auth.users: refuses while a subscription runs or files are left, then closes the account.';

create trigger resumebase_user_erased before delete on auth.users
for each row execute function private.close_account_of_user();

create function private.refuse_lone_profile()
returns trigger
language plpgsql
security definer -- reads what no client may
set search_path = ''
as $$
begin
  -- Its user would still be there, and the profile would come back without its credits, or as if nobody had deleted it.
  if not exists (select from private.closed_accounts as c where c.user_id = old.id) then
    perform private.raise_problem(409, 'erase_accounts', 'A profile goes with its user: see account_erase().');
  end if;
  return old;
end
$$;
comment on function private.refuse_lone_profile() is 'Before delete on profiles: only as part of an erasure.';

create trigger profiles_erased before delete on public.profiles
for each row execute function private.refuse_lone_profile();

-- functions ---------------------------------------------------------------------------------------------------
create function private.lock_due_account(p_user_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_before timestamptz := private.now() - (select r.keep from private.retention_policies as r where r.data_type = 'deleted_accounts');
begin
  -- User, accounts, profile: the order in which a confirmation and a payment take them.
  perform from auth.users as u where u.id = p_user_id for update;
  perform private.lock_accounts(private.mailbox_accounts(p_user_id));
  perform from public.profiles as p where p.id = p_user_id and p.deleted_at < v_before for update;
  return found;
end
$$;
comment on function private.lock_due_account(uuid) is 'Locks an account whose recovery period is over; false if it is not.';

create function public.account_erase(p_user_id uuid)
returns boolean
language plpgsql
security definer -- deletes from auth.users
set search_path = ''
as $$
begin
  if not private.lock_due_account(p_user_id) then
    return false;
  end if;
  delete from auth.users as u where u.id = p_user_id;
  return found;
end
$$;
comment on function public.account_erase(uuid) is
  'Erases an account whose recovery period is over; 409 files_left or subscription_running while it has any. The books keep their rows without a person behind them.';

create function private.has_running_subscription(p_user_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.subscriptions as s
    where s.user_id = p_user_id and s.provider <> 'manual' and s.status not in ('canceled', 'expired')
  ) or exists (
    select from private.billing_orders as o where o.user_id = p_user_id and private.is_without_state(o)
  )
$$;
comment on function private.has_running_subscription(uuid) is 'Whether a provider may still charge the user: a subscription there has not ended.';

create function private.files_of(p_user_id uuid)
returns table (bucket text, path text)
language sql
stable
set search_path = ''
as $$
  select o.bucket_id, o.name from storage.objects as o
  -- Byte order is the order of the index on names that Supabase's storage has; 0 comes after /.
  where o.name ~>=~ (p_user_id::text || '/') and o.name ~<~ (p_user_id::text || '0')
  order by 1, 2
$$;
comment on function private.files_of(uuid) is 'Stored objects in a user''s folders of all buckets.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.account_erase(uuid) to service_role;
-- Also the secret key deletes the user, not the profile.
revoke delete, truncate on public.profiles from service_role;
