-- E-mail: what people are told about their account and their money, and what they asked to be told. A mail is put into the
-- queue in the transaction of the fact that it tells, once per fact; the clean-up writes it from what is true when it is sent.

-- tables ----------------------------------------------------------------------------------------------------------
create table private.mails (
  -- Goes along with the mail, so that one that is sent again can be recognised.
  id uuid primary key default gen_random_uuid(),
  user_id uuid references public.profiles (id) on delete cascade,
  kind text not null check (
    kind in ('deletion_requested', 'deletion_final', 'account_erased', 'receipt', 'plan_ended', 'credits_low', 'weekly_digest')
  ),
  -- The one fact that it tells: a payment, a week, …
  fact text not null check (char_length(fact) between 1 and 100),
  -- Only of account_erased, whose user is gone when it is sent: the row goes with the mail.
  address text check (char_length(address) <= 320),
  locale text check (char_length(locale) <= 40),
  -- skipped: it was not true any more, not wanted, or there is no confirmed address. failed: refused, or tried too often.
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'skipped', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  unique (kind, fact),
  constraint only_the_last_mail_has_an_address check ((kind = 'account_erased') = (address is not null) and (address is null) = (user_id is not null))
);
comment on table private.mails is 'The mails that facts called for, each once. Without their texts, which are written from the present facts when a mail is sent.';

create table private.mail_key (
  id boolean primary key default true check (id),
  key bytea not null check (octet_length(key) = 32)
);
comment on table private.mail_key is 'The key of unsubscribe links, made in this database. With another key, the links in earlier mails end.';
insert into private.mail_key (key)
values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- indexes ---------------------------------------------------------------------------------------------------------
create index mails_due_idx on private.mails (next_attempt_at) where status = 'waiting';
create index mails_user_id_idx on private.mails (user_id);
create index mails_created_at_idx on private.mails (created_at);

-- row level security ----------------------------------------------------------------------------------------------
alter table private.mails enable row level security;
alter table private.mail_key enable row level security;

-- data ------------------------------------------------------------------------------------------------------------
insert into private.retention_policies (data_type, table_name, age_column, keep, only_where, reason) values
('mails', 'private.mails', 'created_at', interval '1 year', $$status <> 'waiting' and kind <> 'credits_low'$$, 'No fact is as old; low credits are told once until a top-up');

insert into public.global_config (key, value, description) values
('credits_low_below', '3', 'With fewer credits than this, held ones included, users are told by e-mail, once until they have that many again');

-- triggers --------------------------------------------------------------------------------------------------------
create function private.mail_deletion()
returns trigger
language plpgsql
security definer -- whoever deletes an account may not write the queue
set search_path = ''
as $$
declare
  v_fact text := new.id || ' ' || extract(epoch from new.deleted_at);
  v_final_at timestamptz := new.deleted_at - interval '3 days'
    + (select r.keep from private.retention_policies as r where r.data_type = 'deleted_accounts');
begin
  perform private.mail_put('deletion_requested', v_fact, new.id, private.now());
  if v_final_at > new.deleted_at then
    perform private.mail_put('deletion_final', v_fact, new.id, v_final_at);
  end if;
  return null;
end
$$;
comment on function private.mail_deletion() is 'After update: an account was deleted. The second mail waits until three days before the account can be erased.';

create trigger profiles_mail_deletion after update of deleted_at on public.profiles
for each row when (old.deleted_at is null and new.deleted_at is not null) execute function private.mail_deletion();

create function private.mail_erasure()
returns trigger
language plpgsql
security definer -- whoever erases an account may not write the queue
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    -- Sent when the account is gone, and the address with it.
    insert into private.mails (kind, fact, address, locale, next_attempt_at, created_at)
    select 'account_erased', p.id, p.email, s.locale, 'infinity', private.now()
    from public.profiles as p left join public.user_settings as s on s.user_id = p.id
    where p.id = new.user_id and p.email is not null and p.email_verified
    on conflict do nothing;
  else
    update private.mails as m set next_attempt_at = private.now() where m.kind = 'account_erased' and m.fact = new.user_id::text;
  end if;
  return null;
end
$$;
comment on function private.mail_erasure() is 'After insert or update: keeps the address when an erasure begins, and lets the mail go when it is done.';

create trigger erasures_mail_begun after insert on private.erasures
for each row when (new.done = '{}') execute function private.mail_erasure();
create trigger erasures_mail_done after update of finished_at on private.erasures
for each row when (old.finished_at is null and new.finished_at is not null) execute function private.mail_erasure();

create function private.mail_row()
returns trigger
language plpgsql
security definer -- whoever writes the row may not write the queue
set search_path = ''
as $$
begin
  perform private.mail_put(tg_argv[0], new.id::text, new.user_id, private.now());
  return null;
end
$$;
comment on function private.mail_row() is 'After update: puts the mail named by the argument into the queue, once per row.';

