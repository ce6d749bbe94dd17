"""Résumés that their owners share with everybody who has the address.

Used by `share`. Implemented by the ``supabase`` adapter, which reads with the secret key: anonymous readers have no
rights on any table. What it returns may be shown to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from functions._shared.domain.json import Json


@dataclass(frozen=True, slots=True)
class SharedResume:
    """What may be shown of a shared résumé.

    Parameters
    ----------
    content : mapping
        Allow-listed fields without hidden sections; contact details only with the owner's consent.
    section_order : list of str
        Keys of its sections.
    design : mapping or None
        Of its template.
    indexable : bool
        Whether search engines may list it.
    is_protected : bool
        Whether a password was needed.
    with_pdf : bool
        Whether it can be had as PDF.
    photo_path : str or None
        In the bucket ``photos``; only with the owner's consent.
    updated_at : str
        When it was last edited, ISO 8601.
    others : list of mapping
        The owner's other shared résumés that the page may link, each with ``slug`` and ``headline`` (or None).
    """

    content: dict[str, Any]
    section_order: list[str]
    design: Json | None
    indexable: bool
    is_protected: bool
    with_pdf: bool
    updated_at: str
    photo_path: str | None = None
    others: list[dict[str, Any]] = field(default_factory=list)


class Shares(Protocol):
    """The shared résumés. Each call is one round trip."""

    async def read(self, slug: str, *, password: str | None, address: str | None, count: bool) -> SharedResume:
        """Return a shared résumé.

        Parameters
        ----------
        slug : str
            The unguessable part of its address.
        password : str or None
            What the reader typed.
        address : str or None
            The reader's network address, for the limit on guesses.
        count : bool
            Count a view.

        Raises
        ------
        ShareNotFound
            Nothing is shared under this slug.
        SharePasswordRequired, SharePasswordWrong
            It is protected.
        RateLimited
            Too many passwords were tried.
        """
        ...
