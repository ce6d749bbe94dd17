-- Partitions live in private, where no client reaches around the policies of their table; this and the next month are there.
table private.check_partitions;
