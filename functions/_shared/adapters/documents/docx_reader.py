"""Word files as documents: the body in order, with tables, text boxes, headers and footers.

The parts are read with lxml, which resolves no entities and loads nothing from outside. Word has no fixed places, so
boxes are made up: a row is one line, a cell stands where its column does.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from functions._shared.adapters.documents.archives import Damaged, read_member
from functions._shared.domain.documents.form import Box, Document, Line, Link, Page, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_WIDTH: Final = 500.0
_LEFT: Final = 50.0
_HEADING: Final = re.compile(
    r"^(?:heading|überschrift|titre|título|titolo|kop|section)\s*(\d?)$|^(?:berschrift|titulo)(\d)$",
    re.IGNORECASE,
)
_MAX_LINES: Final = 20_000
_MAX_DEPTH: Final = 200


@dataclass(slots=True)
class _Style:
    name: str = ""
    parent: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    bullet: bool = False


@dataclass(slots=True)
class _State:
    """Where the next line goes."""

    styles: dict[str, _Style]
    links: dict[str, str]
    page: Page
    size: float = 11.0
    y: float = 20.0
    found: list[str] = field(default_factory=list)


def read_docx(data: bytes) -> Document:
    """Read a Word file.

    Raises
    ------
    Damaged
        It is not a Word file that can be read.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
        main = _parse(read_member(archive, "word/document.xml"))
    except (
        zipfile.BadZipFile,
        KeyError,
        EOFError,
        ValueError,
        OSError,
        etree.XMLSyntaxError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise Damaged from error
    body = main.find(f"{_W}body")
    if body is None:
        raise Damaged
    page = Page(600, 800, measured=False)
    styles, size = _styles(archive, names)
    state = _State(styles, _links(archive, names, "word/_rels/document.xml.rels"), page, size)
    headers = sorted(name for name in names if re.fullmatch(r"word/header\d*\.xml", name))
    footers = sorted(name for name in names if re.fullmatch(r"word/footer\d*\.xml", name))
    seen: set[str] = set()
    for name in headers:
        _part(archive, names, name, state, seen)
    _blocks(body, state, _LEFT, _WIDTH, 0)
    for name in footers:
        _part(archive, names, name, state, seen)
    page.links = [Link(url) for url in dict.fromkeys(state.found)]
    page.images = sum(1 for name in names if name.startswith("word/media/"))
    page.height = max(800.0, state.y + 100)
    return Document("docx", [page])


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    data = data.replace(_STRICT.encode(), _W[1:-1].encode())
    return etree.fromstring(data, parser)


def _part(archive: zipfile.ZipFile, names: set[str], name: str, state: _State, seen: set[str]) -> None:
    try:
        root = _parse(read_member(archive, name))
    except etree.XMLSyntaxError:
        return
    text = "".join(root.itertext()).strip()
    if not text or text in seen:
        return
    seen.add(text)
    links, state.links = state.links, _links(archive, names, f"word/_rels/{name.removeprefix('word/')}.rels")
    _blocks(root, state, _LEFT, _WIDTH, 0)
    state.links = links


def _links(archive: zipfile.ZipFile, names: set[str], name: str) -> dict[str, str]:
    if name not in names:
        return {}
    try:
        root = _parse(read_member(archive, name))
    except etree.XMLSyntaxError:
        return {}
    return {
        each.get("Id", ""): each.get("Target", "")
        for each in root
        if each.get("TargetMode") == "External" and each.get("Type", "").endswith("/hyperlink")
    }


def _styles(archive: zipfile.ZipFile, names: set[str]) -> tuple[dict[str, _Style], float]:
    if "word/styles.xml" not in names:
        return {}, 11.0
    try:
        root = _parse(read_member(archive, "word/styles.xml"))
    except etree.XMLSyntaxError:
        return {}, 11.0
    size = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}sz")
    styles: dict[str, _Style] = {}
    for each in root.iterfind(f"{_W}style"):
        name, parent, run = each.find(f"{_W}name"), each.find(f"{_W}basedOn"), each.find(f"{_W}rPr")
        style = _Style(
            name.get(f"{_W}val", "") if name is not None else "",
            parent.get(f"{_W}val") if parent is not None else None,
            _flag(run, "b"), _flag(run, "i"), _size(run),
            each.find(f"{_W}pPr/{_W}numPr/{_W}numId") is not None,
        )  # fmt: skip
        styles[each.get(f"{_W}styleId", "")] = style
    return styles, _number(size) / 2 if size is not None else 11.0


