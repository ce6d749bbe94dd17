"""Both example clients, from sign-up to a shared résumé; that for browsers in a headless one, also on a phone, dark.

`make test` installs the browser and the packages of the example; without them, its tests are skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from local.demo.model_server import model_server
from local.example import Example
from local.stack import Stack
from tests.browser.chromium import HERE, ROOT, run, screenshots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def written_by_a_model(scratch: Path) -> Iterator[Stack]:
    """A stack whose texts come from prepared answers, piece by piece."""
    with model_server(scratch) as variables, Stack(scratch / "example", env=variables) as stack:
        yield stack


@pytest.fixture(scope="module")
def seen(written_by_a_model: Stack, scratch: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    if not (Example.installed() and (HERE / "node_modules" / ".ready").exists()):
        pytest.skip("npm ci in tests/browser and examples/web: make test does it")
    with Example(scratch, written_by_a_model) as example:
        task = {
            "url": example.url,
            "email": "zoe@example.com",
            "job": (ROOT / "examples" / "sample" / "job.txt").read_text(),
            "folder": screenshots(tmp_path_factory),
        }
        return run("example.mjs", task)


def test_axe_finds_nothing_and_no_step_scrolls_sideways(seen: Any) -> None:
    steps = {name: what for name, what in seen["steps"].items() if "violations" in what}
    assert len(steps) == 10
    assert {name: what["violations"] for name, what in steps.items() if what["violations"]} == {}
    assert {name: what["scrolls"] for name, what in steps.items() if what["scrolls"] > 0} == {}


def test_a_text_comes_sentence_by_sentence_each_beside_its_line(seen: Any) -> None:
    drafts, text = seen["steps"]["written"]["drafts"], seen["steps"]["written"]["text"]
    assert len({len(draft) for draft in drafts}) > 2
    assert (
        "Wrote the offline sync protocol in Go.\n\n✓ supported\n\nWrote the offline sync protocol in Go; conflict"
        in text
    )
    assert "Holds a PhD in distributed systems from ETH Zürich.\n\n✗ removed" in text
    assert "Version 2." in seen["steps"]["applied"]["text"]


def test_the_balance_falls_the_same_key_is_free_and_a_payment_adds(seen: Any) -> None:
    steps = seen["steps"]
    balances = [steps[name]["balance"] for name in ("resume", "read", "written", "again", "applied", "refused", "paid")]
    assert balances == ["5", "5", "4", "4", "4", "0", "20"]
    assert "Costs 1 credit" in steps["read"]["text"]
    assert "There are not enough credits" in steps["refused"]["text"]
    assert steps["compared"]["balance"] == "18"


def test_it_ends_in_a_pdf_and_a_shared_page(seen: Any) -> None:
    pdf, page = (httpx.get(link) for link in seen["links"])
    assert pdf.content.startswith(b"%PDF")
    assert "Zoë Müller-Łukasik" in page.text
    assert "71 of 100" in seen["steps"]["compared"]["text"]


def test_dark_is_dark(seen: Any) -> None:
    assert seen["steps"]["phone"]["ground"] == "rgb(21, 24, 30)"


def test_nothing_fails_and_nothing_is_loaded_from_elsewhere(seen: Any) -> None:
    assert [each for each in seen["complaints"] if "402 (Payment Required)" not in each] == []
    assert {httpx.URL(url).host for url in seen["requests"] if not url.startswith("data:")} == {"127.0.0.1"}


def test_the_same_path_in_python(written_by_a_model: Stack) -> None:
    command = [sys.executable, str(ROOT / "examples" / "python" / "main.py")]
    env = {**os.environ, **written_by_a_model.env()}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    for line in (
        "Read 131 fields of Zoë Müller-Łukasik.",
        "A summary costs 1 credits.",
        "  … Wrote the offline sync protocol in Go.",
        "supported: Wrote the offline sync protocol in Go. From: ['Wrote the offline sync protocol in Go; conflict",
        "Saved as version 2; the balance is 4.",
        "The same key again is free: True",
        "Refused: 402 insufficient_credits",
        "The order is paid: 20 credits.",
        "It fits the job: 71 of 100.",
    ):
        assert f"\n{line}" in f"\n{done.stdout}"
    shared = done.stdout.split("Shared: ")[1].strip()
    assert "Zoë Müller-Łukasik" in httpx.get(shared).text
