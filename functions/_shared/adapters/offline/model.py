"""The `Model` port without a language model: rules, deterministic, free of charge, without a network."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from typing_extensions import override

from functions._shared.domain.errors import ModelAnswerInvalid, UnknownOperation
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import Model, ModelAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.adapters.offline.brief import Brief
    from functions._shared.ports.model import Prompt, T

MODEL: Final = "rules-1"
"""Name of this set of rules, as it appears in recorded calls and answers."""


class OfflineModel(Model):
    """Writes by rules, from the structured facts of a prompt.

    Parameters
    ----------
    today : callable, optional
        Returns the current date; by default the day in UTC.

    Notes
    -----
    Facts it reads: ``content`` (stored résumé), ``job`` (title, company, description), ``notes``, ``text``, and per
    operation ``length`` (summary), ``experience_index`` and ``count`` (bullets), ``goal`` (improve), ``question``
    (answer), ``recipient`` (outreach). It answers ``items`` for bullets and skills, ``text`` for the rest; tailor adds
    ``technical`` and ``soft``, the reordered skill lists. It never reads the instruction or the system text, so no data
    can pass for an instruction.
    """

    provider = "offline"

    def __init__(self, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        self._today = today

    @override
    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        """Answer a prompt by the rules of its operation, which ignore the timeout and limit their own length.

        Raises
        ------
        ModelRefused
            There is no source text; rules do not invent.
        ModelAnswerInvalid
            ``output`` has a field that the rules of the operation do not fill.
        UnknownOperation
            There are no rules for the operation.
        """
        from functions._shared.adapters.offline.brief import Brief

        started = time.perf_counter()
        answer = _write(Brief.of(prompt, self._today()))
        try:
            value = output.model_validate({key: answer[key] for key in output.model_fields if key in answer})
        except ValidationError as error:
            raise ModelAnswerInvalid from error
        call = ModelCall(
            provider=self.provider,
            model=MODEL,
            feature=prompt.operation,
            input_tokens=0,
            output_tokens=0,
            estimated_cost=Decimal(0),
            response_time_ms=round((time.perf_counter() - started) * 1000),
            request_summary=prompt.operation,
            response_summary=f"{', '.join(sorted(answer))} by rules",
        )
        return ModelAnswer(value, call)


def _write(brief: Brief) -> dict[str, Any]:
    """Apply the rules of the operation, which are imported on first use."""
    if brief.operation == "summary":
        from functions._shared.adapters.offline.summary import summary

        return {"text": summary(brief)}
    if brief.operation in {"bullets", "improve"}:
        from functions._shared.adapters.offline import lines

        return {"items": lines.bullets(brief)} if brief.operation == "bullets" else {"text": lines.improve(brief)}
    if brief.operation in {"cover_letter", "outreach", "answer"}:
        from functions._shared.adapters.offline import letters

        return {"text": getattr(letters, brief.operation)(brief)}
    if brief.operation in {"skills", "tailor"}:
        from functions._shared.adapters.offline import selection

        return {"items": selection.skills(brief)} if brief.operation == "skills" else selection.tailor(brief)
    raise UnknownOperation(f"There are no offline rules for {brief.operation}.")
