"""Database functions of the clean-up, and the storage API for the files of erased accounts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from functions._shared.adapters.supabase.rest import connection_errors, response_error
from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import AnswerLost
from functions._shared.ports.housekeeping import (
    FailedEvents,
    Housekeeping,
    PartitionPage,
    RetentionPolicy,
    StoredFile,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from functions._shared.domain.json import Json

_FILES_PER_CALL = 1000
"""The storage API deletes at most this many objects per call."""
_CHECK_SECONDS = 300.0
"""Timeout of a check, which reads whole tables without blocking other transactions."""


class SupabaseHousekeeping(ServiceCalls, Housekeeping):
    """The database side of the clean-up, over PostgREST and the storage API."""

    @override
    async def batch(self, function: str, limit: int) -> dict[str, int]:
        answer = await self.call(function, p_limit=limit)
        if isinstance(answer, dict):
            return {key: value for key, value in answer.items() if isinstance(value, int)}
        return {"done": _count(answer)}

    @override
    async def webhooks_due(self, limit: int) -> FailedEvents:
        answer = await self.call_object("webhooks_due", p_limit=limit)
        return FailedEvents(answer["ids"], answer["given_up"])

    @override
    async def webhook_retry(self, event: int) -> bool:
        return bool((await self.call_object("webhook_retry", p_id=event))["state"] == "processed")

    @override
    async def files_due(self, limit: int) -> list[tuple[str, StoredFile]]:
        rows = _rows(await self.call("files_due", p_limit=limit))
        return [(row["id"], StoredFile(row["bucket"], row["path"])) for row in rows]

    @override
    async def outbox_done(self, ids: Sequence[str], *, failed: bool = False) -> None:
        await self.call("outbox_failed" if failed else "outbox_done", p_ids=list(ids))

    @override
    async def partitions_ahead(self, months: int) -> int:
        return _count(await self.call("partitions_ahead", p_months=months))

    @override
    async def backfill_users(self, after: str | None) -> tuple[int, str | None]:
        page = await self.call_object("signup_backfill", p_after=after)
        return _count(page["provisioned"]), page["last"]

    @override
    async def policies(self) -> list[RetentionPolicy]:
        return [
            RetentionPolicy(row["data_type"], row["table_name"], row["archive"], row["partitioned"])
            for row in _rows(await self.call("retention_policies"))
            if row["keep_seconds"] is not None
        ]

    @override
    async def expired_rows(self, data_type: str, limit: int) -> list[dict[str, Any]]:
        return _rows(await self.call("retention_batch", p_data_type=data_type, p_limit=limit))

    @override
    async def delete_rows(self, data_type: str, seen: Mapping[str, str]) -> int:
        return _count(
            await self.call("retention_delete", p_data_type=data_type, p_ids=list(seen), p_seen=list(seen.values()))
        )

    @override
    async def purge(self, data_type: str, limit: int) -> int:
        return _count(await self.call("retention_purge", p_data_type=data_type, p_limit=limit))

    @override
    async def expired_partitions(self) -> list[tuple[str, str]]:
        return [(row["table_name"], row["partition"]) for row in _rows(await self.call("partitions_expired"))]

    @override
    async def partition_page(self, partition: str, limit: int) -> PartitionPage:
        page = await self.call_object("partition_page", p_partition=partition, p_limit=limit)
        return PartitionPage(page["rows"], page["from"], page["to"])

    @override
    async def partition_note(self, partition: str, page: PartitionPage) -> None:
        await self.call(
            "partition_note", p_partition=partition, p_from=page.start, p_to=page.end, p_lines=len(page.rows)
        )

    @override
    async def partition_close(self, partition: str) -> bool:
        return await self.call("partition_close", p_partition=partition) is True

    @override
    async def drop_partition(self, partition: str) -> None:
        await self.call("partition_drop", p_partition=partition)

    @override
    async def delete_files(self, files: Sequence[StoredFile]) -> None:
        by_bucket: dict[str, list[str]] = defaultdict(list)
        for file in files:
            by_bucket[file.bucket].append(file.path)
        for bucket, paths in by_bucket.items():
            for start in range(0, len(paths), _FILES_PER_CALL):
                with connection_errors():
                    response = await self._client.request(
                        "DELETE",
                        f"{self._url}/storage/v1/object/{bucket}",
                        headers=self._headers,
                        json={"prefixes": paths[start : start + _FILES_PER_CALL]},
                    )
                if not response.is_success:
                    raise response_error(response)

    @override
    async def restore(self, table: str, lines: Sequence[Json]) -> int:
        return _count(await self.call("archive_restore", p_table=table, p_lines=list(lines)))

    @override
    async def checks(self) -> list[str]:
        return [str(name) for name in _rows(await self.call("checks_list"))]

    @override
    async def check(self, name: str) -> int:
        return _count((await self.call_object("check_run", seconds=_CHECK_SECONDS, p_name=name))["violations"])

    @override
    async def note(self, run_id: str, task: str | None, result: Json | None, *, complete: bool = False) -> None:
        await self.call("cleanup_note", p_run_id=run_id, p_task=task, p_result=result, p_complete=complete)


def _count(answer: object) -> int:
    if not isinstance(answer, int):
        raise AnswerLost
    return answer


def _rows(answer: object) -> list[Any]:
    if not isinstance(answer, list):
        raise AnswerLost
    return answer
