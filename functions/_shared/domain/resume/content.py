"""The models of résumé content: what clients store, language models read and exports render.

``docs/resume-content.md`` describes them for people; `content_rules` returns them as data. Attributes have the names
of the JSON keys (hence N815): unknown keys are kept, so ``start_date`` may be a key of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, model_validator

from functions._shared.domain.errors import ContentInvalid
from functions._shared.domain.resume.field_types import (
    MAX_ITEMS,
    MAX_SHORT,
    PRESENT,
    Date,
    Id,
    Lines,
    Long,
    Short,
    Shorts,
    SkillList,
    Url,
    check_storable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def _short(*aliases: str) -> Any:  # noqa: ANN401 - pydantic's Field has no better type either
    """Build an optional `Short` field: the first name is canonical, the others are accepted on reading."""
    return Field(default=None, validation_alias=AliasChoices(*aliases))


class Part(BaseModel):
    """Base of every object in a résumé.

    Attributes
    ----------
    extra : dict or None
        Data of other formats that has no field here. It is kept as it is (see `json_resume`).
    """

    # Validators are built on first use: a request that is refused with 401 does not pay for them.
    model_config = ConfigDict(extra="allow", defer_build=True)

    extra: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _unused_aliases_fit(self) -> Part:
        """Apply the same limit to an alias that stands beside its canonical key, as the database does."""
        extras = self.model_extra or {}
        for field in type(self).model_fields.values():
            alias = field.validation_alias
            for key in alias.choices if isinstance(alias, AliasChoices) else ():
                value = extras.get(key) if isinstance(key, str) else None
                if value is not None and not (isinstance(value, str) and len(value) <= MAX_SHORT):
                    raise ValueError(f"{key} must be text of at most {MAX_SHORT} characters")
        return self

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object, with canonical keys and without fields that were never set."""
        return self.model_dump(mode="json", exclude_unset=True)


class Item(Part):
    """Base of the objects in a section's list. The client sets ``id``; it is never changed here."""

    id: Id | None = None


class Address(Part):
    """A postal address in parts, as in JSON Resume."""

    address: Short | None = None
    postalCode: Short | None = None  # noqa: N815
    city: Short | None = None
    countryCode: Short | None = None  # noqa: N815
    region: Short | None = None


class Profile(Part):
    """An account on a social or professional network."""

    network: Short | None = None
    username: Short | None = None
    url: Url | None = None


class PersonalInfo(Part):
    """Name and contact details. Never written by a language model."""

    name: Short | None = _short("name", "fullName")
    headline: Short | None = _short("headline", "label", "jobTitle")
    email: Short | None = None
    phone: Short | None = None
    location: Short | None = _short("location", "city")
    address: Address | None = None
    website: Url | None = None
    linkedin: Url | None = None
    github: Url | None = None
    image: Url | None = None
    profiles: Annotated[list[Profile], Field(max_length=MAX_ITEMS)] = []


class Span(Item):
    """An item with a start and an end date. A start without an end means that it is ongoing."""

    startDate: Date | None = None  # noqa: N815
    endDate: Date | None = None  # noqa: N815

    @property
    def is_current(self) -> bool:
        """Whether the item has started and not ended."""
        return bool(self.startDate) and (not self.endDate or self.endDate.capitalize() == PRESENT)


class Experience(Span):
    """A job. ``description`` is about the job, ``companyDescription`` about the employer."""

    company: Short | None = _short("company", "employer")
    role: Short | None = _short("role", "title", "position", "jobTitle")
    location: Short | None = None
    description: Long | None = None
    companyDescription: Long | None = None  # noqa: N815
    url: Url | None = None
    bullets: Lines = []
    technologies: Shorts = []


class Education(Span):
    """A course of study: ``degree`` (Bachelor) in ``area`` (Physics) at ``institution``."""

    institution: Short | None = _short("institution", "school", "university")
    degree: Short | None = _short("degree", "studyType")
    area: Short | None = _short("area", "field", "fieldOfStudy", "major")
    location: Short | None = None
    score: Short | None = _short("score", "gpa", "grade")
    url: Url | None = None
    courses: Shorts = []


