"""Anthropic messages through anthropic 2."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from functions._shared.ai.backend import THINKING_ROOM, Backend, RawAnswer, Stop, VendorFailure, broken_off
from functions._shared.ai.schema import plain_schema
from functions._shared.ai.stainless import vendor_failures

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from anthropic.types import Message, RawMessageStreamEvent
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
        import httpx2

        request: dict[str, Any] = {
            "model": self.model,
            "max_tokens": max_output_tokens + THINKING_ROOM,
            "system": prompt.system,
            "messages": [{"role": "user", "content": prompt.user}],
            "output_config": {"format": {"type": "json_schema", "schema": plain_schema(output)}},
            "timeout": timeout,
        }
        with vendor_failures(anthropic):
            if prompt.on_text:
                events = await self._client.messages.create(**request, stream=True)
                try:
                    return await _heard(events, prompt.on_text)
                except httpx2.TransportError as error:  # the SDK converts only those before the stream
                    raise broken_off() from error
            message: Message = await self._client.messages.create(**request)
        # The SDK returns a body that is not JSON as text, and other JSON with missing fields.
        if getattr(message, "content", None) is None:
            raise VendorFailure("answer is not a message", retryable=True, billed=True)
        return _read(message)

    @override
    async def aclose(self) -> None:
        await self._client.close()


async def _heard(events: AsyncIterator[RawMessageStreamEvent], on_text: Callable[[str], None]) -> RawAnswer:
    """Read a stream to its end."""
    text, message = "", None
    async for event in events:
        if event.type == "message_start":
            message = event.message
        elif event.type == "content_block_delta" and event.delta.type == "text_delta":
            text += event.delta.text
            on_text(text)
        elif event.type == "message_delta" and message is not None:
            message.stop_reason = event.delta.stop_reason
            message.usage.output_tokens = event.usage.output_tokens
    if message is None or message.stop_reason is None:
        raise broken_off()
    return replace(_read(message), text=text)


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
