-- Refreshes the planner's statistics. Run it after a bulk load, or if the planner chooses bad plans.
analyze public.profiles;
analyze public.resumes;
analyze public.resume_versions;
analyze public.jobs;
analyze public.analyses;
analyze public.usage_events;
analyze public.ai_usage;
