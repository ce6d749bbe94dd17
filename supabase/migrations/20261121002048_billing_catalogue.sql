-- The catalogue as clients read it: plans with prices and limits, credit packs, what operations cost.

-- functions ---------------------------------------------------------------------------------------------------
create function public.billing_catalogue()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'plans', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'slug', p.slug, 'name', p.name, 'description', p.description, 'rank', p.rank, 'is_default', p.is_default,
        'monthly_credits', p.monthly_credits, 'max_resumes', p.max_resumes, 'premium_templates', p.premium_templates,
        'trial_days', p.trial_days,
        'prices', (
          select coalesce(jsonb_agg(jsonb_build_object(
            'billing_interval', r.billing_interval, 'currency', r.currency, 'amount', r.amount
          ) order by r.currency, r.amount), '[]')
          from public.plan_prices as r where r.plan = p.slug and r.is_active
        ),
        'limits', (
          select coalesce(jsonb_agg(jsonb_build_object(
            'quota_group', l.quota_group, 'per_day', l.per_day, 'per_month', l.per_month, 'per_lifetime', l.per_lifetime, 'cost', l.cost
          ) order by l.quota_group), '[]')
          from public.plan_limits as l where l.plan = p.slug
        )
      ) order by p.rank), '[]')
      from public.plans as p where p.is_active
    ),
    'packs', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'slug', k.slug, 'name', k.name, 'credits', k.credits,
        'prices', (
          select coalesce(jsonb_agg(jsonb_build_object('currency', r.currency, 'amount', r.amount) order by r.currency), '[]')
          from public.credit_pack_prices as r where r.pack = k.slug
        )
      ) order by k.position, k.slug), '[]')
      from public.credit_packs as k where k.is_active
    ),
    'operations', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'slug', o.slug, 'name', o.name, 'quota_group', o.quota_group, 'cost', o.default_cost
      ) order by o.slug), '[]')
      from public.operations as o where o.is_active and o.quota_group is not null
    )
  )
$$;
comment on function public.billing_catalogue() is 'Everything for sale: plans with prices and limits, credit packs, what operations cost. Public.';

-- grants ------------------------------------------------------------------------------------------------------
grant execute on function public.billing_catalogue() to anon, authenticated, service_role;
