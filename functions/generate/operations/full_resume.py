"""A whole résumé from profile and experiences, and from the answers of an interview; kept as a draft.

Code puts together what is stated (`career`): names, employers, titles and dates. A model writes the summary and the
bullets, which are judged like any other text. A job that only an answer tells of has its employer and title in the
quoted words of that answer.

Facts for rule-based models: ``content`` (what is stated) and ``answers`` (how many there are).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from functions._shared.domain.effects import KeepResume, NoteGeneration
from functions._shared.domain.errors import (
    NothingToWriteFrom,
    PremiumTemplate,
    ResumeLimitReached,
    SessionNotCompleted,
    SessionNotFound,
)
from functions._shared.domain.language.output_filter import Room
from functions._shared.domain.resume.content import parse_content
from functions._shared.domain.resume.model_input import entry_block, resume_block, within
from functions.generate import prompts
from functions.generate.building import MAX_JOBS, Building, FullResumeDraft, WrittenText
from functions.generate.plan import Operation, Outcome, Plan
from functions.generate.requests import Input, Request, Tone
from functions.generate.results import GroundingReport, UsedModel

if TYPE_CHECKING:
    from functions._shared.domain.json import Json
    from functions.generate.career import Career
    from functions.generate.plan import Context, Delivery

TOKENS: Final = 6_000
MAX_ANSWERS: Final = 16_000
"""Characters of the answers that are sent."""
SENTENCES: Final = {"short": "about 2 sentences", "medium": "about 3 sentences", "long": "about 4 sentences"}
BULLETS: Final = {"short": 3, "medium": 5, "long": 7}
INSTRUCTION: Final = """\
Write the texts of the candidate's résumé: its summary and the bullet points of its jobs.

summary: {sentences}, {tone}. Begin with what the candidate is, go on with the strongest evidence.
jobs: for each line "experience n" with material, its number and up to {count} bullet points, the strongest first. \
Each is one line of at most 35 words that begins with a strong verb and tells action and result; where the material \
gives no result, tell the action alone. A bullet says only what the lines of its own job say{answers}. Keep figures, \
names and every word that limits a statement ("helped", "partly", "about"). A line that is good stays as it is. Fewer \
good bullets are better than more.
new_jobs: {new_jobs}"""
NO_NEW_JOBS: Final = "none; leave it empty."
OF_ANSWERS: Final = " and what the notes say of that job; what they do not tie to a job belongs to none"
NEW_JOBS: Final = """\
jobs that an answer names with employer and title and that no line "experience n" is about; else none. Copy employer \
and title from one sentence of the answer, and that sentence as the quote. Years only if that sentence says them; \
empty otherwise. Bullets as above.

The block notes has the candidate's answers in an interview, with the numbers of the questions in the block question. \
A question is no source."""


class FullResumeInput(Input):
    """What the résumé is written from, and how.

    Attributes
    ----------
    session_id : UUID or None
        A completed interview, whose answers count as the user's own words. Its résumé, if it had one, is the base.
    length : str
        ``short`` (up to 3 bullets a job), ``medium`` (up to 5) or ``long`` (up to 7).
    tone : str
        Of the summary.
    title : str or None
        Title of the new résumé.
    template_id : UUID or None
        Its template; by default that of everybody.
    """

    session_id: UUID | None = None
    length: Literal["short", "medium", "long"] = "medium"
    tone: Tone = "neutral"
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)] | None = None
    template_id: UUID | None = None


class FullResumeRequest(Request):
    """Write a résumé, as a task. With a ``resume_id``, it also has what that one says; it does not change."""

    operation: Literal["full_resume"]
    input: FullResumeInput = FullResumeInput()

    @property
    def makes_resume(self) -> bool:
        """It always makes one."""
        return True

    @property
    def needs(self) -> Json:
        """Profile and experiences, and the interview."""
        named = {"session_id": self.input.session_id, "template_id": self.input.template_id}
        return {"career": {key: str(value) for key, value in named.items() if value}}


