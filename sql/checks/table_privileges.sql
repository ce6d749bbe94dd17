-- The API's roles have select, insert, update and delete at most; visitors only select; nobody has anything in private.
table private.check_table_privileges;
