"""Whom the verifier asks, and how much it may answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from typing_extensions import override

from functions._shared.ai.verifier import TOKENS, ModelVerifier
from functions._shared.domain.errors import VerifierUnavailable
from functions._shared.domain.grounding.check import Examination
from functions._shared.domain.grounding.evidence import evidence
from functions._shared.domain.grounding.verdicts import MAX_ASKED, Judgements
from functions._shared.domain.metering import ModelCall
from functions._shared.domain.resume.content import parse_content
from functions._shared.flows.entailment import Verification, verify
from functions._shared.ports.model import ModelAnswer, Prompt, T
from functions._shared.ports.verifier import Question
from tests.fakes.models import Answer, Error
from tests.fakes.verifier import FakeVerifier

SOURCE = evidence(parse_content({"experience": [{"role": "Nurse"}]}), today=date(2026, 11, 21))
QUESTION = Question(SOURCE, ["Led 12 people."], [1], writer="gemini", user_id="someone")
CALL = ModelCall("openai", "m", "verify", 0, 0, None, 0)
NOTHING = Answer({"judgements": []})


@dataclass
class Asked:
    """A model that notes the prompts."""

    provider: str = "gemini"
    prompts: list[Prompt] = field(default_factory=list)
    tokens: int = 0

    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,  # noqa: ARG002, ASYNC109 - the port's names
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        self.prompts.append(prompt)
        self.tokens = max_output_tokens
        return ModelAnswer(output.model_validate({"judgements": []}), CALL)


@pytest.mark.parametrize(
    ("providers", "writer", "judge", "preferred"),
    [
        (["gemini", "openai", "anthropic"], "gemini", None, "openai"),
        (["gemini", "openai"], "openai", None, "gemini"),
        (["gemini"], "gemini", None, None),
        (["gemini"], "offline", None, "gemini"),
        (["gemini", "openai", "anthropic"], "gemini", "openai", "anthropic"),
        (["gemini", "openai"], "gemini", "openai", "gemini"),
        (["gemini"], "gemini", "gemini", "gemini"),
        (["gemini"], "gemini", "gone", None),
    ],
)
async def test_another_provider_judges_if_there_is_one(
    providers: list[str], writer: str, judge: str | None, preferred: str | None
) -> None:
    model = Asked()
    question = replace(QUESTION, writer=writer, judge=replace(CALL, provider=judge) if judge else None)
    await ModelVerifier(model, providers).judge(question, timeout=1)

    assert model.prompts[0].preferred_provider == preferred
    assert (model.prompts[0].user_id, model.prompts[0].operation) == ("someone", "verify")


async def test_the_length_of_the_answer_depends_on_the_question() -> None:
    model = Asked()
    answer = await ModelVerifier(model, []).judge(replace(QUESTION, asked=[1, 2, 3]), timeout=1)

    assert model.tokens == 4 * TOKENS
    assert answer.output == Judgements(judgements=[])


async def verified(texts: list[str], verification: Verification) -> list[str | None]:
    examination = Examination(texts, SOURCE)
    answers = await verify(
        examination, verification, writer=None, user_id=None, time_left=lambda: 9.0, record=lambda *_: None
    )
    return [each.reason for each in examination.sentences_with(answers.first, answers.again)]


async def test_one_question_asks_about_a_bounded_number_of_sentences() -> None:
    verifier = FakeVerifier(NOTHING)
    reasons = await verified([f"Managed {number} wards." for number in range(60)], Verification(verifier))

    assert len(verifier.questions[0].asked) == MAX_ASKED
    assert set(reasons) == {"not_answered"}


async def test_without_a_verifier_only_a_required_one_is_missed() -> None:
    assert await verified(["Ran a ward."], Verification()) == ["not_stated"]
    assert await verified(["Nurse."], Verification(required=True)) == [None]
    with pytest.raises(VerifierUnavailable):
        await verified(["Ran a ward."], Verification(required=True))


async def test_a_failure_says_its_code() -> None:
    answers = await verify(
        Examination(["Ran a ward."], SOURCE),
        Verification(FakeVerifier(Error(503))),
        writer=None,
        user_id=None,
        time_left=lambda: 9.0,
        record=lambda *_: None,
    )
    assert answers.failure == "model_unavailable"


class Broken(FakeVerifier):
    """A verifier with a defect, from its second question on or from the first."""

    @override
    async def judge(self, question: Question, *, timeout: float) -> ModelAnswer[Judgements]:
        if self._steps:
            return await super().judge(question, timeout=timeout)
        raise RecursionError


FLAG = {"sentence": 1, "lines": [], "calculations": [], "span": "ward", "flaw": "not_stated", "verdict": "unsupported"}


@pytest.mark.parametrize("steps", [[], [Answer({"judgements": [FLAG]})]], ids=["first", "again"])
async def test_a_defect_of_the_verifier_costs_no_text(steps: list[Answer]) -> None:
    answers = await verify(
        Examination(["Ran a ward."], SOURCE),
        Verification(Broken(*steps)),
        writer=None,
        user_id=None,
        time_left=lambda: 9.0,
        record=lambda *_: None,
    )
    assert answers.failure == "RecursionError"
    assert (answers.first is not None) == bool(steps)


async def test_a_defect_of_a_required_verifier_is_said() -> None:
    with pytest.raises(VerifierUnavailable):
        await verified(["Ran a ward."], Verification(Broken(), required=True))
