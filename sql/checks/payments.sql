-- Payments that disagree with our orders or with the credits that they granted.
table private.check_payments;
