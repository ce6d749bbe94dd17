-- What administrators read of other people's rows. No policy lets them: an `or` beside the owner would make every list of
-- every user a scan. They ask page by page, say why, and each page is in the audit log.

-- indexes ---------------------------------------------------------------------------------------------------------
create index subscriptions_created_at_idx on public.subscriptions (created_at);
create index feedback_created_at_idx on public.feedback (created_at);

-- functions -------------------------------------------------------------------------------------------------------
create function public.admin_rows(
  p_table text, p_reason text, p_user_id uuid default null, p_before text default null, p_limit integer default 50
)
returns jsonb
language plpgsql
volatile -- writes the audit log
security definer -- no policy shows an administrator other people's rows
set search_path = ''
set timezone = 'UTC'
as $$
declare
  c_tables constant text[] := '{audit_logs,feedback,profiles,subscriptions,system_events,usage_events}';
  v_before_at timestamptz;
  v_before_id uuid;
  v_rows jsonb;
  v_limit integer := greatest(1, least(coalesce(p_limit, 50), 200));
begin
  perform private.require_admin(
    p_reason,
    case
      when p_table in ('audit_logs', 'system_events') then 'events.read'
      when p_table = 'feedback' then 'feedback.read'
      when p_table = 'subscriptions' then 'payments.read'
      else 'users.read'
    end
  );
  if p_table is null or p_table <> all (c_tables) then
    perform private.raise_problem(422, 'unknown_table', array_to_string(c_tables, ', '));
  end if;
  begin
    v_before_at := split_part(p_before, ' ', 1)::timestamptz;
    v_before_id := split_part(p_before, ' ', 2)::uuid;
  exception when data_exception then
    perform private.raise_problem(422, 'invalid_cursor', '{"field": "p_before", "detail": "Send the `next` of the page before."}');
  end;
  execute format(
    'select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at desc, t.id desc), ''[]'') from ('
    'select * from public.%I as n where %s and %s order by n.created_at desc, n.id desc limit $4) as t',
    p_table,
    case when p_user_id is null then 'true' when p_table = 'profiles' then 'n.id = $1' else 'n.user_id = $1' end,
    case when p_before is null then 'true' else '(n.created_at, n.id) < ($2, $3)' end
  )
  into v_rows using p_user_id, v_before_at, v_before_id, v_limit;
  perform private.audit(
    p_user_id, 'admin_read', p_table, null,
    jsonb_strip_nulls(jsonb_build_object('reason', p_reason, 'rows', jsonb_array_length(v_rows), 'before', p_before))
  );
  return jsonb_build_object(
    'rows', v_rows,
    'next', case
      when jsonb_array_length(v_rows) = v_limit then concat(v_rows -> -1 ->> 'created_at', ' ', v_rows -> -1 ->> 'id')
    end
  );
end
$$;
comment on function public.admin_rows(text, text, uuid, text, integer) is
  'Rows of one table for an administrator, newest first, of one user or of all: {rows, next}; `next` is p_before of the next page, null at the end. Each page is an admin_read in the audit log: who, which table, whose, how many and why.';

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function public.admin_rows(text, text, uuid, text, integer) to authenticated;
