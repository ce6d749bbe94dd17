-- Every function of ours runs with an empty search_path, so that nobody can put another object in a name's place.
table private.check_pinned_search_path;
