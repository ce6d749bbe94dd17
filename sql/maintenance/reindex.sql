-- Rebuilds the indexes that bloat most, without blocking writers. Run it monthly, outside a transaction.
reindex table concurrently public.resumes;
reindex table concurrently public.resume_versions;
reindex table concurrently public.jobs;
