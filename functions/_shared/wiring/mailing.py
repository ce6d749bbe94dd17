"""Builders of what sends e-mails. They hold nothing, so no container keeps them."""

from __future__ import annotations

from email.utils import formataddr
from typing import TYPE_CHECKING

from functions._shared import wiring

if TYPE_CHECKING:
    from functions._shared.ports.mailer import Mailer
    from functions._shared.ports.mails import Mails


def mails() -> Mails:
    """Return the queue of mails."""
    from functions._shared.adapters.supabase.mails import SupabaseMails

    config = wiring.settings()
    return SupabaseMails(config.supabase_url, config.secret_key, wiring.http())


def mailer() -> Mailer | None:
    """Return SES, or a folder on the local stack; None if no sender is set (``RESUMEBASE_MAIL_FROM``): mail is off."""
    environ = wiring.settings().environ
    sender = environ.get("RESUMEBASE_MAIL_FROM")
    if not sender:
        return None
    sender = formataddr((product(), sender))
    if folder := environ.get("RESUMEBASE_MAIL_FOLDER"):
        from functions._shared.adapters.folder.mailer import FolderMailer

        return FolderMailer(sender, folder)
    from functions._shared.adapters.aws.mailer import build

    return build(sender)


def product() -> str:
    """Return the name under which mails are sent."""
    return wiring.settings().text("RESUMEBASE_MAIL_NAME", "Resumebase")


def site_url() -> str:
    """Return the address of the product's page; empty: mails link to none."""
    return wiring.settings().environ.get("RESUMEBASE_SITE_URL", "").rstrip("/")


def functions_url() -> str:
    """Return the address of the functions, which unsubscribe links need. Required where mail is on."""
    return wiring.settings().text("RESUMEBASE_FUNCTIONS_URL").rstrip("/")
