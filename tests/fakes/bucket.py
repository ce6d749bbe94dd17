"""An S3 bucket at moto's server, for real boto3 clients."""

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
        Where AWS's APIs are.
    name
        The bucket's.
    """

    url: str
    name: str

    def variables(self, url: str | None = None) -> dict[str, str]:
        """Variables by which an SDK talks to it, or to what stands in front of it."""
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
        """A client of one's own, past whatever the code under test talks through."""
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )

    def objects(self, known: Container[str] = ()) -> dict[str, bytes]:
        """Everything in it but for the known keys."""
        client = self.client
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        keys = [item["Key"] for page in pages for item in page.get("Contents", []) if item["Key"] not in known]
        return {key: client.get_object(Bucket=self.name, Key=key)["Body"].read() for key in keys}


@contextmanager
def new_bucket() -> Iterator[Bucket]:
    """Give a bucket in an AWS account of its own."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        made = Bucket(f"http://{host}:{port}", f"archive-{uuid4().hex[:8]}")
        made.client.create_bucket(Bucket=made.name, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield made
    finally:
        server.stop()
