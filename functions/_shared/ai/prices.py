"""Model prices in US dollars per million tokens. Update them when vendors change their prices.

Source: the public price table of genai-prices 0.2.3 (MIT, https://github.com/pydantic/genai-prices), read
2026-11-21; standard tier, text, no prompt caching. A test compares each row with the installed release of
that package. A row is (first valid day or None, input, output); the last row that is already valid applies.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

Row = tuple[date | None, str, str]

LONG_CONTEXT = 100_000
"""Input tokens above which some models cost more. No function sends that much, so those prices are not listed."""

PRICES: dict[str, dict[str, tuple[Row, ...]]] = {
    "gemini": {
        "gemini-2.5-flash-lite": ((None, "0.1", "0.4"),),
        "gemini-2.5-flash": ((None, "0.3", "2.5"),),
        "gemini-2.5-pro": ((None, "1.25", "10"),),
        "gemini-3.1-flash-lite": ((None, "0.25", "1.5"),),
        "gemini-3.1-pro-preview": ((None, "2", "12"),),
        "gemini-3.5-flash-lite": ((None, "0.3", "2.5"),),
        "gemini-3.5-flash": ((None, "1.5", "9"),),
        "gemini-3.6-flash": ((None, "0.75", "3.75"), (date(2027, 1, 1), "1.5", "7.5")),
        "gemini-3.7-flash": ((None, "0.75", "3.75"), (date(2027, 1, 1), "1.5", "7.5")),
        "gemini-3.8-flash": ((None, "0.75", "3.75"), (date(2027, 1, 1), "1.5", "7.5")),
    },
    "openai": {
        "gpt-4.1": ((None, "2", "8"),),
        "gpt-4.1-mini": ((None, "0.4", "1.6"),),
        "gpt-4.1-nano": ((None, "0.1", "0.4"),),
        "gpt-4o": ((None, "2.5", "10"),),
        "gpt-4o-mini": ((None, "0.15", "0.6"),),
        "gpt-5": ((None, "1.25", "10"),),
        "gpt-5-mini": ((None, "0.25", "2"),),
        "gpt-5-nano": ((None, "0.05", "0.4"),),
        "gpt-5.4": ((None, "2.5", "15"),),
        "gpt-5.4-mini": ((None, "0.75", "4.5"),),
        "gpt-5.4-nano": ((None, "0.2", "1.25"),),
        "gpt-5.6-luna": ((None, "1", "6"), (date(2026, 7, 30), "0.2", "1.2")),
        "gpt-5.6-terra": ((None, "2.5", "15"), (date(2026, 7, 30), "2", "12")),
        "gpt-5.6-sol": ((None, "5", "30"), (date(2026, 8, 21), "4", "20")),
        "gpt-6-luna": ((None, "0.1", "0.5"),),
        "gpt-6-sol": ((None, "2", "10"),),
        "gpt-6.1-terra": ((None, "1", "5"),),
        "gpt-6.1-sol": ((None, "2", "10"),),
    },
    "anthropic": {
        "claude-haiku-4-5": ((None, "1", "5"),),
        "claude-haiku-5-5": ((None, "0.1", "0.5"),),
        "claude-sonnet-4-5": ((None, "3", "15"),),
        "claude-sonnet-4-6": ((None, "3", "15"),),
        "claude-sonnet-5": ((None, "2", "10"),),
        "claude-sonnet-5-5": ((None, "2", "10"),),
        "claude-opus-4-8": ((None, "5", "25"),),
        "claude-opus-5": ((None, "5", "25"),),
        "claude-opus-5-5": ((None, "4", "20"),),
    },
}

PER_MINUTE: dict[tuple[str, str], str] = {("openai", "gpt-transcribe"): "0.0045"}
"""Priced by the minute of audio: https://developers.openai.com/api/docs/models/gpt-transcribe, read 2026-11-30."""


def per_minute(provider: str, model: str) -> Decimal | None:
    """Return the price of a minute of audio in US dollars; None if it is unknown, or if tokens are what is billed."""
    price = PER_MINUTE.get((provider, model))
    return None if price is None else Decimal(price)


def estimate(
    provider: str, model: str, input_tokens: int, output_tokens: int, *, on: date | None = None
) -> Decimal | None:
    """Estimate the cost of a call.

    Parameters
    ----------
    provider, model : str
        As in `PRICES`.
    input_tokens, output_tokens : int
        As billed.
    on : date, optional
        Day of the call (UTC); today by default.

    Returns
    -------
    Decimal or None
        US dollars; None if the price is unknown.
    """
    day = on or datetime.now(UTC).date()
    rows = PRICES.get(provider, {}).get(model, ())
    valid_rows = [row for row in rows if row[0] is None or row[0] <= day]
    if not valid_rows or input_tokens > LONG_CONTEXT:
        return None
    _, per_input, per_output = valid_rows[-1]
    return (Decimal(per_input) * input_tokens + Decimal(per_output) * output_tokens) / 1_000_000
