"""An export: everything about a user, from the tables that the register of personal data lists, and their files.

It is written table by table and file by file, into archives that are stored as soon as they are full. Rows are read in
pages of a few megabytes, so a large account takes longer and not more memory.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from functions._shared import logs
from functions._shared.domain.errors import DomainError, FileTooLarge, StoredFileNotFound
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.json_resume import to_json_resume
from functions._shared.ports.export_parts import PART_BYTES
from functions._shared.ports.user_accounts import ExportPart
from functions.account.page import index_page, readme
from functions.account.schemas import Export, ExportedPart
from functions.account.service import BUCKET

if TYPE_CHECKING:
    from collections.abc import Callable

    from functions._shared.domain.tasks import ClaimedTask
    from functions._shared.flows.task import RunningTask
    from functions._shared.ports.export_parts import ExportParts, Store
    from functions._shared.ports.files import Files
    from functions._shared.ports.user_accounts import ExportedTable, UserAccounts

_RESUMES: Final = "public.resumes"
_FILES: Final = "storage.objects"
_CHUNK: Final = 6 * 1024 * 1024
"""Bytes of a JSON file, more or less; a table with more of them is in several files."""
_MOST: Final = PART_BYTES - 1024 * 1024
"""Bytes of a file that fits into an archive. No bucket takes larger ones."""
_TABLES_SHARE: Final = 40
"""Percent of the progress that the tables make; the files make the others."""
_UNSAFE: Final = re.compile(r"[^\w.,()@+ -]+")


@dataclass(slots=True)
class _Contents:
    """What is in the export, for its page and its manifest."""

    tables: list[dict[str, Any]]
    resumes: list[dict[str, str]]
    files: list[dict[str, Any]]
    missing: list[str]


async def write(
    task: RunningTask, accounts: UserAccounts, files: Files, open_parts: Callable[[Store], ExportParts]
) -> Export:
    """Write and store an export, keep it, and return it without links.

    If it fails, what was stored is removed; if its consumer is killed, the clean-up does that.

    Raises
    ------
    AccountInactive, TaskLost
        The account was deleted meanwhile, or the task was cancelled or taken over.
    """
    claim = task.claim

    async def store(number: int, body: bytes) -> str:
        path = f"{claim.user_id}/{claim.id}/{claim.attempt}-{number}.zip"
        paths.append(path)
        await files.write(BUCKET, path, body, "application/zip")
        return path

    paths: list[str] = []
    parts = open_parts(store)
    try:
        await _write_all(task, parts, accounts, files)
        stored = [ExportPart(path=each.path, size=each.size, sha256=each.sha256) for each in await parts.finish()]
        kept = await accounts.keep_export(claim, stored)
    except BaseException:
        parts.close()
        await _remove(paths, files)
        raise
    return Export(
        id=UUID(kept["id"]),
        created_at=kept["created_at"],
        expires_at=kept["expires_at"],
        parts=[
            ExportedPart(number=number, size=part.size, sha256=part.sha256) for number, part in enumerate(stored, 1)
        ],
    )


async def _write_all(task: RunningTask, parts: ExportParts, accounts: UserAccounts, files: Files) -> None:
    claim, contents = task.claim, _Contents([], [], [], [])
    objects: list[dict[str, Any]] = []
    tables = await accounts.exported_tables(claim.user_id)
    for number, table in enumerate(tables):
        await _write_table(claim, table, parts, accounts, contents, objects)
        await task.progress(number * _TABLES_SHARE, len(tables) * 100)
    for number, stored in enumerate(objects):
        await _write_file(claim.user_id, stored, parts, files, contents)
        await task.progress(_TABLES_SHARE * len(objects) + number * (99 - _TABLES_SHARE), len(objects) * 100)
    await parts.add("README.txt", readme().encode())
    page = index_page(claim.user_id, contents.tables, contents.resumes, contents.files, contents.missing)
    await parts.add("index.html", page.encode())
    await parts.add("manifest.json", _manifest(claim, parts, contents))


async def _write_table(
    claim: ClaimedTask,
    table: ExportedTable,
    parts: ExportParts,
    accounts: UserAccounts,
    contents: _Contents,
    objects: list[dict[str, Any]],
) -> None:
    """Write a table's rows as JSON arrays, and a résumé's content as JSON Resume, too."""
    lines: list[str] = []
    names: list[str] = []
    size, count = 0, 0
    after: Any = None
    while True:
        page = await accounts.exported_rows(claim.user_id, table.table, after)
        for row in page.rows:
            line = json.dumps(row, ensure_ascii=False)
            if lines and size + len(line) > _CHUNK:
                await _write_rows(table, lines, names, parts)
                lines, size = [], 0
            lines.append(line)
            size += len(line)
            count += 1
            if table.table == _RESUMES:
                await _write_resume(row, parts, contents)
            elif table.table == _FILES:
                objects.append({"bucket": row["bucket_id"], "path": row["name"]})
        after = page.next
        if after is None:
            break
    if lines or not names:
        await _write_rows(table, lines, names, parts)
    contents.tables.append({"table": table.table, "about": table.about, "rows": count, "files": names})


async def _write_rows(table: ExportedTable, lines: list[str], names: list[str], parts: ExportParts) -> None:
    name = f"data/{table.table}{f'-{len(names) + 1}' if names else ''}.json"
    body = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
    await parts.add(name, body.encode())
    names.append(name)


async def _write_resume(row: dict[str, Any], parts: ExportParts, contents: _Contents) -> None:
    name = f"resumes/{_safe(row['title'])[:80] or 'resume'} {row['id'][:8]}.json"
    try:
        document = to_json_resume(parse_content(row["content"]))
    except (DomainError, ValueError) as error:  # content of an older version: its row has it all the same
        logs.logger().warning("resume_not_converted", extra={"resume_id": row["id"], "type": type(error).__name__})
        contents.missing.append(name)
        return
    await parts.add(name, json.dumps(document, ensure_ascii=False, indent=1).encode())
    contents.resumes.append({"title": row["title"], "file": name})


async def _write_file(
    user_id: str, stored: dict[str, Any], parts: ExportParts, files: Files, contents: _Contents
) -> None:
    inner = stored["path"].removeprefix(f"{user_id}/")
    name = "/".join(["files", stored["bucket"], *(_safe(piece) or "_" for piece in inner.split("/"))])
    try:
        body = await files.read(stored["bucket"], stored["path"], limit=_MOST)
    except (StoredFileNotFound, FileTooLarge) as error:  # deleted since it was listed
        logs.logger().warning("file_not_exported", extra={"bucket": stored["bucket"], "code": error.code})
        contents.missing.append(name)
        return
    await parts.add(name, body)
    contents.files.append({"file": name, "size": len(body)})


def _manifest(claim: ClaimedTask, parts: ExportParts, contents: _Contents) -> bytes:
    document = {
        "version": 1,
        "user_id": claim.user_id,
        "tables": {table["table"]: {"rows": table["rows"], "files": table["files"]} for table in contents.tables},
        "resumes": len(contents.resumes),
        "files": len(contents.files),
        "missing": contents.missing,
        "members": [
            {"name": member.name, "part": member.part, "bytes": member.size, "sha256": member.sha256}
            for member in parts.members
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _safe(name: str) -> str:
    """Return a name that no system takes for a path, a device or a hidden file."""
    plain = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    return plain[:120]


async def _remove(paths: list[str], files: Files) -> None:
    for path in paths:
        try:
            await files.remove(BUCKET, path)
        except DomainError as error:
            logs.logger().warning("export_not_removed", extra={"code": error.code})
