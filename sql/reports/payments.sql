-- Cash per UTC month, provider and currency, in the smallest unit of the currency: payments in the month in which
-- they were paid, refunds in the month in which the provider processed them, disputes in the month in which they were
-- lost, each in its own currency. Money of which no account is known is "unmatched": it waits for its order, or needs
-- a look.
table private.report_payments;
