"""A signed-up user with the stock client, for tests over the real API."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from supabase import Client, create_client

if TYPE_CHECKING:
    from local.stack import Stack


PASSWORD = "a long enough password"


class Person:
    """A signed-up user with the stock client."""

    def __init__(self, stack: Stack) -> None:
        self.client: Client = create_client(stack.url, stack.publishable_key)
        self.email = f"{uuid.uuid4().hex}@example.com"
        answer = self.client.auth.sign_up({"email": self.email, "password": PASSWORD})
        assert answer.user is not None
        assert answer.session is not None
        self.id = answer.user.id
        self.headers = {"apikey": stack.publishable_key, "Authorization": f"Bearer {answer.session.access_token}"}
