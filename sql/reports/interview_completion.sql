-- Interviews of the last 30 days by type, and how many were completed.
table private.report_interview_completion;
