"""Scans a résumé without a stack: `python -m local.ats_scan RESUME [JOB.txt …]`.

RESUME is any file that the import reads: PDF, DOCX, text, résumé content, JSON Resume. The first part of the answer
says how well machines read the file (null for JSON, which is data); the second how far the résumé covers the job. With
several jobs the answer is a list, one entry per job. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions._shared import wiring
from functions._shared.coverage.compare import coverage
from functions._shared.domain.documents.facts import FileFacts
from functions._shared.domain.errors import DocumentUnreadable, DomainError
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions.ats_scan.parseability import parseability, refused
from functions.ats_scan.report import report
from functions.resume_import.importer import import_document
from local.command_line import command, read_text, unusable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.ports.document_reader import DocumentReader
    from functions.ats_scan import schemas


def read(path: Path) -> tuple[ResumeContent | None, schemas.Parseability | None]:
    """Read a résumé, and how well machines read its file."""
    data = path.read_bytes()
    try:
        document = _reader().read(data, facts=True)
    except DocumentUnreadable as error:
        return None, parseability(refused(error, len(data)), None, None)
    content = None
    try:
        content = parse_content(import_document(document).content or {})
    except DomainError as error:
        if not document.pages:
            raise unusable(path, error) from None
    if not document.pages:
        return content, None
    return content, parseability(document.facts or FileFacts(document.kind, len(data)), document, content)


@lru_cache(1)
def _reader() -> DocumentReader:
    return wiring.document_reader()


def scan(path: Path, job: str | None, today: date) -> dict[str, Any]:
    """Scan a résumé, with a job if there is one."""
    content, readable = read(path)
    covered = coverage(content, job, today=today) if content and job else None
    return report(readable, covered, job or "").model_dump(mode="json")


@command
def main(arguments: Sequence[str] | None = None) -> int:
    """Scan and print."""
    parser = argparse.ArgumentParser(prog="python -m local.ats_scan", description=__doc__)
    parser.add_argument("resume", type=Path)
    parser.add_argument("jobs", type=Path, nargs="*")
    parser.add_argument("--today", type=date.fromisoformat, default=datetime.now(tz=UTC).date())
    options = parser.parse_args(arguments)
    jobs: list[str | None] = [read_text(path) for path in options.jobs] or [None]
    answers = [scan(options.resume, job, options.today) for job in jobs]
    print(json.dumps(answers[0] if len(answers) == 1 else answers, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
