"""Structured logs: one JSON object per line on standard output, written by Powertools for AWS Lambda.

Log names, ids, statuses, codes and milliseconds. Never log tokens, keys, bodies, email addresses, or the text of
exceptions, which often quotes the input.
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
    """Writes to the current `sys.stdout`, because Lambda and test runners replace it."""

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
    """Return the logger of the process. Powertools is imported on first use, to keep imports fast."""
    from aws_lambda_powertools import Logger

    return Logger(service="resumebase", logger_handler=_Stdout(), location=None, sampling_rate=None)


def bind(**keys: str) -> None:
    """Add keys to every line of the current request, and to no other request in flight."""
    log = logger()
    log.thread_safe_clear_keys()
    log.thread_safe_append_keys(**keys)


def fault(error: BaseException) -> dict[str, Any]:
    """Describe an exception without its text: the type and origin of it and of its causes."""
    chain: list[dict[str, Any]] = []
    current: BaseException | None = error
    while current is not None and len(chain) < 4:  # noqa: PLR2004 - further causes add nothing
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
