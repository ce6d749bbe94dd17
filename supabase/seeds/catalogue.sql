-- The default catalogue: a free plan with welcome credits and two paid plans. Other products: catalogues/.
-- Amounts are in the smallest unit of the currency. Allowances are per UTC day, UTC month or lifetime; -1 is unlimited.
select private.load_catalogue($catalogue$
{
  "name": "default",
  "welcome_credits": 5,
  "costs": {
    "summary": 1, "bullets": 1, "improve": 1, "skills": 1, "answer": 1, "outreach": 1, "resume_import": 1,
    "tailor": 2, "cover_letter": 2, "ats_scan": 2, "ats_matrix": 2, "match": 2, "full_analysis": 3, "job_extract": 1, "translate": 2, "full_resume": 3, "interview": 5
  },
  "plans": [
    {
      "slug": "free", "name": "Free", "rank": 0, "is_default": true, "max_resumes": 5,
      "description": "Five welcome credits, three imports, everything else by credits.",
      "limits": {"resume_import": {"per_lifetime": 3}},
      "storage": {
        "resumes": {"rows": 25, "bytes": 5242880}, "jobs": {"rows": 200, "bytes": 5242880},
        "resume_drafts": {"rows": 25, "bytes": 5242880}, "resume_uploads": {"rows": 25, "bytes": 5242880},
        "resume_versions": {"rows": 750, "bytes": 20971520},
        "files": {"rows": 100, "bytes": 104857600}
      }
    },
    {
      "slug": "pro", "name": "Pro", "rank": 10, "monthly_credits": 50, "max_resumes": 30, "premium_templates": true, "trial_days": 7,
      "description": "Daily writing and scans, monthly letters and interviews, and 50 credits for what goes beyond.",
      "limits": {
        "writing": {"per_day": 100}, "optimization": {"per_day": 20}, "analysis": {"per_day": 50},
        "cover_letter": {"per_month": 30}, "answer": {"per_month": 60}, "outreach": {"per_month": 60},
        "resume_import": {"per_month": 30}, "interview": {"per_month": 10}
      },
      "prices": [
        {"slug": "pro_monthly", "billing_interval": "month", "currency": "USD", "amount": 1200},
        {"slug": "pro_yearly", "billing_interval": "year", "currency": "USD", "amount": 11500},
        {"slug": "pro_monthly_inr", "billing_interval": "month", "currency": "INR", "amount": 49900},
        {"slug": "pro_yearly_inr", "billing_interval": "year", "currency": "INR", "amount": 479000}
      ]
    },
    {
      "slug": "unlimited", "name": "Unlimited", "rank": 20, "premium_templates": true,
      "description": "No counting.",
      "limits": {
        "writing": {"per_month": -1}, "optimization": {"per_month": -1}, "analysis": {"per_month": -1},
        "cover_letter": {"per_month": -1}, "answer": {"per_month": -1}, "outreach": {"per_month": -1},
        "resume_import": {"per_month": -1}, "interview": {"per_month": -1}
      },
      "prices": [
        {"slug": "unlimited_monthly", "billing_interval": "month", "currency": "USD", "amount": 2900},
        {"slug": "unlimited_yearly", "billing_interval": "year", "currency": "USD", "amount": 27800},
        {"slug": "unlimited_monthly_inr", "billing_interval": "month", "currency": "INR", "amount": 129900},
        {"slug": "unlimited_yearly_inr", "billing_interval": "year", "currency": "INR", "amount": 1249000}
      ]
    }
  ],
  "packs": [
    {"slug": "pack_20", "name": "20 credits", "credits": 20, "prices": {"USD": 500, "INR": 19900}},
    {"slug": "pack_60", "name": "60 credits", "credits": 60, "prices": {"USD": 1200, "INR": 49900}},
    {"slug": "pack_200", "name": "200 credits", "credits": 200, "prices": {"USD": 3500, "INR": 149900}}
  ]
}
$catalogue$::jsonb);
