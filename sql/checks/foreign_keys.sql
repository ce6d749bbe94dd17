-- Every foreign key has an index that begins with its columns: without one, deleting a parent reads the whole child.
table private.check_foreign_keys;