create trigger payments_mail_receipt after update of receipt_number on public.payments
for each row when (old.receipt_number is null and new.receipt_number is not null and new.amount > 0)
execute function private.mail_row('receipt');
create trigger subscriptions_mail_ended after update of status on public.subscriptions
for each row when (old.status not in ('canceled', 'expired') and new.status in ('canceled', 'expired') and not new.accepted_late)
execute function private.mail_row('plan_ended');

create function private.mail_credits()
returns trigger
language plpgsql
security definer -- whoever spends credits may not write the queue
set search_path = ''
as $$
declare
  v_below integer := (select c.value::integer from public.global_config as c where c.key = 'credits_low_below' and jsonb_typeof(c.value) = 'number');
begin
  if new.balance + new.reserved < v_below and old.balance + old.reserved >= v_below then
    perform private.mail_put('credits_low', new.user_id::text, new.user_id, private.now());
  elsif new.balance + new.reserved >= v_below and old.balance + old.reserved < v_below then
    delete from private.mails as m where m.kind = 'credits_low' and m.fact = new.user_id::text;
  end if;
  return null;
end
$$;
comment on function private.mail_credits() is 'After update: credits ran low, or were topped up. A hold moves credits from balance to reserved, and is neither.';

create trigger user_credits_mail after update of balance, reserved on public.user_credits
for each row when (old.balance + old.reserved <> new.balance + new.reserved) execute function private.mail_credits();

-- functions -------------------------------------------------------------------------------------------------------
create function private.mail_put(p_kind text, p_fact text, p_user_id uuid, p_at timestamptz)
returns void
language sql
set search_path = ''
as $$
  -- Books outlive accounts: nobody is left to tell.
  insert into private.mails (kind, fact, user_id, next_attempt_at, created_at)
  select p_kind, p_fact, p.id, p_at, private.now() from public.profiles as p where p.id = p_user_id
  on conflict do nothing
$$;
comment on function private.mail_put(text, text, uuid, timestamptz) is 'Puts a mail into the queue, once per fact.';

create function private.mail_link(p_user_id uuid, p_list text)
returns text
language sql
stable
set search_path = ''
as $$
  select p_list || '.' || p_user_id || '.' || encode(
    -- Nested, so that a hash cannot be extended into that of a longer text.
    sha256(k.key || sha256(k.key || convert_to(p_list || '.' || p_user_id, 'UTF8'))), 'hex'
  )
  from private.mail_key as k
$$;
comment on function private.mail_link(uuid, text) is 'The signed end of an unsubscribe link: <list>.<user>.<keyed hash>. It ends only when the key changes.';

create function private.mail_facts(p_mail private.mails, p_now timestamptz)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_profile public.profiles;
  v_settings public.user_settings;
  v_facts jsonb;
  v_list text;
