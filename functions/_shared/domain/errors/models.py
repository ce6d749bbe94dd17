"""AI models and what they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.errors.base import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.metering import ModelCall


class ModelError(DomainError):
    """Base of the model's failures; knows what they cost.

    Parameters
    ----------
    detail : str, optional
        See `DomainError`.
    calls : sequence of ModelCall
        The calls made until the failure, so that their cost is recorded although nobody is charged.
    **extra
        See `DomainError`.
    """

    code = "model_failed"
    status = 502
    title = "The AI model failed."

    def __init__(self, detail: str | None = None, /, *, calls: Sequence[ModelCall] = (), **extra: object) -> None:
        super().__init__(detail, **extra)
        self.calls: tuple[ModelCall, ...] = tuple(calls)


class ModelUnavailable(ModelError):
    """The provider is down, refuses our key or is out of quota."""

    code = "model_unavailable"
    status = 503
    title = "The AI model is not available just now."
    retry_after = 5


class ModelTimeout(ModelError):
    """The provider did not answer in the time that was left."""

    code = "model_timeout"
    status = 504
    title = "The AI model took too long."
    retry_after = 5


class ModelRefused(ModelError):
    """The provider declined to answer this input."""

    code = "model_refused"
    status = 422
    title = "The AI model declined this request."


class ModelAnswerInvalid(ModelError):
    """The answer is empty, cut off or does not fit the schema."""

    code = "model_answer_invalid"
    status = 502
    title = "The AI model gave no usable answer."


class AnswerNotGrounded(ModelError):
    """The answer says what the user never said, and nothing of it is left without that; ``unsupported`` lists it."""

    code = "answer_not_grounded"
    status = 502
    title = "The AI model kept inventing things; its answer was dropped."


class NothingToWriteFrom(DomainError):
    """There is no material: a model could only invent."""

    code = "nothing_to_write_from"
    status = 422
    title = "There is nothing to write from yet. Fill in the résumé or send notes."


class NothingToImprove(DomainError):
    """The model found nothing to change."""

    code = "nothing_to_improve"
    status = 422
    title = "The model would not change this text."
