-- Months past their retention period. Dropping one, after it was archived: select public.partition_drop('<partition>').
select e.table_name, e.partition, e.month from public.partitions_expired() as e;
