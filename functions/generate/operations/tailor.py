"""A résumé for a job: texts reworded and lists reordered, each with its reason; nothing is added or lost.

Each change names the finding of the scan that it answers, and rules say what the scan makes of the résumé before and
after. It is kept in ``analyses`` as an ``optimization``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from functions._shared.domain.errors import (
    AnswerNotGrounded,
    NothingToCompare,
    NothingToImprove,
    NothingToWriteFrom,
    ResumeLimitReached,
)
from functions._shared.domain.language.output_filter import fault
from functions._shared.domain.language.words import fold
from functions._shared.domain.resume.orders import joined
from functions.generate import prompts
from functions.generate.changes import (
    MAX_REASON,
    Change,
    KeptText,
    NewOrder,
    NewText,
    Rewording,
    on_one_line,
    reordering,
    rewordings,
)
from functions.generate.optimization import compare
from functions.generate.plan import Draft, Operation, Outcome, Plan
from functions.generate.requests import Request, Variant
from functions.generate.results import Result
from functions.generate.resume_lines import lines_to_change
from functions.generate.variants import variant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from functions._shared.domain.language.unwanted_forms import Fault
    from functions._shared.domain.metering import JobSnapshot, ResumeSnapshot
    from functions._shared.ports.model import Prompt
    from functions.generate.plan import Context, Delivery

TOKENS: Final = 6_000
MAX_TEXTS: Final = 16
MAX_LISTS: Final = 12
INSTRUCTION: Final = """\
Tailor the candidate's résumé (block resume) to the job (block job). Change only what makes the fit easier to see, and \
leave the rest. A line that begins with a path can be changed; "context" lines cannot.

texts: at most {texts} texts to reword, the most useful first.
- path: as in the block.
- text: the whole new text. It says everything that the old one says, with every figure, name, skill, result and every \
word that limits it ("helped", "partly"), and no fact that its own entry does not have; /summary may use the whole \
résumé. Put what the job asks for first, and use the advertisement's word for a thing only where it means the same. \
Never put it in brackets or beside the old word. Same form and about the same length. Do not reword for style alone; \
a line that shows already what is asked for stays, and so does one whose figure falls short of it.
lists: bullets and skills to put in another order, at most {lists}.
- path: of the list: /skills/… as in the block, or …/bullets of an entry.
- first: numbers of the items that come first, from 0; the others follow as they are.
Both:
- asked: the words of the advertisement that the change answers, copied, at most 15.
- reason: one short sentence in the language of the material that tells the candidate what this employer now reads \
first and what it needs that for ("They open four accounts a month; your 38 of 2023 now stand at the top."). Not "Puts \
X first". No praise, no promise."""


class TailorInput(Variant):
    """How the changes are delivered.

    Attributes
    ----------
    unverified : str
        Whether the patch of all changes, or the variant, has those that are not supported: ``include`` or
        ``leave_out``. They are listed in any case, each with a patch of its own.
    """

    unverified: Literal["include", "leave_out"] = "leave_out"


class TailorRequest(Request):
    """Tailor a résumé to a job: reword texts, and reorder bullets and skills."""

    operation: Literal["tailor", "optimization"]
    resume_id: UUID
    job_id: UUID
    input: TailorInput = TailorInput()


class TailorDraft(Draft):
    """The model's answer."""

    texts: Annotated[list[NewText], Field(max_length=100)]
    lists: Annotated[list[NewOrder], Field(max_length=100)]


class TailorResult(Result):
    """The changes, each by itself and all in one patch.

    Attributes
    ----------
    changes : list of Change
        First the texts, then the lists.
    kept : list of KeptText
        Texts that stay as they are, because their rewording would lose or add something.
    score, score_after : int or None
        The scan's coverage of the job by the résumé as it is, and with the applied changes; None if nothing can be
        judged.
    analysis_id : UUID
        Id of the row in ``analyses``.
    """

    changes: list[Change]
    kept: list[KeptText]
    score: int | None
    score_after: int | None
    analysis_id: UUID


