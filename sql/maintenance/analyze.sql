-- Fresh statistics, after a bulk load or when the planner chooses badly.
analyze public.profiles;
analyze public.resumes;
analyze public.resume_versions;
analyze public.jobs;
analyze public.analyses;
analyze public.usage_events;
analyze public.ai_usage;
