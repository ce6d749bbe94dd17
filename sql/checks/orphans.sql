-- Rows without their owner: users without profile or settings, profiles without user, children that no constraint ties.
table private.check_orphans;
