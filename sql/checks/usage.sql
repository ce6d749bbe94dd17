-- Usage that disagrees with the ledger or the counters: each row names the account and the problem.
table private.check_usage;
