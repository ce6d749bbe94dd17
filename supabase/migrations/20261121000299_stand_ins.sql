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

create function public.checkouts_to_close(p_limit integer default 100)
returns jsonb
language sql
stable
set search_path = ''
as $$ select '[]'::jsonb $$;
comment on function public.checkouts_to_close(integer) is 'Stand-in: checkouts to close at their providers.';

create function public.checkout_closed(p_order_id uuid, p_closed_at timestamptz default null)
returns boolean
language sql
stable
set search_path = ''
as $$ select false $$;
comment on function public.checkout_closed(uuid, timestamptz) is 'Stand-in: notes that a provider has closed a checkout.';

grant execute on function public.checkouts_to_close(integer), public.checkout_closed(uuid, timestamptz) to service_role;
