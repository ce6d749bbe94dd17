"""`make secrets` on an account simulated by moto: both stores, no value on any output, and forms that vendors issue."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from deploy import secrets, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GIVEN = {
    "SUPABASE_SECRET_KEY": "sb_secret_" + "a" * 31,
    "GEMINI_API_KEY": "AIza" + "b" * 35,
    "STRIPE_SECRET_KEY": "sk_test_" + "c" * 30,
    "STRIPE_WEBHOOK_SECRET": "whsec_" + "d" * 32,
}
DEV = settings.load("dev")


@pytest.fixture
def run(aws: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """`run(*arguments, given={…})`: the command with an empty account at first."""
    aws("ssm")

    def _run(*arguments: str, given: dict[str, str] | None = None, text: str | None = None) -> int:
        lines = text or "".join(f"{name}={value}\n" for name, value in (given or {}).items())
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        return secrets.main(["dev", *arguments])

    return _run


def test_ours_are_made_and_the_others_read(run: Callable[..., int], aws: Callable[[str], Any], capsys: Any) -> None:
    assert run(given=GIVEN) == 0
    known = secrets.Vault("dev", aws).read()
    assert GIVEN.items() <= known.items()
    # No key for CloudFront and no secret for Razorpay, which this stage does not have.
    assert set(known) - set(GIVEN) == {
        *("AUTH_HOOK_SECRET", "CLEANUP_SECRET", "DATABASE_WEBHOOK_SECRET", "PROVIDER_KEYS_SECRET")
    }
    assert not any(secrets.misshapen(name, value) for name, value in known.items())
    assert known["AUTH_HOOK_SECRET"].startswith("v1,whsec_")
    printed = "".join(capsys.readouterr())
    assert not [name for name, value in known.items() if value in printed]
    (parameter,) = aws("ssm").describe_parameters(
        ParameterFilters=[{"Key": "Name", "Values": ["/resumebase/dev/gemini-api-key"]}]
    )["Parameters"]
    assert parameter["Type"] == "SecureString"


def test_a_second_run_changes_only_what_is_given(run: Callable[..., int], aws: Callable[[str], Any]) -> None:
    run(given=GIVEN)
    before = secrets.Vault("dev", aws).read()
    other = {"OPENAI_API_KEY": "sk-proj-" + "e" * 40}
    assert run(given=other) == 0
    assert secrets.Vault("dev", aws).read() == before | other


def test_a_rotation_keeps_the_previous_secret(run: Callable[..., int], aws: Callable[[str], Any]) -> None:
    run("--rotate", "EDGE_KEY", given=GIVEN)
    vault = secrets.Vault("dev", aws)
    old = vault.read()
    run("--rotate", "CLEANUP_SECRET", "EDGE_KEY")
    place = vault.places["CLEANUP_SECRET"][1]
    assert vault.version(place, "AWSPREVIOUS") is not None
    assert vault.version(place, "AWSPREVIOUS")[0] == old["CLEANUP_SECRET"]  # type: ignore[index]
    edge = vault.edge_settings()
    assert len(edge["edgeKeyHashes"].split(",")) == 2
    assert edge["edgeKeyVersion"] == vault.version(vault.places["EDGE_KEY"][1])[1]  # type: ignore[index]
    changed = {name for name, value in vault.read().items() if value != old[name]}
    assert changed == {"CLEANUP_SECRET", "EDGE_KEY"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUPABASE_SECRET_KEY", "sb_publishable_" + "a" * 31),
        ("STRIPE_WEBHOOK_SECRET", json.dumps({"secret": "whsec_" + "a" * 32})),
        ("OPENAI_API_KEY", '"sk-' + "a" * 40 + '"'),
        ("AUTH_HOOK_SECRET", "whsec_" + "a" * 44),
        ("REDIS_URL", "redis://without-tls"),
    ],
)
def test_a_value_of_the_wrong_form_is_not_stored(
    run: Callable[..., int], aws: Callable[[str], Any], capsys: Any, name: str, value: str
) -> None:
    assert run(given={name: value}) == 1
    assert secrets.Vault("dev", aws).read() == {}
    printed = "".join(capsys.readouterr())
    assert name in printed
    assert value not in printed


def test_a_line_that_is_no_assignment_is_not_echoed(run: Callable[..., int], capsys: Any) -> None:
    assert run(text="sk-live-pasted-by-mistake\n") == 1
    assert "pasted" not in "".join(capsys.readouterr())


def test_check_lists_what_is_missing_and_misshapen(
    run: Callable[..., int], aws: Callable[[str], Any], capsys: Any
) -> None:
    assert run("--check") == 1
    told = capsys.readouterr().out
    assert "SUPABASE_SECRET_KEY is missing" in told
    assert "no AI key" in told
    assert secrets.Vault("dev", aws).read() == {}
    run(given=GIVEN)
    vault = secrets.Vault("dev", aws)
    vault.write("SUPABASE_SECRET_KEY", GIVEN["SUPABASE_SECRET_KEY"] + "\n")
    capsys.readouterr()
    assert run("--check") == 1
    assert "SUPABASE_SECRET_KEY has the wrong form" in capsys.readouterr().out


def test_every_secret_of_the_template_has_a_form() -> None:
    assert set(secrets.places("dev")) == set(secrets.KINDS)


@pytest.mark.parametrize(
    ("changes", "known", "missing"),
    [
        ({}, GIVEN, []),
        ({"ai_provider": "offline"}, {}, []),
        ({"ai_provider": "claude"}, GIVEN, ["ANTHROPIC_API_KEY"]),
        ({"edge": "cloudfront"}, GIVEN, ["EDGE_KEY"]),
        ({"legacy_jwt_secret": True}, GIVEN, ["SUPABASE_JWT_SECRET"]),
        (
            {},
            {**GIVEN, "RAZORPAY_KEY_ID": "rzp_test_abcdefghijklmn"},
            ["RAZORPAY_KEY_SECRET", "RAZORPAY_WEBHOOK_SECRET"],
        ),
    ],
)
def test_what_a_stage_needs(changes: dict[str, Any], known: dict[str, str], missing: list[str]) -> None:
    own = {"CLEANUP_SECRET", "AUTH_HOOK_SECRET", "PROVIDER_KEYS_SECRET", "DATABASE_WEBHOOK_SECRET"}
    config = settings.Settings.model_validate(DEV.model_dump() | changes)
    everything = {name: kind.make() for name, kind in secrets.KINDS.items() if kind.make and name in own}
    everything |= {"SUPABASE_SECRET_KEY": GIVEN["SUPABASE_SECRET_KEY"], **known}
    assert [each.split()[0] for each in secrets.complaints(everything, config)] == missing


def test_settings_of_every_stage_are_valid(tmp_path: Path) -> None:
    for stage in ("dev", "prod"):
        assert "projectRef is empty" in settings.load(stage).complaints()
    with pytest.raises(settings.SettingsError, match=r"deploy/nowhere\.yml"):
        settings.load("nowhere")
    (tmp_path / "defaults.yml").write_text((settings.FOLDER / "defaults.yml").read_text())
    (tmp_path / "dev.yml").write_text(yaml.safe_dump({"supabaseUrl": "abc.supabase.co", "budget": 3}))
    with pytest.raises(settings.SettingsError) as error:
        settings.load("dev", tmp_path)
    assert "supabaseUrl" in str(error.value)
    assert "budget" in str(error.value)
