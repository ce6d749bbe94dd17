-- Model calls of the last 30 days per UTC day, feature, model and payer (service: us; user: their own key): tokens
-- and cost in US dollars.
table private.report_ai_cost_by_day;
