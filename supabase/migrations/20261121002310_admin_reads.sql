-- What the function `admin` shows: each takes the administrator and {limit, before, …}, and returns {rows, next}. `next` is
-- `before` of the next page, null at the end.

-- functions ---------------------------------------------------------------------------------------------------
create function private.admin_page(p_rows jsonb, p_limit integer, variadic p_keys text[])
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'rows', p_rows,
    'next', case when jsonb_array_length(p_rows) >= p_limit then (
      select string_agg(p_rows -> -1 ->> k.name, ' ' order by k.place) from unnest(p_keys) with ordinality as k (name, place)
    ) end
  )
$$;
comment on function private.admin_page(jsonb, integer, text[]) is 'A page, and where the next one begins: the sort keys of its last row.';

create function private.admin_limit(p_input jsonb)
returns integer
language sql
immutable
set search_path = ''
as $$ select greatest(1, least(coalesce((p_input ->> 'limit')::integer, 50), 200)) $$;
comment on function private.admin_limit(jsonb) is 'Rows of a page: 50 unless asked for, at most 200.';

create function private.admin_before(p_input jsonb)
returns table (at timestamptz, id uuid)
language plpgsql
immutable
set search_path = ''
set timezone = 'UTC'
as $$
begin
  at := coalesce(split_part(p_input ->> 'before', ' ', 1)::timestamptz, 'infinity');
  id := coalesce(split_part(p_input ->> 'before', ' ', 2)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  return next;
exception when data_exception then
  perform private.raise_problem(422, 'invalid_cursor', '{"field": "before", "detail": "Send the `next` of the page before."}');
end
$$;
comment on function private.admin_before(jsonb) is 'Where a page of rows with a moment and an id begins.';

create function private.admin_me(p_admin_id uuid, p_input jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'role', (select a.role from public.admin_users as a where a.user_id = p_admin_id),
    'permissions', (
      select coalesce(jsonb_agg(p.permission order by p.permission), '[]')
      from (select distinct n.permission from private.admin_permissions as n) as p
      where private.admin_may(p_admin_id, p.permission)
    ),
    'metrics', (
      select jsonb_agg(substr(c.relname::text, 8) order by c.relname)
      from pg_catalog.pg_class as c
      where c.relnamespace = 'private'::regnamespace and c.relkind = 'v' and c.relname like 'report\_%'
    )
  )
$$;
comment on function private.admin_me(uuid, jsonb) is 'What the administrator may do, and the metrics that exist.';

create function private.admin_users(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_limit constant integer := private.admin_limit(p_input);
  v_before constant record := private.admin_before(p_input);
  v_prefix constant text := lower(btrim(p_input ->> 'email'));
  v_rows jsonb;
begin
  select coalesce(jsonb_agg(to_jsonb(u) order by u.created_at desc, u.id desc), '[]') into v_rows
  from (
    select p.id, p.email, p.full_name, p.plan, p.subscription_status, p.is_active, p.deleted_at, p.last_login_at, p.created_at
    from public.profiles as p
    where (v_prefix is null or p.id in (
      -- By the index: the sort sees the matches alone, and at most so many.
      select m.id from public.profiles as m
      where lower(m.email) ~>=~ v_prefix and lower(m.email) ~<~ (v_prefix || chr(1114111))
      limit 1000
    ))
    and (p.created_at, p.id) < (v_before.at, v_before.id)
    order by p.created_at desc, p.id desc
    limit v_limit
  ) as u;
  return private.admin_page(v_rows, v_limit, 'created_at', 'id');
end
$$;
comment on function private.admin_users(uuid, jsonb) is
  'Users, newest first, or those whose address begins with `email`, of which it knows the first thousand.';

create function private.admin_user(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
volatile -- reads the clock, which moves
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_id constant uuid := (p_input ->> 'user_id')::uuid;
begin
  if not exists (select from public.profiles as p where p.id = v_id) then
    perform private.raise_problem(404, 'user_not_found');
  end if;
  return jsonb_build_object(
    'profile', (select to_jsonb(p) from public.profiles as p where p.id = v_id),
    'entitlements', case when exists (select from public.user_credits as c where c.user_id = v_id) then public.entitlements(v_id) - 'operations' end,
    'admin_role', (select a.role from public.admin_users as a where a.user_id = v_id),
    'subscriptions', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', s.id, 'provider', s.provider, 'plan', s.plan, 'status', s.status, 'current_period_end', s.current_period_end,
        'cancel_at_period_end', s.cancel_at_period_end, 'created_at', s.created_at
      ) order by s.created_at desc), '[]')
      from (select * from public.subscriptions as n where n.user_id = v_id order by n.created_at desc limit 20) as s
    ),
    'ledger', public.credit_history(null, 20, v_id),
    'receipts', public.receipts(v_id, p_limit => 20),
    'usage', (
      select coalesce(jsonb_agg(to_jsonb(e) order by e.reserved_at desc), '[]')
      from (
        select n.operation_type, n.status, n.funding, n.credits_used, n.release_reason, n.reserved_at
        from public.usage_events as n where n.user_id = v_id order by n.reserved_at desc limit 20
      ) as e
    ),
    'plans', (select coalesce(jsonb_agg(p.slug order by p.rank), '[]') from public.plans as p where p.is_active),
    'stored', jsonb_build_object(
      'resumes', (select count(*) from public.resumes as r where r.user_id = v_id),
      'jobs', (select count(*) from public.jobs as j where j.user_id = v_id)
    )
  );
