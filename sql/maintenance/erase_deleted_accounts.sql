-- By hand what the clean-up does daily: erases accounts whose time to come back is over, without files (those go first,
-- through the storage API) and without a subscription that still runs at its provider. What must outlive them (ledger,
-- payments, audit) has no foreign key to them.
with due as materialized (
  select p.id
  from public.profiles as p, private.retention_policies as r
  where
    r.data_type = 'deleted_accounts' and p.deleted_at < private.now() - r.keep
    and not private.has_running_subscription(p.id) and not exists (select from private.files_of(p.id))
)
select d.id from due as d where public.account_erase(d.id);
