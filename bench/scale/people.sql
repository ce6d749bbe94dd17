-- Users with all the rows that the triggers create at sign-up.
insert into auth.users (
  id, aud, role, email, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at, last_sign_in_at
)
select
  u.id, 'authenticated', 'authenticated', u.email, now() - u.age * interval '1 day', '{"provider": "email", "providers": ["email"]}',
  jsonb_build_object('full_name', u.first_name || ' ' || u.last_name), now() - u.age * interval '1 day', now(),
  now() - pg_temp.share(u.n, 1) ^ 2 * 60 * interval '1 day'
from scale_users as u;

insert into public.profiles (
  id, email, email_verified, full_name, first_name, last_name, location, job_title, plan, subscription_status, last_login_at, created_at
)
select
  u.id, u.email, true, u.first_name || ' ' || u.last_name, u.first_name, u.last_name, u.location, u.job_title, u.plan,
  case when p.is_default then 'none' else 'active' end, a.last_sign_in_at, a.created_at
from scale_users as u
inner join auth.users as a on a.id = u.id
inner join public.plans as p on p.slug = u.plan;

insert into public.user_settings (user_id, locale, job_alerts, theme, created_at)
select
  u.id, (array['en', 'en-GB', 'en-US', 'de', 'es', 'pt-BR', 'hi'])[1 + pg_temp.pick(u.n, 2, 7)], pg_temp.pick(u.n, 3, 3) = 0,
  (array['light', 'dark', 'system'])[1 + pg_temp.pick(u.n, 4, 3)], now() - u.age * interval '1 day'
from scale_users as u;

-- Sign-up is complete, so that the sweep does not process them.
insert into private.signup_progress (user_id, starter_resume_at, trial_at, due_at, created_at)
select u.id, t.at, t.at, null, t.at from scale_users as u cross join lateral (select now() - u.age * interval '1 day') as t (at);
insert into private.signup_fingerprints (fingerprint, benefit, granted_at)
select private.email_fingerprint(u.email), 'welcome', now() - u.age * interval '1 day' from scale_users as u
on conflict do nothing;

-- Provider "manual": reconciliation has no provider to query.
insert into public.subscriptions (
  user_id, provider, provider_subscription_id, plan, billing_interval, currency, status, current_period_start, current_period_end,
  state_at, created_at
)
select
  u.id, 'manual', 'scale-' || u.id, u.plan, 'month', 'USD', 'active', t.start, t.start + interval '31 days', t.start,
  now() - u.age * pg_temp.share(u.n, 5) * interval '1 day'
from scale_users as u
inner join public.plans as p on p.slug = u.plan and not p.is_default
cross join lateral (select now() - pg_temp.pick(u.n, 6, 28) * interval '1 day') as t (start);
