"""The pages behind the unsubscribe links of mails. They need no account: the link is the permission."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from functions._shared.ports.user_accounts import UserAccounts

HEADERS: Final = {
    # Nothing is loaded, and the address tells nobody where it leads.
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
}
_LISTS: Final = {
    "job_alerts": "the weekly digest of your applications",
    "email_notifications": "e-mails that are not required, such as the one about low credits",
}
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Unsubscribe</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1.5rem; }}
h1 {{ font-size: 1.5rem; }}
button {{ font: inherit; padding: .6rem 1.4rem; border: 0; border-radius: .4rem; background: #1d4ed8; color: #fff; }}
</style>
</head>
<body><main><h1>{title}</h1>{body}</main></body>
</html>
"""


def ask(link: str) -> bytes:
    """Return the page with the button. Fetching it changes nothing: mail scanners follow every link."""
    what = _LISTS.get(link.partition(".")[0], "these e-mails")
    button = '<form method="post"><button type="submit">Unsubscribe</button></form>'
    return _page("Unsubscribe", f"<p>You will no longer get {escape(what)}.</p>{button}")


async def end(link: str, accounts: UserAccounts) -> bytes:
    """Turn off the setting that the link names; return the page that says so.

    Raises
    ------
    UnsubscribeLinkInvalid
        The link is not ours.
    """
    what = _LISTS[await accounts.unsubscribe(link)]
    return _page("Done", f"<p>You no longer get {escape(what)}. You can turn it on again in your settings.</p>")


def _page(title: str, body: str) -> bytes:
    return _PAGE.format(title=escape(title), body=body).encode()
