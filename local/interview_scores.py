"""Measures the scores of interviews on labelled answers: `python -m local.interview_scores --prompts DIR`.

A line of the file of answers is ``{"id", "label": "poor" | "fair" | "good", "kind", "question", "answer", "finds",
"lang"}``. ``--prompts DIR`` writes what a model is asked about each answer to ``NN.prompt.txt``. ``--replies DIR``,
once or more often, reads ``NN.reply.json``: the JSON object that the prompt asks for. Each folder holds the replies of
one judge. The scores are those that the function computes from them.

It prints the scores of each answer, the spread between the judges, and the share of pairs of answers to the same
question that each judge ranks as their labels do. The last line is one JSON object with these figures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from pydantic import BaseModel, ValidationError
from typing_extensions import override

from functions._shared import logs
from functions._shared.ai.delimit import render
from functions._shared.ai.schema import plain_schema
from functions._shared.domain.errors import ModelAnswerInvalid, ModelUnavailable
from functions._shared.domain.interviews import Interview
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import Model, ModelAnswer
from functions._shared.ports.request import Deadline
from functions.interview.examiner import Examiner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.flows.metered import Hold
    from functions._shared.ports.model import Prompt
    from functions.interview.schemas.feedback import Feedback

T = TypeVar("T", bound=BaseModel)
ANSWERS: Final = Path("tests/data/interview/answers.jsonl")
RANKS: Final = {"poor": 0, "fair": 1, "good": 2}
VOID: Final = frozenset({"empty", "evasive", "copied"})
CLOSE: Final = 5
VOID_BELOW: Final = 20
_MARKER: Final = "data-" + "0" * 32
_CALL: Final = ModelCall("recorded", "recorded", "interview", 0, 0, Decimal(0), 0)
_NOW: Final = "2026-11-21T10:00:00Z"


class RecordedModel(Model):
    """Answers from a file, or writes the question to one.

    Parameters
    ----------
    prompt : Path or None
        Where the question goes.
    reply : Path or None
        Where the answer is.
    """

    provider = "recorded"

    def __init__(self, prompt: Path | None, reply: Path | None) -> None:
        self._prompt = prompt
        self._reply = reply

    @override
    async def generate(
        self,
        prompt: Prompt,
        output: type[T],
        *,
        timeout: float,
        max_output_tokens: int,
    ) -> ModelAnswer[T]:
        if self._prompt is not None:
            rendered = render(prompt, marker=_MARKER)
            schema = json.dumps(plain_schema(output), indent=1)
            self._prompt.write_text(
                f"{rendered.system}\n\n{rendered.user}\n\nThe JSON Schema of your reply:\n{schema}\n"
            )
        if self._reply is None or not self._reply.is_file():
            raise ModelUnavailable
        try:
            return ModelAnswer(output.model_validate_json(self._reply.read_text()), _CALL)
        except ValidationError as error:
            print(f"{self._reply}: {error}", file=sys.stderr)
            raise ModelAnswerInvalid from None


@dataclass(slots=True)
class _Hold:
    """What an examiner needs of a hold."""

    calls: list[ModelCall] = field(default_factory=list)

    def record(self, *calls: ModelCall) -> None:
        self.calls.extend(calls)

    def time_left(self) -> float:
        return Deadline.after(60).remaining()


def interview_of(case: dict[str, Any]) -> Interview:
    """Return a scored interview that waits for the answer of a case."""
    question = {
        "id": "q", "speaker": "ai", "message": case["question"], "turn_number": 1, "question_number": 1,
        "details": {"kind": case["kind"]}, "created_at": _NOW,
    }  # fmt: skip
    payment = {"status": "committed", "funding": "credits", "cost": 5, "expires_at": _NOW}
    return Interview.model_validate({
        "id": "i", "status": "active", "session_type": "chat", "language": case.get("lang") or "en", "turns_count": 1,
        "max_turns": 8, "questions_answered": 0, "total_questions": 1, "created_at": _NOW, "payment": payment,
        "turns": [question], "session_data": {"plan": []},
    })  # fmt: skip


async def judge(case: dict[str, Any], model: Model) -> Feedback:
    """Judge the answer of a case as the function does; without a score if the model gives no answer."""
    interview = interview_of(case)
    hold = cast("Hold", _Hold())
    return (
        await Examiner(model, "user").judge(interview, interview.turns[0], case["answer"], hold, goes_on=False)
    ).feedback


def scores_of(cases: Sequence[dict[str, Any]], prompts: Path | None, replies: Path | None) -> list[int | None]:
    """Return the score of each case by the replies of one judge; None where there is none. Write the prompts."""

    async def one(number: int, case: dict[str, Any]) -> int | None:
        prompt = prompts / f"{number:02}.prompt.txt" if prompts else None
        reply = replies / f"{number:02}.reply.json" if replies else None
        return (await judge(case, RecordedModel(prompt, reply))).score

    async def every() -> list[int | None]:
        return [await one(number, case) for number, case in enumerate(cases, 1)]

    return asyncio.run(every())


def ranked(cases: Sequence[dict[str, Any]], scores: Sequence[int | None]) -> tuple[int, int]:
    """Count the pairs of answers to the same question that are ranked as their labels are, and all pairs."""
    known = [(case, score) for case, score in zip(cases, scores, strict=True) if score is not None]
    pairs = [
        (low, high)
        for (worse, low), (better, high) in product(known, known)
        if worse["question"] == better["question"] and RANKS[worse["label"]] < RANKS[better["label"]]
    ]
    return sum(low < high for low, high in pairs), len(pairs)


def summary(cases: Sequence[dict[str, Any]], judges: Sequence[Sequence[int | None]]) -> dict[str, Any]:
    """Return the figures of all judges."""
    by_case = [[score for score in each if score is not None] for each in zip(*judges, strict=True)]
    spreads = [max(each) - min(each) for each in by_case if len(each) > 1]
    void = [max(each) for case, each in zip(cases, by_case, strict=True) if VOID.intersection(case["finds"]) and each]
    within = sum(each <= CLOSE for each in spreads)
    return {
        "answers": len(cases),
        "judged_twice": len(spreads),
        "within_5": _share(within, len(spreads)),
        "largest_spread": max(spreads, default=None),
        "mean_spread": round(sum(spreads) / len(spreads), 2) if spreads else None,
        "pairs_ranked": [
            round(right / of, 4) if of else None for right, of in (ranked(cases, each) for each in judges)
        ],
        "highest_void": max(void, default=None),
        "void_under_20": all(each < VOID_BELOW for each in void) if void else None,
    }


def _share(hits: int, of: int) -> float | None:
    return round(hits / of, 4) if of else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the prompts, or measure replies."""
    parser = argparse.ArgumentParser(
        prog="python -m local.interview_scores", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("answers", type=Path, nargs="?", default=ANSWERS, help="file with a labelled answer per line")
    parser.add_argument("--prompts", type=Path, metavar="DIR", help="write what a model is asked to files")
    parser.add_argument("--replies", type=Path, metavar="DIR", action="append", default=[], help="replies of a judge")
    options = parser.parse_args(arguments)
    logs.logger().setLevel(logging.ERROR)  # a missing reply is a dash in the table
    cases = [json.loads(line) for line in options.answers.read_text().splitlines()]
    if options.prompts:
        options.prompts.mkdir(parents=True, exist_ok=True)
        scores_of(cases, options.prompts, None)
    if not options.replies:
        return 0
    judges = [scores_of(cases, None, each) for each in options.replies]
    for number, case in enumerate(cases, 1):
        given = [each[number - 1] for each in judges]
        known = [score for score in given if score is not None]
        shown = "".join("     -" if score is None else f"{score:6}" for score in given)
        spread = f"{max(known) - min(known):6}" if len(known) > 1 else ""
        print(f"{number:02}  {case['id']:<12}{case['label']:<6}{shown}{spread}")
    print(json.dumps(summary(cases, judges)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
