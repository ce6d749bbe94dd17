-- Invariants: each view lists violations and is empty if there are none. sql/checks has a query for each;
-- the clean-up runs them every day.

-- views -------------------------------------------------------------------------------------------------------
create view private.check_comments with (security_invoker = true) as
select c.oid::regclass::text as object_name
from pg_class as c
where
  c.relkind in ('r', 'p', 'v') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and obj_description(c.oid, 'pg_class') is null
union all
select p.oid::regprocedure::text
from pg_proc as p
where
  p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and obj_description(p.oid, 'pg_proc') is null
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e');
comment on view private.check_comments is 'Every table, view and function has a comment.';

create view private.check_derived_columns with (security_invoker = true) as
select r.id, 'extracted_text' as problem
from public.resumes as r
where r.extracted_text is distinct from private.content_text(r.content)
union all
select r.id, 'is_draft'
from public.resumes as r
where r.is_draft is distinct from (r.status = 'draft')
union all
select s.id, 'turns_count'
from public.interview_sessions as s
where s.turns_count <> (select count(*) from public.interview_turns as t where t.session_id = s.id);
comment on view private.check_derived_columns is 'Derived columns (search text, flags) match their sources.';

create view private.check_foreign_keys with (security_invoker = true) as
select k.conrelid::regclass::text as table_name, k.conname
from pg_constraint as k
where
  k.contype = 'f' and k.connamespace in ('public'::regnamespace, 'private'::regnamespace) and k.conparentid = 0
  and not exists (
    select from pg_index as x
    where x.indrelid = k.conrelid
      and (string_to_array(x.indkey::text, ' ')::smallint[])[1:cardinality(k.conkey)] @> k.conkey
  );
comment on view private.check_foreign_keys is 'Every foreign key has an index that begins with its columns: without one, deleting a parent reads the whole child.';

create view private.check_function_privileges with (security_invoker = true) as
select p.oid::regprocedure::text as function_name, case when a.grantee = 0 then 'public' else a.grantee::regrole::text end as role
from pg_proc as p
cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
where
  p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
  and (a.grantee = 0 or (p.prosecdef and a.grantee = to_regrole('anon')))
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e');
comment on view private.check_function_privileges is 'No function is executable by everyone, and no definer function by visitors.';

create view private.check_ledger with (security_invoker = true) as
with accounts as (
  select
    c.user_id, c.balance, c.reserved, c.debt, c.entries,
    c.balance + c.reserved - c.debt as worth,
    (select coalesce(sum(g.remaining), 0) from public.credit_grants as g where g.user_id = c.user_id) as in_lots,
    (
      select coalesce(sum(e.cost), 0)
      from public.usage_events as e
      where e.user_id = c.user_id and e.status = 'reserved'
    ) as on_hold
  from public.user_credits as c
),
ledger as (
  select
    t.user_id, t.seq, t.amount, t.balance_after, t.kind, t.usage_id,
    row_number() over (partition by t.user_id order by t.seq) as place,
    sum(t.amount) over (partition by t.user_id order by t.seq) as running
  from public.credit_transactions as t
),
totals as (
  select l.user_id, max(l.seq) as entries, sum(l.amount) as total from ledger as l group by l.user_id
)
select 'the ledger does not add up to the account' as problem, a.user_id as subject, format('%s against %s', coalesce(t.total, 0), a.worth) as detail
from accounts as a left join totals as t on t.user_id = a.user_id
where coalesce(t.total, 0) <> a.worth
union all
select 'the account''s row count differs from the ledger', a.user_id, format('%s against %s', a.entries, coalesce(t.entries, 0))
from accounts as a left join totals as t on t.user_id = a.user_id
where coalesce(t.entries, 0) <> a.entries
union all
select 'the ledger has a gap', l.user_id, format('row %s is number %s', l.seq, l.place)
from ledger as l where l.seq <> l.place
union all
select 'balance_after is not the running total', l.user_id, format('row %s: %s against %s', l.seq, l.balance_after, l.running)
from ledger as l where l.balance_after <> l.running
union all
select 'an amount has the wrong sign', l.user_id, format('row %s: %s %s', l.seq, l.kind, l.amount)
from ledger as l
where l.amount = 0 or (l.kind = 'usage' and l.amount > 0)
union all
select 'the lots do not add up to the balance', a.user_id, format('%s against %s', a.in_lots, a.balance)
from accounts as a where a.in_lots <> a.balance
union all
select 'the holds do not add up to the reserved credits', a.user_id, format('%s against %s', a.on_hold, a.reserved)
from accounts as a where a.on_hold <> a.reserved
union all
select 'an open hold is older than its account says', c.user_id, format('since %s', c.holds_since)
from public.user_credits as c
where exists (
  select from public.usage_events as e
  where e.user_id = c.user_id and e.status = 'reserved' and (c.holds_since is null or c.holds_since > e.reserved_at)
)
union all
select 'an account''s next wake-up is later than its next expiry', c.user_id, format('until %s', c.wake_at)
from public.user_credits as c
where
  exists (
    select from public.usage_events as e
    where e.user_id = c.user_id and e.status = 'reserved' and (c.wake_at is null or c.wake_at > e.expires_at)
  )
  or exists (
    select from public.credit_grants as g
    where g.user_id = c.user_id and g.remaining > 0 and g.expires_at is not null and (c.wake_at is null or c.wake_at > g.expires_at)
  )
