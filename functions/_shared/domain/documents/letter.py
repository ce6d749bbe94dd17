"""A letter in the design of a template: the sender as on the résumé, date, recipient, subject, text, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from functions._shared.domain.documents.scripts import language_of
from functions._shared.domain.documents.view import Letter, Paragraph, build_view
from functions._shared.domain.documents.visible import clean
from functions._shared.domain.resume.content import ResumeContent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date as Date  # noqa: N812 - a field has the name
    from typing import Any

    from functions._shared.domain.documents.paper import Paper
    from functions._shared.domain.documents.view import ResumeView
    from functions._shared.domain.resume.content import PersonalInfo

_SIZE: Final = 10.5
_MARGIN: Final = 68.0
_LINE_HEIGHT: Final = 1.4
"""Letters are read in one go: what a template sets smaller or tighter is set like this."""
_MARKER: Final = re.compile(r"^(?:[•·▪●‣∙*-]|\u2013)\s+")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the text of a letter.

    Parameters
    ----------
    title : str
        Of the document.
    date : date
        When it is written.
    recipient : sequence of str
        Lines of the address.
    subject : str
        The line above the greeting.
    """

    title: str
    date: Date
    recipient: Sequence[str] = ()
    subject: str = ""


def build_letter(
    text: str,
    around: Around,
    sender: PersonalInfo,
    design: Mapping[str, Any],
    *,
    language: str | None = None,
    paper: Paper | None = None,
) -> ResumeView:
    """Build the view of a letter.

    Parameters
    ----------
    text : str
        From the greeting to the signature. An empty line ends a paragraph.
    around : Around
        What stands around it.
    sender : PersonalInfo
        Name and contact details, as on a résumé; without a name there are none.
    design : mapping
        Of a template.
    language : str, optional
        ISO 639-1; guessed from the text if it is missing.
    paper : str, optional
        See `build_view`.
    """
    text = clean(text)
    view = build_view(ResumeContent(personalInfo=sender), design, language=language or language_of(text), paper=paper)
    name = sender.name and view.name
    paragraphs = _paragraphs(text)
    signature = _signature(paragraphs, name or "")
    look = view.design
    return replace(
        view,
        title=clean(around.title) or name or view.locale.words["document"],
        name=name or "",
        headline=view.headline if name else "",
        contacts=view.contacts if name else [],
        sections=[],
        design=replace(
            look,
            size=max(look.size, _SIZE),
            margin=max(look.margin, _MARGIN),
            line_height=max(look.line_height, _LINE_HEIGHT),
        ),
        letter=Letter(
            date=view.locale.day(around.date, american=look.paper == "letter"),
            recipient=tuple(line for each in around.recipient if (line := " ".join(clean(each).split()))),
            subject=" ".join(clean(around.subject).split()),
            paragraphs=paragraphs,
            signature=signature,
        ),
    )


def _paragraphs(text: str) -> list[Paragraph]:
    found = []
    for part in re.split(r"\n{2,}", text):
        lines = [line for line in part.split("\n") if line]
        if lines and all(_MARKER.match(line) for line in lines):
            found.append(Paragraph(tuple(_MARKER.sub("", line) for line in lines), is_list=True))
        elif lines:
            found.append(Paragraph(tuple(lines)))
    return found


def _signature(paragraphs: list[Paragraph], name: str) -> str:
    """Take the name off the end of the text: there is room for a signature above it."""
    if not paragraphs or not name or paragraphs[-1].lines[-1].casefold() != name.casefold():
        return ""
    *before, name = paragraphs.pop().lines
    if before:
        paragraphs.append(Paragraph(tuple(before)))
    return name
