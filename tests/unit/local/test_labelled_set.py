"""The labelled set and the recorded replies: what they are said to be, and the figures that the documentation claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local.grounding import by_rules, main, read, summary

DATA = Path(__file__).parents[2] / "data" / "grounding"
READ_TWICE = ("cases", "held_out")
ANSWERED = (*READ_TWICE, "other_resumes")
NEAR = ("near", "near_held_out")


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text().splitlines()]


def test_a_label_is_what_both_readers_say() -> None:
    for case in [case for name in READ_TWICE for case in lines(name)]:
        first, second = case["label_1"], case["label_2"]
        assert case["label"] == (first if first == second else "ambiguous"), case["id"]


def test_every_case_has_a_reply_and_every_reply_a_case() -> None:
    cases = {case["id"] for name in ANSWERED for case in lines(name)}
    replies = {reply["name"].removesuffix(".json") for reply in lines("replies")}
    assert cases == {name for name in replies if not name.endswith(".again")}
    assert {name.removesuffix(".again") for name in replies} == cases


@pytest.mark.parametrize("name", ["held_out", "other_resumes"])
def test_cases_kept_aside_meet_the_targets_of_a_verifier(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(DATA / f"{name}.jsonl"), "--answers", str(DATA / "replies.jsonl")]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    verified = figures["verifier"]
    assert verified["false_ok"] <= 0.05
    assert verified["faithful_removed"] <= 0.02
    assert verified["faithful_supported"] >= 0.85
    assert verified["coverage"] >= 0.9


@pytest.mark.parametrize("name", [*ANSWERED, *NEAR])
def test_rules_alone_support_hardly_any_invention_and_remove_nothing(name: str) -> None:
    found = summary([by_rules(case) for case in read(DATA / f"{name}.jsonl")])
    assert found["false_ok"] is not None
    assert found["false_ok"] <= 0.02
    assert found["faithful_removed"] == 0
