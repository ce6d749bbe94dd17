"""What the commands that read files say about one that they cannot use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from local import ats_scan, resume_export, resume_import

if TYPE_CHECKING:
    from local.command_line import Main

ROOT = Path(__file__).parent.parent.parent.parent
FULL = ROOT / "tests" / "data" / "export" / "full.json"
COMMANDS = [resume_export.main, ats_scan.main, resume_import.main]


@pytest.mark.parametrize("main", COMMANDS)
def test_a_missing_file_is_one_line(main: Main, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'none.json'}: No such file or directory\n"


@pytest.mark.parametrize("main", COMMANDS)
def test_a_wrong_field_is_named(main: Main, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.json"
    source.write_text(json.dumps({"experience": [{"role": 7}]}))
    assert main([str(source)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"{source}: /experience/0/role: ")
    assert error.count("\n") == 1


def test_what_is_not_json_or_text_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, job = tmp_path / "in.json", tmp_path / "job.txt"
    source.write_text("{")
    job.write_bytes(b"\xff\xfe\x00")
    assert resume_export.main([str(source)]) == 2
    assert f"{source}: not JSON: " in capsys.readouterr().err
    assert ats_scan.main([str(FULL), str(job)]) == 2
    assert capsys.readouterr().err == f"{job}: not UTF-8 text\n"


@pytest.mark.parametrize("module", ["local.ats_scan", "local.resume_import"])
def test_nobody_who_reads_on_is_no_error(module: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(FULL)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(60)
