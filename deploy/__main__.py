"""`make deploy STAGE=dev`: preflight, package, schema, catalogue, configuration, functions, webhook, smoke, hook.

Every step can be repeated. `DRY=1` checks everything and says what each step would do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from deploy import catalogue, preflight, secrets, settings, smoke, supabase, targets
from deploy.package import template
from local import migrate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deploy.preflight import Plan
    from deploy.targets import Target

ROOT: Final = Path(__file__).resolve().parent.parent
DIST: Final = ROOT / "dist"


class DeploymentError(Exception):
    """A step failed; those before it stay done, and all can be repeated."""


class Deployment:
    """The steps, in the order of `STEPS`.

    Parameters
    ----------
    plan
        The stage and its addresses.
    dry
        Only say what would be done.
    yes
        Do not ask before the database changes.
    """

    def __init__(self, plan: Plan, *, dry: bool = False, yes: bool = False) -> None:
        self.plan, self.dry, self.yes = plan, dry, yes
        self.vault = secrets.Vault(plan.stage, plan.client)
        self._known: dict[str, str] = {}

    @property
    def known(self) -> Mapping[str, str]:
        """The secrets of the stage."""
        self._known = self._known or self.vault.read()
        return self._known

    def preflight(self) -> str:
        """Check account, quota, region, settings, secrets and commit."""
        found = preflight.complaints(self.plan)
        if found:
            raise DeploymentError("\n".join(f"- {each}" for each in found))
        return f"AWS account {preflight.account(self.plan)}; commit {preflight.head()[:12]}"

    def package(self) -> str:
        """Build the artefacts, with bytecode, from this commit."""
        if self.dry:
            return "would run: python -m deploy.package --require-bytecode"
        self._run([sys.executable, "-m", "deploy.package", "--require-bytecode"])
        manifest = json.loads((DIST / "manifest.json").read_text())
        if manifest["commit"] != preflight.head():
            raise DeploymentError(f"dist/ was built from {manifest['commit']}, not from this commit")
        return f"{len(manifest['functions'])} artefacts"

    def schema(self) -> str:
        """Apply pending migrations, after showing them."""
        target = f"--remote={self.plan.database_url}"
        preview = self._cli("db", "push", target, "--dry-run", "--skip-vault")
        print(preview, flush=True)
        if self.dry or "up to date" in preview:
            return "nothing is changed" if self.dry else "up to date"
        if not self.yes and input("Apply these migrations? [y/N] ").strip().lower() not in {"y", "yes"}:
            raise DeploymentError("the schema was not changed")
        supabase.limit_locks(self.plan.database_url, on=True)
        try:
            self._cli("db", "push", target, "--yes", "--skip-vault")
        finally:
            supabase.limit_locks(self.plan.database_url, on=False)
        return "applied"

    def catalogue(self) -> str:
        """Put the catalogue on sale."""
        name = self.plan.config.catalogue
        if self.dry:
            return f"would load {', '.join(path.name for path in catalogue.files(name))}"
        return f"{name}, files {catalogue.load(self.plan.database_url, name)[:12]}"

    def configuration(self) -> str:
        """Set site, redirects and mail of the Supabase project; no hook yet."""
        return self._configure(hook_url="")

    def functions(self) -> str:
        """Deploy the functions as a change set."""
        edge = self.vault.edge_settings() if self.plan.config.edge == "cloudfront" else {}
        command = [str(ROOT / "node_modules" / ".bin" / "osls"), "deploy", "--stage", self.plan.stage]
        command += [f"--param={name}={value}" for name, value in edge.items()]
        if self.dry:
            return f"would run: {' '.join(command)}"
        with template.one_osls(ROOT):
            self._run(command, {**template.QUIET, "RESUMEBASE_DIST": str(DIST)})
        return self.functions_url()

    def webhook(self) -> str:
        """Let the database tell `signup` about new profiles."""
        if self.dry:
            return f"would run deploy/{supabase.WEBHOOK.name}"
        secret = self.known["DATABASE_WEBHOOK_SECRET"]
        supabase.announce_profiles(self.plan.database_url, self.functions_url(), secret)
        return "trigger announce_profile on public.profiles"

    def smoke(self) -> str:
        """Check the stack from outside."""
        if self.dry:
            return "would check the stack from outside"
        if failed := smoke.run(self.target()):
            raise DeploymentError(f"{failed} checks of smoke failed")
        return "the stack does what it must"

    def hook(self) -> str:
        """Ask `signup` before every sign-up, now that it answers."""
        return self._configure(hook_url="" if self.dry else f"{self.functions_url()}/functions/v1/signup/hook")

    def functions_url(self) -> str:
        """Return the address of the functions, an output of the stack."""
        url = preflight.outputs(self.plan).get("FunctionsUrl")
        if url is None:
            raise DeploymentError("the functions have no address yet: run the step `functions`")
        return url

    def target(self) -> Target:
        """Return what smoke has to know."""
        stream_url = preflight.outputs(self.plan).get("StreamUrl", "")
        return targets.target(self.plan.config, self.functions_url(), self.known, stream_url=stream_url)

    def run(self, only: str = "") -> None:
        """Run every step, or one.

        Raises
        ------
        DeploymentError
            A step failed.
        """
        for step in (getattr(self, name) for name in STEPS if only in {"", name}):
            print(f"== {step.__name__}: {step.__doc__}", flush=True)
            print(f"   {step()}", flush=True)

    # -- running programs --------------------------------------------------------------------------------

    def _configure(self, hook_url: str) -> str:
        folder = supabase.write_configuration(self.plan.stage, self.plan.config, hook_url)
        target = f"--remote={self.plan.config.project_ref}"
        if not os.environ.get("SUPABASE_ACCESS_TOKEN"):
            raise DeploymentError("SUPABASE_ACCESS_TOKEN is not set; it is at Supabase under Account, Access Tokens")
        given = {name: self.known[name] for name in ("AUTH_HOOK_SECRET", "SMTP_PASSWORD") if name in self.known}
        command = ["config", "diff", target] if self.dry else ["config", "push", target, "--yes"]
        return self._cli(*command, folder=folder, env=given).strip()

    def _cli(self, *arguments: str, folder: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
        result = migrate.run_cli(*arguments, folder=folder, env=env)
        if result.returncode:
            output = (result.stdout + result.stderr).replace(self.plan.database_url, "<database>")
            raise DeploymentError(f"supabase {arguments[0]} {arguments[1]} failed:\n{output}")
        return result.stdout + result.stderr

    def _run(self, command: list[str], env: Mapping[str, str] | None = None) -> None:
        result = subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, check=False)
        if result.returncode:
            raise DeploymentError(f"{Path(command[0]).name} failed with exit code {result.returncode}")


STEPS: Final = (
    "preflight",
    "package",
    "schema",
    "catalogue",
    "configuration",
    "functions",
    "webhook",
    "smoke",
    "hook",
)


def main(arguments: list[str] | None = None) -> int:
    """Deploy; return 1 if a step failed."""
    import boto3
    import psycopg
    from botocore.exceptions import BotoCoreError, ClientError

    parser = argparse.ArgumentParser(prog="python -m deploy", description="Deploy a stage.")
    parser.add_argument("stage")
    parser.add_argument("--dry", action="store_true", help="check everything, say what each step would do, do nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask before migrations are applied")
    parser.add_argument("--step", default="", choices=STEPS, help="run only this step")
    options = parser.parse_args(arguments)
    try:
        config = settings.load(options.stage)

        def client(name: str) -> object:
            return boto3.client(name, region_name=config.region)  # type: ignore[call-overload]

        plan = preflight.Plan(options.stage, config, os.environ.get("SUPABASE_DB_URL", ""), client)
        Deployment(plan, dry=options.dry, yes=options.yes).run(options.step)
    except (DeploymentError, settings.SettingsError, BotoCoreError, ClientError, psycopg.Error) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
