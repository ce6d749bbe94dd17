-- Every table of public and private has row level security, partitions included.
table private.check_rls_on_every_table;
