from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_passes_and_writes_its_files(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "local.demo", "--out", tmp_path], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stdout + result.stderr
    resume, answers, ledger = (
        json.loads((tmp_path / f"{n}.json").read_text()) for n in ("resume", "answers", "ledger")
    )
    assert resume["basics"]["summary"] == answers[0]["result"]["text"]
    assert [answer["result"]["grounding"]["ok"] for answer in answers] == [True, True, False, True, True]
    assert [row["amount"] for row in ledger] == [5, -1, -1, -1, -1, -1]
    receipts = json.loads((tmp_path / "receipts.json").read_text())
    assert [receipt["kind"] for receipt in receipts] == ["subscription", "pack"]
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "resume.pdf").read_bytes().startswith(b"%PDF")
    assert "\\documentclass" in (tmp_path / "resume.tex").read_text()
    interview = json.loads((tmp_path / "interview.json").read_text())
    assert (interview["score"], len(interview["interview"]["exchanges"])) == (73, 6)
    assert {"resume.docx", "resume.png"} <= {path.name for path in tmp_path.iterdir()}
