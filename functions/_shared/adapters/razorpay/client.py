"""Razorpay's SDK, adapted for a server: timeouts, our errors, no printing, off the event loop."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final

import razorpay
import requests
from typing_extensions import override

from functions._shared.domain.errors import PaymentProviderUnavailable, PaymentRefused

if TYPE_CHECKING:
    from collections.abc import Callable

TIMEOUT_S: Final = (2.0, 8.0)
"""Seconds to connect and to wait for bytes. By default the SDK waits forever."""

_SERVER_ERROR: Final = 500
_TOO_MANY: Final = 429


class RazorpayClient:
    """Calls Razorpay's API.

    Parameters
    ----------
    key_id, key_secret : str
        Credentials.
    base_url : str or None
        Another host instead of Razorpay's.
    """

    def __init__(self, key_id: str, key_secret: str, base_url: str | None) -> None:
        options = {"base_url": base_url} if base_url else {}
        self._sdk = razorpay.Client(auth=(key_id, key_secret), session=_Session(), **options)

    async def call(self, request: Callable[[Any], Any]) -> dict[str, Any]:
        """Make one call in a thread: ``await client.call(lambda sdk: sdk.order.fetch(id))``.

        Raises
        ------
        PaymentProviderUnavailable
            There is no answer, or none that Razorpay's API would send.
        PaymentRefused
            Razorpay declined; ``reason`` is its explanation.
        """
        try:
            answer = await asyncio.to_thread(request, self._sdk)
        except (razorpay.errors.GatewayError, razorpay.errors.ServerError) as error:
            raise PaymentProviderUnavailable from error
        except razorpay.errors.BadRequestError as error:
            reason = str(error)
            if re.search("authentication", reason, re.IGNORECASE):
                # Our API key is wrong; the customer cannot fix that.
                raise PaymentProviderUnavailable from error
            raise PaymentRefused(reason=reason[:200]) from error
        except ValueError as error:
            raise PaymentProviderUnavailable from error
        if not isinstance(answer, dict):
            raise PaymentProviderUnavailable
        return answer


class _Session(requests.Session):
    """Adds a timeout, and raises our errors before the SDK can print its own."""

    @override
    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one request.

        Raises
        ------
        PaymentProviderUnavailable
            There is no response, or none that Razorpay's API would send.
        """
        # The certificates in the SDK age with its release; those of the system are kept up to date.
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
