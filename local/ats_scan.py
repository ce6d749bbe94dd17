"""Scans a résumé without a stack: `python -m local.ats_scan RESUME [JOB.txt …]`.

RESUME is a PDF, DOCX or text file, résumé content or JSON Resume (JSON). The first part of the answer says how well
machines read the file (null for JSON, which is data); the second how far the résumé covers the job. With several jobs
the answer is a list, one entry per job. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.domain.resume.json_resume import from_json_resume
from functions.ats_scan.coverage import coverage
from functions.ats_scan.parseability import parseability
from functions.ats_scan.report import report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.documents.form import Document
    from functions.ats_scan import schemas


def read(path: Path) -> tuple[ResumeContent | None, schemas.Parseability | None]:
    """Read a résumé, and how well machines read its file."""
    data = path.read_bytes()
    if path.suffix == ".json":
        value = json.loads(data)
        is_json_resume = "basics" in value or "work" in value
        return (from_json_resume(value) if is_json_resume else parse_content(value)), None
    from functions._shared.adapters.documents.inspection import inspect

    facts = inspect(data)
    document = None if facts.damaged or facts.encrypted else _document(data, facts.kind)
    content = None
    if document and document.lines():
        from functions.resume_import.reader import read_resume

        content = parse_content(read_resume(document).content)
    return content, parseability(facts, document, content)


def _document(data: bytes, kind: str) -> Document | None:
    if kind == "pdf":
        from functions._shared.adapters.documents.pdf_reader import read_pdf

        return read_pdf(data)
    if kind == "docx":
        from functions._shared.adapters.documents.docx_reader import read_docx

        return read_docx(data)
    if kind == "text":
        from functions._shared.adapters.documents.text_reader import decode, read_text

        return read_text(decode(data))
    return None


def scan(path: Path, job: str | None, today: date) -> dict[str, Any]:
    """Scan a résumé, with a job if there is one."""
    content, readable = read(path)
    covered = coverage(content, job, today=today) if content and job else None
    return report(readable, covered, job or "").model_dump(mode="json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Scan and print."""
    parser = argparse.ArgumentParser(prog="python -m local.ats_scan", description=__doc__)
    parser.add_argument("resume", type=Path)
    parser.add_argument("jobs", type=Path, nargs="*")
    parser.add_argument("--today", type=date.fromisoformat, default=datetime.now(tz=UTC).date())
    options = parser.parse_args(arguments)
    jobs = [path.read_text() for path in options.jobs] or [None]
    answers = [scan(options.resume, job, options.today) for job in jobs]
    print(json.dumps(answers[0] if len(answers) == 1 else answers, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
