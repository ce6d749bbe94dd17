"""What the worked examples share: the days, the people, and a state that no order of reports changes."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.books.facts import DAY
from tests.books.story import Story

if TYPE_CHECKING:
    from tests.books.derivation import AccountState, State
    from tests.books.facts import Spend

HOUR = 3_600
A, B = "ann", "ben"


def at(month: int, day: int, year: int = 2026) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


START = at(11, 1)
NOVEMBER = (START, at(12, 1))
YEAR = (START, at(11, 1, 2027))


def signed_up(*, welcome: bool = True) -> Story:
    story = Story()
    story.sign_up(A, START - DAY, welcome=welcome)
    return story


def state_in_any_order(story: Story, now: int) -> State:
    """Derive in the order of the story and in others, each report told twice; all must agree."""
    state = story.state(now)
    shuffled = [*story.reports, *story.reports]
    for seed in range(10):
        random.Random(seed).shuffle(shuffled)
        assert story.state(now, shuffled) == state
    return state


def figures(state: State, account: str = A) -> tuple[int, int]:
    return state.accounts[account].balance, state.accounts[account].debt


def account(story: Story, now: int, name: str = A) -> AccountState:
    return state_in_any_order(story, now).accounts[name]


def settled(story: Story, now: int) -> tuple[int, int, list[str]]:
    """Balance, debt and the list's codes."""
    state = state_in_any_order(story, now)
    return *figures(state), state.codes()


def settle(story: Story, hold: Spend, ends: str) -> None:
    if ends == "released":
        story.release(hold, START + HOUR)
    if ends == "committed":
        story.commit(hold, START + HOUR)
