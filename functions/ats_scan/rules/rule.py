"""A rule of parseability, and what it is applied to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from functions._shared.domain.documents.facts import Spot
from functions.ats_scan.views import Row, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.domain.documents.facts import FileFacts
    from functions._shared.domain.documents.form import Document, Line
    from functions._shared.domain.resume.content import ResumeContent

Severity = Literal["blocker", "major", "minor"]
Level = Literal["vendor", "public", "inference"]

POINTS: Final[dict[Severity, int]] = {"blocker": 60, "major": 12, "minor": 4}
CAP: Final = 25
"""Of the score, if a blocker fails."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so."""

    level: Level
    name: str
    url: str | None = None


GREENHOUSE: Final = Source(
    "vendor",
    "Greenhouse: Unsuccessful resume parse",
    "https://support.greenhouse.io/hc/en-us/articles/200989175-Unsuccessful-Resume-Parse-",
)
LEVER: Final = Source(
    "vendor",
    "Lever: Understanding resume parsing",
    "https://help.lever.co/hc/en-us/articles/20087345054749-Understanding-resume-parsing",
)
UNICODE: Final = Source(
    "public",
    "Unicode: private-use characters have no meaning of their own",
    "https://www.unicode.org/faq/private_use.html",
)
CONFUSABLES: Final = Source("public", "Unicode TS 39: confusable letters", "https://www.unicode.org/reports/tr39/")
JSON_RESUME: Final = Source("public", "JSON Resume schema", "https://jsonresume.org/schema")
OURS: Final = Source("inference", "Resumebase: what its own reader and others stumble over")


@dataclass(frozen=True)
class Subject:
    """A file and what was read of it.

    Parameters
    ----------
    facts : FileFacts
        What the file is.
    document : Document or None
        Its text; None if it could not be read.
    content : ResumeContent or None
        What a reader of résumés got out of it.
    """

    facts: FileFacts
    document: Document | None = None
    content: ResumeContent | None = None

    @cached_property
    def lines(self) -> list[Line]:
        """The lines in the order of the file."""
        return self.document.lines() if self.document else []

    @cached_property
    def rows(self) -> list[Row]:
        """The rows from top to bottom."""
        return rows(self.document) if self.document else []

    @cached_property
    def text(self) -> str:
        """The text in the order of the file."""
        return "\n".join(line.text for line in self.lines)


Evidence = list[Spot] | None
"""What breaks a rule: nothing if it holds, None if that cannot be told."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Parameters
    ----------
    id, title : str
        Its name, and what it demands.
    severity : str
        A failed ``blocker`` caps the score.
    reason : str
        What goes wrong otherwise.
    next_step : str
        What to do.
    source : Source
        Who says so.
    check : callable
        Returns what breaks it.
    """

    id: str
    title: str
    severity: Severity
    reason: str
    next_step: str
    source: Source
    check: Callable[[Subject], Evidence]


def spot(line: Line) -> Spot:
    """Return the place of a line."""
    return Spot(line.page, line.text)
