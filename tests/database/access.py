"""Who may do what with whose row, and who may write which column: the expectations, all in one place.

`MATRIX` has, per relation of `public` and per actor, four letters for select, insert, update and delete of a row that
belongs to `owner` (or to nobody). The verb's own letter says that it works, `.` that for this actor the row is not
there, `x` that the actor is refused. `insert` is the owner's own row as a whole, so for others it is a forged one.

`WRITABLE` has the columns that a signed-in client may insert and update. Where it is all of them, the stock client's
upsert sends rows as it read them, and a trigger keeps what is not the client's (see `test_resumes.py` and its likes).
"""

from __future__ import annotations

ACTORS = ("anon", "owner", "other", "admin", "service")

MATRIX: dict[str, tuple[str, str, str, str, str]] = {
    "admin_users": ("xxxx", ".xxx", ".xxx", "sxxx", "siud"),
    "ai_usage": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "analyses": ("xxxx", "sixd", ".xx.", "sxx.", "siud"),
    "audit_logs": ("xxxx", ".xxx", ".xxx", "sxxx", "sixx"),
    "billing_customers": ("xxxx", "sxxx", ".xxx", "sxxx", "siud"),
    "credit_grants": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "credit_pack_prices": ("sxxx", "sxxx", "sxxx", "sxxx", "siud"),
    "credit_packs": ("sxxx", "sxxx", "sxxx", "sxxx", "siud"),
    "credit_summary": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "credit_transactions": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "feedback": ("xxxx", "siud", ".x..", "sx..", "siud"),
    "generated_documents": ("xxxx", "siud", ".x..", "sx..", "siud"),
    "global_config": ("xxxx", "xxxx", "xxxx", "xxxx", "siud"),
    "interview_sessions": ("xxxx", "sxxd", ".xx.", "sxx.", "siud"),
    "interview_transcripts": ("xxxx", "sxxd", ".xx.", "sxx.", "siud"),
    "interview_turns": ("xxxx", "sxxx", ".xxx", "sxxx", "siud"),
    "interviewers": ("sxxx", "sxxx", "sxxx", "sxxx", "siud"),
    "jobs": ("xxxx", "siud", ".x..", "sx..", "siud"),
    "operations": ("sxxx", "sxxx", "sxxx", "sxxx", "siud"),
    "payments": ("xxxx", "sxxx", ".xxx", "sxxx", "siud"),
    "plan_limits": ("sxxx", "sxxx", "sxxx", "sxxx", "siud"),
    "plan_prices": ("sxxx", "sxxx", "sxxx", "sxxx", "siud"),
    "plans": ("sxxx", "sxxx", "sxxx", "sxxx", "siud"),
    "profiles": ("xxxx", "siux", ".x.x", "sx.x", "siud"),
    "quota_groups": ("sxxx", "sxxx", "sxxx", "sxxx", "siud"),
    "resume_bullets": ("xxxx", "siud", ".x..", "sx..", "siud"),
    "resume_downloads": ("xxxx", "sixd", ".xx.", "sxx.", "siud"),
    "resume_drafts": ("xxxx", "siud", ".x..", "sx..", "siud"),
    "resume_generations": ("xxxx", "sxxd", ".xx.", "sxx.", "siud"),
    "resume_sections": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "resume_templates": (".xxx", "siud", ".x..", "sx..", "siud"),
    "resume_uploads": ("xxxx", "siud", ".x..", "sx..", "siud"),
    "resume_versions": ("xxxx", "sxxx", ".xxx", "sxxx", "siud"),
    "resumes": ("xxxx", "siud", ".x..", "sx..", "siud"),
    "subscriptions": ("xxxx", "sxxx", ".xxx", "sxxx", "siud"),
    "system_events": ("xxxx", ".xxx", ".xxx", "sxxx", "sixx"),
    "tier_limits": ("xxxx", "xxxx", "xxxx", "xxxx", "sxxx"),
    "token_balances": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "token_transactions": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "usage_events": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "usage_tracking": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "user_credits": ("xxxx", "sxxx", ".xxx", "sxxx", "sxxx"),
    "user_experiences": ("xxxx", "siud", ".x..", "sx..", "siud"),
    "user_setting_pairs": ("xxxx", "siud", ".x..", "sx..", "siud"),
    "user_settings": ("xxxx", "siux", ".x.x", "sx.x", "siud"),
}

_PROFILE = [
    "active_resume_id",
    "avatar_url",
    "bio",
    "company",
    "first_name",
    "full_name",
    "github",
    "id",
    "job_title",
    "last_name",
    "linkedin",
    "location",
    "phone",
    "preferred_ai_provider",
    "website",
]
_TEMPLATE = ["category", "description", "design", "id", "is_active", "name", "preview_path", "type", "user_id"]

WRITABLE: dict[str, dict[str, str | list[str]]] = {
    "analyses": {"insert": "all"},
    "feedback": {"insert": "all", "update": "all"},
    "generated_documents": {"insert": "all", "update": "all"},
    "jobs": {"insert": "all", "update": "all"},
    "profiles": {"insert": _PROFILE, "update": _PROFILE},
    "resume_bullets": {"insert": "all", "update": "all"},
    "resume_downloads": {"insert": "all"},
    "resume_drafts": {"insert": "all", "update": "all"},
    "resume_templates": {"insert": _TEMPLATE, "update": _TEMPLATE},
    "resume_uploads": {"insert": "all", "update": "all"},
    "resumes": {"insert": "all", "update": "all"},
    "user_experiences": {"insert": "all", "update": "all"},
    "user_setting_pairs": {"insert": "all", "update": "all"},
    "user_settings": {"insert": "all", "update": "all"},
}
