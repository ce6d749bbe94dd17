"""Anthropic messages through anthropic 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.ai.backend import THINKING_ROOM, Backend, RawAnswer, Stop, VendorFailure
from functions._shared.ai.schema import plain_schema
from functions._shared.ai.stainless import vendor_failures

if TYPE_CHECKING:
    from anthropic.types import Message
    from pydantic import BaseModel

    from functions._shared.ai.delimit import RenderedPrompt

_STOPS: dict[str, Stop] = {
    "end_turn": "done",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "refused",
}


class AnthropicBackend(Backend):
    """Anthropic's messages API.

    Parameters
    ----------
    api_key : str
        API key.
    model : str
        Model code.
    base_url : str, optional
        Another host with the same API.
    """

    provider = "anthropic"

    def __init__(self, *, api_key: str, model: str, base_url: str | None = None) -> None:
        from anthropic import AsyncAnthropic

        self.model = model
        # The caller retries, because it knows the deadline.
        self._client = AsyncAnthropic(api_key=api_key, base_url=base_url, max_retries=0)

    @override
    async def ask(
        self,
        prompt: RenderedPrompt,
        output: type[BaseModel],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> RawAnswer:
        import anthropic

        with vendor_failures(anthropic):
            message = await self._client.messages.create(
                model=self.model,
                max_tokens=max_output_tokens + THINKING_ROOM,
                system=prompt.system,
                messages=[{"role": "user", "content": prompt.user}],
                output_config={"format": {"type": "json_schema", "schema": plain_schema(output)}},
                timeout=timeout,
            )
        # The SDK returns a body that is not JSON as text, and other JSON with missing fields.
        if getattr(message, "content", None) is None:
            raise VendorFailure("answer is not a message", retryable=True, billed=True)
        return _read(message)

    @override
    async def aclose(self) -> None:
        await self._client.close()


def _read(message: Message) -> RawAnswer:
    usage = message.usage
    return RawAnswer(
        text="".join(block.text for block in message.content if block.type == "text"),
        stop=_STOPS.get(message.stop_reason or "", "other"),
        # We do not request prompt caching, so the cache counts are normally empty; they are billed as input.
        input_tokens=usage.input_tokens
        + (usage.cache_creation_input_tokens or 0)
        + (usage.cache_read_input_tokens or 0),
        output_tokens=usage.output_tokens,
    )
