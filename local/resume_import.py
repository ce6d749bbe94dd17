"""Reads résumés without a stack: `python -m local.resume_import FILE…`.

Prints a line of JSON per file: ``{"file", "status", "content", "confidence", "ms"}``, with ``error`` if it cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from functions._shared.adapters.documents.pdf_reader import read_pdf
from functions.resume_import.reader import read_resume

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDINGS: Final = (".pdf", ".docx", ".txt", ".json", ".yaml", ".yml", ".zip", ".md")


def read_file(path: Path) -> dict[str, Any]:
    """Read a file."""
    started = time.perf_counter()
    from functions._shared.adapters.documents.docx_reader import read_docx
    from functions._shared.adapters.documents.text_reader import decode, read_text
    data=path.read_bytes()
    doc = read_pdf(data) if path.suffix == ".pdf" else read_docx(data) if path.suffix==".docx" else read_text(decode(data))
    content = read_resume(doc).content
    return {"file": str(path), "status": "ok", "content": content, "confidence": 1, "ms": 1000 * (time.perf_counter() - started)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read files and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m local.resume_import", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    for path in options.files:
        print(json.dumps(read_file(path), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
