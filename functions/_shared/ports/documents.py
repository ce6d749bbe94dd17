"""Documents that `billing` renders. `adapters/documents` implements it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
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
