"""Amounts as providers count them: in the smallest unit of the currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_DECIMALS: Final = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"), 0
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
"""Digits after the decimal point in the providers' amounts, for currencies that do not have two. As in Stripe's list of
zero-decimal currencies: UGX is none, and its amounts have two digits."""


def money(amount: int, currency: str) -> str:
    """Format an amount in smallest units: ``INR 499.00``, ``-USD 1,250.00``, ``JPY 500``."""
    digits = _DECIMALS.get(currency, 2)
    value = Decimal(abs(amount)).scaleb(-digits)
    return f"{'-' if amount < 0 else ''}{currency} {value:,.{digits}f}"
