-- Playing an account through time: its lots burn in order, what no lot covers is owed. Between two starts or ends of lots
-- only the sum of what was spent matters, so it costs one grouped sum, however much was used.

-- types -------------------------------------------------------------------------------------------------------
create type private.derived as (
  balance integer, debt integer, reserved integer, frozen integer, carried integer, next_lot_at timestamptz, lots private.lot[]
);
comment on type private.derived is 'An account as it follows from its facts at a moment.';

-- functions ---------------------------------------------------------------------------------------------------
create function private.derive_account(p_user_id uuid, p_at timestamptz, p_running_only boolean default false)
returns private.derived
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_all private.lot[];
  v_lots private.lot[];
  v_bounds timestamptz[];
  v_spent bigint[];
  v_unmet bigint := 0;
  v_unmet_now bigint := 0;
  v_free bigint[];
  v_free_now bigint[];
  v_ends timestamptz[];
  v_derived private.derived;
  v_count integer;
  v_part bigint;
  v_closed_at constant timestamptz := (select x.closed_at from private.closed_accounts as x where x.user_id = p_user_id);
begin
  v_all := array(select l from private.expected_lots(p_user_id, p_at) as l);
  v_lots := array(
    select l from unnest(v_all) as l where l.starts_at <= p_at
    order by l.priority, l.expires_at nulls last, l.starts_at, l.grant_key
  );
  select min(l.starts_at) into v_derived.next_lot_at from unnest(v_all) as l where l.starts_at > p_at;
  v_count := cardinality(v_lots);
  -- Closing ends every lot, but does not change which of them was burnt first.
  for i in 1 .. case when v_closed_at is not null then v_count else 0 end loop
    v_lots[i].expires_at := least(v_lots[i].expires_at, v_closed_at);
  end loop;
  v_free := array_fill(0::bigint, array[v_count]);
  v_free_now := v_free;
  -- A month paid for after its end is there for a moment, and expires at once.
  v_ends := array(select case when v_lots[i].expires_at is not null then greatest(v_lots[i].expires_at, v_lots[i].starts_at) end from generate_subscripts(v_lots, 1) as i order by i);
  v_bounds := array(
    select n.at from (select l.starts_at as at from unnest(v_lots) as l union select e from unnest(v_ends) as e where e <= p_at) as n
    where n.at is not null order by 1
  );
  v_spent := array(
    select coalesce(s.units, 0)
    from generate_series(0, cardinality(v_bounds)) as b (number)
    left join (
      -- What was spent in the second of an erasure came before it.
      select width_bucket(case when n.spent_at = v_closed_at then v_closed_at - interval '1 microsecond' else n.spent_at end, v_bounds) as number,
        sum(n.units) as units
      from private.spends(p_user_id, p_at, p_running_only) as n
      group by 1
    ) as s on s.number = b.number
    order by b.number
  );

  for b in 0 .. cardinality(v_bounds) loop
    if b > 0 then
      -- Ends before starts, starts before spends.
      for i in 1 .. v_count loop
        if v_ends[i] = v_bounds[b] and v_lots[i].starts_at < v_ends[i] then
          v_lots[i].expired := v_free[i];
          v_free[i] := 0;
          v_free_now[i] := 0;
        end if;
      end loop;
      for i in 1 .. v_count loop
        if v_lots[i].starts_at = v_bounds[b] then
          -- What is unmet is paid by whatever comes next.
          v_free[i] := v_lots[i].amount - v_lots[i].taken - v_lots[i].lost;
          v_free_now[i] := v_free[i] - v_lots[i].disputed;
          v_part := least(v_unmet, v_free[i]);
          v_unmet := v_unmet - v_part;
          v_free[i] := v_free[i] - v_part;
          v_part := least(v_unmet_now, v_free_now[i]);
          v_unmet_now := v_unmet_now - v_part;
          v_free_now[i] := v_free_now[i] - v_part;
          if v_ends[i] = v_bounds[b] then
            v_lots[i].expired := v_free[i];
            v_free[i] := 0;
            v_free_now[i] := 0;
          end if;
        end if;
      end loop;
    end if;
    v_unmet := v_unmet + v_spent[b + 1];
    v_unmet_now := v_unmet_now + v_spent[b + 1];
    if v_unmet > 0 or v_unmet_now > 0 then
      for i in 1 .. v_count loop
        v_part := least(v_unmet, v_free[i]);
        v_unmet := v_unmet - v_part;
        v_free[i] := v_free[i] - v_part;
        v_part := least(v_unmet_now, v_free_now[i]);
        v_unmet_now := v_unmet_now - v_part;
        v_free_now[i] := v_free_now[i] - v_part;
      end loop;
    end if;
  end loop;

  v_derived.balance := 0;
  v_derived.frozen := 0;
  for i in 1 .. v_count loop
    v_lots[i].remaining := v_free_now[i];
    v_lots[i].frozen := v_free[i] - v_free_now[i];
    v_derived.balance := v_derived.balance + v_lots[i].remaining;
    v_derived.frozen := v_derived.frozen + v_lots[i].frozen;
  end loop;
  v_derived.debt := v_unmet;
  v_derived.reserved := (select coalesce(sum(h.units), 0) from private.open_holds(p_user_id, p_at, p_running_only) as h);
  v_derived.carried := (select coalesce(sum(d.units), 0) from private.carried_debts(p_user_id) as d);
  v_derived.lots := case when v_derived.frozen > 0 then private.name_frozen(v_lots) else v_lots end;
  return v_derived;
