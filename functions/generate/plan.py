"""What an operation is, and how it uses a model's answer. The operations are in `operations`, a file each.

An operation plans a question to the model from its request, and from the résumé and job that were read with the
reservation (`Context`). A `Plan` takes the answer apart into the texts to be judged (`Piece`), and builds the result
and the rows to keep from what is left of them (`Delivery` → `Outcome`). `service` does everything between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.field_types import MAX_LONG
from functions.generate.career import Career
from functions.generate.requests import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from functions._shared.domain.effects import Effect
    from functions._shared.domain.errors import DomainError
    from functions._shared.domain.json import Json
    from functions._shared.domain.language.output_filter import Room
    from functions._shared.domain.metering import JobSnapshot, Reservation, ResumeSnapshot
    from functions._shared.domain.resume.content import ResumeContent
    from functions._shared.domain.resume.patch import Patch
    from functions._shared.ports.model import Prompt
    from functions.generate.requests import Request
    from functions.generate.results import GroundingReport, UsedModel

D = TypeVar("D", bound=BaseModel)
"""Shape of a model's answer."""
R = TypeVar("R", bound="Request")


class Draft(BaseModel):
    """The base of what models answer."""

    model_config = ConfigDict(extra="forbid")


class TextDraft(Draft):
    """The model's answer, if it is one text."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_LONG)]


@dataclass(frozen=True, slots=True)
class Context:
    """What was read when the operation was reserved.

    Parameters
    ----------
    content : ResumeContent or None
        The résumé's content, parsed.
    resume : ResumeSnapshot or None
        The résumé as it is stored. Patches refer to its version.
    job : JobSnapshot or None
        The job applied for.
    career : Career or None
        What a whole résumé is written from. ``content`` then is what is stated there.
    file_scan : dict or None
        The last scan of a file of the résumé.
    today : date or None
        The day on which "Present" ends.
    """

    content: ResumeContent | None = None
    resume: ResumeSnapshot | None = None
    job: JobSnapshot | None = None
    career: Career | None = None
    file_scan: Json | None = None
    today: date | None = None

    @classmethod
    def of(cls, reservation: Reservation, today: date | None = None) -> Context:
        """Take the context from a reservation."""
        resume = reservation.resume
        found = reservation.found or {}
        if found.get("career") is not None:
            career = Career.of(found["career"])
            return cls(career.content, resume, reservation.job, career, today=today)
        content = None if resume is None else parse_content(resume.content)
        return cls(content, resume, reservation.job, file_scan=found.get("file_scan"), today=today)

    @property
    def stored(self) -> Mapping[str, Any]:
        """The content as it is stored; empty without a résumé."""
        return self.resume.content if self.resume else {}

    def version(self, patch: Patch | None) -> int | None:
        """Return the version that a patch is for."""
        return self.resume.version if self.resume and patch else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of an answer that is judged sentence by sentence.

    Parameters
    ----------
    text : str
        As the model wrote it.
    key : str
        What the operation knows it by, such as its path in the résumé.
    line : bool
        Whether it is one line, such as a bullet. A line is removed as a whole, other texts sentence by sentence.
    entry : str or None
        JSON Pointer of the part of the résumé whose lines count as a source: empty for the whole of it, None for none.
    rewrites : str or None
        The text whose facts it has to keep; what it loses is reported.
    whole : bool
        Whether it is removed as a whole, like a line.
    """

    text: str
    key: str = ""
    line: bool = False
    entry: str | None = ""
    rewrites: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Delivery(Generic[D]):
    """What is left of an answer after its review.

    Parameters
    ----------
    draft : BaseModel
        The model's answer, as it came.
    pieces : sequence of Piece
        The texts to deliver, without what was removed.
    grounding : GroundingReport
        What is known of their sentences, by the position of the piece.
    model : UsedModel
        Who wrote them.
    """

    draft: D
    pieces: Sequence[Piece]
    grounding: GroundingReport
    model: UsedModel

    @property
    def texts(self) -> list[str]:
        """The texts to deliver."""
        return [piece.text for piece in self.pieces]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of an operation, and the rows that are kept with the charge."""

    result: BaseModel
    effects: Sequence[Effect] = ()


@dataclass(frozen=True, slots=True)
class Plan(Generic[D]):
    """A question to the model, and how to use its answer.

    Parameters
    ----------
    prompt : Prompt
        The question.
    output : type
        Shape of the answer.
    max_output_tokens : int
        Upper limit for the length of the answer.
    pieces : callable or None
        Takes the answer apart into the texts to be judged. None: no text is judged, and ``finish`` checks the answer by
        itself.
    finish : callable
        Builds the outcome. What it raises is not charged.
    own_words : tuple of str
        The user's own texts in the request. They count as a source, like the résumé.
    words_for : callable or None
        Returns those of them that count for a part of the résumé, by its JSON Pointer; None: all do.
    limit : int or None
        Maximum number of pieces; further ones are left out.
    room : Room or None
        How long a piece may be that is neither a line nor rewrites a text.
    longest : callable or None
        Returns how many characters such a piece may have at most. What is still longer after the second try is cut
        behind a sentence that fits, and a question or thanks at its end stays.
    speaks : bool
        Whether the texts speak to a reader, as letters do.
    language : str or None
        The language that the texts are to have, as `language_of` names it; None if it is not known.
    claims_nothing : callable or None
        Tells of a sentence whether it says nothing of the person, so that nobody has to state it.
    whole : bool
        Whether an answer is refused as soon as a part of it is removed.
    optional : bool
        Whether an answer may have no text to be judged. ``finish`` then decides what is left of it.
    parts : tuple of Prompt
        Further parts of a question that is too long for one. They are asked at the same time.
    join : callable or None
        Puts the answers to all parts together.
    missing : callable or None
        Returns a question about what an answer leaves open, which is asked once if there is time; None if nothing is.
    shows : bool
        Whether a client may follow the texts while they are written.
    translates : bool
        Whether the texts are the material in another language: they may share no word with it and repeat what it does.
    """

    prompt: Prompt
    output: type[D]
    max_output_tokens: int
    pieces: Callable[[D], Sequence[Piece]] | None
    finish: Callable[[Delivery[D]], Outcome]
    own_words: tuple[str, ...] = ()
    words_for: Callable[[str], Sequence[str]] | None = None
    limit: int | None = None
    room: Room | None = None
    longest: Callable[[str], int] | None = None
    speaks: bool = False
    language: str | None = None
    claims_nothing: Callable[[str], bool] | None = None
    whole: bool = False
    optional: bool = False
    parts: tuple[Prompt, ...] = ()
    join: Callable[[Sequence[D]], D] | None = None
    missing: Callable[[D], Prompt | None] | None = None
    shows: bool = False
    translates: bool = False


@dataclass(frozen=True, slots=True)
class Operation(Generic[R]):
    """An operation: an entry of the registry.

    Parameters
    ----------
    request : type
        Its request, whose ``operation`` lists its names.
    result : type
        Its result.
    plan : callable
        Plans the question to the model. What it raises is not charged.
    prompt_version : str
        Recorded with each call of a model. It changes whenever the words of the prompt change.
    instructions : tuple of str
        These words.
    errors : tuple of type
        What ``plan`` and ``finish`` may raise.
    always_task : bool
        Whether it takes so long that it is always answered with a task.
    """

    request: type[R]
    result: type[BaseModel]
    plan: Callable[[R, Context], Plan[Any]]
    prompt_version: str
    instructions: tuple[str, ...]
    errors: tuple[type[DomainError], ...] = ()
    always_task: bool = False

    @property
    def slug(self) -> str:
        """Its name in the registry."""
        return names_of(self.request)[0]

    @property
    def aliases(self) -> frozenset[str]:
        """Its other names."""
        return frozenset(names_of(self.request)[1:])
