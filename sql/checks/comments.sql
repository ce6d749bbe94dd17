-- Every table, view and function has a comment.
table private.check_comments;
