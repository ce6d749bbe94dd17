"""Reads résumés without a stack: `python -m local.resume_import FILE…`, or `make read FILES="…"`.

Prints a line of JSON per file: ``{"file", "status", "content", "confidence", "ms"}``. ``status`` is ``ok``,
``needs_review``, ``partial`` or ``no_text``, or ``error`` with the code of the problem in ``error``. ``source`` names
what was read, ``review`` the fields to look at, ``notes`` what is missing. With ``--fields``, the confidence and the
place of each field follow.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from functions._shared import wiring
from functions._shared.domain.errors import DomainError
from functions.resume_import.importer import import_document
from local.command_line import FAILED, command, unusable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.ports.document_reader import DocumentReader

ENDINGS: Final = (".pdf", ".docx", ".txt", ".json", ".yaml", ".yml", ".zip", ".md")


@lru_cache(1)
def _reader() -> DocumentReader:
    return wiring.document_reader()


def read_file(path: Path, *, fields: bool = False) -> dict[str, Any]:
    """Read a file; errors become a status."""
    result: dict[str, Any] = {"file": str(path), "status": "error", "content": None, "confidence": 0.0}
    started = time.perf_counter()
    try:
        imported = import_document(_reader().read(path.read_bytes()))
    except OSError as error:
        result |= {"error": "no_such_file", "detail": error.strerror}
    except DomainError as error:
        result |= {"error": error.code, "detail": unusable(path, error).reason, **error.extra}
    else:
        result |= {
            "status": imported.status,
            "content": imported.content or None,
            "confidence": imported.confidence,
            "source": imported.source,
            "review": imported.review,
            "notes": imported.notes,
        }
        if fields:
            result["fields"] = {
                pointer: {"confidence": value.confidence, "page": value.page, "box": value.box}
                for pointer, value in imported.fields.items()
            }
    result["ms"] = round(1000 * (time.perf_counter() - started), 1)
    return result


@command
def main(arguments: Sequence[str] | None = None) -> int:
    """Read files and print a line for each; one that cannot be read has a line on standard error, too."""
    parser = argparse.ArgumentParser(
        prog="python -m local.resume_import", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--fields", action="store_true", help="add the confidence and the place of each field")
    options = parser.parse_args(arguments)
    failed = False
    for path in options.files:
        result = read_file(path, fields=options.fields)
        if result["status"] == "error":
            failed = True
            print(f"{path}: {result['detail']}", file=sys.stderr)
        print(json.dumps(result, ensure_ascii=False), flush=True)
    return FAILED if failed else 0


if __name__ == "__main__":
    sys.exit(main())
