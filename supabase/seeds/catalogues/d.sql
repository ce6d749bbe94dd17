-- Token ledger: tokens pay for everything. The design states that a scan costs 10, an interview 25, and a balance
-- starts at 0. We chose the other costs, the packs and their prices.
select private.load_catalogue($catalogue$
{
  "name": "D: tokens",
  "welcome_credits": 0,
  "costs": {
    "summary": 5, "bullets": 5, "improve": 5, "skills": 5, "answer": 5, "outreach": 5, "resume_import": 5,
    "tailor": 10, "cover_letter": 10, "ats_scan": 10, "ats_matrix": 10, "match": 10, "full_analysis": 10, "job_extract": 5, "translate": 10, "full_resume": 10, "interview": 25
  },
  "plans": [{"slug": "free", "name": "Tokens", "rank": 0, "is_default": true}],
  "packs": [
    {"slug": "tokens_100", "name": "100 tokens", "credits": 100, "prices": {"USD": 500}},
    {"slug": "tokens_500", "name": "500 tokens", "credits": 500, "prices": {"USD": 2000}}
  ]
}
$catalogue$::jsonb);
