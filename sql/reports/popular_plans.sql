-- Plans by the number of current subscriptions.
table private.report_popular_plans;
