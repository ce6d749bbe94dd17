"""Receipts: listed, set as PDF, one's own."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from functions._shared.adapters.documents.receipts import TypstReceipts
from functions._shared.domain.payments.money import money
from functions._shared.domain.payments.receipts import Buyer, Receipt, ReceiptRefund
from functions.billing.receipts import print_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.functions.payments.conftest import Shopper


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_payment_is_a_receipt(asha: Shopper) -> None:
    asha.connection.execute(
        "update public.profiles set full_name = 'Asha #strong[Rao] *' where id = %s", (asha.user_id,)
    )
    asha.buy("pack", "pack_20")
    asha.buy("subscription", "pro")
    listed = asha.get("/receipts").json()["receipts"]
    assert [receipt["kind"] for receipt in listed] == ["subscription", "pack"]
    assert len({receipt["number"] for receipt in listed}) == 2
    assert listed[1]["amount"] == 19_900

    # Page by page, also over two of the same moment.
    asha.connection.execute("update public.payments set paid_at = now() where user_id = %s", (asha.user_id,))
    asha.connection.execute("select private.settle_account(%s)", (asha.user_id,))
    listed = asha.get("/receipts").json()["receipts"]
    pages: list[dict[str, object]] = []
    before: dict[str, str] = {}
    while True:
        page = asha.get("/receipts", limit=1, **before).json()
        pages += page["receipts"]
        if page["next_before"] is None:
            break
        before = {"before": page["next_before"]}
    assert pages == listed
    listed = sorted(listed, key=lambda receipt: receipt["kind"], reverse=True)

    answer = asha.client.get(f"/billing/receipts/{listed[1]['id']}/pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert listed[1]["number"] in answer.headers["content-disposition"]
    text = text_of(answer.content)
    # A name is text, whatever it looks like.
    for part in (
        listed[1]["number"],
        "INR 199.00",
        "Asha #strong[Rao] *",
        listed[1]["provider_payment_id"],
        "20 credits",
    ):
        assert part in text
    assert "Discount" not in text


def test_nobody_reads_somebody_elses_receipt(asha: Shopper, shopper: Callable[[], Shopper]) -> None:
    asha.buy("pack", "pack_20")
    receipt = asha.get("/receipts").json()["receipts"][0]["id"]
    mallory = shopper()
    for identity in (receipt, uuid4()):
        refused = mallory.get(f"/receipts/{identity}/pdf")
        assert (refused.status_code, refused.json()["code"]) == (404, "receipt_not_found")
    assert mallory.get("/receipts").json() == {"receipts": [], "next_before": None}


def test_a_failed_payment_is_no_receipt(asha: Shopper) -> None:
    asha.pay(asha.checkout("pack", "pack_20"), fail=True)
    asha.deliver()
    assert asha.get("/receipts").json() == {"receipts": [], "next_before": None}


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (49_900, "INR", "INR 499.00"),
        (-5, "USD", "-USD 0.05"),
        (125_000, "USD", "USD 1,250.00"),
        (500, "JPY", "JPY 500"),
        (1_234, "KWD", "KWD 1.234"),
    ],
)
def test_money(amount: int, currency: str, written: str) -> None:
    assert money(amount, currency) == written


START = datetime(2026, 11, 21, 10, tzinfo=UTC)
SELLER = {"name": "Resumebase", "address": "12 Residency Road", "tax_id": "29ABCDE1234F1Z5"}


def discounted_receipt() -> Receipt:
    """A month of Pro with a discount, partly refunded, and disputed."""
    return Receipt(
        id=str(uuid4()),
        number="R-2026-000001",
        kind="subscription",
        paid_at=START,
        item="Pro",
        credits=None,
        plan="pro",
        billing_interval="month",
        bought="period",
        period_start=START,
        period_end=datetime(2026, 12, 21, 10, tzinfo=UTC),
        amount=39_920,
        currency="INR",
        list_amount=49_900,
        coupon="WELCOME20",
        amount_refunded=10_000,
        amount_lost=0,
        dispute_status="open",
        provider="razorpay",
        provider_payment_id="pay_1",
        method="upi",
        provider_url=None,
        buyer=Buyer(None, None),
        refunds=(ReceiptRefund(10_000, datetime(2026, 11, 25, 10, tzinfo=UTC)),),
    )


@pytest.mark.parametrize(
    ("bought", "text"), [("nothing", "Payment for 60 credits"), ("nothing_more", "60 credits, paid again")]
)
def test_a_receipt_for_money_that_bought_nothing_says_so(bought: Any, text: str) -> None:
    pack = replace(discounted_receipt(), kind="pack", item="60 credits", credits=60, bought=bought, list_amount=39_920)
    page = print_data(replace(pack, dispute_status="none"), SELLER)
    assert [line["text"] for line in page["lines"]] == [text]
    assert page["note"] == "No credits and no plan were granted for this payment."
    returned = replace(pack, dispute_status="none", amount_refunded=39_920)
    assert print_data(returned, SELLER)["note"] is None


def test_a_payment_that_does_not_match_its_order_is_no_discount(asha: Shopper) -> None:
    order = asha.buy("pack", "pack_200")
    asha.connection.execute("update public.payments set amount = 100 where order_id = %s", (order["order_id"],))
    asha.connection.execute("select private.settle_account(%s)", (asha.user_id,))
    (receipt,) = asha.get("/receipts").json()["receipts"]
    assert (receipt["bought"], receipt["amount"], receipt["list_amount"]) == ("nothing", 100, 100)


def test_money_that_the_bank_took_back_is_a_line_and_leaves_the_net() -> None:
    lost = replace(discounted_receipt(), dispute_status="lost", amount_lost=29_920)
    page = print_data(lost, SELLER)
    assert [line["amount"] for line in page["refunds"]] == ["-INR 100.00", "-INR 299.20"]
    assert (page["net"], page["note"]) == ("INR 0.00", None)
    assert "Reversed by the bank" in text_of(TypstReceipts().render(page))


def test_discounts_refunds_and_disputes_are_on_it(tmp_path: Path) -> None:
    page = print_data(discounted_receipt(), SELLER)
    assert [line["amount"] for line in page["lines"]] == ["INR 499.00", "-INR 99.80"]
    text = text_of(TypstReceipts().render(page))
    for part in (
        "Pro plan, 21 November 2026 to 21 December 2026",
        "Discount WELCOME20",
        "INR 399.20",
        "Refunded on 25 November 2026",
        "INR 299.20",
        "disputed",
        "29ABCDE1234F1Z5",
    ):
        assert part in text
    picture = TypstReceipts().render(page, kind="png")
    assert picture.startswith(b"\x89PNG")
    (tmp_path / "receipt.png").write_bytes(picture)
