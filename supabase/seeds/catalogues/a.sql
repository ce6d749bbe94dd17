-- Résumé generator: every AI operation costs one credit, new users get five, and premium adds credits every month.
-- The design states the five credits and the two plan names. We chose the prices and the monthly credits.
select private.load_catalogue($catalogue$
{
  "name": "A: résumé generator",
  "welcome_credits": 5,
  "costs": {
    "summary": 1, "bullets": 1, "improve": 1, "skills": 1, "answer": 1, "outreach": 1, "resume_import": 1,
    "tailor": 1, "cover_letter": 1, "ats_scan": 1, "ats_matrix": 1, "match": 1, "full_analysis": 1, "job_extract": 1, "translate": 1, "full_resume": 1, "interview": 1
  },
  "plans": [
    {"slug": "free", "name": "Free", "rank": 0, "is_default": true},
    {
      "slug": "pro", "name": "Pro", "rank": 10, "monthly_credits": 100, "premium_templates": true,
      "prices": [
        {"slug": "monthly-pro", "billing_interval": "month", "currency": "INR", "amount": 49900},
        {"slug": "yearly-pro", "billing_interval": "year", "currency": "INR", "amount": 479000}
      ]
    }
  ]
}
$catalogue$::jsonb);
