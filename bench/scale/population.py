"""The people of a population, and the number of rows in each table. The SQL files derive the other rows."""

from __future__ import annotations

import json
import random
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from bench.scale import words
from bench.scale.documents import Person, between, one, posting, resume

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The database's limit per résumé.
MOST_VERSIONS: Final = 30
# Several users save the same advertisement.
JOBS_PER_POSTING: Final = 5
STATUSES: Final = ("saved", "saved", "saved", "applied", "applied", "interviewing", "rejected", "offered", "accepted")
DOMAIN: Final = "people.example"


@dataclass(frozen=True)
class Sizes:
    """Rows per table.

    Factor 1 is a product with 10,000 users. Usage events are assumed to be two for every five model calls.
    """

    users: int
    resumes: int
    versions: int
    jobs: int
    analyses: int
    usage_events: int
    ai_usage: int

    @classmethod
    def of(cls, factor: float) -> Self:
        """Return the sizes at a factor.

        Raises
        ------
        ValueError
            The factor is not above 0, or above 100, where keys could collide.
        """
        if not 0 < factor <= 100:  # noqa: PLR2004 - the message states it
            raise ValueError(f"the factor must be above 0 and at most 100, not {factor}")
        users, resumes, versions, jobs, analyses, events, calls = (
            max(1, round(figure * factor)) for figure in (10_000, 30_000, 150_000, 50_000, 100_000, 200_000, 500_000)
        )
        return cls(users, resumes, versions, jobs, analyses, events, calls)


@dataclass(frozen=True)
class Plan:
    """A plan of the catalogue. A `max_resumes` of -1 means unlimited."""

    slug: str
    max_resumes: int
    is_default: bool


@dataclass(frozen=True)
class Member:
    """A user: the person, their plan, how many days ago they signed up, and how many résumés they have."""

    id: uuid.UUID
    person: Person
    plan: str
    age: float
    resumes: int


class Population:
    """The rows of a population that Python generates.

    Parameters
    ----------
    sizes
        Rows per table.
    seed
        The same seed gives the same people and documents; times are relative to the time of loading.
    plans
        Plans of the catalogue, including the default one.
    """

    def __init__(self, sizes: Sizes, seed: int, plans: Sequence[Plan]) -> None:
        self.sizes = sizes
        self.seed = seed
        rng = self._rng("members")
        default = next(plan for plan in plans if plan.is_default)
        paid = [plan for plan in plans if not plan.is_default] or [default]
        # A few users have many résumés, most have one or two.
        shares = [rng.lognormvariate(0, 0.7) for _ in range(sizes.users)]
        counts = Counter(rng.choices(range(sizes.users), shares, k=sizes.resumes))
        self.members = [self._member(rng, number, counts[number], default, paid) for number in range(sizes.users)]
        self.shares = shares

    def _rng(self, purpose: str) -> random.Random:
        return random.Random(f"{self.seed} {purpose}")  # noqa: S311 - no secret

    @staticmethod
    def _member(rng: random.Random, number: int, resumes: int, default: Plan, paid: Sequence[Plan]) -> Member:
        first, last = one(rng, words.FIRST_NAMES), one(rng, words.LAST_NAMES)
        address = f"{first}.{last}.{number}@{DOMAIN}".lower().replace("'", "")
        person = Person(first, last, address, one(rng, words.CITIES), one(rng, words.TRACKS))
        # Users with more résumés than the free plan allows pay, and one in ten of the others.
        pays = 0 <= default.max_resumes < resumes or rng.random() < 0.1  # noqa: PLR2004
        fitting = [plan for plan in paid if not 0 <= plan.max_resumes < resumes] or [default]
        return Member(
            id=_uuid(rng),
            person=person,
            plan=(one(rng, fitting) if pays else default).slug,
            age=90 + rng.random() * 600,
            resumes=resumes,
        )

    def users(self) -> Iterator[tuple[Any, ...]]:
        """Yield (n, id, email, first name, last name, location, job title, plan, days since sign-up)."""
        rng = self._rng("users")
        for number, member in enumerate(self.members):
            person = member.person
            yield (
                number,
                member.id,
                person.email,
                person.first_name,
                person.last_name,
                person.location,
                one(rng, person.track.roles),
                member.plan,
                member.age,
            )

    def versions(self) -> list[int]:
        """Return the number of versions of each résumé, from one to MOST_VERSIONS."""
        rng = self._rng("versions")
        counts = [1] * self.sizes.resumes
        left = min(self.sizes.versions, MOST_VERSIONS * self.sizes.resumes) - self.sizes.resumes
        while left > 0:
            index = int(rng.random() ** 1.6 * len(counts))  # uneven, as in reality
            if counts[index] < MOST_VERSIONS:
                counts[index] += 1
                left -= 1
        rng.shuffle(counts)
        return counts

    def resumes(self) -> Iterator[tuple[Any, ...]]:
        """Yield (n, id, user's n, title, content as JSON, status, versions, days since made, edited, binned).

        `edited` is the share of those days since the last edit.
        """
        rng = self._rng("resumes")
        versions = self.versions()
        number = 0
        for owner, member in enumerate(self.members):
            for _ in range(member.resumes):
                content = resume(rng, member.person)
                chance = rng.random()
                yield (
                    number,
                    _uuid(rng),
                    owner,
                    f"{content['personalInfo']['headline']} {between(rng, 2022, 2026)}",
                    json.dumps(content, ensure_ascii=False),
                    "published" if chance < 0.25 else "archived" if chance < 0.35 else "draft",  # noqa: PLR2004
                    versions[number],
                    # Some are younger than 85 days, so that analyses of the last months have résumés.
                    rng.random() * member.age,
                    rng.random(),
                    rng.random() < 0.04,  # noqa: PLR2004 - share in the bin
                )
                number += 1

    def postings(self) -> Iterator[tuple[Any, ...]]:
        """Yield (n, title, company, description, location, salary, employment type, extracted data, address)."""
        rng = self._rng("postings")
        for number in range(self._postings):
            job = posting(rng, number)
            yield (number, *job[:6], json.dumps(job.extracted_data), job.source_url)

    @property
    def _postings(self) -> int:
        return max(1, self.sizes.jobs // JOBS_PER_POSTING)

    def jobs(self) -> Iterator[tuple[Any, ...]]:
        """Yield (n, id, user's n, posting's n, status, share of the user's age since it was saved, binned)."""
        rng = self._rng("jobs")
        owners = rng.choices(range(self.sizes.users), self.shares, k=self.sizes.jobs)
        for number, owner in enumerate(owners):
            yield (
                number,
                _uuid(rng),
                owner,
                # Many users save the same few advertisements.
                int(rng.random() ** 2 * self._postings),
                one(rng, STATUSES),
                rng.random(),
                rng.random() < 0.03,  # noqa: PLR2004 - share in the bin
            )


def _uuid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)
