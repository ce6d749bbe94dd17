"""The first deployment as docs/deploy.md tells it, with stand-ins for both clouds: it ends in a green smoke, and again.

moto is AWS, `osls deploy` is real, the local stack is the project with its functions. Left out are what they do not
have: the management API behind `supabase config`, Vault and pg_net, and the outputs of a stack.
"""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deploy import __main__ as deployment
from deploy import preflight, secrets, settings, supabase, targets
from deploy.package import builder
from local import migrate
from local.providers.server import Providers

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.stack import Stack

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """Empty artefacts of this commit: test_artefacts.py builds real ones."""
    for name in builder.discover(ROOT / "functions"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr("functions/__init__.py", "")
    names = builder.discover(ROOT / "functions")
    (tmp_path / "manifest.json").write_text(json.dumps({"commit": preflight.head(), "functions": names}))
    return tmp_path


def of_stack(stack: Stack, stage: str) -> settings.Settings:
    filled = {
        "project_ref": "abcdefghijklmnopqrst",
        "supabase_url": stack.url,
        "publishable_key": stack.publishable_key,
        "site_url": "https://app.example.com",
        "ai_provider": "offline",
        "legacy_jwt_secret": True,
    }
    return settings.load(stage).model_copy(update=filled)


def test_the_page_ends_in_a_green_smoke(
    aws: Callable[[str], Any],
    stack: Stack,
    dist: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    config = of_stack(stack, "dev")
    monkeypatch.setattr(settings, "load", lambda _: config)
    # Step 6: the secrets.
    known = stack.env()
    names = {name for name in secrets.KINDS if name in known}
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{name}={known[name]}\n" for name in sorted(names))))
    assert secrets.main(["dev"]) == 0, capsys.readouterr()
    # Steps 7 and 8: look, deploy.
    cli: list[str] = []
    run_cli = migrate.run_cli

    def management(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        if arguments[0] != "config":
            return run_cli(*arguments, **options)
        written = (options["folder"] / "supabase" / "config.toml").read_text()
        cli.append(f"{arguments[1]}{' with hook' if 'before_user_created' in written else ''}")
        return subprocess.CompletedProcess(arguments, 0, "Finished supabase config push.", "")

    announced: list[str] = []
    run = deployment.Deployment._run

    def program(self: deployment.Deployment, command: list[str], env: dict[str, str] | None = None) -> None:
        if "deploy.package" not in command:
            run(self, command, env)

    monkeypatch.setattr(migrate, "run_cli", management)
    monkeypatch.setattr(deployment.Deployment, "_run", program)
    monkeypatch.setattr(deployment.Deployment, "functions_url", lambda _: stack.url)
    # The secrets of the local payment providers do not look like real ones, so the vault takes none.
    local = {**known, **Providers(f"{stack.functions_url}/providers").env()}
    monkeypatch.setattr(
        deployment.Deployment, "target", lambda self: targets.target(self.plan.config, stack.url, local)
    )
    monkeypatch.setattr(deployment, "DIST", dist)
    monkeypatch.setattr(preflight, "uncommitted", lambda _: [])
    monkeypatch.setattr(supabase, "announce_profiles", lambda _, url, secret: announced.append(f"{url} {secret}"))
    # moto would run cfn-lint, which `make check` does, and refuse its warnings, too.
    monkeypatch.setattr("moto.cloudformation.models.validate_template_cfn_lint", lambda _: [])
    monkeypatch.setenv("SUPABASE_DB_URL", stack.database_url)
    monkeypatch.setenv("SUPABASE_ACCESS_TOKEN", "sbp_" + "0" * 40)

    assert deployment.main(["dev", "--dry"]) == 0, capsys.readouterr()
    assert cli == ["diff", "diff"]
    told = capsys.readouterr().out
    assert [step for step in deployment.STEPS if f"== {step}:" not in told] == []
    assert "osls deploy --stage dev" in told
    assert aws("cloudformation").describe_stacks()["Stacks"] == []
    assert deployment.main(["dev", "--yes"]) == 0, capsys.readouterr()
    told = capsys.readouterr().out
    assert "the stack does what it must" in told
    assert cli[2:] == ["push", "push with hook"]
    assert announced == [f"{stack.url} {known['DATABASE_WEBHOOK_SECRET']}"]
    assert not [name for name in names if known[name] in told]

    (made,) = aws("cloudformation").describe_stacks()["Stacks"]
    assert (made["StackName"], made["StackStatus"]) in {
        ("resumebase-dev", "CREATE_COMPLETE"),
        ("resumebase-dev", "UPDATE_COMPLETE"),
    }
    created = aws("lambda").list_functions()["Functions"]
    handlers = {
        path.relative_to(ROOT).with_suffix(".handler").as_posix() for path in ROOT.glob("functions/*/handler.py")
    }
    assert handlers <= {each["Handler"] for each in created}
    assert {each["CodeSize"] for each in created} == {(dist / "generate.zip").stat().st_size}
    # Each step again.
    for step in ("catalogue", "configuration", "webhook", "hook"):
        assert deployment.main(["dev", "--yes", "--step", step]) == 0, capsys.readouterr()