end
$$;
comment on function private.derive_account(uuid, timestamptz, boolean) is
  'An account as it follows from its facts: debt by what was kept of the money, balance with open disputes counted as lost. p_running_only leaves out holds that ran out, as the next sweep would.';

create function private.name_frozen(p_lots private.lot[])
returns private.lot[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_unnamed integer[] := array(select l.frozen from unnest(p_lots) with ordinality as l order by l.ordinality);
  v_causes text[] := '{}';
  v_rest integer[] := '{}';
  v_dispute record;
  v_part integer;
begin
  -- A dispute freezes units of its own lots first.
  for v_dispute in
    select l.ordinality as lot, d.entry ->> 0 as cause, (d.entry ->> 1)::integer as units
    from unnest(p_lots) with ordinality as l
    cross join lateral jsonb_array_elements(l.open_disputes) with ordinality as d (entry, place)
    order by l.ordinality, d.place
  loop
    v_part := least(v_dispute.units, v_unnamed[v_dispute.lot]);
    p_lots[v_dispute.lot].returned := private.add_units(p_lots[v_dispute.lot].returned, v_dispute.cause, v_part);
    v_unnamed[v_dispute.lot] := v_unnamed[v_dispute.lot] - v_part;
    v_causes := v_causes || v_dispute.cause;
    v_rest := v_rest || v_dispute.units - v_part;
  end loop;
  -- Where those were spent, units of other lots stand for them, in the order of burning.
  for d in 1 .. cardinality(v_causes) loop
    for i in 1 .. cardinality(p_lots) loop
      v_part := least(v_rest[d], v_unnamed[i]);
      p_lots[i].returned := private.add_units(p_lots[i].returned, v_causes[d], v_part);
      v_unnamed[i] := v_unnamed[i] - v_part;
      v_rest[d] := v_rest[d] - v_part;
    end loop;
  end loop;
  return p_lots;
end
$$;
comment on function private.name_frozen(private.lot[]) is 'Names in each lot the open disputes that its frozen units stand for.';

create function private.add_units(p_entries jsonb, p_cause text, p_units integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_array(n.cause, n.units) order by n.place), '[]')
  from (
    select e.entry ->> 0 as cause, sum((e.entry ->> 1)::integer) as units, min(e.place) as place
    from jsonb_array_elements(p_entries || jsonb_build_array(jsonb_build_array(p_cause, p_units))) with ordinality as e (entry, place)
    group by 1
  ) as n
  where n.units > 0
$$;
comment on function private.add_units(jsonb, text, integer) is 'Adds units to those that went with a refund or dispute.';

