"""Files in Supabase storage, read and written with the secret key.

Used by functions that read uploads or store what they made. Implemented by the ``supabase`` adapter. The secret key
passes every policy, so callers take paths only from rows that belong to the user.
"""

from __future__ import annotations

from typing import Protocol


class Files(Protocol):
    """The private buckets. A path is ``{user_id}/{name}``. Each call is one round trip."""

    async def read(self, bucket: str, path: str, *, limit: int) -> bytes:
        """Return a file of at most ``limit`` bytes.

        Raises
        ------
        StoredFileNotFound
            There is no such file.
        FileTooLarge
            It is larger. No more than ``limit`` bytes were read.
        DatabaseUnavailable, AnswerLost
            Storage did not answer.
        """
        ...

    async def write(self, bucket: str, path: str, body: bytes, media_type: str) -> None:
        """Store a file, in place of one with the same path.

        Raises
        ------
        DomainError
            Storage refuses it: its size or its type.
        DatabaseUnavailable, AnswerLost
            Storage did not answer.
        """
        ...

    async def remove(self, bucket: str, path: str) -> None:
        """Remove a file; one that is not there is no error."""
        ...

    async def link(self, bucket: str, path: str, *, seconds: int, name: str | None = None) -> str:
        """Return a URL that anybody can download the file from, for ``seconds``.

        Parameters
        ----------
        bucket, path : str
            The file.
        seconds : int
            How long the link works.
        name : str, optional
            The file name to save it as.

        Raises
        ------
        StoredFileNotFound
            There is no such file.
        """
        ...
