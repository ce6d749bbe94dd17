"""The report: what the answers of an interview add up to, computed from the feedback on each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from functions._shared.domain.language.output_filter import forbidden
from functions.interview import views
from functions.interview.rewrites import rewrites
from functions.interview.rubric import rubric
from functions.interview.schemas.results import DimensionSummary, Report
from functions.interview.scoring import means
from functions.interview.wording import IN_ALL, VOID, worst

if TYPE_CHECKING:
    from functions._shared.domain.interviews import Interview
    from functions.interview.schemas.feedback import Feedback, Finding

_MOST: Final = 4
_GOOD: Final = 3.5
_OFTEN: Final = 2
_COMPLETE: Final = 90
"""Score of an answer that need not be prepared again."""
_CASES: Final = (
    "Write down three cases from your work, each with situation, task, action and result. They answer most questions."
)


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole of an interview."""

    score: int | None
    feedback: str
    strengths: list[str]
    improvements: list[str]
    next_steps: list[str]
    dimensions: list[DimensionSummary]


def build_report(interview: Interview) -> Report:
    """Show the report of an interview."""
    made = summary(interview)
    return Report(
        interview=views.view(interview),
        score=interview.score,
        feedback=interview.feedback or "",
        strengths=interview.strengths,
        improvements=interview.improvements,
        next_steps=made.next_steps if interview.with_tips else [],
        dimensions=made.dimensions,
        rewrites=rewrites(interview),
        duration_seconds=interview.duration_seconds or 0,
    )


def summary(interview: Interview) -> Summary:
    """Sum up the answers that count. The score is their mean; none, if a model has not judged them all."""
    best = {
        each.question_number: views.feedback_of(turn, interview)
        for each in interview.questions
        if (turn := views.best_answer(interview, each.question_number)) is not None
    }
    scores = [each.score for each in best.values() if each.score is not None]
    is_whole = bool(scores) and len(scores) == len(best)
    dimensions = _dimensions(list(best.values())) if is_whole else []
    strengths, improvements = _points(best, "strength"), _points(best, "weakness")
    score = round(sum(scores) / len(scores)) if is_whole else None
    return Summary(
        score=score,
        feedback=_feedback(interview, best, score, dimensions),
        strengths=[*_best_dimensions(dimensions, best), *strengths][:_MOST],
        improvements=[*_worst_dimensions(dimensions), *improvements][:_MOST],
        next_steps=_next_steps(interview, best),
        dimensions=dimensions,
    )


def _dimensions(found: list[Feedback]) -> list[DimensionSummary]:
    values = means([each.dimensions for each in found])
    return [
        DimensionSummary(dimension=each.key, name=each.name, score=values[each.key], advice=each.advice)
        for each in rubric()
    ]


def _best_dimensions(dimensions: list[DimensionSummary], best: dict[int, Feedback]) -> list[str]:
    good = sorted((each for each in dimensions if each.score >= _GOOD), key=lambda each: -each.score)
    return [f"{each.name}: {each.score:g} of 5{_proof(each.dimension, best)}" for each in good[:2]]


def _proof(dimension: str, best: dict[int, Feedback]) -> str:
    quotes = [
        (score.score, -number, score.quote)
        for number, each in best.items()
        for score in each.dimensions
        if score.dimension == dimension and score.quote
    ]
    return f", for example in answer {-max(quotes)[1]}: “{max(quotes)[2]}”" if quotes else ""


def _worst_dimensions(dimensions: list[DimensionSummary]) -> list[str]:
    bad = sorted((each for each in dimensions if each.score < _GOOD), key=lambda each: each.score)
    return [f"{each.name}: {each.score:g} of 5. {each.advice}" for each in bad[:2]]


def _points(best: dict[int, Feedback], kind: str) -> list[str]:
    """Say each finding once, the most frequent first, and where it was found."""
    found: dict[str, list[tuple[int, Finding]]] = {}
    for number, each in best.items():
        for finding in each.findings:
            if finding.kind == kind:
                found.setdefault(finding.code, []).append((number, finding))
    ordered = sorted(found.values(), key=lambda places: (places[0][1].code not in VOID, -len(places), places[0][0]))
    return [_point(places, kind) for places in ordered]


def _point(places: list[tuple[int, Finding]], kind: str) -> str:
    number, first = places[0]
    message = IN_ALL.get(first.code, first.message)
    where = f"Answer {number}" if len(places) == 1 else "Answers " + _listed([str(each) for each, _ in places])
    quote = f" “{first.quote}”" if first.quote and kind == "strength" and not forbidden(first.quote) else ""
    return f"{where}: {message}{quote}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _feedback(
    interview: Interview, best: dict[int, Feedback], score: int | None, dimensions: list[DimensionSummary]
) -> str:
    parts = [f"You answered {interview.questions_answered} of {interview.total_questions} questions."]
    if score is not None and dimensions:
        top = max(dimensions, key=lambda each: each.score)
        low = min(dimensions, key=lambda each: each.score)
        parts.append(f"Your answers score {score} of 100.")
        if void := [str(number) for number, each in best.items() if any(one.code in VOID for one in each.findings)]:
            parts.append(f"{'Answers' if len(void) > 1 else 'Answer'} {_listed(void)} could not be scored.")
        if top.score - low.score >= 0.5:  # noqa: PLR2004 - else there is no difference to speak of
            parts.append(f"{top.name} is your strongest side.")
        parts.append(f"You can gain most in {low.name.lower()}: {low.advice[0].lower()}{low.advice[1:]}")
        return " ".join(parts)
    words = [each.measures.words for each in best.values()]
    parts.append(f"An answer has {round(sum(words) / len(words))} words on average." if words else "")
    counts = Counter(finding.code for each in best.values() for finding in each.findings if finding.kind == "weakness")
    complete = sum(not any(finding.kind == "weakness" for finding in each.findings) for each in best.values())
    if complete:
        parts.append(f"{complete} {'is' if complete == 1 else 'are'} complete by what rules can measure.")
    if counts and (common := counts.most_common(1)[0])[1] >= _OFTEN:
        message = IN_ALL.get(common[0]) or next(
            finding.message for each in best.values() for finding in each.findings if finding.code == common[0]
        )
        parts.append(f"What comes up most often ({common[1]} times): {message}")
    parts.append("Rules measured these answers; nobody judged their content, so there is no score.")
    return " ".join(part for part in parts if part)


def _next_steps(interview: Interview, best: dict[int, Feedback]) -> list[str]:
    weak = sorted(
        (number for number, each in best.items() if not _is_complete(each)),
        key=lambda number: (views.worth(best[number]), number),
    )
    steps = [
        f"Prepare question {number} again, in writing. {worst(best[number].findings) or best[number].text}"
        for number in weak[:2]
    ]
    missing = interview.total_questions - interview.questions_answered
    if missing > 0:
        steps.append(f"Finish an interview: {missing} of its questions were left.")
    return [*steps, _CASES]


def _is_complete(feedback: Feedback) -> bool:
    if feedback.score is not None:
        return feedback.score >= _COMPLETE
    return not any(each.kind == "weakness" for each in feedback.findings)
