-- ATS platform: analyses, AI generations and optimizations per day; premium raises them and the number of résumés.
-- The design states the daily counters, the tiers, and 50 analyses, 100 generations and 20 résumés for subscribers.
-- We chose the limits of the free tier, the optimizations of premium and the prices.
select private.load_catalogue($catalogue$
{
  "name": "E: ATS platform",
  "welcome_credits": 0,
  "costs": {
    "summary": null, "bullets": null, "improve": null, "skills": null, "answer": null, "outreach": null,
    "resume_import": null, "tailor": null, "cover_letter": null, "ats_scan": null, "ats_matrix": null, "match": null, "full_analysis": null, "job_extract": null, "translate": null, "full_resume": null, "interview": null
  },
  "plans": [
    {
      "slug": "free", "name": "Free", "rank": 0, "is_default": true, "max_resumes": 3,
      "limits": {
        "analysis": {"per_day": 5}, "writing": {"per_day": 10}, "optimization": {"per_day": 3}, "resume_import": {"per_day": 3}
      }
    },
    {
      "slug": "premium", "name": "Premium", "rank": 10, "max_resumes": 20, "premium_templates": true, "trial_days": 14,
      "limits": {
        "analysis": {"per_day": 50}, "writing": {"per_day": 100}, "optimization": {"per_day": 20}, "resume_import": {"per_day": 20}
      },
      "prices": [
        {"slug": "premium_monthly", "billing_interval": "month", "currency": "USD", "amount": 1200},
        {"slug": "premium_annual", "billing_interval": "year", "currency": "USD", "amount": 11500}
      ]
    }
  ]
}
$catalogue$::jsonb);
