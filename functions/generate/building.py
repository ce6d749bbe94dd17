"""What a model wrote of a whole résumé, put into what is stated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, StringConstraints

from functions._shared.domain.errors import AnswerNotGrounded, ModelAnswerInvalid
from functions._shared.domain.language.function_words import NEGATIONS
from functions._shared.domain.language.output_filter import fault
from functions._shared.domain.language.words import Phrases, folded_words, sentences
from functions._shared.domain.metering import OFFLINE
from functions._shared.domain.resume.field_types import MAX_ITEMS, MAX_LINE, MAX_LONG, MAX_SHORT
from functions.generate.plan import Draft, Piece
from functions.generate.quotes import FUNCTION, Advertisement
from functions.generate.review import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from functions._shared.domain.resume.content import ResumeContent
    from functions.generate.plan import Delivery

MAX_JOBS: Final = 12
"""Jobs for which bullets are written, the newest first."""

Bullets = Annotated[list[Annotated[str, StringConstraints(max_length=MAX_LINE)]], Field(max_length=20)]


class DraftedJob(Draft):
    """Bullets of a stated job."""

    job: int
    bullets: Bullets


class DraftedNewJob(Draft):
    """A job that an answer tells of."""

    employer: Annotated[str, StringConstraints(max_length=MAX_SHORT)]
    title: Annotated[str, StringConstraints(max_length=MAX_SHORT)]
    from_year: str
    to_year: str
    quote: Annotated[str, StringConstraints(max_length=MAX_LINE)]
    bullets: Bullets


class FullResumeDraft(Draft):
    """The model's answer."""

    summary: Annotated[str, StringConstraints(max_length=MAX_LONG)]
    jobs: Annotated[list[DraftedJob], Field(max_length=100)]
    new_jobs: Annotated[list[DraftedNewJob], Field(max_length=20)]


class WrittenText(BaseModel):
    """A text that a model wrote.

    Attributes
    ----------
    path : str
        JSON Pointer in the new résumé.
    text : str
        As it stands there.
    verdict : str
        ``supported``, or ``unverified``: to be confirmed by the user.
    sources : list of str
        The user's own lines that it rests on. Of the answers only the sentence that states a new job is quoted.
    """

    path: str
    text: str
    verdict: Literal["supported", "unverified"]
    sources: list[str]


