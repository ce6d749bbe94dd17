"""A language model with structured output."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from functions._shared.domain.metering import ModelCall

    Json = Mapping[str, Any]

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked.

    Parameters
    ----------
    operation : str
        Slug of the operation; also the ``feature`` of the call's booking.
    system : str
        Standing rules.
    instruction : str
        The task.
    data : mapping of str to str
        Named blocks of untrusted text. Adapters delimit them; they never carry instructions.
    facts : mapping
        The same input in structure; what a rule-based adapter works from.
    preferred_provider : str or None
        Whom to ask first, if it is configured.
    user_id : str or None
        Whose question it is. Never sent; an answer is cached for this user alone, and not at all without one.
    fresh : bool
        Ask again although the same question was answered before.
    """

    operation: str
    system: str
    instruction: str
    data: Mapping[str, str]
    facts: Json = field(default_factory=dict)
    preferred_provider: str | None = None
    user_id: str | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class ModelAnswer(Generic[T]):
    """A validated answer and the booking of the call (or calls, the last one in ``call``) that gave it."""

    output: T
    call: ModelCall
    earlier_calls: tuple[ModelCall, ...] = ()

    @property
    def calls(self) -> tuple[ModelCall, ...]:
        """All calls made for this answer, in order: failed attempts cost money, too."""
        return (*self.earlier_calls, self.call)


class Model(Protocol):
    """A language model with structured output."""

    provider: str

    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,  # noqa: ASYNC109 - retries and fallbacks share it, so the adapter has to know it
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        """Answer ``prompt`` in the shape of ``output``.

        Parameters
        ----------
        prompt : Prompt
            The question.
        output : type of BaseModel
            Shape of the answer; the answer is validated against it.
        timeout : float
            Seconds for everything, retries included.
        max_output_tokens : int
            Upper bound of the answer's length.

        Raises
        ------
        ModelUnavailable, ModelTimeout, ModelRefused, ModelAnswerInvalid
            No usable answer; ``.calls`` has what was spent.
        """
        ...
