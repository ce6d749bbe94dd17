-- Views show a caller what the caller may see.
table private.check_views;
