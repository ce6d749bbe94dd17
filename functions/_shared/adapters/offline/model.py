"""The `Model` port on rules: deterministic, free of charge, without network, and labelled as what it is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from functions._shared.domain.errors import ModelAnswerInvalid, UnknownOperation
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import ModelAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.adapters.offline.brief import Brief
    from functions._shared.ports.model import Prompt, T

MODEL: Final = "rules-1"
"""Name of this set of rules, as it appears in bookings and answers."""


class OfflineModel:
    """Writes by rules from the structured facts of a prompt; see `Model`.

    Parameters
    ----------
    today : callable, optional
        Gives the current date; the day in UTC if not given.

    Notes
    -----
    Facts it reads: ``content`` (stored résumé), ``job`` (title, company, description), ``notes``, ``text``, and per
    operation ``length`` (summary), ``experience_index`` and ``count`` (bullets), ``goal`` (improve), ``question``
    (answer), ``recipient`` (outreach). It answers ``items`` for bullets and skills, ``text`` for the rest; tailor adds
    ``technical`` and ``soft``, the skill lists in another order. Instruction and system text are not read at all, so
    nothing in the data can be taken for one.
    """

    provider = "offline"

    def __init__(self, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        self._today = today

    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,  # noqa: ARG002, ASYNC109 - the port's; rules are done before any deadline
        max_output_tokens: int,  # noqa: ARG002 - the port's; the rules bound their own length
    ) -> ModelAnswer[T]:
        """Answer ``prompt`` in the shape of ``output``.

        Raises
        ------
        ModelRefused
            The source says nothing to write from: rules do not invent.
        ModelAnswerInvalid
            ``output`` wants something that the operation's rules do not give.
        UnknownOperation
            There are no rules for the operation.
        """
        from functions._shared.adapters.offline.brief import Brief

        started = time.perf_counter()
        answer = _write(Brief.of(prompt, self._today()))
        try:
            made = output.model_validate({key: answer[key] for key in output.model_fields if key in answer})
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
        return ModelAnswer(made, call)


def _write(brief: Brief) -> dict[str, Any]:
    """Answer by the rules of the operation; rules are imported when first needed."""
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
