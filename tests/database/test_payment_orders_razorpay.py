"""Whatever order Razorpay's events arrive in, and however often, the same rows and the same credits come of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from local.providers.lifecycles import LIFECYCLES
from tests.database.payments_support import end_the_same

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("story", LIFECYCLES)
def test_any_order_ends_the_same(story: str, connect: Callable[[], Any], new_user: Callable[..., Any]) -> None:
    end_the_same(story, "razorpay", connect(), new_user())
