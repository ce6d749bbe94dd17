"""Scores the built-in templates: `python -m local.template_scores` scans a demo in each, and writes the seed file.

The score is that of our own scan of the PDF, the part about the file: what a machine can read, not what it says. The
demo résumé is the one in the gallery.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Final

from functions._shared import wiring
from functions._shared.domain.documents.facts import FileFacts
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.resume.content import parse_content
from functions.ats_scan.parseability import parseability
from functions.resume_import.importer import import_document
from local.templates import SEED, designs

DEMO: Final = Path(__file__).parent.parent / "tests" / "data" / "export" / "full.json"
_SCORE: Final = re.compile(
    r"(\(\s*'([a-z0-9-]+)',\s*'(?:[^']|'')+', '[a-z-]+',\s*'(?:[^']|'')+',\s*(?:true|false), )(\S+),"
)


def scores() -> dict[str, int]:
    """Return slug → score of every built-in template."""
    demo, reader = parse_content(json.loads(DEMO.read_text())), wiring.document_reader()
    result: dict[str, int] = {}
    for slug, design in designs().items():
        file = wiring.resumes().write(build_view(demo, design), "pdf").content
        document = reader.read(file, facts=True)
        content = parse_content(import_document(document).content)
        result[slug] = parseability(document.facts or FileFacts("pdf", len(file)), document, content).score
    return result


def with_scores(seed: str, found: dict[str, int]) -> str:
    """Return the seed file with these scores."""
    return _SCORE.sub(lambda match: f"{match[1]}{found[match[2]]},", seed)


def main() -> int:
    """Score and write."""
    found = scores()
    SEED.write_text(with_scores(SEED.read_text(), found))
    print("\n".join(f"{slug:<12}{score:>4}" for slug, score in found.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
