"""OpenAI chat completions through openai 3. OpenRouter and other hosts with the same API work by base URL."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from typing_extensions import override

from functions._shared.ai.backend import THINKING_ROOM, Backend, RawAnswer, Stop, VendorFailure
from functions._shared.ai.schema import plain_schema
from functions._shared.ai.stainless import vendor_failures

if TYPE_CHECKING:
    from openai import Omit
    from openai.types.chat import ChatCompletion
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

        with vendor_failures(openai):
            completion = await self._client.chat.completions.create(
                model=self.model,
                messages=[
                    {"role": "system", "content": prompt.system},
                    {"role": "user", "content": prompt.user},
                ],
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "answer", "schema": plain_schema(output), "strict": True},
                },
                reasoning_effort=self._effort(),
                max_completion_tokens=max_output_tokens + THINKING_ROOM,
                timeout=timeout,
            )
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


def _read(completion: ChatCompletion) -> RawAnswer:
    choice = completion.choices[0]
    usage = completion.usage
    stop: Stop = "refused" if choice.message.refusal else _STOPS.get(choice.finish_reason, "other")
    # OpenRouter reports the cost of the call (https://openrouter.ai/docs/use-cases/usage-accounting).
    cost = (usage.model_extra or {}).get("cost") if usage else None
    return RawAnswer(
        text=choice.message.content or "",
        stop=stop,
        input_tokens=usage.prompt_tokens if usage else 0,
        output_tokens=usage.completion_tokens if usage else 0,
        cost=Decimal(str(cost)) if isinstance(cost, int | float) else None,
    )
