"""The data of a printed receipt: amounts, dates and lines as text."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_DECIMALS: Final = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF"), 0
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
"""ISO 4217: digits after the decimal point, for currencies that do not have two."""


def money(amount: int, currency: str) -> str:
    """Format an amount in smallest units: ``INR 499.00``, ``-USD 1,250.00``, ``JPY 500``."""
    digits = _DECIMALS.get(currency, 2)
    value = Decimal(abs(amount)).scaleb(-digits)
    return f"{'-' if amount < 0 else ''}{currency} {value:,.{digits}f}"


def day(timestamp: str) -> str:
    """Format the UTC date of a timestamp: ``21 November 2026``."""
    date = datetime.fromisoformat(timestamp)
    return f"{date.day} {date:%B %Y}"


def print_data(receipt: Mapping[str, Any], seller: Mapping[str, str | None]) -> dict[str, Any]:
    """Build the data that the receipt template prints.

    Parameters
    ----------
    receipt : mapping
        A receipt of `PaymentBooks.receipts`.
    seller : mapping
        ``name``, ``address`` and ``tax_id`` of the seller.

    Returns
    -------
    dict
        Text only.
    """
    currency, amount, list_amount = receipt["currency"], receipt["amount"], receipt["list_amount"]
    lines = [{"text": _description(receipt), "amount": money(list_amount, currency)}]
    if amount != list_amount:
        code = receipt["coupon"] or "credit"
        lines.append({"text": f"Discount {code}", "amount": money(amount - list_amount, currency)})
    refunds = [
        {"text": f"Refunded on {day(refund['at'])}", "amount": money(-refund["amount"], currency)}
        for refund in receipt["refunds"]
    ]
    dispute_notes = {"open": "This payment is disputed with the bank.", "lost": "The bank reversed this payment."}
    method = f"{receipt['method'].replace('_', ' ').capitalize()}, " if receipt["method"] else ""
    buyer = [part for part in (receipt["buyer"]["name"], receipt["buyer"]["email"]) if part]
    return {
        "number": receipt["number"],
        "paid_on": day(receipt["paid_at"]),
        "paid_with": f"{method}{receipt['provider'].capitalize()}",
        "payment_id": receipt["provider_payment_id"],
        "buyer": buyer or ["—"],
        "seller": {"name": seller["name"], "address": seller["address"], "tax_id": seller["tax_id"]},
        "lines": lines,
        "total": money(amount, currency),
        "refunds": refunds,
        "net": money(amount - receipt["amount_refunded"], currency),
        "currency": currency,
        "note": dispute_notes.get(receipt["dispute_status"]),
    }


def _description(receipt: Mapping[str, Any]) -> str:
    item = receipt["item"] or "Payment"
    if receipt["kind"] == "pack":
        return f"{item} ({receipt['credits']} credits)"
    if receipt["is_plan_change"]:
        return f"{item}: price difference after a plan change"
    period = ""
    if receipt["period_start"] and receipt["period_end"]:
        period = f", {day(receipt['period_start'])} to {day(receipt['period_end'])}"
    return f"{item} plan{period}"
