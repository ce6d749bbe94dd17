-- Templates by the number of résumés that use them, as counted last night, and whether they are premium.
select t.slug, t.name, t.category, t.is_premium, t.usage_count
from public.resume_templates as t
where t.user_id is null
order by t.usage_count desc, t.slug;
