"""The process that opens files of strangers: ``python -m functions._shared.adapters.documents.child``.

It reads a file from its standard input and writes the document to its standard output, each after a sign and eight
bytes with its length, until the input ends. It may use 512 MB of memory, write no file and start no process. It holds
no secret.
"""

from __future__ import annotations

import json
import resource
import struct
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

MEMORY: Final = 512 * 1024 * 1024
LENGTH: Final = struct.Struct(">cQ")
"""What stands before a file, `TEXT` or `FACTS`, and before an answer, ``+`` or ``-``; then how many bytes follow."""
TEXT: Final = b"t"
FACTS: Final = b"f"


def main() -> None:
    """Answer until the input ends."""
    _limit()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    _warm_up()
    while header := source.read(LENGTH.size):
        wanted, size = LENGTH.unpack(header)
        sign, answer = _answer(source.read(size), facts=wanted == FACTS)
        target.write(LENGTH.pack(sign, len(answer)))
        target.write(answer)
        target.flush()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _warm_up() -> None:
    """Import the readers before the first file."""
    from functions._shared.adapters.documents import docx_reader, files, inspection, pdf_reader, wire

    _ = docx_reader, files, inspection, pdf_reader, wire


def _answer(data: bytes, *, facts: bool) -> tuple[bytes, bytes]:
    from functions._shared.adapters.documents import archives, files, inspection, wire

    try:
        document = files.read_file(data)
        if facts:
            document.facts = inspection.inspect(data, document.kind)
        return b"+", wire.encode(document)
    except archives.Encrypted:
        problem = {"code": "encrypted"}
    except archives.TooLarge as error:
        problem = {"code": "too_large", "detail": str(error)}
    except archives.Unsupported as error:
        problem = {"code": "unsupported", "detail": str(error)}
    except (MemoryError, RecursionError):
        problem = {"code": "too_slow"}
    except Exception:  # noqa: BLE001 - whatever a hostile file makes a parser raise, the file is at fault
        problem = {"code": "damaged"}
    return b"-", json.dumps(problem).encode()


def exchange(stream: BinaryIO, wanted: bytes, data: bytes) -> None:
    """Send a file to the child."""
    stream.write(LENGTH.pack(wanted, len(data)))
    stream.write(data)
    stream.flush()


if __name__ == "__main__":
    main()
