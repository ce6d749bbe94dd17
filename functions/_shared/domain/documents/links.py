"""Addresses in documents: which become links, and how they are printed."""

from __future__ import annotations

import re
from typing import Final

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HTTP: Final = re.compile(r"https?://[^/?#@\s]+\.?[^/?#@\s]*", re.IGNORECASE)
_MAIL: Final = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"?]+(\?[^\s<>\"]*)?", re.IGNORECASE)
_HOST: Final = re.compile(r"[^\s/:@?#]+\.[^\s/:@?#.]{2,}(:\d+)?([/?#]|$)")
_EMAIL: Final = re.compile(r"[^\s@<>\"?,;:()\[\]\\]+@[^\s@<>\"?,;:()\[\]\\]+\.[^\s@<>\"?,;:()\[\]\\]+")
_NOT_IN_A_URL: Final = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}]")


def safe_url(value: str | None) -> str | None:
    """Return the address that a link may have, or None: only http, https and mailto, and nothing that hides.

    A host without a scheme gets https. User names in addresses are refused, because they disguise the host.
    """
    text = (value or "").strip()
    if not text or _NOT_IN_A_URL.search(text):
        return None
    if not _SCHEME.match(text) or (_HOST.match(text) and "://" not in text and not text.lower().startswith("mailto:")):
        return f"https://{text}" if _HOST.match(text) else None
    if _HTTP.match(text) and "@" not in text.partition("://")[2].split("/", 1)[0]:
        return text
    return text if _MAIL.fullmatch(text) else None


def mail_url(address: str | None) -> str | None:
    """Return a mailto address, or None for anything that is not a plain e-mail address."""
    text = (address or "").strip()
    return f"mailto:{text.replace('%', '%25')}" if _EMAIL.fullmatch(text) else None


def printed(value: str) -> str:
    """Return an address as people write it: without scheme, www and final slash."""
    text = re.sub(r"^(https?://|mailto:)?(www\.)?", "", value.strip(), flags=re.IGNORECASE)
    return text.removesuffix("/") or value
