"""`make deploy` with stand-ins for both clouds: moto and a local Postgres, step by step and again."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from deploy import __main__ as deployment
from deploy import preflight, secrets, settings, supabase
from local import cluster, migrate
from local.postgres import Postgres
from local.processes import free_port
from local.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REF = "abcdefghijklmnopqrst"
FILLED = {
    "project_ref": REF,
    "supabase_url": f"https://{REF}.supabase.co",
    "publishable_key": "sb_publishable_" + "a" * 31,
    "site_url": "https://app.example.com",
    "redirect_urls": ["https://app.example.com/**"],
    "ai_provider": "offline",
    "smtp_host": "smtp.example.com",
    "smtp_user": "resend",
    "smtp_sender": "hello@example.com",
    "smtp_sender_name": "Résumés",
}


def config(**changes: Any) -> settings.Settings:
    return settings.Settings.model_validate(settings.load("dev").model_dump() | FILLED | changes)


@pytest.fixture(scope="module")
def empty() -> Iterator[str]:
    """URL of a database as a new hosted project has it, before its first migration."""
    with scratch() as folder:
        postgres = Postgres(folder, port=free_port(), password="secret-of-the-database", throwaway=True)
        try:
            cluster.make_from_template(postgres)
            yield postgres.url
        finally:
            postgres.stop()


@pytest.fixture
def plan(aws: Callable[[str], Any], empty: str) -> preflight.Plan:
    return preflight.Plan("dev", config(), empty, aws)


def fill(plan: preflight.Plan) -> None:
    given = {"SUPABASE_SECRET_KEY": "sb_secret_" + "a" * 31, "SMTP_PASSWORD": "a-password"}
    secrets.store(secrets.Vault("dev", plan.client), given, plan.config)


def test_preflight_says_all_that_is_missing(
    plan: preflight.Plan, aws: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "uncommitted", lambda _: [])
    bare = preflight.Plan("dev", settings.load("dev"), "", aws)
    found = "\n".join(preflight.complaints(bare))
    for each in ("projectRef is empty", "SUPABASE_DB_URL is not set", "SUPABASE_SECRET_KEY is missing", "no AI key"):
        assert each in found
    fill(plan)
    assert preflight.complaints(plan) == []
    assert "123456789012" in preflight.account(plan)


class Stand:
    """AWS with a stack whose topic has one subscription."""

    def __init__(self, subscription: str) -> None:
        self.subscription = subscription

    def describe_stacks(self, **_: str) -> dict[str, Any]:
        outputs = [{"OutputKey": "AlarmTopicArn", "OutputValue": "arn:aws:sns:eu-central-1:1:alarms"}]
        return {"Stacks": [{"StackName": "resumebase-dev", "Outputs": outputs}]}

    def list_subscriptions_by_topic(self, **_: str) -> dict[str, Any]:
        return {"Subscriptions": [{"SubscriptionArn": self.subscription}]}


def test_alarms_need_somebody_who_receives_them() -> None:
    def of(subscription: str, **changes: Any) -> list[str]:
        return preflight.subscribers(preflight.Plan("dev", config(**changes), "", lambda _: Stand(subscription)))

    watched = {"alarms": True, "alarm_email": "on-call@example.com"}
    assert "on-call@example.com" in of("PendingConfirmation", **watched)[0]
    assert of("arn:aws:sns:eu-central-1:1:alarms:2", **watched) == []
    assert of("PendingConfirmation") == []


def test_a_foreign_database_or_region_is_refused(aws: Callable[[str], Any]) -> None:
    def of(url: str) -> list[str]:
        return preflight.database(preflight.Plan("dev", config(), url, aws))

    pooler = f"postgresql://postgres.{REF}:x@aws-0-eu-central-1.pooler.supabase.com:5432/postgres"
    assert of(pooler) == []
    assert "not that of the project" in of(pooler.replace(REF, "b" * 20))[0]
    assert "set region" in of(pooler.replace("eu-central-1", "us-east-1"))[0]
    assert "transaction pooler" in of(pooler.replace("5432", "6543"))[0]
    assert of(f"postgresql://postgres:x@db.{REF}.supabase.co:5432/postgres") == []


def test_more_than_the_quota_is_refused() -> None:
    class Quotas:
        def get_service_quota(self, **_: str) -> dict[str, Any]:
            return {"Quota": {"Value": 10.0}}

    def of(*, reserved: bool) -> list[str]:
        return preflight.quota(preflight.Plan("dev", config(reserved_concurrency=reserved), "", lambda _: Quotas()))

    assert of(reserved=False) == []
    (found,) = of(reserved=True)
    assert f"allows 10 concurrent executions, and this stage needs {preflight.reserved() + 100}" in found


def test_the_schema_arrives_once_and_the_password_is_not_shown(
    plan: preflight.Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    deploy = deployment.Deployment(plan, yes=True)
    deploy.run("schema")
    first = capsys.readouterr().out
    assert "20261121000000_foundation.sql" in first
    assert first.rstrip().endswith("applied")
    deploy.run("schema")
    again = capsys.readouterr().out
    assert again.rstrip().endswith("up to date")
    assert "secret-of-the-database" not in first + again
    with psycopg.connect(plan.database_url) as connection:
        row = connection.execute("select count(*) from supabase_migrations.schema_migrations").fetchone()
        assert row == (len(migrate.migrations()),)
        assert connection.execute("show lock_timeout").fetchone() == ("0",)
    for _ in range(2):
        deploy.run("catalogue")
    assert "files" in capsys.readouterr().out


STAND_INS = """
create schema vault;
create table vault.secrets (id uuid primary key default gen_random_uuid(), name text unique, secret text);
create view vault.decrypted_secrets as select id, name, secret as decrypted_secret from vault.secrets;
create function vault.create_secret(p_secret text, p_name text) returns uuid language sql as
  $$ insert into vault.secrets (name, secret) values (p_name, p_secret) returning id $$;
