"""What the inbox takes: events of kinds that we do not know, and documents that no provider sent."""

from __future__ import annotations

import gc
import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from local.providers.events import Event, headers_for
from tests.functions.payments.test_webhook import PROVIDERS, kept, secret, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local.providers.server import ProviderServer
    from tests.functions.payments.conftest import Shopper


def of(provider: str, document: bytes) -> Event:
    return Event(provider, f"evt_{uuid4().hex}", "?", 0, document)  # type: ignore[arg-type]


def nested(opening: str, closing: str, depth: int) -> bytes:
    return (
        '{"event": "payment.captured", "type": "invoice.paid", "created": 1, "x": '
        + opening * depth
        + "1"
        + closing * depth
        + "}"
    ).encode()


@pytest.fixture
def no_collection() -> Iterator[None]:
    """No finalizer runs while the parser is at its deepest, where it would fail and be reported as this test's error."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
@PROVIDERS
@pytest.mark.parametrize("depth", [100, 5_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_a_signed_document_nested_too_deep_is_a_400(
    asha: Shopper, base: str, providers: ProviderServer, provider: str, depth: int, opening: str, closing: str
) -> None:
    event = of(provider, nested(opening, closing, depth))
    answer = send(base, event, headers_for(event, secret(providers, provider)))
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_json")
    digest = hashlib.sha256(event.body).digest()
    assert asha.rows("select from private.webhook_events where body_hash = %s", digest) == []


@PROVIDERS
def test_a_document_as_deep_as_ours_are_is_kept(
    asha: Shopper, base: str, providers: ProviderServer, provider: str
) -> None:
    event = of(provider, nested("[", "]", 60) + b" " * (uuid4().int % 99_991))
    answer = send(base, event, headers_for(event, secret(providers, provider)))
    assert (answer.status_code, answer.json()["state"]) == (200, "failed")
    del asha


@PROVIDERS
@pytest.mark.parametrize(
    "document",
    [
        {"created_at": 1_790_000_000, "payload": {"payout": {"entity": {"id": "pout_00000000000001"}}}},
        {"created_at": "yesterday", "payload": None},
        {"account_id": "acc_SomebodyElse", "account": "acct_SomebodyElse", "livemode": True},
        {"data": []},
    ],
)
@pytest.mark.parametrize("kind", ["payout.processed", "fund_account.validation.completed", "treasury.x"])
def test_kinds_that_we_do_not_know_are_ignored_whatever_their_form(
    asha: Shopper, base: str, providers: ProviderServer, provider: str, kind: str, document: dict[str, object]
) -> None:
    identity = f"evt_{uuid4().hex}"
    body = json.dumps({"id": identity, "event": kind, "type": kind, **document}).encode()
    event = replace(of(provider, body), id=identity)
    answer = send(base, event, headers_for(event, secret(providers, provider)))
    assert (answer.status_code, answer.json()["state"]) == (200, "ignored")
    [row] = asha.rows("select status, next_attempt_at from private.webhook_events where event_id = %s", identity)
    assert row == {"status": "ignored", "next_attempt_at": None}
    assert kept(asha, event)[0]["error_code"] is None