order by 1, 2, 3;
comment on view private.check_ledger is 'Accounts whose balance, lots and movements disagree: each row names the account and the problem.';

create view private.check_one_current_subscription with (security_invoker = true) as
select u.user_id, (u.current).plan, u.best
from (
  select
    b.user_id,
    private.entitlement(b.user_id, m.now) as current,
    coalesce(
      (
        array_agg(p.slug order by p.rank desc) filter (
          where b.status in ('trialing', 'active', 'past_due') and not b.accepted_late
            and (b.paid_until > m.now or not b.returned_periods @> m.now)
            and coalesce(
              case
                when b.status = 'trialing' then coalesce(b.trial_end, b.current_period_end)
                when b.provider = 'manual' then b.current_period_end
                else coalesce(b.paid_until, '-infinity')
              end + make_interval(days => p.grace_days), 'infinity'
            ) > m.now
        )
      )[1],
      (select d.slug from public.plans as d where d.is_default)
    ) as best
  from public.subscriptions as b
  inner join public.plans as p on p.slug = case b.status when 'trialing' then coalesce(b.trial_plan, b.plan) else b.plan end
  cross join (select private.now() as now offset 0) as m
  group by b.user_id, m.now
) as u
where (u.current).plan is null or (u.current).plan <> u.best;
comment on view private.check_one_current_subscription is 'Exactly one plan is current, no matter how many subscriptions a user has: the best live one, else the default.';

create view private.check_orphans with (security_invoker = true) as
select 'auth.users without a profile' as problem, u.id::text as id
from auth.users as u left join public.profiles as p on p.id = u.id
where p.id is null
union all
select 'profile without auth.users', p.id::text
from public.profiles as p left join auth.users as u on u.id = p.id
where u.id is null
union all
select 'profile without settings', p.id::text
from public.profiles as p left join public.user_settings as s on s.user_id = p.id
where s.user_id is null
union all
select 'cached answer without a profile', c.user_id::text
from private.ai_cache as c left join public.profiles as p on p.id = c.user_id
where p.id is null;
comment on view private.check_orphans is 'Orphaned rows: users without a profile or settings, profiles without a user, children without a foreign key.';

create view private.check_partitions with (security_invoker = true) as
select i.inhrelid::regclass::text as problem
from pg_inherits as i
inner join pg_class as parent on parent.oid = i.inhparent and parent.relkind = 'p'
inner join pg_class as child on child.oid = i.inhrelid
where parent.relnamespace = 'public'::regnamespace and child.relnamespace <> 'private'::regnamespace
union all
select format('%s has no partition for %s', c.relname, to_char(m.month, 'YYYY-MM'))
from pg_class as c
cross join (values (now() at time zone 'UTC'), ((now() at time zone 'UTC') + interval '1 month')) as m (month)
where
  c.relkind = 'p' and c.relnamespace = 'public'::regnamespace
  and to_regclass(format('private.%I', c.relname || '_' || to_char(m.month, 'YYYY_MM'))) is null;
comment on view private.check_partitions is 'Partitions are in private, so that no client can bypass their table''s policies; this and the next month''s exist.';