@dataclass(frozen=True)
class Building:
    """Puts what a model wrote into what is stated.

    Parameters
    ----------
    stated : ResumeContent
        The résumé without a model.
    answers : sequence of str
        The user's words.
    most : int
        Bullets of a job.
    """

    stated: ResumeContent
    answers: Sequence[str]
    most: int

    def words_for(self, entry: str) -> list[str]:
        """Return the answers that may be about a job: those that name its employer, or none of another job."""
        named = [job.company or "" for job in self.stated.experience]
        number = int(entry.rpartition("/")[2])
        own = named[number] if number < len(named) else ""
        others = [name for name in named if name and _name(name) != _name(own)]
        return [
            answer
            for answer, said in ((each, Phrases(each)) for each in self.answers)
            if (own and said.has(own)) or not any(said.has(name) for name in others)
        ]

    def jobs(self, draft: FullResumeDraft) -> dict[int, list[str]]:
        """Return the written bullets by the number of their job, those of new jobs behind the stated ones."""
        known = len(self.stated.experience)
        found: dict[int, list[str]] = {}
        for each in draft.jobs:
            if 0 <= each.job < min(known, MAX_JOBS) and each.job not in found:
                found[each.job] = each.bullets
        found.update((known + n, each.bullets) for n, each in enumerate(self.new_jobs(draft)))
        return {n: list(dict.fromkeys(lines))[: self.most] for n, lines in found.items()}

    def new_jobs(self, draft: FullResumeDraft) -> list[DraftedNewJob]:
        """Return the jobs whose employer and title one sentence of an answer states."""
        known = {(_name(job.company), _name(job.role)) for job in self.stated.experience}
        found: list[DraftedNewJob] = []
        for each in draft.new_jobs[: max(0, MAX_ITEMS - len(self.stated.experience))]:
            named = (_name(each.employer), _name(each.title))
            if named not in known and self._states(each):
                known.add(named)
                found.append(each)
        return found

    @cached_property
    def _stating(self) -> list[Advertisement]:
        """The sentences of the answers that negate nothing."""
        said = [sentence for answer in self.answers for sentence in sentences(answer)]
        return [Advertisement(sentence) for sentence in said if not _negated(sentence)]

    def _states(self, job: DraftedNewJob) -> bool:
        said, names = Phrases(job.quote), (job.employer, job.title)
        return (
            all(said.has(name) and not FUNCTION.issuperset(folded_words(name)) for name in names)
            and any(sentence.find(job.quote, job.quote, names=True) for sentence in self._stating)
            and fault(list(names), rules="", material=job.quote) is None
        )

    def pieces(self, draft: FullResumeDraft) -> list[Piece]:
        """Return what is judged: all that is not the user's own line."""
        found = [Piece(draft.summary, key="/summary")] if draft.summary.strip() else []
        return found + [
            Piece(line, key=f"/experience/{n}/bullets/{place}", line=True, entry=f"/experience/{n}")
            for n, lines in self.jobs(draft).items()
            for place, line in enumerate(lines)
            if tidy(line, line=True) not in self._own(n)
        ]

    def built(self, delivery: Delivery[FullResumeDraft]) -> tuple[dict[str, Any], list[WrittenText]]:
        """Build the content, and list what a model wrote in it.

        Raises
        ------
        AnswerNotGrounded
            Nothing of what was written is left.
        ModelAnswerInvalid
            Nothing was written.
        """
        # Free rules may leave all as it is stated; what a model is paid for has to be its work.
        if not delivery.pieces and delivery.model.provider != OFFLINE:
            reasons = [each.reason for each in delivery.grounding.removed]
            raise AnswerNotGrounded(reasons=reasons) if reasons else ModelAnswerInvalid("Nothing was written.")
        left = {piece.key: item for item, piece in enumerate(delivery.pieces)}
        content = self.stated.to_json()
        entries = content.setdefault("experience", [])
        added = self.new_jobs(delivery.draft)
        known = len(entries)
        entries += [_entry(each) for each in added]
        places = {"/summary": "/summary"} if "/summary" in left else {}
        if places:
            content["summary"] = delivery.pieces[left["/summary"]].text
        for n, lines in self.jobs(delivery.draft).items():
            kept: list[str] = []
            for place, line in enumerate(lines):
                key, own = f"/experience/{n}/bullets/{place}", tidy(line, line=True)
                if key in left:
                    places[key] = f"/experience/{n}/bullets/{len(kept)}"
                    kept.append(delivery.pieces[left[key]].text)
                elif own in self._own(n):
                    kept.append(own)
            if kept:
                if not entries[n].get("bullets"):
                    entries[n].pop("description", None)  # The bullets say it.
                entries[n]["bullets"] = kept
        texts = [self._written(delivery, item, places[piece.key]) for item, piece in enumerate(delivery.pieces)]
        # Behind the others, whose positions the judged sentences have.
        texts += [_told(each, f"/experience/{n}") for n, each in enumerate(added, known)]
        return content, texts

    def _own(self, n: int) -> set[str]:
        if n >= len(self.stated.experience):
            return set()
        job = self.stated.experience[n]
        return {tidy(line, line=True) for line in (*job.bullets, *sentences(job.description or ""))}

    def _written(self, delivery: Delivery[Any], item: int, path: str) -> WrittenText:
        said = [each for each in delivery.grounding.sentences if each.item == item]
        pointers = dict.fromkeys(pointer for each in said for pointer in each.evidence)
        return WrittenText(
            path=path,
            text=delivery.pieces[item].text,
            verdict="supported" if all(each.verdict == "supported" for each in said) else "unverified",
            sources=[line for pointer in pointers if (line := _line(self.stated.to_json(), pointer))],
        )


def _name(text: str | None) -> str:
    """Return a name as it is compared."""
    return " ".join(folded_words(text or "")) or " ".join((text or "").casefold().split())


def _negated(sentence: str) -> bool:
    return any(word in NEGATIONS or word.endswith("n't") for word in folded_words(sentence))


def _told(job: DraftedNewJob, path: str) -> WrittenText:
    """Return a job that an answer tells of, for the user to confirm."""
    text = ", ".join(" ".join(name.split()) for name in (job.title, job.employer))
    return WrittenText(path=path, text=text, verdict="unverified", sources=[job.quote])


def _entry(job: DraftedNewJob) -> dict[str, Any]:
    said = set(re.findall(r"\b(?:19|20)\d\d\b", job.quote))
    years = {"startDate": job.from_year, "endDate": job.to_year}
    if said.issuperset(years.values()) and job.from_year > job.to_year:
        years = {}
    return {
        "company": " ".join(job.employer.split()),
        "role": " ".join(job.title.split()),
        **{key: year for key, year in years.items() if year in said},
    }


def _line(node: Any, pointer: str) -> str:  # noqa: ANN401 - any JSON
    """Return the text at a place; of an entry, what it is."""
    for step in pointer.split("/")[1:]:
        node = node[int(step)] if isinstance(node, list) else node[step]
    if isinstance(node, dict):
        named = ("role", "degree", "name", "title", "language", "company", "institution", "organization")
        return ", ".join(node[key] for key in named if isinstance(node.get(key), str))
    return node if isinstance(node, str) else ""