def _number(element: etree._Element) -> float:
    try:
        return float(element.get(f"{_W}val", "22"))
    except ValueError:
        return 22.0


def _flag(properties: etree._Element | None, name: str) -> bool | None:
    element = properties.find(f"{_W}{name}") if properties is not None else None
    return None if element is None else element.get(f"{_W}val", "1") not in {"0", "false", "off", "none"}


def _size(properties: etree._Element | None) -> float | None:
    element = properties.find(f"{_W}sz") if properties is not None else None
    return _number(element) / 2 if element is not None else None


def _chain(state: _State, name: str | None) -> Iterator[_Style]:
    for _ in range(12):
        style = state.styles.get(name or "")
        if style is None:
            return
        yield style
        name = style.parent


def _blocks(parent: etree._Element, state: _State, left: float, width: float, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise Damaged
    for child in parent:
        if child.tag == f"{_W}p":
            _paragraph(child, state, left, width, depth)
        elif child.tag == f"{_W}tbl":
            _table(child, state, left, width, depth)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"}:
            _blocks(child, state, left, width, depth + 1)


def _table(table: etree._Element, state: _State, left: float, width: float, depth: int) -> None:
    for row in table.iterfind(f"{_W}tr"):
        cells = [cell for cell in row.iter(f"{_W}tc") if _row_of(cell) is row]
        top, bottom = state.y, state.y
        share = width / max(1, len(cells))
        for index, cell in enumerate(cells):
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart":
                continue
            state.y = top
            _blocks(cell, state, left + index * share, share, depth + 1)
            bottom = max(bottom, state.y)
        state.y = bottom


def _row_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors(f"{_W}tr"), None)


def _paragraph(paragraph: etree._Element, state: _State, left: float, width: float, depth: int) -> None:
    properties = paragraph.find(f"{_W}pPr")
    named = properties.find(f"{_W}pStyle") if properties is not None else None
    styles = list(_chain(state, named.get(f"{_W}val") if named is not None else "Normal"))
    numbered = properties.find(f"{_W}numPr") if properties is not None else None
    number = numbered.find(f"{_W}numId") if numbered is not None else None
    bullet = (number is not None and number.get(f"{_W}val") != "0") or (
        numbered is None and any(style.bullet for style in styles[:2])
    )
    name = styles[0].name.casefold() if styles else ""
    bullet = bullet or (name.startswith("list ") and "paragraph" not in name)
    heading = next((found for style in styles if (found := _HEADING.match(style.name))), None)
    rows: list[list[list[tuple[str, bool, bool, float]]]] = [[[]]]
    boxes: list[etree._Element] = []
    _runs(paragraph, state, styles, rows, boxes)
    level = f"heading {heading[1] or heading[2] or 1}" if heading else ""
    role = "bullet" if bullet else level or ("title" if name == "title" else "paragraph")
    indent, empty = _indent(properties), True
    for row in rows:
        empty = (
            not _row(row, state, left + indent, left + width, "paragraph" if role == "bullet" and not empty else role)
            and empty
        )
    if empty and not boxes:
        state.y += 0.6 * state.size
    for box in boxes:
        _blocks(box, state, left, width, depth + 1)


def _indent(properties: etree._Element | None) -> float:
    element = properties.find(f"{_W}ind") if properties is not None else None
    if element is None:
        return 0.0
    try:
        return max(0.0, min(200.0, float(element.get(f"{_W}left") or element.get(f"{_W}start") or 0) / 20))
    except ValueError:
        return 0.0


