-- The account as its owner ends it: deleted at once for everybody else, restored within its recovery period, erased by the
-- clean-up afterwards (20261121002230).

-- table -----------------------------------------------------------------------------------------------------------
create table private.account_requests (
  user_id uuid not null references public.profiles (id) on delete cascade,
  idempotency_key private.reference_key not null,
  action text not null check (action in ('delete', 'restore')),
  created_at timestamptz not null default now(),
  primary key (user_id, idempotency_key)
);
comment on table private.account_requests is
  'Deletions and restorations by their key: a repeated request that arrives late does not end an account that was restored since.';

-- indexes ---------------------------------------------------------------------------------------------------------
create index account_requests_created_at_idx on private.account_requests (created_at);

-- row level security ----------------------------------------------------------------------------------------------
alter table private.account_requests enable row level security;

-- data ------------------------------------------------------------------------------------------------------------
insert into private.retention_policies (data_type, table_name, age_column, keep, reason) values
('account_requests', 'private.account_requests', 'created_at', interval '60 days', 'Longer than an account can be restored');

-- triggers --------------------------------------------------------------------------------------------------------
create function private.refuse_return()
returns trigger
language plpgsql
security definer -- reads what no client may
set search_path = ''
as $$
begin
  if exists (select from private.erasures as e where e.user_id = old.id) then
    perform private.raise_problem(409, 'account_erased', 'The erasure of this account has begun.');
  end if;
  return new;
end
$$;
comment on function private.refuse_return() is 'Before update: whose erasure has begun stays deleted.';

create trigger profiles_return before update of deleted_at on public.profiles
for each row when (old.deleted_at is not null and new.deleted_at is null) execute function private.refuse_return();

-- functions -------------------------------------------------------------------------------------------------------
create function public.account_state(p_user_id uuid)
returns jsonb
language plpgsql
stable
security definer -- reads private
set search_path = ''
as $$
declare
  v_profile public.profiles;
  v_keep interval := (select r.keep from private.retention_policies as r where r.data_type = 'deleted_accounts');
begin
  select p.* into v_profile from public.profiles as p where p.id = p_user_id;
  if v_profile.id is null then
    if exists (select from private.closed_accounts as c where c.user_id = p_user_id) then
      perform private.raise_problem(409, 'account_erased', 'The account was erased.');
    end if;
    perform private.raise_problem(404, 'user_not_found');
  end if;
  return jsonb_build_object(
    'user_id', v_profile.id, 'email', v_profile.email, 'created_at', v_profile.created_at,
    'state', case
      when exists (select from private.erasures as e where e.user_id = p_user_id) then 'erasing'
      when v_profile.deleted_at is not null then 'deleted'
      when v_profile.is_active then 'active'
      else 'suspended'
    end,
    'deleted_at', v_profile.deleted_at, 'erased_after', v_profile.deleted_at + v_keep,
    'can_be_restored', v_profile.deleted_at is not null and v_profile.deleted_at >= (select private.now()) - v_keep
  );
end
$$;
comment on function public.account_state(uuid) is
  'State of an account: {user_id, email, created_at, state: active, suspended, deleted or erasing, deleted_at, erased_after, can_be_restored}.';

create function private.is_new_request(p_user_id uuid, p_key text, p_action text)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_known private.account_requests;
begin
  -- User, account, profile: the order in which a confirmation, a payment and an erasure take them.
  perform from auth.users as u where u.id = p_user_id for no key update;
  perform private.lock_accounts(array[p_user_id]);
  perform from public.profiles as p where p.id = p_user_id for no key update;
  -- Refuses who is not there.
  perform public.account_state(p_user_id);
  select r.* into v_known from private.account_requests as r where r.user_id = p_user_id and r.idempotency_key = p_key;
  if v_known.action <> p_action then
    perform private.raise_problem(409, 'idempotency_conflict', 'This key was used for another request.');
  end if;
  insert into private.account_requests (user_id, idempotency_key, action, created_at)
  values (p_user_id, p_key, p_action, private.now()) on conflict do nothing;
  return found;
end
$$;
comment on function private.is_new_request(uuid, text, text) is 'Locks an account for a change, and says whether this request for it has not been done before.';

create function public.account_delete(p_user_id uuid, p_key text)
returns jsonb
language plpgsql
security definer -- writes what no client may, and sessions of auth
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_task public.resume_generations;
begin
  if private.is_new_request(p_user_id, p_key, 'delete') then
    update public.profiles as p set deleted_at = v_now where p.id = p_user_id and p.deleted_at is null;
    for v_task in
      select g.* from public.resume_generations as g
      where g.user_id = p_user_id and g.status in ('waiting', 'processing') order by g.id for update
    loop
      perform private.abort_task(v_task, 'cancelled', v_now);
    end loop;
    -- Their files go through the outbox.
    delete from private.account_exports as x where x.user_id = p_user_id;
    -- Nobody stays signed in. Access tokens that are out run for at most an hour, and open nothing (private.active_user).
    delete from auth.refresh_tokens as t where t.user_id::text = p_user_id::text;
    delete from auth.sessions as s where s.user_id = p_user_id;
  end if;
  return public.account_state(p_user_id);
end
$$;
comment on function public.account_delete(uuid, text) is
  'Deletes an account, which can be restored for 30 days: shared pages, exports and sessions end, open tasks give back what they hold. The same key again only returns the state.';

create function public.account_restore(p_user_id uuid, p_key text, p_issued_at bigint default null)
returns jsonb
language plpgsql
security definer -- writes what no client may
set search_path = ''
as $$
declare
  v_state jsonb;
begin
  if private.is_new_request(p_user_id, p_key, 'restore') then
    v_state := public.account_state(p_user_id);
    if v_state ->> 'state' = 'erasing' then
      perform private.raise_problem(409, 'account_erased', 'The erasure of this account has begun.');
    elsif v_state ->> 'deleted_at' is not null and not (v_state ->> 'can_be_restored')::boolean then
      perform private.raise_problem(409, 'recovery_over');
    -- Tokens tell whole seconds: one of the second of the deletion may be older than it.
    elsif v_state ->> 'deleted_at' is not null and coalesce(to_timestamp(p_issued_at), '-infinity') < (v_state ->> 'deleted_at')::timestamptz then
      perform private.raise_problem(403, 'sign_in_again');
    end if;
    update public.profiles as p set deleted_at = null where p.id = p_user_id and p.deleted_at is not null;
  end if;
  return public.account_state(p_user_id);
end
$$;
comment on function public.account_restore(uuid, text, bigint) is
  'Takes a deletion back, for a token that was issued after it (seconds since 1970), else 403 sign_in_again; 409 recovery_over after 30 days, account_erased once the erasure has begun. Subscriptions and sessions that ended stay ended.';

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function public.account_state(uuid), public.account_delete(uuid, text), public.account_restore(uuid, text, bigint) to service_role;
