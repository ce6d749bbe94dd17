"""E-mail through Amazon SES."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from functions._shared.domain.errors import MailRefused, MailUnavailable
from functions._shared.ports.mailer import Mailer

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.ports.mailer import Mail

_REFUSALS: Final = frozenset({"MessageRejected", "BadRequestException"})
"""Errors that are about this mail. All others are about our account, the sender or the service."""
_SENDER: Final = ("not verified", "sending paused")
"""In a rejection: it is about the sender, and passes when somebody sets it right."""


class SesMailer(Mailer):
    """Sends with SES in the region of the container. boto3 calls block, so they run in a thread.

    SES knows no idempotency: what is handed over twice is sent twice, with the same ``X-Mail-Id``.

    Parameters
    ----------
    sender : str
        The value of ``From``, whose domain or address is verified with SES.
    connect : callable
        Creates the boto3 client on first use, because most runs send nothing and boto3 is slow to import.
    """

    def __init__(self, sender: str, connect: Callable[[], Any]) -> None:
        self._sender = sender
        self._connect = connect

    @override
    async def send(self, mail: Mail) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            await asyncio.to_thread(self._send, mail)
        except ClientError as error:
            told = error.response.get("Error", {})
            message = str(told.get("Message", "")).lower()
            if told.get("Code") in _REFUSALS and not any(words in message for words in _SENDER):
                raise MailRefused from error
            raise MailUnavailable from error
        except BotoCoreError as error:
            raise MailUnavailable from error

    def _send(self, mail: Mail) -> None:
        self._client.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [mail.to]},
            EmailTags=[{"Name": "mail_id", "Value": mail.id}],
            Content={
                "Simple": {
                    "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
                    "Body": {
                        "Text": {"Data": mail.text, "Charset": "UTF-8"},
                        "Html": {"Data": mail.html, "Charset": "UTF-8"},
                    },
                    "Headers": [{"Name": name, "Value": value} for name, value in mail.headers.items()],
                }
            },
        )

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401 - boto3 creates its classes at run time
        return self._connect()


def build(sender: str) -> SesMailer:
    """Build the mailer with the credentials and region of the container."""

    def connect() -> Any:  # noqa: ANN401 - boto3 creates its classes at run time
        import boto3
        from botocore.config import Config

        # One attempt: what was not answered may have been sent, and the queue tries again.
        config = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 1})
        return boto3.client("sesv2", config=config)

    return SesMailer(sender, connect)
