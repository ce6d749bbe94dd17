"""Anthropic messages through anthropic 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.ai.failure import (
    RETRYABLE_STATUS,
    THINKING_ROOM,
    RawAnswer,
    Stop,
    VendorFailure,
    retry_after_header,
)
from functions._shared.ai.schema import plain_schema

if TYPE_CHECKING:
    from anthropic.types import Message
    from pydantic import BaseModel

    from functions._shared.ai.delimit import Rendered

_STOPS: dict[str, Stop] = {
    "end_turn": "done",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "refused",
}


class AnthropicBackend:
    """Anthropic behind `Backend`.

    Parameters
    ----------
    api_key : str
        Key of the API.
    model : str
        Model code.
    base_url : str, optional
        Another host that speaks the same API.
    """

    provider = "anthropic"

    def __init__(self, *, api_key: str, model: str, base_url: str | None = None) -> None:
        from anthropic import AsyncAnthropic

        self.model = model
        # Retries belong to the caller, which knows the deadline.
        self._client = AsyncAnthropic(api_key=api_key, base_url=base_url, max_retries=0)

    async def ask(
        self,
        prompt: Rendered,
        output: type[BaseModel],
        *,
        timeout: float,  # noqa: ASYNC109 - the port's name
        max_output_tokens: int,
    ) -> RawAnswer:
        """Create one message; see `Backend.ask`."""
        from anthropic import (
            APIConnectionError,
            APIResponseValidationError,
            APIStatusError,
            APITimeoutError,
        )

        try:
            message = await self._client.messages.create(
                model=self.model,
                max_tokens=max_output_tokens + THINKING_ROOM,
                system=prompt.system,
                messages=[{"role": "user", "content": prompt.user}],
                output_config={"format": {"type": "json_schema", "schema": plain_schema(output)}},
                timeout=timeout,
            )
        except APITimeoutError as error:
            raise TimeoutError from error
        except APIConnectionError as error:
            raise VendorFailure("connection broken", retryable=True, billed=True) from error
        except APIStatusError as error:
            status = error.status_code
            raise VendorFailure(
                f"{status}",
                retryable=status in RETRYABLE_STATUS,
                retry_after=retry_after_header(error.response.headers.get("retry-after")),
            ) from error
        except (APIResponseValidationError, ValueError) as error:
            raise VendorFailure("answer is not JSON", retryable=True, billed=True) from error
        # A body that is not JSON comes back as plain text, JSON of another shape with the fields missing.
        if getattr(message, "content", None) is None:
            raise VendorFailure("answer is not a message", retryable=True, billed=True)
        return _read(message)

    async def aclose(self) -> None:
        """Close the SDK's client; see `Backend.aclose`."""
        await self._client.close()


def _read(message: Message) -> RawAnswer:
    usage = message.usage
    return RawAnswer(
        text="".join(block.text for block in message.content if block.type == "text"),
        stop=_STOPS.get(message.stop_reason or "", "other"),
        # No prompt caching is asked for, so the cache counts stay empty; they would be billed as input.
        input_tokens=usage.input_tokens
        + (usage.cache_creation_input_tokens or 0)
        + (usage.cache_read_input_tokens or 0),
        output_tokens=usage.output_tokens,
    )
