-- Monthly: rebuilds the indexes that bloat most, without blocking writers. Do not run it inside a transaction.
reindex table concurrently public.resumes;
reindex table concurrently public.resume_versions;
reindex table concurrently public.jobs;
