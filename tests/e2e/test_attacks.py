"""Attacks of a signed-in client over the real API, with the stock client and with hand-made requests."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from postgrest.exceptions import APIError
from storage3.exceptions import StorageApiError

from supabase import create_client
from tests.database.access import FUNCTIONS
from tests.e2e.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.stack import Stack
    from tests.database.rows import Connect

SECRET = "zanzibar"  # a word that only the victim's rows contain


@pytest.fixture(scope="module")
def victim(stack: Stack) -> Person:
    """A user whose résumé, job and draft contain the secret word."""
    person = Person(stack)
    content = {"personalInfo": {"name": SECRET}, "summary": SECRET, "skills": {"technical": [SECRET]}}
    resume: Any = (
        person.client.table("resumes")
        .insert({"title": SECRET, "content": content, "is_public": True})
        .execute()
        .data[0]
    )
    person.client.table("jobs").insert({"title": SECRET, "description": SECRET}).execute()
    person.client.table("resume_drafts").insert({"resume_id": resume["id"], "content": {"a": SECRET}}).execute()
    person.client.table("profiles").update({"bio": SECRET, "active_resume_id": resume["id"]}).eq(
        "id", person.id
    ).execute()
    person.client.table("feedback").insert({"content": f"{SECRET} {SECRET}"}).execute()
    person.client.storage.from_("resumes").upload(
        f"{person.id}/cv.pdf", b"%PDF-" + SECRET.encode(), {"content-type": "application/pdf"}
    )
    return person


@pytest.fixture(scope="module")
def thief(stack: Stack, victim: Person) -> Person:
    """Another user, who attacks."""
    assert victim.id
    return Person(stack)


@pytest.fixture
def api(stack: Stack) -> Iterator[httpx.Client]:
    """Requests by hand."""
    with httpx.Client(base_url=f"{stack.url}/rest/v1") as client:
        yield client


# reading ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "resumes?select=*",
        "resumes?select=*,profiles(*)",
        "resumes?select=*,resume_versions(*),resume_drafts(*)",
        "profiles?select=*,resumes!resumes_user_id_fkey(*),jobs(*),feedback(*)",
        "profiles?select=id,resumes!resumes_user_id_fkey!inner(id)&resumes.title=eq.zanzibar",
        "resume_templates?select=*,resumes!resumes_template_id_fkey(*)",
        "resume_templates?select=slug,resumes!resumes_template_id_fkey(count)",
        "resume_sections?select=*",
        "resume_versions?select=*",
        "resume_drafts?select=*",
        "jobs?select=*,profiles(*)",
        "resumes?select=id&search=wfts(english).zanzibar",
        "resumes?select=id&extracted_text=ilike.*zanzibar*",
        "resumes?select=id&content-%3E%3Esummary=eq.zanzibar",
        "jobs?select=id&search=wfts(english).zanzibar",
        "credit_summary?select=*",
        "token_balances?select=*",
        "token_transactions?select=*",
        "usage_events?select=*",
        "feedback?select=*",
    ],
)
def test_no_query_shows_the_victims_rows(api: httpx.Client, victim: Person, thief: Person, query: str) -> None:
    answer = api.get(query, headers=thief.headers)
    # A refused query is fine, too. Only an answer that contains the secret is a failure.
    assert SECRET not in answer.text
    assert victim.id not in answer.text
    if "count" in query:
        assert all(row["resumes"] == [{"count": 0}] for row in answer.json())


def test_the_victim_can_see_the_rows_that_the_thief_cannot(api: httpx.Client, victim: Person) -> None:
    # Otherwise the test above would pass on an empty database.
    for query in (
        "resumes?select=*,profiles!resumes_user_id_fkey(*)",
        "resume_sections?select=*",
        "jobs?select=id&search=wfts(english).zanzibar",
    ):
        answer = api.get(query, headers=victim.headers)
        assert answer.status_code == 200, answer.text
        assert answer.json() != []


@pytest.mark.parametrize("table", ["resumes", "jobs", "profiles", "resume_sections", "audit_logs", "usage_events"])
def test_a_visitor_reads_nothing(api: httpx.Client, stack: Stack, table: str) -> None:
    answer = api.get(table, headers={"apikey": stack.publishable_key})
    assert answer.status_code in {401, 403}, answer.text


@pytest.mark.parametrize("name", ["resume_search", "job_search"])
def test_search_functions_find_own_rows_only(victim: Person, thief: Person, name: str) -> None:
    assert thief.client.rpc(name, {"query": SECRET}).execute().data == []
    assert victim.client.rpc(name, {"query": SECRET}).execute().data != []


@pytest.mark.parametrize("profile", ["private", "auth", "storage", "supabase_migrations"])
def test_other_schemas_are_not_exposed(api: httpx.Client, thief: Person, profile: str) -> None:
    answer = api.get("users", headers={**thief.headers, "Accept-Profile": profile})
    assert answer.status_code in {404, 406}


def test_partitions_are_not_exposed(api: httpx.Client, connect: Connect, thief: Person) -> None:
    rows = connect().execute(
        "select c.relname from pg_inherits as i join pg_class as c on c.oid = i.inhrelid where c.relkind = 'r'"
    )
    names = [row["relname"] for row in rows]
    assert names
    for name in names:
        assert api.get(name, headers=thief.headers).status_code == 404


def test_rows_in_the_bin_cannot_be_reached(victim: Person, thief: Person) -> None:
    made: Any = victim.client.table("resumes").insert({"title": "binned"}).execute().data[0]
    victim.client.rpc("resume_delete", {"id": made["id"]}).execute()
    for person in (victim, thief):
        assert person.client.table("resumes").select("id").eq("id", made["id"]).execute().data == []
        assert person.client.table("resumes").update({"title": "x"}).eq("id", made["id"]).execute().data == []
    assert thief.client.rpc("bin_list", {}).execute().data == []
    with pytest.raises(APIError) as refusal:
        victim.client.table("resumes").upsert({"id": made["id"], "user_id": victim.id, "title": "back"}).execute()
    assert refusal.value.code == "42501"


# writing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("profiles", {"plan": "coach"}),
        ("profiles", {"subscription_status": "active"}),
        ("profiles", {"email_verified": True}),
        ("profiles", {"is_active": True}),
        ("user_credits", {"balance": 1_000_000}),
        ("usage_tracking", {"used": 0}),
        ("usage_events", {"status": "released"}),
        ("credit_grants", {"remaining": 1_000_000}),
        ("subscriptions", {"plan": "coach", "status": "active"}),
        ("plans", {"max_resumes": -1}),
        ("plan_limits", {"per_month": -1}),
        ("operations", {"default_cost": 0}),
        ("resume_versions", {"content": {}}),
        ("interview_sessions", {"max_turns": 400}),
        ("resume_generations", {"status": "completed"}),
        ("analyses", {"analysis_type": "ats_score", "status": "completed", "score": 100}),
        ("analyses", {"analysis_type": "ats_score", "ai_provider": "made up", "credits_used": 0}),
        ("generated_documents", {"document_type": "answer", "content": "x", "usage_id": str(uuid.uuid4())}),
        ("resume_downloads", {"format": "pdf"}),
        ("resume_uploads", {"file_name": "x", "path": "x", "parsed_data": {}}),
        ("resume_uploads", {"file_name": "x", "path": "x", "parse_status": "completed"}),
        ("resume_bullets", {"question": "q", "transcript": "t", "bullets": []}),
        ("admin_users", {"role": "super_admin"}),
        ("global_config", {"value": {}}),
    ],
)
def test_nobody_upgrades_themselves(api: httpx.Client, thief: Person, table: str, values: dict[str, Any]) -> None:
    key = "id" if table == "profiles" else "user_id"
    for answer in (
        api.patch(f"{table}?{key}=eq.{thief.id}", json=values, headers=thief.headers),
        api.patch(f"{table}?created_at=gt.2000-01-01", json=values, headers=thief.headers),
        api.post(table, json={key: thief.id, **values}, headers=thief.headers),
        api.post(
            table, json={key: thief.id, **values}, headers={**thief.headers, "Prefer": "resolution=merge-duplicates"}
        ),
    ):
        # 400: the table has no such column to filter by. In either case, nothing is written.
        assert answer.status_code in {400, 403}, f"{answer.request.method} {answer.text}"


def test_rows_cannot_be_forged_by_insert_update_or_upsert(connect: Connect, victim: Person, thief: Person) -> None:
    stolen = {"user_id": victim.id, "title": "forged"}
    own: Any = thief.client.table("resumes").insert({"title": "own"}).execute().data[0]
    target: Any = victim.client.table("resumes").select("*").eq("title", SECRET).execute().data[0]
    attempts: list[Any] = [
        lambda: thief.client.table("resumes").insert(stolen).execute(),
        lambda: thief.client.table("resumes").update({"user_id": victim.id}).eq("id", own["id"]).execute(),
        lambda: thief.client.table("resumes").upsert({**own, "user_id": victim.id}).execute(),
        lambda: thief.client.table("resumes").upsert({**target, "title": "forged"}).execute(),
        lambda: thief.client.table("resumes").upsert({**target, "user_id": thief.id, "title": "forged"}).execute(),
        lambda: thief.client.table("jobs").insert({"user_id": victim.id, "title": "forged"}).execute(),
        lambda: thief.client.table("feedback").insert({"user_id": victim.id, "content": "forged feedback"}).execute(),
    ]
    for attempt in attempts:
        with pytest.raises(APIError) as refusal:
            attempt()
        assert refusal.value.code == "42501"
    assert connect().execute("select from public.resumes where title = 'forged'").fetchall() == []
    assert connect().execute("select user_id::text from public.resumes where id = %s", (target["id"],)).fetchone() == {
        "user_id": victim.id
    }


def test_the_stock_clients_upsert_of_a_whole_row_works(victim: Person) -> None:
    row: Any = victim.client.table("resumes").select("*").eq("title", SECRET).execute().data[0]
    saved: Any = victim.client.table("resumes").upsert({**row, "content": {"summary": SECRET}}).execute().data[0]
    assert saved["version"] == row["version"] + 1
    with pytest.raises(APIError) as refusal:
        victim.client.table("resumes").upsert({**row, "content": {"summary": "stale"}}).execute()
    assert refusal.value.message == "version_conflict"


def test_references_do_not_reach_into_the_victims_rows(victim: Person, thief: Person) -> None:
    resume: Any = victim.client.table("resumes").select("id").eq("title", SECRET).execute().data[0]
    job: Any = victim.client.table("jobs").select("id").execute().data[0]
    attempts: list[Any] = [
        ("resumes", {"parent_resume_id": resume["id"]}),
        ("resumes", {"ai_optimized_for_job_id": job["id"]}),
        ("resume_drafts", {"resume_id": resume["id"]}),
    ]
    for table, values in attempts:
        with pytest.raises(APIError) as refusal:
            thief.client.table(table).insert(values).execute()
        assert refusal.value.code == "23503", table


# functions -------------------------------------------------------------------------------------------------------


def test_every_function_has_its_callers(connect: Connect) -> None:
    rows = connect().execute(
        "select p.proname as name, coalesce(string_agg(r.role, ' ' order by r.role), '') as roles from pg_proc as p "
        "left join (values ('anon'), ('authenticated'), ('service_role')) as r (role) "
        "on has_function_privilege(r.role, p.oid, 'execute') where p.pronamespace = 'public'::regnamespace group by p.oid"
    )
    assert {row["name"]: row["roles"] for row in rows} == FUNCTIONS


@pytest.mark.parametrize(
    "name", sorted(name for name, roles in FUNCTIONS.items() if "authenticated" not in roles.split())
)
def test_functions_of_the_secret_key_are_refused(connect: Connect, api: httpx.Client, thief: Person, name: str) -> None:
    arguments = (
        connect()
        .execute(
            "select coalesce(jsonb_object_agg(a.name, null), '{}') as names from pg_proc as p "
            "cross join unnest(p.proargnames[1:p.pronargs]) as a (name) "
            "where p.pronamespace = 'public'::regnamespace and p.proname = %s",
            (name,),
        )
        .fetchone()["names"]
    )
    answer = api.post(f"rpc/{name}", json=arguments, headers=thief.headers)
    assert answer.status_code in {401, 403, 404}, answer.text


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("resume_save", {"base_version": 1, "content": {}}),
        ("resume_restore", {"version_number": 1}),
        ("resume_delete", {}),
        ("resume_delete", {"permanently": True}),
        ("resume_undelete", {}),
        ("resume_share_password", {"password": "x" * 40}),
        ("resume_download_hit", {}),
        ("job_delete", {}),
        ("job_undelete", {}),
    ],
)
def test_functions_of_users_do_not_touch_the_victims_rows(
    victim: Person, thief: Person, name: str, arguments: dict[str, Any]
) -> None:
    table = "jobs" if name.startswith("job") else "resumes"
    row: Any = victim.client.table(table).select("id").execute().data[0]
    with pytest.raises(APIError) as refusal:
        thief.client.rpc(name, {"id": row["id"], **arguments}).execute()
    assert refusal.value.code == "PT404"
    assert victim.client.table(table).select("id").eq("id", row["id"]).execute().data == [row]


# storage ---------------------------------------------------------------------------------------------------------


def test_the_victims_files_are_out_of_reach(victim: Person, thief: Person) -> None:
    path = f"{victim.id}/cv.pdf"
    bucket = thief.client.storage.from_("resumes")
    for attempt in (
        lambda: bucket.download(path),
        lambda: bucket.upload(path, b"%PDF-", {"content-type": "application/pdf", "upsert": "true"}),
        lambda: bucket.upload(f"{victim.id}/new.pdf", b"%PDF-", {"content-type": "application/pdf"}),
        lambda: bucket.move(path, f"{thief.id}/cv.pdf"),
        lambda: bucket.copy(path, f"{thief.id}/cv.pdf"),
    ):
        with pytest.raises(StorageApiError):
            attempt()
    assert bucket.list(victim.id) == []
    bucket.remove([path])
    assert SECRET.encode() in victim.client.storage.from_("resumes").download(path)


def test_the_audit_log_does_not_believe_the_client(connect: Connect, api: httpx.Client, thief: Person) -> None:
    made: Any = thief.client.table("resumes").insert({"title": "x"}).execute().data[0]
    for name in ("X-Forwarded-For", "CF-Connecting-IP"):
        headers = {**thief.headers, name: "6.6.6.6"}
        answer = api.post("rpc/resume_delete", json={"id": made["id"]}, headers=headers)
        assert answer.status_code == 204, answer.text
        api.post("rpc/resume_undelete", json={"id": made["id"]}, headers=headers)
    rows = connect().execute(
        "select distinct ip_address::text as ip from public.audit_logs where user_id = %s", (thief.id,)
    )
    assert {row["ip"] for row in rows} - {None} == {"127.0.0.1/32"}


def test_a_premium_design_is_not_embedded_for_free(api: httpx.Client, stack: Stack, thief: Person) -> None:
    query = "resume_templates?select=slug,is_premium,design,premium_designs(design)&is_premium=is.true"
    rows = api.get(query, headers=thief.headers).json()
    assert len(rows) == 2
    assert all(row["design"] is None and not row["premium_designs"] for row in rows)
    assert api.get("premium_designs", headers={"apikey": stack.publishable_key}).status_code in {401, 403}


def test_exports_are_read_only(stack: Stack, thief: Person) -> None:
    path = f"{thief.id}/cv.pdf"
    kind: Any = {"content-type": "application/pdf"}
    service = create_client(stack.url, stack.secret_key)
    service.storage.from_("exports").upload(path, b"%PDF-ours", kind)
    bucket = thief.client.storage.from_("exports")
    for attempt in (
        lambda: bucket.upload(f"{thief.id}/own.pdf", b"%PDF-", kind),
        lambda: bucket.upload(path, b"%PDF-forged", cast("Any", {**kind, "upsert": "true"})),
        lambda: bucket.move(path, f"{thief.id}/moved.pdf"),
        lambda: bucket.copy(path, f"{thief.id}/copied.pdf"),
    ):
        with pytest.raises(StorageApiError):
            attempt()
    bucket.remove([path])
    assert bucket.download(path) == b"%PDF-ours"


def test_a_query_that_burns_time_is_cancelled(stack: Stack, api: httpx.Client) -> None:
    burner = Person(stack)
    words = " ".join(f"w{n:x}" for n in range(16_000))
    burner.client.table("jobs").insert({"title": "j", "description": words}).execute()
    asked = {"select": "id", "description": r"match.(w|w0|[0-9a-w ]+)+(\1)+$"}
    answer = api.get("/jobs", params=asked, headers=burner.headers, timeout=60)
    # PostgREST answers 57014; lite has one code for all that it does not know.
    assert answer.status_code == 500
    assert "statement timeout" in answer.text
