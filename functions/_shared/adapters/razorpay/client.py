"""Razorpay's SDK, made fit for a server: timeouts, errors of ours, nothing printed, off the event loop."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final

import razorpay
import requests

from functions._shared.domain.errors import PaymentProviderUnavailable, PaymentRefused

if TYPE_CHECKING:
    from collections.abc import Callable

TIMEOUT_S: Final = (2.0, 8.0)
"""Seconds to connect and to wait for bytes. The SDK itself would wait for ever."""

_SERVER_ERROR: Final = 500
_TOO_MANY: Final = 429


class _Session(requests.Session):
    """Requests with a timeout, whose failures are ours before the SDK prints them."""

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401
        """Send one request; raises `PaymentProviderUnavailable` for whatever no API of Razorpay would answer."""
        # The SDK's own bundle of certificates ages with it; the system's is kept up to date.
        kwargs.pop("verify", None)
        kwargs["timeout"] = TIMEOUT_S
        try:
            response = super().request(method, url, *args, **kwargs)
        except requests.RequestException as error:
            raise PaymentProviderUnavailable from error
        if response.status_code >= _SERVER_ERROR or response.status_code == _TOO_MANY:
            raise PaymentProviderUnavailable
        if "json" not in response.headers.get("content-type", ""):
            raise PaymentProviderUnavailable
        return response


class RazorpayClient:
    """Calls of Razorpay's API.

    Parameters
    ----------
    key_id, key_secret : str
        Credentials.
    base_url : str or None
        Another host than Razorpay's.
    """

    def __init__(self, key_id: str, key_secret: str, base_url: str | None) -> None:
        options = {"base_url": base_url} if base_url else {}
        self._sdk = razorpay.Client(auth=(key_id, key_secret), session=_Session(), **options)

    async def call(self, make: Callable[[Any], Any]) -> dict[str, Any]:
        """Make one call in a thread: ``await client.call(lambda sdk: sdk.order.fetch(id))``.

        Raises
        ------
        PaymentProviderUnavailable
            No answer, or none that Razorpay's API would give.
        PaymentRefused
            Razorpay declined; ``reason`` is its description.
        """
        try:
            answer = await asyncio.to_thread(make, self._sdk)
        except (razorpay.errors.GatewayError, razorpay.errors.ServerError) as error:
            raise PaymentProviderUnavailable from error
        except razorpay.errors.BadRequestError as error:
            reason = str(error)
            if re.search("authentication", reason, re.IGNORECASE):
                # Our key, not the customer's card.
                raise PaymentProviderUnavailable from error
            raise PaymentRefused(reason=reason[:200]) from error
        except ValueError as error:
            raise PaymentProviderUnavailable from error
        if not isinstance(answer, dict):
            raise PaymentProviderUnavailable
        return answer