end
$$;
comment on function private.admin_user(uuid, jsonb) is 'An account: profile, plan, credits, subscriptions, receipts and the latest usage. No résumé, job or document.';

create function private.admin_feedback(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_limit constant integer := private.admin_limit(p_input);
  v_before constant record := private.admin_before(p_input);
  v_rows jsonb;
begin
  execute format(
    'select coalesce(jsonb_agg(to_jsonb(f) order by f.created_at desc, f.id desc), ''[]'') from (
      select n.* from public.feedback as n where %s and %s and (n.created_at, n.id) < ($3, $4)
      order by n.created_at desc, n.id desc limit $5) as f',
    case when p_input ->> 'category' is null then 'true' else 'n.category = $1' end,
    case when p_input ->> 'user_id' is null then 'true' else 'n.user_id = $2' end
  ) into v_rows using p_input ->> 'category', (p_input ->> 'user_id')::uuid, v_before.at, v_before.id, v_limit;
  return private.admin_page(v_rows, v_limit, 'created_at', 'id');
end
$$;
comment on function private.admin_feedback(uuid, jsonb) is 'Feedback, newest first, of a category or a user.';

create function private.admin_log(p_table text, p_columns text[], p_input jsonb)
returns jsonb
language plpgsql
volatile -- reads the clock, which moves
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_limit constant integer := private.admin_limit(p_input);
  v_before constant record := private.admin_before(p_input);
  -- Partitions before are not read: a search that finds nothing stays short.
  v_since constant timestamptz := least(v_before.at, private.now()) - make_interval(days => greatest(1, least(coalesce((p_input ->> 'days')::integer, 30), 366)));
  v_where text := '';
  v_column text;
  v_rows jsonb;
begin
  foreach v_column in array p_columns loop
    if p_input ->> v_column is not null then
      v_where := v_where || format(' and n.%I = %L', v_column, p_input ->> v_column);
    end if;
  end loop;
  execute format(
    'select coalesce(jsonb_agg(to_jsonb(e) order by e.created_at desc, e.id desc), ''[]'') from (
      select n.* from public.%I as n where n.created_at >= $1 and (n.created_at, n.id) < ($2, $3)%s
      order by n.created_at desc, n.id desc limit $4) as e',
    p_table, v_where
  ) into v_rows using v_since, v_before.at, v_before.id, v_limit;
  return private.admin_page(v_rows, v_limit, 'created_at', 'id');
end
$$;
comment on function private.admin_log(text, text[], jsonb) is
  'Rows of a log of the last `days` (30, at most 366), newest first; of its columns those that the input names are compared.';

create function private.admin_events(p_admin_id uuid, p_input jsonb)
returns jsonb
language sql
volatile -- reads the clock, which moves
set search_path = ''
as $$ select private.admin_log('system_events', '{event_type,severity,user_id}', p_input) $$;
comment on function private.admin_events(uuid, jsonb) is 'System events, newest first, by type, severity and user.';

create function private.admin_audit(p_admin_id uuid, p_input jsonb)
returns jsonb
language sql
volatile -- reads the clock, which moves
set search_path = ''
as $$ select private.admin_log('audit_logs', '{action,actor_id,user_id}', p_input) $$;
comment on function private.admin_audit(uuid, jsonb) is 'The audit log, newest first, by action, actor and user.';

create function private.admin_webhooks(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_limit constant integer := private.admin_limit(p_input);
  v_before bigint;
  v_rows jsonb;
begin
  v_before := coalesce((p_input ->> 'before')::bigint, 9223372036854775807);
  execute format(
    'select coalesce(jsonb_agg(to_jsonb(e) order by e.id desc), ''[]'') from (
      select n.id, n.provider, n.event_id, n.event_type, n.status, n.effects, n.error_code, n.error_detail, n.attempts, n.deliveries,
        n.next_attempt_at, n.occurred_at, n.received_at, n.processed_at
      from private.webhook_events as n where %s and n.id < $2 order by n.id desc limit $3) as e',
    case
      when p_input ->> 'event_id' is not null then 'n.event_id = $1'
      when coalesce(p_input ->> 'status', 'failed') = 'all' then 'true'
      -- The two partial indexes of failed events.
      else 'n.id in (select d.id from private.webhook_events as d where d.status = ''failed'' and d.next_attempt_at is not null
        union all select g.id from private.webhook_events as g where g.status = ''failed'' and g.next_attempt_at is null)'
    end
  ) into v_rows using p_input ->> 'event_id', v_before, v_limit;
  return private.admin_page(v_rows, v_limit, 'id');
exception when data_exception then
  perform private.raise_problem(422, 'invalid_cursor', '{"field": "before", "detail": "Send the `next` of the page before."}');
