"""Requests and answers of `share`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Unlock(BaseModel):
    """The password of a protected résumé, as a form or as JSON.

    Attributes
    ----------
    password : str
        As its owner gave it to the reader.
    as_ : str
        ``pdf`` for the PDF, if the owner allows it.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    password: str = Field(max_length=128)
    as_: Literal["page", "pdf"] = Field(default="page", alias="as")


class OtherShare(BaseModel):
    """Another shared résumé of the same person."""

    slug: str
    headline: str | None


class SharedResumeDocument(BaseModel):
    """A shared résumé as data.

    Attributes
    ----------
    resume : object
        JSON Resume of exactly what the page shows.
    section_order : list of str
        Keys of its sections, as the page has them.
    with_pdf : bool
        Whether ``…/pdf`` answers.
    updated_at : str
        When it was last edited.
    others : list of OtherShare
        Other shared résumés of the person, if they let their pages link each other.
    """

    resume: dict[str, Any]
    section_order: list[str]
    with_pdf: bool
    updated_at: str
    others: list[OtherShare]
