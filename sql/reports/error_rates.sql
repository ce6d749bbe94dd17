-- Number and share of failures in the last day, by kind of work.
table private.report_error_rates;
