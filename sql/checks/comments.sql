-- Every table, view and function of ours says what it is for.
table private.check_comments;
