-- Usage against the books and the counters: every row says what is wrong with whose. No row: they agree.
table private.check_usage;
