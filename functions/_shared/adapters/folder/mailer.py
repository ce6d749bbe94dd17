"""E-mail into a local folder, which the local stack uses instead of SES: one .eml file per mail."""

from __future__ import annotations

import asyncio
import os
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.domain.errors import MailRefused, MailUnavailable
from functions._shared.ports.mailer import Mailer

if TYPE_CHECKING:
    from functions._shared.ports.mailer import Mail


class FolderMailer(Mailer):
    """Writes mails into one folder. The same id again replaces the file.

    Parameters
    ----------
    sender : str
        The value of ``From``.
    root : str
        The folder, which is created on first use.
    """

    def __init__(self, sender: str, root: str) -> None:
        self._sender = sender
        self._root = Path(root)

    @override
    async def send(self, mail: Mail) -> None:
        content = self._message(mail)
        try:
            await asyncio.to_thread(self._write, mail.id, content)
        except OSError as error:
            raise MailUnavailable from error

    def _message(self, mail: Mail) -> bytes:
        message = EmailMessage(policy=default.clone(max_line_length=900))  # no header is folded
        message["From"] = self._sender
        try:
            message["To"] = Address(addr_spec=mail.to)
        except (HeaderParseError, ValueError, IndexError) as error:
            raise MailRefused from error
        message["Subject"] = mail.subject
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{mail.id}@resumebase.local>"
        for name, value in mail.headers.items():
            message[name] = value
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        return message.as_bytes()

    def _write(self, name: str, content: bytes) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        # Write to a temporary name, then rename: no reader ever sees half a mail.
        temporary = self._root / f".{name}.{os.getpid()}"
        temporary.write_bytes(content)
        temporary.replace(self._root / f"{name}.eml")
