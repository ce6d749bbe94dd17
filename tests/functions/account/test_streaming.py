"""An export streams: a large account takes longer, and not more memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.functions.account import big_export

ROOT = Path(__file__).parents[3]


def test_two_hundred_resumes_and_two_hundred_megabytes_stay_within_time_and_memory() -> None:
    program = Path(big_export.__file__)
    done = subprocess.run(
        [sys.executable, str(program)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    took = json.loads(done.stdout.splitlines()[-1])
    assert took["seconds"] <= 60, took
    assert took["peak"] <= 300, took
    assert sum(took["parts"]) > big_export.FILES * big_export.FILE_BYTES
    assert max(took["parts"]) <= 45 * 1024 * 1024
