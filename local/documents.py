"""The documents: what they link to, name and show. `make check` runs `complaints`; tests run the code blocks."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
OUTSIDE: Final = ("http://", "https://", "mailto:")
FOLDERS: Final = ("functions", "supabase", "local", "tests", "deploy", "docs", "sql", "bench", "types", "examples")
# A path of the repository in a code span: it starts with one of our folders, and has no placeholder.
_PATH: Final = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w./*-]*[\w/*]")
_TARGET: Final = re.compile(r"^make ([a-z-]+)")
_DEFINED: Final = re.compile(r"^([a-z-]+):", re.MULTILINE)
_NOT_IN_ANCHORS: Final = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Block:
    """A fenced code block: the document's path in the repository, its line, the language and the code."""

    document: str
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def documents(root: Path = ROOT) -> list[Path]:
    """Return README and the other documents."""
    return [*sorted(root.glob("*.md")), *sorted((root / "docs").rglob("*.md")), *sorted(root.glob("examples/*/*.md"))]


def blocks(root: Path = ROOT) -> list[Block]:
    """Return every fenced code block of the documents."""
    return [
        Block(path.relative_to(root).as_posix(), token.map[0] + 1, token.info.split(" ")[0], token.content)
        for path in documents(root)
        for token in _tokens(path)
        if token.type == "fence"
    ]


def complaints(root: Path = ROOT) -> Iterator[str]:
    """Yield a line for each link, path or command of a document that leads nowhere."""
    targets = set(_DEFINED.findall((root / "Makefile").read_text()))
    for path in documents(root):
        name = path.relative_to(root).as_posix()
        for line, kind, text in _mentions(path):
            if kind == "link" and not _leads_somewhere(path, text):
                yield f"{name}:{line}: nothing is at {text}"
            elif (
                kind == "code"
                and _PATH.fullmatch(text)
                and name != "CHANGELOG.md"
                and not any(root.glob(text.rstrip("/")))
            ):
                yield f"{name}:{line}: there is no {text}"
            elif kind == "code" and (found := _TARGET.match(text)) and found[1] not in targets:
                yield f"{name}:{line}: the Makefile has no target {found[1]}"


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    found: dict[str, int] = {}
    tokens = _tokens(path)
    for token, inline in itertools.pairwise(tokens):
        if token.type == "heading_open":
            text = "".join(child.content for child in inline.children or [] if child.type in {"text", "code_inline"})
            anchor = _NOT_IN_ANCHORS.sub("", text.strip().lower()).replace(" ", "-")
            found[anchor] = found.get(anchor, -1) + 1
    return {f"{anchor}-{n}" if n else anchor for anchor, last in found.items() for n in range(last + 1)}


def _leads_somewhere(path: Path, target: str) -> bool:
    if target.startswith(OUTSIDE):
        return True
    place, _, anchor = unquote(target).partition("#")
    found = (path.parent / place).resolve() if place else path
    return found.exists() and (not anchor or found.suffix != ".md" or anchor in anchors(found))


def _mentions(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line, kind and text for each link, image and code span."""
    for token in _tokens(path):
        for child in token.children or []:
            line = token.map[0] + 1 if token.map else 0
            if child.type in {"link_open", "image"}:
                yield line, "link", str(child.attrs.get("href") or child.attrs.get("src"))
            elif child.type == "code_inline":
                yield line, "code", child.content


@functools.cache
def _tokens(path: Path) -> list[Any]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").parse(path.read_text())