create function private.more_returned(p_returned jsonb, p_booked jsonb)
returns table (place bigint, kind text, reference text, units integer)
language sql
immutable
set search_path = ''
as $$
  select min(n.place), split_part(n.cause, ' ', 1), substr(n.cause, strpos(n.cause, ' ') + 1), sum(n.units)::integer
  from (
    select e.place, e.entry ->> 0 as cause, (e.entry ->> 1)::integer as units
    from jsonb_array_elements(p_returned) with ordinality as e (entry, place)
    union all
    -- What is no cause any more comes back first.
    select 0, e.entry ->> 0, -(e.entry ->> 1)::integer from jsonb_array_elements(p_booked) as e (entry)
  ) as n
  group by n.cause
  having sum(n.units) <> 0
$$;
comment on function private.more_returned(jsonb, jsonb) is 'How many units more than are booked each refund and dispute took of a lot.';

create function private.open_holds(p_user_id uuid, p_at timestamptz, p_running_only boolean)
returns table (reserved_at timestamptz, units bigint)
language sql
stable
set search_path = ''
as $$
  select e.reserved_at, e.cost::bigint
  from public.usage_events as e
  where e.user_id = p_user_id and e.status = 'reserved' and e.cost > 0
    and e.reserved_at >= (select c.holds_since from public.user_credits as c where c.user_id = p_user_id)
    and (not p_running_only or e.expires_at > p_at)
    -- Closing an account gives back what it holds.
    and not exists (select from private.closed_accounts as x where x.user_id = p_user_id)
$$;
comment on function private.open_holds(uuid, timestamptz, boolean) is 'Credits held by operations under way.';

create function private.heir(p_user_id uuid)
returns table (user_id uuid, carried_at timestamptz)
language sql
stable
rows 1
set search_path = ''
as $$
  select n.user_id, greatest(n.confirmed_at, x.closed_at)
  from private.closed_accounts as x
  inner join private.mailbox_confirmations as m on m.user_id = x.user_id
  inner join private.mailbox_confirmations as n on n.fingerprint = m.fingerprint and n.user_id <> x.user_id
  left join private.closed_accounts as y on y.user_id = n.user_id
  where
    x.user_id = p_user_id
    -- Who was erased before it carries nothing; whose account was still there then hands on what it carries.
    and (y.user_id is null or (y.closed_at, y.user_id) > (x.closed_at, x.user_id))
  order by greatest(n.confirmed_at, x.closed_at), n.confirmed_at, n.user_id
  limit 1
$$;
comment on function private.heir(uuid) is
  'Which account carries the debt of an erased one, and from when on: that which has one of its mailboxes, else the first to confirm one.';

create function private.carried_debts(p_user_id uuid)
returns table (at timestamptz, units bigint)
language sql
stable
set search_path = ''
as $$
  select h.carried_at, (private.derive_account(x.user_id, x.closed_at)).debt::bigint
  from private.closed_accounts as x
  cross join lateral private.heir(x.user_id) as h
  where
    x.user_id in (
      select n.user_id
      from private.mailbox_confirmations as m inner join private.mailbox_confirmations as n on n.fingerprint = m.fingerprint
      where m.user_id = p_user_id and n.user_id <> p_user_id
    )
    and h.user_id = p_user_id
$$;
comment on function private.carried_debts(uuid) is 'What erased accounts owe whose debt this account carries.';

create function private.spends(p_user_id uuid, p_at timestamptz, p_running_only boolean)
returns table (spent_at timestamptz, units bigint)
language sql
stable
set search_path = ''
as $$
  -- Committed uses from the ledger, which keeps them for good; each at the moment of its reserve.
  select coalesce(t.spent_at, t.created_at), -t.amount::bigint
  from public.credit_transactions as t where t.user_id = p_user_id and t.kind = 'usage'
  union all
  select h.reserved_at, h.units from private.open_holds(p_user_id, p_at, p_running_only) as h
  union all
  select a.awarded_at, -a.units from private.credit_awards as a where a.user_id = p_user_id and a.units < 0
  union all
  select d.at, d.units from private.carried_debts(p_user_id) as d
$$;
comment on function private.spends(uuid, timestamptz, boolean) is 'Everything that was spent: uses, open holds, deductions, and the debt of an erased account of the same mailbox.';
