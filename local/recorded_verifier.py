"""A verifier that reads recorded answers and writes the questions that are still to be asked.

`python -m local.grounding` uses it. A question is a file ``<case>.json`` with ``{"system", "user", "schema"}``, or
``<case>.again.json`` if it asks about flagged sentences again. A file of the same name holds the answer: the JSON
object that the schema describes. Many answers may also stand in one file of lines, each with the name as ``name``. The
marker around the data is the same in all questions, so that their files are stable.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError
from typing_extensions import override

from functions._shared.ai.delimit import render
from functions._shared.ai.schema import plain_schema
from functions._shared.ai.verifier_prompt import OPERATION, prompt
from functions._shared.domain.errors import ModelAnswerInvalid, ModelUnavailable
from functions._shared.domain.grounding.verdicts import Judgements
from functions._shared.domain.metering import ModelCall
from functions._shared.ports.model import ModelAnswer
from functions._shared.ports.verifier import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from functions._shared.ports.verifier import Question

MARKER: Final = "data-" + "0" * 32
RECORDED: Final = ModelCall("recorded", "recorded", OPERATION, 0, 0, Decimal(0), 0)


def recorded(path: Path) -> Callable[[str], str | None]:
    """Return a look-up of the answers in a folder or a file of lines by their names.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        A line is no JSON object with a name.
    """
    if path.suffix != ".jsonl":
        return lambda name: (path / name).read_text(errors="replace") if (path / name).is_file() else None
    answers = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        try:
            answer = json.loads(line)
            name = answer.pop("name")
        except (ValueError, KeyError, AttributeError):
            raise ValueError(f"{path}:{number}: no JSON object with a name") from None
        answers[name] = json.dumps(answer)
    return answers.get


class RecordedVerifier(Verifier):
    """Answers from files.

    Parameters
    ----------
    case : str
        The case that the questions are about: the name of their files.
    questions : Path or None
        Folder to write questions to that have no answer yet.
    answers : callable or None
        Returns the answer of a name, or None where there is none.
    every : bool
        Whether the first question asks about every sentence.

    Attributes
    ----------
    missing : list of str
        Names of the answers that are not there.
    malformed : list of str
        Names of the answers that do not have the form of the schema.
    """

    def __init__(
        self, case: str, *, questions: Path | None, answers: Callable[[str], str | None] | None, every: bool = False
    ) -> None:
        self._case = case
        self._questions = questions
        self._answers = answers
        self._every = every
        self.missing: list[str] = []
        self.malformed: list[str] = []

    @override
    async def judge(self, question: Question, *, timeout: float) -> ModelAnswer[Judgements]:
        name = f"{self._case}.json" if question.judge is None else f"{self._case}.again.json"
        answer = self._answers(name) if self._answers else None
        if answer is not None:
            return ModelAnswer(self._read(name, answer, question), RECORDED)
        self.missing.append(name)
        if self._questions is not None:
            if self._every and question.judge is None:
                question = replace(question, asked=range(1, len(question.sentences) + 1))
            self._write(self._questions / name, question)
        raise ModelUnavailable

    def _read(self, name: str, answer: str, question: Question) -> Judgements:
        try:
            output = Judgements.model_validate_json(answer)
        except ValidationError:
            self.malformed.append(name)
            raise ModelAnswerInvalid from None
        # When the rules settle more sentences, an earlier answer says more than is asked now.
        known = range(1, len(question.sentences) + 1)
        kept = [each for each in output.judgements if each.sentence in question.asked or each.sentence not in known]
        return Judgements(judgements=kept)

    @staticmethod
    def _write(path: Path, question: Question) -> None:
        rendered = render(prompt(question), marker=MARKER)
        request = {"system": rendered.system, "user": rendered.user, "schema": plain_schema(Judgements)}
        path.write_text(json.dumps(request, ensure_ascii=False, indent=1) + "\n")
