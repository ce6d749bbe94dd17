-- Erasure: accounts past their recovery period are erased once their files are gone.

-- functions ---------------------------------------------------------------------------------------------------
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

create function public.accounts_due(p_limit integer default 20, p_skip integer default 0)
returns jsonb
language sql
stable
security definer -- reads storage.objects of others
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'user_id', p.id,
    'files', (select coalesce(jsonb_agg(jsonb_build_object('bucket', f.bucket, 'path', f.path)), '[]') from private.files_of(p.id) as f)
  ) order by p.deleted_at, p.id), '[]')
  from (
    select p.id, p.deleted_at
    from public.profiles as p
    where p.deleted_at < private.now() - (select r.keep from private.retention_policies as r where r.data_type = 'deleted_accounts')
    order by p.deleted_at, p.id
    limit greatest(1, least(p_limit, 200)) offset greatest(0, p_skip)
  ) as p
$$;
comment on function public.accounts_due(integer, integer) is
  'Deleted accounts whose time to come back is over, with their files, which are deleted through the storage API: [{user_id, files}].';

create function public.account_erase(p_user_id uuid)
returns boolean
language plpgsql
security definer -- deletes from auth.users
set search_path = ''
as $$
begin
  if not exists (
    select from public.profiles as p, private.retention_policies as r
    where p.id = p_user_id and r.data_type = 'deleted_accounts' and p.deleted_at < private.now() - r.keep
  ) then
    return false;
  end if;
  if exists (select from private.files_of(p_user_id)) then
    perform private.raise_problem(409, 'files_left', 'The files of the account go first.');
  end if;
  delete from auth.users as u where u.id = p_user_id;
  return found;
end
$$;
comment on function public.account_erase(uuid) is
  'Erases an account whose recovery period is over and whose files are gone. The books keep their rows without a person behind them.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function
  public.accounts_due(integer, integer),
  public.account_erase(uuid)
to service_role;
