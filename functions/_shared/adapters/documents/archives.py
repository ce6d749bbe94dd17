"""ZIP archives from strangers: how much of one is unpacked, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import zipfile

MAX_MEMBERS: Final = 2_000
MAX_MEMBER: Final = 30_000_000
MAX_TOTAL: Final = 80_000_000


class Damaged(Exception):
    """The file cannot be read: it is truncated, or not what it says."""


class TooLarge(Exception):
    """The file unpacks to more than is read."""


class Unsupported(Exception):
    """The file is of a type that is not read."""


class Encrypted(Exception):
    """The file needs a password."""


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse an archive with too many members or too much in them, before anything is unpacked."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_TOTAL:
        raise TooLarge


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack a member, however large it says that it is.

    Raises
    ------
    TooLarge, Encrypted
        It is larger than is read, or needs a password.
    KeyError
        There is no such member.
    """
    member = archive.getinfo(name)
    if member.flag_bits & 1:
        raise Encrypted
    with archive.open(member) as stream:
        data = stream.read(MAX_MEMBER + 1)
    if len(data) > MAX_MEMBER:
        raise TooLarge
    return data
