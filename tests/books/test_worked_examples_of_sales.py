"""The worked examples of the books (§9) that ask what may be done: sales, adjustments, erasure."""

from __future__ import annotations

from dataclasses import replace

from tests.books.catalogue import PACKS, PRO_MONTH, UNLIMITED_MONTH
from tests.books.checkout import Coupon, Decision, Item, Request, Shop, change_plan, open_checkout, redemption_held
from tests.books.examples import START, A, B, settled, signed_up, state_in_any_order
from tests.books.facts import DAY, Discount
from tests.books.merging import merge
from tests.books.office import Adjust, adjust, may_erase, stored_body

LAUNCH = Coupon("LAUNCH95", max_redemptions=1)
ONLY_PRO = Coupon("PRO90", only_for=frozenset({"pro"}))
NINETY_PERCENT = Discount(percent=90, plans=("pro",), forever=True)
SHOP = Shop(
    items={
        **{name: Item(amount, "INR", units=units) for name, (units, amount) in PACKS.items()},
        "pro": Item(PRO_MONTH.amount, "USD", price=PRO_MONTH),
        "unlimited": Item(UNLIMITED_MONTH.amount, "USD", price=UNLIMITED_MONTH),
    },
    coupons={LAUNCH.code: LAUNCH, ONLY_PRO.code: ONLY_PRO},
)


def test_18_a_one_time_code_opens_one_checkout() -> None:
    story = signed_up()
    answers: list[Decision] = []
    for number in range(5):
        request = Request(A, f"key-{number}", "pack_200", "razorpay", coupon=LAUNCH.code)
        answers.append(open_checkout(merge(story.reports), SHOP, request, START + number))
        if answers[-1].status == 201:
            order = story.order_pack(A, "pack_200", START + number, coupon=LAUNCH.code, amount=7_495, key=request.key)
            story.pay(order, START + 100, 7_495)
    assert [(own.status, own.code) for own in answers] == [(201, "open"), *[(422, "coupon_used_up")] * 4]
    assert settled(story, START + DAY) == (205, 0, [])
    facts = merge(story.reports)
    assert sum(redemption_held(facts, order, START + 90 * DAY) for order in facts.orders.values()) == 1


def test_18_an_open_order_of_the_same_customer_counts_before_it_is_paid() -> None:
    story = signed_up()
    order = story.order_pack(A, "pack_200", START, coupon=LAUNCH.code, amount=7_495)
    again = Request(A, "another", "pack_200", "razorpay", coupon=LAUNCH.code)
    assert open_checkout(merge(story.reports), SHOP, again, START + 1).code == "coupon_used_up"
    story.end_offer(order, START + 2)
    assert open_checkout(merge(story.reports), SHOP, again, START + 3).status == 201


def test_19_an_old_key_sells_no_second_subscription_or_trial() -> None:
    story = signed_up()
    first = Request(A, "K1", "pro", "stripe", trial=True)
    second = Request(A, "K2", "pro", "stripe", trial=True)
    assert open_checkout(merge(story.reports), SHOP, first, START).status == 201
    # Unanswered: the order stands, its subscription was never accepted.
    unanswered = story.subscribe(A, PRO_MONTH, START, name="sub-unanswered", trial=True, key="K1")
    story.steps[-1] = replace(story.steps[-1], arrivals=())
    order = f"order-of-{unanswered}"
    answer = open_checkout(merge(story.reports), SHOP, second, START + 1)
    assert (answer.status, answer.supersede) == (201, (order,))
    story.end_offer(order, START + 1)
    bought = story.subscribe(A, PRO_MONTH, START + 2, trial=True, key="K2")
    story.see(bought, "trialing", PRO_MONTH, START + 3, trial_end=START + 7 * DAY)
    facts = merge(story.reports)
    assert open_checkout(facts, SHOP, first, START + 4) == Decision(409, "offer_ended", supersede=(order,))
    assert open_checkout(facts, SHOP, Request(A, "K3", "pro", "stripe"), START + 5).code == "subscription_exists"
    assert list(facts.links) == [bought]


def test_20_a_key_never_reopens_an_ended_order() -> None:
    story = signed_up()
    order = story.order_pack(A, "pack_20", START, key="K1")
    later = START + 90 * DAY
    again = Request(A, "K1", "pack_20", "razorpay")
    assert open_checkout(merge(story.reports), SHOP, again, later).code == "offer_ended"
    story.pay(order, later + 1, 19_900)
    assert settled(story, later + DAY) == (5, 0, ["late_payment"])
    assert open_checkout(merge(story.reports), SHOP, again, later + DAY).code == "offer_ended"


def test_a_key_gives_the_same_answer_while_the_order_would_still_be_sold() -> None:
    story = signed_up()
    order = story.order_pack(A, "pack_20", START, key="K1")
    same = Request(A, "K1", "pack_20", "razorpay")
    other = Request(A, "K1", "pack_60", "razorpay")
    facts = merge(story.reports)
    assert open_checkout(facts, SHOP, same, START + DAY - 1) == Decision(200, "open", order)
    assert open_checkout(facts, SHOP, other, START + 1).code == "idempotency_conflict"
    dearer = Shop(items={"pack_20": Item(29_900, "INR", units=20)})
    assert open_checkout(facts, dearer, same, START + 1).code == "offer_ended"
    payment = story.pay(order, START + 2, 19_900)
    story.refund(payment, 19_900, START + 3)
    assert open_checkout(merge(story.reports), dearer, same, START + 90 * DAY) == Decision(200, "paid", order)


