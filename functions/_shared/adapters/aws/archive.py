"""The archive on S3."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from typing_extensions import override

from functions._shared.domain.errors import ArchiveUnavailable, NotFound
from functions._shared.ports.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class S3Archive(Archive):
    """The archive in one S3 bucket. boto3 calls block, so they run in a thread.

    Parameters
    ----------
    bucket : str
        Name of the bucket.
    connect : callable
        Creates the boto3 S3 client on first use, because most runs archive nothing and boto3 is slow to import.
    """

    def __init__(self, bucket: str, connect: Callable[[], Any]) -> None:
        self._bucket = bucket
        self._connect = connect

    @override
    async def put(self, key: str, body: bytes, media_type: str) -> None:
        await _in_thread(
            lambda: self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=body,
                ContentType=media_type,
                ServerSideEncryption="AES256",
                ChecksumAlgorithm="SHA256",
            )
        )

    @override
    async def get(self, key: str) -> bytes:
        def read() -> bytes:
            body: bytes = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            return body

        return await _in_thread(read)

    @override
    async def keys(self, prefix: str) -> list[str]:
        def read() -> list[str]:
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            return [item["Key"] for page in pages for item in page.get("Contents", [])]

        return await _in_thread(read)

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401 - boto3 creates its classes at run time
        return self._connect()


def build(bucket: str) -> S3Archive:
    """Build the archive with the credentials and region of the container."""

    def connect() -> Any:  # noqa: ANN401 - boto3 creates its classes at run time
        import boto3
        from botocore.config import Config

        config = Config(connect_timeout=3, read_timeout=20, retries={"max_attempts": 3, "mode": "standard"})
        return boto3.client("s3", config=config)

    return S3Archive(bucket, connect)


async def _in_thread(work: Callable[[], T]) -> T:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return await asyncio.to_thread(work)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in {"NoSuchKey", "404"}:
            raise NotFound from error
        raise ArchiveUnavailable from error
    except BotoCoreError as error:
        raise ArchiveUnavailable from error
