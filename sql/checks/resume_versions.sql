-- No résumé keeps more than 30 versions, and none is newer than the résumé.
select v.resume_id, count(*) as versions, max(v.version_number) as newest, r.version
from public.resume_versions as v
inner join public.resumes as r on r.id = v.resume_id
group by v.resume_id, r.version
having count(*) > 30 or max(v.version_number) > r.version;
