-- Job tracker: five operations counted per tier, for life on free and per month on pro. The design states the tiers,
-- the operations, one credit each and the two kinds of period. We chose the numbers and prices.
select private.load_catalogue($catalogue$
{
  "name": "C: job tracker",
  "welcome_credits": 0,
  "costs": {
    "summary": null, "bullets": null, "improve": null, "skills": null, "answer": null, "outreach": null,
    "resume_import": null, "tailor": null, "cover_letter": null, "ats_scan": null, "ats_matrix": null, "match": null, "full_analysis": null, "job_extract": null, "translate": null, "full_resume": null, "interview": null
  },
  "plans": [
    {
      "slug": "free", "name": "Free", "rank": 0, "is_default": true,
      "limits": {
        "resume_import": {"per_lifetime": 2}, "analysis": {"per_lifetime": 5}, "cover_letter": {"per_lifetime": 3},
        "answer": {"per_lifetime": 5}, "outreach": {"per_lifetime": 5}
      }
    },
    {
      "slug": "pro", "name": "Pro", "rank": 10, "premium_templates": true,
      "limits": {
        "resume_import": {"per_month": 20}, "analysis": {"per_month": 100}, "cover_letter": {"per_month": 50},
        "answer": {"per_month": 100}, "outreach": {"per_month": 100}
      },
      "prices": [{"slug": "pro_monthly", "billing_interval": "month", "currency": "USD", "amount": 1500}]
    },
    {
      "slug": "unlimited", "name": "Unlimited", "rank": 20, "premium_templates": true,
      "limits": {
        "resume_import": {"per_month": -1}, "analysis": {"per_month": -1}, "cover_letter": {"per_month": -1},
        "answer": {"per_month": -1}, "outreach": {"per_month": -1}
      },
      "prices": [{"slug": "unlimited_monthly", "billing_interval": "month", "currency": "USD", "amount": 2900}]
    }
  ]
}
$catalogue$::jsonb);
