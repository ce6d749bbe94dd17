"""The plan of an interview: which questions it will ask, chosen by rules. The same input gives the same questions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions.interview.bank import bank
from functions.interview.personal import Asked, opening, personal_questions, resume_questions
from functions.interview.roles import GENERAL, LEADERSHIP, family_of, level_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from functions.interview.bank import BankQuestion, Kind, Level
    from functions.interview.personal import Background

_KINDS: Final[tuple[Kind, ...]] = ("behavioural", "technical", "situational")
"""In turn, so that every kind comes up."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an interview is to be about.

    Parameters
    ----------
    known : Background
        The candidate and the job.
    specialty : str or None
        Of the interviewer.
    count : int
        How many questions.
    seed : str
        Decides between questions that suit equally well.
    asked_before : frozenset of str
        Ids of questions of earlier interviews, which come last.
    about_resume : bool
        Whether the résumé itself is the subject.
    language : str
        Language of the questions.
    """

    known: Background
    specialty: str | None
    count: int
    seed: str
    asked_before: frozenset[str] = frozenset()
    about_resume: bool = False
    language: str = "en"

    @property
    def level(self) -> Level:
        """The level of the job, or else of the candidate."""
        return level_of(self.known.title, self.known.latest.role if self.known.latest else None)

    def families(self) -> list[str]:
        """List the role families to ask about, the most important first."""
        latest = self.known.latest
        headline = self.known.resume.personalInfo.headline if self.known.resume else None
        role = family_of(self.known.title) or family_of(latest.role if latest else None, headline)
        if role is None and self.known.title:
            role = GENERAL  # A profession without questions of its own; those of the interviewer's are not its.
        found = [role, family_of(self.specialty), LEADERSHIP if self.level == "lead" else None]
        return list(dict.fromkeys(each for each in found if each)) or [GENERAL]


def plan(wanted: Wanted) -> list[Asked]:
    """Choose the questions of an interview, in order. None is asked twice, and no topic is."""
    # Questions from the words of a résumé and a job are made in English only.
    rest = personal_questions(wanted.known) if wanted.language == "en" else []
    if wanted.about_resume:
        first = resume_questions(wanted.known)[: wanted.count]
    else:
        first = [opening(wanted.known, wanted.language)]
    chosen: list[Asked] = list(first)
    pool = _Pool(wanted, rest)
    while len(chosen) < wanted.count:
        kind = _KINDS[len(chosen) % len(_KINDS)]
        chosen.append(pool.next(kind, chosen))
    return chosen


class _Pool:
    """The questions that are left, by kind and family, each in an order of its own for every interview."""

    def __init__(self, wanted: Wanted, personal: Sequence[Asked]) -> None:
        self._wanted = wanted
        self._personal = [each for each in personal if each.id not in wanted.asked_before]
        # Two of the role, one of anything else, one that fits everybody. What one must know, the role decides.
        families = wanted.families()
        others = families[1:] or families
        order = [families[0], *others, families[0], GENERAL]
        self._orders = dict.fromkeys(_KINDS, order) | {"technical": [families[0], families[0], GENERAL]}
        self._turns: dict[str, int] = {}
        self._was_personal: dict[str, bool] = {}

    def next(self, kind: Kind, chosen: Sequence[Asked]) -> Asked:
        """Take a question of a kind whose topic is new: by turns a personal one and one of the bank."""
        topics = {each.topic for each in chosen}
        mine = next((each for each in self._personal if each.kind == kind and each.topic not in topics), None)
        if mine is not None and not self._was_personal.get(kind):
            self._was_personal[kind] = True
            self._personal.remove(mine)
            return mine
        self._was_personal[kind] = False
        turn = self._turns[kind] = self._turns.get(kind, -1) + 1
        order = self._orders[kind]
        preferred = order[(turn + _KINDS.index(kind)) % len(order)]
        found = next(self._candidates(kind, preferred, chosen, topics))
        return Asked(found.id, found.kind, found.topic, found.text)

    def _candidates(
        self, kind: Kind, preferred: str, chosen: Sequence[Asked], topics: Iterable[str]
    ) -> Iterator[BankQuestion]:
        """Yield the questions of the bank that may come next, the best first. An old one is better than none."""
        ids, level = {each.id for each in chosen}, self._wanted.level
        free = [each for each in bank(self._wanted.language) if each.id not in ids]
        families = [preferred, *(each for each in self._orders[kind] if each != preferred)]
        for is_strict in (True, False):
            for family in families:
                found = [
                    each
                    for each in free
                    if each.family == family
                    and (each.kind == kind or not is_strict)
                    and each.suits(level)
                    and (not is_strict or (each.topic not in topics and each.id not in self._wanted.asked_before))
                ]
                yield from sorted(found, key=self._rank)
        yield from sorted(free, key=self._rank)

    def _rank(self, question: BankQuestion) -> str:
        # A question for exactly this level comes before one for any.
        digest = hashlib.sha256(f"{self._wanted.seed}\n{question.id}".encode()).hexdigest()
        return ("1" if question.level == "any" else "0") + digest
