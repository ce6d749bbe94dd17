"""Receipts as PDF, set by Typst. The wheel brings fonts and needs no system package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typst

if TYPE_CHECKING:
    from functions._shared.ports.payment_books import Json

_TEMPLATE = (Path(__file__).parent / "receipt.typ").read_bytes()


def render_receipt(data: Json, *, kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """Set one receipt.

    Parameters
    ----------
    data : dict
        Everything that is printed, ready to read; see `functions.billing.receipts`.
    kind : str
        ``pdf`` (tagged), or ``png`` of the page at 144 dots per inch.
    """
    made = typst.compile(
        _TEMPLATE,
        format=kind,
        ppi=144 if kind == "png" else None,
        # The fonts of the wheel alone: the same receipt on every machine.
        font_paths=[],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("a receipt is one page")
    return made
