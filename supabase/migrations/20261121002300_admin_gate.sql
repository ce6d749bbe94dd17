-- The gate of the function `admin`: who may do what, why, and once. Every operation passes `admin_call`, so none of them can
-- leave out the permission, the reason, the key or the log.

-- tables ------------------------------------------------------------------------------------------------------
create table private.admin_operations (
  name text primary key check (name ~ '^[a-z][a-z_]{1,39}$'),
  permission text not null check (permission ~ '^[a-z]{1,20}\.[a-z]{1,20}$'),
  -- Whether it changes something: then it needs a reason and a key, and the account must be another's.
  changes boolean not null default false,
  -- Whether it shows rows of other people: then reading it is in the audit log.
  personal boolean not null default true
);
comment on table private.admin_operations is
  'What the function admin does, and the permission that each needs. private.admin_<name>(administrator, input) does it.';

create table private.admin_permissions (
  role text not null check (role in ('admin', 'super_admin')),
  permission text not null check (permission ~ '^[a-z]{1,20}\.[a-z]{1,20}$'),
  primary key (role, permission)
);
comment on table private.admin_permissions is
  'The permission matrix. admin_users.permissions overrides it for one person: {"credits.adjust": true, "users.read": false}.';

create table private.admin_changes (
  admin_id uuid not null,
  -- As short as a key of the ledger allows that is made of it.
  key text not null check (char_length(key) between 1 and 160),
  operation text not null check (char_length(operation) <= 40),
  request_hash text not null check (char_length(request_hash) <= 255),
  -- The account concerned. No foreign keys: the record outlives both.
  user_id uuid,
  answer jsonb check (private.json_within(answer, 'object', 65536)),
  created_at timestamptz not null default now(),
  primary key (admin_id, key)
);
comment on table private.admin_changes is 'Changes by administrators by their Idempotency-Key, so that a repeated request changes nothing.';

-- indexes -----------------------------------------------------------------------------------------------------
create index admin_changes_created_at_idx on private.admin_changes (created_at);
create index admin_changes_user_id_idx on private.admin_changes (user_id);

-- row level security ------------------------------------------------------------------------------------------
alter table private.admin_operations enable row level security;
alter table private.admin_permissions enable row level security;
alter table private.admin_changes enable row level security;

-- data --------------------------------------------------------------------------------------------------------
insert into private.admin_operations (name, permission, changes, personal) values
('me', 'metrics.read', false, false),
('users', 'users.read', false, true),
('user', 'users.read', false, true),
('feedback', 'feedback.read', false, true),
('events', 'events.read', false, true),
('audit', 'events.read', false, true),
('webhooks', 'payments.read', false, true),
('reviews', 'payments.read', false, true),
('tasks', 'tasks.read', false, true),
('holds', 'tasks.read', false, true),
('retention', 'reports.read', false, false),
('invariants', 'reports.read', false, false),
('metric', 'metrics.read', false, false),
('adjust_credits', 'credits.adjust', true, true),
('override_plan', 'plans.override', true, true),
('suspend', 'users.suspend', true, true),
('replay_webhook', 'payments.repair', true, true),
('close_review', 'payments.repair', true, true),
('retry_task', 'tasks.repair', true, true),
('sweep_holds', 'tasks.repair', true, true);

insert into private.admin_permissions (role, permission)
select r.role, p.permission
from (values ('admin'), ('super_admin')) as r (role)
cross join (select o.permission from private.admin_operations as o union values ('shares.moderate')) as p
-- Money and plans are for the few.
where r.role = 'super_admin' or p.permission not in ('credits.adjust', 'plans.override');

insert into public.global_config (key, value, description) values
('admin', '{"assurance": "aal2"}', 'Assurance level that administrators must have signed in with: aal2 (a second factor), or aal1 where the project has no MFA');

insert into private.retention_policies (data_type, table_name, age_column, keep, archive, reason) values
('admin_changes', 'private.admin_changes', 'created_at', interval '30 days', false, 'A request of an administrator is repeated within days; the audit log keeps what was changed');

-- functions ---------------------------------------------------------------------------------------------------
create function private.require_assurance(p_level text)
returns void
language plpgsql
stable
security definer -- clients may not read global_config
set search_path = ''
as $$
begin
  if coalesce((select c.value ->> 'assurance' from public.global_config as c where c.key = 'admin'), 'aal2') <> 'aal1'
    and p_level is distinct from 'aal2'
  then
    perform private.raise_problem(403, 'second_factor_required');
  end if;
end
$$;
comment on function private.require_assurance(text) is
  'Refuses an administrator who signed in without a second factor, unless global_config says that the project has none.';
grant execute on function private.require_assurance(text) to authenticated;

create function private.admin_may(p_admin_id uuid, p_permission text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select coalesce(
        case when jsonb_typeof(a.permissions -> p_permission) = 'boolean' then (a.permissions ->> p_permission)::boolean end,
        exists (select from private.admin_permissions as p where p.role = a.role and p.permission = p_permission)
      )
      from public.admin_users as a where a.user_id = private.active_user(p_admin_id)
    ),
    false
  )
$$;
comment on function private.admin_may(uuid, text) is
  'Whether an active administrator has a permission: their own entry decides, else the matrix of their role.';

