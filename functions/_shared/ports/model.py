"""A language model with structured output.

Used by the ``generate`` function. Implemented by `StructuredModel` in `functions._shared.ai` on top of the vendor
adapters (``anthropic``, ``gemini``, ``gemini_legacy``, ``openai``), and by ``offline``, which needs no vendor.
`FallbackChain`, `CachedModel` and `LazyModel` wrap other models.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from functions._shared.domain.json import Json
    from functions._shared.domain.metering import ModelCall

T = TypeVar("T", bound=BaseModel)


class Model(Protocol):
    """A language model with structured output."""

    provider: str

    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,  # noqa: ASYNC109 - retries and fallbacks share the time, so the adapter must know it
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        """Answer a prompt in the shape of ``output``.

        Parameters
        ----------
        prompt : Prompt
            The question.
        output : type of BaseModel
            Shape of the answer; the answer is validated against it.
        timeout : float
            Seconds for the whole call, including retries.
        max_output_tokens : int
            Maximum length of the answer.

        Raises
        ------
        ModelUnavailable, ModelTimeout, ModelRefused, ModelAnswerInvalid
            There is no usable answer. ``calls`` lists the calls that were made.
        """
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to a model.

    Parameters
    ----------
    operation : str
        Slug of the operation; also recorded as the ``feature`` of each model call.
    system : str
        Standing rules.
    instruction : str
        The task.
    data : mapping of str to str
        Named blocks of untrusted text. Adapters delimit them; the model must not take instructions from them.
    facts : mapping
        The same input as structured data, for the rule-based ``offline`` adapter (see the operation's file in
        `functions.generate.operations`).
    preferred_provider : str or None
        Provider to ask first, if it is configured.
    user_id : str or None
        The user who asks. Never sent to the vendor. Answers are cached per user, and not at all without one.
    fresh : bool
        Skip the cached answer.
    version : str
        Version of the prompt's words; recorded as the ``prompt_version`` of each model call.
    on_text : callable or None
        Called while the model writes, if the adapter can stream, with the text of the answer so far: the beginning of
        a JSON object, not validated. A retry and a fallback begin again. It must not raise.
    """

    operation: str
    system: str
    instruction: str
    data: Mapping[str, str]
    facts: Json = field(default_factory=dict)
    preferred_provider: str | None = None
    user_id: str | None = None
    fresh: bool = False
    version: str = ""
    on_text: Callable[[str], None] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ModelAnswer(Generic[T]):
    """A validated answer, with the call that produced it and any failed calls before it."""

    output: T
    call: ModelCall
    earlier_calls: tuple[ModelCall, ...] = ()

    @property
    def calls(self) -> tuple[ModelCall, ...]:
        """All calls for this answer in order, because failed calls may cost money too."""
        return (*self.earlier_calls, self.call)
