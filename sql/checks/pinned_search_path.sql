-- Every function runs with an empty search_path, so that a caller cannot substitute another object for a name.
table private.check_pinned_search_path;
