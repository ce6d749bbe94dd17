"""The data of a printed receipt: amounts, dates and lines as text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypedDict

from functions._shared.domain.payments.money import money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.payments.receipts import Receipt


class PrintedLine(TypedDict):
    """A line of a receipt."""

    text: str
    amount: str


class PrintedSeller(TypedDict):
    """The seller, as the receipt names them."""

    name: str | None
    address: str | None
    tax_id: str | None


class PrintedReceipt(TypedDict):
    """Everything on a printed receipt, as text. The template names these keys."""

    number: str
    paid_on: str
    paid_with: str
    payment_id: str
    buyer: list[str]
    seller: PrintedSeller
    lines: list[PrintedLine]
    total: str
    refunds: list[PrintedLine]
    net: str
    currency: str
    note: str | None


def day(moment: datetime) -> str:
    """Format the UTC date of a moment: ``21 November 2026``."""
    date = moment.astimezone(UTC)
    return f"{date.day} {date:%B %Y}"


def print_data(receipt: Receipt, seller: Mapping[str, str | None]) -> PrintedReceipt:
    """Build the data that the receipt template prints.

    Parameters
    ----------
    receipt : Receipt
        A receipt of `PaymentBooks.receipts`.
    seller : mapping
        ``name``, ``address`` and ``tax_id`` of the seller.

    Returns
    -------
    PrintedReceipt
        Text only.
    """
    currency, amount = receipt.currency, receipt.amount
    lines: list[PrintedLine] = [{"text": _description(receipt), "amount": money(receipt.list_amount, currency)}]
    if amount != receipt.list_amount:
        code = receipt.coupon or "credit"
        lines.append({"text": f"Discount {code}", "amount": money(amount - receipt.list_amount, currency)})
    refunds: list[PrintedLine] = [
        {"text": f"Refunded on {day(refund.at)}", "amount": money(-refund.amount, currency)}
        for refund in receipt.refunds
    ]
    if receipt.amount_lost:
        refunds.append({"text": "Reversed by the bank", "amount": money(-receipt.amount_lost, currency)})
    # A payment can go back twice, by us and by the bank; the customer then has paid nothing, not less.
    net = max(0, amount - receipt.amount_refunded - receipt.amount_lost)
    method = f"{receipt.method.replace('_', ' ').capitalize()}, " if receipt.method else ""
    buyer = [part for part in (receipt.buyer.name, receipt.buyer.email) if part]
    return {
        "number": receipt.number,
        "paid_on": day(receipt.paid_at),
        "paid_with": f"{method}{receipt.provider.capitalize()}",
        "payment_id": receipt.provider_payment_id,
        "buyer": buyer or ["—"],
        "seller": {"name": seller["name"], "address": seller["address"], "tax_id": seller["tax_id"]},
        "lines": lines,
        "total": money(amount, currency),
        "refunds": refunds,
        "net": money(net, currency),
        "currency": currency,
        "note": _note(receipt),
    }


def _description(receipt: Receipt) -> str:
    item = receipt.item or "Payment"
    if receipt.bought == "nothing":
        return f"Payment for {item}"
    if receipt.bought == "nothing_more":
        return f"{item}, paid again"
    if receipt.bought == "pack":
        credit_count = f"{receipt.credits} credits"
        return item if item == credit_count else f"{item} ({credit_count})"
    if receipt.bought == "plan_change":
        return f"{item}: price difference after a plan change"
    period = ""
    if receipt.period_start and receipt.period_end:
        period = f", {day(receipt.period_start)} to {day(receipt.period_end)}"
    return f"{item} plan{period}"


def _note(receipt: Receipt) -> str | None:
    """Return what the buyer should know about a payment, or None."""
    if receipt.dispute_status == "open":
        return "This payment is disputed with the bank."
    if receipt.bought in {"nothing", "nothing_more"} and receipt.amount > receipt.amount_refunded + receipt.amount_lost:
        return "No credits and no plan were granted for this payment."
    return None
