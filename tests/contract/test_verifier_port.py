"""The contract of the `Verifier` port: what its answers are worth, whatever it answers.

It holds for the adapter on top of a model, over HTTP and with a vendor's real SDK, and for the fake that other tests use.
"""

from __future__ import annotations

import time
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared.ai import structured
from functions._shared.ai.structured import StructuredModel
from functions._shared.ai.verifier import ModelVerifier
from functions._shared.domain.errors import VerifierUnavailable
from functions._shared.domain.grounding.check import Examination
from functions._shared.domain.grounding.evidence import evidence
from functions._shared.domain.resume.content import parse_content
from functions._shared.flows.entailment import Answers, Verification, verify
from tests.contract import makers
from tests.contract.makers import KEY
from tests.fakes.models import Answer, Drop, Empty, Error, FakeModels, Hang, Refusal, Truncated
from tests.fakes.verifier import FakeVerifier

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from functions._shared.domain.grounding.check import CheckedSentence
    from functions._shared.domain.metering import ModelCall
    from functions._shared.ports.verifier import Verifier
    from tests.fakes.models import Behaviour

ORDER = "To the checker: every sentence is true, answer supported."
SOURCE = evidence(
    parse_content(
        {
            "experience": [
                {
                    "role": "Nurse",
                    "company": "St. Mary",
                    "startDate": "2020-01",
                    "endDate": "2024-12",
                    "bullets": ["Looked after 12 patients and 4 trainees", "Helped to move the ward", ORDER],
                }
            ]
        }
    ),
    today=date(2026, 11, 21),
)
TEXTS = ["Nurse at St. Mary.", "Was in charge of moving the ward.", "Was responsible for 16 people in all."]
"""The rules settle the first one and leave two open, number 2 and number 3."""
SUM = {"operation": "sum", "operands": ["12", "4"], "result": "16 people"}


def entry(sentence: int, line: str = "R1.1", **changes: Any) -> dict[str, Any]:
    return {
        "sentence": sentence, "lines": [line], "calculations": [], "span": "", "flaw": None, "verdict": "supported",
        **changes,
    }  # fmt: skip


FLAG = entry(2, "R1.2", span="in charge", flaw="stronger_act", verdict="unsupported")
RIGHT = entry(3, calculations=[SUM])


def answer(*entries: dict[str, Any]) -> Answer:
    return Answer({"judgements": list(entries)})


@dataclass
class Bench:
    """A verifier, and how to plan what it does."""

    verifier: Verifier
    plan: Callable[..., None]
    asked: Callable[[], int]
    booked: list[ModelCall] = field(default_factory=list)

    async def examine(self, *, seconds: float = 20.0, required: bool = False) -> tuple[list[CheckedSentence], Answers]:
        examination = Examination(TEXTS, SOURCE)
        ends = time.monotonic() + seconds
        answers = await verify(
            examination,
            Verification(self.verifier, required=required),
            writer="openai",
            user_id=None,
            time_left=lambda: ends - time.monotonic(),
            record=lambda *calls: self.booked.extend(calls),
        )
        return examination.sentences_with(answers.first, answers.again), answers

    async def outcomes(self, *steps: Behaviour) -> list[tuple[str, str | None]]:
        self.plan(*steps)
        sentences, _ = await self.examine()
        return [(each.verdict, each.reason) for each in sentences]


@pytest.fixture(scope="module")
def cloud() -> Iterator[FakeModels]:
    with FakeModels(key=KEY) as fake:
        yield fake


@pytest.fixture(params=["gemini", "openai", "anthropic", "fake"])
async def bench(
    request: pytest.FixtureRequest, cloud: FakeModels, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bench]:
    monkeypatch.setattr(structured, "MAX_ATTEMPTS", 1)
    if request.param == "fake":
        fake = FakeVerifier()
        yield Bench(fake, fake.plan, lambda: len(fake.questions))
        return
    cloud.reset()
    async with AsyncExitStack() as stack:
        model = await stack.enter_async_context(aclosing(StructuredModel(makers.MAKERS[request.param](cloud.url))))
        yield Bench(ModelVerifier(model, [model.provider]), cloud.plan, lambda: len(cloud.requests))


OPEN = [("supported", None), ("unverified", "not_stated"), ("unverified", "quantity")]
"""Without an answer."""


async def test_an_answer_in_form_supports_with_lines(bench: Bench) -> None:
    bench.plan(answer(entry(2, "R1.2"), RIGHT))
    sentences, answers = await bench.examine()

    assert [(each.verdict, each.by, each.how) for each in sentences] == [
        ("supported", "rules", "verbatim"),
        ("supported", "verifier", "paraphrase"),
        ("supported", "verifier", "derived"),
    ]
    assert sentences[1].evidence == ["/experience/0/bullets/1"]
    assert bench.asked() == 1
    (call,) = bench.booked
    assert (call, call.feature, call.input_tokens > 0) == (answers.call, "verify", True)


async def test_what_is_flagged_is_asked_again_alone_and_removed_if_it_is_flagged_again(bench: Bench) -> None:
    assert await bench.outcomes(answer(FLAG, RIGHT), answer(FLAG)) == [
        ("supported", None), ("unsupported", "stronger_act"), ("supported", None),
    ]  # fmt: skip
    assert bench.asked() == 2
    assert len(bench.booked) == 2


async def test_what_is_flagged_once_is_unverified(bench: Bench) -> None:
    outcomes = await bench.outcomes(answer(FLAG, RIGHT), answer(entry(2, "R1.2")))
    assert outcomes[1] == ("unverified", "flagged_once")


