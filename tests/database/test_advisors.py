"""The advisors of the Supabase CLI report only findings that `docs/advisors.md` justifies."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from local.migrate import run_cli

PAGE = Path(__file__).resolve().parents[2] / "docs" / "advisors.md"


@pytest.fixture(scope="module")
def findings(database: str) -> list[dict[str, Any]]:
    done = run_cli("db", "advisors", f"--remote={database}", "--type", "all", "--level", "info", "-o", "json")
    assert done.returncode == 0, done.stderr
    start, end = done.stdout.find("["), done.stdout.rfind("]")
    found: list[dict[str, Any]] = json.loads(done.stdout[start : end + 1]) if start >= 0 else []
    return found


def test_there_is_no_warning(findings: list[dict[str, Any]]) -> None:
    assert [finding for finding in findings if finding["level"] != "INFO"] == []


def test_every_other_finding_is_justified(findings: list[dict[str, Any]]) -> None:
    justified = set(re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert {finding["name"] for finding in findings} == justified
    without_policy = [finding["detail"] for finding in findings if finding["name"] == "rls_enabled_no_policy"]
    public = [detail for detail in without_policy if "`private." not in detail]
    assert len(public) == 1
    assert "`public.global_config`" in public[0]
