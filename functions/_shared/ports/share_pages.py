"""The pages that readers of shared résumés see.

Used by `share`. Implemented by ``adapters/documents``, beside the writer of HTML, whose escaping it shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.documents.view import ResumeView
    from functions._shared.domain.json import Json


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a shared page says about itself beside the résumé.

    Parameters
    ----------
    url : str
        Its address.
    picture : str or None
        Address of the picture for previews of links.
    pdf : str or None
        Address of the PDF.
    description : str
        A line about the person.
    indexable : bool
        Whether search engines may list it.
    profile : mapping or None
        Structured data for search engines.
    others : sequence of (str, str)
        Other shared résumés of the same person: address and text of each link.
    """

    url: str
    picture: str | None
    pdf: str | None
    description: str
    indexable: bool
    profile: Json | None
    others: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page, and the content security policy that allows exactly what it holds."""

    content: bytes
    policy: str


class SharePages(Protocol):
    """Writes pages that need no script and load nothing."""

    def resume(self, view: ResumeView, head: PageHead) -> HtmlPage:
        """Write the page of a résumé."""
        ...

    def password(self, message: str, *, with_pdf: bool = False) -> HtmlPage:
        """Write the form that asks for the password, with a message such as that the last one was wrong."""
        ...

    def missing(self) -> HtmlPage:
        """Write the page of an address under which nothing is shared."""
        ...

    def busy(self) -> HtmlPage:
        """Write the page for a reader who asks too often."""
        ...
