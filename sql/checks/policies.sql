-- Each policy names one operation and its roles, and looks the caller up once per statement, not once per row.
table private.check_policies;
