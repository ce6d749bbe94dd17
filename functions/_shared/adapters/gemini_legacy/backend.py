"""Google's Gemini API through google-generativeai 0.8, whose support ended on 2025-11-30.

For projects that still depend on it; new installations use the ``gemini`` adapter. It uses the synchronous client,
because the asynchronous one has no REST transport and gRPC does not pass through HTTP gateways.
"""

from __future__ import annotations

import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from functions._shared.adapters.gemini_legacy.threads import in_thread
from functions._shared.ai.backend import (
    RETRYABLE_STATUS,
    THINKING_ROOM,
    Backend,
    RawAnswer,
    Stop,
    VendorFailure,
    retry_info,
)
from functions._shared.ai.schema import openapi_schema, plain_schema

if TYPE_CHECKING:
    from google.api_core.exceptions import GoogleAPICallError
    from pydantic import BaseModel

    from functions._shared.ai.delimit import RenderedPrompt

# https://ai.google.dev/api/generate-content#FinishReason, by number: the SDK's enum lacks the newer ones.
_STOPS: dict[int, Stop] = {
    1: "done",
    2: "length",
    3: "refused",  # SAFETY
    4: "refused",  # RECITATION
    6: "refused",  # LANGUAGE
    7: "refused",  # BLOCKLIST
    8: "refused",  # PROHIBITED_CONTENT
    9: "refused",  # SPII
}


class LegacySdkMissing(RuntimeError):
    """The optional extra is not installed."""


class GeminiLegacyBackend(Backend):
    """Google's Gemini API, with the old SDK.

    Parameters
    ----------
    api_key : str
        Gemini API key.
    model : str
        Model code.
    base_url : str, optional
        Another host with the same API.

    Raises
    ------
    LegacySdkMissing
        Install ``resumebase[gemini-legacy]``.
    """

    provider = "gemini"

    def __init__(self, *, api_key: str, model: str, base_url: str | None = None) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)  # the notice that support has ended
                from google import generativeai  # noqa: F401 - emits the notice
                from google.ai import generativelanguage
        except ImportError as error:
            raise LegacySdkMissing(
                "AI provider gemini_legacy needs google-generativeai: install resumebase[gemini-legacy], "
                "or use the provider gemini."
            ) from error
        self.model = model
        options: dict[str, Any] = {"api_key": api_key}
        if base_url:
            options["api_endpoint"] = base_url
        # The client below `GenerativeModel`. Built here, because `configure` would set it for the whole process.
        self._client = generativelanguage.GenerativeServiceClient(transport="rest", client_options=options)

    @override
    async def ask(
        self,
        prompt: RenderedPrompt,
        output: type[BaseModel],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> RawAnswer:
        return await in_thread(partial(self._ask, prompt, output, timeout, max_output_tokens))

    @override
    async def aclose(self) -> None:
        self._client.transport.close()  # type: ignore[no-untyped-call]

    def _ask(
        self, prompt: RenderedPrompt, output: type[BaseModel], timeout: float, max_output_tokens: int
    ) -> RawAnswer:
        import requests
        from google.api_core.exceptions import GoogleAPICallError, RetryError
        from google.protobuf.json_format import ParseError  # type: ignore[import-untyped]

        model = self._model(prompt, output, max_output_tokens)
        try:
            # Without retry=None the SDK retries a 503 for ten minutes, whatever the timeout.
            response = model.generate_content(prompt.user, request_options={"timeout": timeout, "retry": None})
        except RetryError as error:
            raise TimeoutError from error
        except GoogleAPICallError as error:
            raise _failure(error) from error
        except requests.Timeout as error:
            raise TimeoutError from error
        except requests.RequestException as error:
            raise VendorFailure("connection broken", retryable=True, billed=True) from error
        except (ParseError, ValueError) as error:
            raise VendorFailure("answer is not JSON", retryable=True, billed=True) from error
        return _read(response)

    def _model(self, prompt: RenderedPrompt, output: type[BaseModel], max_output_tokens: int) -> Any:  # noqa: ANN401 - untyped SDK
        from google.generativeai.generative_models import GenerativeModel

        model = GenerativeModel(
            self.model,
            system_instruction=prompt.system,
            generation_config={
                "response_mime_type": "application/json",
                "response_schema": openapi_schema(plain_schema(output)),
                "max_output_tokens": max_output_tokens + THINKING_ROOM,
            },
        )
        # The constructor does not accept a client.
        model._client = self._client  # type: ignore[assignment]  # noqa: SLF001
        return model


def _failure(error: GoogleAPICallError) -> VendorFailure:
    status = int(error.code or 0)
    return VendorFailure(f"{status}", retryable=status in RETRYABLE_STATUS, retry_after=retry_info(error.details))


def _read(response: Any) -> RawAnswer:  # noqa: ANN401 - untyped SDK
    usage = response.usage_metadata
    candidate = response.candidates[0] if response.candidates else None
    if candidate is None:
        stop: Stop = "refused" if response.prompt_feedback.block_reason else "other"
        text = ""
    else:
        stop = _STOPS.get(int(candidate.finish_reason), "other")
        text = "".join(part.text for part in candidate.content.parts)
    # The SDK does not report thinking tokens, but the total includes them.
    billed = max(usage.total_token_count - usage.prompt_token_count, usage.candidates_token_count)
    return RawAnswer(text=text, stop=stop, input_tokens=usage.prompt_token_count, output_tokens=max(billed, 0))
