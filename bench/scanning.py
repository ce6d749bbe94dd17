"""The scan of a résumé against a job, warm."""

from __future__ import annotations

import json
import time
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median
from typing import Final

from bench import Context, Measured, benchmark

DATA: Final = Path(__file__).resolve().parents[1] / "tests" / "data"
WORDS: Final = 600
TODAY: Final = date(2026, 11, 30)
ROUNDS: Final = 15


@cache
def _resume() -> bytes:
    """Return a résumé of two pages as PDF."""
    import typst

    content = json.loads((DATA / "json_resume" / "full-backend-engineer.json").read_text())
    basics = content["basics"]
    lines = [f"= {basics['name']}", f"{basics['email'].replace('@', chr(92) + '@')} · {basics.get('phone', '')}"]
    for part in range(2):
        lines += ["== Experience"] if part == 0 else []
        for job in content["work"]:
            lines.append(
                f"*{job['position']}*, {job['name']} #h(1fr) {job['startDate']} - {job.get('endDate', 'Present')}"
            )
            lines += [f"- {line}" for line in job.get("highlights", ())]
    lines += ["== Skills", *(f"- {', '.join(group['keywords'])}" for group in content["skills"])]
    lines += [
        "#pagebreak(weak: true)",
        "== Education",
        *(f"- {study['institution']}, {study['studyType']}" for study in content["education"]),
    ]
    text = "\n\n".join(line.replace("$", "\\$").replace("@", "@" if "\\@" in line else "\\@") for line in lines)
    return bytes(typst.compile(text.encode()))


@cache
def _job() -> str:
    """Return a job posting of 600 words."""
    text = ""
    for path in sorted((DATA / "postings" / "dev").glob("*.json")):
        posting = json.loads(path.read_text())
        if posting["lang"] == "en":
            text += f"{posting['posting']}\n\n"
    return " ".join(text.split(" ")[:WORDS])


@benchmark("scanning.pdf_and_job", unit="ms", target="value <= 60")
def pdf_and_job(_: Context) -> Measured:
    """Time a scan of a two-page PDF against a job of 600 words, from the file to the answer."""
    from functions._shared import wiring
    from functions._shared.coverage.compare import coverage
    from functions._shared.domain.documents.facts import FileFacts
    from functions._shared.domain.resume.content import parse_content
    from functions.ats_scan.parseability import parseability
    from functions.ats_scan.report import report
    from functions.resume_import.importer import import_document

    data, job, reader = _resume(), _job(), wiring.document_reader()
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        document = reader.read(data, facts=True)
        facts = document.facts or FileFacts("pdf", len(data))
        content = parse_content(import_document(document).content)
        report(parseability(facts, document, content), coverage(content, job, today=TODAY), job).model_dump_json()
        times.append((time.perf_counter() - began) * 1000)
    return Measured(median(times[2:]))


@benchmark("scanning.matrix", unit="ms")
def all_pairs(_: Context) -> Measured:
    """Time ten résumés against ten jobs, read once each."""
    from functions._shared.coverage.compare import matrix
    from functions._shared.domain.resume.content import parse_content

    postings = [json.loads(path.read_text()) for path in sorted((DATA / "postings" / "dev").glob("*.json"))[:10]]
    contents = [parse_content(posting["resumes"][0]["content"]) for posting in postings if posting["resumes"]]
    texts = [posting["posting"] for posting in postings]
    matrix(contents, texts, today=TODAY)
    began = time.process_time()
    matrix(contents, texts, today=TODAY)
    return Measured((time.process_time() - began) * 1000)


@benchmark("scanning.terms", unit="ms")
def terms(_: Context) -> Measured:
    """Time the loading of all terms, as a cold start does it."""
    from functions._shared.coverage.lexicon import lexicon

    lexicon.__wrapped__()
    times = []
    for _round in range(5):
        began = time.process_time()
        lexicon.__wrapped__()
        times.append((time.process_time() - began) * 1000)
    return Measured(min(times))
