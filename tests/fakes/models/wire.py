"""The wire formats of the three vendors, from their public API references (November 2026).

Gemini: https://ai.google.dev/api/generate-content · OpenAI: https://platform.openai.com/docs/api-reference/chat ·
Anthropic: https://docs.anthropic.com/en/api/messages
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any

from tests.fakes.models.behaviours import (
    Answer,
    Empty,
    PromptBlocked,
    Refusal,
    Request,
    Truncated,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
Reply = tuple[int, dict[str, str], Json]
TextStep = Answer | Refusal | PromptBlocked | Truncated | Empty
Event = tuple[str | None, Json | str]
PIECE = 7
"""Characters of an event of a stream."""


_GEMINI_SCHEMA = frozenset(
    [
        "type",
        "format",
        "title",
        "description",
        "nullable",
        "enum",
        "maxItems",
        "minItems",
        "properties",
        "required",
        "minProperties",
        "maxProperties",
        "minLength",
        "maxLength",
        "pattern",
        "example",
        "anyOf",
        "propertyOrdering",
        "default",
        "items",
        "minimum",
        "maximum",
    ]
)
_STRICT_SCHEMA = frozenset(
    [
        "type",
        "description",
        "enum",
        "anyOf",
        "properties",
        "items",
        "required",
        "additionalProperties",
        "$ref",
        "$defs",
        "title",
    ]
)


def _cut(text: str) -> list[str]:
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


def _children(schema: Json) -> list[Json]:
    nested = [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    return [*nested, schema["items"]] if "items" in schema else nested


def _unknown_keyword(schema: Json) -> str | None:
    """Find a keyword that Gemini rejects because its protobuf message does not have it."""
    for key in schema:
        first, *others = key.split("_")
        if "".join([first, *(word.capitalize() for word in others)]) not in _GEMINI_SCHEMA:
            return key
    return next((unknown for child in _children(schema) if (unknown := _unknown_keyword(child))), None)


def _not_strict(schema: Json) -> str | None:
    """Find what strict modes reject: other keywords, open objects, optional properties."""
    if unknown := schema.keys() - _STRICT_SCHEMA:
        return min(unknown)
    if "properties" in schema:
        if schema.get("additionalProperties") is not False:
            return "additionalProperties"
        if set(schema.get("required", [])) != set(schema["properties"]):
            return "required"
    return next((key for child in _children(schema) if (key := _not_strict(child))), None)


class Vendor(ABC):
    """Reads one vendor's requests and writes its answers."""

    name: str

    @abstractmethod
    def matches(self, path: str) -> bool:
        """Whether a request path belongs to this vendor's API."""

    @abstractmethod
    def key(self, headers: dict[str, str]) -> str | None:
        """Return the API key of a request."""

    def parse(self, raw: bytes, headers: dict[str, str]) -> Json:  # noqa: ARG002 - one kind of body needs them
        """Read the body of a request."""
        body: Json = json.loads(raw)
        return body

    @abstractmethod
    def read(self, path: str, headers: dict[str, str], body: Json) -> Request:
        """Extract the parts of a request that tests look at."""

    @abstractmethod
    def answer(self, request: Request, step: TextStep) -> Json:
        """Write a 200 answer."""

    @abstractmethod
    def events(self, answer: Json) -> Iterator[Event]:
        """Write the same answer as a stream: the names and the data of its events."""

    @abstractmethod
    def error(self, status: int, retry_after: float | None) -> Reply:
        """Write an error answer."""

    def objection(self, request: Request) -> str | None:
        """Return the keyword in the request's schema that the vendor rejects, if any."""
        return _not_strict(request.schema) if request.schema else "a schema"

    @abstractmethod
    def bad_key(self) -> Reply:
        """Write the answer to a missing or unknown key."""


