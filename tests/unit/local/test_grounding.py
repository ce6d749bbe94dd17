"""The runner that measures the check of generated texts on labelled cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from functions._shared import wiring
from local.grounding import Result, by_rules, figures, main, read, summary, wilson
from tests.fakes.models import Answer, FakeModels

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    assert "false ok    wrong" in capsys.readouterr().out


CASE: dict[str, Any] = {
    "content": {"experience": [{"role": "Nurse", "bullets": ["Trained 14 dealers.", "Helped to move a ward."]}]},
    "today": "2026-11-01", "text": "Trained 14 dealers. Led the move of a ward.", "label": "invented", "lang": "en",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases.jsonl").write_text(json.dumps({**CASE, "id": "one"}))
    (tmp_path / "answers").mkdir()
    return tmp_path


def run(folder: Path, *options: str) -> int:
    return main([str(folder / "cases.jsonl"), *options])


def entry(sentence: int, **changes: Any) -> dict[str, Any]:
    return {
        "sentence": sentence, "lines": ["R1.2"], "calculations": [], "span": "", "flaw": None, "verdict": "supported",
        **changes,
    }  # fmt: skip


FLAG = {"span": "Led", "flaw": "stronger_act", "verdict": "unsupported"}


def answer(folder: Path, name: str, entries: Sequence[dict[str, Any]]) -> None:
    (folder / "answers" / name).write_text(json.dumps({"judgements": entries}))


def verifier_tier(capsys: pytest.CaptureFixture[str]) -> dict[str, float] | None:
    tier: dict[str, float] | None = json.loads(capsys.readouterr().out.splitlines()[-1])["verifier"]
    return tier


def test_questions_are_written_and_stable(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = []
    for name in ("first", "second"):
        assert run(folder, "--prompts", str(folder / name)) == 0
        assert verifier_tier(capsys) is None
        written.append((folder / name / "one.json").read_text())
    request = json.loads(written[0])

    assert written[0] == written[1]
    assert list(request) == ["system", "user", "schema"]
    assert request["user"].startswith("Judge these sentences of the block text by the lines of the block source: 2.")
    assert "1 Trained 14 dealers.\n2 Led the move of a ward." in request["user"]
    assert request["schema"]["properties"]["judgements"]["items"]["required"][-1] == "verdict"


def test_every_sentence_can_be_asked_about(folder: Path) -> None:
    case = {**CASE, "id": "settled", "text": "Trained 14 dealers."}
    with (folder / "cases.jsonl").open("a") as file:
        file.write("\n" + json.dumps(case))
    run(folder, "--prompts", str(folder / "all"), "--every")
    run(folder, "--prompts", str(folder / "open"))

    assert "source: 1, 2." in json.loads((folder / "all" / "one.json").read_text())["user"]
    assert "source: 1." in json.loads((folder / "all" / "settled.json").read_text())["user"]
    assert [path.name for path in (folder / "open").iterdir()] == ["one.json"]


def test_answers_are_read_and_only_missing_questions_are_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = ["--prompts", str(folder / "questions"), "--answers", str(folder / "answers")]
    answer(folder, "one.json", [entry(2, **FLAG)])
    run(folder, *both)

    assert [path.name for path in (folder / "questions").iterdir()] == ["one.again.json"]
    assert verifier_tier(capsys) == {
        "false_ok": 0.0, "faithful_removed": None, "faithful_supported": None, "coverage": 0.0,
    }  # fmt: skip

    answer(folder, "one.again.json", [entry(2, **FLAG)])
    (folder / "questions" / "one.again.json").unlink()
    run(folder, *both)
    assert list((folder / "questions").iterdir()) == []
    assert (verifier_tier(capsys) or {})["coverage"] == 1.0


def test_an_answer_about_what_the_rules_have_settled_stays_usable(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(folder, "one.json", [entry(1), entry(2)])
    run(folder, "--answers", str(folder / "answers"))
    assert (verifier_tier(capsys) or {})["false_ok"] == 1.0


@pytest.mark.parametrize("text", ["{", '{"judgements": [{}]}', ""])
def test_an_answer_out_of_form_is_named_and_decides_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (folder / "answers" / "one.json").write_text(text)
    run(folder, "--answers", str(folder / "answers"))
    printed = capsys.readouterr()
    assert "one.json: " in printed.err
    assert json.loads(printed.out.splitlines()[-1])["verifier"]["coverage"] == 0.0


def test_live_needs_a_provider(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GEMINI", "OPENAI", "ANTHROPIC", "OPENROUTER"):
        monkeypatch.delenv(f"{name}_API_KEY", raising=False)
    assert run(folder, "--live") == 2
    assert "API key" in capsys.readouterr().err


def test_the_configured_provider_is_asked(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeModels() as fake:
        for name in ("OPENAI", "ANTHROPIC", "OPENROUTER"):
            monkeypatch.delenv(f"{name}_API_KEY", raising=False)
        monkeypatch.setenv("GEMINI_API_KEY", fake.key)
        monkeypatch.setenv("GEMINI_BASE_URL", fake.url)
        fake.plan(Answer({"judgements": [entry(2, **FLAG)]}), Answer({"judgements": [entry(2, **FLAG)]}))
        with wiring.override():
            assert run(folder, "--live", "--list") == 0
        assert [bool("Take each one anew" in request.user) for request in fake.requests] == [False, True]
    out = capsys.readouterr().out
    assert "2 calls of gemini gemini-3.8-flash, 0 failed" in out
    assert json.loads(out.splitlines()[-1])["verifier"]["coverage"] == 1.0


def test_faithful_cases_that_nobody_confirms_are_listed_with_the_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "cases.jsonl").write_text(json.dumps({**CASE, "id": "one", "label": "faithful"}))
    answer(folder, "one.json", [entry(2, lines=[])])
    run(folder, "--answers", str(folder / "answers"), "--list")
    assert "unverified  one answer_malformed" in capsys.readouterr().out


def test_two_cases_have_two_ids(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "cases.jsonl").write_text(f"{json.dumps({**CASE, 'id': 'a'})}\n" * 2)
    assert run(folder) == 2
    assert ":2: there is another case a" in capsys.readouterr().err


def test_an_id_is_a_files_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "cases.jsonl").write_text(json.dumps({**CASE, "id": "../one"}))
    assert run(folder) == 2
    assert "id" in capsys.readouterr().err
