"""Whatever order events arrive in, and however often, the same rows and the same credits come of them."""

from __future__ import annotations

import itertools
import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from local.providers.lifecycles import LIFECYCLES
from tests.database.payments_support import make_desk, open_books

if TYPE_CHECKING:
    from collections.abc import Callable

EXHAUSTIVE_UP_TO = 6
RANDOM_ORDERS = 1_000


def orders_of(count: int, seed: int) -> list[list[int]]:
    """Every order of a few events, or many random ones of more, each with some events told twice or three times."""
    chance = random.Random(seed)
    if count <= EXHAUSTIVE_UP_TO:
        orders = [list(order) for order in itertools.permutations(range(count))]
    else:
        orders = [chance.sample(range(count), count) for _ in range(RANDOM_ORDERS)]
    for order in orders:
        for _ in range(chance.randrange(3)):
            order.insert(chance.randrange(len(order) + 1), chance.randrange(count))
    return orders


@pytest.mark.parametrize("provider", ["razorpay", "stripe"])
@pytest.mark.parametrize("story", LIFECYCLES)
def test_any_order_ends_the_same(
    story: str, provider: str, connect: Callable[[], Any], new_user: Callable[..., Any]
) -> None:
    desk = make_desk(provider)
    LIFECYCLES[story](desk)
    with open_books(connect(), new_user(), desk) as books:
        books.open_orders()
        books.stop_clock()
        count = len(books.told())
        straight = list(range(count))
        outcomes = books.play([straight, *orders_of(count, seed=len(story))])
        expected = books.play([straight])
        differing = [json.loads(outcome) for outcome in outcomes if outcome not in expected]
        assert not differing, f"{len(differing)} other outcomes of {sum(outcomes.values())} orders: {differing[0]}"