create function private.require_reason(p_reason text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- What has no ink says nothing: spaces, controls, joiners, direction marks, fillers, variation selectors, tags.
  if coalesce(char_length(regexp_replace(
    p_reason,
    '[\s[:cntrl:]\u00A0\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u206F\u2800\u3000\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E0FFF]',
    '', 'g'
  )), 0) < 3 or char_length(p_reason) > 500 then
    perform private.raise_problem(422, 'reason_required', 'Say why, in 3 to 500 characters.');
  end if;
end
$$;
comment on function private.require_reason(text) is 'Refuses what an administrator does without saying why.';
grant execute on function private.require_reason(text) to authenticated;

create function private.refuse_own_account(p_admin_id uuid, p_user_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_user_id = p_admin_id then
    perform private.raise_problem(403, 'own_account', 'You cannot change your own account.');
  elsif exists (select from public.admin_users as a where a.user_id = p_user_id)
    and not exists (select from public.admin_users as a where a.user_id = p_admin_id and a.role = 'super_admin')
  then
    perform private.raise_problem(403, 'permission_missing', '{"permission": "super_admin"}');
  end if;
end
$$;
comment on function private.refuse_own_account(uuid, uuid) is
  'Nobody changes their own account, and only a super_admin that of another administrator.';

create function public.admin_call(
  p_admin jsonb, p_operation text, p_input jsonb default '{}', p_reason text default null, p_key text default null,
  p_request_hash text default null
)
returns jsonb
language plpgsql
security definer -- administrators may not read these tables, and nobody writes them directly
set search_path = ''
set timezone = 'UTC'
as $$
declare
  v_admin_id constant uuid := (p_admin ->> 'user_id')::uuid;
  v_user_id uuid := (p_input ->> 'user_id')::uuid;
  v_operation private.admin_operations;
  v_known private.admin_changes;
  v_answer jsonb;
begin
  if not private.is_admin(v_admin_id) then
    perform private.raise_problem(403, 'not_an_administrator');
  end if;
  perform private.require_assurance(p_admin ->> 'aal');
  select o.* into v_operation from private.admin_operations as o where o.name = p_operation;
  if v_operation.name is null then
    perform private.raise_problem(422, 'unknown_operation');
  elsif not private.admin_may(v_admin_id, v_operation.permission) and p_operation <> 'me' then
    perform private.raise_problem(403, 'permission_missing', jsonb_build_object('permission', v_operation.permission)::text);
  end if;
  if v_operation.changes or p_reason is not null then
    perform private.require_reason(p_reason);
  end if;
  -- Triggers that write the audit log name the administrator, not the function (private.audit).
  perform set_config('resumebase.actor', p_admin::text, true);

  if v_operation.changes then
    perform private.refuse_own_account(v_admin_id, v_user_id);
    -- Whoever repeats a request while it runs waits here.
    insert into private.admin_changes (admin_id, key, operation, request_hash, user_id, created_at)
    values (v_admin_id, p_key, p_operation, p_request_hash, v_user_id, private.now())
    on conflict do nothing;
    if not found then
      select c.* into v_known from private.admin_changes as c where c.admin_id = v_admin_id and c.key = p_key;
      if (v_known.operation, v_known.request_hash) is distinct from (p_operation, p_request_hash) then
        perform private.raise_problem(409, 'idempotency_conflict', 'This key was used for another change.');
      end if;
      return v_known.answer || '{"replayed": true}';
    end if;
    p_input := p_input || jsonb_build_object('reason', p_reason, 'key', p_key);
  end if;

  execute format('select private.admin_%s($1, $2)', v_operation.name) into v_answer using v_admin_id, p_input;

  if v_operation.changes then
    -- What names no account in the request, such as a task, names it in the answer.
    v_user_id := coalesce(v_user_id, (v_answer ->> 'user_id')::uuid);
    perform private.refuse_own_account(v_admin_id, v_user_id);
    update private.admin_changes as c set answer = v_answer, user_id = v_user_id where c.admin_id = v_admin_id and c.key = p_key;
    perform private.audit(
      v_user_id, 'admin_' || p_operation, 'user', v_user_id,
      jsonb_build_object('reason', p_reason, 'request', p_input - '{reason,key}'::text[])
    );
  elsif v_operation.personal then
    -- The names of the filters, not what was looked for: that may be somebody's address.
    perform private.audit(
      v_user_id, 'admin_read', p_operation, null,
      jsonb_strip_nulls(jsonb_build_object(
        'reason', p_reason, 'rows', jsonb_array_length(v_answer -> 'rows'),
        'by', (select jsonb_agg(k order by k) from jsonb_object_keys(jsonb_strip_nulls(p_input)) as k where k not in ('limit', 'days', 'user_id'))
      ))
    );
  end if;
  return v_answer;
end
$$;
comment on function public.admin_call(jsonb, text, jsonb, text, text, text) is
  'One operation of an administrator ({user_id, aal, address, user_agent}, from a verified token). Changes need a reason and a key, happen once per key, and concern another''s account; they, and reads of personal rows, are in the audit log.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.admin_call(jsonb, text, jsonb, text, text, text) to service_role;
