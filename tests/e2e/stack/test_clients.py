"""The stock Supabase clients on the local stack: what works, and what the API roles may not do."""

from __future__ import annotations

import json
import subprocess
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest
from storage3.exceptions import StorageApiError

from supabase import Client, create_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from local.stack import Stack

PASSWORD = "a long enough password"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def sign_up(stack: Stack) -> Callable[..., Client]:
    def _sign_up(**metadata: str) -> Client:
        client = create_client(stack.url, stack.publishable_key)
        email = f"{uuid.uuid4().hex}@example.com"
        client.auth.sign_up({"email": email, "password": PASSWORD, "options": {"data": metadata}})
        return client

    return _sign_up


def user_id(client: Client) -> str:
    answer = client.auth.get_user()
    assert answer is not None
    return answer.user.id


def test_sign_up_sign_in_and_refresh(stack: Stack) -> None:
    client = create_client(stack.url, stack.publishable_key)
    credentials: Any = {"email": f"{uuid.uuid4().hex}@example.com", "password": PASSWORD}
    signed_up = client.auth.sign_up(credentials | {"options": {"data": {"full_name": "Ada Lovelace"}}})
    signed_in = client.auth.sign_in_with_password(credentials)
    refreshed = client.auth.refresh_session()
    assert signed_up.user is not None
    assert signed_in.user is not None
    assert signed_in.user.id == signed_up.user.id
    assert signed_in.user.user_metadata["full_name"] == "Ada Lovelace"
    for session in (signed_up.session, signed_in.session, refreshed.session):
        assert session is not None
        claims = jwt.decode(
            session.access_token,
            stack.jwt_secret,
            algorithms=["HS256"],
            audience="authenticated",
            issuer=f"{stack.url}/auth/v1",
        )
        assert claims["sub"] == signed_up.user.id
        assert claims["role"] == "authenticated"
        assert claims["user_metadata"]["full_name"] == "Ada Lovelace"
        assert claims["is_anonymous"] is False


def test_metadata_reaches_the_trigger_as_an_object(sign_up: Callable[..., Client]) -> None:
    client = sign_up(full_name="Grace Hopper")
    assert client.table("profiles").select("full_name").execute().data == [{"full_name": "Grace Hopper"}]


def test_rows_of_other_users_are_out_of_reach(sign_up: Callable[..., Client]) -> None:
    mine, other = sign_up(), sign_up()
    others_id = user_id(other)
    assert mine.table("profiles").select("id").eq("id", others_id).execute().data == []
    assert mine.table("profiles").update({"bio": "taken over"}).eq("id", others_id).execute().data == []


def test_requests_leave_column_privileges_as_the_migrations_set_them(
    sign_up: Callable[..., Client], connect: Callable[[], Any]
) -> None:
    client = sign_up()
    client.table("profiles").select("id").execute()
    granted = connect().execute(
        "select has_table_privilege('authenticated', 'public.profiles', 'update') as whole_row, "
        "has_column_privilege('authenticated', 'public.profiles', 'plan', 'update') as plan, "
        "has_column_privilege('authenticated', 'public.profiles', 'bio', 'update') as bio, "
        "has_table_privilege('anon', 'public.profiles', 'select') as anon_reads"
    )
    assert granted.fetchone() == {"whole_row": False, "plan": False, "bio": True, "anon_reads": False}


@pytest.mark.parametrize("headers", [{}, {"apikey": "sb_secret_guessed"}])
def test_requests_without_a_valid_key_are_refused(stack: Stack, headers: dict[str, str]) -> None:
    assert httpx.get(f"{stack.url}/rest/v1/profiles", headers=headers).status_code == 401


def test_the_private_schema_is_not_exposed(stack: Stack) -> None:
    headers = {"apikey": stack.secret_key, "Accept-Profile": "private"}
    assert httpx.get(f"{stack.url}/rest/v1/fingerprint_key", headers=headers).status_code == 406


def test_browsers_of_any_origin_may_call(stack: Stack) -> None:
    headers = {
        "Origin": "https://app.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "apikey,authorization,content-type,x-client-info",
    }
    for path in ("/rest/v1/profiles", "/auth/v1/signup", "/storage/v1/object/x/y"):
        answer = httpx.options(stack.url + path, headers=headers)
        assert answer.status_code in {200, 204}, path
        assert answer.headers["access-control-allow-origin"] in {"*", "https://app.example"}, path
        allowed = answer.headers["access-control-allow-headers"].lower()
        assert "apikey" in allowed, path
        assert "authorization" in allowed, path
    for path in ("/rest/v1/profiles", "/auth/v1/settings"):
        got = httpx.get(stack.url + path, headers={"Origin": "https://app.example", "apikey": stack.publishable_key})
        assert got.headers["access-control-allow-origin"] in {"*", "https://app.example"}, path