def test_21_no_plan_is_changed_during_a_trial() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START, trial=True)
    story.see(subscription, "trialing", PRO_MONTH, START, trial_end=START + 7 * DAY)
    answer = change_plan(merge(story.reports), subscription, UNLIMITED_MONTH, SHOP.coupons, START + DAY)
    assert (answer.status, answer.code) == (409, "subscription_not_changeable")
    tried = Request(B, "K1", "unlimited", "stripe", trial=True)
    assert open_checkout(merge(story.reports), SHOP, tried, START).code == "trial_not_offered"


def test_21_a_mailbox_has_one_trial_also_across_an_erasure() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START, trial=True)
    story.see(subscription, "trialing", PRO_MONTH, START, trial_end=START + 7 * DAY)
    story.see(subscription, "canceled", PRO_MONTH, START + DAY, ended_at=START + DAY)
    story.erase(A, START + 2 * DAY)
    story.sign_up(B, START + 3 * DAY, mailbox=f"{A}@")
    again = Request(B, "K1", "pro", "stripe", trial=True)
    assert open_checkout(merge(story.reports), SHOP, again, START + 4 * DAY).code == "trial_used"


def test_22_a_discount_does_not_go_along_to_a_plan_it_is_not_for() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START, coupon=ONLY_PRO.code, discount=NINETY_PERCENT)
    story.charge(subscription, PRO_MONTH, (START, START + 30 * DAY), START, amount=120)
    story.see(subscription, "active", PRO_MONTH, START)
    assert settled(story, START + DAY) == (55, 0, [])
    facts = merge(story.reports)
    changed = change_plan(facts, subscription, UNLIMITED_MONTH, SHOP.coupons, START + DAY)
    assert (changed.renewal_amount, changed.keeps_discount) == (2_900, False)
    unpaid = change_plan(facts, subscription, UNLIMITED_MONTH, SHOP.coupons, START + 30 * DAY)
    assert (unpaid.status, unpaid.code) == (409, "subscription_not_changeable")
    refused = Request(B, "K1", "unlimited", "stripe", coupon=ONLY_PRO.code)
    assert open_checkout(merge(story.reports), SHOP, refused, START).code == "coupon_not_applicable"


def test_23_an_account_with_a_running_subscription_may_not_be_erased() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.see(subscription, "active", PRO_MONTH, START)
    assert may_erase(merge(story.reports), A) == "subscription_not_ended"
    story.see(subscription, "canceled", PRO_MONTH, START + 1, ended_at=START + 1)
    assert may_erase(merge(story.reports), A) is None


def test_24_only_active_administrators_adjust_and_never_themselves() -> None:
    story = signed_up()
    administrators = {"deleted": False, "active": True}
    facts = merge(story.reports)
    assert adjust(facts, Adjust("deleted", A, "k", 100_000, "gift"), administrators, START)[0] == 403
    assert adjust(facts, Adjust("active", "active", "k", 100_000, "gift"), administrators, START)[0] == 403
    assert adjust(facts, Adjust("active", A, "k", 100, "gift"), administrators, START) == (200, "adjusted")
    story.adjust(A, 100, START, key="k")
    facts = merge(story.reports)
    assert adjust(facts, Adjust("active", A, "k", 100, "gift"), administrators, START) == (200, "repeated")
    assert adjust(facts, Adjust("active", A, "k", -50, "gift"), administrators, START)[0] == 409
    assert adjust(facts, Adjust("active", A, "k2", -106, "abuse"), administrators, START)[0] == 422


def test_25_an_old_event_loses_personal_data_and_keeps_its_facts() -> None:
    body = {"payment": {"id": "pay_1", "amount": 19_900, "email": "ann@example.com", "contact": "+91"}}
    kept = {"payment": {"id": "pay_1", "amount": 19_900}}
    assert stored_body(body, START, START + DAY, account_erased=False) == body
    assert stored_body(body, START, START + 90 * DAY, account_erased=False) == kept
    assert stored_body(body, START, START + DAY, account_erased=True) == kept


def test_26_only_the_erasure_path_erases_and_not_while_files_are_left() -> None:
    facts = merge(signed_up().reports)
    assert may_erase(facts, A, by_cleanup_of_rows=True) == "not_the_erasure_path"
    assert may_erase(facts, A, files_left=1) == "files_left"
    assert may_erase(facts, A) is None


def test_37_an_unpaid_subscription_is_cancelled_before_another_is_sold() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.see(subscription, "unpaid", PRO_MONTH, START + 40 * DAY)
    request = Request(A, "K2", "pro", "stripe")
    answer = open_checkout(merge(story.reports), SHOP, request, START + 41 * DAY)
    assert (answer.status, answer.cancel_first) == (201, (subscription,))
    assert state_in_any_order(story, START + 41 * DAY).accounts[A].plan == "free"


def test_what_was_accepted_too_late_stands_in_the_way_of_nothing() -> None:
    story = signed_up()
    subscription = story.subscribe(A, PRO_MONTH, START)
    story.end_offer(merge(story.reports).links[subscription].order, START - 1)
    story.see(subscription, "active", PRO_MONTH, START)
    answer = open_checkout(merge(story.reports), SHOP, Request(A, "K2", "pro", "stripe"), START + DAY)
    assert (answer.status, answer.cancel_first) == (201, (subscription,))
