-- Per feature over the last 30 days: what models cost us, and its share of what came in. What was paid, less what
-- went back, is divided among features by the credits that their operations are worth. In US dollars; null where
-- global_config (exchange_rates) has no rate for a currency that was paid in.
table private.report_margin;