def plan(request: TailorRequest, context: Context) -> Plan[TailorDraft]:
    """Plan a tailored résumé.

    Raises
    ------
    NothingToWriteFrom
        The résumé has nothing to change.
    NothingToCompare
        The job has no description.
    """
    block = lines_to_change(context.content) if context.content else ""
    if context.resume is None or not any(line.startswith("/") for line in block.splitlines()):
        raise NothingToWriteFrom
    if context.job is None or not (context.job.description or "").strip():
        raise NothingToCompare
    prompt = prompts.build(
        request.operation,
        INSTRUCTION.format(texts=MAX_TEXTS, lists=MAX_LISTS),
        blocks={"resume": block},
        facts={},
        context=context,
    )
    proposals = _Proposals(context.stored, _compared(prompt.data["job"]), _fault_of(prompt))

    def finish(delivery: Delivery[TailorDraft]) -> Outcome:
        changes = proposals.changes(delivery)
        if not changes:
            reasons = [each.reason for each in delivery.grounding.removed]
            raise AnswerNotGrounded(reasons=reasons) if reasons or proposals.kept(delivery.draft) else NothingToImprove
        if request.input.unverified == "leave_out":
            changes = [each.model_copy(update={"applied": each.verdict == "supported"}) for each in changes]
        patch = joined([change.patch for change in changes if change.applied])
        compared = compare(context, patch)
        changes = [each.model_copy(update={"finding": compared.finding_of(each.asked)}) for each in changes]
        made = None
        if request.makes_resume and context.resume and context.job:
            if not patch:
                raise AnswerNotGrounded("No change is supported. Ask for a patch to decide about them yourself.")
            title = request.input.title or _title(context.resume, context.job)
            made = variant(context.resume, patch, title=title, summary="Tailored to a job", for_job=True)
        kept = compared.kept(changes, delivery.model, made.id if made else None)
        result = TailorResult(
            changes=changes,
            kept=proposals.kept(delivery.draft),
            patch=patch,
            base_version=context.resume.version if context.resume else None,
            kept_id=made.id if made else None,
            grounding=delivery.grounding,
            model=delivery.model,
            score=compared.before.score,
            score_after=compared.after.score,
            analysis_id=kept.id,
        )
        return Outcome(result, [kept, *([made] if made else [])])

    return Plan(
        prompt=prompt,
        output=TailorDraft,
        max_output_tokens=TOKENS,
        pieces=lambda draft: [each.piece() for each in proposals.texts(draft).values() if each.is_faithful],
        finish=finish,
        optional=True,
    )


@dataclass(frozen=True, slots=True)
class _Proposals:
    """Takes from an answer what can be proposed.

    Parameters
    ----------
    stored : mapping
        The résumé's content.
    advertisement : str
        The job, as it is compared.
    fault_of : callable
        Finds what is wrong with a line for the user. A change with such a reason is dropped.
    """

    stored: Mapping[str, Any]
    advertisement: str
    fault_of: Callable[[str], Fault | None]

    def texts(self, draft: TailorDraft) -> dict[str, Rewording]:
        """Return the rewordings by path, also those that are not faithful."""
        fit = [each for each in draft.texts if self._is_showable(each.reason)]
        return {each.path: each for each in list(rewordings(fit, self.stored))[:MAX_TEXTS]}

    def changes(self, delivery: Delivery[TailorDraft]) -> list[Change]:
        """Return the changes that are left after the review."""
        proposed = self.texts(delivery.draft)
        changes: list[Change] = []
        for item, piece in enumerate(delivery.pieces):
            each = proposed[piece.key]
            said = [sentence for sentence in delivery.grounding.sentences if sentence.item == item]
            changes.append(each.change(piece.text, said, self._asked(each.draft), self.stored))
        orders = {each.path: each for each in delivery.draft.lists if self._is_showable(each.reason)}
        found = (reordering(each, self._asked(each), self.stored) for each in orders.values())
        return changes + [each for each in found if each is not None][:MAX_LISTS]

    def kept(self, draft: TailorDraft) -> list[KeptText]:
        """Return the texts whose rewording is not faithful."""
        return [
            KeptText(path=each.path, lost=each.lost, added=each.added)
            for each in self.texts(draft).values()
            if not each.is_faithful
        ]

    def _is_showable(self, reason: str) -> bool:
        line = on_one_line(reason)
        # It may talk to the user, unlike a text of their résumé.
        return 0 < len(line) <= MAX_REASON and self.fault_of(line) in {None, "talk"}

    def _asked(self, draft: NewText | NewOrder) -> str | None:
        line, words = on_one_line(draft.asked), _compared(draft.asked)
        # An advertisement talks and gives orders; its links and markup are not passed on.
        is_quote = words and words in self.advertisement and len(line) <= MAX_REASON
        return line if is_quote and self.fault_of(line) in {None, "talk", "order", "refusal"} else None


def _fault_of(prompt: Prompt) -> Callable[[str], Fault | None]:
    """Return what finds faults of a line for the user. The advertisement may have dictated it, and excuses none."""
    rules = f"{prompt.system}\n{prompt.instruction}"
    return cache(lambda line: fault([line], rules=rules, material=prompt.data["resume"]))


def _title(resume: ResumeSnapshot, job: JobSnapshot) -> str:
    return " – ".join(part for part in (resume.title, job.company or job.title) if part)  # noqa: RUF001 - a dash


def _compared(text: str) -> str:
    return fold(on_one_line(text)).strip("\"'“”„.… ")


OPERATION: Final = Operation(
    request=TailorRequest,
    result=TailorResult,
    plan=plan,
    prompt_version="2",
    instructions=(prompts.SYSTEM, prompts.TODAY, INSTRUCTION),
    errors=(NothingToWriteFrom, NothingToCompare, NothingToImprove, ResumeLimitReached),
)
