"""An interview with the user's own key: their account at the provider pays, and no credit is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from functions._shared.adapters.supabase.provider_keys import SupabaseProviderKeys
from tests.functions.edge.wire import Wire
from tests.functions.interview.candidate import Candidate, problem, result
from tests.functions.interview.test_charge import JUDGED, events

if TYPE_CHECKING:
    from local.stack import Stack
    from tests.fakes.models import FakeModels
    from tests.functions.edge.account import Account


async def test_only_the_users_key_is_asked(
    stack: Stack, fake: FakeModels, vendor: dict[str, str], account: Account
) -> None:
    fake.always = JUDGED
    # Ours is wrong, so a call with it would fail.
    async with Candidate(stack, {**vendor, "GEMINI_API_KEY": "wrong"}) as candidate:
        assert problem(await candidate.start(account, funding="own_key")) == (409, "no_provider_key")
        async with httpx.AsyncClient(transport=Wire()) as client:
            keys = SupabaseProviderKeys(stack.url, stack.secret_key, client, [stack.env()["PROVIDER_KEYS_SECRET"]])
            await keys.put(account.user_id, "gemini", fake.key)
        interview = await candidate.started(account, questions=2, funding="own_key")
        assert interview["price"] == {"credits": 0, "funding": "own_key", "state": "held"}
        assert result(await candidate.answer(account, interview, 1))["feedback"]["score"] == 95
        assert (await candidate.answer(account, interview, 2)).status_code == 200
        assert result(await candidate.complete(account, interview))["score"] == 95
    assert account.books == (5, 0, 5)
    assert {event[1] for event in events(account)} == {"committed"}
    payers = account.row(
        "select array_agg(distinct payer) as of from public.ai_usage where user_id = %s", account.user_id
    )
    assert payers["of"] == ["user"]
