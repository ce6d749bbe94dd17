"""The input of the offline writer: the structured facts of a prompt, parsed once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from functions._shared.domain.language.injection import gives_orders
from functions._shared.domain.language.words import Phrases, fold
from functions._shared.domain.resume.content import Experience, ResumeContent, parse_content
from functions._shared.domain.resume.dates import Length, total, year_and_month

if TYPE_CHECKING:
    from datetime import date

    from functions._shared.ports.model import Prompt


@dataclass(frozen=True, slots=True)
class Brief:
    """One writing task, with the facts that the rules use.

    Parameters
    ----------
    operation : str
        Slug of the operation.
    content : ResumeContent
        The résumé; empty if there is none.
    job_title, company, job_description : str
        The job applied for; empty if there is none.
    notes : str
        The user's own words: notes, a transcript, an answer.
    text : str
        The text to work on, where there is one.
    facts : mapping
        All facts of the prompt, including those that only one operation uses.
    today : datetime.date
        The end date of current jobs.
    """

    operation: str
    content: ResumeContent
    job_title: str
    company: str
    job_description: str
    notes: str
    text: str
    facts: dict[str, Any]
    today: date

    @classmethod
    def of(cls, prompt: Prompt, today: date) -> Brief:
        """Read the facts of a prompt. Missing ones are taken from its data blocks."""
        facts = dict(prompt.facts)
        stored = facts.get("content")
        job = facts.get("job")
        job = job if isinstance(job, dict) else {}
        return cls(
            operation=prompt.operation,
            content=parse_content(stored) if isinstance(stored, dict) else ResumeContent(),
            job_title=_text(job.get("title")),
            company=_text(job.get("company")),
            job_description=_text(job.get("description")),
            notes=_text(facts.get("notes")) or prompt.data.get("notes", ""),
            text=_text(facts.get("text")) or prompt.data.get("text", ""),
            facts=facts,
            today=today,
        )

    @property
    def length(self) -> Length | None:
        """Length of the whole career."""
        return total(self.content.experience, self.today)

    def jobs(self) -> list[Experience]:
        """Jobs, current ones first, then the most recent."""

        def recency(job: Experience) -> tuple[bool, tuple[int, int], tuple[int, int]]:
            start, end = year_and_month(job.startDate), year_and_month(job.endDate)
            as_pair = [(date[0], date[1] or 0) if date else (0, 0) for date in (end, start)]
            return job.is_current, as_pair[0], as_pair[1]

        # Sorting is stable: where dates are missing, the order of the résumé holds.
        return sorted(self.content.experience, key=recency, reverse=True)

    def skills(self) -> list[str]:
        """Return the listed skills, those that the job asks for first, then those that the résumé shows in use."""
        listed = [*self.content.skills.technical, *self.content.skills.soft]
        listed += [name for job in self.content.experience for name in job.technologies]
        unique: dict[str, str] = {}
        for name in listed:
            if name.strip() and not gives_orders(name):
                unique.setdefault(fold(name.strip()), name.strip())
        wanted = Phrases(self.job_description)
        shown = Phrases("\n".join(line for job in self.content.experience for line in job.bullets))
        return sorted(unique.values(), key=lambda name: (not wanted.has(name), not shown.has(name)))


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON
    return value.strip() if isinstance(value, str) else ""
