"""How a fake model vendor can behave at its next request, for any vendor."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A complete answer; `output` is JSON text, or an object to serialise.

    Token counts are what the vendor bills; `thinking_tokens` are billed as output too. A stream has `pause` seconds
    between its events.
    """

    output: str | dict[str, Any]
    input_tokens: int = 812
    output_tokens: int = 97
    thinking_tokens: int = 0
    pause: float = 0.0

    @property
    def text(self) -> str:
        """The text that the model writes."""
        return self.output if isinstance(self.output, str) else json.dumps(self.output, ensure_ascii=False)


@dataclass(frozen=True)
class Refusal:
    """The model refuses after reading the prompt, which is billed."""

    input_tokens: int = 640
    output_tokens: int = 4


@dataclass(frozen=True)
class PromptBlocked:
    """The vendor blocks the prompt before the model runs. Vendors without this feature refuse instead."""

    input_tokens: int = 640


@dataclass(frozen=True)
class Truncated:
    """The model hits its output limit in the middle of `text`."""

    text: str
    input_tokens: int = 700
    output_tokens: int = 1024


@dataclass(frozen=True)
class Empty:
    """A complete, well-formed answer without text."""

    input_tokens: int = 512


@dataclass(frozen=True)
class Error:
    """An HTTP error in the vendor's own error format."""

    status: int
    retry_after: float | None = None


@dataclass(frozen=True)
class Garbage:
    """A 200 with an unexpected body, such as the HTML page of a proxy."""

    body: bytes = b"<html><body>upstream error</body></html>"


@dataclass(frozen=True)
class Hang:
    """Accepts the request and does not answer until the server stops."""


@dataclass(frozen=True)
class Drip:
    """Sends headers, then single bytes, so that no read ever times out."""


@dataclass(frozen=True)
class Drop:
    """Closes the connection without an answer."""


@dataclass(frozen=True)
class CutShort:
    """Announces a long body and closes the connection in the middle. A stream breaks off after `text`."""

    text: str = ""


Behaviour = Answer | Refusal | PromptBlocked | Truncated | Empty | Error | Garbage | Hang | Drip | Drop | CutShort


@dataclass(frozen=True)
class Request:
    """One request as received, with the parts that tests look at."""

    vendor: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    model: str
    system: str
    user: str
    schema: dict[str, Any] | None = field(default=None)
    max_output_tokens: int | None = None
    streams: bool = False


Step = Behaviour | Callable[[Request], Behaviour]
