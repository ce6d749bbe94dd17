-- The query plan of the dashboard's résumé list, for the user with the most résumés. It should use
-- resumes_user_created_idx.
explain (analyze, buffers, costs off)
select r.id, r.title, r.status, r.created_at
from public.resumes as r
where
  r.user_id = (select b.user_id from public.resumes as b group by b.user_id order by count(*) desc limit 1)
  and r.deleted_at is null
order by r.created_at desc
limit 10;
