"""Settings name missing variables; the wiring builds, keeps and replaces parts."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from functions._shared import wiring
from functions._shared.settings import MissingSetting, Settings
from functions._shared.wiring import voice

ROOT = Path(__file__).resolve().parents[3]


def test_a_missing_setting_is_named() -> None:
    empty = Settings({"SUPABASE_URL": ""})
    for read, name in (
        (lambda: empty.supabase_url, "SUPABASE_URL"),
        (lambda: empty.jwks_url, "SUPABASE_URL"),
        (lambda: empty.secret_key, "SUPABASE_SECRET_KEY"),
        (lambda: empty.publishable_key, "SUPABASE_PUBLISHABLE_KEY"),
        (lambda: empty.rotating_secret("HOOK"), "HOOK"),
    ):
        with pytest.raises(MissingSetting, match=name):
            read()
    assert empty.jwt_secret is None


def test_defaults_follow_the_project() -> None:
    project = Settings({"SUPABASE_URL": "https://x.supabase.co/"})
    assert project.jwt_issuer == "https://x.supabase.co/auth/v1"
    assert project.jwks_url == "https://x.supabase.co/auth/v1/.well-known/jwks.json"
    assert (project.jwt_audience, project.cors_origins, project.request_seconds) == ("authenticated", ("*",), 29.0)


def test_secrets_are_not_shown_and_not_weak() -> None:
    leaky = Settings({"SUPABASE_SECRET_KEY": "hunter2", "SUPABASE_JWT_SECRET": "short"})
    assert "hunter2" not in repr(leaky)
    with pytest.raises(ValueError, match="SUPABASE_JWT_SECRET") as refusal:
        _ = leaky.jwt_secret
    assert "short" not in str(refusal.value).replace("shorter", "")


def test_secrets_can_come_from_elsewhere() -> None:
    vault = Settings({"SUPABASE_SECRET_KEY": "plain"}, read_secret={"SUPABASE_SECRET_KEY": "stored"}.get)
    assert vault.secret_key == "stored"
    with pytest.raises(MissingSetting):
        vault.secret("OTHER")


def test_overrides_end_and_nest() -> None:
    one, two = Settings({"N": "1"}), Settings({"N": "2"})
    with wiring.override(settings=one):
        with wiring.override(settings=two):
            assert wiring.settings() is two
        assert wiring.settings() is one
        with pytest.raises(TypeError, match="setings"):
            wiring.override(setings=two).__enter__()
        assert wiring.settings() is one


def test_clients_are_built_once_per_event_loop() -> None:
    async def clients() -> list[object]:
        return [wiring.http(), wiring.http()]

    with wiring.override():
        first, second = asyncio.run(clients()), asyncio.run(clients())
    assert first[0] is first[1]
    assert first[0] is not second[0]


def test_a_rotated_secret_rebuilds_parts_but_not_connections() -> None:
    rotations = 0
    rotating = Settings(
        {"SUPABASE_URL": "http://project.test", "SUPABASE_SECRET_KEY": "k"}, count_changes=lambda: rotations
    )

    async def parts() -> tuple[object, object, object]:
        return wiring.http(), wiring.ledger(), wiring.settings()

    async def run() -> None:
        nonlocal rotations
        first, second = await parts(), await parts()
        rotations = 1
        third, fourth = await parts(), await parts()
        assert first == second
        assert third == fourth
        assert (third[0], third[2]) == (first[0], first[2])
        assert third[1] is not first[1]

    with wiring.override(settings=rotating):
        asyncio.run(run())


def test_settings_and_archive_outlive_the_event_loop(tmp_path: Path) -> None:
    async def parts() -> tuple[object, object]:
        wiring.http()
        return wiring.settings(), wiring.archive()

    with wiring.override(settings=Settings({"RESUMEBASE_ARCHIVE_FOLDER": str(tmp_path)})):
        first, second = asyncio.run(parts()), asyncio.run(parts())
    assert all(one is other for one, other in zip(first, second, strict=True))


def test_every_part_can_be_replaced_by_its_name() -> None:
    names = {
        "settings", "http", "tokens", "ledger", "model", "rows", "signups", "housekeeping", "archive",
        "payment_books", "razorpay", "stripe", "hooks", "receipts", "models", "admin_desk", "answer_cache", "verification",
        "provider_keys", "rate_limiter", "queue", "tasks", "files", "downloads", "resumes", "document_reader",
        "thumbnails", "interviews", "shares", "share_pages", "audio_inspector", "transcriber",
    }  # fmt: skip
    with wiring.override(**dict.fromkeys(names, "replacement")):
        parameterless = names - {"rows"}
        assert {getattr(voice if hasattr(voice, name) else wiring, name)() for name in parameterless} == {"replacement"}
        assert wiring._parts.names == names
    with wiring.override(rows=str.upper):
        assert wiring.rows("caller") == "CALLER"  # type: ignore[arg-type,comparison-overlap]


def test_a_handler_imports_nothing_heavy() -> None:
    """Heavy packages are imported by the first request that needs them."""
    program = (
        "import sys\n"
        "from functions._shared.edge import FunctionApp\n"
        "handler = FunctionApp('bare', summary='').lambda_handler()\n"
        "import functions._shared.flows.metered\n"
        "heavy = {'httpx', 'postgrest', 'supabase', 'jwt', 'cryptography', 'aws_lambda_powertools', 'boto3',\n"
        "         'fastapi', 'google.genai', 'openai', 'anthropic', 'stripe', 'razorpay', 'requests', 'yarl'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
