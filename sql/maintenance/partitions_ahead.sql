-- Creates the partitions of this month and the next six. Run it monthly if the clean-up does not run.
select public.partitions_ahead(7) as created;
