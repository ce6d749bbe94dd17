-- Résumés that name Python among their technical skills; put another in its place. Uses resumes_skills_idx.
select r.id, r.user_id, r.title
from public.resumes as r
where r.deleted_at is null and r.content -> 'skills' @> '{"technical": ["Python"]}';
