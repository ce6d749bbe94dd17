"""Résumés and job advertisements of about 5 KB that read like real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from bench.scale import words

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

T = TypeVar("T")
THIS_YEAR: Final = 2026


class Person(NamedTuple):
    """The subject of a document."""

    first_name: str
    last_name: str
    email: str
    location: str
    track: words.Track

    @property
    def name(self) -> str:
        """Full name."""
        return f"{self.first_name} {self.last_name}"


def one(rng: random.Random, of: Sequence[T]) -> T:
    """Return a random item, in a fifth of the time of `Random.choice`."""
    return of[int(rng.random() * len(of))]


def between(rng: random.Random, least: int, most: int) -> int:
    """Return an integer from least to most, both included, in a fifth of the time of `Random.randint`."""
    return least + int(rng.random() * (most - least + 1))


def company(rng: random.Random) -> str:
    """Return the name of an invented company."""
    return f"{one(rng, words.COMPANY_HEADS)} {one(rng, words.COMPANY_TAILS)}"


def _line(rng: random.Random, track: words.Track, template: str) -> str:
    return template.format(
        skill=one(rng, track.skills),
        thing=one(rng, track.things),
        number=3 + int(rng.random() * 37),
        percent=8 + int(rng.random() * 80),
        people=2 + int(rng.random() * 18),
    )


def _lines(rng: random.Random, track: words.Track, least: int, most: int) -> list[str]:
    return [_line(rng, track, one(rng, track.lines)) for _ in range(between(rng, least, most))]


def _identifier(rng: random.Random) -> str:
    return f"{rng.getrandbits(64):016x}"


def _experience(rng: random.Random, track: words.Track) -> list[dict[str, Any]]:
    entries = []
    end = THIS_YEAR * 12 + 9 - between(rng, 0, 6)
    for index in range(between(rng, 3, 4)):
        start = end - between(rng, 12, 54)
        entries.append(
            {
                "id": _identifier(rng),
                "company": company(rng),
                "role": one(rng, track.roles),
                "location": one(rng, words.CITIES),
                "startDate": f"{start // 12}-{start % 12 + 1:02}",
                "endDate": "Present" if index == 0 else f"{end // 12}-{end % 12 + 1:02}",
                "description": " ".join(_line(rng, track, one(rng, words.DUTIES)) for _ in range(2)),
                "bullets": _lines(rng, track, 4, 6),
                "technologies": sorted({one(rng, track.skills) for _ in range(5)}),
            }
        )
        end = start - between(rng, 0, 4)
    return entries


def summary(rng: random.Random, track: words.Track) -> str:
    """Return the paragraph at the head of a résumé."""
    first, second, third = (one(rng, track.skills) for _ in range(3))
    return one(rng, words.SUMMARIES).format(
        role=one(rng, track.roles),
        thing=one(rng, track.things),
        first=first,
        second=second,
        third=third,
        number=between(rng, 3, 20),
        people=between(rng, 5, 12),
    )


def resume(rng: random.Random, person: Person) -> dict[str, Any]:
    """Return a résumé's content (docs/resume-content.md) for a person.

    Parameters
    ----------
    rng
        The same state gives the same document.
    person
        The résumé's owner.
    """
    track = person.track
    graduated = THIS_YEAR - between(rng, 8, 22)
    handle = f"{person.first_name}-{person.last_name}".lower().replace("'", "")
    content = {
        "personalInfo": {
            "name": person.name,
            "headline": one(rng, track.roles),
            "email": person.email,
            "phone": f"+1 555 {between(rng, 200, 999)} {between(rng, 1000, 9999)}",
            "location": person.location,
            "linkedin": f"https://www.linkedin.com/in/{handle}",
        },
        "summary": summary(rng, track),
        "experience": _experience(rng, track),
        "education": [
            {
                "id": _identifier(rng),
                "institution": f"{one(rng, words.CITIES).split(',')[0]} {one(rng, words.SCHOOLS)}",
                "degree": one(rng, track.degrees),
                "startDate": str(graduated - 4),
                "endDate": str(graduated),
            }
        ],
        "skills": {
            "technical": rng.sample(track.skills, between(rng, 8, len(track.skills) - 2)),
            "soft": rng.sample(words.SOFT_SKILLS, between(rng, 3, 6)),
        },
        "projects": [
            {
                "id": _identifier(rng),
                "name": f"{one(rng, words.COMPANY_HEADS)} {one(rng, track.things).removeprefix('the ')}",
                "description": _line(rng, track, one(rng, words.DUTIES)),
                "bullets": _lines(rng, track, 1, 3),
                "technologies": sorted({one(rng, track.skills) for _ in range(3)}),
            }
            for _ in range(between(rng, 1, 3))
        ],
        "languages": [
            {"language": language, "fluency": one(rng, words.FLUENCY)}
            for language in rng.sample(words.LANGUAGES, between(rng, 1, 3))
        ],
    }
    if rng.random() < 0.6:  # noqa: PLR2004 - share with a certification
        content["certifications"] = [
            {
                "id": _identifier(rng),
                "name": one(rng, track.certifications),
                "date": f"{between(rng, graduated, THIS_YEAR)}",
            }
        ]
    return content


class Posting(NamedTuple):
    """A job advertisement, which many users may save."""

    title: str
    company: str
    description: str
    location: str
    salary_range: str | None
    employment_type: str
    extracted_data: dict[str, Any]
    source_url: str


def posting(rng: random.Random, number: int) -> Posting:
    """Return a job advertisement.

    Parameters
    ----------
    rng
        The same state gives the same document.
    number
        Number in its URL.
    """
    track = one(rng, words.TRACKS)
    role, employer, city = one(rng, track.roles), company(rng), one(rng, words.CITIES)
    required = rng.sample(track.skills, 6)
    preferred = [skill for skill in rng.sample(track.skills, 6) if skill not in required]
    duties = [_line(rng, track, duty) for duty in rng.sample(words.DUTIES, 7)]
    about = words.ABOUT_COMPANY.format(
        company=employer,
        city=city.split(",", maxsplit=1)[0],
        role=role,
        thing=one(rng, track.things),
        number=between(rng, 4, 60),
        people=between(rng, 3, 30),
    )
    years = between(rng, 2, 8)
    sections = (
        f"{role} at {employer}",
        about,
        "What you will do\n" + "\n".join(f"- {duty}" for duty in duties),
        "What you have done before\n" + "\n".join(f"- {line}." for line in _lines(rng, track, 6, 9)),
        f"What you bring\n- {years} years or more as a {role} or in a similar position\n"
        f"- {one(rng, track.degrees)} or the like\n"
        + "\n".join(f"- Experience with {skill}" for skill in required)
        + "\n"
        + "\n".join(f"- {skill} is a plus" for skill in preferred),
        "What we offer\n" + "\n".join(f"- {perk}" for perk in rng.sample(words.PERKS, 5)),
        words.EQUAL_CHANCES,
    )
    low = between(rng, 40, 140)
    return Posting(
        title=role,
        company=employer,
        description="\n\n".join(sections),
        location=city,
        salary_range=f"${low},000 - ${low + between(rng, 10, 50)},000" if rng.random() < 0.7 else None,  # noqa: PLR2004
        employment_type=one(rng, ("Full-time", "Full-time", "Full-time", "Part-time", "Contract")),
        extracted_data={
            "requiredSkills": required,
            "preferredSkills": preferred,
            "requiredExperience": f"{years} years",
            "responsibilities": duties,
            "keywords": required + preferred,
        },
        source_url=f"https://jobs.example.com/{number}",
    )
