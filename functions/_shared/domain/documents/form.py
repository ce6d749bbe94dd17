"""A document as pages of lines. Readers of files build it; rules read nothing else.

A line is a run of text on one baseline without a wide gap: "Acme Ltd" and the dates at the right margin are two
lines on the same row. Lines come in the order in which the file holds them, which is the reading order in most files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from functions._shared.domain.documents.facts import FileFacts


class Box(NamedTuple):
    """A rectangle on a page in points, from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Run(NamedTuple):
    """A part of a line in one style."""

    text: str
    bold: bool = False
    italic: bool = False


class Link(NamedTuple):
    """A link on a page, and what it points at."""

    url: str
    box: Box | None = None


class Ink(NamedTuple):
    """How text of a PDF is set, and how much of it.

    Parameters
    ----------
    font : str
        The name of the font in the file.
    kind : str
        ``sans``, ``serif`` or ``mono``, as the file describes the font.
    size : float
        In points.
    bold : bool
        Whether it is bold.
    color : str
        As ``#rrggbb``.
    words : int
        How many words.
    """

    font: str
    kind: str
    size: float
    bold: bool
    color: str
    words: int


class Tag(NamedTuple):
    """What the structure tree of a tagged PDF says of a line.

    Parameters
    ----------
    order : int
        Its place in the reading order of the file.
    block : int
        The number of its heading, paragraph or list item.
    kind : str
        What that is: ``H1`` to ``H6``, ``P``, ``LI`` for an item with a sign, ``Lbl`` for that sign, ``TD``, …
    """

    order: int
    block: int
    kind: str


@dataclass(slots=True)
class Line:
    """A line of text.

    Parameters
    ----------
    text : str
        Its words, with single spaces.
    page : int
        Number of its page, from 0.
    box : Box
        Its place. Where the file has no fixed pages, rows are one em apart and indents are kept (see `Page.measured`).
    size : float
        Font size in points.
    bold : bool
        Whether most of it is bold.
    runs : tuple of Run
        The line in parts of one style.
    role : str
        What the file itself says: ``heading``, also with its level (``heading 2``), ``bullet`` or nothing.
    tag : Tag or None
        What the structure tree of a PDF says.
    """

    text: str
    page: int
    box: Box
    size: float = 10.0
    bold: bool = False
    runs: tuple[Run, ...] = ()
    role: str = ""
    tag: Tag | None = None


@dataclass(slots=True)
class Page:
    """A page.

    Parameters
    ----------
    width, height : float
        Its size in points.
    images : int
        How many pictures it shows.
    measured : bool
        Whether boxes are real places on it.
    """

    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: int = 0
    measured: bool = True


@dataclass(slots=True)
class Document:
    """A file that was read.

    Parameters
    ----------
    kind : str
        ``pdf``, ``docx``, ``text``, ``json``, ``yaml`` or ``linkedin``.
    pages : list of Page
        Empty for files that hold data and not pages.
    data : any
        The data of such a file, or the JSON Resume that is attached to a PDF.
    partial : str or None
        What could not be read, if something could not.
    facts : FileFacts or None
        What the file is beside its text.
    inks : list of Ink
        How the text of a PDF is set.
    """

    kind: str
    pages: list[Page] = field(default_factory=list)
    data: Any = None
    partial: str | None = None
    facts: FileFacts | None = None
    inks: list[Ink] = field(default_factory=list)

    def lines(self) -> list[Line]:
        """Return the lines of all pages."""
        return [line for page in self.pages for line in page.lines]