end
$$;
comment on function private.admin_webhooks(uuid, jsonb) is 'The inbox of payment events without their bodies: those that failed, or all, or one by its id at the provider.';

create function private.admin_reviews(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_limit constant integer := private.admin_limit(p_input);
  v_rows jsonb;
begin
  if p_input ->> 'before' is not null and not (p_input ->> 'before')::jsonb ?& '{since,code,subject}' then
    raise data_exception;
  end if;
  v_rows := public.payments_to_review(v_limit, (p_input ->> 'before')::jsonb);
  return jsonb_build_object('rows', v_rows, 'next', case
    when jsonb_array_length(v_rows) >= v_limit
      then jsonb_build_object('since', v_rows -> -1 -> 'since', 'code', v_rows -> -1 -> 'code', 'subject', v_rows -> -1 -> 'subject')::text
  end);
exception when data_exception then
  perform private.raise_problem(422, 'invalid_cursor', '{"field": "before", "detail": "Send the `next` of the page before."}');
end
$$;
comment on function private.admin_reviews(uuid, jsonb) is 'Payments that wait for a person (public.payments_to_review).';

create function private.admin_tasks(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_limit constant integer := private.admin_limit(p_input);
  v_before constant record := private.admin_before(p_input);
  v_rows jsonb;
begin
  select coalesce(jsonb_agg(to_jsonb(t) order by t.updated_at desc, t.id desc), '[]') into v_rows
  from (
    select
      g.id, g.user_id, g.function_name, g.operation, g.status, g.attempts, g.error_code, g.error_message, g.retry_of, g.created_at,
      g.updated_at,
      g.status = 'failed' and exists (select from private.task_inputs as i where i.task_id = g.id) as can_retry
    from public.resume_generations as g
    where g.status in ('waiting', 'processing', 'failed') and g.status = any (
      case p_input ->> 'status' when 'open' then '{waiting,processing}'::text[] else '{failed}' end
    )
    and g.updated_at <= v_before.at and (g.updated_at, g.id) < (v_before.at, v_before.id)
    order by g.updated_at desc, g.id desc
    limit v_limit
  ) as t;
  return private.admin_page(v_rows, v_limit, 'updated_at', 'id');
end
$$;
comment on function private.admin_tasks(uuid, jsonb) is
  'Tasks that failed (the dead letters among them: the clean-up fails what could not be delivered), or open ones.';

create function private.admin_holds(p_admin_id uuid, p_input jsonb)
returns jsonb
language plpgsql
volatile -- reads the clock, which moves
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_limit constant integer := private.admin_limit(p_input);
  v_now constant timestamptz := private.now();
  v_rows jsonb;
begin
  select coalesce(jsonb_agg(to_jsonb(h) order by h.expires_at), '[]') into v_rows
  from (
    select e.id, e.user_id, e.operation_type, e.funding, e.cost, e.attempt, e.reserved_at, e.expires_at
    from (
      select n.user_id, n.holds_since from public.user_credits as n where n.wake_at <= v_now order by n.wake_at limit 5000
    ) as c
    inner join public.usage_events as e on e.user_id = c.user_id and e.reserved_at >= c.holds_since and e.status = 'reserved'
    where e.expires_at <= v_now
    order by e.expires_at, e.id
    limit v_limit
  ) as h;
  return jsonb_build_object('rows', v_rows, 'next', null);
end
$$;
comment on function private.admin_holds(uuid, jsonb) is
  'Holds that ran out and were not given back: the clean-up does it every five minutes, or is down. The oldest first; there is no second page.';

create function private.admin_retention(p_admin_id uuid, p_input jsonb)
returns jsonb
language sql
stable
set search_path = ''
set timezone = 'UTC'
as $$
  select jsonb_build_object(
    'rows', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'data_type', p.data_type, 'table', p.table_name, 'kept', p.keep::text, 'archive', p.archive, 'reason', p.reason
      ) order by p.data_type), '[]')
      from private.retention_policies as p
    ),
    'runs', (
      select coalesce(jsonb_agg(to_jsonb(r) order by r.started_at desc), '[]')
      from (select n.id, n.complete, n.started_at, n.updated_at, n.tasks from private.cleanup_runs as n order by n.started_at desc limit 10) as r
    )
  )
$$;
comment on function private.admin_retention(uuid, jsonb) is 'How long each kind of data is kept, and what the last ten runs of the clean-up did.';

create function private.admin_invariants(p_admin_id uuid, p_input jsonb)
returns jsonb
language sql
stable
set search_path = ''
set timezone = 'UTC'
as $$
  select jsonb_build_object(
    'rows', to_jsonb(public.checks_list()),
    'last', (
      select jsonb_build_object('at', r.updated_at, 'result', r.tasks -> 'checks')
      -- Once a night among some 288 runs.
      from (select n.* from private.cleanup_runs as n order by n.started_at desc limit 2000) as r
      where r.tasks ? 'checks' order by r.started_at desc limit 1
    )
  )
$$;
comment on function private.admin_invariants(uuid, jsonb) is 'The invariants, and what the clean-up found when it last checked them.';
