-- Compares usage with the books and the counters. Each row names an account and what is wrong; no row means that they agree.
table private.check_usage;
