-- Accounts whose balance, lots and movements disagree: each row names the account and the problem.
table private.check_ledger;
