-- Conversion: the share of the users of the last 30 days who subscribe. Churn: the share of the subscriptions live 30
-- days ago that have ended since.
table private.report_subscription_metrics;
