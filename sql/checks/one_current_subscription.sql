-- However many subscriptions a user has, exactly one plan is current: the best of the live ones, else the default.
table private.check_one_current_subscription;
