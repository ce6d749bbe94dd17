-- Policies name one operation and their roles, and ask who the caller is once per statement instead of once per row.
table private.check_policies;
