-- Orphaned rows: users without a profile or settings, profiles without a user, children without a foreign key.
table private.check_orphans;
