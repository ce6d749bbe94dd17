"""What tests of mails do with accounts, and find in the outbox."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from tests.functions.cleanup.test_cleanup import one

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    import psycopg

    Connection = psycopg.Connection[dict[str, Any]]


def address(connection: Connection, user: UUID) -> str:
    return str(one(connection, "select email from public.profiles where id = %s", user))


def mails(outbox: Path, to: str) -> list[EmailMessage]:
    """The mails to an address, by subject."""
    found = [message_from_bytes(each.read_bytes(), policy=policy.default) for each in outbox.glob("*.eml")]
    return sorted((mail for mail in found if mail["To"] == to), key=lambda mail: str(mail["Subject"]))


def text(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def is_empty(outbox: Path) -> bool:
    return not outbox.exists()


def block(outbox: Path) -> None:
    """Put a file where the folder would be."""
    outbox.write_text("no folder")


def unblock(outbox: Path) -> None:
    outbox.unlink()


def delete(connection: Connection, user: UUID, days: int = 0) -> None:
    connection.execute(
        "update public.profiles set deleted_at = now() - %s * interval '1 day' where id = %s", (days, user)
    )


def credit(connection: Connection, user: UUID, amount: int) -> None:
    admin = one(connection, "insert into auth.users (id, email) values (gen_random_uuid(), gen_random_uuid() || '@a.example') returning id")  # fmt: skip
    connection.execute("insert into public.admin_users (user_id, email) values (%s, %s)", (admin, f"{admin}@a.example"))
    connection.execute("select public.credits_adjust(%s, %s, %s, 'test', %s)", (admin, user, amount, str(uuid4())))


def statuses(connection: Connection, user: UUID) -> dict[str, str]:
    rows = connection.execute("select kind, status from private.mails where user_id = %s", (user,)).fetchall()
    return {row["kind"]: row["status"] for row in rows}
