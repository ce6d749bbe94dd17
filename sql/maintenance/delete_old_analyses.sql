-- Deletes expired analyses, as the daily clean-up does, in batches of a thousand. Archive first; repeat until 0.
with old as (
  select a.id
  from public.analyses as a
  inner join private.retention_policies as r on r.data_type = 'analyses'
  where a.created_at < private.now() - r.keep and a.status in ('completed', 'failed')
  order by a.created_at
  limit 1000
),
deleted as (
  delete from public.analyses as a using old where a.id = old.id returning a.id
)
select count(*) as deleted from deleted;
