"""Import of a résumé: wall time of a two-page PDF through the warm child process, and of its start."""

from __future__ import annotations

import json
import time
from pathlib import Path
from statistics import median
from typing import Final

from bench import Context, Measured, benchmark

SAMPLE: Final = Path(__file__).resolve().parents[1] / "tests" / "data" / "json_resume" / "full-backend-engineer.json"
RUNS: Final = 15


def _two_pages() -> bytes:
    """Set a résumé on two pages, without the attachment that our own exports carry."""
    import typst

    resume = json.loads(SAMPLE.read_text())
    parts = ["#set page(margin: 2cm)", "#set text(size: 11pt)", f"= {_escaped(resume['basics']['name'])}"]
    parts.append(_escaped(resume["basics"]["email"]))
    parts.append("== Experience")
    jobs = resume["work"]
    for job in (jobs * 8)[:9]:
        dates = f"{job['startDate'][:7]} to {job.get('endDate', 'present')[:7]}"
        parts.append(f"*{_escaped(job['position'])}* #h(1fr) {dates}\n\n{_escaped(job['name'])}")
        parts += [f"- {_escaped(line)}" for line in job.get("highlights", [])]
    source = "\n\n".join(parts).encode()
    document = typst.compile(source, format="pdf")
    if not isinstance(document, bytes):
        raise TypeError("one file was expected")
    return document


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "#$*_@<>[]\\`~" else letter for letter in text)


@benchmark("importing.two_pages", unit="ms", target="value <= 40")
def two_pages(_: Context) -> Measured:
    """Import a two-page PDF in a warm process; the hand-over to the child and back counts."""
    from functions._shared import wiring
    from functions.resume_import import dates
    from functions.resume_import.importer import import_document

    data = _two_pages()
    reader = wiring.document_reader()
    pages = len(reader.read(data).pages)
    if pages != 2:  # noqa: PLR2004 - as the name says
        raise ValueError(f"{pages} pages")
    times = []
    for _run in range(RUNS):
        dates.find_dates.cache_clear()  # another file has other lines
        began = time.perf_counter()
        import_document(reader.read(data))
        times.append(time.perf_counter() - began)
    return Measured(1000 * median(times))
