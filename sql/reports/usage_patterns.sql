-- Operations charged in the last 30 days: how many, by how many users, and how they were funded.
table private.report_usage_patterns;
