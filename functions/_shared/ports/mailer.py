"""Sending an e-mail.

Used by the ``cleanup`` function. Implemented by the ``aws`` adapter (SES) and, for the local stack, by ``folder``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Mailer(Protocol):
    """A service that delivers e-mails."""

    async def send(self, mail: Mail) -> None:
        """Hand a mail over for delivery.

        A run that follows a killed one may hand it over again with the same id, which goes along with the mail.

        Raises
        ------
        MailUnavailable
            The service does not answer or takes no more at the moment. The mail may have been handed over.
        MailRefused
            The service will not deliver this mail to this address.
        """
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in two forms that say the same.

    Parameters
    ----------
    id : str
        Identifies the mail.
    to : str
        The address.
    subject, text, html : str
        The subject, and the body as plain text and as a page.
    unsubscribe : str or None
        A link with which one POST ends mails of this kind (RFC 8058); None: the mail is required.
    """

    id: str
    to: str
    subject: str
    text: str
    html: str
    unsubscribe: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers beside addresses and subject."""
        headers = {"X-Mail-Id": self.id}
        if self.unsubscribe:
            headers["List-Unsubscribe"] = f"<{self.unsubscribe}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return headers
