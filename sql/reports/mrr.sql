-- Monthly recurring revenue per currency and plan, in the smallest unit: what the last paid period of each running
-- subscription cost, a year's divided by 12. Trials and plans given for nothing have none.
table private.report_mrr;
