"""A verifier in memory that behaves as planned, in the terms of the fake model vendors."""

from __future__ import annotations

import asyncio
from collections import deque
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import ValidationError
from typing_extensions import override

from functions._shared.domain.errors import ModelAnswerInvalid, ModelRefused, ModelTimeout, ModelUnavailable
from functions._shared.domain.grounding.verdicts import Judgements
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import ModelAnswer
from functions._shared.ports.verifier import Verifier
from tests.fakes.models import Answer, Hang, Refusal, Truncated

if TYPE_CHECKING:
    from functions._shared.ports.verifier import Question
    from tests.fakes.models import Behaviour


class FakeVerifier(Verifier):
    """Answers each question with the next planned behaviour; anything that is no answer is an outage."""

    def __init__(self, *steps: Behaviour, provider: str = "gemini") -> None:
        self.questions: list[Question] = []
        self._steps = deque(steps)
        self._provider = provider

    def plan(self, *steps: Behaviour) -> None:
        self._steps.extend(steps)

    @override
    async def judge(self, question: Question, *, timeout: float) -> ModelAnswer[Judgements]:
        self.questions.append(question)
        step = self._steps.popleft()
        call = ModelCall(self._provider, "fake-1", "verify", 700, 80, Decimal("0.001"), 1)
        if isinstance(step, Hang):
            await asyncio.sleep(timeout)
            raise ModelTimeout(calls=[call])
        if isinstance(step, Refusal):
            raise ModelRefused(calls=[call])
        if isinstance(step, Truncated):
            raise ModelAnswerInvalid(calls=[call])
        if not isinstance(step, Answer):
            raise ModelUnavailable(calls=[call])
        try:
            return ModelAnswer(Judgements.model_validate_json(step.text), call)
        except ValidationError:
            raise ModelAnswerInvalid(calls=[call]) from None
