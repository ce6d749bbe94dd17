-- What the models cost: one row per call, a partition per month, so that a month is dropped and not deleted.

-- types -------------------------------------------------------------------------------------------------------
create domain private.model_label as text check (char_length(value) between 1 and 100);
comment on domain private.model_label is 'Name of a provider, a model or a feature.';
create domain private.us_dollars as numeric(10, 6) check (value >= 0 and value <> 'NaN');
comment on domain private.us_dollars is 'A cost, to a millionth of a dollar.';

-- tables ------------------------------------------------------------------------------------------------------
create table public.ai_usage (
  id uuid not null default gen_random_uuid(),
  -- No foreign keys: a cost stays a cost when the user or the usage event is gone.
  user_id uuid not null,
  usage_id uuid,
  -- The operation that asked.
  feature private.model_label not null,
  provider private.model_label not null,
  model private.model_label,
  input_tokens private.unit_count,
  output_tokens private.unit_count,
  estimated_cost private.us_dollars,
  -- Whose account at the provider was used: ours, or the user's.
  payer text not null default 'service' check (payer in ('service', 'user')),
  response_time_ms private.unit_count,
  was_cached boolean not null default false,
  -- Of the words that the model was asked with; null if they have none.
  prompt_version private.model_label,
  -- Short and without personal data: what was asked and what kind of answer came.
  request_summary private.short_text,
  response_summary private.short_text,
  created_at timestamptz not null default now(),
  -- UTC day of created_at. Not generated: the expression would be parsed again for every row.
  date date not null default (now() at time zone 'UTC')::date,
  -- Time first: rows arrive in its order, so the index grows at one end.
  primary key (created_at, id)
) partition by range (created_at);
comment on table public.ai_usage is 'One row per model call, also of attempts that were not charged.';

-- A row never fails to be written because nobody made its month: it waits here until somebody does.
create table private.ai_usage_default partition of public.ai_usage default;
comment on table private.ai_usage_default is 'Rows of months without a partition; private.create_month_partitions moves them.';

-- indexes -----------------------------------------------------------------------------------------------------
create index ai_usage_user_date_idx on public.ai_usage (user_id, date);
create index ai_usage_feature_date_idx on public.ai_usage (feature, date);

-- row level security ------------------------------------------------------------------------------------------
alter table public.ai_usage enable row level security;
alter table private.ai_usage_default enable row level security;

create policy "Users read their own model calls" on public.ai_usage
for select to authenticated
using (user_id = (select private.active_user()));

-- functions ---------------------------------------------------------------------------------------------------
create function private.create_month_partitions(p_table text, p_from date, p_months integer)
returns integer
language plpgsql
set search_path = ''
-- Whoever writes to the table queues behind this while it waits.
set lock_timeout = '200ms'
as $$
declare
  v_month date;
  v_name text;
  v_range text;
  v_created integer := 0;
begin
  for v_month in
    select generate_series(date_trunc('month', p_from), date_trunc('month', p_from) + make_interval(months => p_months - 1), interval '1 month')
  loop
    v_name := format('%s_%s', p_table, to_char(v_month, 'YYYY_MM'));
    continue when to_regclass(format('private.%I', v_name)) is not null;
    v_range := format('created_at >= %1$L and created_at < %2$L', v_month || ' 00:00:00+00', (v_month + interval '1 month')::date || ' 00:00:00+00');
    execute format('create table private.%I (like public.%I including all)', v_name, p_table);
    -- Rows that came before their month was made would make attaching it fail.
    if to_regclass(format('private.%I', p_table || '_default')) is not null then
      execute format(
        'alter table private.%1$I add constraint its_month check (%2$s)', v_name, v_range
      );
      -- A move is no change of an append-only log.
      execute format('alter table private.%I disable trigger user', p_table || '_default');
      perform private.move_rows(p_table || '_default', v_name, v_range);
      execute format('alter table private.%I enable trigger user', p_table || '_default');
    end if;
    execute format(
      'alter table public.%1$I attach partition private.%2$I for values from (%3$L) to (%4$L)',
      p_table, v_name, v_month || ' 00:00:00+00', (v_month + interval '1 month')::date || ' 00:00:00+00'
    );
    execute format('alter table private.%I drop constraint if exists its_month', v_name);
    execute format('alter table private.%I enable row level security', v_name);
    execute format('comment on table private.%I is %L', v_name, format('Month %s of public.%s', to_char(v_month, 'YYYY-MM'), p_table));
    v_created := v_created + 1;
  end loop;
  return v_created;
end
$$;
comment on function private.create_month_partitions(text, date, integer) is
  'Makes the monthly partitions of a table of public from a month on, in private, where no client reaches around the parent''s policies; returns how many were new.';

create function private.move_rows(p_from text, p_to text, p_where text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  execute format(
    'with moved as (delete from private.%1$I where %3$s returning *) insert into private.%2$I select * from moved', p_from, p_to, p_where
  );
end
$$;
comment on function private.move_rows(text, text, text) is 'Moves rows between two tables of private with the same columns.';

-- data --------------------------------------------------------------------------------------------------------
-- Last month too, for rows that are loaded with their own date. The clean-up keeps making them ahead.
select private.create_month_partitions('ai_usage', (now() - interval '1 month')::date, 8);

-- grants ------------------------------------------------------------------------------------------------------
grant select on public.ai_usage to authenticated;
revoke insert, update, delete, truncate on public.ai_usage from service_role;