def _runs(
    parent: etree._Element,
    state: _State,
    styles: list[_Style],
    rows: list[list[list[tuple[str, bool, bool, float]]]],
    boxes: list[etree._Element],
) -> None:
    for child in parent:
        if child.tag == f"{_W}r":
            _run(child, state, styles, rows, boxes)
        elif child.tag == f"{_W}hyperlink":
            if url := state.links.get(child.get(f"{_R}id", "")):
                state.found.append(url)
            _runs(child, state, styles, rows, boxes)
        elif child.tag in {
            f"{_W}ins",
            f"{_W}smartTag",
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}fldSimple",
            f"{_W}customXml",
        }:
            _runs(child, state, styles, rows, boxes)


def _run(
    run: etree._Element,
    state: _State,
    styles: list[_Style],
    rows: list[list[list[tuple[str, bool, bool, float]]]],
    boxes: list[etree._Element],
) -> None:
    properties = run.find(f"{_W}rPr")
    if _flag(properties, "vanish"):
        return
    named = properties.find(f"{_W}rStyle") if properties is not None else None
    chain = [*(_chain(state, named.get(f"{_W}val")) if named is not None else ()), *styles]
    bold, italic, size = _flag(properties, "b"), _flag(properties, "i"), _size(properties)
    bold = next((style.bold for style in chain if style.bold is not None), False) if bold is None else bold
    italic = next((style.italic for style in chain if style.italic is not None), False) if italic is None else italic
    size = next((style.size for style in chain if style.size is not None), state.size) if size is None else size
    caps = _flag(properties, "caps")
    for child in run:
        if child.tag == f"{_W}t":
            text = child.text or ""
            rows[-1][-1].append((text.upper() if caps else text, bold, italic, size))
        elif child.tag == f"{_W}noBreakHyphen":
            rows[-1][-1].append(("-", bold, italic, size))
        elif child.tag in {f"{_W}tab", f"{_W}ptab"}:
            rows[-1].append([])
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            rows.append([[]])
        else:
            _text_boxes(child, boxes)


def _text_boxes(element: etree._Element, boxes: list[etree._Element]) -> None:
    """Find text boxes. Word writes each twice, for old readers too: only the first choice counts."""
    if element.tag == f"{_MC}Fallback":
        return
    if element.tag == f"{_W}txbxContent":
        boxes.append(element)
        return
    for child in element:
        if isinstance(child.tag, str):
            _text_boxes(child, boxes)


def _row(row: list[list[tuple[str, bool, bool, float]]], state: _State, left: float, right: float, role: str) -> bool:
    """Write the pieces between tabs as lines of one row; return whether there are any."""
    pieces = [piece for piece in row if "".join(text for text, *_ in piece).strip()]
    if not pieces:
        return False
    if len(state.page.lines) >= _MAX_LINES:
        raise Damaged
    size = max(each[3] for piece in pieces for each in piece)
    state.y += 1.25 * size
    # A sign of a bullet that was typed, with a tab after it.
    if len(pieces) > 1 and len("".join(text for text, *_ in pieces[0]).strip()) == 1:
        pieces[:2] = [[*pieces[0], (" ", False, False, size), *pieces[1]]]
    for index, piece in enumerate(pieces):
        text = " ".join("".join(text for text, *_ in piece).split())
        width = 0.5 * size * len(text)
        begin = left if index == 0 else max(right - width, state.page.lines[-1].box.right + 3 * size)
        runs: list[Run] = []
        for part, bold, italic, _ in piece:
            if runs and (runs[-1].bold, runs[-1].italic) == (bold, italic):
                runs[-1] = Run(runs[-1].text + part, bold, italic)
            else:
                runs.append(Run(part, bold, italic))
        runs = [Run(" ".join(run.text.split()), run.bold, run.italic) for run in runs if run.text.strip()]
        heavy = sum(len(run.text) for run in runs if run.bold) * 2 > len(text)
        box = Box(begin, state.y - size, begin + width, state.y)
        state.page.lines.append(Line(text, 0, box, size, heavy, tuple(runs), role if index == 0 else "paragraph"))
    return True
