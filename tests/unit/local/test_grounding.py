"""The runner that measures the check of generated texts on labelled cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local.grounding import Result, by_rules, figures, main, read, summary, wilson

CASES = Path(__file__).parents[2] / "data" / "grounding_runner" / "cases.jsonl"


def result(label: str, verdict: str) -> Result:
    return Result("1", label, "kind", "en", verdict)


def test_figures_are_counted_by_case() -> None:
    results = [
        result("faithful", "supported"), result("faithful", "supported"), result("faithful", "unverified"),
        result("faithful", "unsupported"), result("invented", "supported"), result("invented", "unverified"),
        result("invented", "unsupported"), result("invented", "unsupported"), result("ambiguous", "supported"),
    ]  # fmt: skip
    assert figures(results) == {
        "false_ok": (1, 4), "faithful_removed": (1, 4), "faithful_supported": (2, 4), "coverage": (6, 8),
    }  # fmt: skip
    assert summary(results) == {
        "false_ok": 0.25, "faithful_removed": 0.25, "faithful_supported": 0.5, "coverage": 0.75,
    }  # fmt: skip
    assert summary([result("ambiguous", "supported")])["false_ok"] is None


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 100, 0.0, 0.037), (5, 100, 0.0215, 0.1118), (10, 10, 0.7225, 1.0), (0, 0, 0, 1)]
)
def test_bounds_are_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=0.0006)


def test_the_last_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CASES)]) == 0
    lines = capsys.readouterr().out.splitlines()
    last = json.loads(lines[-1])

    assert last["verifier"] is None
    assert set(last["rules"]) == {"false_ok", "faithful_removed", "faithful_supported", "coverage"}
    assert {"by language", "by class", "  de", "  pl", "  negation"} <= {line[:28].rstrip() for line in lines}
    assert "[" in lines[1]


def test_rules_confirm_no_invention_of_these_cases_and_remove_nothing() -> None:
    results = [by_rules(case) for case in read(CASES)]
    assert len(results) >= 40
    assert [each.id for each in results if each.label == "invented" and each.verdict == "supported"] == []
    assert [each.id for each in results if each.verdict == "unsupported"] == []
    assert (summary(results)["faithful_supported"] or 0) > 0.5


def test_the_users_notes_count_and_a_case_without_a_resume_file_is_read(tmp_path: Path) -> None:
    case: dict[str, Any] = {
        "id": "1", "content": {}, "said": ["I trained 14 dealers."], "today": "2026-11-01", "job": None, "target": None,
        "text": "Trained 14 dealers.", "label": "faithful", "kind": "notes", "fact": None, "lang": "en",
    }  # fmt: skip
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(case) + "\n\n")
    assert by_rules(read(path)[0]).verdict == "supported"


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": "1"}', '{"content": {}, "text": "x", "label": "good", "today": "2026-11-01"}']
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(f"{line}\n")
    assert main([str(path)]) == 2
    assert f"{path}:1:" in capsys.readouterr().err


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 2


def test_cases_against_a_target_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case: dict[str, Any] = {
        "id": "wrong", "content": {"summary": "Nurse."}, "today": "2026-11-01", "text": "Nurse.", "label": "invented",
    }  # fmt: skip
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(case))
    assert main([str(path), "--list"]) == 0
    assert "false ok  wrong" in capsys.readouterr().out
