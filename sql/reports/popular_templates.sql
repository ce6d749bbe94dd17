-- Templates by use, as counted last night, and whether they cost.
select t.slug, t.name, t.category, t.is_premium, t.usage_count
from public.resume_templates as t
where t.user_id is null
order by t.usage_count desc, t.slug;
