"""Sharing: the processor time of a shared page besides its database call."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bench.registry import Context, Measured, benchmark
from bench.warm import undisturbed_ms
from functions._shared import wiring
from functions._shared.ports.shares import SharedResume, Shares
from functions.share import service
from local.templates import designs

if TYPE_CHECKING:
    from functions._shared.ports.files import Files

RESUME = Path(__file__).parent.parent / "tests" / "data" / "export" / "full.json"
ROUNDS = 40


class _Known(Shares):
    """Answers at once what the database would answer."""

    def __init__(self) -> None:
        content: dict[str, Any] = json.loads(RESUME.read_text())
        order = designs()["modern-1"]["sectionOrder"]
        self.shared = SharedResume(
            content, order, designs()["modern-1"],
            indexable=True, is_protected=False, with_pdf=True, updated_at="2026-01-01T00:00:00Z",
        )  # fmt: skip

    async def read(self, slug: str, *, password: str | None, address: str | None, count: bool) -> SharedResume:  # noqa: ARG002 - it is one résumé for all
        return self.shared


async def _times() -> list[float]:
    # A résumé without a photo reads no file.
    tools = service.Tools(_Known(), cast("Files", None), wiring.resumes())
    pages, reader = wiring.share_pages(), service.Reader("198.51.100.7", counts=True)
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        found = await service.find("s" * 22, reader, tools)
        service.write_page(found, "https://cv.example/functions/v1/share", pages)
        times.append(time.process_time() - began)
    return times


@benchmark("share.page", unit="ms", target="value <= 15")
def page(context: Context) -> Measured:  # noqa: ARG001 - every benchmark takes the context
    """Measure the page of a résumé of two pages, with structured data, in a running container."""
    return Measured(undisturbed_ms(asyncio.run(_times())[2:]))
