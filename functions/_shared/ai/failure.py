"""What a vendor adapter reports to the shared code: an answer as it came, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from decimal import Decimal

    from pydantic import BaseModel

    from functions._shared.ai.delimit import Rendered

Stop = Literal["done", "length", "refused", "other"]

RETRYABLE_STATUS = frozenset({408, 429, 500, 502, 503, 504, 529})
"""HTTP statuses after which the same request may succeed; 529 is Anthropic's "overloaded"."""

THINKING_ROOM = 2048
"""Output tokens added for thinking: vendors count it towards the limit, and cut the answer off at it."""


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """A vendor's answer before it is validated.

    Parameters
    ----------
    text : str
        What the model wrote; empty if nothing.
    stop : {"done", "length", "refused", "other"}
        Why it stopped writing.
    input_tokens, output_tokens : int
        As billed: output includes thinking.
    cost : Decimal, optional
        US dollars, where the vendor states the price itself.
    """

    text: str
    stop: Stop
    input_tokens: int
    output_tokens: int
    cost: Decimal | None = None


class VendorFailure(Exception):
    """One request brought no answer.

    Parameters
    ----------
    reason : str
        Short and without personal data: it is logged and booked.
    retryable : bool
        Whether the same request may succeed later.
    retry_after : float, optional
        Seconds that the vendor asks to wait.
    billed : bool
        Whether the vendor may have billed it all the same (the connection broke after the request was sent).
    """

    def __init__(self, reason: str, *, retryable: bool, retry_after: float | None = None, billed: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable
        self.retry_after = retry_after
        self.billed = billed


class Backend(Protocol):
    """One vendor's SDK behind one call."""

    provider: str
    model: str

    async def ask(
        self,
        prompt: Rendered,
        output: type[BaseModel],
        *,
        timeout: float,  # noqa: ASYNC109 - passed on to the SDK
        max_output_tokens: int,
    ) -> RawAnswer:
        """Send one request, once.

        Parameters
        ----------
        prompt : Rendered
            What to send.
        output : type of BaseModel
            Shape asked for.
        timeout : float
            Seconds. The caller enforces it; it is passed for the SDK to clean up on its side.
        max_output_tokens : int
            Length of the answer. Backends whose models think add room for that.

        Raises
        ------
        VendorFailure
            No answer.
        """
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


def retry_after_header(value: str | None) -> float | None:
    """Read the seconds of a ``Retry-After`` header.

    Parameters
    ----------
    value : str or None
        The header. Its date form, which model vendors do not send, is ignored.

    Returns
    -------
    float or None
        Seconds, if it states any.
    """
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def retry_info(details: object) -> float | None:
    """Read Google's `google.rpc.RetryInfo`, which comes in the error's details instead of a header.

    Parameters
    ----------
    details : object
        The ``error.details`` of the answer, as parsed from JSON.

    Returns
    -------
    float or None
        Seconds, if it states any: ``"34s"`` is 34.0.
    """
    for detail in details if isinstance(details, list) else ():
        delay = detail.get("retryDelay") if isinstance(detail, dict) else None
        if isinstance(delay, str):
            return retry_after_header(delay.removesuffix("s"))
    return None
