"""The configuration of a hosted Supabase project, made from the settings of its stage, and the database webhook."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg

from local import migrate

if TYPE_CHECKING:
    from deploy.settings import Settings

ROOT: Final = Path(__file__).resolve().parent.parent
WEBHOOK: Final = Path(__file__).with_name("database_webhook.sql")
LOCK_TIMEOUT: Final = "5s"
"""A migration that waits longer for a table fails, instead of making everybody wait behind it."""


def configuration(stage: str, config: Settings, hook_url: str = "") -> str:
    """Return `supabase/config.toml` with a section for the project of a stage.

    Parameters
    ----------
    stage, config
        The stage.
    hook_url
        Address of the before-user-created hook; empty: none, because it refuses every sign-up while nobody answers.
    """
    auth: dict[str, Any] = {"site_url": config.site_url, "additional_redirect_urls": config.redirect_urls}
    sections = {"": {"project_id": config.project_ref}, ".auth": auth}
    if config.smtp_host:
        sections[".auth.email.smtp"] = {
            "enabled": True,
            "host": config.smtp_host,
            "port": config.smtp_port,
            "user": config.smtp_user,
            "pass": "env(SMTP_PASSWORD)",
            "admin_email": config.smtp_sender,
            "sender_name": config.smtp_sender_name,
        }
    if hook_url:
        hook = {"enabled": True, "uri": hook_url, "secrets": "env(AUTH_HOOK_SECRET)"}
        sections[".auth.hook.before_user_created"] = hook
    text = (migrate.SUPABASE / "config.toml").read_text().rstrip() + "\n"
    for suffix, values in sections.items():
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
        text += "\n".join(["", f"[remotes.{stage}{suffix}]", *lines, ""])
    return text


def write_configuration(stage: str, config: Settings, hook_url: str = "") -> Path:
    """Write that file and the migrations beside it into a folder for the CLI's `--workdir`; return the folder."""
    folder = ROOT / ".local" / "deploy" / stage
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "supabase").mkdir(parents=True)
    (folder / "supabase" / "config.toml").write_text(configuration(stage, config, hook_url))
    return folder


def limit_locks(url: str, *, on: bool) -> None:
    """Let every later session of this role give up waiting for a lock, or remove that limit again."""
    with psycopg.connect(url, autocommit=True) as connection:
        change = f"set lock_timeout = '{LOCK_TIMEOUT}'" if on else "reset lock_timeout"
        connection.execute(f"alter role current_user {change}")


def announce_profiles(url: str, functions_url: str, secret: str) -> None:
    """Create the trigger that tells `signup` about new and changed profiles; its secret is in Supabase's Vault."""
    with psycopg.connect(url) as connection:
        connection.execute(WEBHOOK.read_bytes())
        for name, value in (
            ("signup_url", f"{functions_url}/functions/v1/signup/provision"),
            ("signup_secret", secret),
        ):
            connection.execute("select private.keep_in_vault(%s, %s)", (name, value))
