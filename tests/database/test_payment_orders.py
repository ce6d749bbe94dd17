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
BRANCHES = 10
"""Long stories are told in 10 x 10 x 10 random orders: ten ways to begin, ten to go on from each, ten to end."""


def with_repetitions(part: list[int], count: int, chance: random.Random) -> list[int]:
    """Tell some events of the story twice or three times."""
    for _ in range(chance.randrange(3)):
        part.insert(chance.randrange(len(part) + 1), chance.randrange(count))
    return part


def orders_of(count: int, seed: int) -> list[list[int]]:
    """Every order of a few events, or a thousand random ones of more."""
    chance = random.Random(seed)
    if count <= EXHAUSTIVE_UP_TO:
        return [with_repetitions(list(order), count, chance) for order in itertools.permutations(range(count))]
    orders, third = [], count // 3
    for _ in range(BRANCHES):
        first = chance.sample(range(count), third)
        others = [number for number in range(count) if number not in first]
        beginning = with_repetitions(first, count, chance)
        for _ in range(BRANCHES):
            second = chance.sample(others, third)
            rest = [number for number in others if number not in second]
            middle = beginning + with_repetitions(second, count, chance)
            for _ in range(BRANCHES):
                end = with_repetitions(chance.sample(rest, len(rest)), count, chance)
                orders.append(middle + end)
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
        orders = orders_of(count, seed=len(story))
        assert all(set(order) == set(straight) for order in orders)
        outcomes = books.play([straight, *orders])
        assert sum(outcomes.values()) == len(orders) + 1
        expected = books.play([straight])
        differing = [json.loads(outcome) for outcome in outcomes if outcome not in expected]
        assert not differing, f"{len(differing)} other outcomes of {sum(outcomes.values())} orders: {differing[0]}"
