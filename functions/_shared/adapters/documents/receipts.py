"""Receipts as PDF, rendered by Typst. The typst wheel includes fonts and needs no system package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typst
from typing_extensions import override

from functions._shared.ports.documents import ReceiptRenderer

if TYPE_CHECKING:
    from functions._shared.domain.json import Json

_TEMPLATE = (Path(__file__).parent / "receipt.typ").read_bytes()


class TypstReceipts(ReceiptRenderer):
    """Receipts set by Typst."""

    @override
    def render(self, data: Json, *, kind: Literal["pdf", "png"] = "pdf") -> bytes:
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
