"""What commands say when a file cannot be used: one line on standard error that names the file and the field."""

from __future__ import annotations

import functools
import json
import os
import sys
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.errors import ContentInvalid, DomainError
from functions._shared.domain.resume.content import parse_content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Main = Callable[..., int]

FAILED: Final = 2
"""The exit code of argparse for arguments that make no sense."""


class UnusableFile(Exception):
    """A file that a command cannot use."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.reason = reason


def command(main: Main) -> Main:
    """Turn a file that is unusable or missing into a line and an exit code, and end quietly if nobody reads on."""

    @functools.wraps(main)
    def run(arguments: Sequence[str] | None = None) -> int:
        try:
            code = main(arguments)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python flushes standard output once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        except UnusableFile as error:
            print(error, file=sys.stderr)
        except OSError as error:
            print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        else:
            return code
        return FAILED

    return run


def read_text(path: Path) -> str:
    """Read a text file."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UnusableFile(path, "not UTF-8 text") from None


def read_json(path: Path) -> Any:  # noqa: ANN401 - any JSON
    """Read a JSON file."""
    try:
        return json.loads(read_text(path))
    except JSONDecodeError as error:
        raise UnusableFile(path, f"not JSON: {error}") from None


def unusable(path: Path, error: DomainError) -> UnusableFile:
    """Say what is wrong with the content of a file, by field if it is JSON."""
    if path.suffix.lower() == ".json" and not isinstance(error, ContentInvalid):
        try:
            parse_content(read_json(path))
        except UnusableFile as reason:
            return reason
        except ContentInvalid as invalid:
            error = invalid
    fields = [f"{each['pointer'] or '/'}: {each['message']}" for each in error.extra.get("errors", ())]
    return UnusableFile(path, "; ".join(fields) or error.detail)
