"""Errors from AI models, and from checks of what they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from functions._shared.domain.errors.base import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.metering import ModelCall


class ModelError(DomainError):
    """Base class for model failures; carries the calls that were made.

    Parameters
    ----------
    detail : str, optional
        See `DomainError`.
    calls : sequence of ModelCall
        Calls made before the failure. Their cost is recorded although the user is not charged.
    **extra
        See `DomainError`.
    """

    code = "model_failed"
    status = 502
    title = "The AI model failed."

    def __init__(self, detail: str | None = None, /, *, calls: Sequence[ModelCall] = (), **extra: object) -> None:
        super().__init__(detail, **extra)
        self.calls: tuple[ModelCall, ...] = tuple(calls)


# No answer.


class ModelUnavailable(ModelError):
    """The provider is down, rejects our API key or is out of quota."""

    code = "model_unavailable"
    status = 503
    title = "The AI model is not available at the moment."
    retry_after = 5


class ModelTimeout(ModelError):
    """The provider did not answer in time."""

    code = "model_timeout"
    status = 504
    title = "The AI model took too long to answer."
    retry_after = 5


class ModelRefused(ModelError):
    """The provider declined to answer this input."""

    code = "model_refused"
    status = 422
    title = "The AI model declined this request."


class RulesDeclined(ModelRefused):
    """The free rule-based writer cannot write this with certainty; ``reason`` says why."""

    code = "rules_declined"
    status = 422
    title = "The rule-based writer cannot write this with certainty. A language model could."


class VerifierUnavailable(ModelError):
    """Texts are only delivered after a verifier has judged them, and it did not answer."""

    code = "verifier_unavailable"
    status = 503
    title = "What the AI model wrote cannot be checked at the moment."
    retry_after = 5


# An answer that cannot be used.


class ModelAnswerInvalid(ModelError):
    """The answer is empty, truncated, not in the schema, or has what no answer may have; ``reason`` names that."""

    code = "model_answer_invalid"
    status = 502
    title = "The AI model did not return a usable answer."


class AnswerNotGrounded(ModelError):
    """Every part of the answer makes claims that the user never made; ``reasons`` says of each what is wrong."""

    code = "answer_not_grounded"
    status = 502
    title = "The AI model made claims that your own text does not support, so its answer was discarded."


# Nothing to do.


class NothingToWriteFrom(DomainError):
    """There is no source text, so a model could only invent."""

    code = "nothing_to_write_from"
    status = 422
    title = "There is nothing to write from yet. Fill in the résumé or send notes."


class NothingToImprove(DomainError):
    """The model or the rules suggested no change."""

    code = "nothing_to_improve"
    status = 422
    title = "There is no improvement to suggest for this text."
