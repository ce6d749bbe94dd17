"""An S3 bucket on a moto server, for real boto3 clients."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import boto3
from moto.server import ThreadedMotoServer

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

REGION = "eu-central-1"


@dataclass(frozen=True)
class Bucket:
    """An empty bucket.

    Parameters
    ----------
    url
        Base URL of the AWS APIs.
    name
        Name of the bucket.
    """

    url: str
    name: str

    def variables(self, url: str | None = None) -> dict[str, str]:
        """Return the environment variables that point an SDK to the bucket, or to a proxy in front of it."""
        return {
            "AWS_ENDPOINT_URL": url or self.url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "RESUMEBASE_ARCHIVE_BUCKET": self.name,
        }

    @property
    def client(self) -> Any:
        """A client that bypasses any proxy of the code under test."""
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )

    def objects(self, known: Container[str] = ()) -> dict[str, bytes]:
        """Return all objects except those with known keys."""
        client = self.client
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        keys = [item["Key"] for page in pages for item in page.get("Contents", []) if item["Key"] not in known]
        return {key: client.get_object(Bucket=self.name, Key=key)["Body"].read() for key in keys}


@contextmanager
def new_bucket() -> Iterator[Bucket]:
    """Create a bucket in its own AWS account."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        bucket = Bucket(f"http://{host}:{port}", f"archive-{uuid4().hex[:8]}")
        bucket.client.create_bucket(Bucket=bucket.name, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield bucket
    finally:
        server.stop()
