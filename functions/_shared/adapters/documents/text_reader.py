"""Plain and pasted text as documents: indents, tabs and wide gaps become places."""

from __future__ import annotations

import re
from typing import Final

from functions._shared.domain.documents.form import Box, Document, Line, Page, Run

_SIZE: Final = 10.0
_WIDTH: Final = 5.0
_PIECE: Final = re.compile(r"\S+(?:[^\S\t]{1,2}\S+)*")
"""What stands between tabs and wide gaps."""
_MARKED: Final = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE: Final = re.compile(r"^\s*[-=_*~#]{3,}\s*$")
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK: Final = re.compile(r"\[([^\]\n]{1,200})\]\((https?://[^)\s]+|mailto:[^)\s]+)\)")
_MAX_LINES: Final = 20_000


def decode(data: bytes) -> str:
    """Return bytes as text: UTF-8 or UTF-16 with a mark, else UTF-8, else Windows' Western European."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_text(text: str) -> Document:
    """Read text."""
    page = Page(600, 800, measured=False)
    y = 20.0
    underlined = False
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")[:_MAX_LINES]:
        row = raw.replace("\t", "    ").replace("\u3000", "   ")
        if not row.strip():
            y += 0.8 * _SIZE
            continue
        if _RULE.match(row):
            if page.lines and not underlined:
                page.lines[-1].bold = True
            underlined = True
            continue
        underlined = False
        y += 1.25 * _SIZE
        indent = len(row) - len(row.lstrip())
        begin = 50 + indent * _WIDTH
        role, body = "", row.strip()
        if marked := _MARKED.match(body):
            role, body = "heading" if len(marked[1]) == 2 else "", marked[2]
        for piece in _PIECE.finditer(body):
            size = _SIZE + (6 if marked and len(marked[1]) == 1 else 0)
            left = begin + piece.start() * _WIDTH
            page.lines.append(_line(piece[0].strip(), left, y, bold=bool(marked), size=size, role=role))
    page.height = max(800.0, y + 100)
    return Document("text", [page])


def _line(piece: str, begin: float, y: float, *, bold: bool, size: float, role: str) -> Line:
    piece = _LINK.sub(r"\1", piece)
    runs: list[Run] = []
    position = 0
    for match in _STRONG.finditer(piece):
        if before := piece[position : match.start()].strip():
            runs.append(Run(before))
        runs.append(Run(match[2].strip(), bold=True))
        position = match.end()
    if rest := piece[position:].strip():
        runs.append(Run(rest, bold=bold))
    text = " ".join(" ".join(run.text for run in runs).split())
    heavy = bold or sum(len(run.text) for run in runs if run.bold) * 2 > len(text)
    return Line(text, 0, Box(begin, y - size, begin + _WIDTH * len(text), y), size, heavy, tuple(runs), role)
