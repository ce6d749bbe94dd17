"""OpenAI chat completions through openai 3; OpenRouter and other hosts of the same API by base URL."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

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
    from openai import APIStatusError, Omit
    from openai.types.chat import ChatCompletion
    from pydantic import BaseModel

    from functions._shared.ai.delimit import Rendered

_OUT_OF_QUOTA = "insufficient_quota"
"""A 429 with this code means an empty account, which waiting does not fill."""

_STOPS: dict[str, Stop] = {"stop": "done", "length": "length", "content_filter": "refused"}


class OpenAIBackend:
    """OpenAI behind `Backend`.

    Chat completions rather than responses, because that is what the other hosts speak, too.

    Parameters
    ----------
    api_key : str
        Key of the API.
    model : str
        Model code.
    base_url : str, optional
        Another host that speaks the same API, such as ``https://openrouter.ai/api/v1``.
    provider : str
        Name for the books: ``openai`` or ``openrouter``.
    """

    def __init__(self, *, api_key: str, model: str, base_url: str | None = None, provider: str = "openai") -> None:
        from openai import AsyncOpenAI

        self.provider = provider
        self.model = model
        # Retries belong to the caller, which knows the deadline.
        self._client = AsyncOpenAI(api_key=api_key, base_url=base_url, max_retries=0)

    async def ask(
        self,
        prompt: Rendered,
        output: type[BaseModel],
        *,
        timeout: float,  # noqa: ASYNC109 - the port's name
        max_output_tokens: int,
    ) -> RawAnswer:
        """Create one chat completion; see `Backend.ask`."""
        from openai import APIConnectionError, APIResponseValidationError, APIStatusError, APITimeoutError

        try:
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
        except APITimeoutError as error:
            raise TimeoutError from error
        except APIConnectionError as error:
            raise VendorFailure("connection broken", retryable=True, billed=True) from error
        except APIStatusError as error:
            raise _failure(error) from error
        except (APIResponseValidationError, ValueError) as error:
            raise VendorFailure("answer is not JSON", retryable=True, billed=True) from error
        # A body that is not JSON comes back as plain text, JSON of another shape with the fields missing.
        if not getattr(completion, "choices", None):
            raise VendorFailure("answer is not a completion", retryable=True, billed=True)
        return _read(completion)

    def _effort(self) -> Literal["low"] | Omit:
        from openai import omit

        # Rephrasing needs little thought, and thought is billed. Models that do not reason refuse the parameter, and
        # other hosts call it otherwise.
        reasons = self.model.startswith(("gpt-5", "gpt-6", "o3", "o4")) and "chat" not in self.model
        return "low" if reasons and self.provider == "openai" else omit

    async def aclose(self) -> None:
        """Close the SDK's client; see `Backend.aclose`."""
        await self._client.close()


def _failure(error: APIStatusError) -> VendorFailure:
    status = error.status_code
    return VendorFailure(
        f"{status} {error.code or ''}".strip(),
        retryable=status in RETRYABLE_STATUS and error.code != _OUT_OF_QUOTA,
        retry_after=retry_after_header(error.response.headers.get("retry-after")),
    )


def _read(completion: ChatCompletion) -> RawAnswer:
    choice = completion.choices[0]
    usage = completion.usage
    stop: Stop = "refused" if choice.message.refusal else _STOPS.get(choice.finish_reason, "other")
    # OpenRouter states what the call cost (https://openrouter.ai/docs/use-cases/usage-accounting).
    cost = (usage.model_extra or {}).get("cost") if usage else None
    return RawAnswer(
        text=choice.message.content or "",
        stop=stop,
        input_tokens=usage.prompt_tokens if usage else 0,
        output_tokens=usage.completion_tokens if usage else 0,
        cost=Decimal(str(cost)) if isinstance(cost, int | float) else None,
    )