class Project(Span):
    """A project, of one's own or for an ``entity``."""

    name: Short | None = _short("name", "title")
    description: Long | None = None
    bullets: Lines = []
    technologies: Shorts = []
    roles: Shorts = []
    entity: Short | None = None
    type: Short | None = None
    url: Url | None = None


class Volunteer(Span):
    """Unpaid work."""

    organization: Short | None = _short("organization", "organisation", "company")
    role: Short | None = _short("role", "title", "position")
    location: Short | None = None
    description: Long | None = None
    bullets: Lines = []
    url: Url | None = None


class Certification(Item):
    """A certificate."""

    name: Short | None = _short("name", "title")
    issuer: Short | None = None
    date: Date | None = None
    url: Url | None = None


class Award(Item):
    """An award."""

    title: Short | None = _short("title", "name")
    awarder: Short | None = _short("awarder", "issuer")
    date: Date | None = None
    summary: Long | None = None


class Publication(Item):
    """A publication."""

    name: Short | None = _short("name", "title")
    publisher: Short | None = None
    date: Date | None = None
    url: Url | None = None
    summary: Long | None = None


class Language(Item):
    """A language and how well it is spoken."""

    language: Short | None = _short("language", "name")
    fluency: Short | None = _short("fluency", "level", "proficiency")


class Interest(Item):
    """An interest."""

    name: Short | None = None
    keywords: Shorts = []


class Reference(Item):
    """A recommendation by another person."""

    name: Short | None = None
    reference: Long | None = None


class SkillGroup(Item):
    """Skills under a heading."""

    name: Short | None = None
    level: Short | None = None
    keywords: Shorts = []


class Skills(Part):
    """Flat lists for display, and the groups of an imported document, if it had any."""

    technical: SkillList = []
    soft: SkillList = []
    groups: Annotated[list[SkillGroup], Field(max_length=MAX_ITEMS)] = []


Activity = Experience | Project | Volunteer
"""Work of any kind, described in a paragraph and in bullets."""


class ResumeContent(Part):
    """A complete résumé. An empty one is valid: writing it may only have begun."""

    personalInfo: PersonalInfo = PersonalInfo()  # noqa: N815
    summary: Long | None = None
    experience: Annotated[list[Experience], Field(max_length=MAX_ITEMS)] = []
    education: Annotated[list[Education], Field(max_length=MAX_ITEMS)] = []
    skills: Skills = Skills()
    projects: Annotated[list[Project], Field(max_length=MAX_ITEMS)] = []
    certifications: Annotated[list[Certification], Field(max_length=MAX_ITEMS)] = []
    languages: Annotated[list[Language], Field(max_length=MAX_ITEMS)] = []
    awards: Annotated[list[Award], Field(max_length=MAX_ITEMS)] = []
    volunteer: Annotated[list[Volunteer], Field(max_length=MAX_ITEMS)] = []
    publications: Annotated[list[Publication], Field(max_length=MAX_ITEMS)] = []
    interests: Annotated[list[Interest], Field(max_length=MAX_ITEMS)] = []
    references: Annotated[list[Reference], Field(max_length=MAX_ITEMS)] = []


def parse_content(value: Mapping[str, Any]) -> ResumeContent:
    """Parse stored or received content.

    Parameters
    ----------
    value : mapping
        The JSON object.

    Returns
    -------
    ResumeContent
        The same data under canonical names.

    Raises
    ------
    ContentInvalid
        It breaks a rule of ``docs/resume-content.md``; ``extra["errors"]`` has the JSON pointer and a message for
        each error, never the text itself.
    """
    check_storable(value)
    try:
        return ResumeContent.model_validate(value)
    except ValidationError as error:
        errors = [
            {"pointer": "".join(f"/{step}" for step in fault["loc"]), "message": fault["msg"]}
            for fault in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise ContentInvalid(errors=errors[:20]) from None
