"""Documents that functions write: receipts and résumés. `adapters/documents` implements both ports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.documents.fitting import Fit
    from functions._shared.domain.documents.view import ResumeView
    from functions._shared.domain.json import Json


class ReceiptRenderer(Protocol):
    """Renders receipts."""

    def render(self, data: Json, *, kind: Literal["pdf", "png"] = "pdf") -> bytes:
        """Render one receipt.

        Parameters
        ----------
        data : mapping
            All texts to print, as built by `functions.billing.receipts`.
        kind : str
            ``pdf`` (tagged), or ``png`` at 144 dots per inch.
        """
        ...


Format = Literal["pdf", "docx", "latex", "overleaf", "html", "markdown", "text", "json", "png"]
"""What a résumé can be written as."""
FORMATS: Final[dict[Format, tuple[str, str]]] = {
    "pdf": ("application/pdf", "pdf"),
    "png": ("image/png", "png"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "latex": ("application/x-tex", "tex"),
    "overleaf": ("text/html", "html"),
    "html": ("text/html", "html"),
    "markdown": ("text/markdown", "md"),
    "text": ("text/plain", "txt"),
    "json": ("application/json", "json"),
}
"""Format → media type, without the charset, which is UTF-8, and file extension."""


@dataclass(frozen=True, slots=True)
class Document:
    """A written résumé.

    Parameters
    ----------
    content : bytes
        The file.
    media_type, extension : str
        Of the file; the extension without a dot.
    pages : int or None
        How many pages it has, for PDF and PNG.
    fit : Fit or None
        What was done to fit it, if that was asked for.
    missing_glyphs : str
        Characters that none of the fonts has. A question mark stands for each, so the user must know.
    replaced_fonts : list of str
        Fonts that the design names and that another one stood in for.
    """

    content: bytes
    media_type: str
    extension: str
    pages: int | None = None
    fit: Fit | None = None
    missing_glyphs: str = ""
    replaced_fonts: list[str] = field(default_factory=list)


class ResumeWriter(Protocol):
    """Writes résumés in every format."""

    def write(self, view: ResumeView, form: Format, *, max_pages: int | None = None, page: int = 1) -> Document:
        """Write a résumé.

        Parameters
        ----------
        view : ResumeView
            What to show and how, from `build_view`.
        form : str
            The format.
        max_pages : int, optional
            For PDF and PNG: tighten the design within its bounds until it needs no more pages.
        page : int
            For PNG: the page to draw; the last one if there are fewer.
        """
        ...

    def preview(self, view: ResumeView) -> bytes:
        """Draw the top of the first page as a PNG of 1200 by 630 pixels, for previews of links."""
        ...

    def thumbnail(self, view: ResumeView) -> bytes:
        """Draw the first page as a small PNG."""
        ...

    def photo(self, picture: bytes) -> bytes | None:
        """Cut a picture to a small square JPEG without metadata; None if it is no picture."""
        ...