create function vault.update_secret(p_id uuid, p_secret text) returns void language sql as
  $$ update vault.secrets set secret = p_secret where id = p_id $$;
create schema net;
create table net.sent (url text, body jsonb, headers jsonb);
create function net.http_post(url text, body jsonb, headers jsonb, timeout_milliseconds integer) returns bigint
language sql as $$ insert into net.sent values (url, body, headers) returning 1::bigint $$;
"""


def test_the_database_announces_profiles(plan: preflight.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Vault and pg_net are Supabase's; their functions have these names and parameters."""
    deployment.Deployment(plan, yes=True).run("schema")
    text = supabase.WEBHOOK.read_text().replace("create extension if not exists pg_net;", "")

    class File:
        def read_bytes(self) -> bytes:
            return text.encode()

    monkeypatch.setattr(supabase, "WEBHOOK", File())
    with psycopg.connect(plan.database_url, autocommit=True) as connection:
        connection.execute(STAND_INS)
        for secret in ("old", "new"):
            supabase.announce_profiles(plan.database_url, "https://api.example.com", secret)
        connection.execute(
            "insert into auth.users (id, aud, role, email) values (gen_random_uuid(), 'a', 'a', 'a@example.com')"
        )
        sent = connection.execute(
            "select url, body ->> 'table', body -> 'record' ->> 'email', headers ->> 'authorization' from net.sent"
        )
        assert set(sent.fetchall()) == {
            ("https://api.example.com/functions/v1/signup/provision", "profiles", "a@example.com", "Bearer new")
        }
        # What the checks of the schema ask of every function holds for these, too.
        for name in ("function_privileges", "comments", "pinned_search_path"):
            found = connection.execute((migrate.ROOT / "sql" / "checks" / f"{name}.sql").read_bytes()).fetchall()
            assert [row for row in found if "announce" in str(row) or "vault" in str(row)] == []
        connection.execute("drop function net.http_post")
        connection.execute(
            "insert into auth.users (id, aud, role, email) values (gen_random_uuid(), 'a', 'a', 'b@example.com')"
        )
        connection.execute("drop schema net cascade; drop schema vault cascade")


def test_the_configuration_has_no_hook_before_the_functions_answer(plan: preflight.Plan) -> None:
    for hook in ("", "https://api.example.com/functions/v1/signup/hook"):
        text = supabase.configuration("dev", plan.config, hook)
        remote = tomllib.loads(text)["remotes"]["dev"]
        assert remote["project_id"] == REF
        assert remote["auth"]["site_url"] == "https://app.example.com"
        assert remote["auth"]["email"]["smtp"]["pass"] == "env(SMTP_PASSWORD)"
        assert ("hook" in remote["auth"]) is bool(hook)
        # The CLI reads the file, too.
        folder = supabase.write_configuration("dev", plan.config, hook)
        result = migrate.run_cli(
            "migration", "list", f"--remote={plan.database_url}", folder=folder, env={"SMTP_PASSWORD": "x"}
        )
        assert result.returncode == 0, result.stdout + result.stderr


def test_nothing_is_applied_without_an_answer(plan: preflight.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    deployment.Deployment(plan, yes=True).run("schema")
    with psycopg.connect(plan.database_url, autocommit=True) as connection:
        connection.execute("delete from supabase_migrations.schema_migrations where version = '20261121009000'")
    monkeypatch.setattr("builtins.input", lambda _: "")
    with pytest.raises(deployment.DeploymentError, match="not changed"):
        deployment.Deployment(plan).run("schema")


def test_the_password_of_the_database_is_no_argument(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def run(command: list[str], **options: Any) -> None:
        seen.update(arguments=[str(each) for each in command], env=options["env"])

    monkeypatch.setattr("subprocess.run", run)
    migrate.run_cli("db", "push", "--remote=postgresql://postgres.abc:p%40ss@db.example.com:5432/postgres")
    assert "--remote=postgresql://postgres.abc@db.example.com:5432/postgres" in seen["arguments"]
    assert "p%40ss" not in "".join(seen["arguments"])
    assert seen["env"]["PGPASSWORD"] == "p@ss"
