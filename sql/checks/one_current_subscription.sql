-- Exactly one plan is current, no matter how many subscriptions a user has: the best live one, else the default.
table private.check_one_current_subscription;