class FullResumeResult(BaseModel):
    """The new résumé, a draft of the user's.

    Attributes
    ----------
    kept_id : UUID
        Its id.
    title : str
        Its title.
    role : str or None
        The role that it was written for.
    texts : list of WrittenText
        What a model wrote; ``item`` in ``grounding.sentences`` is the position here, and ``evidence`` points into what
        was stated, which ``sources`` quotes. All else stands in the résumé as the user stated it.
    """

    kept_id: UUID
    title: str
    role: str | None
    texts: list[WrittenText]
    grounding: GroundingReport
    model: UsedModel


def plan(request: FullResumeRequest, context: Context) -> Plan[FullResumeDraft]:
    """Plan a résumé.

    Raises
    ------
    NothingToWriteFrom
        There is nothing stated.
    """
    career, options = context.career, request.input
    if career is None:
        raise NothingToWriteFrom
    answers = _fitting(career)
    rest = career.content.model_copy(update={"experience": []})
    jobs = [entry_block(f"experience {n}", job) for n, job in enumerate(career.content.experience[:MAX_JOBS])]
    prompt = prompts.build(
        request.operation,
        INSTRUCTION.format(
            sentences=SENTENCES[options.length],
            tone=prompts.TONES[options.tone],
            count=BULLETS[options.length],
            answers=OF_ANSWERS if answers else "",
            new_jobs=NEW_JOBS if answers else NO_NEW_JOBS,
        ),
        blocks={
            "resume": within([*jobs, *resume_block(rest).splitlines()]),
            "notes": "\n".join(f"{n}. {each.answer}" for n, each in enumerate(answers, 1)),
            "question": "\n".join(f"{n}. {each.question}" for n, each in enumerate(answers, 1)),
        },
        facts={"content": career.content.to_json(), "answers": len(career.answers)},
        context=context,
    )
    building = Building(career.content, [each.answer for each in answers], BULLETS[options.length])

    def finish(delivery: Delivery[FullResumeDraft]) -> Outcome:
        content, texts = building.built(delivery)
        parse_content(content)
        job = context.job
        role = (job.title if job else None) or career.role
        title = options.title or " – ".join(part for part in (role, job.company if job else None) if part) or "Résumé"  # noqa: RUF001 - a dash
        source = "an interview" if options.session_id else "profile and experiences"
        made = KeepResume(
            title=title[:255],
            content=content,
            change_type="ai_optimized",
            change_summary=f"Written from {source}",
            template_id=options.template_id,
            for_job=job is not None,
        )
        noted = NoteGeneration(id=made.id, role_type=role and role[:255], session_id=options.session_id)
        result = FullResumeResult(
            kept_id=made.id,
            title=made.title,
            role=role,
            texts=texts,
            grounding=delivery.grounding,
            model=delivery.model,
        )
        return Outcome(result, [made, noted])

    return Plan(
        prompt=prompt,
        output=FullResumeDraft,
        max_output_tokens=TOKENS,
        pieces=building.pieces,
        finish=finish,
        own_words=tuple(each.answer for each in answers),
        words_for=building.words_for,
        room=Room(1_200, 8),
        optional=True,
    )


def _fitting(career: Career) -> list[Any]:
    """Return the answers that fit into a question, from the first on."""
    kept, room = [], MAX_ANSWERS
    for each in career.answers:
        room -= len(each.answer)
        if room < 0:
            break
        kept.append(each)
    return kept


OPERATION: Final = Operation(
    request=FullResumeRequest,
    result=FullResumeResult,
    plan=plan,
    prompt_version="1",
    instructions=(
        prompts.SYSTEM, prompts.TODAY, INSTRUCTION, OF_ANSWERS, NEW_JOBS, NO_NEW_JOBS, *SENTENCES.values(),
        *map(str, BULLETS.values()), *prompts.TONES.values(),
    ),
    errors=(NothingToWriteFrom, SessionNotFound, SessionNotCompleted, ResumeLimitReached, PremiumTemplate),
    always_task=True,
)  # fmt: skip
