"""What a fake model vendor can be told to do with its next request, whatever the vendor."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A complete answer; `output` is JSON text as it is, or an object that is serialised.

    Token counts are what the vendor bills; `thinking_tokens` are billed as output too.
    """

    output: str | dict[str, Any]
    input_tokens: int = 812
    output_tokens: int = 97
    thinking_tokens: int = 0

    @property
    def text(self) -> str:
        """The answer as the model writes it."""
        return self.output if isinstance(self.output, str) else json.dumps(self.output, ensure_ascii=False)


@dataclass(frozen=True)
class Refusal:
    """The model declines: a safety stop after reading the prompt, which is billed."""

    input_tokens: int = 640
    output_tokens: int = 4


@dataclass(frozen=True)
class PromptBlocked:
    """The prompt is stopped before the model runs (vendors without this refuse instead)."""

    input_tokens: int = 640


@dataclass(frozen=True)
class Truncated:
    """The model hits its output limit in the middle of `text`."""

    text: str
    input_tokens: int = 700
    output_tokens: int = 1024


@dataclass(frozen=True)
class Empty:
    """A well-formed, finished answer that holds no text."""

    input_tokens: int = 512


@dataclass(frozen=True)
class Error:
    """An HTTP error in the vendor's own error format."""

    status: int
    retry_after: float | None = None


@dataclass(frozen=True)
class Garbage:
    """A 200 whose body is not what the API promises (a proxy's HTML page, say)."""

    body: bytes = b"<html><body>upstream error</body></html>"


@dataclass(frozen=True)
class Hang:
    """Takes the request and stays silent until the server stops."""


@dataclass(frozen=True)
class Drip:
    """Sends headers, then a byte at a time, so that no single read ever times out."""


@dataclass(frozen=True)
class Drop:
    """Closes the connection without a word."""


@dataclass(frozen=True)
class CutShort:
    """Promises a long body and closes in the middle of it."""


Behaviour = Answer | Refusal | PromptBlocked | Truncated | Empty | Error | Garbage | Hang | Drip | Drop | CutShort


@dataclass(frozen=True)
class Request:
    """One request as it came over the wire, with what matters for tests pulled out of it."""

    vendor: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    model: str
    system: str
    user: str
    schema: dict[str, Any] | None = field(default=None)
    max_output_tokens: int | None = None


Step = Behaviour | Callable[[Request], Behaviour]