begin
  if p_mail.kind = 'account_erased' then
    return jsonb_build_object('id', p_mail.id, 'kind', p_mail.kind, 'address', p_mail.address, 'locale', p_mail.locale, 'facts', '{}'::jsonb);
  end if;
  select p.* into v_profile from public.profiles as p where p.id = p_mail.user_id and p.email is not null and p.email_verified;
  if v_profile.id is null or exists (select from private.erasures as e where e.user_id = p_mail.user_id) then
    return null;
  end if;
  select s.* into v_settings from public.user_settings as s where s.user_id = p_mail.user_id;
  case p_mail.kind
    when 'deletion_requested', 'deletion_final' then
      select jsonb_build_object('erased_after', v_profile.deleted_at + r.keep) into v_facts
      from private.retention_policies as r
      where r.data_type = 'deleted_accounts' and v_profile.deleted_at + r.keep > p_now
        and p_mail.fact = v_profile.id || ' ' || extract(epoch from v_profile.deleted_at);
    when 'receipt' then
      select jsonb_build_object('number', p.receipt_number, 'amount', p.amount, 'currency', p.currency, 'paid_at', p.paid_at, 'plan', l.name)
      into v_facts
      from public.payments as p left join public.plans as l on l.slug = p.plan
      where p.id = p_mail.fact::uuid and p.status = 'paid';
    when 'plan_ended' then
      select jsonb_build_object('plan', l.name, 'ended_at', coalesce(s.ended_at, s.state_at), 'was_trial', s.paid_until is null)
      into v_facts
      from public.subscriptions as s inner join public.plans as l on l.slug = s.plan
      where s.id = p_mail.fact::uuid and s.status in ('canceled', 'expired') and v_profile.deleted_at is null
        and not exists (
          select from public.subscriptions as o
          where o.user_id = s.user_id and o.id <> s.id and o.status in ('trialing', 'active', 'past_due')
        );
    when 'credits_low' then
      v_list := 'email_notifications';
      select jsonb_build_object('balance', c.balance + c.reserved) into v_facts
      from public.user_credits as c inner join public.global_config as g on g.key = 'credits_low_below'
      where c.user_id = p_mail.user_id and c.balance + c.reserved < (g.value #>> '{}')::numeric;
    when 'weekly_digest' then
      v_list := 'job_alerts';
      if v_settings.job_alerts then
        v_facts := private.digest_of(p_mail.user_id, p_now);
      end if;
  end case;
  if v_facts is null or (v_list is not null and (not v_settings.email_notifications or private.active_user(p_mail.user_id) is null)) then
    return null;
  end if;
  return jsonb_build_object(
    'id', p_mail.id, 'kind', p_mail.kind, 'address', v_profile.email, 'locale', v_settings.locale, 'facts', v_facts,
    'unsubscribe', private.mail_link(p_mail.user_id, v_list)
  );
end
$$;
comment on function private.mail_facts(private.mails, timestamptz) is
  'What a mail says now: {id, kind, address, locale, facts, unsubscribe}. Null: it is not true any more, not wanted, or has no confirmed address.';

create function public.mails_due(p_limit integer default 10)
returns jsonb
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_mail private.mails;
  v_facts jsonb;
  v_mails jsonb := '[]';
  v_skipped integer := 0;
  v_given_up integer := 0;
begin
  for v_mail in
    select m.* from private.mails as m
    where m.status = 'waiting' and m.next_attempt_at <= v_now
    order by m.next_attempt_at limit greatest(1, least(p_limit, 100))
    for update skip locked
  loop
    v_facts := private.mail_facts(v_mail, v_now);
    if v_facts is null then
      perform private.mail_end(v_mail, 'skipped');
      v_skipped := v_skipped + 1;
    elsif v_mail.attempts >= 12 then
      perform private.mail_end(v_mail, 'failed');
      v_given_up := v_given_up + 1;
    else
      -- Until then nobody else sends it: 10, 20, 40 … minutes, at most six hours; for some 40 hours in all.
      update private.mails as m
      set attempts = m.attempts + 1, next_attempt_at = v_now + least(interval '6 hours', interval '10 minutes' * power(2, least(m.attempts, 10)))
      where m.id = v_mail.id;
      v_mails := v_mails || v_facts;
    end if;
  end loop;
  return jsonb_build_object('mails', v_mails, 'skipped', v_skipped, 'given_up', v_given_up);
end
$$;
comment on function public.mails_due(integer) is
  'Mails to send, each to be told to mail_ended(): {mails: [{id, kind, address, locale, facts, unsubscribe}], skipped, given_up}. One that nobody ends comes again, twelve times at most.';

create function private.mail_end(p_mail private.mails, p_status text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_mail.kind = 'account_erased' then
    delete from private.mails as m where m.id = p_mail.id;
  else
    update private.mails as m set status = p_status where m.id = p_mail.id;
  end if;
end
$$;
comment on function private.mail_end(private.mails, text) is 'Ends a mail. Of the last one to a person, nothing stays.';

create function public.mail_ended(p_id uuid, p_status text)
returns boolean
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_mail private.mails;
begin
  if p_status not in ('sent', 'failed') then
    perform private.raise_problem(422, 'validation_failed', 'A mail does not end like this.');
  end if;
  select m.* into v_mail from private.mails as m where m.id = p_id and m.status = 'waiting' for update;
  if v_mail.id is null then
    return false;
  end if;
  perform private.mail_end(v_mail, p_status);
  return true;
end
$$;
comment on function public.mail_ended(uuid, text) is 'Notes that a mail was sent, or refused for good (failed). False: it had ended, or was topped up or erased meanwhile.';

create function public.mails_skip(p_limit integer default 100)
returns integer
language plpgsql
security definer -- private is not reachable with the secret key's role
set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_mail private.mails;
  v_count integer := 0;
begin
  for v_mail in
    select m.* from private.mails as m
    where m.status = 'waiting' and m.next_attempt_at <= v_now
    order by m.next_attempt_at limit greatest(1, least(p_limit, 1000))
    for update skip locked
  loop
    perform private.mail_end(v_mail, 'skipped');
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;
comment on function public.mails_skip(integer) is 'Ends due mails unsent, where no mail is set up; returns how many.';

create function public.mail_unsubscribe(p_link text)
returns text
language plpgsql
security definer -- the link is the permission
set search_path = ''
as $$
declare
  v_list text := split_part(p_link, '.', 1);
  v_user_id uuid;
begin
  if p_link !~ '^(email_notifications|job_alerts)\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{64}$' then
    perform private.raise_problem(404, 'unsubscribe_link_invalid');
  end if;
  v_user_id := split_part(p_link, '.', 2)::uuid;
  if p_link <> private.mail_link(v_user_id, v_list) then
    perform private.raise_problem(404, 'unsubscribe_link_invalid');
  end if;
  update public.user_settings as s
  set
    email_notifications = s.email_notifications and v_list <> 'email_notifications',
    job_alerts = s.job_alerts and v_list <> 'job_alerts'
  where s.user_id = v_user_id;
  return v_list;
end
$$;
comment on function public.mail_unsubscribe(text) is
  'Turns off the setting that a signed link names: email_notifications or job_alerts; returns its name. 404 unsubscribe_link_invalid. Nothing else can be done with a link, and nothing is told about its user.';

-- grants ----------------------------------------------------------------------------------------------------------
grant execute on function
public.mails_due(integer), public.mail_ended(uuid, text), public.mails_skip(integer), public.mail_unsubscribe(text)
to service_role;
