-- State machines: one trigger function for every status column that has one (docs/state-machines.md).

create function private.guard_transition()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_column constant text := tg_argv[0];
  v_from constant text := to_jsonb(old) ->> v_column;
  v_to constant text := to_jsonb(new) ->> v_column;
begin
  if v_from is distinct from v_to and not v_from || '>' || v_to = any (tg_argv[1:]) then
    perform private.raise_problem(
      409, 'invalid_transition',
      jsonb_build_object('table', tg_table_name, 'column', v_column, 'from', v_from, 'to', v_to)::text
    );
  end if;
  return new;
end
$$;
comment on function private.guard_transition() is
  'Before update, with the column and its allowed transitions (from>to) as arguments: refuses any other, for every role.';

create function private.string_list(p_value jsonb, p_max integer)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select case when jsonb_typeof(p_value) = 'array' then
    jsonb_array_length(p_value) <= p_max
    and octet_length(p_value::text) <= 65536
    and not jsonb_path_exists(p_value, 'strict $[*] ? (@.type() != "string")')
  else false end
$$;
comment on function private.string_list(jsonb, integer) is 'True for a JSON list of at most the given number of strings, up to 64 KiB.';

create function private.json_within(p_value jsonb, p_type text, p_bytes integer)
returns boolean
language sql
immutable
set search_path = ''
as $$ select jsonb_typeof(p_value) = p_type and octet_length(p_value::text) <= p_bytes $$;
comment on function private.json_within(jsonb, text, integer) is 'True for JSON of the given type and at most the given size in bytes.';

grant execute on function private.string_list(jsonb, integer), private.json_within(jsonb, text, integer)
to authenticated, service_role;
