"""Writes a résumé in any format, without a stack: `python -m local.resume_export CONTENT.json --template modern-1`.

CONTENT.json holds résumé content (docs/resume-content.md) or JSON Resume. The file goes to `out/`, or to ``--output``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from functions._shared import wiring
from functions._shared.domain.documents.paper import Paper
from functions._shared.domain.documents.view import build_view
from functions._shared.domain.errors import DomainError
from functions._shared.domain.resume.content import ResumeContent, parse_content
from functions._shared.domain.resume.json_resume import from_json_resume, is_json_resume
from functions._shared.ports.documents import Format
from local.command_line import command, read_json, unusable
from local.templates import designs

if TYPE_CHECKING:
    from collections.abc import Sequence


@command
def main(arguments: Sequence[str] | None = None) -> int:
    """Write one file and say what was done."""
    parser = argparse.ArgumentParser(prog="python -m local.resume_export", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("content", type=Path)
    parser.add_argument("--template", default="modern-1", choices=sorted(designs()))
    parser.add_argument("--format", default="pdf", choices=get_args(Format))
    parser.add_argument("--pages", type=int, help="fit to this number of pages (PDF and PNG)")
    parser.add_argument("--page", type=int, default=1, help="the page to draw (PNG)")
    parser.add_argument("--language", help="ISO 639-1; guessed if missing")
    parser.add_argument("--paper", choices=get_args(Paper), help="by default that of the template or the country")
    parser.add_argument("--photo", type=Path, help="a picture, for templates that show one")
    parser.add_argument("--layout", type=json.loads, default={}, help='JSON, such as {"hidden": ["references"]}')
    parser.add_argument("--output", type=Path)
    options = parser.parse_args(arguments)
    content = _content(options.content)
    writer = wiring.resumes()
    photo = writer.photo(options.photo.read_bytes()) if options.photo else None
    view = build_view(
        content,
        designs()[options.template],
        options.layout,
        language=options.language,
        photo=photo,
        paper=options.paper,
    )
    written = writer.write(view, options.format, max_pages=options.pages, page=options.page)
    output = options.output or Path("out") / f"{options.content.stem}-{options.template}.{written.extension}"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(written.content)
    print(f"{output}: {len(written.content):,} bytes" + (f", {_pages(written.pages)}" if written.pages else ""))
    if written.fit:
        fit = written.fit
        said = "fits" if fit.fits else "does not fit"
        print(f"  {said} {_pages(fit.requested)} at step {fit.step}: {fit.size:g} pt, line height {fit.line_height:g}")
    if written.missing_glyphs:
        print(f"  no font has these characters: {' '.join(written.missing_glyphs)}", file=sys.stderr)
    if written.replaced_fonts:
        print(f"  fonts that were replaced: {', '.join(written.replaced_fonts)}", file=sys.stderr)
    return 0


def _content(path: Path) -> ResumeContent:
    document = read_json(path)
    try:
        if is_json_resume(document) and "basics" in document:
            return from_json_resume(document)
        return parse_content(document)
    except DomainError as error:
        raise unusable(path, error) from None


def _pages(number: int) -> str:
    return f"{number} page" if number == 1 else f"{number} pages"


if __name__ == "__main__":
    sys.exit(main())
