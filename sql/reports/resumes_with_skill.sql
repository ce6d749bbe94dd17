-- Résumés that list Python as a technical skill; replace it with another. Reads all résumés.
select r.id, r.user_id, r.title
from public.resumes as r
where r.deleted_at is null and r.content -> 'skills' @> '{"technical": ["Python"]}';
