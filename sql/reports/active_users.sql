-- Users with a charged operation on each of the last 30 UTC days, and with any metered one in this UTC month.
table private.report_active_users;
