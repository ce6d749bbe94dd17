"""The clean-up's functions of the database, and the storage API for files of erased accounts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from functions._shared.adapters.supabase.rest import refusal, understood
from functions._shared.adapters.supabase.service import ServiceCalls
from functions._shared.domain.errors import AnswerLost
from functions._shared.ports import FailedEvents, PartitionPage, RetentionPolicy, StoredFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from functions._shared.ports import Json

_FILES_PER_CALL = 1000
"""The storage API deletes at most so many objects at once."""
_CHECK_SECONDS = 300.0
"""Checks read whole tables, and hold up nobody."""


class SupabaseHousekeeping(ServiceCalls):
    """`Housekeeping` over PostgREST and the storage API."""

    async def batch(self, function: str, limit: int) -> dict[str, int]:
        """See `Housekeeping.batch`."""
        answer = await self.call(function, p_limit=limit)
        if isinstance(answer, dict):
            return {key: value for key, value in answer.items() if isinstance(value, int)}
        return {"done": _count(answer)}

    async def webhooks_due(self, limit: int) -> FailedEvents:
        """See `Housekeeping.webhooks_due`."""
        answer = await self.call_object("webhooks_due", p_limit=limit)
        return FailedEvents(answer["ids"], answer["given_up"])

    async def webhook_retry(self, event: int) -> bool:
        """See `Housekeeping.webhook_retry`."""
        return bool((await self.call_object("webhook_retry", p_id=event))["state"] == "processed")

    async def files_due(self, limit: int) -> list[tuple[str, StoredFile]]:
        """See `Housekeeping.files_due`."""
        rows = _rows(await self.call("files_due", p_limit=limit))
        return [(row["id"], StoredFile(row["bucket"], row["path"])) for row in rows]

    async def outbox_done(self, ids: Sequence[str], *, failed: bool = False) -> None:
        """See `Housekeeping.outbox_done`."""
        await self.call("outbox_failed" if failed else "outbox_done", p_ids=list(ids))

    async def partitions_ahead(self, months: int) -> int:
        """See `Housekeeping.partitions_ahead`."""
        return _count(await self.call("partitions_ahead", p_months=months))

    async def backfill_users(self, after: str | None) -> tuple[int, str | None]:
        """See `Housekeeping.backfill_users`."""
        slice_ = await self.call_object("signup_backfill", p_after=after)
        return _count(slice_["provisioned"]), slice_["last"]

    async def policies(self) -> list[RetentionPolicy]:
        """See `Housekeeping.policies`."""
        return [
            RetentionPolicy(row["data_type"], row["table_name"], row["archive"], row["partitioned"])
            for row in _rows(await self.call("retention_policies"))
            if row["keep_seconds"] is not None
        ]

    async def expired_rows(self, data_type: str, limit: int) -> list[dict[str, Any]]:
        """See `Housekeeping.expired_rows`."""
        return _rows(await self.call("retention_batch", p_data_type=data_type, p_limit=limit))

    async def delete_rows(self, data_type: str, seen: Mapping[str, str]) -> int:
        """See `Housekeeping.delete_rows`."""
        return _count(
            await self.call("retention_delete", p_data_type=data_type, p_ids=list(seen), p_seen=list(seen.values()))
        )

    async def purge(self, data_type: str, limit: int) -> int:
        """See `Housekeeping.purge`."""
        return _count(await self.call("retention_purge", p_data_type=data_type, p_limit=limit))

    async def expired_partitions(self) -> list[tuple[str, str]]:
        """See `Housekeeping.expired_partitions`."""
        return [(row["table_name"], row["partition"]) for row in _rows(await self.call("partitions_expired"))]

    async def partition_page(self, partition: str, limit: int) -> PartitionPage:
        """See `Housekeeping.partition_page`."""
        page = await self.call_object("partition_page", p_partition=partition, p_limit=limit)
        return PartitionPage(page["rows"], page["from"], page["to"])

    async def partition_note(self, partition: str, page: PartitionPage) -> None:
        """See `Housekeeping.partition_note`."""
        await self.call(
            "partition_note", p_partition=partition, p_from=page.start, p_to=page.end, p_lines=len(page.rows)
        )

    async def partition_close(self, partition: str) -> bool:
        """See `Housekeeping.partition_close`."""
        return await self.call("partition_close", p_partition=partition) is True

    async def drop_partition(self, partition: str) -> None:
        """See `Housekeeping.drop_partition`."""
        await self.call("partition_drop", p_partition=partition)

    async def accounts_due(self, limit: int, skip: int) -> list[tuple[str, list[StoredFile]]]:
        """See `Housekeeping.accounts_due`."""
        return [
            (row["user_id"], [StoredFile(file["bucket"], file["path"]) for file in row["files"]])
            for row in _rows(await self.call("accounts_due", p_limit=limit, p_skip=skip))
        ]

    async def delete_files(self, files: Sequence[StoredFile]) -> None:
        """See `Housekeeping.delete_files`."""
        by_bucket: dict[str, list[str]] = defaultdict(list)
        for file in files:
            by_bucket[file.bucket].append(file.path)
        for bucket, paths in by_bucket.items():
            for start in range(0, len(paths), _FILES_PER_CALL):
                with understood():
                    response = await self._client.request(
                        "DELETE",
                        f"{self._url}/storage/v1/object/{bucket}",
                        headers=self._headers,
                        json={"prefixes": paths[start : start + _FILES_PER_CALL]},
                    )
                if not response.is_success:
                    raise refusal(response)

    async def erase_account(self, user_id: str) -> bool:
        """See `Housekeeping.erase_account`."""
        return await self.call("account_erase", p_user_id=user_id) is True

    async def restore(self, table: str, lines: Sequence[Json]) -> int:
        """See `Housekeeping.restore`."""
        return _count(await self.call("archive_restore", p_table=table, p_lines=list(lines)))

    async def checks(self) -> list[str]:
        """See `Housekeeping.checks`."""
        return [str(name) for name in _rows(await self.call("checks_list"))]

    async def check(self, name: str) -> int:
        """See `Housekeeping.check`."""
        return _count((await self.call_object("check_run", seconds=_CHECK_SECONDS, p_name=name))["violations"])

    async def note(self, run_id: str, task: str | None, result: Json | None, *, complete: bool = False) -> None:
        """See `Housekeeping.note`."""
        await self.call("cleanup_note", p_run_id=run_id, p_task=task, p_result=result, p_complete=complete)


def _count(answer: object) -> int:
    if not isinstance(answer, int):
        raise AnswerLost
    return answer


def _rows(answer: object) -> list[Any]:
    if not isinstance(answer, list):
        raise AnswerLost
    return answer
