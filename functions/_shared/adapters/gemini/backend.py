"""Google's Gemini API, v1beta, through google-genai 3."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from typing_extensions import override

from functions._shared.ai.backend import (
    RETRYABLE_STATUS,
    THINKING_ROOM,
    Backend,
    RawAnswer,
    Stop,
    VendorFailure,
    broken_off,
    retry_info,
)
from functions._shared.ai.schema import openapi_schema, plain_schema

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from google.genai import Client
    from google.genai.errors import APIError
    from google.genai.types import GenerateContentResponse, ThinkingConfig
    from pydantic import BaseModel

    from functions._shared.ai.delimit import RenderedPrompt

# https://ai.google.dev/api/generate-content#FinishReason: the reasons that are decisions about the content.
_REFUSALS = frozenset({"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE"})


class GeminiBackend(Backend):
    """Google's Gemini API.

    Parameters
    ----------
    api_key : str
        Gemini API key.
    model : str
        Model code, such as ``gemini-3.8-flash``.
    base_url : str, optional
        Another host with the same API.
    """

    provider = "gemini"

    def __init__(self, *, api_key: str, model: str, base_url: str | None = None) -> None:
        self.model = model
        self._client = new_client(api_key, base_url)

    @override
    async def ask(
        self,
        prompt: RenderedPrompt,
        output: type[BaseModel],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> RawAnswer:
        from google.genai.types import GenerateContentConfig, HttpOptions

        config = GenerateContentConfig(
            system_instruction=prompt.system,
            response_mime_type="application/json",
            response_schema=openapi_schema(plain_schema(output)),
            max_output_tokens=max_output_tokens + THINKING_ROOM,
            thinking_config=little_thinking(self.model),
            http_options=HttpOptions(timeout=max(1, round(timeout * 1000))),  # milliseconds
        )
        with vendor_failures():
            models = self._client.aio.models
            if prompt.on_text:
                chunks = await models.generate_content_stream(model=self.model, contents=prompt.user, config=config)
                return await _heard(chunks, prompt.on_text)
            response = await models.generate_content(model=self.model, contents=prompt.user, config=config)
        return read_answer(response)

    @override
    async def aclose(self) -> None:
        await self._client.aio.aclose()
        self._client.close()


def new_client(api_key: str, base_url: str | None) -> Client:
    """Build the SDK's client. Keep a reference to it: without one it closes its connections during a request."""
    from google import genai
    from google.genai.types import HttpOptions, HttpRetryOptions

    # One attempt, because the caller retries and knows the deadline. v1beta, because v1 has no structured output.
    options = HttpOptions(base_url=base_url, api_version="v1beta", retry_options=HttpRetryOptions(attempts=1))
    return genai.Client(api_key=api_key, vertexai=False, http_options=options)


def little_thinking(model: str) -> ThinkingConfig | None:
    """Return the least thinking that a model allows: our tasks need little, and thinking is billed."""
    from google.genai.types import ThinkingConfig, ThinkingLevel

    if model.startswith("gemini-2.5-flash"):
        return ThinkingConfig(thinking_budget=0)
    if model.startswith("gemini-3"):  # 3.8 Flash rejects "minimal"
        return ThinkingConfig(thinking_level=ThinkingLevel.LOW)
    return None


@contextmanager
def vendor_failures() -> Iterator[None]:
    """Convert the exceptions of one request.

    Raises
    ------
    VendorFailure
        The request failed.
    TimeoutError
        The SDK gave up waiting.
    """
    import httpx2
    from google.genai.errors import APIError

    try:
        yield
    except APIError as error:
        raise _failure(error) from error
    except httpx2.TimeoutException as error:
        raise TimeoutError from error
    except httpx2.TransportError as error:
        raise VendorFailure("connection broken", retryable=True, billed=True) from error
    except ValueError as error:
        raise VendorFailure("answer is not JSON", retryable=True, billed=True) from error


def _failure(error: APIError) -> VendorFailure:
    body = error.details
    details = (body.get("error") or {}).get("details") if isinstance(body, dict) else None
    return VendorFailure(
        f"{error.code} {error.status or ''}".strip(),
        retryable=error.code in RETRYABLE_STATUS,
        retry_after=retry_info(details),
    )


async def _heard(chunks: AsyncIterator[GenerateContentResponse], on_text: Callable[[str], None]) -> RawAnswer:
    """Read a stream to its end. The last chunk says why it ended, and how many tokens there are."""
    text, last = "", None
    async for chunk in chunks:
        part = read_answer(chunk)
        if part.text:
            text += part.text
            on_text(text)
        if chunk.prompt_feedback or any(each.finish_reason for each in chunk.candidates or ()):
            last = part
    if last is None:
        raise broken_off()
    return replace(last, text=text)


def read_answer(response: GenerateContentResponse) -> RawAnswer:
    """Read a response: its text, why it ended, and what it cost."""
    usage = response.usage_metadata
    candidate = response.candidates[0] if response.candidates else None
    reason = candidate.finish_reason.name if candidate and candidate.finish_reason else None
    stop: Stop = "other"
    if reason == "STOP":
        stop = "done"
    elif reason == "MAX_TOKENS":
        stop = "length"
    elif reason in _REFUSALS or (candidate is None and response.prompt_feedback is not None):
        stop = "refused"
    parts = (candidate.content.parts if candidate and candidate.content else None) or []
    prompt_tokens, answer_tokens, thinking_tokens = (
        (usage.prompt_token_count, usage.candidates_token_count, usage.thoughts_token_count) if usage else (0, 0, 0)
    )
    return RawAnswer(
        text="".join(part.text for part in parts if part.text and not part.thought),
        stop=stop,
        input_tokens=prompt_tokens or 0,
        output_tokens=(answer_tokens or 0) + (thinking_tokens or 0),
    )
