-- The technical skills that the most résumés list.
select s.skill, count(distinct r.id) as resumes
from public.resumes as r
cross join lateral jsonb_array_elements_text(r.content -> 'skills' -> 'technical') as s (skill)
where r.deleted_at is null and jsonb_typeof(r.content -> 'skills' -> 'technical') = 'array'
group by s.skill
order by resumes desc, s.skill
limit 50;
