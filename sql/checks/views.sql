-- Views run with the caller's rights.
table private.check_views;
