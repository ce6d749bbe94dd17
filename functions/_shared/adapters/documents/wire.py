"""Documents as JSON, for the pipe between the processes.

JSON, because a child that a file has taken over must not be able to choose objects, as it could with pickle.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from functions._shared.domain.documents.facts import FileFacts, Picture, Spot
from functions._shared.domain.documents.form import Box, Document, Ink, Line, Link, Page, Run, Tag


def encode(document: Document) -> bytes:
    """Write a document."""
    pages = [
        [
            page.width, page.height, page.images, page.measured,
            [
                [*line_head(line), [[run.text, run.bold, run.italic] for run in line.runs], line.tag]
                for line in page.lines
            ],
            [[link.url, _rounded(link.box) if link.box else None] for link in page.links],
        ]
        for page in document.pages
    ]  # fmt: skip
    facts = asdict(document.facts) if document.facts else None
    content = [document.kind, pages, document.data, document.partial, facts, document.inks]
    return json.dumps(content, separators=(",", ":")).encode()


def line_head(line: Line) -> list[Any]:
    """Return a line but for its runs."""
    return [line.text, line.page, _rounded(line.box), line.size, line.bold, line.role]


def _rounded(box: Box) -> list[float]:
    return [round(value, 2) for value in box]


def decode(data: bytes) -> Document:
    """Read a document."""
    kind, pages, content, partial, facts, inks = json.loads(data)
    document = Document(kind, data=content, partial=partial, facts=_facts(facts) if facts else None)
    document.inks = [Ink(*ink) for ink in inks]
    for width, height, images, measured, lines, links in pages:
        page = Page(width, height, images=images, measured=measured)
        page.lines = [
            Line(
                text, number, Box(*box), size, bold, tuple(Run(*run) for run in runs), role, Tag(*tag) if tag else None
            )
            for text, number, box, size, bold, role, runs, tag in lines
        ]
        page.links = [Link(url, Box(*box) if box else None) for url, box in links]
        document.pages.append(page)
    return document


def _facts(values: dict[str, Any]) -> FileFacts:
    facts = FileFacts(**values)
    facts.pictures = [Picture(*each) for each in values["pictures"]]
    for name in ("spaced", "headers", "boxes", "tables"):
        setattr(facts, name, [Spot(*each) for each in values[name]])
    return facts
