"""A client app for one user, built on the stock Supabase client."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
from supabase_functions.errors import FunctionsHttpError

from supabase import Client, ClientOptions, create_client

if TYPE_CHECKING:
    from local.stack import Stack


class StepFailed(Exception):
    """A step had the wrong result; the message says which."""


class Refused(Exception):
    """A function refused a call; `problem` is the problem document that it returned."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem.get('status')} {problem.get('code')}: {problem.get('detail', '')}")
        self.problem = problem


def expect(condition: object, complaint: str) -> None:
    """Raise `StepFailed` with the complaint unless the condition holds."""
    if not condition:
        raise StepFailed(complaint)


class App:
    """The app, with one user.

    Parameters
    ----------
    stack
        The stack to talk to.
    name, email
        The user's name and email address.
    """

    def __init__(self, stack: Stack, name: str, email: str) -> None:
        # By default the client gives up after 5 s; a slow machine takes most of it to load Google's SDK once.
        options = ClientOptions(function_client_timeout=30)
        self.url = stack.url
        self.client: Client = create_client(stack.url, stack.publishable_key, options)
        self.name = name
        self.email = email
        self.id = ""

    def sign_up(self) -> None:
        """Create the account."""
        answer = self.client.auth.sign_up(
            {"email": self.email, "password": "correct horse battery", "options": {"data": {"full_name": self.name}}}
        )
        expect(answer.user and answer.session, "the sign-up returned no session")
        self.id = answer.user.id if answer.user else ""

    def rows(self, table: str, columns: str = "*") -> list[dict[str, Any]]:
        """Return every row of a table that the user can see."""
        rows: Any = self.client.table(table).select(columns).execute().data
        return list(rows)

    def balance(self) -> int:
        """Return the number of credits that the user can spend."""
        balance: int = self.rows("user_credits", "balance")[0]["balance"]
        return balance

    def create_resume(self, title: str, content: dict[str, Any]) -> dict[str, Any]:
        """Insert a résumé; return its row."""
        rows: Any = self.client.table("resumes").insert({"title": title, "content": content}).execute().data
        return dict(rows[0])

    def save_resume(self, resume_id: str, base_version: int, content: dict[str, Any]) -> dict[str, Any]:
        """Save new content over the version that it is based on; return the résumé's row."""
        arguments = {
            "id": resume_id,
            "base_version": base_version,
            "content": content,
            "change_type": "ai_optimized",
            "summary": "Written by generate",
        }
        row: Any = self.client.rpc("resume_save", arguments).execute().data
        return dict(row)

    def generate(self, key: str, operation: str, resume_id: str, **options: object) -> bytes:
        """Call `generate` with an idempotency key; return the raw response body.

        Raises
        ------
        Refused
            The function answered with a problem.
        """
        body = {"operation": operation, "resume_id": resume_id, "input": options}
        try:
            answer: Any = self.client.functions.invoke("generate", {"headers": {"Idempotency-Key": key}, "body": body})
        except FunctionsHttpError as error:
            if isinstance(error.__cause__, httpx.HTTPStatusError):
                raise Refused(error.__cause__.response.json()) from error
            raise
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def billing(self, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Call `billing`: POST with a body, GET without one."""
        options: Any = {"method": "GET"} if body is None else {"body": body}
        answer: Any = self.client.functions.invoke(f"billing{path}", options)
        return json.loads(answer)

    def receipt_pdf(self, receipt_id: str) -> bytes:
        """Download a receipt."""
        pdf: Any = self.client.functions.invoke(f"billing/receipts/{receipt_id}/pdf", {"method": "GET"})
        expect(isinstance(pdf, bytes) and pdf.startswith(b"%PDF"), "the receipt is not a PDF")
        return bytes(pdf)

    def buy(self, stack: Stack, kind: str, item: str) -> tuple[dict[str, Any], list[str]]:
        """Open a checkout, pay on the provider's page and send the provider's claim to `billing/verify`.

        Returns
        -------
        tuple
            The paid order, and the types of the webhook events that the provider delivered.
        """
        order = self.billing("/checkout", {"kind": kind, "item": item})["order"]
        provider_id = order["provider_order_id"] or order["provider_subscription_id"]
        payment = httpx.post(f"{stack.functions_url}/providers/pay/{provider_id}", timeout=30).json()
        deliveries = payment["delivered"]
        expect(all(each["status"] == httpx.codes.OK for each in deliveries), f"webhook deliveries: {deliveries}")
        verified: dict[str, Any] = self.billing("/verify", payment["claim"])["order"]
        expect(verified["status"] == "paid", f"the order is {verified['status']}")
        return verified, [each["event"] for each in deliveries]