create view private.check_pinned_search_path with (security_invoker = true) as
select p.oid::regprocedure::text as function_name
from pg_proc as p
where
  p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
  and not coalesce(p.proconfig, '{}') @> array['search_path=""']
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e');
comment on view private.check_pinned_search_path is 'Every function runs with an empty search_path, so that a caller cannot substitute another object for a name.';

create view private.check_policies with (security_invoker = true) as
select
  p.schemaname || '.' || p.tablename as table_name,
  p.policyname,
  case
    when p.cmd = 'ALL' then 'covers all operations'
    when 'public' = any(p.roles) then 'names no role'
    when p.tablename <> 'profiles' and r.rule like '%auth.uid()%' then 'lets suspended and deleted accounts in'
    when r.rule like '% OR %' and r.rule like '%private.is_admin(%' then 'asks for more than the owner'
    else 'asks per row'
  end as problem
from pg_policies as p
cross join lateral (select coalesce(p.qual, '') || ' ' || coalesce(p.with_check, '')) as r (rule)
where
  p.schemaname in ('public', 'private', 'storage')
  and (
    p.cmd = 'ALL'
    or 'public' = any(p.roles)
    or (p.tablename <> 'profiles' and r.rule like '%auth.uid()%')
    or (r.rule like '% OR %' and r.rule like '%private.is_admin(%')
    or regexp_replace(r.rule, 'SELECT (auth\.(uid|jwt|role)|private\.(is_admin|active_user))\(\)', '', 'g')
    ~ '(auth\.(uid|jwt|role)|private\.(is_admin|active_user))\('
  );
comment on view private.check_policies is 'Each policy names one operation and its roles, looks the caller up once per statement, not once per row, and lets in only active accounts and, beside an owner, nobody else.';

create view private.check_resume_versions with (security_invoker = true) as
select v.resume_id, count(*) as versions, max(v.version_number) as newest, r.version
from public.resume_versions as v
inner join public.resumes as r on r.id = v.resume_id
group by v.resume_id, r.version
having count(*) > 30 or max(v.version_number) > r.version;
comment on view private.check_resume_versions is 'No résumé has more than 30 versions, and no version is newer than its résumé.';

create view private.check_rls_on_every_table with (security_invoker = true) as
select c.oid::regclass::text as table_name
from pg_class as c
where
  c.relkind in ('r', 'p') and not c.relrowsecurity
  and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace);
comment on view private.check_rls_on_every_table is 'Every table of public and private has row level security, partitions included.';

create view private.check_table_privileges with (security_invoker = true) as
select c.oid::regclass::text as table_name, case when a.grantee = 0 then 'public' else a.grantee::regrole::text end as role, a.privilege_type
from pg_class as c
cross join lateral aclexplode(c.relacl) as a
where
  c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and c.relkind in ('r', 'p', 'v', 'm')
  and a.grantee <> c.relowner
  and (
    a.grantee = 0
    or c.relnamespace = 'private'::regnamespace
    or a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    or (a.grantee = to_regrole('anon') and a.privilege_type <> 'SELECT')
  );
comment on view private.check_table_privileges is 'The API''s roles have select, insert, update and delete at most; visitors only select; no role has privileges in private.';

