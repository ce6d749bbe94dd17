"""The base class of every error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping


class DomainError(Exception):
    """Base class for every error that a client can receive.

    Parameters
    ----------
    detail : str, optional
        One sentence about this occurrence, safe to show to the client. Defaults to the title of the class.
    **extra
        Additional members of the problem document: JSON-serialisable and safe to show.

    Attributes
    ----------
    code : str
        Stable machine-readable code in snake_case. Clients branch on it.
    status : int
        HTTP status.
    title : str
        Short summary for people, the same for every occurrence.
    retry_after : int or None
        Seconds to wait before a retry; becomes the ``Retry-After`` header.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong on our side."
    retry_after: int | None = None

    def __init__(self, detail: str | None = None, /, **extra: object) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.extra: dict[str, Any] = dict(extra)

    @property
    def headers(self) -> Mapping[str, str]:
        """Response headers for this error."""
        return {} if self.retry_after is None else {"retry-after": str(self.retry_after)}
