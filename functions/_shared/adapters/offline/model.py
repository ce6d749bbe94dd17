"""The `Model` port without a language model: rules, deterministic, free, without a network."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError
from typing_extensions import override

from functions._shared.domain.errors import ModelAnswerInvalid, RulesDeclined
from functions._shared.domain.metering import OFFLINE, ModelCall
from functions._shared.ports.model import Model, ModelAnswer

if TYPE_CHECKING:
    from functions._shared.ports.model import Prompt, T

MODEL: Final = "rule-based-writer"
"""Name of these rules in answers and recorded calls."""


class OfflineModel(Model):
    """Writes by rules, from `Prompt.facts` alone, so that no data can pass for an instruction."""

    provider = OFFLINE

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
        RulesDeclined
            Nothing could be written with certainty, or there are no rules for the operation.
        ModelAnswerInvalid
            ``output`` has a field that the rules of the operation do not fill.
        """
        from functions._shared.adapters.offline import texts

        started = time.perf_counter()
        if prompt.operation not in texts.OPERATIONS:
            raise RulesDeclined(f"The rule-based writer has no rules for {prompt.operation}.", reason="no_rule")
        try:
            value = output.model_validate(texts.write(prompt.operation, prompt.facts))
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
            response_summary="written by rules",
            prompt_version=prompt.version,
        )
        return ModelAnswer(value, call)
