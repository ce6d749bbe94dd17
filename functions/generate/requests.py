"""What all requests of `generate` have in common, and the inputs that several operations take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

if TYPE_CHECKING:
    from functions._shared.domain.json import Json

MAX_NOTES: Final = 4_000
"""Characters of the user's notes."""
MAX_QUESTION: Final = 2_000
"""Characters of a question."""

Notes = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NOTES)]
"""Facts in the user's own words. They count as a source, like the résumé."""
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
Tone = Literal["neutral", "confident", "warm"]
ItemReference = Annotated[int, Field(ge=0, strict=True)] | Annotated[str, Field(min_length=1, max_length=100)]
"""Index (from 0) or ``id`` of an entry of the résumé."""


class Input(BaseModel):
    """The base of all inputs."""

    model_config = ConfigDict(extra="forbid")


class Request(BaseModel):
    """The base of all requests.

    ``operation`` is a literal. Its first value is the operation's slug, the others are its aliases in the registry
    (``public.operations.aliases``). A validated request has the slug, so that an alias gets the same prompt and the
    same price.
    """

    model_config = ConfigDict(extra="forbid")

    operation: str
    resume_id: UUID | None = None
    job_id: UUID | None = None
    fresh: bool = False
    """Ask the model again, even if a cached answer to the same request exists."""
    funding: Literal["own_key"] | None = None
    """``own_key``: ask only models for which the user has stored a key. Their provider bills the user; no credits."""

    @property
    def makes_resume(self) -> bool:
        """Whether a new résumé is made, which the plan must allow."""
        return isinstance(options := getattr(self, "input", None), Variant) and options.deliver == "variant"

    @property
    def needs(self) -> Json | None:
        """What else is needed, see `ReserveRequest`."""
        return None

    @field_validator("operation")
    @classmethod
    def _slug(cls, name: str) -> str:
        return next(iter(names_of(cls)), name)


class Variant(Input):
    """Whether the changes are proposed, or made in a copy. The original never changes by itself.

    Attributes
    ----------
    deliver : str
        ``patch``: the client saves what the user accepts. ``variant``: all changes are made in a new résumé, a draft.
    title : str or None
        Title of the new résumé.
    """

    deliver: Literal["patch", "variant"] = "patch"
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)] | None = None

    @model_validator(mode="after")
    def _title_of_a_variant(self) -> Variant:
        if self.title is not None and self.deliver != "variant":
            raise ValueError("a title requires deliver: variant")
        return self


def names_of(request: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of a request's operation: the slug, then its aliases."""
    return get_args(request.model_fields["operation"].annotation)
