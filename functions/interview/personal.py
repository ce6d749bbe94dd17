"""Questions that are made from this résumé and this job: about what they say, and about what they do not say."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from functions._shared.domain.grounding.terms import gaps, listed_terms
from functions._shared.domain.language.injection import gives_orders
from functions._shared.domain.language.invisible import visible
from functions._shared.domain.language.output_filter import forbidden
from functions._shared.domain.language.words import Phrases
from functions._shared.domain.resume.plain_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from functions._shared.domain.resume.content import Experience, ResumeContent
    from functions.interview.bank import Kind

LONGEST_QUOTE: Final = 180
_JOBS: Final = 4
"""Of a résumé, the latest: nobody asks about the ninth."""
_FIGURE: Final = re.compile(r"\d")
_VAGUE: Final = re.compile(
    r"^\W*(?:responsible for|helped|assisted|worked (?:on|with)|involved in|participated|supported|various|in charge of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to ask.

    Parameters
    ----------
    id : str
        Where it comes from; the same for the same cause.
    kind, topic, text
        As in the bank.
    about : str or None
        JSON pointer to the place of the résumé that it is about.
    follows_up : bool
        Whether it follows up on the answer before.
    """

    id: str
    kind: Kind
    topic: str
    text: str
    about: str | None = None
    follows_up: bool = False

    def details(self) -> dict[str, Any]:
        """Return what is kept with the question."""
        known = {"id": self.id, "kind": self.kind, "topic": self.topic, "about": self.about}
        found: dict[str, Any] = {key: value for key, value in known.items() if value is not None}
        return {**found, "follows_up": True} if self.follows_up else found


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of the candidate and of the job."""

    resume: ResumeContent | None = None
    job_title: str | None = None
    company: str | None = None
    job_description: str | None = None
    role: str | None = None

    @property
    def title(self) -> str | None:
        """The role to interview for."""
        return self.job_title or self.role

    @property
    def latest(self) -> Experience | None:
        """The job that the candidate has, or had last."""
        return self.resume.experience[0] if self.resume and self.resume.experience else None


_OPENINGS: Final[dict[str, dict[str, str]]] = json.loads(
    (Path(__file__).parent / "data" / "openings.json").read_text(encoding="utf-8")
)
"""The first question in other languages than English: with a job, with a title, with neither."""


def opening(known: Background, language: str = "en") -> Asked:
    """Make the first question."""
    work = known.latest
    place = _place(work)
    title = _quoted(known.title)
    if language in _OPENINGS:
        texts = _OPENINGS[language]
        role, company = (_quoted(work.role), _quoted(work.company)) if work else (None, None)
        place = ", ".join(each for each in (role, company) if each) if role else None
        chosen = texts["place" if place else "title" if title else "plain"].format(place=place, title=title)
        return Asked("opening", "behavioural", "opening", chosen, "/experience/0" if place else None)
    if place and title:
        verb = "work" if work and work.is_current else "worked"
        again = (
            "this interview is for the same role elsewhere"
            if _same(work, title)
            else f"this interview is for the position of {title}"
        )
        text = f"You {verb} as {place}, and {again}. Which part of your work there has prepared you best for it?"
    elif place:
        text = f"Tell me about your work as {place}. What were you responsible for, and what changed because of you?"
    elif title:
        text = f"Why {title}, and why now? Answer with something that you have done."
    else:
        text = "Tell me in two minutes what you do, and one result of it that you are proud of."
    return Asked("opening", "behavioural", "opening", text, "/experience/0" if place else None)


def personal_questions(known: Background) -> list[Asked]:
    """Make the questions about this résumé and this job, the best of each kind first."""
    found = [*_claims(known), *_shared_skills(known), *_missing_skills(known)]
    return [each for each in found if not gives_orders(each.text)]


def resume_questions(known: Background) -> list[Asked]:
    """Make the questions that a résumé leaves open: what is vague, has no result or is not there at all."""
    return [each for each in _open_points(known.resume) if not gives_orders(each.text)] if known.resume else []


def _same(work: Experience | None, title: str) -> bool:
    return work is not None and (work.role or "").strip().casefold() == title.casefold()


def _place(work: Experience | None) -> str | None:
    role, company = (_quoted(work.role), _quoted(work.company)) if work else (None, None)
    return f"{role} at {company}" if role and company else role


def _quoted(text: str | None, limit: int = 80) -> str | None:
    """Return a text of the user as a question may repeat it; None if it is empty, talks to machines or has markup or a link."""
    plain = " ".join(visible(text or "").split())
    if not plain or gives_orders(plain) or forbidden(plain) or "://" in plain:
        return None
    return plain if len(plain) <= limit else plain[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _claims(known: Background) -> Iterator[Asked]:
    """Ask about achievements that the résumé claims with a figure."""
    for number, work in enumerate(known.resume.experience[:_JOBS] if known.resume else []):
        for line, bullet in enumerate(work.bullets):
            if _FIGURE.search(bullet) and (claim := _quoted(bullet, LONGEST_QUOTE)):
                yield Asked(
                    f"claim:/experience/{number}/bullets/{line}",
                    "behavioural",
                    f"claim-{number}",
                    f"Your résumé says: “{claim}” Take me through it: where did it start, what did you do yourself, and what came of it?",
                    f"/experience/{number}/bullets/{line}",
                )
                break


def _shared_skills(known: Background) -> Iterator[Asked]:
    text = plain_text(known.resume) if known.resume else ""
    if not text:
        return
    missing = set(gaps(known.job_description or "", text))
    for name in _asked_skills(known):
        if name not in missing:
            yield Asked(
                f"skill:{name}",
                "technical",
                f"skill-{name}",
                f"The job asks for {name}, and your résumé has it. Tell me about the piece of work that shows it best: "
                "what was hard about it, and what did you do?",
            )


def _missing_skills(known: Background) -> Iterator[Asked]:
    if known.resume is None:
        return
    listed = _asked_skills(known)
    for name in gaps(known.job_description or "", plain_text(known.resume)):
        if name in listed:
            yield Asked(
                f"gap:{name}",
                "situational",
                f"skill-{name}",
                f"The job asks for {name}, which your résumé does not mention. What have you done that comes closest, and how "
                "would you become useful with it in your first month?",
            )


def _asked_skills(known: Background) -> list[str]:
    """List the skills of the vocabulary that the job asks for; a word of the company's name is none."""
    company = Phrases(known.company or "")
    terms = listed_terms(known.job_description or "")
    return list(dict.fromkeys(term.names[0] for term in terms if term.kind == "skill" and not company.has(term.text)))


