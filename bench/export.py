"""Export: the time to write a résumé of two pages.

The baseline of the PDF is a headless Chromium that prints the HTML of the same résumé, started for it as in a function
without a resident browser. It counts only where a Chromium is installed.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.registry import Context, Measured, benchmark
from bench.warm import undisturbed_ms
from functions._shared import wiring
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.resume.content import parse_content
from local.templates import designs

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.ports.documents import Format

ROOT = Path(__file__).parent.parent
RESUME = ROOT / "tests" / "data" / "export" / "full.json"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ROUNDS = 40
PRINTS = 3
COLD_STARTS = 5
# What a container does for its first PDF, from the start of the interpreter on.
FIRST = """
import json, sys
from functions._shared import wiring
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.resume.content import parse_content
given = json.load(sys.stdin)
view = build_view(parse_content(given["content"]), given["design"])
assert wiring.resumes().write(view, "pdf").content.startswith(b"%PDF")
import os
print(sum(os.times()[:2]))
"""


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(RESUME.read_text())
    return content


def _warm(form: Format, clock: Callable[[], float]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = clock()
        view = build_view(parse_content(_content()), designs()["modern-1"])
        wiring.resumes().write(view, form)
        times.append(clock() - began)
    return undisturbed_ms(times[2:])


def _printed(folder: Path) -> float:
    """Return the milliseconds in which Chromium prints the HTML."""
    view = build_view(parse_content(_content()), designs()["modern-1"])
    page, target = folder / "resume.html", folder / "resume.pdf"
    page.write_bytes(wiring.resumes().write(view, "html").content)
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chromium'}",
        "--no-pdf-header-footer", f"--print-to-pdf={target}", page.as_uri(),
    ]  # fmt: skip
    times = []
    for _ in range(PRINTS):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        times.append(time.perf_counter() - began)
    return min(times) * 1000


@benchmark("export.pdf", unit="ms", target="ratio <= 0.05" if CHROMIUM else None)
def pdf(context: Context) -> Measured:
    """Time a PDF in a running container, compared with Chromium."""
    return Measured(_warm("pdf", time.perf_counter), _printed(context.folder) if CHROMIUM else None)


@benchmark("export.docx", unit="ms", target="value <= 60")
def docx(context: Context) -> Measured:  # noqa: ARG001 - every benchmark takes the context
    """Measure the processor time of a DOCX in a running container."""
    return Measured(_warm("docx", time.process_time))


@benchmark("export.first_pdf", unit="s", target="value <= 0.5")
def first_pdf(context: Context) -> Measured:
    """Measure the processor time of a new process up to its first PDF. As in our artefacts, all code is compiled."""
    given = json.dumps({"content": _content(), "design": designs()["modern-1"]})
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(context.folder / "bytecode")
    times = []
    for _ in range(COLD_STARTS + 1):
        run = subprocess.run(
            [sys.executable, "-c", FIRST], input=given, text=True, cwd=ROOT, env=env, check=True, capture_output=True
        )
        times.append(float(run.stdout))
    return Measured(statistics.median(times[1:]))
