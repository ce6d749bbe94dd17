-- Text for search and flags that follow others are what they are derived from.
select r.id, 'extracted_text' as problem
from public.resumes as r
where r.extracted_text is distinct from private.content_text(r.content)
union all
select r.id, 'is_draft'
from public.resumes as r
where r.is_draft is distinct from (r.status = 'draft')
union all
select s.id, 'turns_count'
from public.interview_sessions as s
where s.turns_count <> (select count(*) from public.interview_turns as t where t.session_id = s.id);
