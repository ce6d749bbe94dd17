-- Monthly, if the clean-up does not run: creates the partitions of this month and the next six.
select public.partitions_ahead(7) as created;
