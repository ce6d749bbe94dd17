"""Every index serves a query: the query's plan contains the index.

The tables hold some thousand rows of some hundred users. Sequential scans are made expensive, so that the plan shows
which index serves the query best, however small the test tables are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from tests.database import world
from tests.database.rows import indexes_in

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

USERS = 150
ROWS_PER_USER = 20
# Owner of the nth row; owners are numbered, too.
OWNER = f"('a0000000-0000-4000-8000-' || lpad((n % {USERS})::text, 12, '0'))"
# Columns that must differ between copies of the world's row, besides id, owner and times. n is 1, 2, 3 …
DISTINCT: dict[str, str] = {
    "resumes": "'title', 'word' || n, 'status', (array['draft','published','archived'])[n % 3 + 1], 'is_draft', n % 3 = 0, "
    "'template_id', md5((n % 10)::text)::uuid, 'parent_resume_id', md5('p' || n)::uuid, 'ai_optimized_for_job_id', md5('j' || n)::uuid, "
    "'search', 'word' || n, 'content', jsonb_build_object('skills', jsonb_build_object('technical', jsonb_build_array('Skill' || n))), "
    "'deleted_at', case when n % 50 = 0 then now() - n * interval '1 hour' end",
    "resume_versions": "'resume_id', md5(n::text)::uuid, 'changed_by', md5('c' || n % 200)::uuid",
    "resume_drafts": "'resume_id', md5(n::text)::uuid, 'template_id', md5((n % 100)::text)::uuid, 'last_saved', now() - n * interval '1 minute'",
    "resume_uploads": f"'path', {OWNER} || '/' || gen_random_uuid() || '.pdf', "
    "'resume_id', md5(n::text)::uuid, 'parse_status', case when n % 100 = 0 then 'pending' else 'completed' end",
    "user_experiences": "'start_date', date '2000-01-01' + n",
    "jobs": "'search', 'word' || n, 'status', (array['saved','applied','interviewing','offered'])[n % 4 + 1], "
    "'deleted_at', case when n % 50 = 0 then now() - n * interval '1 hour' end",
    "analyses": "'resume_id', md5(n::text)::uuid, 'job_id', md5('j' || n)::uuid, 'status', (array['completed','failed','pending'])[case when n % 50 = 0 then 3 when n % 9 = 0 then 2 else 1 end]",
    "generated_documents": "'resume_id', md5(n::text)::uuid, 'job_id', md5('j' || n)::uuid",
    "interview_sessions": "'status', case when n % 50 = 0 then 'active' else 'completed' end, 'interviewer_id', md5((n % 100)::text)::uuid, "
    "'job_id', md5('j' || n)::uuid, 'resume_id', md5(n::text)::uuid",
    "interview_turns": "'session_id', md5((n / 5)::text)::uuid, 'turn_number', n",
    "interview_transcripts": f"'audio_path', {OWNER} || '/a.webm', 'session_id', md5(n::text)::uuid",
    "resume_bullets": "'role', 'role ' || n % 300, 'bullets', jsonb_build_array('bullet ' || n), 'session_id', md5(n::text)::uuid",
    "resume_generations": "'session_id', md5(n::text)::uuid, 'resume_id', md5('r' || n)::uuid, 'status', case when n % 50 = 0 then 'waiting' else 'completed' end, "
    "'idempotency_key', 'key ' || n, 'result', case when n % 50 = 1 then '{}'::jsonb end, 'retry_of', case when n % 50 = 1 then md5(n::text)::uuid end",
    "resume_downloads": "'generation_id', md5(n::text)::uuid, 'resume_id', md5('r' || n)::uuid, 'document_id', md5('d' || n)::uuid, 'format', (array['pdf','docx','latex'])[case when n % 90 = 0 then 3 else 1 end]",
    "resume_templates": "'category', 'category ' || n % 100, 'usage_count', n, 'demo_resume_id', md5(n::text)::uuid, 'based_on', md5('b' || n)::uuid",
    "feedback": "'category', (array['bug','praise'])[case when n % 90 = 0 then 1 else 2 end]",
    "system_events": "'event_type', 'event ' || n % 100",
    "audit_logs": "'action', 'action ' || n % 100, 'entity_type', 'resume', 'entity_id', md5(n::text)::uuid",
    "ai_usage": "'model', 'm', 'feature', 'feature ' || n % 50",
    "usage_events": "'idempotency_key', n::text, 'status', case when n % 50 = 0 then 'reserved' else 'committed' end",
    "usage_tracking": "'period_key', 'key ' || n",
}
ME = "a0000000-0000-4000-8000-000000000007"
# Queries of the clean-up, administrators and functions, run as the database's owner.
AS_OWNER: dict[str, str] = {
    "ai_usage_feature_date_idx": "select date, sum(estimated_cost) from public.ai_usage where feature = 'feature 7' and date >= current_date - 30 group by date",
    "analyses_created_at_idx": "select count(*) from public.analyses where created_at < now() - interval '90 days'",
    "analyses_job_id_idx": "select id from public.analyses where job_id = md5('j7')::uuid and user_id = '{me}'",
    "analyses_open_idx": "select id from public.analyses where status in ('pending', 'processing') and updated_at < now() - interval '1 hour'",
    "analyses_resume_id_idx": "select id from public.analyses where resume_id = md5('7')::uuid and user_id = '{me}'",
    "audit_logs_action_idx": "select id from public.audit_logs where action = 'action 7' order by created_at desc limit 5",
    "audit_logs_actor_id_idx": "select id from public.audit_logs where actor_id = '{me}' and actor_id <> user_id",
    "audit_logs_created_at_idx": "select id from public.audit_logs order by created_at desc limit 20",
    "audit_logs_entity_idx": "select id from public.audit_logs where entity_type = 'resume' and entity_id = md5('7')::uuid",
    "audit_logs_user_id_idx": "select id from public.audit_logs where user_id = '{me}' order by created_at desc",
    "feedback_category_idx": "select content from public.feedback where category = 'bug' order by created_at desc limit 5",
    "feedback_created_at_idx": "select * from public.feedback order by created_at desc, id desc limit 50",
    "feedback_user_created_idx": "select content from public.feedback where user_id = '{me}' order by created_at desc",
    "generated_documents_job_id_idx": "select id from public.generated_documents where job_id = md5('j7')::uuid and user_id = '{me}'",
    "generated_documents_resume_id_idx": "select id from public.generated_documents where resume_id = md5('7')::uuid and user_id = '{me}'",
    "interview_sessions_created_at_idx": "select count(*) from public.interview_sessions where created_at >= now() - interval '1 day'",
    "interview_sessions_interviewer_id_idx": "select id from public.interview_sessions where interviewer_id = md5('7')::uuid",
    "interview_sessions_job_id_idx": "select id from public.interview_sessions where job_id = md5('j7')::uuid and user_id = '{me}'",
    "interview_sessions_open_idx": "select id from public.interview_sessions where status = 'active' and updated_at < now() - interval '1 day'",
    "interview_sessions_resume_id_idx": "select id from public.interview_sessions where resume_id = md5('7')::uuid and user_id = '{me}'",
    "interview_transcripts_session_id_idx": "select id from public.interview_transcripts where session_id = md5('7')::uuid and user_id = '{me}'",
    "interview_turns_user_id_idx": "select id from public.interview_turns where user_id = '{me}'",
    "jobs_deleted_at_idx": "select id from public.jobs where deleted_at < now() - interval '30 days'",
    "jobs_search_idx": "select id from public.jobs where deleted_at is null and search @@ to_tsquery('english', 'word77')",
    "jobs_user_id_idx": "select id from public.jobs where user_id = '{me}'",
    "profiles_active_resume_id_idx": "select id from public.profiles where active_resume_id = md5('7')::uuid",
    "profiles_created_at_idx": "select id from public.profiles order by created_at desc limit 20",
    "profiles_deleted_at_idx": "select id from public.profiles where deleted_at < now() - interval '30 days'",
    "profiles_email_idx": "select id from public.profiles where lower(email) = 'user7@example.com'",
    "profiles_plan_idx": "select id from public.profiles where plan = 'plan 7' and deleted_at is null",
    "profiles_suspended_idx": "select id from public.profiles where not is_active",
    "resume_bullets_bullets_idx": "select id from public.resume_bullets where bullets ? 'bullet 77'",
    "resume_bullets_role_idx": "select id from public.resume_bullets where role = 'role 7'",
    "resume_bullets_session_id_idx": "select id from public.resume_bullets where session_id = md5('7')::uuid and user_id = '{me}'",
    "resume_downloads_document_id_idx": "select id from public.resume_downloads where document_id = md5('d7')::uuid and user_id = '{me}'",
    "resume_downloads_format_idx": "select count(*) from public.resume_downloads where format = 'latex'",
    "resume_downloads_generation_id_idx": "select id from public.resume_downloads where generation_id = md5('7')::uuid and user_id = '{me}'",
    "resume_downloads_resume_id_idx": "select id from public.resume_downloads where resume_id = md5('r7')::uuid and user_id = '{me}'",
    "resume_drafts_last_saved_idx": "select id from public.resume_drafts where last_saved < now() - interval '30 days'",
    "resume_drafts_resume_id_idx": "select id from public.resume_drafts where resume_id = md5('7')::uuid",
    "resume_drafts_template_id_idx": "select id from public.resume_drafts where template_id = md5('7')::uuid",
    "resume_generations_one_export_idx": "select from public.resume_generations where user_id = '{me}' and operation = 'account_export' and status in ('waiting', 'processing')",
    "resume_generations_key_idx": "select id from public.resume_generations where user_id = '{me}' and idempotency_key = 'key 7' and status <> 'failed'",
    "resume_generations_result_idx": "select id from public.resume_generations where result is not null and updated_at < now() - interval '1 day'",
    "resume_generations_retry_of_idx": "select id from public.resume_generations where retry_of = md5('7')::uuid and user_id = '{me}'",
    "resume_generations_created_at_idx": "select id from public.resume_generations where created_at < now() - interval '1 year'",
    "resume_generations_open_idx": "select id from public.resume_generations where status in ('waiting', 'processing') and updated_at < now() - interval '1 day'",
    "resume_generations_resume_id_idx": "select id from public.resume_generations where resume_id = md5('r7')::uuid and user_id = '{me}'",
    "resume_generations_session_id_idx": "select id from public.resume_generations where session_id = md5('7')::uuid and user_id = '{me}'",
    "resume_templates_based_on_idx": "select id from public.resume_templates where based_on = md5('b7')::uuid",
    "resume_templates_builtin_name_idx": "select id from public.resume_templates where lower(name) = 'classic' and user_id is null",
    "resume_templates_category_idx": "select id from public.resume_templates where category = 'category 7' and is_active",
    "resume_templates_demo_resume_id_idx": "select id from public.resume_templates where demo_resume_id = md5('7')::uuid",
    "resume_templates_usage_count_idx": "select id from public.resume_templates where is_active order by usage_count desc limit 10",
    "resume_templates_user_id_idx": "select id from public.resume_templates where user_id = '{me}'",
    "resume_uploads_open_idx": "select id from public.resume_uploads where parse_status = 'pending' and updated_at < now() - interval '1 hour'",
    "resume_uploads_resume_id_idx": "select id from public.resume_uploads where resume_id = md5('7')::uuid and user_id = '{me}'",
    "resume_versions_changed_by_idx": "select id from public.resume_versions where changed_by = md5('c7')::uuid",
    "resume_versions_resume_id_idx": "select id from public.resume_versions where resume_id = md5('7')::uuid and user_id = '{me}'",
    "resumes_deleted_at_idx": "select id from public.resumes where deleted_at < now() - interval '30 days'",
    "resumes_job_idx": "select id from public.resumes where ai_optimized_for_job_id = md5('j7')::uuid and user_id = '{me}'",
    "resumes_parent_resume_id_idx": "select id from public.resumes where parent_resume_id = md5('p7')::uuid and user_id = '{me}'",
    "resumes_status_idx": "select count(*) from public.resumes where status = 'archived' and deleted_at is null",
    "resumes_template_id_idx": "select count(*) from public.resumes where template_id = md5('7')::uuid",
    "resumes_user_id_idx": "select id from public.resumes where user_id = '{me}'",
    "system_events_created_at_idx": "select id from public.system_events order by created_at desc limit 20",
    "system_events_type_idx": "select id from public.system_events where event_type = 'event 7' order by created_at desc limit 5",
    "system_events_user_id_idx": "select id from public.system_events where user_id = '{me}' order by created_at desc",
    "usage_events_created_at_idx": "select count(*) from public.usage_events where created_at < now() - interval '1 year'",
    "usage_tracking_period_idx": "select count(*) from public.usage_tracking where period_key = 'key 7'",
    "usage_tracking_quota_group_idx": "select count(*) from public.usage_tracking where quota_group = 'another'",
}
# Queries of a signed-in user's pages, with row level security.
AS_USER: dict[str, str] = {
    "ai_usage_user_date_idx": "select sum(estimated_cost) from public.ai_usage where user_id = '{me}' and date = current_date",
    "analyses_dashboard_idx": "select id, score from public.analyses where user_id = '{me}' order by created_at desc limit 5",
    "generated_documents_dashboard_idx": "select id, title from public.generated_documents where user_id = '{me}' order by created_at desc limit 5",
    "interview_sessions_dashboard_idx": "select id, score from public.interview_sessions where user_id = '{me}' order by created_at desc limit 5",
    "interview_transcripts_user_id_idx": "select id from public.interview_transcripts where user_id = '{me}' order by created_at desc limit 5",
    "interview_turns_session_id_idx": "select message from public.interview_turns where session_id = md5('7')::uuid and user_id = '{me}'",
    "jobs_dashboard_idx": "select id, title from public.jobs where user_id = '{me}' order by updated_at desc limit 5",
    "jobs_user_created_idx": "select id, title from public.jobs where user_id = '{me}' order by created_at desc limit 5",
    "jobs_resume_id_idx": "select id from public.jobs where resume_id = md5('7')::uuid and user_id = '{me}'",
    "jobs_user_status_idx": "select id, title from public.jobs where user_id = '{me}' and status = 'applied'",
    "resume_bullets_dashboard_idx": "select bullets from public.resume_bullets where user_id = '{me}' order by created_at desc limit 5",
    "resume_downloads_file_idx": "select id from public.resume_downloads where user_id = '{me}' and file_path = '{me}/7.pdf'",
    "resume_downloads_user_created_idx": "select id from public.resume_downloads where user_id = '{me}' order by created_at desc limit 5",
    "resume_drafts_user_id_resume_id_key": "select content from public.resume_drafts where user_id = '{me}'",
    "resume_generations_dashboard_idx": "select id, status from public.resume_generations where user_id = '{me}' order by created_at desc limit 5",
    "resume_uploads_dashboard_idx": "select id, path from public.resume_uploads where user_id = '{me}' order by created_at desc limit 5",
    "resume_versions_resume_id_version_number_key": "select version_number, change_type from public.resume_versions where resume_id = md5('7')::uuid order by version_number desc",
    "resume_versions_user_id_idx": "select resume_id from public.resume_versions where user_id = '{me}' order by created_at desc limit 5",
    "resumes_dashboard_idx": "select id, title from public.resumes where user_id = '{me}' order by updated_at desc limit 5",
    "resumes_user_created_idx": "select id, title from public.resumes where user_id = '{me}' order by created_at desc limit 5",
    "usage_events_user_reserved_idx": "select id from public.usage_events where user_id = '{me}' order by reserved_at desc limit 5",
    "user_experiences_user_id_idx": "select company from public.user_experiences where user_id = '{me}' order by start_date desc limit 5",
}
# Explained in test_query_plans_billing.py.
ELSEWHERE = (
    "credit_", "operations_", "payments_", "plan_", "plans_", "storage_limits_", "subscriptions_", "user_credits_",
)  # fmt: skip


def copy_rows(connection: psycopg.Connection[Any], table: str, owner: uuid.UUID, distinct: str | None = None) -> None:
    """Multiply the world's row of a table over many users and days; `distinct` is what differs, by default DISTINCT's."""
    columns = {
        row["attname"]
        for row in connection.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
            (f"public.{table}",),
        )
    }
    changes = [f"'user_id', {OWNER}::uuid"]
    changes += ["'id', gen_random_uuid()"] if "id" in columns else []
    for column in ("created_at", "updated_at"):
        changes += [f"'{column}', now() - n * interval '20 minutes'"] if column in columns else []
    changes += [distinct or DISTINCT[table]]
    names = sql.SQL(", ").join(map(sql.Identifier, sorted(columns)))
    connection.execute(
        sql.SQL(
            "insert into public.{table} ({names}) select {picked} from public.{table} as t cross join generate_series(1, {rows}) as n "
            "cross join lateral jsonb_populate_record(null::public.{table}, to_jsonb(t) || jsonb_build_object({changes})) as r "
            "where t.user_id = {owner}"
        ).format(
            table=sql.Identifier(table),
            names=names,
            picked=sql.SQL(", ").join(sql.Identifier("r", name) for name in sorted(columns)),
            changes=sql.SQL(", ".join(changes)),
            rows=sql.Literal(USERS * ROWS_PER_USER),
            owner=sql.Literal(owner),
        )
    )


@pytest.fixture(scope="module")
def filled(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=False, row_factory=dict_row) as connection:
        # All of it is rolled back.
        row = connection.execute(
            "insert into auth.users (id, email) values (gen_random_uuid(), 'plans@example.com') returning id"
        ).fetchone()
        assert row is not None
        world.build(connection, row["id"])
        connection.execute("set session_replication_role = replica")
        connection.execute(
            "insert into public.profiles (id, email, plan, created_at, deleted_at, active_resume_id) "
            "select ('a0000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'user' || n || '@example.com', 'plan ' || n % 50, "
            "now() - n * interval '1 hour', case when n % 20 = 0 then now() - n * interval '1 day' end, md5(n::text)::uuid "
            "from generate_series(0, 2000) as n"
        )
        for table in DISTINCT:
            copy_rows(connection, table, row["id"])
            connection.execute(sql.SQL("analyze public.{}").format(sql.Identifier(table)))
        connection.execute("analyze public.profiles")
        connection.execute("set session_replication_role = origin")
        connection.execute("set enable_seqscan = off")
        yield connection
        connection.rollback()


def explain(connection: psycopg.Connection[Any], query: str, role: str) -> set[str]:
    """The indexes that a query uses under a role."""
    connection.execute("savepoint before")
    try:
        connection.execute("select set_config('request.jwt.claim.sub', %s, true)", (ME,))
        connection.execute(
            "select set_config('request.jwt.claims', %s, true)", (json.dumps({"sub": ME, "role": role}),)
        )
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        row = connection.execute("explain (format json) " + query.format(me=ME)).fetchone()
        assert row is not None
        found = indexes_in(row["QUERY PLAN"][0]["Plan"])
    finally:
        connection.execute("rollback to before")
    parents = connection.execute(
        "select c.relname as part, p.relname as whole from pg_inherits as i join pg_class as c on c.oid = i.inhrelid "
        "join pg_class as p on p.oid = i.inhparent where p.relkind = 'I'"
    )
    return found | {row["whole"] for row in parents if row["part"] in found}


@pytest.mark.parametrize("index", sorted(AS_OWNER))
def test_index_serves_the_server(filled: psycopg.Connection[Any], index: str) -> None:
    assert index in explain(filled, AS_OWNER[index], "postgres")


@pytest.mark.parametrize("index", sorted(AS_USER))
def test_index_serves_a_user_through_row_level_security(filled: psycopg.Connection[Any], index: str) -> None:
    assert index in explain(filled, AS_USER[index], "authenticated")


def test_usage_of_a_feature_is_found_by_its_days(filled: psycopg.Connection[Any]) -> None:
    report = "select count(*) from public.usage_events where operation_type = 'summary' and created_at >= now() - interval '2 days'"
    assert "usage_events_created_at_idx" in explain(filled, report, "postgres")


def test_no_index_repeats_another(filled: psycopg.Connection[Any]) -> None:
    rows = filled.execute(
        "select a.indexrelid::regclass::text as more, b.indexrelid::regclass::text as less from pg_index as a "
        "join pg_class as c on c.oid = a.indexrelid and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) "
        "join pg_index as b on b.indrelid = a.indrelid and b.indexrelid <> a.indexrelid "
        "and b.indkey::text = a.indkey::text and b.indoption::text = a.indoption::text and b.indclass::text = a.indclass::text "
        "and coalesce(pg_get_expr(b.indexprs, b.indrelid), '') = coalesce(pg_get_expr(a.indexprs, a.indrelid), '') "
        "where not a.indisunique and pg_get_expr(b.indpred, b.indrelid) is not distinct from pg_get_expr(a.indpred, a.indrelid)"
    ).fetchall()
    assert rows == []


def test_no_unique_pair_is_there_without_a_reference_to_it(filled: psycopg.Connection[Any]) -> None:
    rows = filled.execute(
        "select u.conrelid::regclass::text as name from pg_constraint as u "
        "where u.contype = 'u' and u.conrelid::regclass::text not like 'auth.%%' "
        # Unique for no other reason than to be referenced: the first column is the primary key.
        "and exists (select from pg_constraint as p where p.conrelid = u.conrelid and p.contype = 'p' and p.conkey = u.conkey[1:1]) "
        "and not exists (select from pg_constraint as f where f.contype = 'f' and f.confrelid = u.conrelid and f.conindid = u.conindid)"
    ).fetchall()
    assert rows == []


def test_no_index_is_forgotten(filled: psycopg.Connection[Any]) -> None:
    rows = filled.execute(
        "select i.indexname from pg_indexes as i where i.schemaname = 'public' "
        "and not exists (select from pg_constraint as k where k.conname = i.indexname)"
    )
    names = {row["indexname"] for row in rows}
    ours = {name for name in names if not name.startswith(ELSEWHERE)}
    assert ours == (AS_OWNER.keys() | AS_USER.keys()) & names
    assert AS_OWNER.keys() <= names