def _open_points(resume: ResumeContent) -> Iterator[Asked]:
    for number, work in enumerate(resume.experience[:_JOBS]):
        place = _place(work) or f"your job number {number + 1}"
        pointer = f"/experience/{number}"
        if not work.bullets and not work.description:
            yield Asked(
                f"empty:{pointer}",
                "behavioural",
                pointer,
                f"Your résumé does not say what you did as {place}. Tell me about one thing that you achieved there: what was "
                "the situation, what did you do, and what came of it?",
                pointer,
            )
        for line, bullet in enumerate(work.bullets):
            claim = _quoted(bullet, LONGEST_QUOTE)
            if not claim or _FIGURE.search(bullet):
                continue
            if _VAGUE.search(bullet):
                ask = "What exactly did you do yourself, and what came of it?"
            else:
                ask = "What was different afterwards? If you can, give me a number: before, after, how many, how often."
            yield Asked(
                f"vague:{pointer}/bullets/{line}",
                "behavioural",
                f"{pointer}/bullets/{line}",
                f"About your time as {place} your résumé says: “{claim}” {ask}",
                f"{pointer}/bullets/{line}",
            )
        if not work.startDate:
            yield Asked(
                f"dates:{pointer}",
                "situational",
                f"dates-{number}",
                f"Your résumé does not say when you worked as {place}. When was it, and why did you come and go?",
                pointer,
            )
    if not (resume.summary or "").strip():
        yield Asked(
            "summary",
            "behavioural",
            "summary",
            "Your résumé has no summary. In two or three sentences: what are you, and what is the best proof of it?",
            "/summary",
        )
