-- Interview coach: interviews and cover letters per month by plan, no credits. The design states interviews
-- 1 / 10 / 30 / unlimited, cover letters 0 / 0 / 3 / unlimited, and neither without a plan. We chose the prices.
select private.load_catalogue($catalogue$
{
  "name": "B: interview coach",
  "welcome_credits": 0,
  "costs": {
    "summary": null, "bullets": null, "improve": null, "skills": null, "answer": null, "outreach": null,
    "resume_import": null, "tailor": null, "cover_letter": null, "ats_scan": null, "ats_matrix": null, "match": null, "full_analysis": null, "job_extract": null, "translate": null, "full_resume": null, "interview": null
  },
  "plans": [
    {
      "slug": "free", "name": "No plan", "rank": 0, "is_default": true,
      "limits": {"interview": {"per_month": 0}, "cover_letter": {"per_month": 0}}
    },
    {
      "slug": "starter", "name": "Starter", "rank": 10,
      "limits": {
        "interview": {"per_month": 1}, "cover_letter": {"per_month": 0},
        "writing": {"per_month": -1}, "analysis": {"per_month": -1}, "resume_import": {"per_month": -1}
      },
      "prices": [{"slug": "starter_monthly", "billing_interval": "month", "currency": "USD", "amount": 900}]
    },
    {
      "slug": "pro", "name": "Pro", "rank": 20, "premium_templates": true,
      "limits": {
        "interview": {"per_month": 10}, "cover_letter": {"per_month": 0},
        "writing": {"per_month": -1}, "analysis": {"per_month": -1}, "resume_import": {"per_month": -1}
      },
      "prices": [{"slug": "pro_monthly", "billing_interval": "month", "currency": "USD", "amount": 1900}]
    },
    {
      "slug": "career", "name": "Career", "rank": 30, "premium_templates": true,
      "limits": {
        "interview": {"per_month": 30}, "cover_letter": {"per_month": 3},
        "writing": {"per_month": -1}, "analysis": {"per_month": -1}, "resume_import": {"per_month": -1}
      },
      "prices": [{"slug": "career_monthly", "billing_interval": "month", "currency": "USD", "amount": 3900}]
    },
    {
      "slug": "coach", "name": "Coach", "rank": 40, "premium_templates": true,
      "limits": {
        "interview": {"per_month": -1}, "cover_letter": {"per_month": -1},
        "writing": {"per_month": -1}, "analysis": {"per_month": -1}, "resume_import": {"per_month": -1}
      },
      "prices": [{"slug": "coach_monthly", "billing_interval": "month", "currency": "USD", "amount": 9900}]
    }
  ]
}
$catalogue$::jsonb);