create view private.check_usage with (security_invoker = true) as
with charges as (
  select t.usage_id, count(*) as times, sum(t.amount) as amount
  from public.credit_transactions as t
  where t.kind = 'usage'
  group by t.usage_id
),
counted as (
  select
    e.user_id, e.quota_group, k.period_key,
    sum(e.units) filter (where e.status = 'reserved') as held,
    sum(e.units) filter (where e.status = 'committed') as used
  from public.usage_events as e, unnest(e.counters) as k (period_key)
  group by e.user_id, e.quota_group, k.period_key
)
select 'the charge of an operation is missing, repeated or differs from its cost' as problem, e.user_id as subject, format('event %s: cost %s, ledger %s', e.id, e.cost, c.amount) as detail
from public.usage_events as e left join charges as c on c.usage_id = e.id
where e.status = 'committed' and (coalesce(c.amount, 0) <> -e.cost or c.times > 1)
union all
select 'the charge of an operation names another user, operation or moment', e.user_id, format('event %s', e.id)
from public.usage_events as e
inner join public.credit_transactions as t on t.usage_id = e.id and t.kind = 'usage'
where (t.user_id, t.operation_type, coalesce(t.spent_at, e.reserved_at)) is distinct from (e.user_id, e.operation_type, e.reserved_at)
union all
select 'an operation was charged without being committed', e.user_id, format('event %s is %s', e.id, e.status)
from public.usage_events as e inner join charges as c on c.usage_id = e.id
where e.status <> 'committed'
union all
select 'credits_used differs from the charge', e.user_id, format('event %s: %s of %s, %s', e.id, e.credits_used, e.cost, e.status)
from public.usage_events as e
where e.credits_used <> case when e.status = 'committed' then e.cost else 0 end
union all
select 'an event is both settled and open', e.user_id, format('event %s is %s', e.id, e.status)
from public.usage_events as e
where (e.status = 'reserved') <> (e.settled_at is null) or e.attempt < 1
union all
select 'a hold differs from the cost of its operation', e.user_id, format('event %s', e.id)
from public.usage_events as e
where
  cardinality(e.hold_lots) <> cardinality(e.hold_units)
  -- Without lots: the account was derived since, and says by itself where they are.
  or (e.status = 'reserved' and e.hold_lots <> '{}' and e.cost <> (select coalesce(sum(u), 0) from unnest(e.hold_units) as u))
  or (e.status in ('released', 'expired') and cardinality(e.hold_lots) + cardinality(e.counters) > 0)
union all
select 'an operation is paid for twice', e.user_id, format('event %s', e.id)
from public.usage_events as e
where (e.funding <> 'credits' and e.cost > 0) or (e.funding <> 'plan' and cardinality(e.counters) > 0)
union all
select 'a free operation was not done by the rule-based writer, or was charged', e.user_id, format('event %s: %s, %s', e.id, e.funding, e.ai_provider)
from public.usage_events as e left join charges as c on c.usage_id = e.id
where
  (e.funding = 'offline' and (e.cost + e.credits_used > 0 or c.usage_id is not null))
  or (e.status = 'committed' and e.ai_provider is not null and (e.funding = 'offline') <> (e.ai_provider = 'offline'))
union all
select 'a model call was paid by another than its operation says', e.user_id, format('event %s: %s, %s', e.id, e.funding, u.payer)
from public.usage_events as e inner join public.ai_usage as u on u.usage_id = e.id
where (e.funding = 'own_key') <> (u.payer = 'user')
union all
select 'a counter holds units that no open operation uses', coalesce(t.user_id, c.user_id), format('%s %s: %s against %s', coalesce(t.quota_group, c.quota_group), coalesce(t.period_key, c.period_key), t.held, c.held)
from public.usage_tracking as t
full join counted as c on c.user_id = t.user_id and c.quota_group = t.quota_group and c.period_key = t.period_key
where
  coalesce(t.held, 0) <> coalesce(c.held, 0) or coalesce(t.used, 0) < coalesce(c.used, 0)
  -- Retention deletes events after a year and keeps the counters.
  or (t.used > coalesce(c.used, 0) and t.period_type <> 'lifetime' and t.created_at > (select private.now()) - interval '10 months')
union all
select 'an answer is stored for an operation that was not charged', e.user_id, format('event %s is %s', e.id, e.status)
from private.usage_results as r left join public.usage_events as e on e.id = r.usage_id
where e.status is distinct from 'committed'
union all
select 'a stored receipt says another charge', e.user_id, format('event %s: %s against %s', e.id, r.receipt ->> 'charged', e.credits_used)
from private.usage_results as r inner join public.usage_events as e on e.id = r.usage_id
where (r.receipt ->> 'charged')::integer is distinct from e.credits_used::integer
union all
select 'two operations share a name', null::uuid, format('%s: %s and %s', n.name, min(n.slug), max(n.slug))
from (
  select o.slug, o.slug as name from public.operations as o
  union all
  select o.slug, a from public.operations as o, unnest(o.aliases) as a
) as n
group by n.name
having count(*) > 1
order by 1, 2, 3;
comment on view private.check_usage is 'Usage that disagrees with the ledger or the counters: each row names the account and the problem.';

create view private.check_views with (security_invoker = true) as
select c.oid::regclass::text as view_name
from pg_class as c
where
  c.relkind = 'v' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
  and not coalesce(c.reloptions, '{}') && array['security_invoker=true', 'security_invoker=on'];
comment on view private.check_views is 'Views run with the caller''s rights.';
