"""The price table: its arithmetic, and a comparison with the published prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from genai_prices import Usage, calc_price

from functions._shared.ai.prices import LONG_CONTEXT, PRICES, estimate

VENDOR = {"gemini": "google"}
"""Providers that have another name in the published table."""

ROWS = [
    (provider, model, since)
    for provider, models in PRICES.items()
    for model, rows in models.items()
    for since, _, _ in rows
]


@pytest.mark.parametrize(("provider", "model", "since"), ROWS, ids=str)
def test_each_row_is_the_published_price(provider: str, model: str, since: date | None) -> None:
    from datetime import UTC, datetime, time

    day = since or date(2026, 1, 1)
    usage: Any = Usage(input_tokens=60_000, output_tokens=3_000)
    published = calc_price(
        usage,
        model_ref=model,
        provider_id=VENDOR.get(provider, provider),
        genai_request_timestamp=datetime.combine(day, time(12), UTC),
    )

    assert estimate(provider, model, 60_000, 3_000, on=day) == published.total_price


def test_tokens_times_price() -> None:
    # 0.75 and 3.75 dollars a million.
    assert estimate("gemini", "gemini-3.8-flash", 2_000, 400, on=date(2026, 11, 21)) == Decimal("0.003")


def test_a_price_change_applies_from_its_day() -> None:
    before = estimate("gemini", "gemini-3.8-flash", 1000, 1000, on=date(2026, 12, 31))
    after = estimate("gemini", "gemini-3.8-flash", 1000, 1000, on=date(2027, 1, 1))

    assert before is not None
    assert after == before * 2


@pytest.mark.parametrize(("provider", "model"), [("gemini", "gemini-99"), ("nobody", "gemini-3.8-flash")])
def test_an_unknown_price_has_no_estimate(provider: str, model: str) -> None:
    assert estimate(provider, model, 1000, 100) is None


def test_a_long_context_has_no_estimate() -> None:
    assert estimate("gemini", "gemini-2.5-pro", LONG_CONTEXT + 1, 1) is None
