-- New users per UTC day over the last 30 days, including days without any, with a running total.
table private.report_user_growth;
