"""The clean-up in a process of its own, which can be killed. It is forked from one that has imported everything."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import boto3

from functions._shared.adapters.aws import archive  # noqa: F401
from functions._shared.adapters.supabase import housekeeping  # noqa: F401
from functions._shared.ports.request import Deadline
from functions.cleanup.handler import scheduled
from tests.fakes import killable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.context import ForkServerProcess

SECONDS = 120
# S3's description takes longer to read than a run to reach the bucket. Boto3's session keeps it for all that are forked.
boto3.client("s3", region_name="us-east-1", aws_access_key_id="nobody", aws_secret_access_key="nothing")


def _run(environ: Mapping[str, str], tasks: list[str]) -> None:
    os.environ.update(environ)
    report = asyncio.run(scheduled({"tasks": tasks}, Deadline.after(SECONDS)))
    if not report["complete"]:
        raise SystemExit(f"the run was not complete: {report}")


def start(environ: Mapping[str, str], tasks: list[str]) -> ForkServerProcess:
    """Start a run as EventBridge does. Exit code 0: it was complete."""
    process = killable.context().Process(target=_run, args=(dict(environ), tasks))
    process.start()
    return process
