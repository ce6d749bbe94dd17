-- Stand-ins for what other branches bring; this file goes when they are merged.

create view private.returned_subscriptions with (security_invoker = true) as select null::uuid as subscription_id where false;
comment on view private.returned_subscriptions is 'Stand-in: subscriptions whose last paid period was returned and that have not ended.';

create function private.close_account_books(p_user_id uuid, p_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- The trigger user_credits_close still closes the books.
  return;
end
$$;
comment on function private.close_account_books(uuid, timestamptz) is 'Stand-in: closes the books of an account at its erasure.';

create function private.settle_account(p_user_id uuid, p_at timestamptz default null)
returns text[]
language plpgsql
set search_path = ''
as $$
begin
  return '{}';
end
$$;
comment on function private.settle_account(uuid, timestamptz) is 'Stand-in: derives an account from its facts and books the difference.';
