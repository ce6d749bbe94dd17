"""The check of a generated text: processor time of the rules, and how much a verifier is asked."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from bench import Context, Measured, benchmark

if TYPE_CHECKING:
    from functions._shared.domain.grounding.check import Examination

DATA: Final = Path(__file__).resolve().parents[1] / "tests" / "data" / "grounding"
WORDS: Final = 300
TODAY: Final = date(2026, 11, 1)


@cache
def _answers() -> list[tuple[dict[str, Any], str]]:
    """Return résumés, each with some 300 words that were written about it, each sentence once."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for line in (DATA / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        if "content_file" in case and " " in case["text"]:
            texts[case["content_file"]].append(case["text"])
    answers = []
    for name, parts in texts.items():
        words = " ".join(parts).split()[:WORDS]
        if len(words) == WORDS:
            answers.append((json.loads((DATA / name).read_text()), " ".join(words)))
    return answers


def _examined(content: dict[str, Any], text: str) -> Examination:
    from functions._shared.domain.grounding.check import Examination
    from functions._shared.domain.grounding.evidence import evidence
    from functions._shared.domain.resume.content import parse_content

    return Examination([text], evidence(parse_content(content), today=TODAY))


@benchmark("checking.rules", unit="ms", target="value <= 5")
def rules(_: Context) -> Measured:
    """Time the check of 300 new words by rules, on one core; the model that writes them is not part of it."""
    from functions._shared.domain.grounding import phrases
    from functions._shared.domain.language import tokens

    for content, text in _answers():  # word lists load
        _examined(content, text)
    times = []
    for content, text in _answers():
        tokens.tokens.cache_clear()
        phrases.read_line.cache_clear()
        began = time.process_time()
        _examined(content, text).sentences_with()
        times.append((time.process_time() - began) * 1000)
    return Measured(median(times))


@benchmark("checking.question", unit="characters")
def question(_: Context) -> Measured:
    """Count the characters of the first question to a verifier about 300 words, instructions included."""
    from functions._shared.ai.delimit import render
    from functions._shared.ai.verifier_prompt import prompt
    from functions._shared.ports.verifier import Question

    sizes = []
    for content, text in _answers():
        examination = _examined(content, text)
        asked = render(prompt(Question(examination.source, examination.sentences, examination.open)))
        sizes.append(len(asked.system) + len(asked.user))
    return Measured(median(sizes))
