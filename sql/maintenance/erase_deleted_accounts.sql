-- Erases accounts whose recovery period is over, as the daily clean-up does, unless they still have files (delete those
-- first, through the storage API) or a subscription that is still running at its provider. Rows that must
-- outlive them (ledger, payments, audit) have no foreign key to them.
with due as materialized (
  select p.id
  from public.profiles as p, private.retention_policies as r
  where
    r.data_type = 'deleted_accounts' and p.deleted_at < private.now() - r.keep
    and not private.has_running_subscription(p.id) and not exists (select from private.files_of(p.id))
)
select d.id from due as d where public.account_erase(d.id);
