"""Structured logs: one JSON object a line on standard output, by Powertools for AWS Lambda.

What may be logged: names, ids, statuses, codes, milliseconds. Never: tokens, keys, bodies, e-mail addresses, and the
text of exceptions, which quotes what it complains about.
"""

from __future__ import annotations

import logging
import sys
import traceback
from functools import cache
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger


class _Stdout(logging.StreamHandler[TextIO]):
    """Writes to whatever `sys.stdout` is at the moment of writing: Lambda and test runners replace it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return sys.stdout

    @stream.setter
    def stream(self, _: TextIO) -> None:
        raise AttributeError("the stream is always standard output")


@cache
def logger() -> Logger:
    """Give the process's logger. Imported on first use: a health check needs none."""
    from aws_lambda_powertools import Logger

    return Logger(service="resumebase", logger_handler=_Stdout(), location=None, sampling_rate=None)


def bind(**keys: str) -> None:
    """Put keys on every line of the current request; other requests in flight do not see them."""
    log = logger()
    log.thread_safe_clear_keys()
    log.thread_safe_append_keys(**keys)


def fault(error: BaseException) -> dict[str, Any]:
    """Describe an exception without its text: type, where it came from, and the same for its causes."""
    chain: list[dict[str, Any]] = []
    current: BaseException | None = error
    while current is not None and len(chain) < 4:  # noqa: PLR2004 - more causes tell no more
        frames = traceback.extract_tb(current.__traceback__)[-12:]
        chain.append(
            {
                "type": f"{type(current).__module__}.{type(current).__qualname__}",
                "at": [
                    f"{frame.filename.rpartition('/functions/')[2]}:{frame.lineno} {frame.name}" for frame in frames
                ],
            }
        )
        current = current.__cause__ or current.__context__
    return {"error": chain}
