"""Exports 200 résumés and 50 files of 4 MB in a process of its own, and prints how long it took and what memory it had."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from functions._shared.domain.tasks import ClaimedTask
from functions._shared.flows.task import RunningTask
from functions._shared.ports.request import Deadline
from functions._shared.ports.user_accounts import ExportedRows, ExportedTable
from functions._shared.wiring.privacy import export_parts
from functions.account import export

RESUMES, FILES, FILE_BYTES, PAGE = 200, 50, 4 * 1024 * 1024, 30
LINE = "Led the platform team and cut the cost of a request by a third. "
CONTENT = {
    "personalInfo": {"fullName": "Zoë Müller"},
    "experience": [{"role": f"Engineer {number}", "bullets": [LINE] * 40} for number in range(20)],
}


class Database:
    """The accounts and the tasks of one user who has a lot."""

    async def exported_tables(self, _: str) -> list[ExportedTable]:
        return [ExportedTable(name, name) for name in ("public.resumes", "public.resume_versions", "storage.objects")]

    async def exported_rows(self, user_id: str, table: str, after: Any) -> ExportedRows:
        start, count = (after or {"row": 0})["row"], FILES if table == "storage.objects" else RESUMES
        rows = [self._row(user_id, table, number) for number in range(start, min(count, start + PAGE))]
        return ExportedRows(rows, {"row": start + PAGE} if start + PAGE < count else None)

    def _row(self, user_id: str, table: str, number: int) -> dict[str, Any]:
        if table == "storage.objects":
            return {"bucket_id": "resumes", "name": f"{user_id}/{number}.pdf"}
        return {"id": str(uuid4()), "title": f"Mine {number}", "content": CONTENT}

    async def keep_export(self, *_: Any) -> dict[str, str]:
        return {"id": str(uuid4()), "created_at": "2026-11-30", "expires_at": "2026-12-07"}

    async def progress(self, *_: Any) -> bool:
        return True


class Storage:
    """Files that are as large as storage has them, and archives that are only counted."""

    sizes: list[int]

    def __init__(self) -> None:
        self.sizes = []

    async def read(self, *_: Any, limit: int) -> bytes:
        assert limit > FILE_BYTES
        return os.urandom(FILE_BYTES)

    async def write(self, bucket: str, path: str, body: bytes, media_type: str) -> None:
        assert (bucket, media_type, path.endswith(".zip")) == ("account-exports", "application/zip", True)
        hashlib.sha256(body)
        self.sizes.append(len(body))


def main() -> None:
    """Run the export and print what it took."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak of memory so far is that of the imports
    claim = ClaimedTask(str(uuid4()), 1, str(uuid4()), "account", "account_export", "k", "h", "r", 120.0, {})
    database, storage = Database(), Storage()
    started = time.perf_counter()
    task = RunningTask(claim, Deadline.after(120), database)  # type: ignore[arg-type]
    asyncio.run(export.write(task, database, storage, export_parts))  # type: ignore[arg-type]
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(  # noqa: T201 - read by the test
        json.dumps(
            {"seconds": time.perf_counter() - started, "peak": int(peak.split()[1]) // 1024, "parts": storage.sizes}
        )
    )


if __name__ == "__main__":
    main()
