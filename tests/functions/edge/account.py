"""A test user, with shortcuts to their rows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from functions._shared.ports.request import Caller, Deadline, PaidCall

if TYPE_CHECKING:
    import psycopg

CONTENT = {"personalInfo": {"fullName": "Zoë Müller"}, "summary": "Engineer.", "skills": {"technical": ["SQL"]}}


@dataclass
class Account:
    """A test user, with shortcuts to their rows."""

    user_id: str
    resume_id: str
    job_id: str
    token: str
    _connection: psycopg.Connection[dict[str, Any]]

    def row(self, statement: str, *arguments: object) -> dict[str, Any]:
        row = self._connection.execute(statement, arguments).fetchone()
        assert row is not None
        return row

    def run(self, statement: str, *arguments: object) -> list[dict[str, Any]]:
        cursor = self._connection.execute(statement, arguments)
        return cursor.fetchall() if cursor.description else []

    @property
    def books(self) -> tuple[int, int, int]:
        """Balance, reserved credits and ledger sum; checks that the sum is balance + reserved - debt."""
        books = self.row(
            "select c.balance, c.reserved, c.debt, "
            "(select coalesce(sum(t.amount), 0)::int from public.credit_transactions as t where t.user_id = c.user_id) as ledger "
            "from public.user_credits as c where c.user_id = %s",
            self.user_id,
        )
        assert books["ledger"] == books["balance"] + books["reserved"] - books["debt"]
        return books["balance"], books["reserved"], books["ledger"]

    @property
    def events(self) -> list[tuple[str, int, str | None]]:
        """Status, attempt and release reason of the usage events, oldest first."""
        rows = self._connection.execute(
            "select status, attempt, release_reason from public.usage_events where user_id = %s order by created_at, id",
            (self.user_id,),
        ).fetchall()
        return [(row["status"], row["attempt"], row["release_reason"]) for row in rows]

    def call(
        self, key: str | None = None, digest: str = "h", *, dry_run: bool = False, seconds: float = 29
    ) -> PaidCall:
        """A paid call of this user."""
        caller = Caller(self.user_id, self.token)
        return PaidCall(caller, key or str(uuid.uuid4()), digest, dry_run, Deadline.after(seconds))
