"""The exceptions and objects of Stripe's SDK in our own terms."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import stripe

from functions._shared.domain.errors import PaymentProviderUnavailable, PaymentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def sdk_errors() -> Iterator[None]:
    """Convert the exceptions of the SDK."""
    try:
        yield
    except stripe.CardError as error:
        raise PaymentRefused(reason=error.code or "card_error") from error
    except stripe.InvalidRequestError as error:
        raise PaymentRefused(reason=error.code or "invalid_request") from error
    except stripe.StripeError as error:
        raise PaymentProviderUnavailable from error


def plain(item: stripe.StripeObject) -> dict[str, Any]:
    """Convert an object of the SDK to plain data, as in events."""
    plain: dict[str, Any] = json.loads(str(item))
    return plain
