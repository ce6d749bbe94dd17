-- Payments against our orders and the credits that came of them. No row: they agree.
table private.check_payments;
