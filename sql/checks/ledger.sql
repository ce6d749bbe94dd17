-- The books: every row says what is wrong with whose. No row: they balance.
table private.check_ledger;