class Gemini(Vendor):
    """`v1beta` `models.generateContent` and `streamGenerateContent`. Sends enums as numbers if the client asks for them, as the legacy SDK does."""

    name = "gemini"
    _path = re.compile(r"^/v1beta/models/(?P<model>[^:/]+):(?:generateContent|streamGenerateContent)(\?.*)?$")
    _finish = {"STOP": 1, "MAX_TOKENS": 2, "SAFETY": 3}  # noqa: RUF012 - a constant table
    _block = {"SAFETY": 1}  # noqa: RUF012 - a constant table
    _status = {  # noqa: RUF012 - a constant table
        400: "INVALID_ARGUMENT",
        403: "PERMISSION_DENIED",
        404: "NOT_FOUND",
        429: "RESOURCE_EXHAUSTED",
        500: "INTERNAL",
        503: "UNAVAILABLE",
        504: "DEADLINE_EXCEEDED",
    }

    def matches(self, path: str) -> bool:
        return self._path.match(path) is not None

    def key(self, headers: dict[str, str]) -> str | None:
        return headers.get("x-goog-api-key")

    def read(self, path: str, headers: dict[str, str], body: Json) -> Request:
        match = self._path.match(path)
        assert match is not None
        config = body.get("generationConfig", {})
        return Request(
            vendor=self.name,
            path=path,
            headers=headers,
            body=body,
            model=match["model"],
            system=_gemini_text(body.get("systemInstruction", {})),
            user="\n".join(_gemini_text(turn) for turn in body.get("contents", [])),
            schema=config.get("responseSchema") or config.get("responseJsonSchema"),
            max_output_tokens=config.get("maxOutputTokens"),
            streams=":streamGenerateContent" in path,
        )

    def objection(self, request: Request) -> str | None:
        return _unknown_keyword(request.schema) if request.schema else "a schema"

    def answer(self, request: Request, step: TextStep) -> Json:
        numbers = "enum-encoding=int" in request.path.replace("%3B", ";").replace("%3D", "=")
        usage: Json = {
            "promptTokenCount": step.input_tokens,
            "totalTokenCount": step.input_tokens,
        }
        done: Json = {
            "usageMetadata": usage,
            "modelVersion": request.model,
        }
        if isinstance(step, PromptBlocked):
            return {"promptFeedback": {"blockReason": 1 if numbers else "SAFETY"}, **done}
        finish = "STOP"
        candidate: Json = {"index": 0}
        output = thinking = 0
        match step:
            case Answer():
                candidate["content"] = {"parts": [{"text": step.text}], "role": "model"}
                output, thinking = step.output_tokens, step.thinking_tokens
            case Truncated():
                candidate["content"] = {"parts": [{"text": step.text}], "role": "model"}
                finish, output = "MAX_TOKENS", step.output_tokens
            case Refusal():
                finish, output = "SAFETY", step.output_tokens
            case Empty():
                candidate["content"] = {"role": "model"}
        usage["candidatesTokenCount"] = output
        if thinking:
            usage["thoughtsTokenCount"] = thinking
        usage["totalTokenCount"] = step.input_tokens + output + thinking
        candidate["finishReason"] = self._finish[finish] if numbers else finish
        return {"candidates": [candidate], **done}

    def events(self, answer: Json) -> Iterator[Event]:
        for candidate in answer.get("candidates", []):
            parts = candidate.get("content", {}).pop("parts", [])
            for piece in _cut("".join(part["text"] for part in parts)):
                content = {"parts": [{"text": piece}], "role": "model"}
                yield None, {"candidates": [{"index": 0, "content": content}], "modelVersion": answer["modelVersion"]}
        yield None, answer

    def error(self, status: int, retry_after: float | None) -> Reply:
        details: list[Json] = []
        if retry_after is not None:
            details.append({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{retry_after:g}s"})
        error = {
            "code": status,
            "message": f"The fake answers {status}.",
            "status": self._status.get(status, "UNKNOWN"),
            "details": details,
        }
        return status, {}, {"error": error}

    def bad_key(self) -> Reply:
        status, headers, body = self.error(400, None)
        body["error"]["message"] = "API key not valid. Please pass a valid API key."
        body["error"]["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
            }
        ]
        return status, headers, body


def _gemini_text(content: Json) -> str:
    return "\n".join(part.get("text", "") for part in content.get("parts", []))


class OpenAI(Vendor):
    """`POST /v1/chat/completions`, as OpenAI and OpenRouter speak it."""

    name = "openai"

    def matches(self, path: str) -> bool:
        return path.split("?", maxsplit=1)[0] in {"/v1/chat/completions", "/api/v1/chat/completions"}

    def key(self, headers: dict[str, str]) -> str | None:
        return headers.get("authorization", "").removeprefix("Bearer ") or None

    def read(self, path: str, headers: dict[str, str], body: Json) -> Request:
        def said(*roles: str) -> str:
            return "\n".join(m["content"] for m in body["messages"] if m["role"] in roles)

        schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
        return Request(
            vendor=self.name,
            path=path,
            headers=headers,
            body=body,
            model=body["model"],
            system=said("system", "developer"),
            user=said("user"),
            schema=schema,
            max_output_tokens=body.get("max_completion_tokens"),
            streams=body.get("stream", False),
        )

    def answer(self, request: Request, step: TextStep) -> Json:
        message: Json = {"role": "assistant", "content": None, "refusal": None, "annotations": []}
        finish, output, thinking = "stop", 0, 0
        match step:
            case Answer():
                message["content"] = step.text
                output, thinking = step.output_tokens, step.thinking_tokens
            case Truncated():
                message["content"] = step.text
                finish, output = "length", step.output_tokens
            case Refusal():
                message["refusal"] = "I can't help with that."
                output = step.output_tokens
            case PromptBlocked():
                finish = "content_filter"
            case Empty():
                message["content"] = ""
        return {
            "id": "chatcmpl-fake",
            "object": "chat.completion",
            "created": 1795000000,
            "model": request.model,
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": finish}],
            "usage": {
                "prompt_tokens": step.input_tokens,
                "completion_tokens": output + thinking,
                "total_tokens": step.input_tokens + output + thinking,
                "completion_tokens_details": {"reasoning_tokens": thinking},
            },
        }

    def events(self, answer: Json) -> Iterator[Event]:
        (choice,) = answer["choices"]
        head = {**answer, "object": "chat.completion.chunk", "usage": None}

        def chunk(delta: Json, finish: str | None = None) -> Event:
            return None, {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

        yield chunk({"role": "assistant", "content": ""})
        for name in ("content", "refusal"):
            for piece in _cut(choice["message"][name] or ""):
                yield chunk({name: piece})
        yield chunk({}, choice["finish_reason"])
        yield None, {**head, "choices": [], "usage": answer["usage"]}
        yield None, "[DONE]"

    def error(self, status: int, retry_after: float | None) -> Reply:
        headers = {} if retry_after is None else {"retry-after": f"{retry_after:g}"}
        kind = "rate_limit_exceeded" if status == 429 else "server_error"
        error = {"message": f"The fake answers {status}.", "type": kind, "param": None, "code": kind}
        return status, headers, {"error": error}

    def bad_key(self) -> Reply:
        error = {
            "message": "Incorrect API key provided.",
            "type": "invalid_request_error",
            "param": None,
            "code": "invalid_api_key",
        }
        return 401, {}, {"error": error}


class OpenAISpeech(OpenAI):
    """`POST /v1/audio/transcriptions`: https://developers.openai.com/api/docs/guides/speech-to-text."""

    def matches(self, path: str) -> bool:
        return path.split("?", maxsplit=1)[0] == "/v1/audio/transcriptions"

    def parse(self, raw: bytes, headers: dict[str, str]) -> Json:
        """Read a form: of a file its name, its type and its bytes, of other fields all their values."""
        form = BytesParser(policy=HTTP).parsebytes(f"content-type: {headers['content-type']}\r\n\r\n".encode() + raw)
        body: Json = {}
        for part in form.iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            if (file := part.get_filename()) is not None:
                body[str(name)] = [file, part.get_content_type(), content]
            else:
                body.setdefault(str(name), []).append(content.decode())
        return body

    def read(self, path: str, headers: dict[str, str], body: Json) -> Request:
        (model,) = body["model"]
        return Request(vendor=self.name, path=path, headers=headers, body=body, model=model, system="", user="")

    def objection(self, request: Request) -> str | None:
        # gpt-transcribe has `languages` in place of the `language` of the models before it.
        takes_several = request.model.startswith("gpt-transcribe")
        return (
            "language" if (("language" in request.body) if takes_several else ("languages[]" in request.body)) else None
        )

    def answer(self, request: Request, step: TextStep) -> Json:  # noqa: ARG002 - of a form nothing is answered
        assert isinstance(step, Answer)
        return {"text": json.loads(step.text)["transcript"], "usage": {"type": "duration", "seconds": 7}}


class Anthropic(Vendor):
    """`POST /v1/messages`."""

    name = "anthropic"

    def matches(self, path: str) -> bool:
        return path.split("?", maxsplit=1)[0] == "/v1/messages"

    def key(self, headers: dict[str, str]) -> str | None:
        # SDKs before 2.11 send x-api-key, later ones a bearer; the API takes both.
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        return headers.get("x-api-key") or bearer or None

    def read(self, path: str, headers: dict[str, str], body: Json) -> Request:
        return Request(
            vendor=self.name,
            path=path,
            headers=headers,
            body=body,
            model=body["model"],
            system=_anthropic_text(body.get("system", "")),
            user="\n".join(_anthropic_text(m["content"]) for m in body["messages"]),
            schema=body.get("output_config", {}).get("format", {}).get("schema"),
            max_output_tokens=body.get("max_tokens"),
            streams=body.get("stream", False),
        )

    def answer(self, request: Request, step: TextStep) -> Json:
        content: list[Json] = []
        stop, output = "end_turn", 0
        match step:
            case Answer():
                content = [{"type": "text", "text": step.text}]
                output = step.output_tokens + step.thinking_tokens
            case Truncated():
                content = [{"type": "text", "text": step.text}]
                stop, output = "max_tokens", step.output_tokens
            case Refusal():
                stop, output = "refusal", step.output_tokens
            case PromptBlocked():
                stop = "refusal"
        return {
            "id": "msg_fake",
            "type": "message",
            "role": "assistant",
            "model": request.model,
            "content": content,
            "stop_reason": stop,
            "stop_sequence": None,
            "usage": {
                "input_tokens": step.input_tokens,
                "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": 0,
                "output_tokens": output,
            },
        }

    def events(self, answer: Json) -> Iterator[Event]:
        usage = {**answer["usage"], "output_tokens": 1}
        start = {**answer, "content": [], "stop_reason": None, "usage": usage}
        yield "message_start", {"type": "message_start", "message": start}
        for index, block in enumerate(answer["content"]):
            empty = {"type": "text", "text": ""}
            yield "content_block_start", {"type": "content_block_start", "index": index, "content_block": empty}
            yield "ping", {"type": "ping"}
            for piece in _cut(block["text"]):
                delta = {"type": "text_delta", "text": piece}
                yield "content_block_delta", {"type": "content_block_delta", "index": index, "delta": delta}
            yield "content_block_stop", {"type": "content_block_stop", "index": index}
        ended = {"stop_reason": answer["stop_reason"], "stop_sequence": None}
        used = {"output_tokens": answer["usage"]["output_tokens"]}
        yield "message_delta", {"type": "message_delta", "delta": ended, "usage": used}
        yield "message_stop", {"type": "message_stop"}

    def error(self, status: int, retry_after: float | None) -> Reply:
        headers = {} if retry_after is None else {"retry-after": f"{retry_after:g}"}
        kind = {429: "rate_limit_error", 529: "overloaded_error"}.get(status, "api_error")
        error = {"type": kind, "message": f"The fake answers {status}."}
        return status, headers, {"type": "error", "error": error, "request_id": "req_fake"}

    def bad_key(self) -> Reply:
        error = {"type": "authentication_error", "message": "invalid x-api-key"}
        return 401, {}, {"type": "error", "error": error, "request_id": "req_fake"}


def _anthropic_text(content: str | list[Json]) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(block.get("text", "") for block in content)


VENDORS: tuple[Vendor, ...] = (Gemini(), OpenAI(), OpenAISpeech(), Anthropic())
