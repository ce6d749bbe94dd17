"""Errors of the OpenAI and Anthropic SDKs. One generator, Stainless, writes both, so their exceptions are alike.

Called by the ``openai`` and ``anthropic`` adapters around each request.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from functions._shared.ai.backend import RETRYABLE_STATUS, VendorFailure, retry_after_header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_OUT_OF_QUOTA: Final = "insufficient_quota"
"""OpenAI's code of a 429 for an account without credit, which waiting does not fix."""
_FIRST_ERROR: Final = 400


@contextmanager
def vendor_failures(sdk: ModuleType) -> Iterator[None]:
    """Convert the exceptions of one request.

    Parameters
    ----------
    sdk : module
        ``openai`` or ``anthropic``.

    Raises
    ------
    VendorFailure
        The request failed.
    TimeoutError
        The SDK gave up waiting.
    """
    try:
        yield
    except sdk.APITimeoutError as error:
        raise TimeoutError from error
    except sdk.APIConnectionError as error:
        raise VendorFailure("connection broken", retryable=True, billed=True) from error
    except sdk.APIStatusError as error:
        raise _status_failure(error) from error
    except (sdk.APIResponseValidationError, ValueError) as error:
        raise VendorFailure("answer is not JSON", retryable=True, billed=True) from error
    except sdk.APIError as error:
        raise VendorFailure("error in the stream", retryable=True, billed=True) from error


def _status_failure(error: Any) -> VendorFailure:  # noqa: ANN401 - the same class in two SDKs
    status: int = error.status_code
    if status < _FIRST_ERROR:
        return VendorFailure("error in the stream", retryable=True, billed=True)
    code = getattr(error, "code", None)  # OpenAI only
    return VendorFailure(
        f"{status} {code or ''}".strip(),
        retryable=status in RETRYABLE_STATUS and code != _OUT_OF_QUOTA,
        retry_after=retry_after_header(error.response.headers.get("retry-after")),
    )
