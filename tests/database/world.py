"""One user with a row in every table of `public`, for the access matrix and the attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.types.json import Jsonb

if TYPE_CHECKING:
    import uuid

    import psycopg

DESIGN = {
    "layout": "single-column",
    "fonts": {"heading": "Lato", "body": "Lato"},
    "colors": {"primary": "#112233"},
    "sectionOrder": ["summary"],
    "spacing": {"margins": "1in"},
}

# Columns of the owner's row besides user_id, by table, in an order that satisfies references. A name in braces is the id
# of the earlier row in that table. None: sign-up creates the row. Tables in NOBODYS contain rows of the catalogues.
ROWS: dict[str, dict[str, Any] | None] = {
    "profiles": None,
    "user_settings": None,
    "user_credits": None,
    "user_setting_pairs": {"setting_key": "editor", "setting_value": Jsonb({"zoom": 2})},
    "resume_templates": {"name": "Mine", "type": "custom", "design": Jsonb(DESIGN)},
    "resumes": {"title": "Mine", "content": Jsonb({"summary": "secret words"})},
    "resume_versions": {"resume_id": "{resumes}", "version_number": 7, "title": "x", "content": Jsonb({})},
    "resume_drafts": {"resume_id": "{resumes}", "content": Jsonb({})},
    "resume_uploads": {"file_name": "cv.pdf", "path": "{owner}/00000000-0000-4000-8000-000000000000.pdf"},
    "user_experiences": {"company": "Acme", "position": "Engineer"},
    "jobs": {"title": "Engineer", "description": "secret words"},
    "analyses": {"resume_id": "{resumes}", "analysis_type": "ats_score"},
    "generated_documents": {"document_type": "answer", "content": "secret words"},
    "interview_sessions": {"session_type": "chat"},
    "interview_turns": {"session_id": "{interview_sessions}", "speaker": "user", "message": "x"},
    "interview_transcripts": {"audio_path": "{owner}/a.webm", "transcript_text": "x"},
    "resume_bullets": {"question": "q", "transcript": "t", "bullets": Jsonb(["b"])},
    "resume_generations": {"operation": "resume_export", "status": "completed"},
    "resume_downloads": {"format": "pdf", "generation_id": "{resume_generations}"},
    "feedback": {"content": "It works well."},
    "system_events": {"event_type": "test"},
    "audit_logs": {"action": "test"},
    "ai_usage": {"feature": "summary", "provider": "offline"},
    "usage_events": {
        "operation_type": "summary",
        "quota_group": "generations",
        "idempotency_key": "k",
        "request_hash": "h",
        "funding": "credits",
        "period_type": "monthly",
        "period_key": "2026-11",
        "expires_at": "2030-01-01",
        "status": "committed",
    },
    "usage_tracking": {"quota_group": "{quota_group}", "period_type": "lifetime", "period_key": "lifetime"},
    "credit_grants": {"source": "adjustment", "grant_key": "world:{owner}", "amount": 1, "remaining": 1},
    "credit_transactions": {"seq": 99, "amount": 1, "balance_after": 1, "kind": "adjustment"},
    "billing_customers": {"provider": "stripe", "provider_customer_id": "cus_{owner}"},
    "subscriptions": {"provider": "manual", "plan": "{plan}", "status": "expired"},
    "payments": {
        "provider": "stripe",
        "provider_reference": "pi_{owner}",
        "amount": 1,
        "currency": "EUR",
        "status": "failed",
    },
}
NOBODYS = {
    "admin_users",
    "credit_pack_prices",
    "credit_packs",
    "global_config",
    "interviewers",
    "operations",
    "plan_limits",
    "plan_prices",
    "plans",
    "premium_designs",
    "quota_groups",
    "storage_limits",
}


def build(connection: psycopg.Connection[Any], owner: uuid.UUID) -> None:
    """Insert a row of the owner into every table, without triggers and foreign keys, as the superuser.

    Raises
    ------
    KeyError
        A table of `public` is in neither `ROWS` nor `NOBODYS`.
    """
    placeholders: dict[str, Any] = {"owner": owner}
    for name, query in (
        ("plan", "select slug from public.plans order by rank limit 1"),
        ("quota_group", "select slug from public.quota_groups limit 1"),
    ):
        row = connection.execute(query).fetchone()
        placeholders[name] = row[name if name in row else "slug"] if row else ""
    connection.execute("set session_replication_role = replica")
    try:
        for table, columns in ROWS.items():
            if columns is None:
                continue
            values = {
                "user_id": owner,
                **{
                    name: value.format(**placeholders) if isinstance(value, str) else value
                    for name, value in columns.items()
                },
            }
            row = connection.execute(
                sql.SQL("insert into public.{} ({}) values ({}) returning *").format(
                    sql.Identifier(table),
                    sql.SQL(", ").join(map(sql.Identifier, values)),
                    sql.SQL(", ").join(sql.Placeholder() * len(values)),
                ),
                list(values.values()),
            ).fetchone()
            placeholders[table] = row.get("id") if row else None
    finally:
        connection.execute("set session_replication_role = origin")


def clear(connection: psycopg.Connection[Any], owner: uuid.UUID) -> None:
    """Delete the owner's rows, so that the invariants hold after the tests."""
    connection.execute("set session_replication_role = replica")
    try:
        for table in reversed(ROWS):
            column = "id" if table == "profiles" else "user_id"
            connection.execute(
                sql.SQL("delete from public.{} where {} = %s").format(sql.Identifier(table), sql.Identifier(column)),
                (owner,),
            )
        connection.execute("delete from auth.users where id = %s", (owner,))
    finally:
        connection.execute("set session_replication_role = origin")
