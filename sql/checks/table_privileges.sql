-- The API's roles have select, insert, update and delete at most; visitors only select; no role has privileges in private.
table private.check_table_privileges;
