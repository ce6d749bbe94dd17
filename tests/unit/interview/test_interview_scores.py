"""The measurement of scores: it writes prompts, and reads what judges reply."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from local.interview_scores import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CASES = (
    {"id": "x-poor", "label": "poor", "kind": "behavioural", "question": "What went wrong?", "answer": "I don't know.", "finds": ["evasive"]},
    {
        "id": "x-good", "label": "good", "kind": "behavioural", "question": "What went wrong?", "finds": [],
        "answer": "In May 2023 I sent the wrong list to our dealer, who ordered 400 units at the old price. I called the dealer "
        "within an hour and kept the old price for 50 units. As a result it cost us 1,200 euros instead of 9,600. Since then I "
        "keep all lists in one folder.",
    },
)  # fmt: skip


def _reply(structure: int) -> str:
    scores = [
        {
            "dimension": each,
            "score": structure if each == "structure" else 5,
            "quote": "I called the dealer",
            "reason": "",
        }
        for each in ("relevance", "structure", "specificity", "ownership", "clarity")
    ]
    return json.dumps({"scores": scores, "feedback": "", "next_question": ""})


def test_the_replies_of_two_judges_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text("\n".join(map(json.dumps, CASES)))
    assert main([str(answers), "--prompts", str(tmp_path / "prompts")]) == 0
    prompt = (tmp_path / "prompts" / "02.prompt.txt").read_text()
    assert "400 units" in prompt
    assert '"next_question"' in prompt
    for judge, structure in (("a", 5), ("b", 3)):
        folder = tmp_path / judge
        folder.mkdir()
        for number in ("01", "02"):
            (folder / f"{number}.reply.json").write_text(_reply(structure))
    (tmp_path / "b" / "01.reply.json").write_text("no JSON")
    assert main([str(answers), *(x for judge in "ab" for x in ("--replies", str(tmp_path / judge)))]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["judged_twice"], figures["highest_void"], figures["void_under_20"]) == (1, 0, True)
    assert figures["pairs_ranked"] == [1.0, None]
    assert figures["largest_spread"] > 0