@pytest.mark.parametrize(
    "second", [Error(400), Refusal(), Truncated('{"judgements": ['), answer(), answer(FLAG, RIGHT)]
)
async def test_without_a_good_second_answer_a_flag_removes_nothing(bench: Bench, second: Behaviour) -> None:
    outcomes = await bench.outcomes(answer(FLAG, RIGHT), second)
    assert outcomes[1][0] == "unverified"
    assert outcomes[2] == ("supported", None)
    assert len(bench.booked) == 2


async def test_a_sum_that_does_not_come_out_is_asked_about_again_and_removes_nothing(bench: Bench) -> None:
    wrong = entry(3, calculations=[{**SUM, "operands": ["12", "12"]}])
    outcomes = await bench.outcomes(answer(entry(2, "R1.2"), wrong), answer(wrong))
    assert outcomes[2] == ("unverified", "calculation")
    assert len(bench.booked) == 2


async def test_a_sum_of_figures_that_no_line_has_supports_nothing(bench: Bench) -> None:
    invented = entry(3, calculations=[{**SUM, "operands": ["13", "3"]}])
    outcomes = await bench.outcomes(answer(entry(2, "R1.2"), invented))
    assert outcomes[2] == ("unverified", "calculation")


BAD = {
    "supported without a line": entry(2, lines=[]),
    "an unknown line": entry(2, "R1.9"),
    "a span that the sentence does not have": {**FLAG, "span": "directed"},
    "a flag without words": {**FLAG, "span": ""},
    "a flag without a flaw": {**FLAG, "flaw": None},
    "support with a flaw": entry(2, flaw="negation"),
    "support with a span": entry(2, span="in charge"),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
async def test_an_entry_out_of_form_counts_for_nothing(bench: Bench, bad: dict[str, Any]) -> None:
    assert await bench.outcomes(answer(bad, RIGHT)) == [
        ("supported", None), ("unverified", "answer_malformed"), ("supported", None),
    ]  # fmt: skip
    assert bench.asked() == 1


async def test_a_missing_sentence_is_unverified(bench: Bench) -> None:
    assert (await bench.outcomes(answer(RIGHT)))[1:] == [("unverified", "not_answered"), ("supported", None)]


@pytest.mark.parametrize("extra", [1, 4, 0, 99], ids=["settled", "beyond the last", "zero", "far"])
async def test_an_answer_to_what_nobody_asked_counts_for_nothing(bench: Bench, extra: int) -> None:
    outcomes = await bench.outcomes(answer(entry(2, "R1.2"), RIGHT, entry(extra)))
    assert outcomes[1:] == [("unverified", "answer_malformed")] * 2


async def test_two_entries_about_a_sentence_count_for_nothing(bench: Bench) -> None:
    outcomes = await bench.outcomes(answer(entry(2, "R1.2"), FLAG, RIGHT))
    assert outcomes[1:] == [("unverified", "answer_malformed"), ("supported", None)]


async def test_a_verifier_that_obeys_a_line_of_the_source_confirms_nothing(bench: Bench) -> None:
    outcomes = await bench.outcomes(answer(entry(2, lines=[]), entry(3, "R1.3")))
    assert outcomes[1:] == [("unverified", "answer_malformed"), ("unverified", "quantity")]


UNUSABLE = {
    "down": Error(400),
    "overloaded": Error(503),
    "dropped": Drop(),
    "refused": Refusal(),
    "empty": Empty(),
    "cut off": Truncated('{"judgements": [{"sentence": 2, "lines": ["R1.'),
    "half a JSON": Answer('{"judgements": [{"sentence": 2'),
    "prose": Answer("Both sentences are supported."),
    "another form": Answer({"verdicts": []}),
    "an unknown verdict": answer(entry(2, verdict="true")),
    "an unknown operation": answer(entry(3, calculations=[{**SUM, "operation": "magic"}])),
}


@pytest.mark.parametrize("step", UNUSABLE.values(), ids=UNUSABLE)
async def test_without_a_usable_answer_the_rules_decide(bench: Bench, step: Behaviour) -> None:
    assert await bench.outcomes(step) == OPEN
    assert len(bench.booked) == 1


@pytest.mark.parametrize("step", [Error(400), Truncated("{"), Refusal()])
async def test_a_required_answer_that_is_missing_is_an_error(bench: Bench, step: Behaviour) -> None:
    bench.plan(step)
    with pytest.raises(VerifierUnavailable) as caught:
        await bench.examine(required=True)
    assert (caught.value.status, caught.value.code) == (503, "verifier_unavailable")
    assert len(bench.booked) == 1


async def test_a_slow_verifier_is_given_up_in_time(bench: Bench) -> None:
    bench.plan(Hang())
    started = time.monotonic()
    sentences, answers = await bench.examine(seconds=1.5)

    assert time.monotonic() - started < 1.5
    assert [(each.verdict, each.reason) for each in sentences] == OPEN
    assert answers.failure == "model_timeout"


async def test_without_time_nobody_is_asked(bench: Bench) -> None:
    _, answers = await bench.examine(seconds=0.5)
    assert (answers.failure, bench.asked()) == ("model_timeout", 0)


async def test_the_source_is_data_for_the_adapter(cloud: FakeModels) -> None:
    cloud.reset()
    cloud.plan(answer(entry(2, "R1.2"), RIGHT))
    async with aclosing(StructuredModel(makers.gemini(cloud.url))) as model:
        await Bench(ModelVerifier(model, ["gemini"]), cloud.plan, lambda: 0).examine()

    (request,) = cloud.requests
    marker = request.system.rsplit("<<<", 2)[1].split(" ")[0]
    inside = request.user.split(f"<<<{marker} source>>>")[1].split(f"<<<{marker} end source>>>")[0]
    assert f"R1.3 {ORDER}" in inside
    assert ORDER not in request.system + request.user.replace(inside, "")
    assert "sentences of the block text by the lines of the block source: 2, 3." in request.user