@pytest.mark.parametrize("alias", ["GENERATE_SUMMARY", "GENERATE_BULLETS", "IMPROVE_BULLET"])
def test_the_other_names_of_operations_work(sign_up: Callable[..., Client], alias: str) -> None:
    client = sign_up(full_name="Grace Hopper")
    content = {
        "summary": "Engineer.",
        "experience": [{"title": "Engineer", "company": "Navy", "bullets": ["Wrote a compiler"]}],
    }
    resume: Any = client.table("resumes").insert({"title": "Mine", "content": content}).execute().data
    bodies: dict[str, Any] = {
        "GENERATE_SUMMARY": {"resume_id": resume[0]["id"]},
        "GENERATE_BULLETS": {"input": {"notes": "I was responsible for writing 4 compilers."}},
        "IMPROVE_BULLET": {"input": {"text": "I was responsible for writing 4 compilers."}},
    }
    answer: Any = client.functions.invoke("generate", {"body": {"operation": alias, **bodies[alias]}})
    slug = {"GENERATE_SUMMARY": "summary", "GENERATE_BULLETS": "bullets", "IMPROVE_BULLET": "improve"}[alias]
    assert json.loads(answer)["receipt"]["operation"] == slug
    # The stack of the tests has no model, so the free writer answers.
    events: Any = client.table("usage_events").select("operation_type, credits_used").execute().data
    assert events == [{"operation_type": slug, "credits_used": 0}]


@pytest.fixture
def bucket(connect: Callable[[], Any]) -> Iterator[str]:
    """A private bucket where each user owns the folder of their id."""
    name = f"test-{uuid.uuid4().hex[:8]}"
    connection = connect()
    connection.execute(
        "insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) "
        "values (%s, %s, false, 1000, '{text/plain}')",
        (name, name),
    )
    rule = f"bucket_id = '{name}' and (storage.foldername(name))[1] = (select auth.uid())::text"
    connection.execute(f'create policy "{name}" on storage.objects to authenticated using ({rule}) with check ({rule})')
    yield name
    connection.execute(f'drop policy "{name}" on storage.objects')
    connection.execute("delete from storage.objects where bucket_id = %s", (name,))
    connection.execute("delete from storage.buckets where id = %s", (name,))


def test_own_files_can_be_stored_read_replaced_and_removed(sign_up: Callable[..., Client], bucket: str) -> None:
    client = sign_up()
    files, path = client.storage.from_(bucket), f"{user_id(client)}/résumé ü.txt"
    files.upload(path, "grüße".encode(), {"content-type": "text/plain"})
    assert files.download(path).decode() == "grüße"
    files.upload(path, b"second", {"content-type": "text/plain", "upsert": "true"})
    assert files.download(path) == b"second"
    url = files.create_signed_url(path, 60)["signedURL"]
    assert url is not None
    signed = httpx.get(url)
    assert (signed.content, signed.headers["content-type"]) == (b"second", "text/plain")
    files.remove([path])
    with pytest.raises(StorageApiError, match="not found"):
        files.download(path)


def test_files_of_other_users_are_out_of_reach(sign_up: Callable[..., Client], bucket: str) -> None:
    owner, other = sign_up(), sign_up()
    path = f"{user_id(owner)}/mine.txt"
    owner.storage.from_(bucket).upload(path, b"mine", {"content-type": "text/plain"})
    theirs = other.storage.from_(bucket)
    with pytest.raises(StorageApiError, match="not found"):
        theirs.download(path)
    with pytest.raises(StorageApiError, match="row-level security"):
        theirs.upload(f"{user_id(owner)}/planted.txt", b"x", {"content-type": "text/plain"})
    theirs.remove([path])
    assert owner.storage.from_(bucket).download(path) == b"mine"


@pytest.mark.parametrize(("body", "kind"), [(b"x" * 1001, "text/plain"), (b"x", "text/html")])
def test_limits_of_a_bucket_apply(sign_up: Callable[..., Client], bucket: str, body: bytes, kind: str) -> None:
    client = sign_up()
    with pytest.raises(StorageApiError, match=r"maximum allowed size|not supported"):
        client.storage.from_(bucket).upload(f"{user_id(client)}/a", body, {"content-type": kind})


def test_supabase_js_works_unchanged(stack: Stack, bucket: str) -> None:
    script = Path(__file__).with_name("clients.mjs")
    result = subprocess.run(
        ["node", script, stack.url, stack.publishable_key, bucket],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == {
        "full_name": "Ada Lovelace",
        "bio": "Wrote the first program.",
        "plan_refused": "42501",
        "stored": "hello",
        "signed": "hello",
        "signed_out": True,
    }
