"""The interface between `StructuredModel` and the vendor adapters: one request to one vendor.

`Backend` is implemented by the ``anthropic``, ``gemini``, ``gemini_legacy`` and ``openai`` adapters. It returns a
`RawAnswer` or raises a `VendorFailure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from decimal import Decimal

    from pydantic import BaseModel

    from functions._shared.ai.delimit import RenderedPrompt

Stop = Literal["done", "length", "refused", "other"]

RETRYABLE_STATUS: Final = frozenset({408, 429, 500, 502, 503, 504, 529})
"""HTTP statuses after which the same request may succeed; 529 is Anthropic's "overloaded"."""

THINKING_ROOM: Final = 2048
"""Extra output tokens for thinking, because vendors count thinking towards the limit and truncate the answer there."""


class Backend(Protocol):
    """One vendor's SDK, reduced to one call."""

    provider: str
    model: str

    async def ask(
        self,
        prompt: RenderedPrompt,
        output: type[BaseModel],
        *,
        timeout: float,  # noqa: ASYNC109 - passed on to the SDK
        max_output_tokens: int,
    ) -> RawAnswer:
        """Send one request, without retries.

        Parameters
        ----------
        prompt : RenderedPrompt
            The text to send. If it has ``on_text``, a vendor that can stream does.
        output : type of BaseModel
            Shape of the answer.
        timeout : float
            Seconds. The caller enforces the timeout; the SDK gets it as well, to clean up on its side.
        max_output_tokens : int
            Maximum length of the answer. Backends of models that think add `THINKING_ROOM`.

        Raises
        ------
        VendorFailure
            There is no answer.
        TimeoutError
            The SDK gave up waiting.
        """
        ...

    async def aclose(self) -> None:
        """Close the connections of the SDK."""
        ...


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """A vendor's answer before validation.

    Parameters
    ----------
    text : str
        The text that the model wrote; may be empty.
    stop : {"done", "length", "refused", "other"}
        Why the model stopped.
    input_tokens, output_tokens : int
        As billed; output includes thinking.
    cost : Decimal, optional
        In US dollars, if the vendor reports it.
    """

    text: str
    stop: Stop
    input_tokens: int
    output_tokens: int
    cost: Decimal | None = None


class VendorFailure(Exception):
    """One request failed.

    Parameters
    ----------
    reason : str
        Short and without personal data, because it is logged and recorded.
    retryable : bool
        Whether the same request may succeed later.
    retry_after : float, optional
        Seconds that the vendor asks to wait.
    billed : bool
        Whether the vendor may bill the request anyway (the connection broke after it was sent).
    """

    def __init__(self, reason: str, *, retryable: bool, retry_after: float | None = None, billed: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable
        self.retry_after = retry_after
        self.billed = billed


def broken_off() -> VendorFailure:
    """Build the failure of a stream that ends before its answer does."""
    return VendorFailure("stream ended early", retryable=True, billed=True)


def retry_after_header(value: str | None) -> float | None:
    """Read the seconds from a ``Retry-After`` header.

    Parameters
    ----------
    value : str or None
        The header. Its date form is ignored; model vendors do not send it.

    Returns
    -------
    float or None
        Seconds, if the header has any.
    """
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def retry_info(details: object) -> float | None:
    """Read Google's ``google.rpc.RetryInfo``, which is part of the error details instead of a header.

    Parameters
    ----------
    details : object
        The ``error.details`` of the response, parsed from JSON.

    Returns
    -------
    float or None
        Seconds, if the details have any: ``"34s"`` is 34.0.
    """
    for detail in details if isinstance(details, list) else ():
        delay = detail.get("retryDelay") if isinstance(detail, dict) else None
        if isinstance(delay, str):
            return retry_after_header(delay.removesuffix("s"))
    return None
