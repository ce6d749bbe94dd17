"""`make soak`: how its checks and its report judge; with -m long also twenty seconds of it, all its traffic and faults."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from local.soak import checks, report
from local.soak.faults import EXPECTED, RECOVERY_S, Window
from local.soak.people import Event
from local.soak.result import Result
from local.soak.run import Soak

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 20


@pytest.mark.long
def test_nothing_breaks_that_must_hold(scratch: Path) -> None:
    result = Soak(scratch / "soak", SECONDS).run()
    assert result.breaches == []
    assert {window.kind for window in result.windows} == set(EXPECTED)
    assert len(result.samples) > 5
    assert result.facts["accounts"] >= 8
    assert result.facts["credits charged"] > 0
    assert result.facts["answers had again"] > 0
    assert result.facts["forged webhooks"] > 0
    page = report.page(result)
    drawn = [part.split("</svg>")[0] for part in page.split("<svg")[1:]]
    assert len(drawn) == 4
    for plot in drawn:
        ET.fromstring(f"<svg{plot}</svg>")
    assert "No breach" in page


@pytest.mark.parametrize(
    ("status", "code", "sent", "is_breach"),
    [
        (503, "database_unavailable", 12.0, False),
        (503, "database_unavailable", 20.0 + RECOVERY_S + 1, True),
        (503, "database_unavailable", 5.0, True),
        (500, "internal_error", 12.0, True),
        (503, "model_unavailable", 12.0, True),
        (0, "ReadTimeout", 12.0, True),
        (409, "version_conflict", 50.0, False),
    ],
)
def test_an_error_counts_unless_a_fault_explains_it(status: int, code: str, sent: float, is_breach: bool) -> None:
    result = Result(60, 1, windows=[Window("reset", 10, 20)])
    result.memory.events = [Event("save", sent, sent + 0.1, "POST /x", status, code)]
    checks.errors(result)
    assert bool(result.breaches) is is_breach


def test_memory_that_grows_counts() -> None:
    result = Result(600, 1, memory_mb={})
    result.memory_mb["functions"] = [(float(at), 200.0 + at % 7) for at in range(600)]
    result.memory_mb["api"] = [(float(at), 200.0 + at) for at in range(600)]
    checks.memory(result)
    assert result.breaches == ["the memory of api grows from 500 to 740 MB"]
