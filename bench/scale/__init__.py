"""A generated population: users, résumés, versions, jobs, analyses and usage in realistic proportions.

`python -m bench.scale --factor 1` writes 10,000 users with 30,000 résumés, 150,000 versions, 50,000 jobs, 100,000
analyses and 500,000 model calls, with a matching ledger, in one transaction.
"""
