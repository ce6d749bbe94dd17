-- Partitions are in private, so that no client can bypass their table's policies; this and the next month's exist.
table private.check_partitions;
