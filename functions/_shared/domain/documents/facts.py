"""What a file is, beside its text: what parsers of résumés stumble over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Spot(NamedTuple):
    """A place in a file: the number of the page from 0, and the text there."""

    page: int
    text: str


class Picture(NamedTuple):
    """A picture: the number of its page from 0, and the share of the page that it covers."""

    page: int
    share: float


@dataclass(slots=True)
class FileFacts:
    """Facts about a file.

    Parameters
    ----------
    kind : str
        That of the document, or the type of a file that is not read, such as ``doc`` or ``png``.
    size : int
        Bytes.
    encrypted : bool
        Whether it needs a password, so that nothing else could be read.
    damaged : bool
        Whether it could not be opened.
    pages : int
        Pages; 1 where a file has no fixed pages.
    pictures : list of Picture
        Pictures larger than a sign.
    letters, unmapped : int
        Letters that were looked at, and those whose font does not say which letter they are.
    spaced : list of Spot
        Words set as "E D U C A T I O N".
    headers, boxes : list of Spot
        Text in headers and footers, and in text boxes or word art.
    tables : list of Spot
        The first words of each table that holds text.
    columns : int
        Columns that the page is set in, where the file says so.
    """

    kind: str
    size: int
    encrypted: bool = False
    damaged: bool = False
    pages: int = 1
    pictures: list[Picture] = field(default_factory=list)
    letters: int = 0
    unmapped: int = 0
    spaced: list[Spot] = field(default_factory=list)
    headers: list[Spot] = field(default_factory=list)
    boxes: list[Spot] = field(default_factory=list)
    tables: list[Spot] = field(default_factory=list)
    columns: int = 1
