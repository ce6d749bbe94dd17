-- Erases accounts whose recovery period is over, as the daily clean-up does. Rows that must outlive them (ledger,
-- payments, audit) have no foreign key to them.
delete from auth.users as u
using public.profiles as p, private.retention_policies as r
where p.id = u.id and r.data_type = 'deleted_accounts' and p.deleted_at < private.now() - r.keep
returning u.id;
