"""OpenAI chat completions through openai 3. OpenRouter and other hosts with the same API work by base URL."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from typing_extensions import override

from functions._shared.ai.backend import THINKING_ROOM, Backend, RawAnswer, Stop, VendorFailure, broken_off
from functions._shared.ai.schema import plain_schema
from functions._shared.ai.stainless import vendor_failures

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from openai import Omit
    from openai.types import CompletionUsage
    from openai.types.chat import ChatCompletion, ChatCompletionChunk
    from pydantic import BaseModel

    from functions._shared.ai.delimit import RenderedPrompt

_STOPS: dict[str, Stop] = {"stop": "done", "length": "length", "content_filter": "refused"}


class OpenAIBackend(Backend):
    """OpenAI's chat completions API, which other hosts offer too, unlike the responses API.

    Parameters
    ----------
    api_key : str
        API key.
    model : str
        Model code.
    base_url : str, optional
        Another host with the same API, such as ``https://openrouter.ai/api/v1``.
    provider : str
        Provider name for the records: ``openai`` or ``openrouter``.
    """

    def __init__(self, *, api_key: str, model: str, base_url: str | None = None, provider: str = "openai") -> None:
        from openai import AsyncOpenAI

        self.provider = provider
        self.model = model
        # The caller retries, because it knows the deadline.
        self._client = AsyncOpenAI(api_key=api_key, base_url=base_url, max_retries=0)

    @override
    async def ask(
        self,
        prompt: RenderedPrompt,
        output: type[BaseModel],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> RawAnswer:
        import openai

        request: dict[str, Any] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": plain_schema(output), "strict": True},
            },
            "reasoning_effort": self._effort(),
            "max_completion_tokens": max_output_tokens + THINKING_ROOM,
            "timeout": timeout,
        }
        with vendor_failures(openai):
            if prompt.on_text:
                request |= {"stream": True, "stream_options": {"include_usage": True}}
                return await _heard(await self._client.chat.completions.create(**request), prompt.on_text)
            completion: ChatCompletion = await self._client.chat.completions.create(**request)
        # The SDK returns a body that is not JSON as text, and other JSON with missing fields.
        if not getattr(completion, "choices", None):
            raise VendorFailure("answer is not a completion", retryable=True, billed=True)
        return _read(completion)

    @override
    async def aclose(self) -> None:
        await self._client.close()

    def _effort(self) -> Literal["low"] | Omit:
        from openai import omit

        # Rephrasing needs little reasoning, and reasoning is billed. Models that do not reason reject the parameter,
        # and other hosts use a different name for it.
        reasons = self.model.startswith(("gpt-5", "gpt-6", "o3", "o4")) and "chat" not in self.model
        return "low" if reasons and self.provider == "openai" else omit


async def _heard(chunks: AsyncIterator[ChatCompletionChunk], on_text: Callable[[str], None]) -> RawAnswer:
    """Read a stream to its end."""
    text, refusal, reason = "", "", None
    usage: CompletionUsage | None = None
    async for chunk in chunks:
        usage = chunk.usage or usage  # the last chunk has no choice
        for choice in chunk.choices or ():
            refusal += choice.delta.refusal or ""
            reason = choice.finish_reason or reason
            if choice.delta.content:
                text += choice.delta.content
                on_text(text)
    if reason is None:
        raise broken_off()
    return _answer(text, refusal, reason, usage)


def _read(completion: ChatCompletion) -> RawAnswer:
    choice = completion.choices[0]
    return _answer(choice.message.content, choice.message.refusal, choice.finish_reason, completion.usage)


def _answer(text: str | None, refusal: str | None, reason: str, usage: CompletionUsage | None) -> RawAnswer:
    stop: Stop = "refused" if refusal else _STOPS.get(reason, "other")
    # OpenRouter reports the cost of the call (https://openrouter.ai/docs/use-cases/usage-accounting).
    cost = (usage.model_extra or {}).get("cost") if usage else None
    return RawAnswer(
        text=text or "",
        stop=stop,
        input_tokens=usage.prompt_tokens if usage else 0,
        output_tokens=usage.completion_tokens if usage else 0,
        cost=Decimal(str(cost)) if isinstance(cost, int | float) else None,
    )
