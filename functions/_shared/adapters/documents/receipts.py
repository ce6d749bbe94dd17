"""Receipts as PDF, rendered by Typst. The typst wheel includes fonts and needs no system package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typst

if TYPE_CHECKING:
    from functions._shared.domain.json import Json

_TEMPLATE = (Path(__file__).parent / "receipt.typ").read_bytes()


def render_receipt(data: Json, *, kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """Render one receipt.

    Parameters
    ----------
    data : dict
        All texts to print, as built by `functions.billing.receipts`.
    kind : str
        ``pdf`` (tagged), or ``png`` at 144 dots per inch.
    """
    document = typst.compile(
        _TEMPLATE,
        format=kind,
        ppi=144 if kind == "png" else None,
        # Only the fonts in the wheel, so that receipts look the same on every machine.
        font_paths=[],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(document, bytes):
        raise TypeError("a receipt must fit on one page")
    return document
