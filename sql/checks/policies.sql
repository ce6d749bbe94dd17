-- Each policy names one operation and its roles, looks the caller up once per statement, and lets in active accounts only.
table private.check_policies;
