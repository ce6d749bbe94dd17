"""Files of strangers as documents, for `resume_import` and `ats_scan`. `adapters/documents` implements it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.documents.form import Document


class DocumentReader(Protocol):
    """Reads files."""

    def read(self, data: bytes, *, facts: bool = False) -> Document:
        """Read a file. Its type is found from its content.

        Parameters
        ----------
        data : bytes
            The file.
        facts : bool
            Whether to examine also what the file is beside its text (`Document.facts`).

        Returns
        -------
        Document
            Its pages, or its data. A scanned page has no lines and says how many images it has.

        Raises
        ------
        DocumentUnreadable
            It is damaged, encrypted, too large, too slow to read or of another type; each has a class of its own.
        """
        ...
