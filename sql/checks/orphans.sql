-- Rows whose owner is gone: users without profile or settings, profiles without user, children that no constraint ties.
table private.check_orphans;
