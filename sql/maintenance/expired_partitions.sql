-- Months past their retention period. To drop one after archiving it: select public.partition_drop('<partition>').
select e.table_name, e.partition, e.month from public.partitions_expired() as e;
